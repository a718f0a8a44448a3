"""The final assessment in Python: what a paper asks, and what an attempt at it is worth."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from casework.assessment import RED_LINES, draw, result
from casework.errors import CaseworkError
from casework.library import Library
from casework.record import Attempt

SEEDS = [f"{Random(n).getrandbits(20):04x}"[:4] for n in range(60)]


def taken(library: Library, quality: dict[str, str] | str, seed: str = "ab12", count: int = 20) -> Attempt:
    """Return an attempt at the paper *seed*, its first *count* questions answered with *quality*, of all or by id."""
    path = []
    for id in draw(library, seed)[:count]:
        wanted = quality if isinstance(quality, str) else quality.get(id, "sound")
        path.append(f"{id}/{next(one.id for one in library.drills[id].choices if one.quality == wanted)}")
    return Attempt(
        id="a", scenario=f"assessment-{seed}", hash="00000000", mode="assessment", begun="2026-11-24T09:00:00.000Z",
        path=tuple(path), sure=(2,) * len(path),
    )  # fmt: skip


def spoilt(library: Library, count: int, red: bool, seed: str = "ab12") -> Attempt:
    """Return an attempt with *count* unsound answers, on red lines only or on none; the others are sound."""
    having = [
        id
        for id in draw(library, seed)
        if bool(library.drills[id].red_line) == red
        and any(one.quality == "unsound" for one in library.drills[id].choices)
    ]
    assert len(having) >= count
    return taken(library, dict.fromkeys(having[:count], "unsound"), seed)


def lesson_of(library: Library) -> dict[str, int]:
    """Return the lesson of each drill."""
    return {drill.id: file.lesson for file, _ in library.drill_files for drill in file.drills}


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_a_paper_is_fair(seed: str, library: Library):
    """Twenty different drills, none of those asked before a lesson, and of any two lessons about as many."""
    paper = draw(library, seed)
    lessons = lesson_of(library)
    count = Counter(lessons[id] for id in paper)

    assert len(set(paper)) == len(paper) == 20
    assert not any(id.startswith("before-") for id in paper)
    assert max(count.values()) - min(count[number] for number in set(lessons.values())) <= len(RED_LINES)


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_a_paper_asks_every_red_line_that_the_course_has(seed: str, library: Library):
    """Each red line with a drill is in each paper."""
    having = {one.red_line for id, one in library.drills.items() if not id.startswith("before-")} - {None}

    assert having <= {library.drills[id].red_line for id in draw(library, seed)}


def test_a_seed_is_a_paper(library: Library):
    """The same seed gives the same paper, however it is typed; other seeds give others."""
    assert draw(library, "AB12") == draw(library, "ab12")
    assert len({draw(library, seed) for seed in SEEDS}) > len(SEEDS) * 0.9


def test_a_red_line_is_not_known_by_its_place(library: Library):
    """Over many papers, drills of red lines stand in the first four places no oftener than chance allows."""
    places = [n for seed in SEEDS for n, id in enumerate(draw(library, seed)) if library.drills[id].red_line]

    assert sum(place < 4 for place in places) < 0.45 * len(places)


def test_too_few_drills_are_said(shelf: Path):
    """A course with fewer than 20 drills draws no paper and says how many it has."""
    for file in sorted((shelf / "drills").glob("*.yaml"))[1:]:
        file.unlink()

    with pytest.raises(CaseworkError, match="asks 20 drills; the course has 10 to draw from"):
        draw(Library(shelf), "ab12")


def test_everything_sound_is_a_pass(library: Library):
    """Forty points of forty, no red line, no belief."""
    found = result(taken(library, "sound"), library)

    assert (found.points, found.most, found.passed) == (40, 40, True)
    assert (found.red_lines_wrong, found.beliefs) == ((), ())


@pytest.mark.parametrize(("count", "points", "passed"), [(4, 32, True), (5, 30, False)])
def test_eighty_per_cent_is_enough(count: int, points: int, passed: bool, library: Library):
    """32 of 40 points pass where no red line was crossed, and fewer do not."""
    found = result(spoilt(library, count, red=False), library)

    assert (found.points, found.passed) == (points, passed)


def test_a_red_line_outweighs_the_points(library: Library):
    """One red line answered unsoundly, and 38 points are no pass; the line is named."""
    found = result(spoilt(library, 1, red=True), library)

    assert (found.points, found.passed) == (38, False)
    assert len(found.red_lines_wrong) == 1 and found.red_lines_wrong[0] in RED_LINES


def test_an_unfinished_paper_is_no_pass(library: Library):
    """Nineteen sound answers are 38 points, and not yet a result."""
    found = result(taken(library, "sound", count=19), library)

    assert (found.points, found.ended, found.passed) == (38, False, False)


def test_points_are_counted_by_lesson_and_statement(library: Library):
    """Each answer counts for its lesson once, and for every statement that its drill teaches."""
    attempt = taken(library, "sound")
    found = result(attempt, library)
    teaches = Counter(id for drill in draw(library, "ab12") for id in library.drills[drill].teaches)

    assert sum(most for _, most in found.by_lesson.values()) == 40
    assert {id: most for id, (_, most) in found.by_statement.items()} == {id: 2 * n for id, n in teaches.items()}


def test_the_beliefs_that_showed_are_named_once(library: Library):
    """A misconception is named once, however often it showed."""
    attempt = spoilt(library, 6, red=False)
    shown = []
    for entry in attempt.path:
        id, _, choice = entry.partition("/")
        shown += [one.misconception for one in library.drills[id].choices if one.id == choice and one.misconception]

    assert result(attempt, library).beliefs == tuple(dict.fromkeys(shown))


def test_a_paper_that_has_changed_cannot_be_marked(library: Library):
    """An answer that the course no longer knows is a clear error and no lost point."""
    attempt = taken(library, "sound")
    changed = attempt.model_copy(update={"path": (*attempt.path[:-1], "gone/gone")})

    with pytest.raises(CaseworkError, match="cannot be marked any more"):
        result(changed, library)
