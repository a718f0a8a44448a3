/**
 * The learning tools: a sorter, a table to question, a rewriting; dates.js and writing.js add theirs. Python holds
 * every sentence and every answer.
 *
 * A classic script without imports, so that it also runs from file://; base.js stands before it. Four parts: the rules (no DOM), the elements,
 * the three tools, and the page host with its store. A live notebook loads the same bytes as a module.
 *
 * @typedef {Record<string, any>} State  what the learner did; its keys are told in casework/tools.py
 * @typedef {{get(name: string): any, set(name: string, value: any): void, save_changes(): void,
 *            on(event: string, react: () => void): void, off(event: string, react: () => void): void}} Model
 * @typedef {{read(): State, record(state: State): void, say(text: string): void, kept: boolean}} Desk
 *          what a tool works at: `kept` where the browser keeps what is written
 */
const CaseworkTools = (() => {
  "use strict";

  const { FORMAT, make, plural, fresh, notice, openShelf, dataOf, onPage } = NeedsFirst;

  // ---------------------------------------------------------------- rules

  /** @returns {{sound: string[], again: string[], left: string[]}} the ids of cards, by how they were sorted */
  function agreement(data, sorted) {
    const found = { sound: [], again: [], left: [] };
    for (const card of data.cards) {
      const bin = sorted[card.id];
      found[bin === undefined ? "left" : bin === card.belongs ? "sound" : "again"].push(card.id);
    }
    return found;
  }

  /** @returns {{heading: string, cells: object[], same: boolean}[]} one entry a column; two rows that say the same share a cell */
  function compared(data, rows) {
    return data.columns.map(([, heading], n) => {
      const cells = rows.map((row) => row.cells[n]);
      const same = cells.length === 2 && cells[0].text === cells[1].text;
      const cites = [...new Set(cells.flatMap((cell) => cell.cites))];
      return { heading, cells: same ? [{ text: cells[0].text, cites }] : cells, same };
    });
  }

  const BLANK = { text: "", ticked: [] };
  const isBlank = ({ text, ticked }) => !text?.trim() && !ticked?.length;

  // ---------------------------------------------------------------- elements

  const prose = (html) => make("div", { class: "tool-prose", html });
  const label = (text) => make("p", { class: "tool-label" }, text);
  const quote = (text) => make("blockquote", {}, make("p", {}, text));
  const button = (text, onclick, extra = {}) => make("button", { type: "button", class: "tool-button", onclick, ...extra }, text);
  const main = { class: "tool-button tool-main" };
  const trouble = (text) => make("p", { class: "tool-notice", role: "alert" }, text);
  const standing = (one) => (one.status === "to-confirm" ? make("em", {}, " (still to be confirmed)") : null);
  const link = (one) => make("a", { href: one.href, rel: "noopener" }, one.short);

  /** What a reason rests on, folded: the names are seen at once, what each says when it is opened. */
  function authorities(data, ids) {
    const all = ids.map((id) => data.authorities[id]);
    return make("details", { class: "tool-cites" },
      make("summary", {}, `On what authority: ${all.map((one) => one.short).join("; ")}`),
      make("ul", {}, all.map((one) => make("li", {}, link(one), standing(one), " — ", one.says))));
  }

  /** The same in one line, for a cell. */
  function sources(data, ids) {
    const all = ids.map((id) => data.authorities[id]);
    const links = all.flatMap((one, n) => [n ? "; " : "", link(one), standing(one)]);
    return all.length ? make("p", { class: "tool-cites" }, links) : null;
  }

  /** A button that asks before it acts. */
  function asking(text, question, yes, act) {
    const place = make("div", { class: "tool-asking" });
    const rest = () => place.replaceChildren(first);
    const first = button(text, () => {
      place.replaceChildren(make("span", {}, question),
        button(yes, () => { rest(); act(); }),
        button("No, leave it", () => { rest(); first.focus(); }));
      place.querySelector("button").focus();
    });
    rest();
    return place;
  }

  // ---------------------------------------------------------------- sorter

  function verdict(data, card, bin) {
    const sound = bin === card.belongs;
    const [, belongs] = data.bins.find(([id]) => id === card.belongs);
    return make("div", { class: `tool-coaching ${sound ? "tool-sound" : "tool-again"}` },
      make("p", { class: "tool-verdict", tabindex: "-1", id: fresh("verdict") },
        make("span", { "aria-hidden": "true" }, sound ? "● " : "○ "), sound ? "A sound answer" : "Look again"),
      sound ? null : make("p", {}, "It belongs here: ", make("strong", {}, belongs)),
      prose(card.why), authorities(data, card.cites));
  }

  /** One card. `show(bin, open)` puts it right; `lead()` takes the focus to its verdict. */
  function sorterCard(data, card, choose) {
    const group = fresh("card");
    const answer = make("div", { class: "tool-answer" });
    const inputs = data.bins.map(([value]) =>
      make("input", { type: "radio", name: group, value, id: fresh("bin"), onchange: () => choose(value) }));
    const options = data.bins.map(([, text], n) =>
      make("div", { class: "tool-bin" }, inputs[n], make("label", { for: inputs[n].id }, text)));
    const fieldset = make("fieldset", {}, make("legend", {}, card.text), make("div", { class: "tool-bins" }, options));
    let shown = ""; // the bin whose verdict stands here; drawn again only when it changes, or folds would close

    function show(bin, open) {
      inputs.forEach((input) => (input.checked = input.value === bin));
      const now = (open && bin) || "";
      if (now === shown) return;
      shown = now;
      answer.replaceChildren(...(now ? [verdict(data, card, bin)] : []));
      if (now) fieldset.setAttribute("aria-describedby", answer.querySelector(".tool-verdict").id);
      else fieldset.removeAttribute("aria-describedby");
    }
    return {
      id: card.id, element: make("li", {}, fieldset, answer), show,
      lead: () => answer.querySelector(".tool-verdict").focus(), focus: () => inputs[0].focus(),
    };
  }

  /** @param {Desk} desk */
  function sorter(data, { read, record, say }) {
    const open = new Set(); // the cards whose verdict is shown
    const total = data.cards.length;
    const cards = data.cards.map((card) => sorterCard(data, card, (bin) => {
      open.delete(card.id);
      record({ ...read(), [card.id]: bin });
      show();
    }));
    const progress = () => `${total - agreement(data, read()).left.length} of ${total} sorted.`;

    function show() {
      cards.forEach((card) => card.show(read()[card.id], open.has(card.id)));
      say(progress());
    }

    function check() {
      const { sound, again, left } = agreement(data, read());
      if (left.length === total) {
        say("Nothing is sorted yet. Begin with any card.");
        return cards[0].focus();
      }
      [...sound, ...again].forEach((id) => open.add(id));
      show();
      cards.find((card) => card.id === (again[0] ?? sound[0])).lead();
      if (sound.length === total) return say(`All ${total} are sound answers.`);
      return say([plural(sound.length, "sound answer"), `${again.length} to look at again`,
        left.length ? `${left.length} not sorted yet` : ""].filter(Boolean).join(", ") + ".");
    }

    const restart = asking("Start again", "Take every card out again?", "Yes, start again", () => {
      open.clear();
      record({});
      show();
      cards[0].focus();
    });
    return {
      parts: [make("p", { class: "tool-ask" }, data.ask), make("ol", { class: "tool-cards" }, cards.map((card) => card.element)),
        make("div", { class: "tool-actions" }, button("Check these", check, main), restart)],
      show,
    };
  }

  // ---------------------------------------------------------------- table

  /** A labelled select whose first entry, with an empty value, says what no choice means. */
  function chooser(text, none, rows, react) {
    const select = make("select", { id: fresh("row"), onchange: react },
      make("option", { value: "" }, none), rows.map((row) => make("option", { value: row.id }, row.label)));
    return { select, element: make("p", { class: "tool-chooser" }, make("label", { for: select.id }, text), select) };
  }

  function answers(data, rows) {
    const who = (text) => (rows.length > 1 ? make("b", { class: "tool-who" }, text) : null);
    const entries = compared(data, rows).map(({ heading, cells, same }) =>
      make("div", { class: rows.length > 1 && !same ? "tool-differs" : "" }, make("dt", {}, heading),
        cells.map((cell, n) => make("dd", {}, who(same ? "Both, word for word" : rows[n].label), cell.text, sources(data, cell.cites)))));
    const notes = rows.filter((row) => row.note).map((row) =>
      make("p", {}, make("strong", {}, `${row.label}. `), row.note));
    return [
      make("h4", {}, rows.map((row) => row.label).join(" beside ")),
      make("dl", { class: `tool-answers${rows.length > 1 ? " tool-two" : ""}` }, entries),
      ...notes,
    ];
  }

  function wholeTable(data) {
    const cell = (one) => make("td", {}, one.text, sources(data, one.cites));
    const rows = data.rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.label), row.cells.map(cell)));
    const heads = data.columns.map(([, heading]) => make("th", { scope: "col" }, heading));
    const notes = data.rows.filter((row) => row.note);
    return make("div", { class: "tool-whole", id: fresh("whole") },
      make("div", { class: "tool-scroll", role: "region", tabindex: "0", "aria-label": `${data.title}: the whole table` },
        make("table", {}, make("caption", {}, "The whole table"),
          make("thead", {}, make("tr", {}, make("td"), heads)), make("tbody", {}, rows))),
      notes.length ? label("Notes") : null,
      notes.length ? make("ul", {}, notes.map((row) => make("li", {}, `${row.label}: ${row.note}`))) : null);
  }

  /** @param {Desk} desk */
  function table(data, { read, record, say }) {
    const find = (id) => data.rows.find((row) => row.id === id);
    const first = chooser(data.ask, "Choose one", data.rows, choose);
    const second = chooser("Compare with …", "No other", data.rows, choose);
    const result = make("div", { class: "tool-result" });
    const whole = wholeTable(data);
    const toggle = button("", () => fold(toggle.getAttribute("aria-expanded") === "true"), { "aria-controls": whole.id });

    function fold(shut) {
      whole.classList.toggle("tool-folded", shut);
      toggle.setAttribute("aria-expanded", String(!shut));
      toggle.textContent = shut ? "Show the whole table" : "Fold the whole table";
    }

    function choose() {
      const [row, other] = [first.select.value, second.select.value];
      record({ row, with: row && other !== row ? other : "" });
      show();
    }

    function show() {
      const { row = "", with: other = "" } = read();
      first.select.value = row;
      second.select.value = other;
      second.element.hidden = !row;
      [...second.select.options].forEach((option) => (option.disabled = option.value !== "" && option.value === row));
      const rows = [find(row), find(other)].filter(Boolean);
      result.replaceChildren(...(rows.length ? answers(data, rows) : []));
      const same = compared(data, rows).filter((one) => one.same).length;
      const all = plural(data.columns.length, "answer");
      const shared = same ? `: ${same} of ${all} the same, word for word.` : `: ${all}.`;
      say(rows.length ? rows.map((row) => row.label).join(" beside ") + shared : "");
    }

    fold(true);
    return {
      parts: [make("div", { class: "tool-choosers" }, first.element, second.element), result,
        make("div", { class: "tool-actions" }, toggle), whole],
      show,
    };
  }

  // ---------------------------------------------------------------- rewriting

  /** The questions for the learner alone; `react(ticked)` hears of every tick. */
  function checklist(data, react) {
    const boxes = data.checklist.map((question) =>
      make("input", { type: "checkbox", id: fresh("tick"), value: question,
        onchange: () => react(boxes.filter((box) => box.checked).map((box) => box.value)) }));
    const element = make("fieldset", { class: "tool-checklist" },
      make("legend", {}, "Now look at yours. Tick what is true of it; nobody counts."),
      boxes.map((box) => make("div", { class: "tool-tick" }, box, make("label", { for: box.id }, box.value))));
    return { element, show: (ticked) => boxes.forEach((box) => (box.checked = ticked.includes(box.value))) };
  }

  /** The worked ones beside each other, and why. */
  function workedOnes(data, item, list) {
    return [
      make("h5", { tabindex: "-1" }, "Two worked ones"),
      make("ol", { class: "tool-worked" }, item.worked.map((text) => make("li", {}, text))),
      prose(item.why), authorities(data, item.cites), list.element,
    ];
  }

  /** One thing to write better. `show(written)` puts it right. */
  function rewritingItem(data, item, n, change, say) {
    const many = data.items.length > 1 ? `${n + 1} of ${data.items.length}` : "";
    const area = make("textarea", { id: fresh("written"), rows: "3", spellcheck: "true", oninput: () => change({ text: area.value }) });
    const paper = make("p", { class: "tool-written" }); // a text area is cut off on paper
    const place = make("div", { class: "tool-compared" });
    const list = checklist(data, (ticked) => change({ ticked }));
    const heading = make("h4", { id: fresh("item") }, many || "As it stood");
    let asked = false; // whether an empty field has been pointed out

    function compare() {
      if (!area.value.trim() && !asked && !place.firstChild) {
        asked = true;
        compareButton.textContent = "Show them all the same";
        say("Write yours first, even a rough one: comparing teaches more than reading. Or look at them now.");
        return area.focus();
      }
      if (!place.firstChild) place.replaceChildren(...workedOnes(data, item, list));
      compareButton.hidden = true;
      place.querySelector("h5").focus();
      return say("Two worked ones stand below yours. You can still change yours.");
    }

    function show(written) {
      if (area.value !== written.text) area.value = written.text;
      paper.textContent = written.text;
      list.show(written.ticked);
      if (written.text.trim() && asked) compareButton.textContent = "Compare with two worked ones";
    }

    const compareButton = button("Compare with two worked ones", compare, main);
    const element = make("section", { class: "tool-item", "aria-labelledby": heading.id },
      heading, prose(item.child), many ? label("As it stood:") : null, quote(item.given),
      make("label", { for: area.id }, "How would you put it?"), area, paper, compareButton, place);
    return { id: item.id, element, show, focus: () => area.focus() };
  }

  /** @param {Desk} desk */
  function rewriting(data, { read, record, say, kept }) {
    const written = (id) => ({ ...BLANK, ...read()[id] }); // Python may set a part
    const items = data.items.map((item, n) => rewritingItem(data, item, n, (part) => {
      record({ ...read(), [item.id]: { ...written(item.id), ...part } });
      show();
    }, say));
    const clear = asking("Delete what I wrote", "Delete all of it, and the ticks?", "Yes, delete it", () => {
      record({});
      show();
      items[0].focus();
      say("Deleted. Nothing of it is kept.");
    });

    function show() {
      items.forEach((item) => item.show(written(item.id)));
      clear.hidden = Object.values(read()).every(isBlank);
    }

    const keeping = "What you write stays in this browser until you delete it. It is sent to nobody, and nothing is marked.";
    return {
      parts: [prose(data.about), kept ? make("p", { class: "tool-keeping" }, keeping) : null,
        items.map((item) => item.element), make("div", { class: "tool-actions" }, clear)],
      show,
    };
  }

  // ---------------------------------------------------------------- the screen

  // A page loads only the scripts that it needs.
  const kit = { prose, button, main, authorities, sources, asking };
  const KINDS = {
    sorter, table, rewriting,
    ...(typeof CaseworkDates === "undefined" ? {} : CaseworkDates.kinds(kit)),
    ...(typeof CaseworkWriting === "undefined" ? {} : CaseworkWriting.kinds(kit)),
  };
  const KEPT = ["rewriting", "evidence", "letter"];

  /** Draw the tool of `model` into `el`; returns a function that takes it down. */
  function render({ model, el }) {
    const data = model.get("data");
    const root = make("div", { class: `tool-box tool-${data.kind}`, role: "group", "aria-label": data.title });
    el.append(root);
    if (data.format !== FORMAT) {
      root.append(trouble("This page and its tools are of different versions. Load the page again."));
      return () => {};
    }
    const status = make("p", { class: "tool-status", role: "status" });
    let doing = false; // whether a change of the model is our own
    const tool = KINDS[data.kind](data, {
      read: () => model.get("state"),
      record(state) {
        doing = true;
        model.set("state", state);
        model.save_changes();
        doing = false;
      },
      say: (text) => { if (status.textContent !== text) status.textContent = text; },
      kept: Boolean(model.get("kept")),
    });
    const changed = () => doing || tool.show();
    model.on("change:state", changed);
    root.append(make("h3", {}, data.title), ...tool.parts.flat().filter(Boolean), status);
    tool.show();
    return () => model.off("change:state", changed);
  }

  // ---------------------------------------------------------------- host: a page of the book

  const KEY = "needs-first/tools";
  const UNREADABLE = "What this browser had kept of your writing cannot be read.";
  const PRINT_IT = "You can go on; print the page before you leave, to keep what you write.";
  const SAYS = {
    forbidden: `This browser does not let the page remember. ${PRINT_IT}`,
    aside: `${UNREADABLE} It was set aside, not deleted, and you begin anew.`,
    stuck: `${UNREADABLE} There is no room to set it aside, so it stays as it is. ${PRINT_IT}`,
    full: `This browser has no room to remember what you write. ${PRINT_IT}`,
  };

  /** Put the state of one tool beside those that other pages have put there; an empty one is taken out. */
  function keep(store, name, state) {
    const { [name]: _, ...tools } = store.read();
    if (!Object.values(state).every(isBlank)) tools[name] = state;
    store.write(Object.keys(tools).length ? tools : null);
  }

  const isText = (one) => typeof one === "string";
  const isWritten = (one) => one && isText(one.text) && Array.isArray(one.ticked) && one.ticked.every(isText);
  const isState = (state) => state && Object.values(state).every(isWritten);

  /** The model of one tool on a page. What a learner wrote is kept under `name`; a sorting and a question are not. */
  function pageModel(data, name, store, tell) {
    const kept = KEPT.includes(data.kind);
    const state = (kept && store.read()[name]) || {};
    const values = { data, state, kept: kept && store.keeps() };
    const reactions = new Set();
    const set = (key, value) => {
      values[key] = value;
      if (key === "state") reactions.forEach((react) => react());
    };
    // Another window has changed the same writing: take it over, or the next key pressed here would undo it.
    if (kept) addEventListener("storage", (event) => event.key === KEY && set("state", store.read()[name] ?? {}));
    return {
      get: (key) => values[key],
      set,
      save_changes() {
        if (!kept) return;
        keep(store, name, values.state);
        tell(store.notice());
      },
      on: (_, react) => reactions.add(react),
      off: (_, react) => reactions.delete(react),
    };
  }

  /** Put the tool before the plain reading in `box`, which stays in its noscript unless something goes wrong. */
  function mount(box, seen, store) {
    const said = notice("tool-notice");
    const el = make("div");
    try {
      const data = dataOf(box);
      seen[data.id] = (seen[data.id] ?? 0) + 1;
      render({ model: pageModel(data, seen[data.id] > 1 ? `${data.id}/${seen[data.id]}` : data.id, store, said.tell), el });
      said.tell(store.notice());
    } catch (error) {
      const plain = box.querySelector("noscript");
      el.replaceChildren(trouble(`This cannot be shown as it is meant (${error.message}). Here it is to read.`));
      if (plain) plain.outerHTML = plain.textContent;
    }
    box.prepend(said.element, el);
  }

  function mountAll() {
    const store = openShelf({ key: KEY, part: "tools", empty: {}, good: (all) => Object.values(all).every(isState), says: SAYS });
    const seen = {};
    document.querySelectorAll(".casework-tool").forEach((box) => mount(box, seen, store));
  }

  onPage(mountAll);

  return { agreement, compared, render };
})();
