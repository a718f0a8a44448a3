"""What the lessons hold, read from their notebooks: number, title, statements taught, scenarios and drills."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casework.errors import ContentError, Problem, shown

_CALL = re.compile(r"\b(play|drill)\(([^)]*)\)")
_TEXT = re.compile(r"\"([^\"]+)\"|'([^']+)'")


@dataclass(frozen=True)
class Lesson:
    """One lesson: *file* is its notebook's name, *teaches* its statements, *minutes* the time it takes.

    *cases* maps each scenario that it plays to the notebook where that is: its own, or one that continues it.
    *drills* names all that it asks for, *series* the same, call by call.
    """

    number: int
    title: str
    file: str
    minutes: int
    teaches: tuple[str, ...]
    cases: dict[str, str]
    drills: tuple[str, ...]
    series: tuple[tuple[str, ...], ...] = ()

    @property
    def page(self) -> str:
        """The name of its page in the built book."""
        return self.file.replace(".ipynb", ".html")

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The ids of the scenarios that it plays, in order."""
        return tuple(self.cases)

    def page_of(self, scenario: str) -> str:
        """Return the name of the page of the built book on which *scenario* is played."""
        return self.cases[scenario].replace(".ipynb", ".html")


def load_lessons(folder: Path) -> list[Lesson]:
    """Return the lessons in *folder*, in order: the notebooks whose names begin with a number.

    One whose metadata says `"for": "facilitators"` is a page of theirs and no lesson; one that says `"continues": 8`
    plays more cases of lesson 8. Raises `ContentError` for every other one that does not say what it teaches.
    """
    lessons: list[Lesson] = []
    more: dict[int, dict[str, str]] = {}
    problems = []
    for path in sorted(folder.glob("[0-9]*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        said = notebook["metadata"].get("casework", {})
        if said.get("for") == "facilitators":
            continue
        if "continues" in said:
            cases = more.setdefault(int(said["continues"]), {})
            cases |= {id: path.name for call in _calls(notebook)["play"] for id in call}
            continue
        missing = {"lesson", "title", "minutes", "teaches"} - set(said)
        if missing:
            names = ", ".join(sorted(missing))
            hint = "See notebooks/_template.ipynb."
            problems.append(Problem(shown(path), 0, f'the metadata under "casework" lacks {names}.', hint))
            continue
        lessons.append(_lesson(path.name, said, _calls(notebook)))
    if problems:
        raise ContentError(problems)
    return [replace(one, cases=one.cases | more.get(one.number, {})) for one in lessons]


def _lesson(file: str, said: dict[str, Any], calls: dict[str, list[list[str]]]) -> Lesson:
    return Lesson(
        number=int(said["lesson"]),
        title=said["title"],
        file=file,
        minutes=int(said["minutes"]),
        teaches=tuple(said["teaches"]),
        cases={id: file for call in calls["play"] for id in call},
        drills=tuple(id for call in calls["drill"] for id in call),
        series=tuple(tuple(call) for call in calls["drill"]),
    )


def _calls(notebook: dict[str, Any]) -> dict[str, list[list[str]]]:
    """Return the ids that the notebook's cells hand to `play` and to `drill`, call by call."""
    found: dict[str, list[list[str]]] = {"play": [], "drill": []}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        for name, arguments in _CALL.findall("".join(cell["source"])):
            positional = re.sub(r"\w+\s*=\s*(\"[^\"]*\"|'[^']*')", "", arguments)
            found[name].append([a or b for a, b in _TEXT.findall(positional)])
    return found
