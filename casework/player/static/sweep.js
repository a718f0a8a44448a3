/**
 * Swaps the frames of a sweep. Python drew them all; this page only looks one up.
 * @typedef {{parts: string[], words: string[][], frames: {parts: number[], says: string, words: string}[]}} Sweep
 */
const NeedsFirstSweep = (() => {
  "use strict";

  /**
   * The place of a frame: the last slider changes fastest.
   * @param {number[]} places - where each slider stands
   * @param {number[]} sizes - how many values each slider has
   * @returns {number}
   */
  function frameAt(places, sizes) {
    return places.reduce((frame, place, slider) => frame * sizes[slider] + place, 0);
  }

  /**
   * Makes one sweep follow its sliders.
   * @param {HTMLElement} box - a `.casework-sweep`
   */
  function start(box) {
    const find = (/** @type {string} */ selector) => box.querySelector(selector);
    const sliders = [...box.querySelectorAll("input[type=range]")];
    /** @type {Sweep} */
    const sweep = JSON.parse(find("script").textContent);
    const drawing = find(".picture-drawing > g");

    const show = () => {
      const places = sliders.map((slider) => Number(slider.value));
      const frame = sweep.frames[frameAt(places, sweep.words.map((words) => words.length))];
      sliders.forEach((slider, number) => {
        const words = sweep.words[number][places[number]];
        slider.setAttribute("aria-valuetext", words);
        slider.parentElement.querySelector("output").textContent = words;
      });
      // Python wrote these marks and escaped their words: nothing a learner types comes here.
      drawing.innerHTML = frame.parts.map((part) => sweep.parts[part]).join("");
      find("desc").textContent = frame.words;
      if (find(".sweep-status").textContent !== frame.says) find(".sweep-status").textContent = frame.says;
    };

    sliders.forEach((slider) => slider.addEventListener("input", show));
    find(".sweep-controls").hidden = false;
    show();
  }

  /** Starts every sweep of the page. */
  function startAll() {
    document.querySelectorAll(".casework-sweep").forEach(start);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
  return { frameAt, start };
})();
