/**
 * What a room looks back on: its own road with its hands, and two groups' roads side by side.
 *
 * base.js, record.js, catalogue.js, course.js, player.js and tally.js stand before it.
 */
const NeedsFirstRoom = (() => {
  "use strict";

  const { make, plural, printAlone, download } = NeedsFirst;
  const { href } = NeedsFirstCourse;
  const { variation, ledger, steps, replay } = Casework;
  const { votes, named, shown, alongside, csv, hands } = NeedsFirstTally;

  const SIGN = { sound: "●", arguable: "◐", unsound: "○" };
  const day = (one) => new Date(one).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const button = (text, onclick, name = "cw-button") => make("button", { type: "button", class: name, onclick }, text);
  const section = (title, ...parts) => make("section", {}, make("h3", {}, title), parts);
  const percent = (share) => `${Math.round(100 * share)}%`;

  /** What a group is called in a sentence. */
  const nameOf = (attempt) => attempt.group ?? `the group of ${day(attempt.begun)}`;
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const list = (all) => new Intl.ListFormat("en-GB").format(all);

  function table(caption, head, rows) {
    return make("div", { class: "cw-table", tabindex: "0", role: "region", "aria-label": caption },
      make("table", {}, make("caption", {}, caption),
        make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
        make("tbody", {}, rows.map(([first, ...rest]) =>
          make("tr", {}, make("th", { scope: "row" }, first), rest.map((cell) => make("td", {}, cell)))))));
  }

  // ---------------------------------------------------------------- the debrief of a room

  function split(all) {
    const counted = all.filter((vote) => vote.total).sort((a, b) => a.share - b.share);
    if (!counted.length) return section("Where the room was split", make("p", {}, "No hands were counted on this road."));
    const items = counted.map((vote) => make("li", {},
      make("strong", {}, `${vote.number}. ${vote.title}`), `: ${vote.words}. `,
      vote.top.length > 1
        ? `${list(vote.top.map((id) => named(vote, id).letter))} had ${hands(named(vote, vote.top[0]).hands)} each, of ${vote.total}.`
        : `The largest choice, ${named(vote, vote.top[0]).letter}, had ${named(vote, vote.top[0]).hands} of ${hands(vote.total)} (${percent(vote.share)}).`));
    return section("Where the room was split", make("p", {}, "The least agreed comes first."), make("ul", { class: "workshop-split" }, items));
  }

  function misconceptions(graph, all) {
    const found = shown(all);
    if (!found.length) return section("What people believe", make("p", {}, "No misconception got a hand on this road."));
    const items = found.map((one) => make("li", {},
      make("a", { href: href(`book/misconceptions/${one.id}.html`) }, graph.misconceptions[one.id].name),
      `: ${hands(one.hands)}, at decision ${list(one.where.map(String))}. `, make("q", {}, graph.misconceptions[one.id].said.replace(/^“|”$/g, ""))));
    return section("What people believe", make("p", {}, "Hands on mistaken choices, by the belief behind them."), make("ul", {}, items));
  }

  const chosen = (vote, graph) => {
    const one = named(vote, vote.taken);
    const how = !vote.total ? "no hands were counted" : vote.taken === vote.room ? "the room’s choice" : "not the room’s choice: the facilitator took this road";
    return [make("strong", {}, `${one.letter}. `), one.text, make("br"),
      make("span", { class: "workshop-note" }, `${SIGN[one.quality]} ${graph.words.quality[one.quality]} · ${how}`)];
  };

  const tally = (vote) => make("ul", { class: "workshop-tally" }, vote.options.map((one) =>
    make("li", {}, `${one.letter}: ${one.hands}`, one.id === vote.room ? make("span", {}, " (the room)") : null)));

  function decisions(graph, all) {
    return section("Decision by decision", table("The room’s decisions, with hands", ["Decision", "Hands", "The road"],
      all.map((vote) => [`${vote.number}. ${vote.title}`, tally(vote), chosen(vote, graph)])));
  }

  function save(graph, attempt) {
    const stem = `needs-first-workshop-${graph.id}`;
    return make("p", { class: "cw-actions" },
      button("Save as a record file", () => saveRecord([attempt], `${stem}.json`)),
      button("Save the tally as a table (CSV)", () => download(`${stem}.csv`, csv(graph, attempt), "text/csv")),
      button("Print", (event) => printAlone(event.target.closest(".workshop-debrief"))));
  }

  const saveRecord = (attempts, name = "needs-first-workshops.json") =>
    download(name, JSON.stringify({ format: 1, attempts }, null, 1), "application/json");

  /** The whole of what a room looks back on, without its heading. */
  function debrief(graph, attempt) {
    const all = votes(graph, attempt);
    const here = replay(graph, attempt.path);
    const most = Math.max(0, ...all.map((vote) => vote.total));
    return make("div", { class: "workshop-debrief cw-debrief" },
      make("p", { class: "workshop-paper" }, make("strong", {}, `${graph.title}: the room’s road`)),
      make("p", { class: "cw-totals" }, [capital(nameOf(attempt)), attempt.group ? day(attempt.begun) : "", plural(all.length, "decision"),
        most ? `up to ${hands(most)}` : "", here.weeks ? `${plural(here.weeks, "week")} gone by` : ""].filter(Boolean).join(" · ")),
      save(graph, attempt),
      split(all), misconceptions(graph, all), decisions(graph, all),
      ledger(graph, steps(graph, attempt.path), here),
      graph.reflect.length ? section("Questions to take with you", make("ul", {}, graph.reflect.map((text) => make("li", {}, text)))) : null,
      graph.variations.map((card) => variation(graph, card)));
  }

  // ---------------------------------------------------------------- two groups

  /** Where two roads parted, in a sentence or two. */
  function parting(rows, first, second) {
    const parted = rows.findIndex((row) => !row.same);
    if (parted < 0) return `Both groups took the same road, through ${plural(rows.length, "decision")}.`;
    const { a, b } = rows[parted];
    const before = parted ? `Both groups took the same road for ${plural(parted, "decision")}. ` : "The groups parted at once. ";
    if (!a || !b) return `${before}Then ${nameOf(a ? second : first)} stopped there; ${nameOf(a ? first : second)} went on.`;
    const took = (vote, attempt) => `${nameOf(attempt)} took ${named(vote, vote.taken).letter} (“${named(vote, vote.taken).text}”)`;
    const again = rows.slice(parted + 1).find((row) => row.a && row.b);
    return `${before}At “${a.title}” they parted: ${took(a, first)}; ${took(b, second)}. ${again ? `They met again at “${again.a.title}”.` : ""}`.trim();
  }

  function beside(row, first, second) {
    if (!row.a || !row.b) return `Only ${nameOf(row.a ? first : second)} came here`;
    if (row.same) return "The same choice";
    return "Different choices";
  }

  const side = (vote, graph) => (vote ? [...chosen(vote, graph), make("br"), make("span", { class: "workshop-note" },
    vote.total ? `Hands: ${vote.options.map((one) => `${one.letter} ${one.hands}`).join(", ")}` : "")] : ["Did not come here"]);

  /** Two attempts at one case, decision by decision. */
  function comparison(graph, first, second) {
    const rows = alongside(votes(graph, first), votes(graph, second));
    const parted = rows.findIndex((row) => !row.same);
    const ending = (attempt) => {
      const node = graph.nodes[graph.places[replay(graph, attempt.path).place].node];
      return `${capital(nameOf(attempt))}: ${node.verdict ? `${graph.words.verdict[node.verdict].toLowerCase()}.` : "not finished."}`;
    };
    return make("div", { class: "workshop-debrief workshop-compared" },
      make("p", { class: "workshop-paper" }, make("strong", {}, `${graph.title}: two groups`)),
      make("p", { class: "lead" }, parting(rows, first, second)),
      make("ul", {}, [first, second].map((one) => make("li", {}, ending(one)))),
      table("Two roads, decision by decision", ["Decision", capital(nameOf(first)), capital(nameOf(second)), "Together or apart"],
        rows.map((row, n) => [(row.a ?? row.b).title, side(row.a, graph), side(row.b, graph),
          n === parted && row.a && row.b ? "Here they parted" : beside(row, first, second)])),
      make("p", { class: "cw-actions" }, button("Print", (event) => printAlone(event.target.closest(".workshop-debrief")))));
  }

  return { debrief, comparison, parting, saveRecord, nameOf, capital, day, button };
})();
