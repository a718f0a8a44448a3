"""Everything that the authors wrote, in one place: scenarios, drills, authorities, misconceptions, statements.

A library reads a file when somebody first asks for it, so that one cell of a notebook does not pay for
the whole course.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from casework.errors import CaseworkError, ContentError, Problem, did_you_mean
from casework.funding.plans import Plan
from casework.funding.rates import Rates, load_rates
from casework.handouts import Handouts
from casework.lessons import Lesson, load_lessons
from casework.load import SCENARIOS, Lines, load
from casework.prompts import Prompts
from casework.scenario import (
    Authority,
    Drill,
    DrillFile,
    Id,
    Misconception,
    Scenario,
    Service,
    Statement,
    StatementId,
    Term,
    Track,
)
from casework.tool import Tool, load_tool

REFERENCE = {
    "authorities",
    "misconceptions",
    "statements",
    "glossary",
    "service",
    "rates",
    "school",
    "plans",
    "tracks",
    "handouts",
    "workshop-prompts",
}
T = TypeVar("T")


class Library:
    """The files below *root*, read on demand. Every reader raises `ContentError` with all problems of its file."""

    def __init__(self, root: Path = SCENARIOS) -> None:
        """Point at *root*, the folder that holds one YAML file a scenario, `drills/` and the reference files."""
        self.root = root
        self._scenarios: dict[str, tuple[Scenario, Lines]] = {}
        self._tools: dict[str, tuple[Tool, Lines]] = {}

    @property
    def scenario_ids(self) -> list[str]:
        """The ids of all scenarios: the names of the files that are not reference files."""
        return sorted(path.stem for path in self.root.glob("*.yaml") if path.stem not in REFERENCE)

    def scenario(self, id: str) -> Scenario:
        """Return the scenario *id*; raises `CaseworkError` if there is none."""
        return self.located_scenario(id)[0]

    def located_scenario(self, id: str) -> tuple[Scenario, Lines]:
        """Return the scenario *id* with the lines of its file."""
        if id not in self.scenario_ids:
            raise CaseworkError(f'There is no scenario "{id}". {did_you_mean(id, self.scenario_ids)}')
        if id not in self._scenarios:
            self._scenarios[id] = load(Scenario, self.root / f"{id}.yaml")
        return self._scenarios[id]

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """Id to authority."""
        return load(dict[Id, Authority], self.root / "authorities.yaml")[0]

    @cached_property
    def misconceptions(self) -> dict[str, Misconception]:
        """Id to misconception."""
        return load(dict[Id, Misconception], self.root / "misconceptions.yaml")[0]

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Statement number of the source leaflet to statement."""
        return load(dict[StatementId, Statement], self.root / "statements.yaml")[0]

    @cached_property
    def glossary(self) -> dict[str, Term]:
        """Id to term."""
        return load(dict[Id, Term], self.root / "glossary.yaml")[0]

    @cached_property
    def service(self) -> Service:
        """The service whose course this is."""
        return load(Service, self.root / "service.yaml")[0]

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """Id to track: a way through the course."""
        return self.located_tracks[0]

    @cached_property
    def located_tracks(self) -> tuple[dict[str, Track], Lines]:
        """The tracks with the lines of their file."""
        return load(dict[Id, Track], self.root / "tracks.yaml")

    @property
    def handouts(self) -> Handouts:
        """What the printed sheets of every workshop say."""
        return self.located_handouts[0]

    @cached_property
    def located_handouts(self) -> tuple[Handouts, Lines]:
        """The handouts with the lines of their file."""
        return load(Handouts, self.root / "handouts.yaml")

    @cached_property
    def prompts(self) -> Prompts:
        """What a facilitator may ask a room, whatever the case."""
        return load(Prompts, self.root / "workshop-prompts.yaml")[0]

    @cached_property
    def rates(self) -> Rates:
        """What provision costs, each figure with the day from which it holds."""
        return load_rates(self.root / "rates.yaml")

    @cached_property
    def plans(self) -> dict[str, Plan]:
        """Id to plan: a child's provision for a year, to start from in the planner."""
        return load(dict[Id, Plan], self.root / "plans.yaml")[0]

    @cached_property
    def lessons(self) -> list[Lesson]:
        """The lessons, in order, from the notebooks that lie beside *root*."""
        return load_lessons(self.root.parent / "notebooks")

    @property
    def tool_ids(self) -> list[str]:
        """The ids of all learning tools: the names of the files in `tools/`."""
        return sorted(path.stem for path in (self.root / "tools").glob("*.yaml"))

    def tool(self, id: str) -> Tool:
        """Return the learning tool *id*; raises `CaseworkError` if there is none."""
        return self.located_tool(id)[0]

    def located_tool(self, id: str) -> tuple[Tool, Lines]:
        """Return the learning tool *id* with the lines of its file."""
        if id not in self.tool_ids:
            raise CaseworkError(f'There is no tool "{id}". {did_you_mean(id, self.tool_ids)}')
        if id not in self._tools:
            self._tools[id] = load_tool(self.root / "tools" / f"{id}.yaml")
        return self._tools[id]

    @cached_property
    def drill_files(self) -> list[tuple[DrillFile, Lines]]:
        """Each lesson's drills with the lines of their file."""
        return [load(DrillFile, path) for path in sorted((self.root / "drills").glob("*.yaml"))]

    @cached_property
    def drills(self) -> dict[str, Drill]:
        """Id to drill, over all lessons."""
        return {drill.id: drill for file, _ in self.drill_files for drill in file.drills}

    def drill_series(self, wanted: Iterable[str]) -> list[Drill]:
        """Return the drills that *wanted* names, in order: a drill's id, a statement (`S02`) or a misconception.

        Raises `CaseworkError` for a name that fits none; a drill that two names ask for comes once.
        """
        found: dict[str, Drill] = {}
        for name in wanted:
            fitting = [drill for drill in self.drills.values() if name in _tags(drill)]
            if not fitting:
                tags = {tag for drill in self.drills.values() for tag in _tags(drill)}
                raise CaseworkError(f'No drill is called or tagged "{name}". {did_you_mean(name, tags)}')
            found.update((drill.id, drill) for drill in fitting)
        return list(found.values())

    def problems(self, whole: bool = True) -> Iterator[Problem]:
        """Yield every problem of form in the reference files and, if *whole*, in drills, scenarios and tools too."""
        readers: list[Callable[[], object]] = [
            lambda: self.authorities,
            lambda: self.misconceptions,
            lambda: self.statements,
            lambda: self.glossary,
            lambda: self.service,
            lambda: self.tracks,
            lambda: self.prompts,
            lambda: self.handouts,
            lambda: self.rates,
            lambda: self.plans,
        ]
        if whole:
            readers += [
                lambda path=path: load(DrillFile, path) for path in sorted((self.root / "drills").glob("*.yaml"))
            ]
            readers += [lambda id=id: self.scenario(id) for id in self.scenario_ids]
            readers += [lambda id=id: self.tool(id) for id in self.tool_ids]
        for read in readers:
            try:
                read()
            except ContentError as error:
                yield from error.problems


def _tags(drill: Drill) -> set[str]:
    wrong = {option.misconception for option in drill.choices if option.misconception}
    return {drill.id, *drill.teaches, *wrong}
