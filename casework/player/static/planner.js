/**
 * The planner: what a child's support costs in a year, line by line, as it is typed.
 *
 * A classic script without imports, so that it also runs from file://; base.js stands before it. Four parts: the sums (no DOM; the arithmetic
 * of casework/funding/provision.py, in whole numbers), the file (CSV), the screen, and the page host with its store.
 * Python wrote the sentences; here amounts are put into them. A live notebook loads the same bytes as a module.
 *
 * @typedef {Record<string, any>} Line  as typed: the keys of BLANK in sheet.py
 * @typedef {{n: bigint, d: bigint}} Exact  a fraction of pence
 * @typedef {Record<string, {unit: string, pence: number, illustrative: boolean,
 *            text: string, seen: string, note: string}>} Prices
 * @typedef {{get(name: string): any, set(name: string, value: any): void, save_changes(): void,
 *            on(event: string, react: () => void): void, off(event: string, react: () => void): void}} Model
 */
const CaseworkPlanner = (() => {
  "use strict";

  const { FORMAT, make, plural, fresh, notice, printAlone, download, openShelf, dataOf, onPage } = NeedsFirst;
  const ONE_OFF = "one-off";
  const COUNTED_BY = { hour: ["hours", "weeks"], session: ["sessions"], day: ["days"], item: ["items"], year: [] };
  // Decimal places, and the most that a number may be: the same as in Line, and held to it by a test.
  const LIMITS = {
    pounds: [2, 1000000], hours: [4, 168], weeks: [0, 52], sessions: [4, 1000], days: [4, 366], items: [4, 1000],
    group: [0, 1000],
  };
  const PLAIN = /^-?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/;

  // ---------------------------------------------------------------- sums

  const priced = (line, rates) => Object.hasOwn(rates, line.rate);

  /** @returns {string[]} the names of the numbers that a line needs besides its group */
  function amountsOf(line, rates) {
    if (line.rate === ONE_OFF) return ["pounds"];
    return priced(line, rates) ? COUNTED_BY[rates[line.rate].unit] : [];
  }

  /** @returns {bigint} a plain decimal in units of 10 to the power of minus `places` */
  function scaled(text, places) {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0").slice(0, places) || "0");
  }

  function numberFault(name, text) {
    const [places, most] = LIMITS[name];
    if (!PLAIN.test(text)) return "number";
    const digits = (text.split(".")[1] ?? "").replace(/0+$/, "").length;
    const finer = Math.max(places, digits);
    const value = text.startsWith("-") ? -1n : scaled(text, finer);
    if (value <= 0n || value > BigInt(most) * 10n ** BigInt(finer)) return "outside";
    return digits > places ? "places" : "";
  }

  /** @returns {Record<string, string>} what is wrong with a line: field to kind of fault, in the order of the form */
  function faults(line, rates) {
    const wrong = {};
    if (!line.what.trim()) wrong.what = "missing";
    if (line.rate !== ONE_OFF && !priced(line, rates)) wrong.rate = "missing";
    for (const name of [...amountsOf(line, rates), "group"]) {
      const text = line[name].trim();
      const fault = text ? numberFault(name, text) : "missing";
      if (fault) wrong[name] = fault;
    }
    if (!line.counts && !line.because.trim()) wrong.because = "missing";
    return wrong;
  }

  /** @returns {Exact} what a line without a fault costs one child in a year */
  function costOf(line, rates) {
    const amounts = amountsOf(line, rates);
    let [n, d] = [line.rate === ONE_OFF ? 1n : BigInt(rates[line.rate].pence), BigInt(line.group.trim().split(".")[0])];
    for (const name of amounts) {
      n *= scaled(line[name].trim(), LIMITS[name][0]);
      if (name !== "pounds") d *= 10n ** BigInt(LIMITS[name][0]);
    }
    return { n, d };
  }

  const add = (a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
  const toPence = ({ n, d }) => Number((2n * n + d) / (2n * d));

  /**
   * Cost a sheet: the rules and the one rounding of Python.
   * @param {Line[]} lines @param {Prices} rates
   * @returns {{lines: {pence: number | null, faults: Record<string, string>}[], total: number, exact: Exact}}
   *          pence rounded for showing; the total is that of the lines that count and have no fault
   */
  function costPlan(lines, rates) {
    let exact = { n: 0n, d: 1n };
    const costed = lines.map((line) => {
      const wrong = faults(line, rates);
      if (Object.keys(wrong).length) return { pence: null, faults: wrong };
      const cost = costOf(line, rates);
      if (line.counts) exact = add(exact, cost);
      return { pence: toPence(cost), faults: wrong };
    });
    return { lines: costed, total: toPence(exact), exact };
  }

  /** Split an exact total at the threshold (pence). @returns {{place: string, school: number, above: number}} */
  function split(exact, threshold) {
    const over = exact.n - BigInt(threshold) * exact.d;
    if (over > 0n) return { place: "above", school: threshold, above: toPence({ n: over, d: exact.d }) };
    return { place: over ? "within" : "exactly", school: toPence(exact), above: 0 };
  }

  // ---------------------------------------------------------------- words

  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function inPounds(pence, withPence = false) {
    const rest = pence % 100;
    const whole = String((pence - rest) / 100).replace(/\B(?=(\d{3})+$)/g, ",");
    return `£${whole}${rest || withPence ? `.${String(rest).padStart(2, "0")}` : ""}`;
  }

  /** @returns {string[]} the paragraphs of Python's in_words for the lines without a fault */
  function words(data, lines, costed) {
    const { says } = data;
    const { place, above } = split(costed.exact, data.threshold);
    const good = lines.map((line, n) => ({ ...line, pence: costed.lines[n].pence })).filter((line) => line.pence !== null);
    const out = good.filter((line) => !line.counts).map((line) =>
      fill(says.left_out_line, { what: line.what.trim(), cost: inPounds(line.pence), because: line.because.trim() }));
    const made = [...new Set(good.filter((line) => data.rates[line.rate]?.illustrative).map((line) => line.what.trim()))];
    return [
      fill(says[place], { total: inPounds(costed.total), above: inPounds(above) }),
      says.not_shown,
      says.no_condition,
      ...(out.length ? [`${says.left_out}${out.join("; ").replace(/\.+$/, "")}.`] : []),
      says.prices + (made.length ? fill(says.illustrative, { what: made.join("; ") }) : ""),
    ];
  }

  function message(data, name, fault, text) {
    if (fault === "missing") return data.faults.missing[name];
    const hint = fault === "number" && text.includes(",") ? ` ${data.faults.comma}` : "";
    return fill(data.faults[name][fault], { value: text.trim() }) + hint;
  }

  function priceInWords(data, line) {
    const sum = line.pounds.trim();
    if (line.rate === ONE_OFF) return `A one-off sum: ${numberFault("pounds", sum) ? sum : inPounds(Number(scaled(sum, 2)))}`;
    return priced(line, data.rates) ? data.rates[line.rate].text : "";
  }

  const howMuch = (data, line) => line.rate === ONE_OFF ? "once" : amountsOf(line, data.rates)
    .map((name) => fill(data.units[name][line[name].trim() === "1" ? 0 : 1], { n: line[name].trim() })).join(", ");

  // ---------------------------------------------------------------- the file: CSV

  const NUMBERS = ["pounds", "hours", "weeks", "sessions", "days", "items", "group"];
  const FIELDS = ["what", "rate", ...NUMBERS, "since", "counts", "because"];
  const WORDED = FIELDS.filter((name) => name !== "counts"); // all that is typed or chosen; counts is a tick
  // For whoever opens the file in a spreadsheet; not read back.
  const FOR_EYES = ["price (for practice only)", "cost in pounds a year (for practice only)"];
  // A spreadsheet would run such a cell as a formula. The apostrophe is taken off again when the file is opened here.
  const RISKY = /^['=+\-@\t\r\n＝＋－＠]/;

  const isBlank = (line) => WORDED.every((name) => name === "group" || !line[name].trim());

  /** @returns {string[]} the fields of a line that mean something with its price */
  const used = (line, rates) =>
    ["what", "rate", "since", "counts", "group", ...amountsOf(line, rates), ...(line.counts ? [] : ["because"])];

  function cell(text) {
    const safe = RISKY.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** @returns {string} the sheet as CSV with a byte order mark, which tells Excel that it is UTF-8 */
  function toCsv(lines, data) {
    const kept = lines.filter((line) => !isBlank(line));
    const costed = costPlan(kept, data.rates);
    const rows = kept.map((line, n) => {
      const mine = used(line, data.rates);
      const values = FIELDS.map((name) => name === "counts" ? (line.counts ? "yes" : "no") : mine.includes(name) ? line[name] : "");
      const { pence } = costed.lines[n];
      return [...values, priceInWords(data, line), pence === null ? "" : (pence / 100).toFixed(2)];
    });
    return `\uFEFF${[[...FIELDS, ...FOR_EYES], ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  /** Take CSV apart (RFC 4180). @returns {string[][]} rows of cells; throws at a quotation mark that is never closed */
  function parseCsv(text) {
    const rows = [[""]];
    const head = text.split(/[\r\n]/, 1)[0];
    const comma = head.includes(";") && !head.includes(",") ? ";" : ",";
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
      const [sign, row] = [text[i], rows.at(-1)];
      if (quoted && sign === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
      else if (sign === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
      else if (quoted) row[row.length - 1] += sign;
      else if (sign === comma) row.push("");
      else if (sign === "\n" || sign === "\r") {
        if (sign === "\r" && text[i + 1] === "\n") i++;
        rows.push([""]);
      } else row[row.length - 1] += sign;
    }
    if (quoted) throw new Error(`Row ${rows.length}: a quotation mark (") is opened and never closed.`);
    return rows;
  }

  /** @returns {{lines: Line[], errors: string[]}} what a file says; every error names its row and column */
  function fromCsv(text, data) {
    let rows;
    try {
      rows = parseCsv(text.replace(/^\uFEFF/, ""));
    } catch (error) {
      return { lines: [], errors: [error.message] };
    }
    const head = rows[0].map((name) => name.trim().toLowerCase());
    const errors = headErrors(head);
    const lines = [];
    if (!errors.length) {
      rows.slice(1).forEach((row, n) => {
        if (row.every((text) => !text.trim())) return;
        const [line, wrong] = readRow(row, head, data);
        lines.push(line);
        errors.push(...wrong.map((text) => `Row ${n + 2}${text}`));
      });
    }
    if (!errors.length && !lines.length) errors.push("The file has no lines of provision.");
    return { lines, errors };
  }

  function headErrors(head) {
    const errors = ["what", "rate"].filter((name) => !head.includes(name))
      .map((name) => `Row 1: the column “${name}” is missing. The first row names the columns: ${FIELDS.join(", ")}.`);
    head.forEach((name, n) => {
      if (name && head.indexOf(name) < n) errors.push(`Row 1: the column “${name}” stands there twice.`);
      else if (name && ![...FIELDS, ...FOR_EYES].includes(name)) errors.push(`Row 1: “${name}” is not a column of this planner.`);
    });
    return errors;
  }

  function readRow(row, head, data) {
    const errors = [];
    const complain = (name, text) => errors.push(`, column “${name}”: ${text}`);
    if (row.length > head.length) errors.push(`: it has ${row.length} cells, and the first row has ${head.length}.`);
    const said = (name) => {
      const text = head.includes(name) ? row[head.indexOf(name)] ?? "" : "";
      return (RISKY.test(text.slice(1)) && text.startsWith("'") ? text.slice(1) : text).replace(/\s*[\r\n]+\s*/g, " ");
    };
    const line = { ...data.blank };
    for (const name of WORDED) if (said(name)) line[name] = said(name);
    const counts = said("counts").trim().toLowerCase();
    line.counts = !["no", "n", "false"].includes(counts);
    if (line.counts && !["", "yes", "y", "true"].includes(counts)) complain("counts", `it says “${said("counts")}”; write yes or no.`);
    line.rate = line.rate.trim();
    const known = line.rate === ONE_OFF || priced(line, data.rates);
    const wrong = faults(line, data.rates);
    for (const [name, fault] of Object.entries(wrong)) {
      if (name !== "rate" || !line.rate) complain(name, message(data, name, fault, line[name]));
      else complain(name, `there is no price “${line.rate}”. Known here: ${[...Object.keys(data.rates), ONE_OFF].join(", ")}.`);
    }
    if (known) {
      const extra = WORDED.filter((name) => said(name).trim() && !used(line, data.rates).includes(name));
      extra.forEach((name) => complain(name, name === "because"
        ? "it says why a line does not count, and this line counts."
        : "this price has no use for it; leave the cell empty."));
    }
    return [line, errors];
  }

  // ---------------------------------------------------------------- elements

  const button = (text, onclick, extra = {}) => make("button", { type: "button", class: "planner-button", onclick, ...extra }, text);
  const trouble = (text) => make("p", { class: "planner-notice", role: "alert" }, text);
  const heading = (text) => make("h4", { tabindex: "-1" }, text);

  /** A labelled control with its hint and the place for its message. */
  function field([label, hint], name, control, line) {
    const id = fresh(name);
    const about = make("span", { class: "planner-hint", id: `${id}-hint` }, hint);
    const fault = make("span", { class: "planner-fault", id: `${id}-fault` });
    control.id = id;
    control.dataset.field = name;
    control.value = line[name];
    control.setAttribute("aria-describedby", `${about.id} ${fault.id}`);
    const element = make("div", { class: `planner-field planner-${name}` }, make("label", { for: id }, label), about, control, fault);
    const complain = (text) => {
      fault.textContent = text;
      if (text) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    };
    return { element, control, complain, about };
  }

  function rateSelect(data, line) {
    const option = (value, text) => make("option", { value }, text);
    const groups = Object.entries(data.groups).map(([unit, label]) => {
      const ids = Object.keys(data.rates).filter((id) => data.rates[id].unit === unit);
      return ids.length ? make("optgroup", { label }, ids.map((id) => option(id, data.rates[id].text))) : null;
    });
    const known = !line.rate || line.rate === ONE_OFF || priced(line, data.rates);
    const gone = known ? null : option(line.rate, `${line.rate} (no longer here)`);
    const other = make("optgroup", { label: "Any other way" }, option(ONE_OFF, "A one-off sum"));
    return make("select", {}, option("", "Choose a price"), gone, groups, other);
  }

  /** The form of one line. `react(name, value)` hears of changes; `show(n, line, costed)` puts text right. */
  function lineForm(data, line, asked, react, copy, take) {
    const settle = (name) => { asked.add(name); react(); };
    const control = (name) => {
      const element = name === "rate"
        ? rateSelect(data, line)
        : make("input", { type: "text", autocomplete: "off", inputmode: NUMBERS.includes(name) && "decimal" });
      element.addEventListener("input", () => react(name, element.value));
      element.addEventListener("change", () => settle(name));
      return element;
    };
    const fields = Object.fromEntries(WORDED.map((name) => [name, field(data.labels[name], name, control(name), line)]));
    const counts = make("input", { type: "checkbox", id: fresh("counts"), "data-field": "counts" });
    counts.checked = line.counts;
    counts.addEventListener("change", () => react("counts", counts.checked));
    const legend = make("legend", {});
    const cost = make("p", { class: "planner-cost" });
    const copying = button("Copy", copy);
    const taking = button("Take out", take);
    const put = (...names) => names.map((name) => fields[name].element);
    const element = make("fieldset", { class: "planner-line" }, legend,
      make("div", { class: "planner-grid" }, put("what", "rate"), put(...NUMBERS), put("since")),
      make("div", { class: "planner-check" }, counts,
        make("label", { for: counts.id }, "It counts: it is additional to or different from what all pupils get")),
      put("because"),
      make("div", { class: "planner-foot" }, cost, make("div", { class: "planner-actions" }, copying, taking)));

    function show(n, now, costed) {
      const name = now.what.trim();
      legend.textContent = `Line ${n + 1}: ${name || "not named yet"}`;
      [copying, taking].forEach((one) => one.setAttribute("aria-label", `${one.textContent} line ${n + 1}${name ? `: ${name}` : ""}`));
      const needed = used(now, data.rates);
      for (const [key, one] of Object.entries(fields)) {
        one.element.hidden = !needed.includes(key);
        const fault = asked.has(key) && costed.faults[key];
        one.complain(fault ? message(data, key, fault, now[key]) : "");
      }
      fields.rate.about.textContent = priced(now, data.rates) ? data.rates[now.rate].seen : "";
      if (costed.pence === null) cost.textContent = isBlank(now) ? "No cost yet" : "Not in the sum until it is mended";
      else cost.replaceChildren(make("b", {}, inPounds(costed.pence, true)), now.counts ? " a year" : " a year, not counted");
      element.classList.toggle("planner-out", !now.counts);
    }
    return { element, show, focus: (key = "what") => (key === "counts" ? counts : fields[key].control).focus() };
  }

  // ---------------------------------------------------------------- the outcome

  function bar(total, parts, threshold) {
    const most = Math.max((threshold * 4) / 3, total * 1.06);
    const width = (pence) => `${((pence / most) * 100).toFixed(2)}%`;
    const piece = (name, pence) => {
      const element = make("span", { class: `planner-part planner-is-${name}` });
      element.style.width = width(pence);
      return element;
    };
    const mark = make("span", { class: "planner-mark" }, inPounds(threshold));
    const label = `Bar: ${inPounds(total)} in all; ${inPounds(parts.school)} lies up to the ${inPounds(threshold)} mark, `
      + `${inPounds(parts.above)} above it.`;
    const element = make("div", { class: "planner-bar", role: "img", "aria-label": label },
      mark, make("div", { class: "planner-track" }, piece("school", parts.school), parts.above ? piece("above", parts.above) : null));
    element.style.setProperty("--mark", width(threshold));
    return element;
  }

  const amount = (name, text, pence) => make("div", { class: `planner-is-${name}` }, make("dt", {}, text), make("dd", {}, inPounds(pence, true)));

  function mending(data, costed, lines) {
    const bad = costed.lines.flatMap((one, n) => {
      const names = Object.keys(one.faults).map((name) => data.labels[name][0]);
      return names.length && !isBlank(lines[n]) ? [`line ${n + 1} (${names.join("; ")})`] : [];
    });
    return bad.length ? make("p", { class: "planner-notice" }, make("strong", {}, "Not in the sum until mended: "), `${bad.join(", ")}.`) : null;
  }

  function authorities(data) {
    const items = data.authorities.map((one) =>
      make("li", {}, make("a", { href: one.href, rel: "noopener" }, one.short), one.status === "to-confirm" ? " (still to be confirmed)" : ""));
    return make("div", { class: "planner-cites" }, make("p", {}, "On what authority:"), make("ul", {}, items));
  }

  function outcome(data, lines, costed) {
    const parts = split(costed.exact, data.threshold);
    return [
      make("dl", { class: "planner-amounts" },
        amount("total", "Counts, in a year", costed.total),
        amount("school", "The school is expected to find", parts.school),
        amount("above", "A top-up request could cover", parts.above)),
      bar(costed.total, parts, data.threshold),
      mending(data, costed, lines),
      ...words(data, lines, costed).map((text) => make("p", {}, text)),
      authorities(data),
    ].filter(Boolean);
  }

  const row = (kind, head, cells) => make("tr", {}, make("th", { scope: kind }, head),
    cells.map((text) => (kind === "col" ? make("th", { scope: kind }, text) : make("td", {}, text))));

  /** The sheet as a table, for paper. */
  function paper(data, lines, costed) {
    const rows = lines.filter((line) => !isBlank(line)).map((line) => {
      const { pence } = costed.lines[lines.indexOf(line)];
      return row("row", line.what, [priceInWords(data, line), howMuch(data, line), line.group, line.since,
        pence === null ? "to be mended" : inPounds(pence, true), line.counts ? "Yes" : `No: ${line.because}`]);
    });
    const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    return [
      make("p", {}, make("strong", {}, "For practice only. "), `Prices of ${data.day}. Printed on ${today}.`),
      make("table", { class: "planner-table" }, make("caption", {}, "Provision for a year"),
        make("thead", {}, row("col", data.columns[0], data.columns.slice(1))), make("tbody", {}, rows),
        make("tfoot", {}, make("tr", {}, make("th", { scope: "row", colspan: "5" }, "What counts, together"),
          make("td", {}, inPounds(costed.total, true)), make("td", {})))),
    ];
  }

  function priceList(data) {
    const items = Object.values(data.rates).map((rate) => make("li", {}, make("b", {}, rate.text), `. ${rate.seen} ${rate.note}`));
    return make("details", { class: "planner-prices" },
      make("summary", {}, "The prices, and where they come from"), make("p", {}, data.says.caution), make("ul", {}, items));
  }

  // ---------------------------------------------------------------- the screen

  /** A spreadsheet may have saved the file in the old Windows encoding; UTF-8 refuses that, and then it is read so. */
  async function textOf(file) {
    const bytes = await file.arrayBuffer();
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }

  /** Draw the planner for `model` into `el`; returns a function that takes it down. */
  function render({ model, el }) {
    const data = model.get("data");
    let lines = model.get("lines").map((line) => ({ ...line }));
    let forms = [];
    let asked = lines.map(() => new Set(FIELDS)); // the fields of each line whose faults are shown by now
    let gone = null; // what can be put back: { at, lines, asked, whole, text }
    let doing = false; // whether a change of the model is our own
    let pause = 0;

    const root = make("div", { class: "planner", role: "group", "aria-label": "Provision planner" });
    const child = make("p", { class: "planner-child" });
    const question = make("div", { class: "planner-question" });
    const list = make("div", { class: "planner-lines" });
    const title = heading("Lines of provision");
    const result = make("div", { class: "planner-result" });
    const sheet = make("div", { class: "planner-sheet" });
    const status = make("p", { class: "planner-status", role: "status" });
    const errors = make("div", { class: "planner-errors", tabindex: "-1" });

    function say(lead = "") {
      clearTimeout(pause);
      pause = setTimeout(() => {
        const costed = costPlan(lines, data.rates);
        const { place, above } = split(costed.exact, data.threshold);
        const bad = lines.filter((line, n) => !isBlank(line) && costed.lines[n].pence === null).length;
        const where = place === "above" ? `${inPounds(above)} above ${inPounds(data.threshold)}` : `${place} ${inPounds(data.threshold)}`;
        const parts = [lead, `Total: ${inPounds(costed.total, true)} a year, ${where}.`, bad && `${plural(bad, "line")} still to mend.`];
        status.textContent = parts.filter(Boolean).join(" ");
      }, 600);
    }

    function publish() {
      doing = true;
      model.set("lines", lines.map((line) => ({ ...line })));
      model.save_changes();
      doing = false;
    }

    /** Put every text right that depends on the lines; no control is made anew, so the focus stays. */
    function refresh() {
      const costed = costPlan(lines, data.rates);
      forms.forEach((form, n) => form.show(n, lines[n], costed.lines[n]));
      result.replaceChildren(...outcome(data, lines, costed));
      sheet.replaceChildren(...paper(data, lines, costed));
      const start = data.starts.find((one) => one.id === model.get("start"));
      child.textContent = start?.child ? `Begun from ${start.title}. ${start.child}` : "";
    }

    function draw() {
      forms = lines.map((line, n) => {
        const at = () => forms.indexOf(form);
        const react = (name, value) => {
          if (name) lines[at()] = { ...lines[at()], [name]: value };
          if (name) publish();
          refresh();
          if (name) say();
        };
        const form = lineForm(data, line, asked[n], react, () => copy(at()), () => takeOut(at()));
        return form;
      });
      const shown = forms.map((form) => form.element);
      if (gone) shown.splice(gone.whole ? 0 : gone.at, 0, putBackNote());
      list.replaceChildren(...(shown.length ? shown : [make("p", {}, "No line yet.")]));
      refresh();
    }

    function putBackNote() {
      return make("p", { class: "planner-gone" }, `${gone.text} `, button(gone.whole ? "Bring them back" : "Put it back", putBack));
    }

    function change(lead) {
      publish();
      draw();
      say(lead);
    }

    function insert(n, line, seen, lead) {
      lines.splice(n, 0, line);
      asked.splice(n, 0, seen);
      if (gone && !gone.whole && gone.at >= n) gone.at++;
      change(lead);
      forms[n].focus();
    }

    const addLine = () => insert(lines.length, { ...data.blank }, new Set(), `Line ${lines.length + 1} added.`);
    const copy = (n) => insert(n + 1, { ...lines[n] }, new Set(asked[n]), `Line ${n + 1} copied to line ${n + 2}.`);

    function takeOut(n) {
      gone = { at: n, lines: lines.splice(n, 1), asked: asked.splice(n, 1), text: "" };
      gone.text = `Taken out: ${gone.lines[0].what.trim() || "a line without a name"}.`;
      change(`Line ${n + 1} taken out.`);
      list.querySelector(".planner-gone button").focus();
    }

    function putBack() {
      const back = gone;
      gone = null;
      if (back.whole) return replace(back.lines, back.start, "The earlier lines are back.");
      lines.splice(back.at, 0, ...back.lines);
      asked.splice(back.at, 0, ...back.asked);
      change(`Line ${back.at + 1} is back.`);
      return forms[back.at].focus();
    }

    function replace(others, start, lead) {
      const text = `${plural(lines.length, "line")} taken off the sheet.`;
      gone = lines.some((line) => !isBlank(line)) ? { whole: true, lines, start: model.get("start"), text } : null;
      lines = others.map((line) => ({ ...line }));
      asked = lines.map(() => new Set(FIELDS));
      doing = true;
      model.set("start", start);
      doing = false;
      change(lead);
      title.focus();
    }

    /** Ask before lines are replaced; an empty sheet has nothing to lose. */
    function ask(trigger, yes) {
      const close = () => question.replaceChildren();
      if (lines.every(isBlank)) return yes();
      trigger.closest(".planner-start, .planner-tools").after(question);
      question.replaceChildren(make("p", {}, `This replaces the ${plural(lines.length, "line")} on the sheet.`),
        button("Replace them", () => { close(); yes(); }, { class: "planner-button planner-main" }),
        button("Keep them", () => { close(); trigger.focus(); }));
      return question.querySelector("button").focus();
    }

    async function open(event) {
      const input = event.target;
      const [file] = input.files;
      if (!file) return;
      errors.replaceChildren();
      const read = file.size > 500000
        ? { errors: ["The file is too large for a sheet."] }
        : fromCsv(await textOf(file), data);
      input.value = "";
      if (!read.errors.length) {
        ask(input, () => replace(read.lines, "", `Opened ${file.name}: ${plural(read.lines.length, "line")}.`));
        return;
      }
      errors.replaceChildren(
        make("p", {}, make("strong", {}, `${file.name} was not opened, and nothing has changed. `), "Mend this and open it again:"),
        make("ul", {}, read.errors.map((text) => make("li", {}, text))));
      errors.focus();
    }

    function save() {
      const bad = costPlan(lines, data.rates).lines.some((one, n) => one.pence === null && !isBlank(lines[n]));
      download("provision.csv", toCsv(lines, data), "text/csv");
      say(`Saved as provision.csv${bad ? ", mistakes too: mend them before you open it here" : ""}.`);
    }

    const begin = make("select", { id: fresh("start") }, data.starts.map((one) => make("option", { value: one.id }, one.title)));
    begin.value = model.get("start");
    const use = button("Start from this", () => ask(use, () => {
      const start = data.starts.find((one) => one.id === begin.value);
      replace(start.lines, start.id, `${start.title}.`);
    }));
    const file = make("input", { type: "file", id: fresh("file"), accept: ".csv,text/csv", onchange: open });

    const changed = () => {
      if (doing) return;
      const here = root.ownerDocument.activeElement;
      const n = forms.findIndex((form) => form.element.contains(here));
      const name = here?.dataset.field;
      lines = model.get("lines").map((line) => ({ ...line }));
      asked = lines.map((_, n) => asked[n] ?? new Set(FIELDS));
      gone = null;
      draw();
      if (forms[n] && name) forms[n].focus(name);
      say("The lines were changed elsewhere.");
    };

    root.append(
      make("h3", {}, "Provision planner"),
      make("p", {}, data.says.intro),
      make("div", { class: "planner-start" }, make("label", { for: begin.id }, "Starting point"), begin, use),
      child, title, list, button("Add a line", addLine, { class: "planner-button planner-main planner-add" }),
      make("section", { class: "planner-sum", "aria-label": "What it comes to" }, heading("What it comes to"), sheet, result),
      make("div", { class: "planner-tools" },
        button("Print this sheet", () => printAlone(root)), button("Save as a file (CSV)", save),
        make("div", { class: "planner-open" }, make("label", { for: file.id }, "Open a file (CSV)"), file)),
      errors, priceList(data), status);
    if (data.format === FORMAT) draw();
    else root.replaceChildren(trouble("This page and its planner are of different versions. Load the page again."));
    model.on("change:lines", changed);
    el.append(root);
    return () => {
      clearTimeout(pause);
      model.off("change:lines", changed);
    };
  }

  // ---------------------------------------------------------------- host: a page of the book

  const KEY = "needs-first/planner";
  const UNREADABLE = "What this browser had kept of your planner cannot be read.";
  const SAVE_IT = "You can go on; save your sheet as a file before you leave.";
  const SAYS = {
    forbidden: `This browser does not let the page remember. ${SAVE_IT}`,
    aside: `${UNREADABLE} It was set aside, not deleted, and the sheet begins anew.`,
    stuck: `${UNREADABLE} There is no room to set it aside, so it stays as it is. ${SAVE_IT}`,
    full: `This browser has no room to remember your sheet. ${SAVE_IT}`,
  };

  const isLine = (line) => line && typeof line.counts === "boolean" && WORDED.every((name) => typeof line[name] === "string");
  const isSheet = (sheet) => sheet && typeof sheet.start === "string" && Array.isArray(sheet.lines) && sheet.lines.every(isLine);

  /** The model of one planner on a page: what this browser keeps under `name`, or the plan to start from. */
  function pageModel(data, name, store, tell) {
    const begun = { start: data.start, lines: data.starts.find((one) => one.id === data.start).lines };
    const values = { data, ...(store.read()[name] ?? begun) };
    const reactions = new Set();
    const set = (key, value) => {
      values[key] = value;
      if (key === "lines") reactions.forEach((react) => react());
    };
    // Another window has changed the same sheet: take it over, or the next key pressed here would undo it.
    addEventListener("storage", (event) => {
      const now = event.key === KEY && store.read()[name];
      if (!now || JSON.stringify(now.lines) === JSON.stringify(values.lines)) return;
      values.start = now.start;
      set("lines", now.lines);
    });
    return {
      get: (key) => values[key],
      set,
      save_changes() {
        store.write({ ...store.read(), [name]: { start: values.start, lines: values.lines } });
        tell(store.notice());
      },
      on: (_, react) => reactions.add(react),
      off: (_, react) => reactions.delete(react),
    };
  }

  /** Replace the plain reading in `box` by a planner. */
  function mount(box, name, store) {
    const said = notice("planner-notice");
    const el = make("div");
    try {
      const data = dataOf(box);
      render({ model: pageModel(data, name, store, said.tell), el });
      said.tell(store.notice());
      box.querySelector(".planner-reading")?.remove();
    } catch (error) {
      el.replaceChildren(trouble(`The planner cannot be shown (${error.message}). Here is the plan to read.`));
    }
    box.prepend(said.element, el);
  }

  function mountAll() {
    const store = openShelf({ key: KEY, part: "sheets", empty: {}, good: (all) => Object.values(all).every(isSheet), says: SAYS });
    const seen = {};
    document.querySelectorAll(".casework-planner").forEach((box) => {
      const start = box.dataset.start || "empty";
      seen[start] = (seen[start] ?? 0) + 1;
      mount(box, seen[start] > 1 ? `${start}/${seen[start]}` : start, store);
    });
  }

  onPage(mountAll);

  return { costPlan, faults, split, words, message, toCsv, fromCsv, render };
})();
