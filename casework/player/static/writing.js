/**
 * Two learning tools to write with: evidence to fill in, and a letter to assemble. Nothing is marked, nothing is sent.
 *
 * A classic script without imports, loaded before tools.js, which draws with it. Three parts: the rules (no DOM), the
 * evidence, the letter. What is written has the form that tools.js keeps: a name to `{text, ticked}`.
 */
const CaseworkWriting = (() => {
  "use strict";

  const { make, plural, fresh, printAlone } = NeedsFirst;

  // ---------------------------------------------------------------- rules

  const WHOLE = "letter"; // under this name stands the learner's own wording of the letter, beside the parts
  const BLANK = { text: "", ticked: [] };
  const under = (state, name) => ({ ...BLANK, ...state[name] }); // Python may set a part

  /** @returns {object[]} the headings under which nothing is written */
  const gaps = (data, state) => data.headings.filter((one) => !under(state, one.id).text.trim());

  /** @returns {string} all that is written, each under its heading; empty where nothing is */
  function gathered(data, state) {
    const written = data.headings.map((one) => [one.label, under(state, one.id).text.trim()]).filter(([, text]) => text);
    return written.map(([label, text]) => `${label}\n${text}`).join("\n\n");
  }

  const ticked = (part, state) => part.choices.filter((one) => under(state, part.id).ticked.includes(one.id));

  /** @returns {string} the letter as the ticked sentences make it; empty where none is ticked */
  function composed(data, state) {
    const texts = data.parts.map((part) => ticked(part, state).map((one) => one.text).join(part.lines ? "\n" : " "));
    if (!texts.some(Boolean)) return "";
    const [first, ...rest] = texts;
    return [first, data.greeting, ...rest, data.closing].filter(Boolean).join("\n\n");
  }

  /** @returns {string} the letter as it stands: the learner's own wording, or else the sentences put together */
  const letterOf = (data, state) => under(state, WHOLE).text || composed(data, state);

  /** @returns {{part: object, chosen: object[], left: object[]}[]} by part: what was ticked, and sound ones that were not */
  function reviewed(data, state) {
    return data.parts.map((part) => {
      const chosen = ticked(part, state);
      return { part, chosen, left: part.choices.filter((one) => one.quality === "sound" && !chosen.includes(one)) };
    });
  }

  // ---------------------------------------------------------------- what both have

  const KEEPING = "What you write stays in this browser until you delete it. It is sent to nobody, and nothing is marked.";

  /** Copying `area`, and printing `paper` alone. */
  function takingAway(area, paper, button, say) {
    const unlessEmpty = (act) => () => (area.value.trim() ? act() : say("There is nothing to take away yet."));
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(area.value);
        say("Copied. You can paste it into an e-mail or a document.");
      } catch {
        area.focus();
        area.select();
        say("It is selected. Copy it with Ctrl and C, or with Cmd and C on a Mac.");
      }
    };
    return [button("Copy", unlessEmpty(copy)), button("Print", unlessEmpty(() => printAlone(paper)))];
  }

  // ---------------------------------------------------------------- evidence

  /** One heading: its question, where to look, what the learner has, and what there is for the child of the example. */
  function evidenceHeading(data, one, change, { authorities }) {
    const heading = make("h4", { id: fresh("heading") }, one.label);
    const area = make("textarea", { id: fresh("written"), rows: "3", spellcheck: "true", oninput: () => change(area.value) });
    const paper = make("p", { class: "tool-written" }); // a text area is cut off on paper
    const filled = make("div", { class: "tool-compared", hidden: true },
      make("p", { class: "tool-label" }, `For ${data.filled.name}`), make("p", {}, data.filled.entries[one.id]));
    const element = make("section", { class: "tool-item", "aria-labelledby": heading.id }, heading,
      make("p", {}, one.ask), make("p", { class: "tool-look" }, make("b", {}, "Where to look: "), one.look), authorities(data, one.cites),
      make("label", { for: area.id }, "What is there?"), area, paper, filled);
    return {
      id: one.id, element, focus: () => area.focus(),
      show(text, open) {
        if (area.value !== text) area.value = text;
        paper.textContent = text;
        filled.hidden = !open;
      },
    };
  }

  const evidence = (kit) => (data, { read, record, say, kept }) => {
    const { prose, button, authorities, asking } = kit;
    let open = false; // whether the example is shown
    const headings = data.headings.map((one) => evidenceHeading(data, one, (text) => {
      record({ ...read(), [one.id]: { ...under(read(), one.id), text } });
      show();
    }, kit));
    const about = make("div", { class: "tool-compared", hidden: true }, prose(data.filled.about));
    const toggle = button(`See it filled in for ${data.filled.name}`, () => {
      open = !open;
      show();
      say(open ? `Under each heading stands what there is for ${data.filled.name}. Yours is as it was.` : "Only yours is shown.");
    }, { "aria-pressed": "false" });
    const missing = make("div", { class: "tool-gaps" });
    const area = make("textarea", { id: fresh("all"), rows: "4", readonly: true });
    const paper = make("div", { class: "tool-paper" });
    const whole = make("section", { class: "tool-item tool-all" }, make("h4", {}, "All of it"), missing,
      make("label", { for: area.id }, "What you have written, as text"), area,
      make("div", { class: "tool-actions" }, ...takingAway(area, paper, button, say)), paper);
    const clear = asking("Delete what I wrote", "Delete all of it?", "Yes, delete it", () => {
      record({});
      show();
      headings[0].focus();
      say("Deleted. Nothing of it is kept.");
    });

    function show() {
      const state = read();
      headings.forEach((one) => one.show(under(state, one.id).text, open));
      about.hidden = !open;
      toggle.setAttribute("aria-pressed", String(open));
      const empty = gaps(data, state);
      missing.replaceChildren(...(empty.length
        ? [make("p", {}, `Nothing stands yet under: ${empty.map((one) => one.label).join("; ")}.`), make("p", {}, data.gaps)]
        : [make("p", {}, "Something stands under every heading.")]));
      area.value = gathered(data, state);
      paper.replaceChildren(make("h4", {}, data.title), make("p", {}, area.value));
      clear.hidden = empty.length === headings.length;
    }

    return {
      parts: [prose(data.about), prose(data.note.text), authorities(data, data.note.cites),
        kept ? make("p", { class: "tool-keeping" }, KEEPING) : null,
        make("div", { class: "tool-actions" }, toggle), about,
        headings.map((one) => one.element), whole, make("div", { class: "tool-actions" }, clear)],
      show,
    };
  };

  // ---------------------------------------------------------------- letter

  const MARKS = { sound: ["●", "tool-sound"], arguable: ["◐", "tool-arguable"], unsound: ["○", "tool-again"] };

  /** The sentences of one part, to tick. */
  function letterPart(part, react) {
    const boxes = part.choices.map((one) => make("input", { type: "checkbox", id: fresh("sentence"), value: one.id,
      onchange: () => react(boxes.filter((box) => box.checked).map((box) => box.value)) }));
    const ticks = part.choices.map((one, n) =>
      make("div", { class: "tool-tick" }, boxes[n], make("label", { for: boxes[n].id }, one.text)));
    return {
      part, element: make("fieldset", { class: "tool-sentences" }, make("legend", {}, part.label), ticks),
      focus: () => boxes[0].focus(), show: (ids) => boxes.forEach((box) => (box.checked = ids.includes(box.value))),
    };
  }

  /** What there is to think of one sentence that was ticked. */
  function thought(data, one, { prose, authorities }) {
    const [mark, tone] = MARKS[one.quality];
    const belief = data.misconceptions[one.misconception];
    return make("div", { class: `tool-coaching ${tone}` },
      make("blockquote", {}, make("p", {}, one.text)),
      make("p", { class: "tool-verdict" }, make("span", { "aria-hidden": "true" }, `${mark} `), data.qualities[one.quality]),
      prose(one.why),
      belief ? make("p", {}, "The belief behind it: ", make("strong", {}, belief.name), `. ${belief.right}`) : null,
      authorities(data, one.cites));
  }

  function leftOut(data, left, { prose, authorities }) {
    return left.map((one) => make("details", { class: "tool-left" },
      make("summary", {}, `Not in your letter: “${one.text}”`), prose(one.why), authorities(data, one.cites)));
  }

  /** The coaching of a whole letter, part by part. */
  function review(data, state, kit) {
    const parts = reviewed(data, state).map(({ part, chosen, left }) => make("section", { class: "tool-reviewed" }, make("h5", {}, part.label),
      chosen.length ? null : make("p", {}, "You have ticked nothing here."),
      chosen.map((one) => thought(data, one, kit)), leftOut(data, left, kit)));
    const own = under(state, WHOLE).text;
    return [make("h4", { tabindex: "-1" }, "What there is to think of it"),
      own ? make("p", {}, "This looks at the sentences that are ticked. What you wrote yourself it cannot read.") : null, ...parts];
  }

  function counted(data, state) {
    const all = reviewed(data, state);
    const chosen = all.flatMap((one) => one.chosen);
    const of = (quality) => chosen.filter((one) => one.quality === quality).length;
    const told = [of("sound") && `${of("sound")} sound`, of("arguable") && `${of("arguable")} that can be argued`,
      of("unsound") && plural(of("unsound"), "common mistake")].filter(Boolean);
    const left = all.flatMap((one) => one.left).length;
    return `${plural(chosen.length, "sentence")}: ${told.join(", ")}. ${left ? `${plural(left, "sound one")} left out.` : "No sound one is left out."}`;
  }

  const letter = (kit) => (data, { read, record, say, kept }) => {
    const { prose, button, main, authorities, asking } = kit;
    let open = false; // whether the coaching stands below
    const parts = data.parts.map((part) => letterPart(part, (ids) => {
      record({ ...read(), [part.id]: { ...under(read(), part.id), ticked: ids } });
      show();
      say(under(read(), WHOLE).text ? "Ticked, but your own wording stays as it is." : "");
    }));
    const area = make("textarea", { id: fresh("letter"), rows: "12", spellcheck: "true", oninput: () => {
      // An emptied field is the learner's own wording too, until the sentences are put together again.
      const own = area.value === composed(data, read()) ? "" : area.value || " ";
      record({ ...read(), [WHOLE]: { ...BLANK, text: own } });
      show();
    } });
    const paper = make("div", { class: "tool-paper tool-sheet" });
    const place = make("div", { class: "tool-review" });
    const again = asking("Put the sentences together again", "Your own wording goes. Put them together again?", "Yes, put them together", () => {
      record({ ...read(), [WHOLE]: BLANK });
      show();
      area.focus();
      say("The letter is made of the ticked sentences again.");
    });
    const byHand = make("div", { class: "tool-byhand" },
      make("p", {}, "You have changed the letter yourself, so ticking no longer changes it."), again);

    function look() {
      if (!data.parts.some((part) => ticked(part, read()).length)) {
        say("Nothing is ticked yet. Begin with any part.");
        return parts[0].focus();
      }
      open = true;
      show();
      say(counted(data, read()));
      return place.querySelector("h4").focus();
    }

    const clear = asking("Delete my letter", "Delete the letter, and take every tick out?", "Yes, delete it", () => {
      open = false;
      record({});
      show();
      parts[0].focus();
      say("Deleted. Nothing of it is kept.");
    });
    let drawn = ""; // what the coaching that stands below is of; drawn again only when that changes, or folds would close

    function show() {
      const state = read();
      const text = letterOf(data, state);
      parts.forEach((one) => one.show(under(state, one.part.id).ticked));
      if (area.value !== text && !(text === " " && !area.value)) area.value = text;
      paper.textContent = text.trim();
      byHand.hidden = !under(state, WHOLE).text;
      const any = data.parts.some((part) => ticked(part, state).length);
      clear.hidden = !any && !text;
      const now = open && any ? JSON.stringify([data.parts.map((part) => ticked(part, state).map((one) => one.id)), byHand.hidden]) : "";
      if (now !== drawn) place.replaceChildren(...(now ? review(data, state, kit).filter(Boolean) : []));
      drawn = now;
    }

    const heading = make("h4", { id: fresh("letter") }, "Your letter");
    return {
      parts: [prose(data.about), make("div", { class: "tool-form" }, prose(data.note.text), authorities(data, data.note.cites)),
        make("div", { class: "tool-case" }, prose(data.case)), kept ? make("p", { class: "tool-keeping" }, KEEPING) : null,
        parts.map((one) => one.element),
        make("section", { class: "tool-item", "aria-labelledby": heading.id }, heading,
          make("label", { for: area.id }, "Change it as you like"), area, byHand, paper,
          make("div", { class: "tool-actions" }, button("What do you think of it?", look, main), ...takingAway(area, paper, button, say)), place),
        make("div", { class: "tool-actions" }, clear)],
      show,
    };
  };

  return { gaps, gathered, composed, reviewed, kinds: (kit) => ({ evidence: evidence(kit), letter: letter(kit) }) };
})();
