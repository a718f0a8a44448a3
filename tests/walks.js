/**
 * For the tests alone: walk a graph with the player's own functions, and put any of its screens on a bare page.
 * @typedef {{path: string[], mode: string, choice?: string, card?: number, folded?: boolean}} Screen
 */
const Walks = (() => {
  "use strict";

  /** The end of each path, found once by choosing step by step and once by replaying. */
  const ends = (graph, paths) =>
    paths.map((path) => {
      const step = (position, entry) => Casework.choose(graph, position, entry.split("/")[1]);
      return [path.reduce(step, Casework.start(graph)), Casework.replay(graph, path)];
    });

  /** For each of `paths`, which of `ids` cannot be chosen at its end. */
  const refused = (graph, paths, ids) =>
    paths.map((path) => {
      const position = Casework.replay(graph, path);
      return ids.filter((id) => {
        try {
          Casework.choose(graph, position, id);
          return false;
        } catch {
          return true;
        }
      });
    });

  /** A host that keeps nothing beyond the page. */
  function model(values) {
    const kept = { sure: values.path.map(() => 0), ...values };
    return {
      get: (name) => kept[name],
      set: (name, value) => (kept[name] = value),
      save_changes() {},
      on() {},
      off() {},
    };
  }

  /** Take the option number `n` of `form` and send it off. */
  function answer(form, n) {
    const options = form.querySelectorAll("input");
    options[n % options.length].click();
    form.requestSubmit();
  }

  /**
   * Show `screens` of `graph` below one another, each with everything open that opens, unless it is to stay `folded`:
   * with a `choice`, what follows from it; at an ending, with the option number `card` of each variation.
   * @param {Screen[]} screens
   */
  function show(graph, screens) {
    document.querySelectorAll(".casework").forEach((one) => one.remove());
    for (const { path, mode, choice, card, folded } of screens) {
      const box = Object.assign(document.createElement("div"), { className: "casework" });
      document.querySelector("main").append(box);
      Casework.render({ model: model({ graph, path, mode }), el: box });
      if (choice) box.querySelector(`input[value="${choice}"]`).click();
      if (choice) box.querySelector("form").requestSubmit();
      if (card !== undefined) box.querySelectorAll(".cw-card form").forEach((form) => answer(form, card));
      if (!folded) box.querySelectorAll("details").forEach((one) => (one.open = true));
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
  }

  /** For each of `screens` the kinds of elements on it, each with the kind that it stands in. */
  function parts(graph, screens) {
    const kind = (one) => `${one.tagName}.${one.className}`;
    return screens.map((screen) => {
      show(graph, [screen]);
      return [...document.querySelectorAll(".casework *")].map((one) => `${kind(one.parentElement)} ${kind(one)}`);
    });
  }

  /** What sticks out of the page sideways, by its words. */
  const wide = () =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : [...document.querySelectorAll("main *")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("[tabindex='0'], .cw-paper .cw-prose"))
          .map((one) => `${one.tagName} ${one.className}: ${one.textContent.slice(0, 60)}`);

  return { ends, refused, parts, show, wide };
})();
