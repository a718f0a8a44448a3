/**
 * Days reckoned from a request and from a refusal: the sums of casework/dates.py once more, with its sentences.
 *
 * A classic script without imports, loaded before tools.js, which draws with it. Two parts: the rules (no DOM), which
 * a test holds equal to Python's over thousands of days, and what a learner sees. A day is an ISO date, such as
 * 2026-11-03; inside, it is a number of days, so that no clock and no time zone can come between.
 *
 * @typedef {{words: Record<string, string>, weekdays: string[], months: string[], steps: [string, number?, string[]][],
 *            cites: {appeal: string[], claim: string[]}, holidays: string[], first: string, last: string}} Reckoning
 * @typedef {{last: string, working: string[], cites: string[]}} Deadline
 */
const CaseworkDates = (() => {
  "use strict";

  const { make, fresh } = NeedsFirst;

  // ---------------------------------------------------------------- rules

  const LENGTH = 86400000; // milliseconds in a day of UTC, which has no summer time
  const fromParts = (year, month, day) => Date.UTC(year, month, day) / LENGTH;
  const fromIso = (iso) => Date.parse(`${iso}T00:00:00Z`) / LENGTH;
  const at = (day) => new Date(day * LENGTH);
  const toIso = (day) => at(day).toISOString().slice(0, 10);
  const weekday = (day) => (at(day).getUTCDay() + 6) % 7; // Monday is 0
  /** Whether somebody has typed a whole date: while a year is being typed it has a nought in front. */
  const isWhole = (iso) => /^[1-9]\d{3}-\d\d-\d\d$/.test(iso ?? "") && !Number.isNaN(fromIso(iso));

  /** The same day of the month, `count` months later; where that month has no such day, its last. */
  function monthsOn(day, count) {
    const [year, month, number] = [at(day).getUTCFullYear(), at(day).getUTCMonth() + count, at(day).getUTCDate()];
    const last = fromParts(year, month + 1, 0);
    return Math.min(fromParts(year, month, number), last);
  }

  /** @param {Reckoning} reckoning */
  function calendar(reckoning) {
    const { words, weekdays, months, first, last } = reckoning;
    const holidays = new Set(reckoning.holidays.map(fromIso));
    const inWords = (day) => `${weekdays[weekday(day)]} ${at(day).getUTCDate()} ${months[at(day).getUTCMonth()]} ${at(day).getUTCFullYear()}`;
    const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

    function inside(...days) {
      const strange = days.find((day) => day < fromIso(first) || day > fromIso(last));
      if (strange === undefined) return;
      throw new RangeError(say("outside", { day: inWords(strange), first: inWords(fromIso(first)), last: inWords(fromIso(last)) }));
    }

    const isWorking = (day) => weekday(day) < 5 && !holidays.has(day);
    const firstWorking = (day) => (isWorking(day) ? day : firstWorking(day + 1));

    /** Where a last day to appeal moves to, and the rule that says so. */
    function moved(day) {
      const [year, month, number] = [at(day).getUTCFullYear(), at(day).getUTCMonth(), at(day).getUTCDate()];
      if (month === 7) return [firstWorking(fromParts(year, 8, 1)), "august"];
      if (month === 11 && number >= 25) return [firstWorking(fromParts(year + 1, 0, 1)), "christmas"];
      if (month === 0 && number === 1) return [firstWorking(day), "christmas"];
      return [day, "stays"];
    }

    /** The sentence about a month without such a day, where `end` had to give way. */
    function short(start, end) {
      if (at(start).getUTCDate() === at(end).getUTCDate()) return [];
      const month = `${months[at(end).getUTCMonth()]} ${at(end).getUTCFullYear()}`;
      return [say("short-month", { month, number: at(start).getUTCDate() })];
    }

    /** The later of the two ends, before any rule moves it, and how it was found. */
    function later(decision, certificate) {
      const letter = monthsOn(decision, 2);
      const lines = [say("letter", { day: inWords(decision), end: inWords(letter) }), ...short(decision, letter)];
      if (certificate === null) {
        return [letter, [...lines, say("no-certificate", { end: inWords(letter) }), say("letter-only", { day: inWords(letter) })]];
      }
      const other = monthsOn(certificate, 1);
      lines.push(say("certificate", { day: inWords(certificate), end: inWords(other) }), ...short(certificate, other));
      if (certificate > letter) lines.push(say("late"));
      const which = letter === other ? "the-same" : letter > other ? "later-letter" : "later-certificate";
      return [Math.max(letter, other), [...lines, say(which, { day: inWords(Math.max(letter, other)) })]];
    }

    return { inWords, say, inside, isWorking, moved, short, later };
  }

  /** @param {string} requested @param {Reckoning} reckoning */
  function timetable(requested, reckoning) {
    const { inWords, say, inside } = calendar(reckoning);
    const begun = fromIso(requested);
    return reckoning.steps.map(([name, weeks, cites]) => {
      if (weeks === null) return { name, last: null, weeks, cites, working: say("comment") };
      const last = begun + 7 * weeks;
      inside(begun, last);
      return { name, last: toIso(last), weeks, cites, working: say("weeks", { weeks, days: 7 * weeks, requested: inWords(begun) }) };
    });
  }

  /**
   * @param {string} decided @param {string} certified empty where there is no certificate yet
   * @param {Reckoning} reckoning
   * @returns {Deadline}
   */
  function lastDayToAppeal(decided, certified, reckoning) {
    const { inWords, say, inside, isWorking, moved, later } = calendar(reckoning);
    const decision = fromIso(decided);
    const certificate = certified ? fromIso(certified) : null;
    inside(decision, certificate ?? decision);
    if (certificate !== null && certificate < decision) {
      throw new RangeError(say("backwards", { certificate: inWords(certificate), decision: inWords(decision) }));
    }
    const [end, lines] = later(decision, certificate);
    const [last, rule] = moved(end);
    inside(end, last);
    lines.push(say(rule, { day: inWords(end), moved: inWords(last) }));
    if (!isWorking(last)) lines.push(say("day-off", { what: weekday(last) > 4 ? reckoning.weekdays[weekday(last)] : "bank holiday" }));
    return { last: toIso(last), working: lines, cites: reckoning.cites.appeal };
  }

  /** @param {string} happened @param {Reckoning} reckoning @returns {Deadline} `last` is the day before which it is made */
  function lastDayForClaim(happened, reckoning) {
    const { inWords, say, inside, short } = calendar(reckoning);
    const day = fromIso(happened);
    const end = monthsOn(day, 6);
    inside(day, end);
    const working = [say("claim", { day: inWords(day), end: inWords(end) }), ...short(day, end), say("no-grace")];
    return { last: toIso(end), working, cites: reckoning.cites.claim };
  }

  // ---------------------------------------------------------------- what a learner sees

  /** A date to type, with its label, maybe a hint, and the place where a mistake in it is told. */
  function dateField(text, hint, reckoning, react) {
    const note = hint ? make("span", { class: "tool-hint", id: fresh("hint") }, hint) : null;
    const fault = make("p", { class: "tool-fault", id: fresh("fault"), hidden: true });
    const input = make("input", {
      type: "date", id: fresh("day"), min: reckoning.first, max: reckoning.last, oninput: react,
      "aria-describedby": [note?.id, fault.id].filter(Boolean).join(" "),
    });
    const tell = (message) => {
      fault.textContent = message;
      fault.hidden = !message;
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    };
    return { input, tell, element: make("div", { class: "tool-date" }, make("label", { for: input.id }, text), note, input, fault) };
  }

  /** @param {Record<string, Function>} kit what tools.js draws with */
  const kind = ({ prose, button, authorities, sources }) => (data, { read, record, say }) => {
    const { reckoning } = data;
    const inWords = (iso) => calendar(reckoning).inWords(fromIso(iso));
    const fields = {
      requested: dateField("The day the council received the request", "", reckoning, () => take("requested")),
      decided: dateField("The date on the decision letter", "", reckoning, () => take("decided")),
      certified: dateField("The date on the mediation certificate", "None yet? Leave it empty.", reckoning, () => take("certified")),
      happened: dateField("The day on which it happened", "", reckoning, () => take("happened")),
    };
    const places = { requested: make("div"), decided: make("div"), happened: make("div") };

    function take(name) {
      record({ ...read(), [name]: fields[name].input.value });
      const said = show();
      say(said[name === "certified" ? "decided" : name]);
    }

    function steps(requested) {
      const found = timetable(requested, reckoning);
      const row = (step) => make("tr", {}, make("th", { scope: "row" }, step.name),
        make("td", {}, make("b", {}, step.last ? inWords(step.last) : "At least 15 days"), step.last ? make("span", { class: "tool-weeks" }, `${step.weeks} weeks`) : null),
        make("td", {}, step.working, sources(data, step.cites)));
      const heads = ["What happens", "At the latest", "How it is reckoned"].map((head) => make("th", { scope: "col" }, head));
      const [decides, , , finished] = found.map((step) => step.last);
      return {
        drawn: make("table", { class: "tool-steps" }, make("caption", {}, "Every week is counted from the request"),
          make("thead", {}, make("tr", {}, heads)), make("tbody", {}, found.map(row))),
        said: `An answer by ${inWords(decides)}; a finished plan, if there is to be one, by ${inWords(finished)}.`,
      };
    }

    function deadline(text, { last, working, cites }) {
      return {
        drawn: make("div", { class: "tool-deadline" }, make("p", { class: "tool-lastday" }, `${text} `, make("strong", {}, inWords(last))),
          make("ol", {}, working.map((line) => make("li", {}, line))), sources(data, cites)),
        said: `${text} ${inWords(last)}.`,
      };
    }

    /** Draw one answer; returns what there is to say of it. A mistake is told at the field where it can be put right. */
    function answer(name, day, at, reckon) {
      const place = places[name];
      at.tell("");
      if (!isWhole(day)) {
        place.replaceChildren();
        return "";
      }
      try {
        const { drawn, said } = reckon();
        place.replaceChildren(drawn);
        return said;
      } catch (error) {
        place.replaceChildren();
        at.tell(error.message);
        return error.message;
      }
    }

    function show() {
      const { requested = "", decided = "", certified = "", happened = "" } = read();
      Object.entries({ requested, decided, certified, happened }).forEach(([name, day]) => {
        if (fields[name].input.value !== day) fields[name].input.value = day;
      });
      const certificate = isWhole(certified) ? certified : "";
      fields.decided.tell("");
      if (happened) claim.open = true;
      return {
        requested: answer("requested", requested, fields.requested, () => steps(requested)),
        decided: answer("decided", decided, certificate ? fields.certified : fields.decided,
          () => deadline("The last day to appeal is", lastDayToAppeal(decided, certificate, reckoning))),
        happened: answer("happened", happened, fields.happened,
          () => deadline("Make the claim before", lastDayForClaim(happened, reckoning))),
      };
    }

    const claim = make("details", { class: "tool-claim" },
      make("summary", {}, "Is it a claim of disability discrimination?"), fields.happened.element, places.happened);
    const example = button("Fill in the example", () => {
      record({ ...data.example });
      show();
      say("The days of the example are filled in.");
    });
    const empty = button("Empty it", () => {
      record({});
      claim.open = false;
      show();
      fields.requested.input.focus();
      say("Every day is taken out.");
    });
    const section = (title, ...children) => {
      const heading = make("h4", { id: fresh("part") }, title);
      return make("section", { class: "tool-part", "aria-labelledby": heading.id }, heading, ...children);
    };
    return {
      parts: [
        prose(data.about), prose(data.note.text), authorities(data, data.note.cites),
        make("p", { class: "tool-law" }, `Law as at ${data.law}. This is information, not legal advice: check a day that matters with the Tribunal or an adviser.`),
        section("From a request", fields.requested.element, places.requested),
        section("From a refusal", make("div", { class: "tool-dates" }, fields.decided.element, fields.certified.element), places.decided, claim),
        make("div", { class: "tool-actions" }, example, empty),
      ],
      show,
    };
  };

  return { timetable, lastDayToAppeal, lastDayForClaim, kinds: (kit) => ({ dates: kind(kit) }) };
})();
