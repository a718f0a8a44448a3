/**
 * The certificate and the induction sign-off sheet: what a learner has really done, on paper.
 *
 * The name is typed here, and kept nowhere. course.js and assessment.js stand before it.
 *
 * @typedef {{title: string, complete: boolean, lessons: object[], loose: object[], wanted: boolean,
 *            assessment: object | null, answered: number, missing: {text: string, page: string}[]}} Standing
 */
const NeedsFirstCertificate = (() => {
  "use strict";

  const { make, plural, fresh, notice, printAlone, onPage } = NeedsFirst;
  const { KEY, ofThisPage } = NeedsFirstRecord;
  const { ALL, played, cases, beliefs, when, href, own, trackShelf } = NeedsFirstCourse;
  const { RED_LINES, result, tries } = NeedsFirstAssessment;

  // ---------------------------------------------------------------- rules

  const TITLES = 2; // of cases, or of beliefs, that stand in one line
  const least = (texts) => [...texts].sort()[0];

  /** The best try at the assessment: a passed one before any other, then by points, the earlier first. */
  function assessed(attempts) {
    const done = tries(attempts).map((attempt) => ({ attempt, ...result(attempt) })).filter((one) => one.ended);
    return done.sort((a, b) => b.passed - a.passed || b.points - a.points || (a.attempt.begun < b.attempt.begun ? -1 : 1))[0] ?? null;
  }

  /** @returns {Standing} what of `track` is done, and what is missing for a certificate of completion */
  function standing(track, attempts) {
    const all = played(attempts);
    const steps = ALL.tracks[track].sittings.flatMap((sitting) => sitting.steps);
    const known = new Map(cases(all).map((one) => [one.id, one]));
    const readOn = (lesson) => least(all.filter((one) => one.kind === "lesson" && one.attempt.scenario === lesson.read).map(when));
    // A track that names its cases asks for those; one that does not asks for those of its lessons.
    const named = steps.filter((step) => step.scenario).map((step) => step.scenario);
    const lessons = ALL.lessons.filter((one) => steps.some((step) => step.lesson === one.number)).map((one) => ({
      ...one, readOn: readOn(one), cases: one.scenarios.filter((id) => !named.length || named.includes(id)).map((id) => known.get(id)).filter(Boolean),
    }));
    const loose = named.map((id) => known.get(id)).filter((one) => one?.page && !lessons.some((lesson) => lesson.cases.includes(one)));
    const wanted = steps.some((step) => step.page === "assessment");
    const assessment = assessed(attempts);
    const missing = [
      ...lessons.flatMap((one) => [
        ...(one.readOn ? [] : [{ text: `Read lesson ${one.number}, ${one.title}, and mark it as read at its end`, page: one.page }]),
        ...unfinished(one.cases),
      ]),
      ...unfinished(loose),
      ...(wanted && !assessment?.passed ? [{ text: "Pass the final assessment", page: "book/assessment.html" }] : []),
    ];
    const answered = new Set(all.filter((one) => one.kind !== "scenario").flatMap((one) => one.decisions.map(({ node }) => node))).size;
    return { title: ALL.tracks[track].title, complete: !missing.length, lessons, loose, wanted, assessment, answered, missing };
  }

  const unfinished = (some) => some.filter((one) => one.page && !one.done.length).map((one) => ({ text: `Play “${one.title}” to its end`, page: one.page }));

  /**
   * What to talk through: red lines first, then beliefs that were acted on with certainty, then the others.
   * @returns {{red: string | null, name: string, times: number, certain: number, last: string, shown: string[]}[]}
   */
  function toTalkThrough(attempts) {
    const all = played(attempts).filter((one) => one.attempt.mode !== "workshop");
    const crossed = all.flatMap((one) => one.decisions.filter((two) => two.redLine && two.quality === "unsound").map((two) => ({ ...two, at: when(one) })));
    const reds = Object.keys(RED_LINES).map((line) => [line, crossed.filter((one) => one.redLine === line)]).filter(([, some]) => some.length);
    const inRed = (id) => crossed.filter((one) => one.misconception === id).length;
    return [
      ...reds.map(([line, some]) => ({
        red: RED_LINES[line], name: [...new Set(some.map((one) => own(ALL.misconceptions, one.misconception)).filter(Boolean))].slice(0, TITLES).join("; "),
        times: some.length, certain: some.filter((one) => one.sure === 3).length,
        last: least(some.map((one) => one.at)) && some.map((one) => one.at).sort().at(-1), shown: [...new Set(some.map((one) => one.title))],
      })).sort((a, b) => b.certain - a.certain),
      ...beliefs(all).filter((one) => one.times > inRed(one.id)).map((one) => ({ ...one, red: null })),
    ];
  }

  // ---------------------------------------------------------------- the sheets

  const LISTED = 5;
  const LINE = "\u00a0"; // holds words together, and keeps an empty line its height
  const day = (moment) => new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const short = (moment) => new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });

  function mark() {
    const svg = (tag, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
      return element;
    };
    const picture = svg("svg", { viewBox: "0 0 48 48", class: "sheet-mark", "aria-hidden": "true", focusable: "false" });
    picture.append(
      svg("circle", { cx: 24, cy: 24, r: 18, fill: "none", stroke: "var(--brand)", "stroke-width": 6.5, "stroke-linecap": "round", pathLength: 360, "stroke-dasharray": "52 38", transform: "rotate(-71 24 24)" }),
      svg("circle", { cx: 24, cy: 24, r: 7, fill: "var(--mark)" }));
    return picture;
  }

  // printAlone lays out what it is given in its own way: the paper stands inside it.
  const sheet = (name, label, ...parts) => make("article", { class: "sheet-alone", "aria-label": label }, make("div", { class: name }, parts));

  const foot = (last) => make("div", { class: "sheet-foot" },
    make("p", {}, `${ALL.service}. Content ${ALL.version}, law as at ${day(ALL.lawDate)}. Printed on ${day(new Date())}.`),
    make("p", {}, last));

  const score = (one) => `${short(when(one))}, ${one.points} of ${one.most} points`.replace(/ (?=of|points|\d+ points)/g, LINE);

  const caseLine = (one) => make("li", {}, `“${one.title}” `, make("small", {}, score(one.best)));

  function lessonLine(one) {
    const finished = one.cases.filter((two) => two.done.length);
    if (!one.readOn && !finished.length) return null;
    return make("li", {}, make("b", {}, `${one.number}. ${one.title}`), " ", one.readOn ? make("small", {}, `read ${short(one.readOn)}`) : null,
      finished.length ? make("ul", {}, finished.map(caseLine)) : null);
  }

  const assessmentLine = (one) => `Final assessment ${one.passed ? "passed" : "taken"} on ${day(when(one))}: ${one.points} of ${one.most} points`;

  /** When everything was done: the latest of what the certificate lists. */
  const doneOn = (now) => [...now.lessons.map((one) => one.readOn), ...[...now.lessons.flatMap((one) => one.cases), ...now.loose].map((one) => when(one.best)), now.assessment ? when(now.assessment) : ""].sort().at(-1);

  function certificate(now, name) {
    const lines = [...now.lessons.map(lessonLine), ...now.loose.filter((one) => one.done.length).map(caseLine)].filter(Boolean);
    const title = now.complete ? "Certificate of completion" : "Record of learning so far";
    return sheet("sheet-paper", title,
      make("div", { class: "sheet-top" }, mark(),
        make("p", { class: "sheet-course" }, "Needs First", make("small", {}, "SEN Support in schools, one case at a time")),
        make("h3", { class: "sheet-title" }, title),
        make("p", { class: "sheet-name" }, name || LINE),
        make("p", { class: "sheet-what" }, now.complete ? "has completed the track " : "is on the way through the track ",
          make("span", { class: "sheet-whole" }, `“${now.title}”`), now.complete ? ` on ${day(doneOn(now))}.` : ", and has done what stands here.")),
      now.assessment && (now.assessment.passed || !now.complete) ? make("p", { class: "sheet-seal" }, assessmentLine(now.assessment)) : null,
      make("h4", {}, "What was done"),
      lines.length ? make("ul", { class: "sheet-done" }, lines) : make("p", {}, "Nothing has been finished yet."),
      now.answered ? make("p", { class: "sheet-more" }, `And ${plural(now.answered, "single question")} answered in lessons, reviews and assessments.`) : null,
      foot("A practice record, not a qualification. It says what its owner’s own record holds; nobody has invigilated it."));
  }

  function question(one) {
    if (one.red) return "Had this been a real call, what would have happened to the family next?";
    if (one.certain) return "What made this feel so certain? Where have you heard it?";
    if (one.times > 1) return "It came back. What would help you to notice it next time?";
    return "Say what holds instead, as you would to a parent on the telephone.";
  }

  function talkLine(one) {
    const sure = one.certain ? make("strong", {}, one.times === 1 ? " You were certain." : ` ${one.certain === one.times ? "Each time" : plural(one.certain, "time")} you were certain.`) : null;
    const titles = one.shown.slice(0, TITLES).map((title) => `“${title}”`).join(", ");
    return make("li", {},
      make("p", {}, one.red ? [make("span", { class: "sheet-red" }, "Red line"), one.red] : make("b", {}, one.name)),
      make("p", {}, one.red && one.name ? `Behind it: ${one.name}. ` : "", `It showed in ${titles}${one.shown.length > TITLES ? " and elsewhere" : ""}, last on ${short(one.last)}.`, sure),
      make("p", { class: "sheet-ask" }, question(one)));
  }

  function signOff(now, talk, name) {
    const read = now.lessons.filter((one) => one.readOn).length;
    const wanted = [...now.lessons.flatMap((one) => one.cases), ...now.loose];
    const finished = wanted.filter((one) => one.done.length).length;
    const boxes = ["alone", "with a colleague listening in", "not yet; first:"];
    return sheet("sheet-paper sheet-sign", "Sign-off sheet",
      make("div", { class: "sheet-top" }, mark(), make("h3", { class: "sheet-title" }, `${now.title}: sign-off sheet`),
        make("p", { class: "sheet-course" }, "Needs First", make("small", {}, "For the learner and the supervisor, to talk through together"))),
      make("p", { class: "sheet-who" }, make("span", {}, "Learner: ", make("b", {}, name || "________________________")), make("span", {}, "Supervisor: ________________________")),
      make("h4", {}, "What has been done"),
      make("p", {}, `${read} of ${plural(now.lessons.length, "lesson")} read, ${finished} of ${plural(wanted.length, "case")} finished, ${plural(now.answered, "single question")} answered. `,
        now.assessment ? `${assessmentLine(now.assessment)}.` : now.wanted ? "The final assessment has not been taken." : ""),
      make("h4", {}, "What to talk through"),
      talk.length
        ? make("ol", { class: "sheet-talk" }, talk.slice(0, LISTED).map(talkLine))
        : make("p", {}, "No common mistake is on record. Ask which decision was the hardest, and what nearly tipped it the other way."),
      talk.length > LISTED ? make("p", { class: "sheet-more" }, `And ${talk.length - LISTED} more, which the learner finds under “My progress”.`) : null,
      make("h4", {}, "And besides"),
      make("ul", {}, make("li", {}, "Which case has stayed with you, and why?"), make("li", {}, "On which call would you stop and ask one of us?"), make("li", {}, "What should we do more of, so that you can?")),
      make("h4", {}, "What we agree"),
      make("ul", { class: "sheet-boxes" }, boxes.map((text) => make("li", {}, `Takes calls ${text}`.replace("Takes calls not yet", "Not yet")))),
      make("div", { class: "sheet-line" }), make("div", { class: "sheet-line" }),
      make("div", { class: "sheet-signs" }, ["Learner", "Supervisor", "Date"].map((text) => make("p", {}, text))),
      foot("A practice record, not a qualification. It comes from the learner’s own record, and is for this talk only."));
  }

  // ---------------------------------------------------------------- the page

  function mount(box) {
    const record = ofThisPage();
    const shelf = trackShelf();
    const said = notice("cw-notice");
    const name = make("input", { type: "text", id: fresh("name"), maxlength: 80, autocomplete: "off", spellcheck: "false", oninput: () => draw() });
    const chosen = shelf.read();
    const track = make("select", { id: fresh("track"), onchange: () => { shelf.write(track.value); draw(); } },
      Object.entries(ALL.tracks).map(([id, one]) => make("option", { value: id, selected: id === chosen }, one.title)));
    const words = make("div", { class: "certificate-standing", role: "status" });
    const [first, second] = [make("section", { class: "certificate-part" }), make("section", { class: "certificate-part" })];

    function standingIn(now) {
      if (now.complete) return [make("p", {}, make("strong", {}, "All of this track is done."), " Your certificate stands below, ready to print.")];
      return [
        make("p", {}, `Your record of learning so far stands below. For a certificate of completion, ${plural(now.missing.length, "thing is", "things are")} still to do:`),
        make("details", { open: now.missing.length <= 5 }, make("summary", {}, "What is still to do"),
          make("ul", {}, now.missing.map((one) => make("li", {}, make("a", { href: href(one.page) }, one.text))))),
      ];
    }

    function part(place, title, says, text, paper) {
      const old = place.querySelector(".sheet-alone");
      // The sheet itself stays: it may be on its way to the printer.
      if (old && place.dataset.title === title) return old.replaceChildren(...paper.childNodes);
      place.dataset.title = title;
      const print = make("button", { type: "button", class: "cw-button cw-main", onclick: () => printAlone(place.querySelector(".sheet-alone")) }, text);
      return place.replaceChildren(make("h2", {}, title), make("p", {}, says), make("p", {}, print), paper);
    }

    function draw() {
      const attempts = record.attempts();
      const now = standing(track.value, attempts);
      const typed = name.value.trim();
      if (words.dataset.now !== JSON.stringify(now.missing)) {
        words.dataset.now = JSON.stringify(now.missing);
        words.replaceChildren(...standingIn(now));
      }
      part(first, now.complete ? "Certificate" : "Record of learning so far", "It holds only what your record holds.", now.complete ? "Print the certificate" : "Print the record", certificate(now, typed));
      part(second, "Sign-off sheet", "If you work for a service, take it to a talk with your supervisor. Red lines come first, then what you were certain of and wrong about: nobody notices that alone.", "Print the sign-off sheet", signOff(now, toTalkThrough(attempts), typed));
      said.tell(record.notice());
    }

    box.replaceChildren(said.element,
      make("div", { class: "certificate-form" },
        make("label", { for: name.id }, "Your name"), name,
        make("p", { class: "small" }, "It goes on the paper and is kept nowhere: when you leave this page, it is gone."),
        make("label", { for: track.id }, "Your way through the course"), track),
      words, first, second);
    draw();
    addEventListener("storage", (event) => event.key === KEY && draw());
    setTimeout(draw, 700); // opened from a file, a page can be given a store that is a moment old
  }

  onPage(() => document.querySelectorAll(".casework-certificate").forEach(mount));

  return { standing, toTalkThrough };
})();
