(function (page) {
  var key = "needs-first-colours";
  var chosen = "auto";
  // Storage may be forbidden, as it is for files in some browsers: then the choice lasts for this page.
  try { chosen = localStorage.getItem(key) || "auto"; } catch (error) {}
  function show() {
    if (chosen === "auto") delete page.dataset.theme; else page.dataset.theme = chosen;
    document.querySelectorAll(".colours").forEach(function (group) {
      group.hidden = false;
      group.querySelectorAll("button").forEach(function (button) {
        button.setAttribute("aria-pressed", button.value === chosen);
      });
    });
  }
  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", function (event) {
    var button = event.target.closest(".colours button");
    if (!button) return;
    chosen = button.value;
    try { localStorage.setItem(key, chosen); } catch (error) {}
    show();
  });
})(document.documentElement);
