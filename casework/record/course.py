"""The course as it stands today, as records see it: graphs by scenario, series of drills by their hash."""

from __future__ import annotations

from functools import cache, cached_property
from typing import NamedTuple

from casework.graph import Graph, compile_graph, series, series_id
from casework.library import Library
from casework.scenario import Drill

KINDS = ("drills", "review", "assessment", "lesson")


class Series(NamedTuple):
    """A series of drills that a lesson asks for: the lesson's *number*, its *title*, the series' *graph*."""

    number: int
    title: str
    graph: Graph

    @property
    def drills(self) -> list[str]:
        """The ids of its drills, in order."""
        return [place.node for place in self.graph.places if place.edges]


class Course:
    """What replays need of a library, compiled once. `course_of` returns the same one for the same library."""

    def __init__(self, library: Library) -> None:
        """Read nothing yet."""
        self.library = library
        self._ids = frozenset(library.scenario_ids)
        self._graphs: dict[str, Graph] = {}

    def graph(self, id: str) -> Graph | None:
        """Return today's graph of the scenario *id*, or None where there is no such scenario."""
        if id not in self._ids:
            return None
        if id not in self._graphs:
            self._graphs[id] = compile_graph(id, self.library.scenario(id), self.library)
        return self._graphs[id]

    @property
    def scenario_ids(self) -> list[str]:
        """The ids of all scenarios."""
        return sorted(self._ids)

    @cached_property
    def series(self) -> dict[str, Series]:
        """`drills-<hash>` to the series that a lesson shows today."""
        found = {}
        for lesson in self.library.lessons:
            for names in lesson.series:
                drills = self.library.drill_series(names)
                graph = compile_graph(series_id(drills), series("", drills), self.library, kind="drill")
                found[graph.id] = Series(lesson.number, lesson.title, graph)
        return found

    @cached_property
    def drills(self) -> dict[str, Drill]:
        """Id to drill."""
        return self.library.drills

    def kind(self, scenario: str) -> str:
        """Return what an attempt's *scenario* is: scenario, drills, review, assessment or lesson."""
        first = scenario.split("-")[0]
        return first if first in KINDS and scenario not in self._ids else "scenario"


@cache
def course_of(library: Library) -> Course:
    """Return the course of *library*."""
    return Course(library)
