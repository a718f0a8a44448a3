"""A cohort: its tables held against plain replays of the same records, and the report that is made of them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe import violations

from casework.cli import main
from casework.cohort import (
    Cohort,
    before_and_after,
    by_statement,
    confident_mistakes,
    draw_first_and_last,
    draw_misconceptions,
    first_and_last,
    gather,
    items,
    misconceptions,
    read_cohort,
    who_did_what,
    write_report,
)
from casework.cohort.page import page as report
from casework.cohort.page import write_csv
from casework.library import Library
from casework.record import Played, Record, replayed
from casework.record.course import course_of
from casework.simulate import simulate, write
from casework.walk import choose, start

COUNT = 60


@pytest.fixture(scope="module")
def records(library: Library) -> list[Record]:
    """Sixty synthetic records."""
    return list(simulate(COUNT, 5, library))


@pytest.fixture(scope="module")
def cohort(records: list[Record], library: Library) -> Cohort:
    """The cohort of the sixty."""
    return gather(records, names=True, library=library)


@pytest.fixture(scope="module")
def replays(records: list[Record], library: Library) -> dict[str, list[Played]]:
    """The same records, replayed one by one, by the learner's name."""
    return {record.learner: replayed(record, library) for record in records}


def decisions(replays: dict[str, list[Played]]) -> list[tuple[str, Played, Any]]:
    """Return learner, attempt and decision of every answer."""
    return [(name, played, one) for name, all in replays.items() for played in all for one in played.decisions]


def test_every_attempt_is_there(cohort: Cohort, replays: dict[str, list[Played]]):
    """Each learner has a row for each scenario tried, with as many attempts and endings as the replays have."""
    expected = Counter((name, one.title) for name, all in replays.items() for one in all)
    ended = Counter((name, one.title) for name, all in replays.items() for one in all if one.ended)

    table = who_did_what(cohort)
    keys = list(zip(table["learner"], table["what"], strict=True))
    assert dict(zip(keys, table["attempts"], strict=True)) == expected
    assert {key: n for key, n in zip(keys, table["ended"], strict=True) if n} == ended


def test_the_last_attempt_is_what_is_told(cohort: Cohort, replays: dict[str, list[Played]]):
    """Score and verdict in who-did-what are those of the learner's last attempt at it."""
    expected = {
        (name, one.title): (one.score[0] / one.score[1], one.verdict) for name, all in replays.items() for one in all
    }

    table = who_did_what(cohort)
    for row in table.itertuples():
        score, verdict = expected[row.learner, row.what]
        assert row.score == pytest.approx(score)
        assert verdict is None or row.verdict == verdict


def test_statements_are_counted_as_replays_count_them(cohort: Cohort, replays: dict[str, list[Played]]):
    """Answers, qualities and score of each statement are those of all decisions that teach it."""
    counts = Counter((s, one.quality) for _, _, one in decisions(replays) for s in one.teaches)

    for row in by_statement(cohort).itertuples():
        found = [counts[row.statement, quality] for quality in ("sound", "arguable", "unsound")]
        assert [row.sound, row.arguable, row.unsound] == found
        assert row.answers == 0 or row.score == pytest.approx((2 * found[0] + found[1]) / 2 / sum(found))


def offers(replays: dict[str, list[Played]], library: Library) -> Counter:
    """Return how often each misconception was on offer in each case: counted at the place where it was decided."""
    course, found = course_of(library), Counter()
    for _, played, one in decisions(replays):
        if played.kind == "scenario":
            continue
        options = library.drills[one.node].choices
        found.update((belief, "Drills") for belief in {o.misconception for o in options} - {None})
    for played in (one for all in replays.values() for one in all if one.kind == "scenario"):
        graph = course.graph(played.attempt.scenario)
        position = start(graph)
        for one in played.decisions:
            edges = graph.places[position.place].edges
            met = {graph.choice(position.place, id)["misconception"] for id in edges} - {None}
            found.update((belief, graph.id) for belief in met)
            position = choose(graph, position, one.choice)
    return found


def test_misconceptions_are_out_of_those_who_met_them(
    cohort: Cohort, replays: dict[str, list[Played]], library: Library
):
    """Offered counts the answers at which acting on a belief was possible; chosen and learners those who did."""

    def source(played: Played) -> str:
        return played.attempt.scenario if played.kind == "scenario" else "Drills"

    wrong = [(one.misconception, source(p), name) for name, p, one in decisions(replays) if one.misconception]
    chosen = Counter((belief, where) for belief, where, _ in wrong)
    learners = Counter((belief, where) for belief, where, _ in set(wrong))

    table = misconceptions(cohort)
    keys = list(zip(table["misconception"], table["source"], strict=True))
    assert dict(zip(keys, table["offered"], strict=True)) == offers(replays, library)
    assert {key: n for key, n in zip(keys, table["chosen"], strict=True) if n} == chosen
    assert {key: n for key, n in zip(keys, table["learners"], strict=True) if n} == learners


