/**
 * What the hands of a room say: who chose what, where the room was split, where two groups parted. No DOM.
 *
 * base.js, record.js and player.js stand before it.
 *
 * @typedef {{id: string, letter: string, text: string, quality: string, misconception: string | null, hands: number}} Counted
 * @typedef {{number: number, id: string, title: string, ask: string, options: Counted[], total: number, top: string[],
 *            room: string | null, taken: string, share: number, words: string}} Vote
 */
const NeedsFirstTally = (() => {
  "use strict";

  const { plural } = NeedsFirst;
  const { steps, pathFits } = Casework;

  const letter = (n) => String.fromCharCode(65 + n);
  const sum = (hands) => Object.values(hands ?? {}).reduce((all, one) => all + one, 0);

  /** @returns {string[]} the choices with the most hands: several where they tie, none where nobody voted */
  function leaders(offered, hands) {
    const most = Math.max(0, ...offered.map((id) => hands?.[id] ?? 0));
    return most ? offered.filter((id) => hands[id] === most) : [];
  }

  /** How far the room agreed, in words. `share` is that of the largest choice, from 0 to 1. */
  function mood(share, tied) {
    if (!share) return "no hands were counted";
    if (share === 1) return "all of one mind";
    if (tied) return "evenly split";
    if (share >= 0.75) return "nearly of one mind";
    return share > 0.5 ? "divided, with a majority for one choice" : "split, without a majority";
  }

  /** Whether there is more to talk about than why all agree. */
  const divided = (offered, hands) => {
    const most = leaders(offered, hands);
    return most.length > 1 || (most.length === 1 && hands[most[0]] / sum(hands) < 0.75);
  };

  /** @returns {Vote[]} the decisions of a workshop's attempt, in order */
  function votes(graph, attempt) {
    return steps(graph, attempt.path).map((step, n) => {
      const hands = attempt.hands?.[n] ?? {};
      const top = leaders(step.offered, hands);
      const total = step.offered.reduce((all, id) => all + (hands[id] ?? 0), 0);
      const share = total ? (hands[top[0]] ?? 0) / total : 0;
      const options = step.offered.map((id, m) => {
        const { text, quality, misconception } = step.node.choices[id];
        return { id, letter: letter(m), text, quality, misconception, hands: hands[id] ?? 0 };
      });
      // Where choices tie, the facilitator's word is the room's.
      const room = top.length > 1 ? top.find((id) => id === step.id) ?? null : top[0] ?? null;
      return {
        number: n + 1, id: graph.places[step.before.place].node, title: step.node.title, ask: step.node.ask,
        options, total, top, room, taken: step.id, share, words: mood(share, top.length > 1),
      };
    });
  }

  const named = (vote, id) => vote.options.find((one) => one.id === id);

  /** @returns {{id: string, hands: number, where: number[]}[]} misconceptions that got hands, most hands first */
  function shown(all) {
    const found = new Map();
    for (const vote of all) {
      for (const one of vote.options.filter((two) => two.misconception && two.hands)) {
        const was = found.get(one.misconception) ?? { id: one.misconception, hands: 0, where: [] };
        was.hands += one.hands;
        if (!was.where.includes(vote.number)) was.where.push(vote.number);
        found.set(one.misconception, was);
      }
    }
    return [...found.values()].sort((a, b) => b.hands - a.hands);
  }

  /**
   * Lay two roads side by side: the decisions that both met beside each other, in the order of the roads.
   * @returns {{a: Vote | null, b: Vote | null, same: boolean}[]}
   */
  function alongside(first, second) {
    const longest = first.map(() => second.map(() => 0));
    const at = (n, m) => longest[n]?.[m] ?? 0;
    for (let n = first.length - 1; n >= 0; n -= 1) {
      for (let m = second.length - 1; m >= 0; m -= 1) {
        longest[n][m] = first[n].id === second[m].id ? 1 + at(n + 1, m + 1) : Math.max(at(n + 1, m), at(n, m + 1));
      }
    }
    const rows = [];
    let [n, m] = [0, 0];
    while (n < first.length || m < second.length) {
      const [a, b] = [first[n] ?? null, second[m] ?? null];
      if (a && b && a.id === b.id) rows.push({ a, b, same: a.taken === b.taken });
      else if (a && (!b || at(n + 1, m) >= at(n, m + 1))) rows.push({ a, b: null, same: false });
      else rows.push({ a: null, b, same: false });
      n += rows.at(-1).a ? 1 : 0;
      m += rows.at(-1).b ? 1 : 0;
    }
    return rows;
  }

  // ---------------------------------------------------------------- a table for a spreadsheet

  const HEAD = [
    "case", "group", "begun", "number", "decision", "question", "letter", "choice", "quality", "hands",
    "chosen by the room", "road taken",
  ];

  /** A cell that no spreadsheet takes for a formula. */
  function cell(value) {
    const text = String(value).replace(/^(?=[=+\-@\t\r])/, "'");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /** @returns {string} one line a choice, as CSV that a spreadsheet opens by a double click */
  function csv(graph, attempt) {
    const yes = (one) => (one ? "yes" : "no");
    const rows = votes(graph, attempt).flatMap((vote) => vote.options.map((one) => [
      graph.title, attempt.group ?? "", attempt.begun, vote.number, vote.title, vote.ask, one.letter, one.text,
      one.quality, one.hands, yes(one.id === vote.room), yes(one.id === vote.taken),
    ]));
    return `\ufeff${[HEAD, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
  }

  const hands = (count) => plural(count, "hand");
  /** Whether an attempt is a workshop's, at this edition of its case. */
  const fits = (graph, attempt) => attempt.mode === "workshop" && attempt.hash === graph.hash && pathFits(graph, attempt.path);

  return { letter, sum, leaders, mood, divided, votes, named, shown, alongside, csv, hands, fits };
})();
