"""Made-up records of made-up learners, from the real graphs: to try out what reads records. Each says so by its name.

A synthetic learner has an ability, holds some misconceptions, and lets go of one now and then when the coaching
names it. Nothing here says how people really learn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from uuid import UUID

from casework.graph import Graph
from casework.library import Library
from casework.record import Attempt, Record
from casework.record.course import Course, course_of

TERM = datetime(2026, 9, 1, 8, tzinfo=UTC)
HELD = 0.35  # the chance that a learner begins with a given misconception
LET_GO = 0.6  # the chance that coaching ends one that was acted on
LEARNT = 0.012  # what a decision adds to an ability
PLAYED, AGAIN = 0.55, 0.4  # the chances that a case is played, and then played once more
_BELIEF = 6.0  # how much likelier a choice becomes for one who holds its misconception
_PULL = {"sound": 0.4, "arguable": 0.1, "unsound": -0.9}


def simulate(count: int, seed: int = 1, library: Library | None = None) -> Iterator[Record]:
    """Yield *count* synthetic records; the same *seed* and course give the same records."""
    course = course_of(library or Library())
    for number in range(1, count + 1):
        yield _Learner(course, Random(f"{seed}/{number}")).record(number)


def write(records: Iterator[Record], folder: Path) -> list[Path]:
    """Write each of *records* to a file of its own in *folder*, which is made if need be; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, record in enumerate(records, 1):
        paths.append(folder / f"synthetic-{number:05}.json")
        paths[-1].write_text(json.dumps(record.plain(), ensure_ascii=False), encoding="utf-8")
    return paths


class _Learner:
    """One synthetic learner on the way through the course."""

    def __init__(self, course: Course, random: Random) -> None:
        self.course, self.random = course, random
        self.ability = random.gauss(0, 1)
        self.held = {id for id in course.library.misconceptions if random.random() < HELD}
        self.now = TERM + timedelta(days=random.randrange(60), minutes=random.randrange(500))
        self.attempts: list[Attempt] = []

    def record(self, number: int) -> Record:
        """Go through lesson after lesson and return what a browser would have kept."""
        for lesson in self.course.library.lessons:
            mine = [one for one in self.course.series.values() if one.number == lesson.number]
            for n, series in enumerate(mine):
                if n:
                    self._cases(lesson.scenarios)
                self._play(series.graph, "practice" if n == 0 else "guided")
            if self.random.random() < 0.15:
                break
        return Record(format=1, learner=f"synthetic {number}", attempts=tuple(self.attempts))

    def _cases(self, ids: tuple[str, ...]) -> None:
        for id in ids:
            chance = PLAYED
            while self.random.random() < chance:
                self._play(self.course.graph(id), self.random.choice(("guided", "practice", "independent")))
                chance *= AGAIN

    def _play(self, graph: Graph, mode: str) -> None:
        begun, place, path, sure = self.now, graph.start, [], []
        leaves = self.random.random() < 0.05
        while edges := graph.places[place].edges:
            node = graph.data["nodes"][graph.places[place].node]["choices"]
            id = self._choose({id: node[id] for id in edges})
            path.append(f"{graph.places[place].node}/{id}")
            sure.append(self._sure(node[id]) if mode == "practice" else 0)
            self.now += timedelta(seconds=self.random.randrange(20, 240))
            self.ability += LEARNT
            place = edges[id]
            if leaves and self.random.random() < 0.3:
                break
        self.attempts.append(
            Attempt(
                id=str(UUID(int=self.random.getrandbits(128), version=4)),
                scenario=graph.id,
                hash=graph.hash,
                mode=mode,
                begun=_written(begun),
                touched=_written(self.now),
                path=tuple(path),
                sure=tuple(sure),
            )
        )
        self.now += timedelta(hours=self.random.randrange(1, 72))

    def _choose(self, offered: dict[str, dict]) -> str:
        weights = [
            exp(_PULL[one["quality"]] * (1.5 + self.ability)) * (_BELIEF if one["misconception"] in self.held else 1)
            for one in offered.values()
        ]
        (id,) = self.random.choices(list(offered), weights)
        belief = offered[id]["misconception"]
        if belief in self.held and self.random.random() < LET_GO:
            self.held.discard(belief)
        return id

    def _sure(self, chosen: dict) -> int:
        """Return a confidence: one who acts on a belief is often certain of it."""
        leaning = 0.6 * self.ability + (1.2 if chosen["misconception"] in self.held else 0.0)
        return min(3, max(1, round(2 + leaning + self.random.gauss(0, 0.7))))


def _written(moment: datetime) -> str:
    """Return *moment* as a browser writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
