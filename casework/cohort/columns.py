"""Columns that grow, record by record: some sixteen bytes an answer, so that a hundred thousand records fit."""

from __future__ import annotations

from array import array
from datetime import datetime

import numpy as np
import pandas as pd

from casework.cohort.choices import Choices
from casework.record.attempts import Attempt, Record

ANSWERS = {"learner": "i", "attempt": "i", "choice": "i", "sure": "b"}
ATTEMPTS = {
    "learner": "i",
    "scenario": "i",
    "mode": "i",
    "begun": "d",
    "touched": "d",
    "ended": "b",
    "verdict": "i",
    "stale": "b",
}
WORDS = ("scenario", "mode", "verdict")


class Columns:
    """The attempts and answers of all records added; `tables` returns them with learners in their final order."""

    def __init__(self, choices: Choices) -> None:
        """Begin with no learner."""
        self.learners = 0
        self._choices = choices
        self._answers = {name: array(code) for name, code in ANSWERS.items()}
        self._attempts = {name: array(code) for name, code in ATTEMPTS.items()}
        self._words: dict[str, dict[str, int]] = {name: {} for name in WORDS}

    def add(self, record: Record) -> int:
        """Add *record*; return the learner's number."""
        self.learners += 1
        for attempt in record.attempts:
            if attempt.path:
                self._add(self.learners - 1, attempt)
        return self.learners - 1

    def _add(self, learner: int, attempt: Attempt) -> None:
        walked = self._choices.walk(attempt)
        ended = -1 if walked is None or walked.ended is None else int(walked.ended)
        row = (
            learner,
            self._word("scenario", attempt.scenario),
            self._word("mode", attempt.mode),
            _seconds(attempt.begun),
            _seconds(attempt.touched or attempt.begun),
            ended,
            self._word("verdict", walked.verdict if walked else None),
            walked is None,
        )
        number = len(self._attempts["learner"])
        for column, value in zip(self._attempts.values(), row, strict=True):
            column.append(value)
        if walked is None or attempt.mode == "workshop":
            return
        count = len(walked.choices)
        self._answers["learner"].extend([learner] * count)
        self._answers["attempt"].extend([number] * count)
        self._answers["choice"].extend(walked.choices)
        self._answers["sure"].extend((*attempt.sure, *[0] * count)[:count])

    def _word(self, column: str, word: str | None) -> int:
        return -1 if word is None else self._words[column].setdefault(word, len(self._words[column]))

    def tables(self, order: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return attempts and answers of the learners in *order*, each numbered by the place it has there."""
        place = np.full(self.learners, -1, dtype=np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        attempts, answers = (
            pd.DataFrame({name: np.frombuffer(column, column.typecode) for name, column in columns.items()})
            for columns in (self._attempts, self._answers)
        )
        for table in (attempts, answers):
            table["learner"] = place[table["learner"]]
        for name in WORDS:
            attempts[name] = pd.Categorical.from_codes(attempts[name], list(self._words[name]))
        attempts = attempts.astype({"stale": bool})
        return tuple(
            table[table["learner"] >= 0] if len(order) < self.learners else table for table in (attempts, answers)
        )


def _seconds(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()
