/**
 * My progress: what the record says, and what its owner can do with it. Nothing leaves the device but by a button here.
 *
 * base.js, record.js, catalogue.js, course.js and transfer.js stand before it.
 */
const NeedsFirstProgress = (() => {
  "use strict";

  const { make, plural, fresh, notice, download, onPage } = NeedsFirst;
  const { KEY, lessonsRead, ofThisPage } = NeedsFirstRecord;
  const { ALL, played, cases, objectives, beliefs, next, when, href, own, trackShelf } = NeedsFirstCourse;
  const { read: readFile, shortCode, fromShortCode } = NeedsFirstTransfer;

  const MODE = { guided: "guided", practice: "practice", independent: "independent", workshop: "workshop", review: "review", assessment: "assessment", read: "" };

  const day = (one) => new Date(one).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const percent = (one) => (one.most ? `${Math.round((100 * one.points) / one.most)}%` : "");
  const button = (text, onclick, name = "cw-button cw-plain") => make("button", { type: "button", class: name, onclick }, text);
  const link = (page, text) => make("a", { href: href(page) }, text);
  const heading = (text) => make("h2", { tabindex: "-1" }, text);
  const section = (title, ...parts) => make("section", {}, heading(title), parts);

  function table(caption, head, rows) {
    return make("div", { class: "table", role: "region", tabindex: "0", "aria-label": caption },
      make("table", {}, make("caption", {}, caption),
        make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
        make("tbody", {}, rows.map(([first, ...rest]) =>
          make("tr", {}, make("th", { scope: "row" }, first), rest.map((cell) => make("td", {}, cell)))))));
  }

  // ---------------------------------------------------------------- what the record says

  function way(all, read, redraw) {
    const shelf = trackShelf();
    const track = shelf.read();
    const select = make("select", { id: fresh("track"), onchange: (event) => {
      shelf.write(event.target.value);
      redraw();
      document.querySelector(".progress select").focus();
    } }, Object.entries(ALL.tracks).map(([id, one]) => make("option", { value: id, selected: id === track }, one.title)));
    const onward = next(track, all, read);
    const finished = cases(all).filter((one) => one.done.length).length;
    const done = `${plural(read.size, "lesson")} read of ${ALL.lessons.length}. ${plural(finished, "case")} finished of ${Object.keys(ALL.scenarios).length}.`;
    return [
      make("p", { class: "lead" }, done),
      make("p", { class: "progress-track" }, make("label", { for: select.id }, "Your way through the course "), select),
      onward
        ? make("p", {}, "What comes next: ", make("a", { href: href(onward.page), class: "button" }, onward.title), make("span", { class: "small" }, ` ${onward.why}`))
        : make("p", {}, "You have done all that is on this way. ", link("book/review.html", "Come back to what you missed"), " from time to time."),
    ];
  }

  function missed(all) {
    const found = beliefs(all);
    if (!found.length) return section("What to look at again", make("p", {}, "No misconception has shown so far."));
    const items = found.map((one) => make("li", {},
      make("p", {}, link(`book/misconceptions/${one.id}.html`, one.name),
        make("span", {}, `. ${one.times === 1 ? "Once" : `${one.times} times`}`),
        one.certain ? make("strong", {}, `, ${one.certain === one.times ? "" : `${one.certain} of them `}when you were certain`) : null,
        `; last on ${day(one.last)}, in ${one.shown.join("; ")}.`),
      one.cases.length ? make("p", {}, "Meet it again in ", one.cases.slice(0, 3).flatMap((two, n) => [n ? ", " : "", link(two.page, two.title)]), ".") : null));
    return section("What to look at again",
      make("p", {}, "Beliefs that led to a choice of yours. What you were certain of comes first: it is what nobody would have noticed."),
      make("ol", { class: "progress-beliefs" }, items));
  }

  function lessons(all, read) {
    const done = new Map(cases(all).map((one) => [one.id, one]));
    const rows = ALL.lessons.map((one) => [
      link(one.page, `${one.number}. ${one.title}`),
      read.has(one.read) ? "read" : "not yet",
      one.scenarios.map((id) => [done.get(id)?.done.length ? "● " : "○ ", own(ALL.scenarios, id)?.title ?? id, done.get(id)?.done.length ? " (finished)" : "", make("br")]).flat(),
    ]);
    return section("Lessons", table("Lessons and their cases", ["Lesson", "Read", "Cases"], rows));
  }

  function casesPlayed(all) {
    const rows = cases(all).filter((one) => one.tries.length).map((one) => {
      const shown = (two) => (two ? `${percent(two)}, ${day(when(two))}` : "not finished");
      return [one.page ? link(one.page, one.title) : one.title, String(one.done.length), shown(one.first), shown(one.best), shown(one.last), one.last ? MODE[one.last.attempt.mode] : ""];
    });
    if (!rows.length) return section("Cases", make("p", {}, "You have not played a case yet."));
    return section("Cases",
      make("p", {}, "A sound move counts two, one that can be argued counts one. The figure is the share of what the road you took could have earned."),
      table("Cases you have played", ["Case", "Finished", "First", "Best", "Last", "Mode of the last"], rows));
  }

  function subjects(all) {
    const rows = objectives(all).filter((one) => one.decisions).map((one) => [`${one.id}. ${one.text}`, String(one.decisions), percent(one)]);
    if (!rows.length) return null;
    return section("By subject",
      make("details", {}, make("summary", {}, `Your decisions, by ${plural(rows.length, "statement")} of the leaflet`),
        table("Decisions by statement of the leaflet", ["Statement", "Decisions", "Share of points"], rows)));
  }

  function attempts(all) {
    if (!all.length) return null;
    const result = (one) => {
      if (one.stale) return "The course has changed since; kept, and not counted";
      if (one.kind === "lesson") return "read";
      const sure = one.decisions.filter((two) => two.sure === 3 && two.quality === "unsound").length;
      return `${plural(one.decisions.length, "decision")}, ${percent(one)}${one.ended === false ? ", not finished" : ""}${sure ? `, ${plural(sure, "confident mistake")}` : ""}`;
    };
    const code = (one) => {
      const text = shortCode(one.attempt);
      return text ? make("details", {}, make("summary", {}, "Short code"), make("code", {}, text)) : "";
    };
    const rows = [...all].sort((a, b) => (when(a) < when(b) ? 1 : -1)).map((one) => [day(when(one)), one.page ? link(one.page, one.title) : one.title, MODE[one.attempt.mode], result(one), code(one)]);
    return section("Every attempt",
      make("details", {}, make("summary", {}, `All ${plural(all.length, "attempt")}, newest first`),
        make("p", {}, "A short code carries one attempt at a case. Read it out on the telephone, or paste it into a message; whoever has this course can type it in below."),
        table("All attempts", ["Day", "What", "Mode", "How it went", "Code"], rows)));
  }

  // ---------------------------------------------------------------- what its owner can do with it

  function setAside() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(`${KEY}/set-aside-`));
    } catch {
      return [];
    }
  }

  /** A button that asks before it acts. */
  function asking(text, question, yes, act) {
    const place = make("p", { class: "progress-asking" });
    const rest = () => place.replaceChildren(first);
    const first = button(text, () => {
      place.replaceChildren(make("span", {}, `${question} `), button(yes, () => { rest(); act(); }), " ", button("No, keep it", () => { rest(); first.focus(); }));
      place.querySelector("button").focus();
    });
    rest();
    return place;
  }

  function owner(record, say, redraw) {
    const name = make("input", { type: "text", id: fresh("name"), autocomplete: "off", maxlength: 200 });
    const file = make("input", { type: "file", id: fresh("file"), accept: ".json,application/json", onchange: open });
    const typed = make("input", { type: "text", id: fresh("code"), autocomplete: "off", spellcheck: "false" });
    const added = (count) => (count ? `${plural(count, "attempt")} added.` : "Nothing new: all of it was here already.");

    function save() {
      const learner = name.value.trim();
      download("needs-first-record.json", JSON.stringify({ format: 1, ...(learner ? { learner } : {}), attempts: record.attempts() }, null, 1), "application/json");
      say("Saved as needs-first-record.json. Send it, or keep it: that is up to you.");
    }

    async function open() {
      const [chosen] = file.files;
      if (!chosen) return;
      try {
        if (chosen.size > 2_000_000) throw new Error("The file is larger than a record can be. Choose the file that the course saved.");
        const count = record.add(readFile(await chosen.text()).attempts);
        redraw();
        say(added(count));
      } catch (error) {
        say(`${chosen.name} was not added, and nothing has changed. ${error.message}`);
      }
      file.value = "";
    }

    function enter(event) {
      event.preventDefault();
      try {
        const count = record.add([fromShortCode(typed.value)]);
        redraw();
        say(added(count));
      } catch (error) {
        say(`Nothing has changed. ${error.message}`);
        typed.focus();
      }
    }

    const old = setAside();
    return section("Your record is yours",
      make("p", {}, "It lies in this browser and nowhere else. No one sees it unless you send it to them."),
      make("p", { class: "progress-field" }, make("label", { for: name.id }, "Your name, if the file should carry it (it is kept nowhere else)"), name),
      make("p", {}, button("Save my record as a file", save, "cw-button")),
      make("p", { class: "progress-field" }, make("label", { for: file.id }, "Add a record from a file: from your other device, say. Nothing is lost, and nothing comes twice."), file),
      make("form", { class: "progress-field", onsubmit: enter }, make("label", { for: typed.id }, "Add one attempt by its short code"), typed, make("button", { type: "submit", class: "cw-button cw-plain" }, "Add it")),
      old.length ? make("div", {}, make("p", {}, `${plural(old.length, "damaged record")} set aside by this browser:`),
        make("ul", {}, old.map((key) => make("li", {},
          button("Save it as a file", () => download("needs-first-damaged-record.txt", localStorage.getItem(key) ?? "", "text/plain")), " ",
          button("Delete it", () => { localStorage.removeItem(key); redraw(); say("The damaged record is gone."); }))))) : null,
      asking("Delete my record", "Delete every attempt kept in this browser? This cannot be undone.", "Yes, delete it all", () => {
        record.forget();
        redraw();
        say("Your record is deleted. Nothing is left of it in this browser.");
      }));
  }

  // ---------------------------------------------------------------- the page

  function mount(box) {
    const record = ofThisPage();
    const said = notice("cw-notice");
    const status = make("p", { class: "progress-status", role: "status" });
    const screen = make("div", { class: "progress" });
    const say = (text) => (status.textContent = text);
    function draw() {
      const list = record.attempts();
      const all = played(list);
      const read = lessonsRead(list);
      screen.replaceChildren(...way(all, read, draw), ...[missed(all), lessons(all, read), casesPlayed(all), subjects(all), attempts(all), owner(record, say, draw)].filter(Boolean));
      said.tell(record.notice());
    }
    draw();
    box.replaceChildren(said.element, screen, status);
    addEventListener("storage", (event) => event.key === KEY && draw());
  }

  onPage(() => document.querySelectorAll(".casework-progress").forEach(mount));

  return { mount };
})();
