"""The report of a cohort: one HTML page that stands alone, and each table as a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TextIO

import pandas as pd

from casework.cohort.figures import draw_first_and_last, draw_misconceptions
from casework.cohort.frames import by_statement, confident_mistakes, misconceptions, who_did_what
from casework.cohort.progress import FLOOR, before_and_after, first_and_last, items
from casework.cohort.read import Cohort
from casework.pictures.picture import cell
from casework.pictures.tokens import TOKENS

FRAMES: Mapping[str, Callable[[Cohort], pd.DataFrame]] = {
    "who-did-what": who_did_what,
    "statements": by_statement,
    "misconceptions": misconceptions,
    "confident-mistakes": confident_mistakes,
    "first-and-last": first_and_last,
    "before-and-after": before_and_after,
    "questions": items,
}
BY_NAME = 40  # learners whose doings still make a table that somebody reads
TOP = 15
CHUNK = 50_000  # rows that are made safe at a time
SHARES = ("score", "share", "first", "last", "before", "after", "change")


def write_report(cohort: Cohort, folder: Path) -> list[Path]:
    """Write the page and the CSV files into *folder*, which is made if need be; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: frame(cohort) for name, frame in FRAMES.items()}
    paths = [folder / "cohort.html", *(folder / f"{name}.csv" for name in tables)]
    paths[0].write_text(page(cohort, tables), encoding="utf-8")
    for path, table in zip(paths[1:], tables.values(), strict=True):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(table, file)
    return paths


def write_csv(table: pd.DataFrame, file: TextIO) -> None:
    """Write *table* to *file* as CSV; text that a spreadsheet would take for a formula gets an apostrophe first."""
    for first in range(0, max(1, len(table)), CHUNK):
        part = table.iloc[first : first + CHUNK].copy()
        for name in part.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in part.dtypes]]:
            text = part[name].astype(object)
            part[name] = text.where(~text.astype(str).str.match(r"[=+\-@\t\r]"), "'" + text.astype(str))
        part.to_csv(file, index=False, header=not first, float_format="%.4f", lineterminator="\r\n")


def page(cohort: Cohort, tables: Mapping[str, pd.DataFrame] | None = None) -> str:
    """Return the whole report as HTML that asks nobody for anything; *tables* are those of `FRAMES`."""
    tables = tables or {name: frame(cohort) for name, frame in FRAMES.items()}
    service = cohort.library.service
    styles = TOKENS.read_text("utf-8") + TOKENS.with_name("pictures.css").read_text("utf-8")
    styles += Path(__file__).with_name("page.css").read_text("utf-8")
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Needs First: what the team still believes</title><style>{styles}</style></head><body><main>"
        f"<h1>What the team still believes</h1><p>{escape(service.name)}. {_counted(cohort)}</p>{_about(cohort)}"
        f"{''.join(_sections(cohort, tables))}{_skipped(cohort)}</main></body></html>\n"
    )


def _about(cohort: Cohort) -> str:
    return (
        "<p>Made from records that learners saved and handed in. It shows where a conversation is worth having; it "
        "is no appraisal of anybody. Scores give 2 points for a sound choice, 1 for one that can be argued, "
        "and are out of 100. What a workshop chose together is not counted as anyone’s answer.</p>"
    )


def _counted(cohort: Cohort) -> str:
    answers, old = len(cohort.answers), int(cohort.attempts["stale"].sum())
    stale = f" {old:,} attempts are at an older edition of a case: counted, not scored." if old else ""
    counts = ((len(cohort), "learner"), (len(cohort.attempts), "attempt"), (answers, "answer"))
    return ", ".join(_number(count, what) for count, what in counts) + "." + stale


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _sections(cohort: Cohort, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    did = tables["who-did-what"]
    weak = tables["statements"].query("answers > 0").sort_values("score")
    before = tables["before-and-after"]
    lessons = before.groupby("lesson").agg(
        learners=("learner", "size"), before=("before", "mean"), after=("after", "mean"), change=("change", "mean")
    )
    told = tables["questions"].dropna(subset=["correlation"])
    few = len(tables["questions"]) - len(told)
    return [
        _section("Beliefs, case by case", draw_misconceptions(tables["misconceptions"]).html("believed")),
        _section(
            "Certain, and mistaken",
            "<p>Choices that two people or more were certain of. Worth a talk: nobody looks up what they are sure "
            "of. confident-mistakes.csv has them all.</p>"
            + table_html(
                tables["confident-mistakes"].query("learners > 1").head(TOP),
                "Mistakes made with certainty, most learners first",
            ),
        ),
        _section(
            "The leaflet’s statements, weakest first",
            table_html(weak, "Scores by statement of the leaflet"),
        ),
        _section("First attempt and last", draw_first_and_last(tables["first-and-last"]).html("first")),
        _section(
            "Before a lesson and after", table_html(lessons.reset_index(), "Drills before and after each lesson")
        ),
        _section("Who has done what", _did(cohort, did)),
        _section(
            "Questions that tell little",
            f"<p>Does a good answer here go with good answers elsewhere? Near 0, a question hardly tells learners "
            f"apart; below 0, look at it again. Of {_number(few, 'question')} nothing is said, because fewer than "
            f"{FLOOR} learners answered, or all answered alike.</p>"
            + (
                table_html(told.head(TOP).drop(columns="item"), "Questions, least telling first") if len(told) else ""
            ),
        ),
    ]


def _did(cohort: Cohort, did: pd.DataFrame) -> str:
    if len(cohort) <= BY_NAME:
        table = table_html(did, "Each learner’s attempts")
        return f"<details><summary>{_number(len(did), 'line')}: learner by learner</summary>{table}</details>"
    summed = did.groupby("what", observed=True).agg(
        learners=("learner", "size"), attempts=("attempts", "sum"), ended=("ended", "sum"), score=("score", "mean")
    )
    said = f"<p>{len(cohort):,} learners are too many for a page; who-did-what.csv has each of them.</p>"
    return said + table_html(summed.reset_index(), "Attempts by case and lesson")


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def table_html(table: pd.DataFrame, caption: str) -> str:
    """Return *table* as HTML with a *caption*; the first column names the rows, scores and shares are out of 100."""
    if table.empty:
        return "<p>Nothing yet.</p>"
    told = shown(table)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in told.columns)
    rows = "".join(
        f'<tr><th scope="row">{cell(first)}</th>{"".join(f"<td>{cell(value)}</td>" for value in rest)}</tr>'
        for first, *rest in told.itertuples(index=False, name=None)
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}" style="overflow-x:auto">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


@dataclass(frozen=True)
class Table:
    """A table as a notebook and the book show it."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def as_table(table: pd.DataFrame, caption: str) -> Table:
    """Return *table* under its *caption*, to be the last line of a cell; see `table_html`."""
    return Table(table_html(table, caption))


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of *table* for reading: scores and shares as whole numbers out of 100, headings as words."""
    shares = {name: (100 * table[name]).round(0).astype("Int64") for name in table.columns if name in SHARES}
    return table.assign(**shares).rename(columns=lambda name: name[:1].upper() + name[1:].replace("_", " "))


def _skipped(cohort: Cohort) -> str:
    if not cohort.skipped:
        return ""
    rows = "".join(f"<li>{escape(str(problem))}</li>" for problem in cohort.skipped[:100])
    more = f"<p>And {len(cohort.skipped) - 100:,} more.</p>" if len(cohort.skipped) > 100 else ""
    return _section(f"Files that could not be read: {len(cohort.skipped):,}", f"<ul>{rows}</ul>{more}")
