/**
 * A case on the wall, one thing at a time: scene, papers, question, choices, hands, what happens, why.
 *
 * base.js, record.js, catalogue.js, course.js, player.js, prompts.js, tally.js and room.js stand before it. It holds
 * no rule of the case: the graph's edges say where each choice leads.
 *
 * @typedef {{kind: string, paper?: string}} Step  one thing that the room sees
 * @typedef {{minutes: number, sound: boolean, whole: boolean}} Settings
 */
const NeedsFirstStage = (() => {
  "use strict";

  const { make, plural, fresh, notice, openShelf } = NeedsFirst;
  const { newId, saveAsFile } = NeedsFirstRecord;
  const { NAMES, replay, steps, prose, papers, coaching, pounds } = Casework;
  const { letter, sum, leaders, divided, hands: inHands } = NeedsFirstTally;
  const { debrief, button } = NeedsFirstRoom;

  const MOST = 99;
  /** Where the laptop stands in the story, and the hands of the decision that is open: kept against a crash. */
  const PLACE = {
    key: "needs-first/workshop", part: "place", empty: null,
    good: (one) => one === null || (typeof one.attempt === "string" && Number.isInteger(one.depth) && Number.isInteger(one.step)),
    says: { forbidden: "", aside: "", stuck: "", full: "" },
  };
  const KEYS = [
    ["Enter or →", "on"], ["← or Backspace", "back"], ["Space, Page down", "more of a long page; Space at its end: on"],
    ["A, B, C …", "take that choice’s road"], ["Tab, figures, + and −", "count hands"], ["P", "questions to ask the room"],
    ["R", "read the papers again"], ["T", "start the timer again"], ["W", "fill the whole screen, or stop it"],
    ["?", "these keys"], ["Escape", "close what is open; leave the whole screen; leave the workshop. Nothing is lost."],
  ];

  // ---------------------------------------------------------------- what the room sees, in order

  /** @returns {Step[]} everything between the choice number `depth` and the next one */
  function stepsAt(graph, path, depth) {
    const here = replay(graph, path.slice(0, depth));
    const before = depth ? replay(graph, path.slice(0, depth - 1)).files : [];
    const place = graph.places[here.place];
    const first = [
      ...(depth ? [] : [{ kind: "opening" }]), { kind: "scene" },
      ...here.files.filter((id) => !before.includes(id)).map((paper) => ({ kind: "paper", paper })),
    ];
    const rest = Object.keys(place.edges).length
      ? ["question", "choices", "hands", "outcome", "coaching"]
      : [...(graph.nodes[place.node].verdict ? ["ending"] : []), "debrief"];
    return [...first, ...rest.map((kind) => ({ kind }))];
  }

  const ONWARD = { question: "Show the choices", choices: "Count hands", outcome: "Why", ending: "Look back" };

  // ---------------------------------------------------------------- one workshop

  /**
   * Put `attempt` at `graph` on the whole window, and on the whole screen if it may be; `left` is called at the end.
   * @param {{graph: object, attempt: Attempt, record: object, settings: Settings, left: () => void}} given
   */
  function open({ graph, attempt, record, settings, left }) {
    const shelf = openShelf(PLACE);
    const votes = (attempt.hands ?? []).map((one) => ({ ...one }));
    let path = [...attempt.path];
    let seen = attempt.touched;
    let [depth, step] = [path.length, 0];
    let pick = null; // the road that the facilitator takes, where it is not the room's
    let letters = true;
    let panel = null;

    const said = notice("cw-notice", () => [button("Save as a record file", () => saveAsFile(record), "cw-button cw-plain")]);
    const kicker = make("p", { class: "workshop-kicker" });
    const clock = make("p", { class: "workshop-timer", role: "timer", hidden: true });
    const title = make("h2", { class: "workshop-heading cw-lead", tabindex: "-1", id: fresh("stage") });
    const body = make("div", { class: "workshop-body cw-player", role: "region", "aria-labelledby": title.id });
    const status = make("p", { class: "workshop-status", role: "status" });
    const more = make("p", { class: "workshop-more", hidden: true }, "More below: Space");
    const onward = button("Go on", () => on(), "cw-button cw-main");
    const backward = button("Back", () => back());
    const tool = (text, key, act) => make("button", { type: "button", class: "cw-button cw-plain", "aria-keyshortcuts": key, onclick: act }, `${text} `, make("kbd", { "aria-hidden": "true" }, key));
    const timerTool = tool("Timer", "T", () => timer.begin());
    const tools = make("div", { class: "workshop-tools", role: "group", "aria-label": "Tools" },
      tool("Ask the room", "P", () => show("prompts")), tool("Papers", "R", () => show("papers")),
      settings.minutes ? timerTool : null, tool("Whole screen", "W", () => whole()), tool("Keys", "?", () => show("keys")),
      make("button", { type: "button", class: "cw-button cw-plain", onclick: () => leave() }, "Leave"));
    const side = make("div", { class: "workshop-panel", role: "dialog", hidden: true });
    const stage = make("section", { class: "workshop-stage casework", "aria-label": `Workshop: ${graph.title}` },
      make("header", { class: "workshop-head" }, kicker, clock), said.element, title, body, more, side,
      make("footer", { class: "workshop-foot" }, make("div", { class: "workshop-ways" }, backward, onward), status, tools));

    const here = () => replay(graph, path.slice(0, depth));
    const place = () => graph.places[here().place];
    const node = () => graph.nodes[place().node];
    const offered = () => Object.keys(place().edges);
    const all = () => stepsAt(graph, path, depth);
    const kind = () => all()[step].kind;
    const vote = () => (votes[depth] ??= {});
    const takenHere = () => path[depth]?.split("/")[1] ?? null;

    /** The road that a reveal takes: the facilitator's, or the room's if it has one. */
    const road = () => pick ?? (leaders(offered(), vote()).length === 1 ? leaders(offered(), vote())[0] : null);

    /** When a decision is opened again, its road stays unless it was simply the room's and nothing hangs on it. */
    function recall() {
      const taken = takenHere();
      const most = offered().length ? leaders(offered(), vote()) : [];
      pick = taken && (path.length > depth + 1 || most.length !== 1 || most[0] !== taken) ? taken : null;
    }

    // -------------------------------------------------------------- keeping

    const tidy = (one) => Object.fromEntries(Object.entries(one ?? {}).filter(([, count]) => Number.isInteger(count)));

    function keep() {
      attempt = {
        ...attempt, path, sure: path.map(() => 0), hands: path.map((_, n) => tidy(votes[n])), touched: new Date().toISOString(),
      };
      record.save(attempt, seen);
      seen = attempt.touched;
      said.tell(record.notice());
    }

    const mark = () => shelf.write({ attempt: attempt.id, depth, step, hands: tidy(votes[depth]) });

    function resume() {
      const kept = shelf.read();
      const mine = kept?.attempt === attempt.id && kept.depth >= 0 && kept.depth <= path.length;
      if (mine) {
        depth = kept.depth;
        const last = all().length - 1;
        const shut = offered().length && depth === path.length ? all().findIndex((one) => one.kind === "hands") : last;
        step = Math.min(Math.max(0, kept.step), shut);
        if (depth === path.length) votes[depth] = tidy(kept.hands);
      } else if (!offered().length) step = all().length - 1;
      recall();
    }

    // -------------------------------------------------------------- going on and back

    function go(toDepth, toStep) {
      if (toDepth !== depth) {
        depth = toDepth;
        recall();
      }
      step = toStep < 0 ? all().length + toStep : toStep;
      hide(false);
      draw();
    }

    function on() {
      if (kind() === "hands") return reveal();
      if (step < all().length - 1) return go(depth, step + 1);
      if (depth < path.length) return go(depth + 1, 0);
      return tell("This is the end. Escape leads to the list of workshops.");
    }

    function back() {
      if (step) return go(depth, step - 1);
      if (depth) return go(depth - 1, -1);
      return tell("This is the beginning.");
    }

    function reveal() {
      const choice = road();
      if (!choice) {
        const most = leaders(offered(), vote());
        const tied = most.map((id) => letter(offered().indexOf(id)));
        tell(most.length ? `A tie: ${tied.join(" and ")} have ${inHands(vote()[most[0]])} each. Take one: press its letter.` : "No hands yet. Count them, or press a letter to take that road.");
        return;
      }
      const entry = `${place().node}/${choice}`;
      if (path[depth] !== entry) {
        // Another road from a decision that was passed long ago: the first one stays in the record as it was.
        if (path.length > depth + 1) {
          attempt = { ...attempt, id: newId(), begun: new Date().toISOString() };
          seen = undefined;
        }
        path = [...path.slice(0, depth), entry];
        votes.length = depth + 1;
      }
      keep();
      timer.end();
      go(depth, step + 1);
    }

    function take(choice, leaveField = false) {
      pick = choice;
      if (kind() === "choices") go(depth, step + 1);
      else update();
      if (leaveField) title.focus({ preventScroll: true });
      tell(`${letter(offered().indexOf(choice))} is the road that the story takes.`);
    }

    // -------------------------------------------------------------- the screens

    const quoted = (id) => make("blockquote", { class: "cw-yours" }, make("p", {}, make("b", {}, `${letter(offered().indexOf(id))} `), node().choices[id].text));

    const SCREENS = {
      opening: () => [graph.title, [
        make("p", { class: "workshop-lead" }, graph.role),
        make("p", {}, [attempt.group, `about ${graph.minutes} minutes`].filter(Boolean).join(" · "))]],
      scene: () => [node().title, [prose(node().text)]],
      paper: ({ paper }) => {
        const one = graph.papers[paper];
        return [one.title, [make("p", { class: "cw-byline" }, `${one.from} · ${one.dated}`), prose(one.text, "workshop-sheet")]];
      },
      question: () => [node().ask, []],
      choices: () => [node().ask, [make("ol", { class: "workshop-choices" }, offered().map((id, n) =>
        make("li", {}, make("b", { class: "workshop-letter" }, letter(n)), make("span", {}, node().choices[id].text))))]],
      hands: () => [node().ask, [counter()]],
      outcome: () => {
        const chosen = node().choices[takenHere()];
        const bought = (chosen.lines ?? []).map((line) => make("li", {}, `${line.what}: ${line.because ? `not counted, because ${line.because}` : pounds(graph, line.cost)}`));
        return ["What happens", [quoted(takenHere()), prose(chosen.then),
          chosen.weeks ? make("p", { class: "cw-byline" }, chosen.weeks === 1 ? "1 week goes by." : `${chosen.weeks} weeks go by.`) : null,
          bought.length ? make("ul", { class: "cw-bought" }, bought) : null]];
      },
      coaching: () => ["Why", [quoted(takenHere()), coaching(graph, node().choices[takenHere()])]],
      ending: () => [graph.words.verdict[node().verdict], [make("div", { class: `cw-ending cw-ending-${node().verdict}` }, prose(node().epilogue))]],
      debrief: () => ["What this room did", [debrief(graph, attempt)]],
    };

    function draw() {
      const now = all()[step];
      const [words, parts] = SCREENS[now.kind](now);
      stage.dataset.kind = now.kind;
      title.textContent = words;
      body.replaceChildren(...parts.filter(Boolean));
      body.querySelectorAll(".cw-belief").forEach((one) => (one.open = true));
      stage.scrollTop = 0;
      body.scrollTop = 0;
      const count = offered().length ? `Decision ${depth + 1} · ${NAMES[node().stage]}` : "The end";
      kicker.textContent = now.kind === "opening" ? attempt.group ?? "Workshop" : `${graph.title} · ${count}`;
      onward.textContent = ONWARD[now.kind] ?? "Go on";
      onward.hidden = now.kind === "debrief";
      backward.disabled = !depth && !step;
      tell(standing(now.kind));
      if (["question", "choices", "hands"].includes(now.kind)) timer.offer();
      else timer.end();
      if (now.kind === "hands") update();
      mark();
      look();
      (now.kind === "hands" ? body.querySelector("input[type=number]") : title).focus({ preventScroll: true });
    }

    function standing(now) {
      const count = offered().length ? `Decision ${depth + 1}. ` : "";
      const file = here().files.length ? `${plural(here().files.length, "paper")} on the file.` : "";
      const said = { question: "The question.", choices: `${plural(offered().length, "choice")}.`, hands: "How many hands for each?", paper: "A new paper." };
      return `${count}${said[now] ?? (now === "scene" ? file : "")}`.trim();
    }

    const tell = (text) => (status.textContent = text);

    /** Whether the page goes on below, for those who look and for those who tab. */
    function look() {
      const long = body.scrollHeight > body.clientHeight + 2;
      if (long && scrolling() === body) body.setAttribute("tabindex", "0");
      else body.removeAttribute("tabindex");
      more.hidden = !long || atEnd();
    }
    /** In a low or narrow window everything scrolls together. */
    const scrolling = () => (getComputedStyle(body).overflowY === "visible" ? stage : body);
    function atEnd() {
      const box = scrolling();
      return box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
    }
    function scroll(share) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      scrolling().scrollBy({ top: share * scrolling().clientHeight, behavior: still ? "instant" : "smooth" });
    }

    // -------------------------------------------------------------- hands

    function counter() {
      const name = fresh("road");
      const rows = offered().map((id, n) => {
        const which = letter(n);
        const field = make("input", { type: "number", min: "0", max: String(MOST), inputmode: "numeric", autocomplete: "off",
          "aria-label": `Hands for ${which}: ${node().choices[id].text}`, value: vote()[id] ?? "", oninput: () => count(id, field), onfocus: () => field.select() });
        const by = (change) => { field.value = String(Math.min(MOST, Math.max(0, (vote()[id] ?? 0) + change))); count(id, field); };
        field.addEventListener("keydown", (event) => {
          if (!["+", "-", "="].includes(event.key)) return;
          event.preventDefault();
          by(event.key === "-" ? -1 : 1);
        });
        const radio = make("input", { type: "radio", name, id: fresh("take"), value: id, onchange: () => take(id) });
        return make("li", { "data-choice": id },
          make("p", { class: "workshop-choice" }, make("b", { class: "workshop-letter" }, which), make("span", {}, node().choices[id].text)),
          make("div", { class: "workshop-count" },
            make("button", { type: "button", class: "cw-button", "aria-label": `One hand fewer for ${which}`, onclick: () => by(-1) }, "−"), field,
            make("button", { type: "button", class: "cw-button", "aria-label": `One hand more for ${which}`, onclick: () => by(1) }, "+")),
          make("span", { class: "workshop-figure" }),
          make("div", { class: "workshop-take" }, radio, make("label", { for: radio.id }, `Take ${which}`)),
          make("span", { class: "workshop-bar", "aria-hidden": "true" }, make("span", {})));
      });
      return make("fieldset", { class: "workshop-hands" }, make("legend", {}, "Hands for each choice, and the road that the story takes"), make("ul", {}, rows));
    }

    function count(id, field) {
      const typed = Math.trunc(Number(field.value));
      const value = Number.isFinite(typed) ? Math.min(MOST, Math.max(0, typed)) : 0;
      if (field.value !== "" && String(value) !== field.value) field.value = String(value);
      vote()[id] = value;
      // A decision that was revealed already is mended in the record at once.
      if (depth < path.length) keep();
      mark();
      update();
      tell(`${inHands(sum(vote()))}: ${offered().map((one, n) => `${letter(n)} ${vote()[one] ?? 0}`).join(", ")}.`);
    }

    function update() {
      const total = sum(vote());
      const most = leaders(offered(), vote());
      body.querySelectorAll("[data-choice]").forEach((row) => {
        const id = row.dataset.choice;
        const mine = vote()[id] ?? 0;
        row.querySelector(".workshop-bar > span").style.width = `${total ? (100 * mine) / total : 0}%`;
        const lead = most.includes(id) ? (most.length > 1 ? " · a tie" : " · most") : "";
        row.querySelector(".workshop-figure").textContent = total ? `${mine} of ${total}${lead}` : "no hands yet";
        row.querySelector("input[type=radio]").checked = road() === id;
        row.classList.toggle("workshop-road", road() === id);
      });
      onward.textContent = road() ? `Reveal what happens: ${letter(offered().indexOf(road()))}` : "Reveal what happens";
      look();
    }

    // -------------------------------------------------------------- beside the screen

    function moment() {
      const now = kind();
      if (["coaching", "ending", "debrief"].includes(now)) return "after";
      if (!["hands", "outcome"].includes(now) || !sum(vote())) return "before";
      return divided(offered(), vote()) ? "split" : "agreed";
    }

    const PANELS = {
      prompts: () => ["Ask the room", make("ul", {}, NeedsFirstPrompts[moment()].map((text) => make("li", {}, text)))],
      papers: () => ["The papers so far", papers(graph, here().files, here().files) ?? make("p", {}, "No papers are on the file yet.")],
      keys: () => ["Keys", make("div", {},
        make("dl", { class: "workshop-keys" }, KEYS.map(([key, does]) => [make("dt", {}, key), make("dd", {}, does)]).flat()),
        button(letters ? "Turn the letter keys off" : "Turn the letter keys on", () => {
          letters = !letters;
          show("keys", true);
          tell(letters ? "The letter keys work." : "The letter keys are off.");
        }, "cw-button cw-plain"))],
    };

    function show(which, again = false) {
      if (panel === which && !again) return hide();
      panel = which;
      const [words, content] = PANELS[which]();
      const lead = make("h3", { tabindex: "-1", id: fresh("panel"), class: "cw-heading" }, words);
      side.setAttribute("aria-labelledby", lead.id);
      side.replaceChildren(lead, content, button("Close", () => hide(), "cw-button cw-plain"));
      side.hidden = false;
      lead.focus();
    }

    function hide(focus = true) {
      if (!panel) return;
      panel = null;
      side.hidden = true;
      if (focus) title.focus({ preventScroll: true });
    }

    // -------------------------------------------------------------- the timer, which nobody has to heed

    const timer = (() => {
      let ends = 0;
      let ticking;
      let offeredAt = -1;
      function tick() {
        const left = Math.ceil((ends - Date.now()) / 1000);
        clock.textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left` : "Time is up";
        if (left > 0) return;
        clearInterval(ticking);
        if (settings.sound) beep();
      }
      function begin() {
        if (!settings.minutes) return;
        clearInterval(ticking);
        ends = Date.now() + settings.minutes * 60_000;
        clock.hidden = false;
        ticking = setInterval(tick, 500);
        tick();
      }
      return {
        begin,
        /** Begin once at each decision. */
        offer() {
          if (offeredAt !== depth) begin();
          offeredAt = depth;
        },
        end() {
          clearInterval(ticking);
          clock.hidden = true;
          offeredAt = -1;
        },
      };
    })();

    function beep() {
      try {
        const sound = new AudioContext();
        const tone = sound.createOscillator();
        tone.connect(sound.destination);
        tone.start();
        tone.stop(sound.currentTime + 0.4);
      } catch { /* no sound here: the words say it */ }
    }

    // -------------------------------------------------------------- keys

    function onKey(event) {
      const { key, target } = event;
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const act = (does) => { event.preventDefault(); does(); };
      const field = target.matches?.("input[type=number]");
      if (key === "Escape") return act(escape);
      if (letters && (/^[a-z]$/i.test(key) || key === "?")) {
        const does = byLetter(key.toUpperCase());
        return does ? act(does) : undefined;
      }
      if (field && key === "Enter") return act(() => nextField(target));
      if (field ? ![" ", "PageDown", "PageUp", "ArrowLeft", "ArrowRight"].includes(key) : target.matches?.("input, select") && key !== "Enter") return undefined;
      if (["Enter", " "].includes(key) && target.closest?.("button, a, summary, form")) return undefined;
      const does = byKey(key, event.shiftKey);
      return does ? act(does) : undefined;
    }

    function byLetter(key) {
      const tools = { P: () => show("prompts"), R: () => show("papers"), T: () => timer.begin(), W: () => whole(), "?": () => show("keys") };
      if (["choices", "hands"].includes(kind())) {
        const choice = offered()[key.charCodeAt(0) - 65];
        if (choice) return () => take(choice, kind() === "hands");
      }
      return tools[key];
    }

    function byKey(key, shift) {
      const keys = {
        Enter: on, ArrowRight: on, ArrowLeft: back, Backspace: back,
        " ": () => (shift ? scroll(-0.85) : atEnd() ? on() : scroll(0.85)),
        PageDown: () => scroll(0.85), PageUp: () => scroll(-0.85), ArrowDown: () => scroll(0.2), ArrowUp: () => scroll(-0.2),
      };
      return keys[key];
    }

    function nextField(field) {
      const fields = [...body.querySelectorAll("input[type=number]")];
      (fields[fields.indexOf(field) + 1] ?? onward).focus();
    }

    function escape() {
      if (panel) hide();
      else if (document.fullscreenElement) document.exitFullscreen();
      else leave();
    }

    // -------------------------------------------------------------- the whole screen

    function whole() {
      if (document.fullscreenElement) document.exitFullscreen();
      else stage.requestFullscreen?.().catch(() => tell("This browser keeps its own frame; the workshop fills its window."));
    }

    const others = () => [...document.body.children].filter((one) => one !== stage && one.tagName !== "SCRIPT");

    function leave() {
      if (document.fullscreenElement) document.exitFullscreen();
      timer.end();
      document.removeEventListener("keydown", onKey);
      removeEventListener("resize", look);
      others().forEach((one) => (one.inert = false));
      document.documentElement.classList.remove("workshop-on");
      stage.remove();
      left();
    }

    document.body.append(stage);
    others().forEach((one) => (one.inert = true));
    document.documentElement.classList.add("workshop-on");
    document.addEventListener("keydown", onKey);
    addEventListener("resize", look);
    body.addEventListener("scroll", look);
    resume();
    if (settings.whole) whole();
    draw();
    said.tell(record.notice());
    return { stage, go, on, back, leave, at: () => ({ depth, step, kind: kind(), path, attempt }) };
  }

  return { open, stepsAt, KEYS };
})();
