/**
 * The final assessment: which drills a paper asks, what an attempt at it is worth, and the page where it is taken.
 *
 * The same rules as casework/assessment.py, which says what they are, and held equal to it by a test. The certificate
 * uses the rules without the page; the page also needs sitting.js and what that stands on.
 *
 * @typedef {{points: number, most: number, ended: boolean, redLinesWrong: string[], passed: boolean,
 *            byLesson: Record<string, number[]>, byStatement: Record<string, number[]>, beliefs: string[]}} Result
 */
const NeedsFirstAssessment = (() => {
  "use strict";

  const { make, plural, fresh, onPage } = NeedsFirst;
  const { fnv, ofThisPage } = NeedsFirstRecord;
  const { ALL, WORTH, ASSESSED: ASKED, PER_CENT, played, passed, own, when } = NeedsFirstCourse;

  // ---------------------------------------------------------------- rules

  const RED_LINES = {
    "six-thousand": "The £6,000. No sum has to be spent before somebody asks for an EHC needs assessment.",
    "may-and-is": "“May” and “is”. For an assessment it is enough that a child may need a plan; for a plan it has to be necessary.",
    "who-may-ask": "Who may ask. A parent, a young person, and a school or college can each ask by themselves.",
    safeguarding: "Safeguarding. A worry about a child’s safety is passed on as your service says; nobody is promised that it stays secret.",
  };
  const MOST = 2 * ASKED;
  const WEAKEST = 3; // lessons to look at again, at most
  const NEEDED = (PER_CENT * MOST) / 100;

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  /** @returns {string[] | null} the ids of the 20 drills of the paper `seed`; null where there are not as many */
  function draw(seed) {
    const rank = (id) => fnv(`${seed.toLowerCase()}/${id}`);
    const all = Object.keys(ALL.drills).filter((id) => !id.startsWith("before-")).map((id) => [rank(id), id]);
    const ranked = all.sort(([a, one], [b, other]) => compare(a, b) || compare(one, other)).map(([, id]) => id);
    if (ranked.length < ASKED) return null;
    const best = Object.keys(RED_LINES).map((line) => ranked.find((id) => ALL.drills[id].redLine === line));
    const taken = new Set(best.filter(Boolean));
    const soFar = (lesson) => [...taken].filter((id) => ALL.drills[id].lesson === lesson).length;
    while (taken.size < ASKED) {
      const left = ranked.filter((id) => !taken.has(id));
      const lessons = [...new Set(left.map((id) => ALL.drills[id].lesson))];
      const [lesson] = lessons.sort((a, b) => soFar(a) - soFar(b) || a - b);
      taken.add(left.find((id) => ALL.drills[id].lesson === lesson));
    }
    return ranked.filter((id) => taken.has(id));
  }

  function tally(pairs) {
    const found = {};
    for (const [key, { quality }] of pairs) {
      const [earned, most] = found[key] ?? [0, 0];
      found[key] = [earned + WORTH[quality], most + 2];
    }
    return found;
  }

  /** @returns {Result | null} null where the course has changed a question since, so that it cannot be marked */
  function result(attempt) {
    const [one] = played([attempt]);
    if (!one || one.stale) return null;
    const { decisions, points } = one;
    const crossed = decisions.filter(({ quality }) => quality === "unsound").map(({ redLine }) => redLine);
    const redLinesWrong = Object.keys(RED_LINES).filter((line) => crossed.includes(line));
    const ended = new Set(decisions.map(({ node }) => node)).size === ASKED;
    return {
      points, most: MOST, ended, redLinesWrong,
      passed: ended && passed(one),
      byLesson: tally(decisions.map((two) => [two.lesson, two])),
      byStatement: tally(decisions.flatMap((two) => two.teaches.map((id) => [id, two]))),
      beliefs: [...new Set(decisions.map(({ misconception }) => misconception).filter(Boolean))],
    };
  }

  // ---------------------------------------------------------------- papers and tries

  const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"; // nothing that is misread when it is read out
  const PAPER = /^[a-z0-9]{4}$/;

  function freshSeed(taken) {
    const some = () => [...crypto.getRandomValues(new Uint32Array(4))].map((number) => LETTERS[number % LETTERS.length]).join("");
    let seed = some();
    while (taken.includes(seed)) seed = some();
    return seed;
  }

  const seedOf = (attempt) => attempt.scenario.replace("assessment-", "");
  const drillsOf = (attempt) => attempt.path.map((entry) => entry.split("/")[0]);

  /** Every try at an assessment, the newest first. @param {Attempt[]} attempts */
  const tries = (attempts) => attempts.filter((one) => one.mode === "assessment" && one.scenario.startsWith("assessment-") && one.path.length)
    .sort((a, b) => compare(b.begun, a.begun));

  /** Whether a try can be gone on with: its paper is still drawn as it was. */
  function open(attempt) {
    const paper = draw(seedOf(attempt));
    return attempt.path.length < ASKED && attempt.hash === ALL.version && paper && drillsOf(attempt).every((id, n) => id === paper[n]);
  }

  const dayOf = (moment) => new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

  // ---------------------------------------------------------------- the page

  function mount(box) {
    const { cut, play, button, heading, link, keeping, follow } = NeedsFirstSitting;
    const record = ofThisPage();
    const said = keeping(record);
    const place = box.querySelector(".casework");
    const panel = make("div", { class: "sitting-panel" });
    const after = make("div", { class: "sitting-after" });
    const drawn = follow({ record, place, panel, draw: () => showStart(false) });
    const plain = (text, act) => button(text, act, "cw-button cw-plain");
    const code = (attempt) => seedOf(attempt).toUpperCase();
    const named = (attempt) => `Paper ${code(attempt)}`;

    // -------- before

    function showStart(focus = true) {
      const all = tries(record.attempts());
      const unfinished = all.find(open);
      place.replaceChildren();
      after.replaceChildren();
      panel.replaceChildren(...(draw("") ? [unfinished && middle(unfinished), rules(), form(all, unfinished), earlier(all)] : [tooFew()]).filter(Boolean));
      said.tell(record.notice());
      drawn();
      if (focus) panel.querySelector("h2").focus();
    }

    const tooFew = () => make("section", {}, heading("Not yet"),
      make("p", {}, `A final assessment asks ${ASKED} questions, and this course has too few to draw from so far. The lessons can all be used without it.`));

    const middle = (attempt) => make("section", {},
      heading("You are in the middle of a paper"),
      make("p", {}, `${named(attempt)}, begun on ${dayOf(attempt.begun)}: ${attempt.path.length} of ${ASKED} questions answered.`),
      make("p", {}, button(`Go on with question ${attempt.path.length + 1}`, () => take(seedOf(attempt), attempt))));

    const rules = () => make("section", {},
      heading("Before you begin"),
      make("ul", {},
        make("li", {}, `There are ${ASKED} questions, from all lessons. Most people need half an hour. You can stop and go on later.`),
        make("li", {}, make("strong", {}, "An answer stands."), " There is no way back to a question once you have answered it."),
        make("li", {}, "With each answer you say how sure you are. That costs nothing, and shows you afterwards what to look at."),
        make("li", {}, "There is no coaching on the way. All of it comes at the end."),
        make("li", {}, `A sound answer counts two points, one that can be argued counts one. ${NEEDED} of ${MOST} are a pass, if no red line is answered wrong.`),
        make("li", {}, "You can try as often as you like, each time with other questions. Every attempt is kept.")),
      make("details", {}, make("summary", {}, "The four red lines"), make("ul", {}, Object.values(RED_LINES).map((text) => make("li", {}, text)))));

    function form(all, unfinished) {
      const warning = make("p", { class: "cw-warning", id: fresh("warning") });
      const help = make("p", { class: "small", id: fresh("help") }, "If your supervisor has set you a paper, type its four letters or figures. Otherwise leave this empty.");
      const typed = make("input", { type: "text", id: fresh("paper"), maxlength: 8, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": `${help.id} ${warning.id}` });
      const submit = (event) => {
        event.preventDefault();
        const seed = typed.value.trim().toLowerCase();
        if (seed && !PAPER.test(seed)) {
          warning.textContent = "A paper has four letters or figures, such as K7QM.";
          typed.setAttribute("aria-invalid", "true");
          return typed.focus();
        }
        return take(seed || freshSeed(all.map(seedOf)));
      };
      return make("form", { class: "sitting-form", onsubmit: submit, novalidate: true },
        make("label", { for: typed.id }, "Paper"), help, typed, warning,
        make("button", { type: "submit", class: `cw-button ${unfinished ? "cw-plain" : "cw-main"}` }, unfinished ? "Begin another paper" : "Begin"));
    }

    function inShort(attempt) {
      const found = result(attempt);
      if (!found) return "cannot be marked any more, because the course has changed";
      if (!found.ended) return `${attempt.path.length} of ${ASKED} questions answered${open(attempt) ? "" : "; the course has changed since, so that it cannot be gone on with"}`;
      const red = found.redLinesWrong.length ? `, ${plural(found.redLinesWrong.length, "red line")} answered wrong` : "";
      return `${found.passed ? "passed" : "not passed"}, ${found.points} of ${MOST} points${red}`;
    }

    const actOn = (attempt) => {
      if (result(attempt)?.ended) return plain(`Look at paper ${code(attempt)} again`, () => look(attempt));
      return open(attempt) ? plain(`Go on with paper ${code(attempt)}`, () => take(seedOf(attempt), attempt)) : null;
    };

    function earlier(all) {
      if (!all.length) return null;
      const items = all.map((one) => make("li", {}, `${dayOf(when({ attempt: one }))}, paper ${code(one)}: ${inShort(one)}. `,
        actOn(one)));
      return make("section", {}, heading("Your attempts so far"), make("ul", { class: "sitting-tries" }, items));
    }

    // -------- during

    function take(seed, last) {
      const scenario = `assessment-${seed}`;
      const graph = cut(draw(seed), { id: scenario, title: `Final assessment, paper ${seed.toUpperCase()}` });
      const onward = (path) => path.length === ASKED && look(tries(record.attempts()).find((one) => one.scenario === scenario));
      panel.replaceChildren();
      after.replaceChildren(make("p", {}, plain("Stop here and go on later", () => showStart())));
      play({ place, graph, mode: "assessment", last, record, tell: said.tell, onward });
    }

    // -------- after

    function look(attempt) {
      const found = result(attempt);
      const graph = cut(drillsOf(attempt), { id: attempt.scenario, title: `${named(attempt)}, answer by answer` });
      play({ place, graph, mode: "assessment", last: attempt, record, tell: said.tell, onward: () => {} });
      panel.replaceChildren(outcome(attempt, found));
      after.replaceChildren(make("p", {}, plain("Back to the beginning of this page", () => showStart())));
      panel.querySelector("h2").focus({ preventScroll: true });
      panel.scrollIntoView({ block: "start" });
    }

    function outcome(attempt, found) {
      const enough = found.points >= NEEDED ? "" : ` ${NEEDED} are a pass.`;
      return make("section", {},
        heading(found.passed ? "You have passed" : "Not passed this time"),
        make("p", { class: "lead" }, `${found.points} of ${MOST} points.${enough} ${found.redLinesWrong.length ? "" : "No red line was answered wrong."}`.trim()),
        make("p", { class: "small" }, `${named(attempt)}, ${dayOf(when({ attempt }))}.`),
        redLines(found), onwards(found), byLesson(found));
    }

    const redLines = ({ redLinesWrong }) => redLinesWrong.length ? make("div", { class: "sitting-red" },
      make("p", {}, make("strong", {}, `${plural(redLinesWrong.length, "red line")} answered wrong.`), " Here a family would have been sent the wrong way, so whatever the points, talk about this first:"),
      make("ul", {}, redLinesWrong.map((line) => make("li", {}, RED_LINES[line])))) : null;

    function onwards(found) {
      const share = ({ number }) => (([earned, most] = [1, 1]) => earned / most)(found.byLesson[number]);
      const weak = ALL.lessons.filter((one) => 100 * share(one) < PER_CENT).sort((a, b) => share(a) - share(b)).slice(0, WEAKEST);
      const items = [
        ...found.beliefs.map((id) => make("li", {}, link(`book/misconceptions/${id}.html`, own(ALL.misconceptions, id) ?? id))),
        ...weak.map((one) => make("li", {}, link(one.page, `Lesson ${one.number}. ${one.title}`))),
      ];
      return make("div", {},
        make("h3", {}, "What to look at next"),
        items.length ? make("ul", {}, items) : make("p", {}, "Nothing in particular: there was no common mistake, and no lesson fell behind."),
        make("p", {}, "The questions that you missed wait for you under ", link("book/review.html", "Come back to it"), ".",
          ...(found.passed ? [" Your ", link("book/certificate.html", "certificate"), " can now name this assessment."] : [])));
    }

    const byLesson = (found) => make("details", {}, make("summary", {}, "Points by lesson"),
      make("ul", {}, ALL.lessons.filter(({ number }) => found.byLesson[number]).map((one) =>
        make("li", {}, `${one.number}. ${one.title}: ${found.byLesson[one.number][0]} of ${found.byLesson[one.number][1]}`))));

    box.replaceChildren(said.element, panel, place, after);
    showStart(false);
  }

  onPage(() => document.querySelectorAll(".casework-assessment").forEach(mount));

  return { draw, result, tries, RED_LINES };
})();
