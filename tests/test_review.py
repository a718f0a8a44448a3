"""Spaced review in Python: what counts as an answer, how it is rated, and what is due in which order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Rating

from casework.library import Library
from casework.record import Attempt, Record
from casework.review import SCHEDULER, Answer, answers, due, schedule

DAY = "2026-11-02T09:00:00.000Z"
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)


def attempt(id: str, *path: str, **given: object) -> Attempt:
    """Return an attempt at spaced review with the answers in *path*, all fairly sure, and what is *given* instead."""
    usual = {"scenario": "review", "hash": "", "mode": "review", "begun": DAY, "sure": (2,) * len(path)}
    return Attempt(id=id, path=path, **usual | given)


def record(*attempts: Attempt) -> Record:
    """Return a record of *attempts*."""
    return Record(format=1, attempts=attempts)


def answer(library: Library, number: int, quality: str = "sound") -> str:
    """Return an answer of *quality* to the drill *number* of those that have one, as a path says it."""
    first = {
        id: next((one.id for one in drill.choices if one.quality == quality), None)
        for id, drill in library.drills.items()
    }
    return "/".join([pair for pair in first.items() if pair[1]][number])


def drill(entry: str) -> str:
    """Return the drill that the answer *entry* is to."""
    return entry.split("/")[0]


@pytest.mark.parametrize(
    ("quality", "sure", "rating"),
    [
        ("unsound", 3, Rating.Again),
        ("unsound", 1, Rating.Again),
        ("arguable", 3, Rating.Hard),
        ("sound", 1, Rating.Hard),
        ("sound", 0, Rating.Good),
        ("sound", 2, Rating.Good),
        ("sound", 3, Rating.Easy),
    ],
)
def test_an_answer_is_rated_by_what_it_was_and_how_sure(quality: str, sure: int, rating: Rating):
    """Unsound: again; arguable, or sound by a guess: hard; sound: good; sound and certain: easy."""
    assert Answer("x", DAY, quality, sure).rating == rating


def test_the_scheduler_never_asks_twice_on_one_day():
    """Whatever the answer, the same day is over for that drill: there are no learning steps, and no chance."""
    first = [schedule([Answer("x", DAY, quality)])[0].due for quality in ("unsound", "arguable", "sound")]

    assert min(first) > date(2026, 11, 2)
    assert (SCHEDULER.learning_steps, SCHEDULER.relearning_steps, SCHEDULER.enable_fuzzing) == ((), (), False)


def test_the_hour_does_not_matter():
    """Answered late one evening and early the next morning, a drill was answered on two days."""
    late = schedule([Answer("x", "2026-11-02T23:50:00Z", "sound"), Answer("x", "2026-11-03T06:00:00Z", "sound")])
    noon = schedule([Answer("x", "2026-11-02T12:00:00Z", "sound"), Answer("x", "2026-11-03T12:00:00Z", "sound")])

    assert (late[0].due, late[0].stability) == (noon[0].due, noon[0].stability)


def test_a_better_answer_waits_longer():
    """The surer and sounder an answer, the longer FSRS trusts it, and never does the drill come back sooner."""
    ranked = [("unsound", 3), ("arguable", 2), ("sound", 2), ("sound", 3)]
    found = [schedule([Answer("x", DAY, quality, sure)])[0] for quality, sure in ranked]

    assert [one.stability for one in found] == sorted({one.stability for one in found})
    assert [one.due for one in found] == sorted(one.due for one in found)


def test_every_place_where_a_drill_is_answered_counts(library: Library):
    """A lesson's series, spaced review and the assessment count; a case, a lesson read and a workshop do not."""
    places = [("drills-00000000", "guided"), ("review", "review"), ("assessment-ab12", "assessment")]
    others = [("noor-no-label", "guided"), ("lesson-01", "read"), ("review", "workshop")]
    attempts = [
        attempt(f"a{n}", answer(library, n), scenario=scenario, mode=mode)
        for n, (scenario, mode) in enumerate(places + others)
    ]

    assert [one.drill for one in answers(attempts, library)] == [drill(answer(library, n)) for n in range(3)]


def test_what_the_course_no_longer_has_is_passed_over(library: Library):
    """A drill or a choice that is gone takes no other answer of the same attempt with it."""
    kept = answer(library, 0)
    found = answers([attempt("a", "gone/gone", f"{drill(kept)}/gone", kept)], library)

    assert [(one.drill, one.quality) for one in found] == [(drill(kept), "sound")]


def test_the_time_of_an_answer_is_when_its_attempt_was_last_touched(library: Library):
    """What matters is `touched`, else `begun`, and not the order of the record."""
    later = attempt("a", answer(library, 0, "unsound"), touched="2026-11-09T09:00:00Z")
    earlier = attempt("b", answer(library, 0))
    (one,) = due(record(later, earlier), library, LONG_AFTER)

    assert one.last.at == "2026-11-09T09:00:00Z" and one.missed


def test_it_is_due_on_its_day_and_not_before(library: Library):
    """A drill is due from the first moment of its day, and stays due."""
    kept = record(attempt("a", answer(library, 0)))
    (one,) = due(kept, library, LONG_AFTER)
    day = datetime.combine(one.due, datetime.min.time(), UTC)

    assert [len(due(kept, library, day + timedelta(seconds=n))) for n in (-1, 0)] == [0, 1]


def test_misses_come_first_and_confident_ones_before_guesses(library: Library):
    """Unsound answers lead, by how sure they were; what was sound follows by its day, whatever its name."""
    wrong = [answer(library, n, "unsound") for n in range(3)]
    right = [answer(library, n) for n in range(3, 6)]
    kept = [
        attempt("a", *wrong, sure=(1, 3, 2)),
        attempt("b", right[1], right[2], sure=(1, 3)),
        attempt("c", right[0], sure=(3,), touched="2026-12-01T09:00:00Z"),
    ]

    wanted = [drill(one) for one in (wrong[1], wrong[2], wrong[0], right[1], right[2], right[0])]
    assert [one.drill for one in due(record(*kept), library, LONG_AFTER)] == wanted


def test_a_miss_that_was_put_right_is_no_miss(library: Library):
    """Only the last answer says whether a drill is missed; earlier unsound ones are counted as lapses."""
    kept = record(
        attempt("a", answer(library, 0, "unsound")),
        attempt("b", answer(library, 0), touched="2026-11-04T09:00:00Z"),
    )
    (one,) = due(kept, library, LONG_AFTER)

    assert (one.missed, one.lapses) == (False, 1)
