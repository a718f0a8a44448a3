"""Read the records of a cohort: good ones into columns, bad ones onto a list. Nobody's record is held whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from casework.cohort.choices import Choices
from casework.cohort.columns import Columns
from casework.errors import ContentError, Problem
from casework.library import Library
from casework.record import Record, merge, read_record
from casework.record.course import course_of

Tell = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Cohort:
    """What a cohort did, in columns.

    *learners*: label by number. *attempts*: one row each: learner (number), scenario, mode, begun, touched (seconds
    since 1970, UTC), ended (1, 0, or -1 where it cannot be told), verdict, stale. *answers*: one row each, those of
    an attempt together and in order: learner, attempt (index of *attempts*), choice (row of *choices*), sure (0 not
    asked to 3 certain). Answers of workshops are left out: what a room chose is not one person's. *choices*: see
    `Choices`. *skipped*: what could not be read. *library*: the course.
    """

    learners: list[str]
    attempts: pd.DataFrame = field(repr=False)
    answers: pd.DataFrame = field(repr=False)
    choices: pd.DataFrame = field(repr=False)
    skipped: list[Problem]
    library: Library = field(repr=False)

    def __len__(self) -> int:
        """Return the number of learners."""
        return len(self.learners)


def read_cohort(
    files: Sequence[Path], *, names: bool = False, library: Library | None = None, tell: Tell = lambda done: None
) -> Cohort:
    """Return the cohort of the record *files*; one that cannot be read is put on the list of the skipped.

    Two files whose oldest attempt is the same are one learner's, saved twice, and are merged. With *names* learners
    bear the names in their files; otherwise they are numbered in the order of a hash, which says nothing about
    them. *tell* is told how many files have been read, after each.
    """
    gathered = _Gathered(library or Library())
    skipped: list[Problem] = []
    for done, path in enumerate(files, 1):
        try:
            gathered.add(read_record(path), path)
        except ContentError as error:
            skipped += error.problems
        tell(done)
    return gathered.cohort(skipped, names=names)


def gather(records: Iterable[Record], *, names: bool = False, library: Library | None = None) -> Cohort:
    """Return the cohort of *records*, one a learner; see `read_cohort`."""
    gathered = _Gathered(library or Library())
    for number, record in enumerate(records):
        gathered.add(record, Path(str(number)))
    return gathered.cohort([], names=names)


class _Gathered:
    """Learners by what tells them apart, and the columns that hold what they did."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.choices = Choices(course_of(library))
        self.columns = Columns(self.choices)
        self.learners: dict[bytes, tuple[int, str | None]] = {}
        self.sources: dict[bytes, list[Path]] = {}

    def add(self, record: Record, source: Path) -> None:
        key = _key(record, source)
        sources = self.sources.setdefault(key, [])
        sources.append(source)
        if len(sources) > 1:
            record = merge(record, *(read_record(other) for other in sources[:-1]))
        self.learners[key] = (self.columns.add(record), record.learner)

    def cohort(self, skipped: list[Problem], *, names: bool) -> Cohort:
        found = [self.learners[key] for key in sorted(self.learners)]
        labels = _labels([name if names else None for _, name in found])
        attempts, answers = self.columns.tables([number for number, _ in found])
        return Cohort(labels, attempts, answers, self.choices.table, skipped, self.library)


def _key(record: Record, source: Path) -> bytes:
    """Return what tells one learner from another, hashed: the oldest attempt, or the file where there is none."""
    made = [f"{one.begun} {one.root}" for one in record.attempts if one.path]
    return hashlib.sha256(min(made, default=str(source)).encode()).digest()[:16]


def _labels(names: list[str | None]) -> list[str]:
    """Return one label a learner, each different: the name, numbered where two share it, or `Learner 7`."""
    seen: dict[str, int] = {}
    labels = []
    for number, name in enumerate(names, 1):
        label = name or f"Learner {number}"
        seen[label] = seen.get(label, 0) + 1
        labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return labels
