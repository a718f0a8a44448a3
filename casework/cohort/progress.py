"""What a cohort has learnt: first attempt and last, before a lesson and after, and which questions tell little."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casework.cohort.choices import DRILLS
from casework.cohort.frames import MOST, scores, titles
from casework.cohort.read import Cohort

FLOOR = 30  # learners; a correlation of fewer says more about chance than about a question
TELLS = 0.1  # a corrected item-total correlation below this tells learners hardly apart


def first_and_last(cohort: Cohort) -> pd.DataFrame:
    """Return a row a learner and case that was played to its end twice or more.

    Columns: learner, what (title), attempts, first, last (scores), change.
    """
    played = cohort.attempts.assign(score=scores(cohort)).query("ended == 1 and not stale")
    played = played[played["score"].notna() & played["verdict"].notna()].sort_values("begun", kind="stable")
    table = played.groupby(["learner", "scenario"], observed=True)["score"].agg(["size", "first", "last"])
    table = table[table["size"] > 1].reset_index().rename(columns={"size": "attempts"})
    table["learner"] = np.array(cohort.learners, dtype=object)[table["learner"]]
    table.insert(1, "what", table.pop("scenario").astype(object).map(titles(cohort)))
    return table.assign(change=table["last"] - table["first"])


def before_and_after(cohort: Cohort) -> pd.DataFrame:
    """Return a row a learner and lesson: the drills asked before it against those that close it, first answers only.

    Columns: learner, lesson (number), before, after (scores), change. Only those who answered both kinds; what was
    answered in spaced review or in the final assessment is left out.
    """
    answers = first_answers(cohort, cohort.attempts["mode"].isin(["review", "assessment"]))
    answers = answers[(cohort.choices["source"] == DRILLS).to_numpy()[answers["choice"]]]
    lesson, before = (cohort.choices[name].to_numpy()[answers["choice"]] for name in ("lesson", "before"))
    drills = answers.assign(lesson=lesson, when=pd.Categorical.from_codes(before.astype(int), ["after", "before"]))
    table = drills.groupby(["learner", "lesson", "when"], observed=True)["points"].mean().div(MOST).unstack("when")
    table = table.reindex(columns=["before", "after"]).dropna().reset_index()
    table.columns.name = None
    table["learner"] = np.array(cohort.learners, dtype=object)[table["learner"]]
    return table.assign(change=table["after"] - table["before"])


def items(cohort: Cohort, floor: int = FLOOR) -> pd.DataFrame:
    """Return a row a decision or drill: how well it tells learners apart, least first.

    Columns: item, where (title), ask, n (learners), score (mean of first answers), correlation, says. The
    correlation is between a learner's points here and the mean of that learner's other first answers: a corrected
    item-total correlation. Below *floor* learners, and where all answered alike, it is not given and nothing is said.
    """
    answers = first_answers(cohort)
    codes, names = pd.factorize(cohort.choices["item"])
    item = codes[answers["choice"]]
    points = answers["points"].to_numpy(dtype=float)
    size = len(names)
    learner = answers["learner"].to_numpy()
    total = np.bincount(learner, points, minlength=len(cohort))[learner]
    count = np.bincount(learner, minlength=len(cohort))[learner]
    kept = count > 1
    item, points = item[kept], points[kept]
    rest = (total[kept] - points) / (count[kept] - 1)
    n = np.bincount(item, minlength=size)
    told = cohort.choices.drop_duplicates("item").set_index("item").loc[names]
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.bincount(item, points, minlength=size) / n / MOST
        correlation = np.where(n >= floor, _correlations(item, points, rest, size), np.nan)
    table = pd.DataFrame({"item": names, "where": told["title"].to_numpy(), "ask": told["ask"].to_numpy()})
    table = table.assign(n=n, score=score, correlation=correlation)
    table["says"] = np.where(correlation < TELLS, "hardly tells learners apart", "")
    return table[table["n"] > 0].sort_values(["correlation", "item"], na_position="last", ignore_index=True)


def _correlations(item: np.ndarray, x: np.ndarray, y: np.ndarray, size: int) -> np.ndarray:
    """Return Pearson's correlation of *x* and *y* within each *item*; NaN where either does not vary."""

    def mean(values: np.ndarray) -> np.ndarray:
        return np.bincount(item, values, minlength=size) / np.bincount(item, minlength=size)

    dx, dy = x - mean(x)[item], y - mean(y)[item]
    spread = mean(dx * dx) * mean(dy * dy)
    return np.where(spread > 1e-18, mean(dx * dy) / np.sqrt(np.where(spread > 1e-18, spread, 1)), np.nan)


def first_answers(cohort: Cohort, without: pd.Series | None = None) -> pd.DataFrame:
    """Return each learner's first answer to each decision or drill: learner, choice, points.

    *without* says of each attempt whether it is left out.
    """
    answers = cohort.answers
    if without is not None:
        answers = answers[~without.reindex(answers["attempt"]).to_numpy()]
    begun = cohort.attempts["begun"].reindex(answers["attempt"]).to_numpy()
    item = pd.factorize(cohort.choices["item"])[0][answers["choice"]].astype(np.int64)
    question = answers["learner"].to_numpy(dtype=np.int64) * (item.max(initial=0) + 1) + item
    order = np.lexsort((begun, question))
    first = order[np.diff(question[order], prepend=-1) != 0]
    choice = answers["choice"].to_numpy()[first]
    points = cohort.choices["points"].to_numpy()[choice]
    return pd.DataFrame({"learner": answers["learner"].to_numpy()[first], "choice": choice, "points": points})
