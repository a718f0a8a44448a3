/**
 * Spaced review: when each drill that was answered should come back, the page where it does, and the dates as a file.
 *
 * The same rules as casework/review.py, which says what they are, and held equal to it and to the Python package
 * `fsrs` by a test. Three parts: the rules (no DOM), the calendar, the page.
 *
 * @typedef {{drill: string, at: string, quality: string, sure: number}} Answer
 * @typedef {{drill: string, due: string, last: Answer, lapses: number, stability: number, difficulty: number, day: number}} Card
 */
const NeedsFirstReview = (() => {
  "use strict";

  const { make, plural, fresh, download, onPage } = NeedsFirst;
  const { fnv, lessonsRead, ofThisPage } = NeedsFirstRecord;
  const { ALL, kindOf, own } = NeedsFirstCourse;

  // ---------------------------------------------------------------- FSRS 6, with its default parameters

  const W = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ];
  const RETENTION = 0.9;
  const LONGEST = 36500;
  const DECAY = -W[20];
  const FACTOR = 0.9 ** (1 / DECAY) - 1;
  const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];

  const exp = (power) => Math.E ** power;
  const atLeast = (stability) => Math.max(stability, 0.001);
  const inRange = (difficulty) => Math.min(Math.max(difficulty, 1), 10);
  const firstDifficulty = (rating) => W[4] - exp(W[5] * (rating - 1)) + 1;

  /** Half goes to the even neighbour, as in Python. */
  const round = (number) => (number % 1 === 0.5 ? 2 * Math.round(number / 2) : Math.round(number));

  const interval = (stability) => Math.min(Math.max(round((stability / FACTOR) * (RETENTION ** (1 / DECAY) - 1)), 1), LONGEST);

  const sameDay = (stability, rating) => {
    const growth = exp(W[17] * (rating - 3 + W[18])) * stability ** -W[19];
    return stability * (rating === AGAIN ? growth : Math.max(growth, 1));
  };

  const forgotten = ({ stability, difficulty }, recall) => Math.min(
    W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * exp((1 - recall) * W[14]),
    stability / exp(W[17] * W[18]),
  );

  const recalled = ({ stability, difficulty }, recall, rating) => stability * (1 + exp(W[8]) * (11 - difficulty)
    * stability ** -W[9] * (exp((1 - recall) * W[10]) - 1) * (rating === HARD ? W[15] : 1) * (rating === EASY ? W[16] : 1));

  function nextStability(card, rating, days) {
    if (days < 1) return sameDay(card.stability, rating);
    const recall = (1 + (FACTOR * days) / card.stability) ** DECAY;
    return rating === AGAIN ? forgotten(card, recall) : recalled(card, recall, rating);
  }

  function nextDifficulty(difficulty, rating) {
    const damped = difficulty + ((10 - difficulty) * -(W[6] * (rating - 3))) / 9;
    return W[7] * firstDifficulty(EASY) + (1 - W[7]) * damped;
  }

  /** @returns {{stability: number, difficulty: number}} what a card, new where it is undefined, is after an answer */
  function rated(card, rating, day) {
    if (!card) return { stability: atLeast(W[rating - 1]), difficulty: inRange(firstDifficulty(rating)) };
    return {
      stability: atLeast(nextStability(card, rating, day - card.day)),
      difficulty: inRange(nextDifficulty(card.difficulty, rating)),
    };
  }

  // ---------------------------------------------------------------- rules

  const DAY = 86_400_000;
  const CONFIDENT_FIRST = [3, 2, 0, 1];
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const dayOf = (iso) => Date.parse(iso.slice(0, 10)) / DAY;
  const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

  function ratingOf({ quality, sure }) {
    if (quality === "unsound") return AGAIN;
    if (quality === "arguable" || sure === 1) return HARD;
    return sure === 3 ? EASY : GOOD;
  }

  /** @param {Answer[]} answers in the order in which they were given @returns {Card[]} one for each drill */
  function schedule(answers) {
    const cards = new Map();
    for (const one of answers) {
      const card = cards.get(one.drill);
      const day = dayOf(one.at);
      const now = rated(card, ratingOf(one), day);
      const lapses = (card?.lapses ?? 0) + (one.quality === "unsound");
      cards.set(one.drill, { drill: one.drill, due: isoOf(day + interval(now.stability)), last: one, lapses, ...now, day });
    }
    return [...cards.values()];
  }

  /** @returns {Answer[]} every answer to a drill of today's course, the earliest first */
  function answers(attempts) {
    const given = attempts.filter((one) => one.mode !== "workshop" && ["drills", "review", "assessment"].includes(kindOf(one.scenario)));
    const found = given.flatMap((one) => one.path.map((entry, n) => {
      const [drill, choice] = entry.split("/");
      const [quality] = own(own(ALL.drills, drill)?.choices ?? {}, choice) ?? [];
      return { drill, at: one.touched ?? one.begun, quality, sure: one.sure[n] ?? 0 };
    }));
    return found.filter((one) => one.quality && Date.parse(one.at)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  const missed = (card) => card.last.quality === "unsound";
  const urgency = (card) => (missed(card) ? CONFIDENT_FIRST.indexOf(card.last.sure) : CONFIDENT_FIRST.length);

  /** What is due on the day `today` or was before: misses first, confident ones leading, then by day. @returns {Card[]} */
  function due(attempts, today) {
    return schedule(answers(attempts)).filter((card) => card.due <= today)
      .sort((a, b) => urgency(a) - urgency(b) || compare(a.due, b.due) || compare(a.drill, b.drill));
  }

  /** @returns {string[]} up to `count` drills never answered: of lessons met so far, and not about to be met in one */
  function unseen(attempts, count) {
    const known = new Set(answers(attempts).map((one) => one.drill));
    const met = new Set([...known].map((id) => ALL.drills[id].lesson));
    const read = lessonsRead(attempts);
    ALL.lessons.filter((one) => read.has(one.read)).forEach((one) => met.add(one.number));
    const inLesson = new Set(Object.values(ALL.series).flatMap((one) => one.drills));
    const rank = (id) => 2 * !met.has(ALL.drills[id].lesson) + inLesson.has(id);
    const left = Object.keys(ALL.drills).filter((id) => !known.has(id) && !id.startsWith("before-"));
    return left.sort((a, b) => rank(a) - rank(b) || ALL.drills[a].lesson - ALL.drills[b].lesson).slice(0, count);
  }

  /** @returns {[string, number][]} the days on which something comes back, with how many; what is late comes today */
  function days(cards, today) {
    const counts = new Map();
    for (const { due } of cards) counts.set(due < today ? today : due, (counts.get(due < today ? today : due) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => compare(a, b));
  }

  // ---------------------------------------------------------------- the calendar (RFC 5545)

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  const compact = (iso) => iso.replace(/[-:]/g, "");

  /** A content line in pieces of at most 75 bytes, the later ones after a space; no character is cut. */
  function folded(line) {
    const bytes = new TextEncoder();
    const pieces = [""];
    for (const character of line) {
      const room = pieces.length > 1 ? 74 : 75;
      if (bytes.encode(pieces.at(-1) + character).length > room) pieces.push("");
      pieces[pieces.length - 1] += character;
    }
    return pieces.join("\r\n ");
  }

  const ALARM = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT9H", "DESCRIPTION:Come back to it", "END:VALARM"];

  /**
   * The dates as an iCalendar file: an all-day event a day. `owner` keeps the events of two learners apart, and those
   * of one learner the same when the file is made again. `address` is left out where it is empty.
   */
  function calendar(counts, { owner, now, address = "", remind = false }) {
    const events = counts.flatMap(([day, count]) => [
      "BEGIN:VEVENT",
      `UID:${owner}-${compact(day)}@needs-first.invalid`,
      `DTSTAMP:${compact(now.toISOString().slice(0, 19))}Z`,
      `DTSTART;VALUE=DATE:${compact(day)}`,
      `DTEND;VALUE=DATE:${compact(isoOf(dayOf(day) + 1))}`,
      `SUMMARY:${escaped(`Come back to it: ${plural(count, "question")}`)}`,
      `DESCRIPTION:${escaped("Needs First, spaced review. A few minutes are enough. A question comes back when you are about to forget it, and not before.")}`,
      ...(address ? [`URL:${address}`] : []),
      "TRANSP:TRANSPARENT",
      ...(remind ? ALARM : []),
      "END:VEVENT",
    ]);
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Needs First//Come back to it//EN", "CALSCALE:GREGORIAN", ...events, "END:VCALENDAR"];
    return lines.map((line) => `${folded(line)}\r\n`).join("");
  }

  // ---------------------------------------------------------------- the page

  const AT_ONCE = 10;
  const NEW = 5;
  const SHOWN = 7;

  function mount(box) {
    const { cut, play, button, heading, keeping, follow, today, longDay } = NeedsFirstSitting;
    const record = ofThisPage();
    const said = keeping(record);
    const place = box.querySelector(".casework");
    const panel = make("section", { class: "sitting-panel" });
    const dates = make("section", { class: "sitting-dates" });
    const drawn = follow({ record, place, panel, draw: () => offer() });

    function begin(ids) {
      panel.hidden = dates.hidden = true;
      const graph = cut(ids, { id: "review", title: plural(ids.length, "question") });
      const onward = (path) => path.length === ids.length && offer(true);
      play({ place, graph, mode: "review", record, tell: said.tell, onward });
    }

    /** What can be done now; `after` a sitting, the panel stands below what was played. */
    function offer(after = false) {
      const attempts = record.attempts();
      const cards = schedule(answers(attempts));
      const waiting = due(attempts, today());
      const next = days(cards, today()).find(([day]) => day > today());
      panel.replaceChildren(...(waiting.length ? ready(waiting, after) : rest(cards, next, unseen(attempts, NEW), after)));
      panel.hidden = false;
      said.tell(record.notice());
      showDates(cards);
      drawn();
    }

    function ready(waiting, after) {
      const ids = waiting.slice(0, AT_ONCE).map((card) => card.drill);
      const misses = waiting.filter(missed).length;
      const which = waiting.length === 1 ? "it" : misses === waiting.length ? "them all" : `${misses} of them`;
      const first = misses === waiting.length ? "" : `; ${misses === 1 ? "it comes" : "they come"} first`;
      const more = waiting.length > AT_ONCE ? " Ten at a sitting are plenty; you can go on after that." : "";
      const count = `${plural(waiting.length, "question is", "questions are")} ${after ? "still " : ""}due.`;
      return [
        heading(after ? "That was this sitting" : "Due today"),
        make("p", {}, `${count}${misses ? ` You missed ${which} last time${first}.` : ""}${after ? "" : more}`),
        make("p", {}, button(after ? `Go on with ${ids.length}` : `Begin with ${plural(ids.length, "question")}`, () => begin(ids))),
      ];
    }

    function rest(cards, next, untried, after) {
      const when = next ? `The next ${next[1] === 1 ? "question comes" : `${next[1]} questions come`} back on ${longDay(next[0])}.` : "";
      const count = untried.length === NEW ? "five new questions" : plural(untried.length, "new question");
      return [
        heading(after ? "That was all for today" : cards.length ? "Nothing is due today" : "Nothing to come back to yet"),
        make("p", {}, cards.length ? when : "Every question that you answer in a lesson comes back here when you are about to forget it."),
        untried.length
          ? make("p", {}, button(`Try ${count}`, () => begin(untried), `cw-button ${cards.length ? "cw-plain" : "cw-main"}`))
          : make("p", {}, "You have met every question of the course."),
      ];
    }

    function showDates(cards) {
      dates.hidden = !cards.length;
      const counts = days(cards, today());
      const more = counts.length - SHOWN;
      const remind = make("input", { type: "checkbox", id: fresh("remind") });
      const status = make("p", { role: "status", class: "small" });
      const save = () => {
        const owner = fnv(record.attempts()[0].id);
        const address = location.protocol.startsWith("http") ? location.href.split("#")[0] : "";
        download("come-back-to-it.ics", calendar(counts, { owner, address, now: new Date(), remind: remind.checked }), "text/calendar");
        status.textContent = "Saved as come-back-to-it.ics. Open it, and your calendar takes the dates. They change as you answer: save them again now and then.";
      };
      dates.replaceChildren(
        heading("When they come back"),
        make("ul", {}, counts.slice(0, SHOWN).map(([day, count]) => make("li", {}, `${day === today() ? "Today" : longDay(day)}: ${plural(count, "question")}`))),
        more > 0 ? make("p", {}, `And on ${plural(more, "later day")}, the last on ${longDay(counts.at(-1)[0])}.`) : "",
        make("p", { class: "sitting-tick" }, remind, make("label", { for: remind.id }, "Remind me at nine in the morning")),
        make("p", {}, button("Put the dates in my calendar", save, "cw-button cw-plain")),
        status);
    }

    box.replaceChildren(said.element, place, panel, dates);
    offer();
  }

  onPage(() => document.querySelectorAll(".casework-review").forEach(mount));

  return { schedule, answers, due, unseen, days, calendar };
})();
