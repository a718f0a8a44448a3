"""Every choice that a learner can make in today's course, numbered, so that very many records fit in columns."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from casework.record.attempts import Attempt
from casework.record.course import Course
from casework.record.played import ASSESSED
from casework.walk import WORTH

DRILLS = "Drills"
Step = tuple[int, int]  # a choice's number, and the place that it leads to


class Walked(NamedTuple):
    """What an attempt comes to: the numbers of its choices, whether it ended (None: cannot be told), its verdict."""

    choices: list[int]
    ended: bool | None
    verdict: str | None


class Choices:
    """The numbered choices of a course. `table` has one row a number; `walk` turns an attempt into numbers.

    Columns of `table`: source (a scenario's id, or `Drills`), title, item (`scenario/node` or a drill's id), ask,
    offer (a number for what stood on offer together), choice, text, quality, points (0-2), misconception, lesson (of
    a drill, else 0), before (whether a drill is asked before its lesson).
    """

    def __init__(self, course: Course) -> None:
        """Number every choice of every place of every scenario, and of every drill."""
        self.course = course
        self._rows: list[dict[str, Any]] = []
        self._offers = 0
        self._steps = {id: self._scenario(id) for id in course.scenario_ids}
        self._drills = self._all_drills()
        self.table = pd.DataFrame(self._rows)

    def walk(self, attempt: Attempt) -> Walked | None:
        """Return what *attempt* comes to, or None where it is stale: see `casework.record.replayed`."""
        kind = self.course.kind(attempt.scenario)
        if kind == "scenario":
            return self._walk_scenario(attempt)
        if kind == "lesson":
            return Walked([], True, None)
        known = self.course.series.get(attempt.scenario)
        if known and known.graph.hash != attempt.hash:
            return None
        numbers = [self._drills.get(entry) for entry in attempt.path]
        ended = len(numbers) == len(known.graph.places) - 1 if known else None
        if kind == "assessment":
            ended = len(numbers) >= ASSESSED
        return None if None in numbers else Walked(numbers, ended, None)

    def _walk_scenario(self, attempt: Attempt) -> Walked | None:
        graph = self.course.graph(attempt.scenario)
        if graph is None or graph.hash != attempt.hash:
            return None
        steps, place, numbers = self._steps[graph.id], graph.start, []
        for entry in attempt.path:
            step = steps[place].get(entry)
            if step is None:
                return None
            number, place = step
            numbers.append(number)
        node = graph.node(place)
        return Walked(numbers, not steps[place], node.get("verdict"))

    def _scenario(self, id: str) -> list[dict[str, Step]]:
        graph = self.course.graph(id)
        found: list[dict[str, Step]] = []
        for number, place in enumerate(graph.places):
            node, steps = graph.node(number), {}
            about = {"source": id, "title": graph.data["title"], "item": f"{id}/{place.node}", "ask": node.get("ask")}
            for choice, to in place.edges.items():
                steps[f"{place.node}/{choice}"] = (len(self._rows), to)
                self._add(about, choice, node["choices"][choice], lesson=0, before=False)
            self._offers += 1
            found.append(steps)
        return found

    def _all_drills(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for file, _ in self.course.library.drill_files:
            for drill in file.drills:
                about = {"source": DRILLS, "title": drill.title, "item": drill.id, "ask": drill.ask}
                before = drill.id.startswith("before-")
                for option in drill.choices:
                    found[f"{drill.id}/{option.id}"] = len(self._rows)
                    self._add(about, option.id, dict(option), lesson=file.lesson, before=before)
                self._offers += 1
        return found

    def _add(self, about: dict[str, Any], id: str, option: dict[str, Any], *, lesson: int, before: bool) -> None:
        kept = {name: option[name] for name in ("text", "quality", "misconception")}
        points = WORTH[option["quality"]]
        more = {"offer": self._offers, "choice": id, "points": points, "lesson": lesson, "before": before}
        self._rows.append(about | kept | more)