def test_confident_mistakes_are_those_who_were_certain(cohort: Cohort, replays: dict[str, list[Played]]):
    """Every unsound choice made with certainty is counted once, against all who said how sure they were."""
    certain = [one for _, _, one in decisions(replays) if one.sure == 3 and one.quality == "unsound"]
    table = confident_mistakes(cohort)

    assert table["times"].sum() == len(certain) > 0
    assert (table["learners"] <= table["times"]).all() and (table["times"] <= table["asked"]).all()
    assert table["learners"].is_monotonic_decreasing
    asked = Counter(one.node for _, played, one in decisions(replays) if one.sure and played.kind == "drills")
    drill = next(
        d for d in cohort.library.drills.values() if d.title == table["where"][0] and d.ask == table["ask"][0]
    )
    assert table["asked"][0] == asked[drill.id]


def test_first_and_last_are_of_those_who_ended_twice(cohort: Cohort, replays: dict[str, list[Played]]):
    """The table has each learner and case with two endings or more, and the scores of the first and the last."""
    expected = {}
    for name, all in replays.items():
        for title in {one.title for one in all if one.kind == "scenario"}:
            scores = [one.score[0] / one.score[1] for one in all if one.title == title and one.ended]
            if len(scores) > 1:
                expected[name, title] = (len(scores), scores[0], scores[-1])

    table = first_and_last(cohort).set_index(["learner", "what"])
    assert set(table.index) == set(expected)
    for key, found in expected.items():
        assert table.loc[key, ["attempts", "first", "last"]].to_list() == pytest.approx(list(found))


def test_before_and_after_are_first_answers(cohort: Cohort, replays: dict[str, list[Played]], library: Library):
    """Before is the mean of the drills that open a lesson, after that of its other drills: first answers only."""
    lessons = {drill.id: file.lesson for file, _ in library.drill_files for drill in file.drills}
    first = {}
    for name, played, one in decisions(replays):
        if played.kind == "drills":
            first.setdefault((name, one.node), one.points / 2)
    expected: dict[Any, list[float]] = {}
    for (name, drill), points in first.items():
        expected.setdefault((name, lessons[drill], drill.startswith("before-")), []).append(points)

    table = before_and_after(cohort)
    assert len(table) == sum((name, lesson, False) in expected for name, lesson, before in expected if before)
    for row in table.itertuples():
        assert row.before == pytest.approx(np.mean(expected[row.learner, row.lesson, True]))
        assert row.after == pytest.approx(np.mean(expected[row.learner, row.lesson, False]))


def test_items_are_correlated_with_the_rest(cohort: Cohort, replays: dict[str, list[Played]]):
    """The correlation of an item is that of its points with the mean of the same learner's other first answers."""
    first: dict[str, dict[str, int]] = {}
    for name, played, one in decisions(replays):
        item = f"{played.attempt.scenario}/{one.node}" if played.kind == "scenario" else one.node
        first.setdefault(name, {}).setdefault(item, one.points)

    table = items(cohort).dropna(subset=["correlation"])
    assert len(table) > 5
    for row in table.itertuples():
        pairs = [
            (mine[row.item], np.mean([p for item, p in mine.items() if item != row.item]))
            for mine in first.values()
            if row.item in mine
        ]
        assert row.n == len(pairs)
        assert row.correlation == pytest.approx(np.corrcoef(np.array(pairs).T)[0, 1])


def test_nothing_is_said_of_few(records: list[Record], library: Library):
    """Below the floor of learners no correlation is given and nothing is said, however it looks."""
    table = items(gather(records[:24], library=library))

    assert table["correlation"].isna().all()
    assert set(table["says"]) == {""}


def test_a_question_that_tells_nothing_is_named(cohort: Cohort):
    """An item says that it tells little exactly where its correlation is below a tenth."""
    table = items(cohort)

    assert ((table["says"] != "") == (table["correlation"] < 0.1)).all()


# Odd records


def one_more(record: Record, **changed: Any) -> Record:
    """Return *record* with its first attempt *changed*."""
    first, *others = record.plain()["attempts"]
    return Record.model_validate(record.plain() | {"attempts": [first | changed, *others]})


