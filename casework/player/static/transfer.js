/**
 * A record on its way: read from a file, written as a short code, read from one. Nothing is half read.
 *
 * The rules of casework/record/reading.py and the layout of casework/record/codes.py, held equal by tests.
 */
const NeedsFirstTransfer = (() => {
  "use strict";

  const { FORMAT } = NeedsFirst;
  const { fnv } = NeedsFirstRecord;
  const { ALL, kindOf, own } = NeedsFirstCourse;

  // ---------------------------------------------------------------- files

  const LARGEST = 2_000_000;
  const AGAIN = "Save the answers as a file once more, in the course under “My progress”.";
  const WRONG_FILE = "Choose the file that the course saved.";

  const text = (pattern, most) => (one) => typeof one === "string" && one.length <= most && pattern.test(one);
  const list = (good, most) => (one) => Array.isArray(one) && one.length <= most && one.every(good);
  const whole = (least, most) => (one) => Number.isInteger(one) && one >= least && one <= most;
  const NAME = text(/^[a-z0-9]+(-[a-z0-9]+)*$/, 80);
  const SAID = (one) => text(/^[^\u0000-\u001f\u007f-\u009f]+$/, 200)(one) && (one.isWellFormed?.() ?? true);
  const plain = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
  const TIME = (one) => text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/, 30)(one) && isMoment(one);

  /** Whether there is such a day and time: a browser would quietly make 2 March of 30 February. */
  function isMoment(one) {
    const moment = new Date(one.replace(/\.\d+Z$/, "Z"));
    return !Number.isNaN(moment.valueOf()) && moment.toISOString().slice(0, 19) === one.slice(0, 19);
  }

  const FIELDS = {
    id: text(/^[A-Za-z0-9_-]+(~[A-Za-z0-9]+)?$/, 80),
    scenario: NAME,
    hash: text(/^[A-Za-z0-9-]*$/, 64),
    mode: (one) => ["guided", "practice", "independent", "workshop", "review", "assessment", "read"].includes(one),
    begun: TIME,
    touched: TIME,
    path: list(text(/^[a-z0-9-]+\/[a-z0-9-]+$/, 130), 2000),
    sure: list(whole(0, 3), 2000),
    hands: list((one) => plain(one) && Object.entries(one).every(([name, count]) => NAME(name) && whole(0, 1000)(count)), 2000),
    group: SAID,
  };
  const OPTIONAL = ["touched", "hands", "group"];

  /** Whether a file that has been read twice holds a key twice: JSON.parse would keep the last without a word. */
  function keysOnce(raw) {
    const open = [];
    const strings = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;
    let last = null;
    for (const [token] of raw.matchAll(strings)) {
      if (token === "{") open.push(new Set());
      else if (token === "[") open.push(null);
      else if (token === "}" || token === "]") open.pop();
      else if (token === ":" && open.at(-1)) {
        const key = JSON.parse(last);
        if (open.at(-1).has(key)) return key;
        open.at(-1).add(key);
      }
      last = token;
    }
    return null;
  }

  function faultOf(attempt, number) {
    const at = `Attempt ${number}`;
    if (!plain(attempt)) return `${at}: this should have keys and values.`;
    const strange = Object.keys(attempt).find((name) => !Object.hasOwn(FIELDS, name));
    if (strange !== undefined) return `${at}: “${strange.slice(0, 40)}” is no part of a record.`;
    for (const [name, good] of Object.entries(FIELDS)) {
      if (!Object.hasOwn(attempt, name)) {
        if (!OPTIONAL.includes(name)) return `${at}: “${name}” is missing.`;
      } else if (!good(attempt[name])) return `${at}: what “${name}” says is nothing that a record can hold.`;
    }
    const long = ["sure", "hands"].find((name) => (attempt[name] ?? []).length > attempt.path.length);
    return long ? `${at}: “${long}” has more entries than the path.` : "";
  }

  /** Read a record file's text. @returns {{attempts: Attempt[], learner?: string}} throws an Error that says what is wrong */
  function read(raw) {
    const complain = (message, hint = AGAIN) => { throw new Error(`${message} ${hint}`); };
    if (raw.length > LARGEST) complain("The file is larger than a record can be.", WRONG_FILE);
    const words = raw.replace(/^\uFEFF/, "").trim();
    if (!words) complain("The file is empty.");
    if (words.startsWith("<")) complain("This is a web page, not a learner’s record.", WRONG_FILE);
    let data;
    try {
      data = JSON.parse(words);
    } catch {
      complain(/[}\]]$/.test(words) ? "The file is not in the form of a record (not JSON)." : "The file ends in the middle: it was cut short.");
    }
    if (!plain(data) || !Object.hasOwn(data, "format") || !Object.hasOwn(data, "attempts")) complain("This is not a learner’s record.", WRONG_FILE);
    if (Number.isInteger(data.format) && data.format > FORMAT) {
      complain(`This record is of format ${data.format}; this course reads format ${FORMAT}.`, "It was saved by a newer course: use that one.");
    }
    if (data.format !== FORMAT) complain(`This course reads records of format ${FORMAT}, and this one says something else.`);
    const twice = keysOnce(words);
    if (twice !== null) complain(`The key “${twice.slice(0, 40)}” stands twice in one place.`);
    const strange = Object.keys(data).find((name) => !["format", "learner", "attempts"].includes(name));
    if (strange !== undefined) complain(`“${strange.slice(0, 40)}” is no part of a record.`);
    if (Object.hasOwn(data, "learner") && !SAID(data.learner)) complain("The learner’s name is nothing that a record can hold.");
    if (!Array.isArray(data.attempts)) complain("The attempts should be a list.");
    const fault = data.attempts.map((one, n) => faultOf(one, n + 1)).find(Boolean);
    if (fault) complain(fault);
    return data;
  }

  // ---------------------------------------------------------------- short codes

  const LAYOUT = 1;
  const MODES = ["guided", "practice", "independent", "workshop"];
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const WIDTHS = [4, 4, 16, 16, 16, 8];
  const FIRST_DAY = Date.UTC(2020, 0, 1);
  const DAY = 86_400_000;

  const binary = (value, width) => value.toString(2).padStart(width, "0");
  const groups = (string, size) => string.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
  const characters = (bits) => groups(bits, 5).map((five) => ALPHABET[parseInt(five, 2)]).join("");
  const numberOf = (id) => parseInt(fnv(id), 16) >>> 16;
  const check = (body) => characters(binary(parseInt(fnv(body), 16) & 0xfffff, 20));

  /** @returns {string} the code of an attempt at a case, or "" where it has none */
  function shortCode(attempt) {
    const one = kindOf(attempt.scenario) === "scenario" ? own(ALL.scenarios, attempt.scenario) : undefined;
    if (!one || one.hash !== attempt.hash || !MODES.includes(attempt.mode) || attempt.path.length > 255) return "";
    const day = Math.floor((Date.parse(`${attempt.begun.slice(0, 10)}T00:00:00Z`) - FIRST_DAY) / DAY);
    if (!(day >= 0 && day < 65536)) return "";
    const values = [LAYOUT, MODES.indexOf(attempt.mode), numberOf(attempt.scenario), parseInt(one.hash.slice(0, 4), 16), day, attempt.path.length];
    let bits = values.map((value, n) => binary(value, WIDTHS[n])).join("");
    let place = one.start;
    for (const entry of attempt.path) {
      const [node, choice] = entry.split("/");
      const [here, edges] = one.places[place];
      const index = node === here ? Object.keys(edges).indexOf(choice) : -1;
      if (index < 0 || index > 7) return "";
      bits += binary(index, 3);
      place = edges[choice];
    }
    const body = characters(bits.padEnd(Math.ceil(bits.length / 20) * 20, "0"));
    return groups(body + check(body), 4).join("-");
  }

  /** Read a short code that somebody typed. @returns {Attempt} throws an Error that says what is wrong */
  function fromShortCode(typed) {
    const complain = (message) => { throw new Error(message); };
    const code = typed.replace(/[\s‐-―−-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
    const strange = [...code].find((one) => !ALPHABET.includes(one));
    if (strange) complain(`“${strange}” is in no short code: they have figures and letters, but no U.`);
    if (code.length < 20 || code.length % 4) complain("A short code has five groups of four or more. A character is missing or one too many.");
    const body = code.slice(0, -4);
    if (check(body) !== code.slice(-4)) complain("This short code was misread: its last group does not fit the others. Compare each group.");
    let bits = [...body].map((one) => binary(ALPHABET.indexOf(one), 5)).join("");
    const [layout, mode, scenario, prefix, day, length] = WIDTHS.map((width) => {
      const value = parseInt(bits.slice(0, width), 2);
      bits = bits.slice(width);
      return value;
    });
    if (layout !== LAYOUT || mode >= MODES.length) complain("This short code comes from a newer course than this one. Use that one to read it.");
    const [id, one] = Object.entries(ALL.scenarios).find(([name]) => numberOf(name) === scenario) ?? [];
    if (!one) complain("This short code is of a case that this course does not have.");
    if (parseInt(one.hash.slice(0, 4), 16) !== prefix) complain(`This short code is of another edition of the case “${one.title}”: it has changed since.`);
    const rest = bits.slice(length * 3);
    if (bits.length < length * 3 || rest.length >= 20 || rest.includes("1")) complain("This is no short code of the course: its length does not fit what it says.");
    const path = [];
    let place = one.start;
    for (let n = 0; n < length; n++) {
      const [node, edges] = one.places[place];
      const choice = Object.keys(edges)[parseInt(bits.slice(n * 3, n * 3 + 3), 2)];
      if (choice === undefined) complain("This short code names a choice that the case does not offer there.");
      path.push(`${node}/${choice}`);
      place = edges[choice];
    }
    const begun = new Date(FIRST_DAY + day * DAY).toISOString();
    return { id: `code-${fnv(code)}`, scenario: id, hash: one.hash, mode: MODES[mode], begun, path, sure: path.map(() => 0) };
  }

  return { read, shortCode, fromShortCode };
})();
