"""Spaced review: when a drill that was answered should come back. `review.js` does exactly the same.

Every drill that a learner has answered anywhere on their own (a lesson's series, spaced review, the final assessment)
is a card of FSRS, with its default parameters, a desired retention of 0.9, no learning or relearning steps and no
fuzzing: an answer therefore sends a drill at least one day away, and the same record always gives the same days.

An answer is given on the day, in UTC, on which its attempt was last touched (else begun); FSRS is told that day and
no hour, so that what comes back on a Thursday comes back all Thursday. Each entry of a path stands on its own: what
the course no longer has is passed over, and the rest still counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fsrs import Card, Rating, Scheduler

from casework.library import Library
from casework.record import Attempt, Record
from casework.record.course import course_of
from casework.record.played import sure_of

SCHEDULER = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
GUESS, CERTAIN = 1, 3
CONFIDENT_FIRST = (3, 2, 0, 1)  # what was not asked stands before what was called a guess


@dataclass(frozen=True)
class Answer:
    """One answer to a drill. *at*: ISO, UTC. *sure*: 0 not asked, 1 a guess, 2 fairly sure, 3 certain."""

    drill: str
    at: str
    quality: str
    sure: int = 0

    @property
    def rating(self) -> Rating:
        """What FSRS is told of it: a sound guess counts as hard, a sound certainty as easy."""
        if self.quality == "unsound":
            return Rating.Again
        if self.quality == "arguable" or self.sure == GUESS:
            return Rating.Hard
        return Rating.Easy if self.sure == CERTAIN else Rating.Good

    @property
    def moment(self) -> datetime:
        """When it was given."""
        return datetime.fromisoformat(self.at.removesuffix("Z")).replace(tzinfo=UTC)

    @property
    def day(self) -> datetime:
        """The beginning of its day."""
        return self.moment.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Review:
    """A drill and when it is *due*. *lapses*: how often it was answered unsoundly; *stability*: days, by FSRS."""

    drill: str
    due: date
    last: Answer
    lapses: int
    stability: float

    @property
    def missed(self) -> bool:
        """Whether the last answer was unsound."""
        return self.last.quality == "unsound"


def due(record: Record, library: Library, now: datetime) -> list[Review]:
    """Return what is due on the day of *now*, or was before: the learner's own misses first, confident ones leading.

    The others follow by the day on which they were due. *now* is in the learner's own time zone.
    """
    waiting = [one for one in schedule(answers(record.attempts, library)) if one.due <= now.date()]
    return sorted(waiting, key=_urgency)


def answers(attempts: Iterable[Attempt], library: Library) -> list[Answer]:
    """Return every answer to a drill of today's course in *attempts*, the earliest first.

    A workshop's are left out: the hands of a room are nobody's memory.
    """
    course = course_of(library)
    found = []
    for attempt in attempts:
        if attempt.mode == "workshop" or course.kind(attempt.scenario) not in ("drills", "review", "assessment"):
            continue
        for number, entry in enumerate(attempt.path):
            id, _, choice = entry.partition("/")
            options = course.drills[id].choices if id in course.drills else ()
            quality = next((one.quality for one in options if one.id == choice), None)
            if quality:
                found.append(Answer(id, attempt.touched or attempt.begun, quality, sure_of(attempt, number)))
    return sorted(found, key=lambda one: one.moment)


def schedule(answers: Iterable[Answer]) -> list[Review]:
    """Return a review for each drill in *answers*, which come in the order in which they were given."""
    cards: dict[str, Card] = {}
    lasts: dict[str, Answer] = {}
    lapses: dict[str, int] = {}
    for one in answers:
        card = cards.get(one.drill) or Card(card_id=len(cards) + 1)
        cards[one.drill], _ = SCHEDULER.review_card(card, one.rating, one.day)
        lasts[one.drill] = one
        lapses[one.drill] = lapses.get(one.drill, 0) + (one.quality == "unsound")
    return [Review(id, card.due.date(), lasts[id], lapses[id], card.stability) for id, card in cards.items()]


def _urgency(one: Review) -> tuple[bool, int, date, str]:
    return not one.missed, CONFIDENT_FIRST.index(one.last.sure) if one.missed else 0, one.due, one.drill