def test_an_older_edition_is_counted_and_not_scored(records: list[Record], library: Library):
    """An attempt at another edition is an attempt, marked old, and none of its answers counts."""
    old = gather([one_more(records[0], hash="00ff")], library=library)
    whole = gather([records[0]], library=library)

    assert len(old.attempts) == len(whole.attempts)
    assert who_did_what(old)["old"].sum() == 1
    assert len(whole.answers) - len(old.answers) == len(records[0].attempts[0].path)


def test_a_room_is_nobodys_answer(records: list[Record], library: Library):
    """The answers of a workshop are left out; that it took place is told."""
    room = gather([one_more(records[0], mode="workshop")], library=library)
    whole = gather([records[0]], library=library)

    assert len(whole.answers) - len(room.answers) == len(records[0].attempts[0].path)
    assert who_did_what(room)["attempts"].sum() == who_did_what(whole)["attempts"].sum()


@pytest.mark.parametrize(("count", "ended"), [(19, 0), (20, 1)])
def test_an_assessment_ends_at_twenty(count: int, ended: int, records: list[Record], library: Library):
    """A final assessment is ended once twenty drills are answered, and its answers are no lesson's."""
    path = [f"{drill.id}/{drill.choices[0].id}" for drill in list(library.drills.values())[:count]]
    changed = {"scenario": "assessment-k7", "mode": "assessment", "path": path, "sure": [0] * count}
    one = one_more(Record(format=1, attempts=records[0].attempts[:1]), **changed)

    cohort = gather([one], library=library)
    assert who_did_what(cohort)[["what", "ended"]].values.tolist() == [["Final assessment", ended]]
    assert len(before_and_after(cohort)) == 0


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_record_makes_empty_tables(count: int, library: Library, tmp_path: Path):
    """Nobody, or somebody who has done nothing, is a report without a row, not a traceback."""
    nobody = gather([Record(format=1, attempts=())] * count, library=library)

    assert len(write_report(nobody, tmp_path)) == 8
    assert len(nobody) == count and len(misconceptions(nobody)) == 0


# Files


@pytest.fixture
def files(records: list[Record], tmp_path: Path) -> list[Path]:
    """Twelve record files."""
    return write(iter(records[:12]), tmp_path / "records")


def test_bad_files_are_listed_and_the_rest_is_read(files: list[Path], tmp_path: Path, capsys: Any):
    """The report is written from the good files; the bad are named with their reason, and the status is 1."""
    files[3].write_text("{", encoding="utf-8")
    files[5].write_text('{"format": 2, "attempts": []}', encoding="utf-8")

    assert main(["cohort", *map(str, files), "-o", str(tmp_path / "report")]) == 1
    told = capsys.readouterr()
    assert "10 of 12 files read, 2 skipped" in told.out
    assert f"{files[3]}:1: the file ends in the middle" in told.err and files[5].name in told.err
    assert "Files that could not be read: 2" in (tmp_path / "report" / "cohort.html").read_text("utf-8")


def test_a_folder_of_good_files_is_status_0(files: list[Path], tmp_path: Path, capsys: Any):
    """`cohort` takes a folder; where every file was read the status is 0 and page and tables are there."""
    assert main(["cohort", str(files[0].parent), "-o", str(tmp_path / "report")]) == 0
    assert "12 of 12 files read." in capsys.readouterr().out
    assert len(list((tmp_path / "report").glob("*.csv"))) == 7


def test_an_empty_folder_is_told(tmp_path: Path, capsys: Any):
    """A folder without a record is a clear error."""
    assert main(["cohort", str(tmp_path), "-o", str(tmp_path / "report")]) == 1
    assert "no record file" in capsys.readouterr().err


def test_one_learners_two_files_are_one_learner(records: list[Record], tmp_path: Path, library: Library):
    """A record saved in October and again in December counts once, with all that is in either."""
    early = records[0].model_copy(update={"attempts": records[0].attempts[:4]})
    paths = write(iter([early, records[0], early]), tmp_path)

    both, whole = read_cohort(paths, library=library), gather([records[0]], library=library)
    assert len(both) == 1
    assert who_did_what(both).equals(who_did_what(whole)) and len(both.answers) == len(whole.answers)


def test_without_names_nobody_is_named(files: list[Path], library: Library):
    """By default learners are numbered, the same in whatever order the files come, and no name is on the page."""
    forth, back = read_cohort(files, library=library), read_cohort(files[::-1], library=library)

    assert forth.learners == [f"Learner {n}" for n in range(1, 13)]
    assert who_did_what(forth).equals(who_did_what(back))
    assert "synthetic" not in report(forth)
    assert set(read_cohort(files, names=True, library=library).learners) == {f"synthetic {n}" for n in range(1, 13)}


