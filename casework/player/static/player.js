/**
 * The player: follows the edges of a compiled graph and adds up its labels. It holds no rule.
 *
 * A classic script without imports, so that it also runs from file://; base.js and record.js stand before it. Three
 * parts: the rules (no DOM; the same three names as casework/walk.py), the screen (what a host hands a model to), and
 * the page host. A live notebook loads the same bytes as a module, with one `export default` line added by Python.
 *
 * @typedef {{path: string[], place: number, cost: number, weeks: number, files: string[]}} Position
 * @typedef {{get(name: string): any, set(name: string, value: any): void, save_changes(): void,
 *            on(event: string, react: () => void): void, off(event: string, react: () => void): void}} Model
 */
const Casework = (() => {
  "use strict";

  const { FORMAT, make, plural, fresh, notice, printAlone, dataOf, onPage } = NeedsFirst;
  const { ofThisPage, newId, newest, saveAsFile, KEY } = NeedsFirstRecord;

  // ---------------------------------------------------------------- rules

  /** @returns {Position} where a learner stands who has chosen nothing yet */
  const start = (graph) => ({ path: [], place: graph.start, cost: 0, weeks: 0, files: [...graph.files] });

  /** @returns {Position} the position after `choice`; throws if it is not on offer */
  function choose(graph, position, choice) {
    const place = graph.places[position.place];
    if (!Object.hasOwn(place.edges, choice)) throw new Error(`“${choice}” is not on offer at “${place.node}”.`);
    const chosen = graph.nodes[place.node].choices[choice];
    return {
      path: [...position.path, `${place.node}/${choice}`],
      place: place.edges[choice],
      cost: position.cost + chosen.cost,
      weeks: position.weeks + chosen.weeks,
      files: [...position.files, ...chosen.files.filter((paper) => !position.files.includes(paper))],
    };
  }

  /** @returns {Position} the position at the end of `path`; throws at the first entry that does not fit */
  function replay(graph, path) {
    return path.reduce((position, entry) => {
      const [node, choice] = entry.split("/");
      const here = graph.places[position.place].node;
      if (node !== here) throw new Error(`The path says “${entry}” where the learner stands at “${here}”.`);
      return choose(graph, position, choice);
    }, start(graph));
  }

  /** @returns {object[]} one object a decision: before, after, node, choice, offered — for coaching and debrief */
  function steps(graph, path) {
    let before = start(graph);
    return path.map((entry) => {
      const place = graph.places[before.place];
      const node = graph.nodes[place.node];
      const id = entry.split("/")[1];
      const after = choose(graph, before, id);
      const step = { before, after, node, id, choice: node.choices[id], offered: Object.keys(place.edges) };
      before = after;
      return step;
    });
  }

  // ---------------------------------------------------------------- words

  const STAGES = ["enquiry", "assess", "plan", "do", "review", "escalate"];
  const NAMES = {
    enquiry: "Enquiry", assess: "Assess", plan: "Plan", do: "Do", review: "Review", escalate: "Escalate",
    close: "Close",
  };
  const SIGN = { sound: "●", arguable: "◐", unsound: "○" };
  /**
   * What a mode changes. `coach`: what coaching comes after (a choice, a stage, the end). `asks`: how sure one is.
   * `pause`: a choice is looked at before the next scene. `back`: a choice can be taken back, and all begun again.
   * `folded`: in the debrief every decision is. Those with a `label` are the learner's to pick.
   */
  const MODES = {
    guided: { label: "after each choice", coach: "choice", asks: false, pause: true, back: true },
    practice: { label: "at the end of each stage", coach: "stage", asks: true, pause: true, back: true },
    independent: { label: "at the end of the case", coach: "end", asks: false, pause: true, back: true },
    review: { coach: "choice", asks: true, pause: true, back: false, folded: true },
    assessment: { coach: "end", asks: true, pause: false, back: false },
  };
  const SURE = ["a guess", "fairly sure", "certain"];

  /** Money is added in 1/parts of a penny and rounded, half up, only here. */
  function pounds(graph, cost) {
    const pence = Math.floor((2 * cost + graph.parts) / (2 * graph.parts));
    return new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" }).format(pence / 100);
  }

  const longDate = (day) => new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

  // ---------------------------------------------------------------- elements

  const prose = (html, name = "cw-prose") => make("div", { class: name, html });
  const heading = (level, text, extra = {}) => make(`h${level}`, { tabindex: "-1", class: "cw-heading", ...extra }, text);
  const button = (text, onclick, name = "cw-button") => make("button", { type: "button", class: name, onclick }, text);

  // ---------------------------------------------------------------- parts of the screen

  function strip(graph, position) {
    const here = graph.nodes[graph.places[position.place].node].stage;
    const been = new Set(steps(graph, position.path).map((step) => step.node.stage));
    const used = new Set(Object.values(graph.nodes).map((node) => node.stage));
    const items = STAGES.filter((stage) => used.has(stage)).map((stage) =>
      make(
        "li",
        { class: `cw-stage cw-stage-${stage}${been.has(stage) ? " cw-been" : ""}`, "aria-current": stage === here && "step" },
        NAMES[stage],
        been.has(stage) && stage !== here ? make("span", { class: "cw-quiet" }, " (done)") : null,
      ),
    );
    return make("ol", { class: "cw-strip", "aria-label": "Where this case stands" }, items);
  }

  function papers(graph, files, fromBefore) {
    if (!files.length) return null;
    const sheets = files.map((id) => {
      const paper = graph.papers[id];
      const mark = fromBefore.includes(id) ? null : make("strong", { class: "cw-new" }, "new");
      return make(
        "details",
        { class: `cw-paper cw-paper-${paper.kind}` },
        make("summary", {}, make("span", {}, paper.title), " ", mark),
        make("p", { class: "cw-byline" }, `${paper.from} · ${paper.dated}`),
        prose(paper.text),
      );
    });
    return make("section", { class: "cw-file", "aria-label": "Papers on the file" },
      make("p", { class: "cw-label" }, `On the file: ${plural(files.length, "paper")}`), sheets);
  }

  function totals(graph, position) {
    const parts = [];
    if (position.weeks) parts.push(`${plural(position.weeks, "week")} gone by`);
    if (position.cost) {
      parts.push(`${graph.words.ledger.running}: ${pounds(graph, position.cost)}`);
    }
    const line = parts.join(" · ");
    return line ? make("p", { class: "cw-totals" }, line[0].toUpperCase() + line.slice(1)) : null;
  }

  function authorities(graph, ids) {
    const items = ids.map((id) => {
      const one = graph.authorities[id];
      const open = one.status === "to-confirm" ? make("em", { class: "cw-open" }, " (still to be confirmed)") : null;
      return make("li", {}, make("a", { href: one.href, rel: "noopener" }, one.short), open, " — ", one.says);
    });
    return make("details", { class: "cw-cites" },
      make("summary", {}, `On what authority: ${ids.map((id) => graph.authorities[id].short).join("; ")}`),
      make("ul", {}, items));
  }

  function belief(graph, id) {
    const one = graph.misconceptions[id];
    return make("details", { class: "cw-belief" },
      make("summary", {}, "What people say: ", make("q", {}, one.said)),
      make("p", {}, make("strong", {}, "What is right. "), one.right),
      graph.beliefs ? make("p", {}, make("a", { href: `${graph.beliefs}${id}.html` }, `More on this: ${one.name}`)) : null);
  }

  /** The coaching of one choice: how sound it is, why, the belief behind it, the authority. */
  function coaching(graph, choice) {
    return make("div", { class: `cw-coaching cw-${choice.quality}` },
      make("p", { class: "cw-quality" }, make("span", { "aria-hidden": "true" }, `${SIGN[choice.quality]} `), graph.words.quality[choice.quality]),
      prose(choice.why),
      choice.misconception ? belief(graph, choice.misconception) : null,
      authorities(graph, choice.cites));
  }

  /** A fieldset of radios. Returns the element, a reader of the chosen value, and a way to say what is missing. */
  function radios(legend, options, name) {
    const group = fresh("group");
    const warning = make("p", { class: "cw-warning", id: fresh("warning") });
    const items = options.map(([value, text]) => {
      const id = fresh("option");
      const input = make("input", { type: "radio", name: group, value, id });
      return make("div", { class: "cw-option" }, input, make("label", { for: id }, text));
    });
    const element = make("fieldset", { class: name, "aria-describedby": warning.id },
      make("legend", {}, legend), items, warning);
    return {
      element,
      value: () => element.querySelector("input:checked")?.value,
      complain(text) {
        warning.textContent = text;
        element.querySelector("input").focus();
      },
      settle: () => (warning.textContent = ""),
    };
  }

  /** The question with its choices, as a form; calls `done(choice, sure)` once everything is answered. */
  function question(ask, choices, withSure, done) {
    const choice = radios(ask, choices, "cw-choices");
    const sure = withSure ? radios("How sure are you?", SURE.map((text, n) => [String(n + 1), text]), "cw-sure") : null;
    const submit = (event) => {
      event.preventDefault();
      choice.settle();
      sure?.settle();
      if (!choice.value()) return choice.complain("Pick one of these first.");
      if (sure && !sure.value()) return sure.complain("Say how sure you are. A guess is fine.");
      return done(choice.value(), sure ? Number(sure.value()) : 0);
    };
    return make("form", { class: "cw-form", onsubmit: submit, novalidate: true },
      choice.element, sure?.element, make("button", { type: "submit", class: "cw-button cw-main" }, "This is what I choose"));
  }

  // ---------------------------------------------------------------- debrief

  /** One decision of the road: open where there was a better move, unless all are `folded`; else closed. */
  function decision(graph, step, number, sure, folded) {
    const others = step.offered.filter((id) => id !== step.id);
    const sound = step.choice.quality === "sound";
    const better = sound ? [] : others.filter((id) => step.node.choices[id].quality === "sound");
    const quote = (text, name) => make("blockquote", { class: name }, make("p", {}, text));
    return make("li", {},
      make("details", { class: "cw-decision", open: !sound && !folded },
        make("summary", {},
          make("h5", { class: "cw-heading" }, `${number}. ${step.node.title} `,
            make("span", { class: `cw-tag cw-${step.choice.quality}` }, graph.words.quality[step.choice.quality]))),
        make("p", { class: "cw-label" }, graph.kind === "drill" ? step.node.ask : `${NAMES[step.node.stage]} · ${step.node.ask}`),
        quote(step.choice.text, "cw-yours"),
        sure ? make("p", { class: "cw-byline" }, `You were ${sure === 1 ? "guessing" : SURE[sure - 1]}.`) : null,
        step.choice.then ? prose(step.choice.then) : null,
        coaching(graph, step.choice),
        better.map((id) => make("div", { class: "cw-better" },
          make("p", { class: "cw-label" }, "The better move here"),
          quote(step.node.choices[id].text), prose(step.node.choices[id].why), authorities(graph, step.node.choices[id].cites))),
        make("details", { class: "cw-others" },
          make("summary", {}, `Roads not taken: ${others.length - better.length}`),
          others.filter((id) => !better.includes(id)).map((id) => make("div", {},
            quote(step.node.choices[id].text),
            step.node.choices[id].then ? prose(step.node.choices[id].then) : null,
            coaching(graph, step.node.choices[id]))))));
  }

  function counted(taken) {
    const count = (quality) => taken.filter((step) => step.choice.quality === quality).length;
    return [
      plural(taken.length, "decision"), plural(count("sound"), "sound move"),
      `${count("arguable")} that can be argued`, plural(count("unsound"), "common mistake"),
    ].join(" · ");
  }

  function cycle(graph, taken) {
    const rows = STAGES.filter((stage) => taken.some((step) => step.node.stage === stage)).map((stage) => {
      const here = taken.filter((step) => step.node.stage === stage);
      const filed = here.flatMap((step) => step.after.files.filter((id) => !step.before.files.includes(id)));
      return make("li", { class: `cw-stage cw-stage-${stage}` },
        make("strong", {}, NAMES[stage]), ` ${plural(here.length, "decision")}`,
        filed.length ? make("ul", {}, filed.map((id) => make("li", {}, graph.papers[id].title))) : null);
    });
    return make("section", {}, heading(4, "The cycle, and what is on the file"), make("ol", { class: "cw-cycle" }, rows));
  }

  function ledger(graph, taken, position) {
    const lines = taken.flatMap((step) => step.choice.lines ?? []);
    if (!lines.length) return null;
    const says = graph.words.ledger;
    const beyond = Math.max(0, position.cost - graph.threshold);
    const head = (text, scope) => make("th", { scope }, text);
    const row = (text, cells) => make("tr", {}, head(text, "row"), cells.map((cell) => make("td", {}, cell)));
    return make("section", {}, heading(4, says.title),
      make("div", { class: "cw-table", tabindex: "0", role: "region", "aria-label": "Ledger of provision" },
        make("table", {},
          make("thead", {}, make("tr", {}, ["Provision", "Cost", "Counted"].map((text) => head(text, "col")))),
          make("tbody", {}, lines.map((line) => row(line.what, [pounds(graph, line.cost), line.because ? `No: ${line.because}` : "Yes"]))),
          make("tfoot", {}, row("Together", [pounds(graph, position.cost), ""]), says.school && [
            row(says.school, [pounds(graph, position.cost - beyond), ""]),
            row(says.above, [pounds(graph, beyond), ""])]))),
      make("p", {}, says.note));
  }

  function variation(graph, card) {
    const answer = make("div", { class: "cw-answer", tabindex: "-1" });
    const reveal = (id) => {
      answer.replaceChildren(make("blockquote", { class: "cw-yours" }, make("p", {}, card.choices[id].text)), coaching(graph, card.choices[id]));
      answer.focus();
    };
    return make("section", { class: "cw-card" }, heading(4, "One thing changes"), prose(card.change),
      question(card.ask, Object.entries(card.choices).map(([id, option]) => [id, option.text]), false, reveal), answer);
  }

  function debrief(graph, position, sure, again, folded) {
    const taken = steps(graph, position.path);
    const next = graph.next.map((one) => make("li", {}, one.href ? make("a", { href: one.href }, one.title) : one.title));
    return make("div", { class: "cw-debrief" },
      heading(4, graph.kind === "drill" ? "Looking back" : "Your road"),
      make("p", { class: "cw-totals" }, counted(taken), position.weeks ? ` · ${plural(position.weeks, "week")} gone by` : ""),
      graph.kind === "drill" ? null : cycle(graph, taken),
      make("ol", { class: "cw-road" }, taken.map((step, n) => decision(graph, step, n + 1, sure[n], folded))),
      ledger(graph, taken, position),
      graph.variations.map((card) => variation(graph, card)),
      graph.reflect.length ? make("section", {}, heading(4, "Two questions to take with you"),
        make("ul", {}, graph.reflect.map((text) => make("li", {}, text)))) : null,
      next.length ? make("section", {}, heading(4, "What to play next"), make("ul", {}, next)) : null,
      graph.checked ? make("p", { class: "cw-byline" },
        `Needs First: ${graph.title}. Its sources were last read on ${longDate(graph.checked)}. Information, not legal advice.`) : null,
      make("p", { class: "cw-actions" },
        button("Print your road", (event) => printAlone(event.target.closest(".cw-screen")), "cw-button cw-plain"),
        again ? button("Play again from the start", again, "cw-button cw-plain") : null));
  }

  // ---------------------------------------------------------------- the screen

  /** What the status line says. */
  function standing(graph, here, outcome) {
    const node = graph.nodes[graph.places[here.place].node];
    const count = here.path.length;
    if (outcome) return "You have chosen. Read what follows, then go on.";
    if (!Object.keys(node.choices).length) return `The end, after ${plural(count, graph.kind === "drill" ? "question" : "decision")}.`;
    if (graph.kind === "drill") return `Question ${count + 1} of ${graph.places.length - 1}.`;
    const file = here.files.length ? ` ${plural(here.files.length, "paper")} on the file.` : "";
    return `Decision ${count + 1}. ${NAMES[node.stage]}.${file}`;
  }

  /** Draw the player for `model` into `el`; returns a function that takes it down. */
  function render({ model, el }) {
    const graph = model.get("graph");
    const mode = () => MODES[model.get("mode")] ?? MODES.guided;
    const root = make("div", { class: `cw-player cw-${graph.kind}`, role: "group", "aria-label": graph.title });
    const status = make("p", { class: "cw-status", role: "status" });
    const screen = make("div", { class: "cw-screen" });
    let asking = false; // whether "start again" waits for a yes
    let outcome = false; // whether the last choice's consequence is being read
    let doing = false; // whether a change of path is our own

    const position = () => replay(graph, model.get("path"));
    const record = (path, sure) => {
      doing = true;
      model.set("path", path);
      model.set("sure", sure);
      model.save_changes();
      doing = false;
    };
    const go = (change) => {
      asking = false;
      change();
      draw();
      screen.querySelector(".cw-lead")?.focus({ preventScroll: true });
      root.scrollIntoView({ block: "start" });
    };
    const take = (choice, sure) => go(() => {
      const after = choose(graph, position(), choice);
      record(after.path, [...model.get("sure").slice(0, after.path.length - 1), sure]);
      outcome = mode().pause;
    });
    const back = () => go(() => {
      const length = model.get("path").length - 1;
      record(model.get("path").slice(0, length), model.get("sure").slice(0, length));
      outcome = false;
    });
    const again = () => go(() => {
      record([], []);
      outcome = false;
    });

    function scene(here) {
      const node = graph.nodes[graph.places[here.place].node];
      const offered = Object.keys(graph.places[here.place].edges);
      const before = here.path.length ? replay(graph, here.path.slice(0, -1)).files : here.files;
      const number = graph.kind === "drill" && offered.length ? `Question ${here.path.length + 1} of ${graph.places.length - 1}: ` : "";
      return [
        heading(4, `${number}${node.title}`, { class: "cw-heading cw-lead" }),
        prose(node.text),
        papers(graph, here.files, before),
        offered.length
          ? question(node.ask, offered.map((id) => [id, node.choices[id].text]), mode().asks, take)
          : ending(node),
        offered.length ? null : debrief(graph, here, model.get("sure"), mode().back ? again : null, mode().folded),
      ];
    }

    const ending = (node) => node.verdict
      ? make("div", { class: `cw-ending cw-ending-${node.verdict}` },
          make("p", { class: "cw-quality" }, graph.words.verdict[node.verdict]), prose(node.epilogue))
      : null;

    /** The steps whose coaching is due now: the last one, those of a stage just left, or none. */
    function due(taken, here) {
      const last = taken.at(-1);
      if (mode().coach === "choice") return [last];
      if (mode().coach === "end") return [];
      const next = graph.places[here.place];
      if (Object.keys(next.edges).length && graph.nodes[next.node].stage === last.node.stage) return [];
      const since = taken.findLastIndex((step) => step.node.stage !== last.node.stage) + 1;
      return taken.slice(since);
    }

    function consequence(here) {
      const taken = steps(graph, here.path);
      const last = taken.at(-1);
      const looking = due(taken, here);
      const bought = (last.choice.lines ?? []).map((line) =>
        make("li", {}, `${line.what}: ${line.because ? `not counted, because ${line.because}` : pounds(graph, line.cost)}`));
      return [
        heading(4, graph.kind === "drill" ? "You chose" : "What happens", { class: "cw-heading cw-lead" }),
        make("blockquote", { class: "cw-yours" }, make("p", {}, last.choice.text)),
        last.choice.then ? prose(last.choice.then, "cw-prose cw-then") : null,
        last.choice.weeks ? make("p", { class: "cw-byline" }, `${plural(last.choice.weeks, "week")} go by.`.replace("1 week go", "1 week goes")) : null,
        bought.length ? make("ul", { class: "cw-bought" }, bought) : null,
        looking.length > 1 ? make("p", { class: "cw-label" }, graph.kind === "drill" ? "Looking back" : `Looking back on this stage: ${NAMES[last.node.stage]}`) : null,
        looking.map((step) => [
          looking.length > 1 ? make("blockquote", { class: "cw-yours" }, make("p", {}, step.choice.text)) : null,
          coaching(graph, step.choice),
        ]),
        button("Go on", () => go(() => (outcome = false)), "cw-button cw-main"),
      ];
    }

    function tools(here) {
      if (asking) {
        return [make("span", {}, "Start again from the first scene? "),
          button("Yes, start again", again, "cw-button cw-plain"),
          button("No, stay here", () => go(() => {}), "cw-button cw-plain")];
      }
      const canGoBack = here.path.length > 0 && mode().back;
      const select = make("select", { id: fresh("mode"), onchange: (event) => {
        model.set("mode", event.target.value);
        model.save_changes();
        draw();
        root.querySelector("select").focus();
      } }, Object.entries(MODES).filter(([, one]) => one.label).map(([value, one]) => make("option", { value, selected: value === model.get("mode") }, one.label)));
      return [
        canGoBack ? button("Back", back, "cw-button cw-plain") : null,
        canGoBack ? button("Start again", () => { asking = true; draw(); root.querySelector(".cw-tools button").focus(); }, "cw-button cw-plain") : null,
        graph.kind === "drill" ? null : make("span", { class: "cw-mode" }, make("label", { for: select.id }, "Coaching "), select),
      ];
    }

    function draw() {
      try {
        const here = position();
        const begun = here.path.length > 0;
        screen.replaceChildren(
          make("header", { class: "cw-head" },
            graph.kind === "drill" ? null : make("p", { class: "cw-kicker" }, `Case · about ${graph.minutes} minutes`),
            heading(3, graph.title),
            begun || graph.kind === "drill" ? null : make("p", { class: "cw-role" }, graph.role)),
          ...(graph.kind === "drill" ? [] : [strip(graph, here)]),
          ...[totals(graph, here)].filter(Boolean),
          make("div", { class: "cw-stageboard" }, (outcome ? consequence(here) : scene(here)).flat(3).filter(Boolean)),
          make("div", { class: "cw-tools", role: "group", "aria-label": "This case" }, tools(here)),
        );
        status.textContent = standing(graph, here, outcome);
      } catch (error) {
        screen.replaceChildren(failure(error, mode().back ? again : null));
      }
    }

    const changed = () => {
      if (doing) return;
      outcome = false;
      draw();
    };
    model.on("change:path", changed);
    root.append(screen, status);
    if (graph.format !== FORMAT) screen.replaceChildren(failure(new Error("This page and its player are of different versions. Load the page again.")));
    else draw();
    el.append(root);
    return () => model.off("change:path", changed);
  }

  function failure(error, again) {
    return make("div", { class: "cw-failure", role: "alert" },
      make("p", {}, make("strong", {}, "Something is wrong with this case. "), String(error.message ?? error)),
      make("p", {}, `Your answers so far are kept. You can ${again ? "start this case again, or " : ""}load the page again.`),
      again ? button("Start again", again) : null);
  }

  // ---------------------------------------------------------------- host: a page of the book

  /** The attempt that a player on a page goes on with: the newest one at its graph, if it still fits. */
  function goOnWith(graph, record, tell) {
    // What a room chose on the workshop page is that room's; a player here goes on with its learner's own.
    const last = newest(record.attempts().filter((one) => one.mode !== "workshop"), graph.id);
    if (!last || (last.hash === graph.hash && pathFits(graph, last.path))) return last;
    if (last.path.length) tell("This case has changed since you played it. Your earlier answers are kept; this is a fresh start.");
    return undefined;
  }

  /** The model of one player on a page: the path lives in `last`, an attempt at this graph, or else in a new one. */
  function keep({ graph, mode, record, tell, last }) {
    const begin = () => ({
      id: newId(), scenario: graph.id, hash: graph.hash, mode, begun: new Date().toISOString(), path: [], sure: [],
    });
    let attempt = last ?? begin();
    let kept = Boolean(last);
    let seen = attempt.touched;
    const reactions = new Map();
    const values = { graph };
    const react = (name) => (reactions.get(`change:${name}`) ?? []).forEach((one) => one());
    /** Another tab has gone on with this attempt, or the store was late: go on from there, if we are on the way to it. */
    function catchUp() {
      const now = record.attempts().find((one) => one.id === attempt.id);
      const further = now && now.touched !== seen && now.path.length > attempt.path.length;
      if (!further || !pathFits(graph, now.path) || attempt.path.some((entry, n) => entry !== now.path[n])) return;
      attempt = now;
      seen = now.touched;
      react("path");
    }
    addEventListener("storage", (event) => event.key === KEY && catchUp());
    // From file:// a page that is loaded again can be given a store that is a moment old.
    if (kept) setTimeout(catchUp, 700);
    return {
      get: (name) => values[name] ?? attempt[name],
      set(name, value) {
        // A path that starts anew is a new attempt: the old one stays in the record.
        if (name === "path" && !value.length && (attempt.path.length > 1 || ended(graph, attempt.path))) {
          attempt = { ...begin(), mode: attempt.mode };
          kept = true;
        } else attempt = { ...attempt, [name]: value };
        attempt.touched = new Date().toISOString();
        react(name);
      },
      save_changes() {
        if (attempt.path.length || kept) {
          record.save(attempt, seen);
          seen = attempt.touched;
        }
        kept = kept || attempt.path.length > 0;
        tell(record.notice());
      },
      on: (event, react) => reactions.set(event, [...(reactions.get(event) ?? []), react]),
      off: (event, react) => reactions.set(event, (reactions.get(event) ?? []).filter((other) => other !== react)),
    };
  }

  const ended = (graph, path) => !Object.keys(graph.places[replay(graph, path).place].edges).length;

  function pathFits(graph, path) {
    try {
      replay(graph, path);
      return true;
    } catch {
      return false;
    }
  }

  /** Replace the plain reading in `box` by a player. */
  function mount(box, record) {
    const said = notice("cw-notice", () => [button("Save my answers as a file", () => saveAsFile(record), "cw-button cw-plain")]);
    const el = make("div");
    try {
      const graph = dataOf(box);
      graph.beliefs = box.dataset.beliefs;
      const last = goOnWith(graph, record, said.tell);
      render({ model: keep({ graph, mode: box.dataset.mode, record, tell: said.tell, last }), el });
      said.tell(record.notice());
    } catch (error) {
      el.append(failure(error));
    }
    box.prepend(said.element, el);
  }

  const whenIdle = (act) => (window.requestIdleCallback ? requestIdleCallback(act) : setTimeout(act));

  function mountAll() {
    const record = ofThisPage();
    const boxes = [...document.querySelectorAll(".casework[data-mode]")];
    const first = boxes.filter((box) => box.dataset.kind === "scenario");
    // The case is what people come for; the drills around it take their places a moment later.
    first.forEach((box) => mount(box, record));
    whenIdle(() => boxes.filter((box) => !first.includes(box)).forEach((box) => mount(box, record)));
    // Paper cannot be unfolded: every decision and belief stands open on it.
    addEventListener("beforeprint", () =>
      document.querySelectorAll(".cw-decision, .cw-belief").forEach((one) => (one.open = true)));
  }

  onPage(mountAll);

  return {
    start, choose, replay, steps, render, keep, pathFits,
    // The parts of a screen that the workshop shows one at a time.
    NAMES, prose, papers, coaching, variation, ledger, pounds,
  };
})();
