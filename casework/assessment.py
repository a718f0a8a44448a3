"""The final assessment: which drills a paper asks, and what an attempt at it is worth. `assessment.js` does the same.

A paper is drawn from its seed alone, so that a supervisor can set the same one again. The rule, for whoever writes it
elsewhere:

- A drill's **rank** is `fnv1a` (`casework.record.merging`) of `seed/id`, the seed in lower case; the lowest is best,
  and of two with one rank the lesser id. Drills whose id begins with `before-` are never drawn.
- First the best drill of each red line that has one; then, again and again, the best drill not yet taken of the
  lesson that has fewest so far (of two, the lower number; one that has no more is passed over), until there are 20.
- The questions are asked in the order of their ranks, so that nobody can tell a red line by its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from casework.errors import CaseworkError
from casework.library import Library
from casework.record import Attempt
from casework.record.course import course_of
from casework.record.merging import fnv1a
from casework.record.played import ASSESSED, Decision, replay_attempt
from casework.scenario import Drill

RED_LINES = ("six-thousand", "may-and-is", "who-may-ask", "safeguarding")
PER_CENT = 80
MOST = 2 * ASSESSED
Points = tuple[int, int]
T = TypeVar("T", int, str)


@dataclass(frozen=True)
class Result:
    """What an attempt is worth. Points are pairs: those earned, and the most that its questions allow.

    *ended*: whether all 20 were answered. *red_lines_wrong*: those of `RED_LINES` that an unsound answer crossed.
    *beliefs*: the misconceptions that showed, in the order in which they did.
    """

    points: int
    most: int
    ended: bool
    red_lines_wrong: tuple[str, ...]
    passed: bool
    by_lesson: dict[int, Points]
    by_statement: dict[str, Points]
    beliefs: tuple[str, ...]


def draw(library: Library, seed: str) -> tuple[str, ...]:
    """Return the ids of the 20 drills of the paper *seed*; raises `CaseworkError` where there are not as many."""
    lessons = _lessons(library)
    ranked = sorted(
        (id for id in lessons if not id.startswith("before-")),
        key=lambda id: (fnv1a(f"{seed.lower()}/{id}"), id),
    )
    if len(ranked) < ASSESSED:
        raise CaseworkError(f"A final assessment asks {ASSESSED} drills; the course has {len(ranked)} to draw from.")
    taken = _of_red_lines(ranked, library.drills)
    while len(taken) < ASSESSED:
        left = [id for id in ranked if id not in taken]
        so_far = Counter(lessons[id] for id in taken)
        lesson = min({lessons[id] for id in left}, key=lambda number: (so_far[number], number))
        taken.append(next(id for id in left if lessons[id] == lesson))
    return tuple(id for id in ranked if id in taken)


def result(attempt: Attempt, library: Library) -> Result:
    """Return what *attempt*, at an assessment, is worth: passed with 80 per cent of 40 points and no red line wrong.

    Raises `CaseworkError` where it cannot be told, because the course has changed a question since.
    """
    played = replay_attempt(attempt, course_of(library))
    if played.stale:
        raise CaseworkError("This attempt cannot be marked any more: the course has changed one of its questions.")
    lessons, drills = _lessons(library), library.drills
    crossed = {drills[one.node].red_line for one in played.decisions if one.quality == "unsound"}
    wrong = tuple(line for line in RED_LINES if line in crossed)
    points = sum(one.points for one in played.decisions)
    ended = len({one.node for one in played.decisions}) == ASSESSED
    return Result(
        points=points,
        most=MOST,
        ended=ended,
        red_lines_wrong=wrong,
        passed=ended and 100 * points >= PER_CENT * MOST and not wrong,
        by_lesson=_tally((lessons[one.node], one) for one in played.decisions),
        by_statement=_tally((id, one) for one in played.decisions for id in one.teaches),
        beliefs=tuple(dict.fromkeys(one.misconception for one in played.decisions if one.misconception)),
    )


def _lessons(library: Library) -> dict[str, int]:
    """Return the lesson of each drill by its id."""
    return {drill.id: file.lesson for file, _ in library.drill_files for drill in file.drills}


def _of_red_lines(ranked: list[str], drills: dict[str, Drill]) -> list[str]:
    best = (next((id for id in ranked if drills[id].red_line == line), None) for line in RED_LINES)
    return [id for id in best if id]


def _tally(answers: Iterable[tuple[T, Decision]]) -> dict[T, Points]:
    """Add up the points of *answers*, pairs of what they count for and a decision; the keys come sorted."""
    found: dict[T, Points] = {}
    for key, one in answers:
        earned, most = found.get(key, (0, 0))
        found[key] = earned + one.points, most + 2
    return dict(sorted(found.items()))
