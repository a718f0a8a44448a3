"""A cohort to tables, each for one question that a service manager asks. Shares and scores are 0 to 1.

A score is the points earned (sound 2, arguable 1, unsound 0) of those that could be: 0 to 1. Attempts at an older
edition of a case count as attempts and are not scored.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from casework.cohort.choices import DRILLS
from casework.cohort.read import Cohort
from casework.record.course import course_of
from casework.record.played import drills_title

MOST = 2  # points of a sound choice


def who_did_what(cohort: Cohort) -> pd.DataFrame:
    """Return a row a learner and scenario: what was tried, how often, whether it was ended, and how it went last.

    In order of the learner, then of when it was first begun. Columns: learner, what (title), attempts, ended
    (attempts that came to their end), old (attempts at an older edition), day (the last), score (of the last attempt
    that can be replayed), verdict (of the last ending reached).
    """
    attempts = cohort.attempts.assign(score=scores(cohort), done=cohort.attempts["ended"] == 1)
    attempts = attempts.sort_values("begun", kind="stable")
    grouped = attempts.groupby(["learner", "scenario"], observed=True, sort=True)
    table = grouped.agg(
        begun=("begun", "min"),
        attempts=("mode", "size"),
        ended=("done", "sum"),
        old=("stale", "sum"),
        day=("touched", "max"),
        score=("score", "last"),
        verdict=("verdict", "last"),
    )
    table = table.reset_index().sort_values(["learner", "begun"], ignore_index=True).drop(columns="begun")
    table["learner"] = np.array(cohort.learners, dtype=object)[table["learner"]]
    table["day"] = pd.to_datetime(table["day"], unit="s").dt.strftime("%Y-%m-%d")
    table.insert(1, "what", table.pop("scenario").map(titles(cohort)))
    return table


def titles(cohort: Cohort) -> dict[str, str]:
    """Return what to call each scenario and series that somebody tried."""
    course = course_of(cohort.library)
    found = {}
    for id in cohort.attempts["scenario"].cat.categories:
        kind = course.kind(id)
        graph = course.graph(id)
        if kind == "scenario":
            found[id] = graph.data["title"] if graph else id
        else:
            found[id] = id if kind == "lesson" else drills_title(id, kind, course)
    return found


def scores(cohort: Cohort) -> pd.Series:
    """Return the score of each attempt; NaN where it has no answers."""
    points = cohort.choices["points"].to_numpy()[cohort.answers["choice"]]
    size = int(cohort.attempts.index.max()) + 1 if len(cohort.attempts) else 0
    answered = np.bincount(cohort.answers["attempt"], minlength=size)
    earned = np.bincount(cohort.answers["attempt"], weights=points, minlength=size)
    with np.errstate(invalid="ignore"):
        return pd.Series((earned / (MOST * answered))[cohort.attempts.index], cohort.attempts.index)


def by_statement(cohort: Cohort) -> pd.DataFrame:
    """Return a row a statement of the leaflet: how decisions on it went, in scenarios and drills that teach it.

    Columns: statement, says, answers, sound, arguable, unsound (counts), score.
    """
    counted = cohort.choices.assign(times=_times(cohort)).groupby(["source", "item", "quality"])["times"].sum()
    counts = counted.unstack("quality", fill_value=0).reset_index()
    rows = []
    for id, statement in cohort.library.statements.items():
        mine = counts[_teaching(cohort, counts, id)]
        sums = [int(mine[quality].sum()) for quality in ("sound", "arguable", "unsound")]
        score = (MOST * sums[0] + sums[1]) / (MOST * sum(sums)) if sum(sums) else np.nan
        rows.append((id, statement.says, sum(sums), *sums, score))
    return pd.DataFrame(rows, columns=["statement", "says", "answers", "sound", "arguable", "unsound", "score"])


def _teaching(cohort: Cohort, counts: pd.DataFrame, statement: str) -> pd.Series:
    library = cohort.library
    cases = [id for id in set(counts["source"]) - {DRILLS} if statement in library.scenario(id).teaches]
    drills = [drill.id for drill in library.drills.values() if statement in drill.teaches]
    return counts["source"].isin(cases) | counts["item"].isin(drills)


def misconceptions(cohort: Cohort) -> pd.DataFrame:
    """Return a row a misconception and scenario (or drills) where it could be acted on, most often acted on first.

    Columns: misconception (id), name, source, title, offered (answers given where acting on it was on offer), chosen
    (those that did), share, learners (who did at least once).
    """
    choices = cohort.choices.assign(times=_times(cohort))
    met = choices.groupby("offer")["times"].sum()
    wrong = choices[choices["misconception"].notna()].drop_duplicates(["offer", "misconception"])
    offered = wrong.assign(met=wrong["offer"].map(met)).groupby(["misconception", "source"])["met"].sum()
    chosen = choices.groupby(["misconception", "source"])["times"].sum()
    table = pd.DataFrame({"offered": offered, "chosen": chosen}).query("offered > 0").reset_index()
    table["share"] = table["chosen"] / table["offered"]
    table["learners"] = _learners(cohort, table)
    table.insert(1, "name", [cohort.library.misconceptions[id].name for id in table["misconception"]])
    named = choices[choices["source"] != DRILLS].drop_duplicates("source").set_index("source")["title"]
    table.insert(3, "title", table["source"].map(named).fillna(DRILLS))
    return table.sort_values(["chosen", "misconception", "source"], ascending=[False, True, True], ignore_index=True)


def _learners(cohort: Cohort, table: pd.DataFrame) -> list[int]:
    """Return for each row of *table* how many learners acted on the misconception there."""
    cells = {pair: n for n, pair in enumerate(zip(table["misconception"], table["source"], strict=True))}
    pairs = zip(cohort.choices["misconception"], cohort.choices["source"], strict=True)
    cell = np.array([cells.get(pair, -1) for pair in pairs], dtype=np.int64)[cohort.answers["choice"]]
    learner = cohort.answers["learner"].to_numpy(dtype=np.int64)[cell >= 0]
    distinct = np.unique(cell[cell >= 0] * max(1, len(cohort)) + learner)
    return np.bincount(distinct // max(1, len(cohort)), minlength=len(table)).tolist()


def _times(cohort: Cohort) -> np.ndarray:
    """Return how often each choice was made."""
    return np.bincount(cohort.answers["choice"], minlength=len(cohort.choices))


def confident_mistakes(cohort: Cohort) -> pd.DataFrame:
    """Return a row an unsound choice that somebody was certain of, most learners first.

    Columns: where (title), ask, text (the choice), misconception (its name), learners (who were certain of it),
    times, asked (answers to the same question with a confidence), share (times of asked).
    """
    choices, answers = cohort.choices, cohort.answers
    number, asked_at = answers["choice"].to_numpy(), answers["sure"].to_numpy()
    items = pd.factorize(choices["item"])[0]
    asked = np.bincount(items[number[asked_at > 0]], minlength=items.max() + 1)
    certain = (asked_at == 3) & (choices["quality"] == "unsound").to_numpy()[number]
    made = answers[certain].assign(item=items[number[certain]])
    made["which"] = pd.Categorical(choices["choice"].to_numpy()[made["choice"]])
    table = made.groupby(["item", "which"], observed=True).agg(
        choice=("choice", "first"), learners=("learner", "nunique"), times=("learner", "size")
    )
    table = table.reset_index().sort_values(["learners", "times", "item"], ascending=[False, False, True])
    told = choices.iloc[table["choice"]].reset_index(drop=True)
    beliefs = [cohort.library.misconceptions[id].name for id in told["misconception"]]
    table = table.reset_index(drop=True)
    found = pd.DataFrame({"where": told["title"], "ask": told["ask"], "text": told["text"], "misconception": beliefs})
    found[["learners", "times"]] = table[["learners", "times"]]
    found["asked"] = asked[table["item"]]
    return found.assign(share=found["times"] / found["asked"])
