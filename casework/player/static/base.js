/**
 * What every script of the book stands on: elements, what this browser keeps, printing, files.
 *
 * A classic script without imports, so that it also runs from file://; a page loads it before the others, and Python
 * puts it before them in a live notebook.
 *
 * @typedef {{forbidden: string, aside: string, stuck: string, full: string}} Says  what a learner is told
 * @typedef {{read(): any, write(value: any): void, keeps(): boolean, notice(): string}} Shelf
 */
const NeedsFirst = (() => {
  "use strict";

  const FORMAT = 1;

  // ---------------------------------------------------------------- elements

  /** Make an element. Strings become text; only `html` sets markup, for fields that Python rendered from Markdown. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "html") element.innerHTML = value;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
    return element;
  }

  const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

  let serial = 0;
  const fresh = (stem) => `nf-${stem}-${++serial}`;

  /** A place above what plays where a learner is told something that lasts; `extra` stands below the words. */
  function notice(name, extra = () => []) {
    const element = make("div", { class: name, role: "status", hidden: true });
    let said = "";
    const tell = (text) => {
      if (!text || text === said) return;
      said = text;
      element.hidden = false;
      element.replaceChildren(make("p", {}, text), ...extra());
    };
    return { element, tell };
  }

  // ---------------------------------------------------------------- paper and files

  /** Print `part` alone: whatever stands beside the way to it stays off the paper. */
  function printAlone(part) {
    const way = [];
    for (let one = part; one && one !== document.documentElement; one = one.parentElement) way.push(one);
    way.forEach((one) => one.classList.add("nf-way"));
    part.classList.add("nf-alone");
    addEventListener("afterprint", () => {
      way.forEach((one) => one.classList.remove("nf-way"));
      part.classList.remove("nf-alone");
    }, { once: true });
    window.print();
  }

  function download(name, text, type) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // ---------------------------------------------------------------- what this browser keeps

  /**
   * Open what the browser keeps under `key`: `{format, [part]: value}`. Whatever cannot be read is set aside under a
   * key of its own and never written over. Says once, through `notice()`, what a learner has to know.
   * @param {{key: string, part: string, empty: any, good: (value: any) => boolean, says: Says}} what
   * @returns {Shelf}
   */
  function openShelf({ key, part, empty, good, says }) {
    let said = "";
    let closed = false; // nothing can be kept: storage is forbidden, or holds what could not be set aside
    const fail = (text) => (said = said.includes(text) ? said : `${said} ${text}`.trim());

    function read() {
      let raw;
      try {
        raw = window.localStorage.getItem(key);
      } catch {
        closed = true;
        fail(says.forbidden);
        return empty;
      }
      if (raw === null) return empty;
      try {
        const kept = JSON.parse(raw);
        if (kept.format !== FORMAT || !good(kept[part])) throw new Error("not what is kept here");
        return kept[part];
      } catch {
        setAside(raw);
        return empty;
      }
    }

    function setAside(raw) {
      try {
        window.localStorage.setItem(`${key}/set-aside-${Date.now()}`, raw);
        window.localStorage.removeItem(key);
        closed = false;
        fail(says.aside);
      } catch {
        closed = true;
        fail(says.stuck);
      }
    }

    /** Keep `value`, or nothing at all where it is null; returns whether the browser took it. */
    function write(value) {
      try {
        if (closed) return false;
        if (value === null) window.localStorage.removeItem(key);
        else window.localStorage.setItem(key, JSON.stringify({ format: FORMAT, [part]: value }));
        return true;
      } catch {
        fail(says.full);
        return false;
      }
    }

    return { read, write, keeps: () => !closed, notice: () => said };
  }

  // ---------------------------------------------------------------- the page

  /** The data that Python put into `box`. */
  const dataOf = (box) => JSON.parse(box.querySelector("script[type='application/json']").textContent);

  /** Call `mountAll` once the page is read. A module (the live notebook) has no current script: there it does nothing. */
  function onPage(mountAll) {
    if (typeof document === "undefined" || !document.currentScript) return;
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", mountAll);
    else mountAll();
  }

  // The contents are longer than a screen: bring the page that is open into view there.
  onPage(() => {
    const contents = document.querySelector("nav.contents");
    const here = contents?.querySelector("[aria-current]");
    if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
  });

  return { FORMAT, make, plural, fresh, notice, printAlone, download, openShelf, dataOf, onPage };
})();
