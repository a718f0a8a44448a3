/**
 * The course as this page knows it, and what a record says of a learner's way through it. Everything is replayed.
 *
 * The same rules as casework/record/played.py, and held equal to it by a test. catalogue.js and record.js stand
 * before it.
 *
 * @typedef {{node: string, title: string, stage: string, choice: string, quality: string, misconception: string | null,
 *            teaches: string[], sure: number, redLine: string | null, lesson: number | null}} Decision
 * @typedef {{attempt: Attempt, kind: string, title: string, page: string | null, ended: boolean | null,
 *            verdict: string | null, decisions: Decision[], stale: boolean, points: number, most: number}} Played
 */
const NeedsFirstCourse = (() => {
  "use strict";

  const ALL = NeedsFirstCatalogue;
  const WORTH = { sound: 2, arguable: 1, unsound: 0 };
  const ASSESSED = 20;
  const PER_CENT = 80;
  const KINDS = ["drills", "review", "assessment", "lesson"];

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

  // ---------------------------------------------------------------- replaying

  function kindOf(scenario) {
    const first = scenario.split("-")[0];
    return KINDS.includes(first) && !own(ALL.scenarios, scenario) ? first : "scenario";
  }

  /** @returns {{decisions: Decision[], place: number} | null} null where the path does not fit */
  function walk(one, path, sure) {
    let place = one.start;
    const decisions = [];
    for (const [n, entry] of path.entries()) {
      const [node, choice] = entry.split("/");
      const [here, edges] = one.places[place];
      if (node !== here || !Object.hasOwn(edges, choice)) return null;
      const { stage, title, choices } = one.nodes[node];
      const [quality, misconception] = choices[choice];
      decisions.push({ node, title, stage, choice, quality, misconception, teaches: one.teaches, sure: sure[n] ?? 0, redLine: null, lesson: null });
      place = edges[choice];
    }
    return { decisions, place };
  }

  function ofDrill(entry, sure) {
    const [id, choice] = entry.split("/");
    const drill = own(ALL.drills, id);
    const chosen = drill && own(drill.choices, choice);
    if (!chosen) return null;
    const { title, teaches, redLine, lesson } = drill;
    return { node: id, title, stage: "close", choice, quality: chosen[0], misconception: chosen[1], teaches, sure, redLine, lesson };
  }

  const kept = (attempt, kind, title, rest = {}) => {
    const made = { attempt, kind, title, page: null, ended: null, verdict: null, decisions: [], stale: false, ...rest };
    const points = made.decisions.reduce((sum, one) => sum + WORTH[one.quality], 0);
    return { ...made, points, most: 2 * made.decisions.length };
  };

  function ofScenario(attempt) {
    const one = own(ALL.scenarios, attempt.scenario);
    if (!one) return kept(attempt, "scenario", attempt.scenario, { stale: true });
    const walked = one.hash === attempt.hash ? walk(one, attempt.path, attempt.sure) : null;
    if (!walked) return kept(attempt, "scenario", one.title, { page: one.page, stale: true });
    const [node, edges] = one.places[walked.place];
    return kept(attempt, "scenario", one.title, {
      page: one.page, ended: !Object.keys(edges).length, verdict: one.nodes[node].verdict, decisions: walked.decisions,
    });
  }

  function ofLesson(attempt) {
    const lesson = ALL.lessons.find((one) => one.read === attempt.scenario);
    if (!lesson) return kept(attempt, "lesson", attempt.scenario, { stale: true });
    return kept(attempt, "lesson", `Read: ${lesson.title}`, { page: lesson.page, ended: true });
  }

  function ofDrills(attempt, kind) {
    const known = own(ALL.series, attempt.scenario);
    const title = kind === "review" ? "Spaced review" : kind === "assessment" ? "Final assessment" : known?.title ?? "Drills";
    const page = known ? ALL.lessons.find((one) => one.number === known.lesson).page : null;
    const decisions = attempt.path.map((entry, n) => ofDrill(entry, attempt.sure[n] ?? 0));
    if (decisions.includes(null) || (known && known.hash !== attempt.hash)) return kept(attempt, kind, title, { page, stale: true });
    const ended = known ? decisions.length === known.drills.length : kind === "assessment" ? decisions.length >= ASSESSED : null;
    return kept(attempt, kind, title, { page, ended, decisions });
  }

  /** Replay every attempt that has a choice, in its order. @param {Attempt[]} attempts @returns {Played[]} */
  function played(attempts) {
    return attempts.filter((one) => one.path.length).map((one) => {
      const kind = kindOf(one.scenario);
      if (kind === "scenario") return ofScenario(one);
      return kind === "lesson" ? ofLesson(one) : ofDrills(one, kind);
    });
  }

  /** Whether an assessment came to its end with enough points and without crossing a red line. */
  const passed = (one) => one.kind === "assessment" && one.ended && 100 * one.points >= PER_CENT * one.most
    && !one.decisions.some(({ redLine, quality }) => redLine && quality === "unsound");

  const when = (one) => one.attempt.touched ?? one.attempt.begun;
  const share = (one) => (one.most ? one.points / one.most : 0);

  // ---------------------------------------------------------------- what it says

  /** What a learner did; what a room chose in a workshop is the room's. */
  const alone = (all) => all.filter((one) => one.attempt.mode !== "workshop");

  /** @returns {{id: string, title: string, page: string, tries: Played[], first: Played, best: Played, last: Played}[]} */
  function cases(all) {
    return Object.entries(ALL.scenarios).map(([id, one]) => {
      const tries = alone(all).filter((two) => two.kind === "scenario" && two.attempt.scenario === id && !two.stale)
        .sort((a, b) => compare(a.attempt.begun, b.attempt.begun));
      const done = tries.filter((two) => two.ended);
      const best = [...done].sort((a, b) => share(b) - share(a))[0];
      return { id, title: one.title, page: one.page, minutes: one.minutes, tries, done, first: done[0], best, last: done.at(-1) };
    });
  }

  /** @returns {{id: string, text: string, decisions: number, points: number, most: number}[]} by statement of the leaflet */
  function objectives(all) {
    const decisions = alone(all).flatMap((one) => one.decisions);
    return Object.entries(ALL.statements).map(([id, text]) => {
      const mine = decisions.filter((one) => one.teaches.includes(id));
      return { id, text, decisions: mine.length, points: mine.reduce((sum, one) => sum + WORTH[one.quality], 0), most: 2 * mine.length };
    });
  }

  /**
   * The misconceptions that showed: those held with confidence first, then the most frequent.
   * @returns {{id: string, name: string, times: number, certain: number, last: string, shown: string[], cases: object[]}[]}
   */
  function beliefs(all) {
    const found = new Map();
    for (const one of alone(all)) {
      for (const decision of one.decisions.filter((two) => two.misconception)) {
        const id = decision.misconception;
        const was = found.get(id) ?? { id, name: own(ALL.misconceptions, id) ?? id, times: 0, certain: 0, last: "", shown: new Set() };
        was.times += 1;
        was.certain += decision.sure === 3;
        was.last = when(one) > was.last ? when(one) : was.last;
        was.shown.add(one.kind === "scenario" ? one.title : decision.title);
        found.set(id, was);
      }
    }
    return [...found.values()]
      .map((one) => ({ ...one, shown: [...one.shown], cases: exercising(one.id) }))
      .sort((a, b) => b.certain - a.certain || b.times - a.times || compare(a.name, b.name));
  }

  /** The cases in which somebody can act on a misconception and that stand on a page. */
  const exercising = (id) => Object.values(ALL.scenarios).filter((one) => one.page
    && Object.values(one.nodes).some((node) => Object.values(node.choices).some(([, belief]) => belief === id)));

  /** What comes next on a track. @returns {{title: string, page: string, why: string} | null} null: all is done */
  function next(track, all, read) {
    const done = new Set(cases(all).filter((one) => one.done.length).map((one) => one.id));
    const passedOnce = all.some(passed);
    const steps = ALL.tracks[track].sittings.flatMap((sitting) => sitting.steps.map((step) => [sitting, step]));
    for (const [sitting, step] of steps) {
      const lesson = ALL.lessons.find((one) => one.number === step.lesson);
      if (lesson && !read.has(lesson.read)) return { title: `${lesson.number}. ${lesson.title}`, page: lesson.page, why: sitting.title };
      const id = step.scenario ?? lesson?.scenarios.find((one) => !done.has(one));
      const scenario = id && !done.has(id) && own(ALL.scenarios, id);
      if (scenario?.page) return { title: scenario.title, page: scenario.page, why: sitting.title };
      if (step.page === "assessment" && !passedOnce) return { title: "Final assessment", page: "book/assessment.html", why: sitting.title };
    }
    return null;
  }

  /** Where this browser keeps which track its learner is on. */
  const trackShelf = () => NeedsFirst.openShelf({
    key: "needs-first/track", part: "track", empty: "self-paced", good: (one) => Boolean(own(ALL.tracks, one)),
    says: { forbidden: "", aside: "", stuck: "", full: "" },
  });

  /** The way from this page to `page`, which is relative to the book's root. */
  const href = (page) => `${document.documentElement.dataset.content_root ?? "./"}${page}`;

  return { ALL, WORTH, ASSESSED, PER_CENT, kindOf, played, passed, trackShelf, cases, objectives, beliefs, next, when, share, href, own };
})();
