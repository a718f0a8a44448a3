/**
 * The learner's record: a list of attempts, kept by this browser. Nothing derived is stored.
 *
 * The same rules as casework/record/merging.py, and held equal to it by a test: what a family is, what merging keeps.
 *
 * @typedef {{id: string, scenario: string, hash: string, mode: string, begun: string, touched?: string,
 *            path: string[], sure: number[], hands?: Record<string, number>[], group?: string}} Attempt
 */
const NeedsFirstRecord = (() => {
  "use strict";

  const { FORMAT, make, download, openShelf, onPage } = NeedsFirst;
  const KEY = "needs-first/record";

  // ---------------------------------------------------------------- merging

  /** JSON with its keys sorted and no spaces: the same text for the same value, in Python too. */
  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }

  /** @returns {string} the 32-bit FNV-1a hash of a text's UTF-8 bytes, as 8 hexadecimal digits */
  function fnv(text) {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, "0");
  }

  const root = (id) => id.split("~")[0];
  const content = ({ id, ...rest }) => canonical(rest);
  const leads = (short, long) => short.length <= long.length && short.every((entry, n) => entry === long[n]);
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  /** Later touched first; of two touched at once, the later text. */
  const later = (a, b) => compare(b.touched ?? "", a.touched ?? "") || compare(content(b), content(a));

  /** @returns {Attempt[]} of one family: what no other goes on from, the last touched under the family's own id */
  function settle(family) {
    const ordered = [...family].sort(later);
    const kept = ordered.filter((one, n) => !ordered.some((other, m) =>
      m !== n && leads(one.path, other.path) && (one.path.length < other.path.length || m < n)));
    return kept.map((one, n) => ({ ...one, id: n ? `${root(one.id)}~${fnv(content(one))}` : root(one.id) }));
  }

  /** Merge lists of attempts: in any order, as often as one likes, without losing an answer. @returns {Attempt[]} */
  function merge(...lists) {
    const families = new Map();
    for (const one of lists.flat()) {
      const name = canonical([root(one.id), one.scenario, one.hash]);
      families.set(name, [...(families.get(name) ?? []), one]);
    }
    const all = [...families.values()].flatMap(settle);
    return all.sort((a, b) => compare(a.begun, b.begun) || compare(a.id, b.id) || compare(content(a), content(b)));
  }

  // ---------------------------------------------------------------- the store

  const isText = (one) => typeof one === "string";

  function isAttempt(one) {
    return one && ["id", "scenario", "hash", "mode", "begun"].every((name) => isText(one[name]))
      && Array.isArray(one.path) && one.path.every(isText) && Array.isArray(one.sure) && one.sure.every(Number.isInteger);
  }

  const SAYS = {
    forbidden: "This browser does not let the page remember. You can play; your place is lost when you leave.",
    aside: "What this browser had kept of your course cannot be read. It was set aside, not deleted, and a new record begins.",
    stuck: "What this browser had kept of your course cannot be read, and there is no room to set it aside. It stays as it is; your place is lost when you leave.",
    full: "This browser has no room left to remember your place. You can play on, and save your answers as a file.",
  };

  const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;

  /** Open the learner's record. `notice()` is what the page has to tell the learner, if anything. */
  function openRecord() {
    const shelf = openShelf({ key: KEY, part: "attempts", empty: [], good: (all) => all.every(isAttempt), says: SAYS });
    let waiting = []; // attempts that the store has not taken

    const attempts = () => {
      const kept = shelf.read();
      return [...kept.filter((one) => !waiting.some((newer) => newer.id === one.id)), ...waiting];
    };

    /**
     * Put `attempt` beside what other tabs have put there. `seen` is when the stored attempt was last touched as far
     * as this page knows: if another tab has gone on with it since, both roads are kept.
     */
    function save(attempt, seen) {
      const before = attempts();
      const stored = before.find((one) => one.id === attempt.id);
      const others = before.filter((one) => one !== stored);
      const all = stored && stored.touched !== seen ? merge(before, [attempt]) : [...others, attempt];
      waiting = shelf.write(all) ? [] : [...waiting.filter((one) => one.id !== attempt.id), attempt];
    }

    /** Add the attempts of another record; returns how many are new here. */
    function add(others) {
      const before = attempts();
      const all = merge(before, others);
      const known = new Set(before.map(content));
      waiting = shelf.write(all) ? [] : all;
      return all.filter((one) => !known.has(content(one))).length;
    }

    function forget() {
      waiting = [];
      shelf.write(null);
    }

    return { attempts, save, add, forget, keeps: shelf.keeps, notice: shelf.notice, all: () => ({ format: FORMAT, attempts: attempts() }) };
  }

  let opened;
  /** The record of this page: opened once, so that all that plays here knows what it has to tell. */
  const ofThisPage = () => (opened ??= openRecord());

  /** The newest attempt at `scenario`, by when it was last touched. */
  const newest = (attempts, scenario) =>
    attempts.filter((one) => one.scenario === scenario).sort((a, b) => compare(a.touched ?? a.begun, b.touched ?? b.begun)).at(-1);

  const saveAsFile = (record) =>
    download("needs-first-record.json", JSON.stringify(record.all(), null, 1), "application/json");

  // ---------------------------------------------------------------- lessons that have been read

  const lessonOf = (page) => `lesson-${String(page).padStart(2, "0")}`;

  /** @returns {Set<string>} the ids of the lessons that the learner has marked as read: lesson-01 and so on */
  const lessonsRead = (attempts) => new Set(attempts.filter((one) => one.mode === "read" && one.path.length).map((one) => one.scenario));

  function markRead(record, lesson) {
    const now = new Date().toISOString();
    record.save({ id: newId(), scenario: lesson, hash: "", mode: "read", begun: now, touched: now, path: [`${lesson}/read`], sure: [0] });
  }

  /** Tick in the contents what has been read. */
  function tick(read) {
    document.querySelectorAll("nav [data-lesson]").forEach((link) => {
      if (link.querySelector(".read") || !read.has(lessonOf(link.dataset.lesson))) return;
      link.append(make("span", { class: "read" }, make("span", { "aria-hidden": "true" }, " ✓"), make("span", { class: "unseen" }, " (read)")));
    });
  }

  /** At the end of a lesson: a button that marks it as read. */
  function offerToMark(record, read) {
    const place = document.querySelector("[data-mark-read]");
    if (!place) return;
    const lesson = lessonOf(place.dataset.markRead);
    const status = make("p", { role: "status" }, read.has(lesson) ? "You have marked this lesson as read." : "");
    const mark = make("button", { type: "button", class: "cw-button", onclick: () => {
      markRead(record, lesson);
      tick(lessonsRead(record.attempts()));
      status.textContent = record.keeps() ? "Marked as read, in this browser only." : record.notice();
      mark.remove();
    } }, "I have read this lesson");
    place.replaceChildren(...(read.has(lesson) ? [] : [mark]), status);
    place.hidden = false;
  }

  onPage(() => {
    if (!document.querySelector("nav [data-lesson]")) return;
    const record = ofThisPage();
    const read = lessonsRead(record.attempts());
    tick(read);
    offerToMark(record, read);
  });

  return { KEY, canonical, fnv, merge, isAttempt, ofThisPage, newId, newest, saveAsFile, lessonsRead, lessonOf };
})();
