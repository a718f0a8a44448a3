"""Check files an author names, or the whole collection, and say everything that is wrong in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casework.errors import ContentError, Problem
from casework.handout_laws import check_handouts
from casework.laws import (
    check_drills,
    check_scenario,
    check_tracks,
    decisions,
    sound_choice_is_not_given_away,
    stale_authorities,
)
from casework.library import Library
from casework.load import load
from casework.readability import too_hard
from casework.scenario import Scenario
from casework.tool_laws import check_tool


@dataclass(frozen=True)
class Report:
    """What `check` found: *problems* have to be put right, *warnings* want a look, *summary* is the last line."""

    problems: list[Problem]
    warnings: list[str]
    summary: str


def check(files: Sequence[Path] = (), *, today: date, library: Library | None = None) -> Report:
    """Check the scenario *files*, or with none the whole *library*: its reference files, drills,
    tools and scenarios.

    A broken reference file is always reported, since every scenario leans on it.
    """
    library = library or Library()
    found = sorted(set(library.problems(whole=not files)))
    if found:
        return Report(found, [], f"{_count(len(found), 'problem')}. The laws are checked once these are put right.")
    paths = list(files) or [library.root / f"{id}.yaml" for id in library.scenario_ids]
    problems = [problem for path in paths for problem in check_file(path, library)]
    warnings: list[str] = []
    if not files:
        problems += check_drills(library)
        problems += check_tools(library)
        problems += check_tracks(library)
        problems += check_handouts(library)
        scenarios = {id: library.scenario(id) for id in library.scenario_ids}
        warnings = [
            *sound_choice_is_not_given_away(decisions(library)),
            *stale_authorities(library, today),
            *too_hard(scenarios),
        ]
    counted = _count(len(paths), "scenario") + ("" if files else f" and {_count(len(library.drills), 'drill')}")
    result = _count(len(problems), "problem") if problems else "no problem"
    return Report(sorted(set(problems)), warnings, f"{counted}: {result}, {_count(len(warnings), 'warning')}.")


def check_file(path: Path, library: Library) -> list[Problem]:
    """Return every problem of the scenario at *path*: of its form, or, where that is right, against the laws."""
    try:
        scenario, lines = load(Scenario, path)
    except ContentError as error:
        return error.problems
    return sorted(check_scenario(scenario, lines, library))


def check_tools(library: Library) -> list[Problem]:
    """Return every complaint that the laws have about the learning tools."""
    tools = [library.located_tool(id) for id in library.tool_ids]
    return [problem for tool, lines in tools for problem in check_tool(tool, lines, library)]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
