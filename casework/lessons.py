"""What the lessons hold, read from their notebooks: number, title, statements taught, scenarios and drills."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.errors import ContentError, Problem, shown

_CALL = re.compile(r"\b(play|drill)\(([^)]*)\)")
_TEXT = re.compile(r"\"([^\"]+)\"|'([^']+)'")


@dataclass(frozen=True)
class Lesson:
    """One lesson: *file* is its notebook's name, *teaches* its statements, *minutes* the time it takes."""

    number: int
    title: str
    file: str
    minutes: int
    teaches: tuple[str, ...]
    scenarios: tuple[str, ...]
    drills: tuple[str, ...]

    @property
    def page(self) -> str:
        """The name of its page in the built book."""
        return self.file.replace(".ipynb", ".html")


def load_lessons(folder: Path) -> list[Lesson]:
    """Return the lessons in *folder*, in order: the notebooks whose names begin with a number.

    Raises `ContentError` for every notebook whose metadata does not say what it teaches.
    """
    lessons, problems = [], []
    for path in sorted(folder.glob("[0-9]*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        said = notebook["metadata"].get("casework", {})
        missing = {"lesson", "title", "minutes", "teaches"} - set(said)
        if missing:
            names = ", ".join(sorted(missing))
            hint = "See notebooks/_template.ipynb."
            problems.append(Problem(shown(path), 0, f'the metadata under "casework" lacks {names}.', hint))
            continue
        lessons.append(_lesson(path.name, said, _calls(notebook)))
    if problems:
        raise ContentError(problems)
    return lessons


def _lesson(file: str, said: dict[str, Any], calls: dict[str, list[str]]) -> Lesson:
    return Lesson(
        number=int(said["lesson"]),
        title=said["title"],
        file=file,
        minutes=int(said["minutes"]),
        teaches=tuple(said["teaches"]),
        scenarios=tuple(calls["play"]),
        drills=tuple(calls["drill"]),
    )


def _calls(notebook: dict[str, Any]) -> dict[str, list[str]]:
    """Return the ids that the notebook's cells hand to `play` and to `drill`."""
    found: dict[str, list[str]] = {"play": [], "drill": []}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        for name, arguments in _CALL.findall("".join(cell["source"])):
            positional = re.sub(r"\w+\s*=\s*(\"[^\"]*\"|'[^']*')", "", arguments)
            found[name] += [a or b for a, b in _TEXT.findall(positional)]
    return found
