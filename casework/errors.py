"""What can be wrong with a file that a person wrote, and how it is said.

Every complaint names the file, the line and the remedy, and all complaints about a file are reported
together: an author who mends one thing should not meet the next one only at the second try.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One complaint: *path* and 1-based *line* where it stands, the *message*, and a *hint* of the remedy."""

    path: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Say it in one line, in the form that editors turn into a link."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}" + (f" {self.hint}" if self.hint else "")


class CaseworkError(Exception):
    """Something that its reader can put right; the text says how."""


class ContentError(CaseworkError):
    """One or more files cannot be used as they stand; *problems* lists everything found, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort the *problems* (at least one) by file and line."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PathError(CaseworkError):
    """A path of choices that does not fit a graph; *fits* says how many of its entries still do."""

    def __init__(self, message: str, fits: int) -> None:
        """Keep the number of leading entries that can be replayed."""
        self.fits = fits
        super().__init__(message)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `Did you mean "…"?` for the likeliest of *known*, or the whole list where none is near."""
    known = sorted(known)
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{near[0]}"?'
    if not known:
        return "None is declared yet."
    return "Known here: " + ", ".join(known) + "."


def shown(path: Path) -> str:
    """Return *path* as a reader would type it: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return path.as_posix()
