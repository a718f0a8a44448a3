/**
 * A sitting at drills: any of them, in any order, played with the player's own screen and kept in the record.
 *
 * What spaced review and the final assessment share. course.js, drills.js (the graph of one series of all drills) and
 * player.js stand before it.
 */
const NeedsFirstSitting = (() => {
  "use strict";

  const { make, notice } = NeedsFirst;
  const { saveAsFile, KEY } = NeedsFirstRecord;
  const { ALL, href } = NeedsFirstCourse;
  const END = "end"; // as casework.graph.series calls it

  /** @returns {object} the graph of the drills `ids`, one after the other */
  function cut(ids, { id, title }) {
    const all = NeedsFirstDrills;
    const edges = (name, n) => Object.fromEntries(Object.keys(all.nodes[name].choices).map((choice) => [choice, n + 1]));
    return {
      ...all, id, title, hash: ALL.version, minutes: ids.length, start: 0,
      places: [...ids.map((name, n) => ({ node: name, edges: edges(name, n) })), { node: END, edges: {} }],
      nodes: Object.fromEntries([...ids, END].map((name) => [name, all.nodes[name]])),
      beliefs: href("book/misconceptions/"),
    };
  }

  /**
   * Play `graph` in `place`, which is emptied, going on with the attempt `last` or beginning one; what `onward` does
   * with the path after an answer comes when the screen shows what follows from it.
   */
  function play({ place, graph, mode, last, record, tell, onward }) {
    const model = Casework.keep({ graph, mode, record, tell, last });
    model.on("change:path", () => queueMicrotask(() => onward(model.get("path"))));
    place.replaceChildren();
    Casework.render({ model, el: place });
    place.querySelector(".cw-lead")?.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  }

  // ---------------------------------------------------------------- the page around it

  const button = (text, onclick, name = "cw-button cw-main") => make("button", { type: "button", class: name, onclick }, text);
  const heading = (text) => make("h2", { tabindex: "-1", class: "sitting-heading" }, text);
  const link = (page, text) => make("a", { href: href(page) }, text);

  /** Where a page tells of a record that cannot be kept, with the way to take it along. */
  const keeping = (record) => notice("cw-notice", () => [button("Save my answers as a file", () => saveAsFile(record), "cw-button cw-plain")]);

  /**
   * Have `panel` drawn again by `draw` once the record is another than when it was last drawn: another tab has gone on
   * with it, or the store was late, as it can be when a page is opened from a file. Nothing changes under a sitting.
   * @returns {() => void} to be called whenever the panel has been drawn
   */
  function follow({ record, place, panel, draw }) {
    const now = () => JSON.stringify(record.attempts());
    let drawn = "";
    const look = () => {
      if (place.hasChildNodes() || now() === drawn) return;
      const focused = panel.contains(document.activeElement);
      draw();
      if (focused) panel.querySelector("h2").focus();
    };
    addEventListener("storage", (event) => event.key === KEY && look());
    setTimeout(look, 700);
    return () => (drawn = now());
  }

  const isoDay = (moment) => [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  /** Today, by this device's clock: `2026-11-24`. */
  const today = () => isoDay(new Date());
  /** @returns {string} `Thursday 26 November`, with the year where it is another than this one */
  function longDay(day) {
    const year = day.slice(0, 4) === today().slice(0, 4) ? undefined : "numeric";
    return new Date(`${day}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year }).replace(",", "");
  }

  return { cut, play, button, heading, link, keeping, follow, today, longDay };
})();