def test_two_of_one_name_stay_two(records: list[Record], library: Library):
    """Where two learners typed the same name they bear a number."""
    twins = [one.model_copy(update={"learner": "Ann"}) for one in records[:2]]

    assert gather(twins, names=True, library=library).learners == ["Ann", "Ann (2)"]


def test_long_work_says_how_far_it_is(library: Library, tmp_path: Path, capsys: Any):
    """Where nobody watches, every five hundred files a line goes to the error stream."""
    paths = [tmp_path / f"{n}.json" for n in range(1_000)]
    for n, path in enumerate(paths):
        path.write_text(json.dumps({"format": 1, "learner": f"n{n}", "attempts": []}), encoding="utf-8")

    assert main(["cohort", *map(str, paths), "-o", str(tmp_path / "report")]) == 0
    assert capsys.readouterr().err.splitlines() == ["500 of 1,000 files", "1,000 of 1,000 files"]


# The report

HOSTILE = "=HYPERLINK(\"https://evil.example\")<script>alert('x')</script>"


def test_a_name_stays_text(records: list[Record], library: Library):
    """Markup in a name is shown as text on the page, and a spreadsheet does not take it for a formula."""
    few, written = (
        gather([records[0].model_copy(update={"learner": HOSTILE})], names=True, library=library),
        StringIO(),
    )
    write_csv(who_did_what(few), written)

    assert "<script" not in report(few) and "&lt;script&gt;" in report(few)
    cells = {row[0] for row in csv.reader(written.getvalue().splitlines()[1:])}
    assert cells == {f"'{HOSTILE}"}


def test_the_page_asks_nobody_for_anything(cohort: Cohort):
    """The page holds no script, link, image or import: it stands alone."""
    assert (
        re.findall(r"<(?:script|link|img|iframe|object)|@import|url\((?!#)|(?:src|href)=\"(?!#)", report(cohort))
        == []
    )


def test_the_csv_holds_what_the_table_holds(cohort: Cohort, tmp_path: Path):
    """A CSV file has the table's columns and as many rows, and opens in a spreadsheet as UTF-8."""
    write_report(cohort, tmp_path)
    raw = (tmp_path / "misconceptions.csv").read_bytes()
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(misconceptions(cohort))
    assert [int(row["chosen"]) for row in rows] == misconceptions(cohort)["chosen"].to_list()


def test_the_figure_says_its_numbers(cohort: Cohort):
    """The figure of misconceptions writes the per cent into its cells, and its alternative the counts."""
    table = misconceptions(cohort)
    drawn = draw_misconceptions(table)
    best = table.groupby("misconception")[["chosen", "offered"]].sum().sort_values("chosen").iloc[-1]
    cell = table.query("offered >= 5 and misconception == @best.name").iloc[0]

    assert f"{best.chosen} of {best.offered}" in drawn.alternative
    assert f"{100 * cell['share']:.0f}" in [text.get_text() for text in drawn.figure.axes[0].texts]
    assert len(drawn.values) == len(table)


def test_a_cell_of_few_answers_is_a_dot(records: list[Record], library: Library):
    """Where fewer than five met a belief the figure gives no per cent."""
    drawn = draw_misconceptions(misconceptions(gather(records[:2], library=library)))
    said = {text.get_text() for text in drawn.figure.axes[0].texts}

    assert "·" in said and "50" not in said and "100" not in said


def test_first_and_last_are_drawn_where_they_are(cohort: Cohort):
    """The figure writes both means beside each case."""
    table = first_and_last(cohort)
    means = 100 * table.groupby("what")[["first", "last"]].mean()
    said = [text.get_text() for text in draw_first_and_last(table).figure.axes[0].texts]

    assert all(f"{one.first:.0f} → {one.last:.0f}" in said for one in means.itertuples())


@pytest.mark.browser
def test_the_report_is_accessible(records: list[Record], library: Library, tmp_path: Path, profile: Any):
    """The page breaks no rule of WCAG 2.2 A or AA, light and wide, dark and narrow, nor scrolls sideways."""
    write_report(gather(records[:3], library=library), tmp_path)
    page, found = profile().new_page(), {}
    page.goto((tmp_path / "cohort.html").as_uri())
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    for scheme, width in (("light", 1280), ("dark", 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found[scheme, width] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert {name: broken for name, broken in found.items() if broken} == {}
