/**
 * The workshop page: pick a case, name the group, begin; the roads that were kept, and two of them side by side.
 *
 * base.js, record.js, catalogue.js, course.js, player.js, prompts.js, tally.js, room.js and stage.js stand before it.
 */
const NeedsFirstWorkshop = (() => {
  "use strict";

  const { make, plural, fresh, notice, onPage } = NeedsFirst;
  const { KEY, newId, ofThisPage, saveAsFile } = NeedsFirstRecord;
  const { ALL, href, own, played, when } = NeedsFirstCourse;
  const { fits } = NeedsFirstTally;
  const { comparison, saveRecord, nameOf, capital, day, button } = NeedsFirstRoom;
  const { open, KEYS } = NeedsFirstStage;

  const HERE = typeof document === "undefined" ? "" : document.currentScript?.src ?? "";
  const MINUTES = [0, 1, 2, 3, 5, 10];
  const CHANGED = "The case has changed since; its road is kept, and cannot be shown.";

  // ---------------------------------------------------------------- cases

  /** Load the graph of a case: a script element works from a memory stick, where a page may fetch nothing. */
  function load(id) {
    const there = () => globalThis.NeedsFirstCases?.[id];
    const ready = () => {
      const graph = there();
      if (!graph || graph.hash !== own(ALL.scenarios, id)?.hash) throw new Error("This page and its cases are of different versions. Load the page again.");
      return { ...graph, beliefs: href("book/misconceptions/") };
    };
    if (there()) return Promise.resolve().then(ready);
    return new Promise((resolve, reject) => {
      const missing = () => reject(new Error("This case could not be loaded: its file is missing beside the book’s others."));
      document.head.append(make("script", { src: new URL(`cases/${id}.js?v=${ALL.version}`, HERE).href, onload: resolve, onerror: missing }));
    }).then(ready);
  }

  const workshops = (record) => record.attempts().filter((one) => one.mode === "workshop" && one.path.length)
    .sort((a, b) => (when({ attempt: a }) < when({ attempt: b }) ? 1 : -1));
  const titleOf = (attempt) => own(ALL.scenarios, attempt.scenario)?.title ?? attempt.scenario;
  const time = (one) => new Date(one).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const labelOf = (attempt) => `${titleOf(attempt)}: ${attempt.group ?? "no name"}, ${day(attempt.begun)}, ${time(attempt.begun)}`;

  // ---------------------------------------------------------------- the page

  function field(text, control, hint) {
    control.id = fresh("field");
    return make("p", { class: "workshop-field" }, make("label", { for: control.id }, text), control, hint ? make("span", { class: "small" }, hint) : null);
  }

  function tick(text, checked = false) {
    const box = make("input", { type: "checkbox", id: fresh("tick"), checked });
    return { box, element: make("p", { class: "sitting-tick" }, box, make("label", { for: box.id }, text)) };
  }

  function caseSelect() {
    const option = (id) => make("option", { value: id }, `${ALL.scenarios[id].title} (about ${ALL.scenarios[id].minutes} minutes)`);
    const steps = own(ALL.tracks, "volunteer-workshop")?.sittings.flatMap((one) => one.steps) ?? [];
    const ours = steps.map((one) => one.scenario).filter((id) => id && own(ALL.scenarios, id));
    const rest = Object.keys(ALL.scenarios).filter((id) => !ours.includes(id));
    const group = (label, ids) => (ids.length ? make("optgroup", { label }, ids.map(option)) : null);
    return make("select", {}, [group("The volunteer workshop", ours), group("All other cases", rest)].filter(Boolean));
  }

  function mount(box) {
    const record = ofThisPage();
    const said = notice("cw-notice", () => [button("Save as a record file", () => saveAsFile(record), "cw-button cw-plain")]);
    const status = make("p", { class: "progress-status", role: "status" });
    const kept = make("div", { class: "workshop-kept" });
    const compared = make("div", { class: "workshop-beside" });
    const say = (text) => (status.textContent = text);
    const settings = { minutes: 0, sound: false, whole: false };

    const which = caseSelect();
    const name = make("input", { type: "text", maxlength: 200, autocomplete: "off" });
    const minutes = make("select", {}, MINUTES.map((one) => make("option", { value: one }, one ? plural(one, "minute") : "none")));
    const sound = tick("A sound when the time is up");
    const whole = tick("Fill the whole screen", true);

    async function play(id, attempt) {
      try {
        const graph = await load(id);
        if (attempt && !fits(graph, attempt)) throw new Error(CHANGED);
        say("");
        Object.assign(settings, { minutes: Number(minutes.value), sound: sound.box.checked, whole: whole.box.checked });
        return open({ graph, attempt: attempt ?? begin(graph), record, settings, left: () => { draw(); box.querySelector("h2").focus(); } });
      } catch (error) {
        return say(error.message);
      }
    }

    function begin(graph) {
      // A record file holds nothing that nobody can type.
      const group = name.value.replace(/[\u0000-\u001f\u007f-\u009f]/g, "").trim();
      return {
        id: newId(), scenario: graph.id, hash: graph.hash, mode: "workshop", begun: new Date().toISOString(), path: [], sure: [],
        hands: [], ...(group ? { group } : {}),
      };
    }

    const form = make("form", { class: "workshop-form", onsubmit: (event) => { event.preventDefault(); play(which.value); } },
      field("The case", which), field("The group, if it has a name", name, "For instance: Tuesday, upstairs. No names of people are needed."),
      field("Time for each question", minutes, "It counts quietly in a corner and stops nobody."), sound.element, whole.element,
      make("p", {}, make("button", { type: "submit", class: "cw-button cw-main" }, "Start the workshop")),
      make("details", {}, make("summary", {}, "All of it by keyboard"),
        make("dl", { class: "workshop-keys" }, KEYS.map(([key, does]) => [make("dt", {}, key), make("dd", {}, does)]).flat())));

    function row(attempt) {
      const [{ stale, ended: done }] = played([attempt]);
      const label = labelOf(attempt);
      return make("li", {}, make("strong", {}, titleOf(attempt)), ` · ${capital(nameOf(attempt))} · ${attempt.group ? `${day(attempt.begun)}, ` : ""}${time(attempt.begun)} · ${plural(attempt.path.length, "decision")}${done ? ", finished" : ""} `,
        stale ? make("span", { class: "small" }, CHANGED)
          : make("button", { type: "button", class: "cw-button cw-plain", "aria-label": `${done ? "Look back" : "Go on"}: ${label}`, onclick: () => play(attempt.scenario, attempt) }, done ? "Look back" : "Go on"));
    }

    function compare(all) {
      const pairs = all.filter((one) => own(ALL.scenarios, one.scenario)?.hash === one.hash
        && all.some((other) => other !== one && other.scenario === one.scenario && other.hash === one.hash));
      if (pairs.length < 2) return null;
      const options = () => pairs.map((one) => make("option", { value: one.id }, labelOf(one)));
      const [first, second] = [make("select", {}, options()), make("select", {}, options())];
      const partner = pairs.findIndex((one, n) => n && one.scenario === pairs[0].scenario);
      second.selectedIndex = Math.max(1, partner);
      return make("form", { class: "workshop-form", onsubmit: async (event) => {
        event.preventDefault();
        const [a, b] = [first, second].map((one) => pairs[one.selectedIndex]);
        if (a.id === b.id || a.scenario !== b.scenario) return say("Pick two different roads of the same case.");
        try {
          const graph = await load(a.scenario);
          if (![a, b].every((one) => fits(graph, one))) throw new Error(CHANGED);
          say("");
          const lead = make("h3", { tabindex: "-1" }, `${graph.title}: two groups side by side`);
          compared.replaceChildren(lead, comparison(graph, a, b));
          return lead.focus();
        } catch (error) {
          return say(error.message);
        }
      } }, make("h3", {}, "Two groups side by side"), field("One road", first), field("Another", second),
      make("p", {}, make("button", { type: "submit", class: "cw-button" }, "Compare them")));
    }

    function draw() {
      const all = workshops(record);
      compared.replaceChildren();
      kept.replaceChildren(...(all.length ? [
        make("h2", {}, "Roads that were kept"), make("ul", { class: "workshop-roads" }, all.map(row)),
        make("p", {}, button("Save all workshops as a record file", () => saveRecord(workshops(record)), "cw-button cw-plain")),
        compare(all)].filter(Boolean) : []));
      said.tell(record.notice());
    }

    box.replaceChildren(said.element, make("h2", { tabindex: "-1" }, "Begin"), form, status, kept, compared);
    draw();
    addEventListener("storage", (event) => event.key === KEY && draw());
    // From file:// a page that is loaded again can be given a store that is a moment old.
    setTimeout(() => compared.childElementCount || draw(), 700);
  }

  onPage(() => document.querySelectorAll(".casework-workshop").forEach(mount));

  return { load };
})();
