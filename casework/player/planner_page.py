"""The static form of the planner: a table that needs no script, and the data with which a script takes its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from casework.funding.provision import CostedLine, Words, against_threshold, in_words
from casework.funding.rates import Rates, in_pounds
from casework.library import Library
from casework.player.planner_data import COLUMNS, EMPTY, FOR_PRACTICE, UNITS, planner_data, price_in_words
from casework.player.sheet import ONE_OFF, Sheet, Typed, numbers_of


def words(sheet: Sheet) -> Words:
    """Say what the lines of *sheet* without a fault come to, what that shows and what it does not."""
    return in_words(sheet.costed, against_threshold(sheet.costed.counted, sheet.rates, sheet.day))


def how_much(line: Typed, offered: Rates) -> str:
    """Return the amount of a typed *line* in words: `5 hours a week, 38 weeks`. Empty for a yearly price."""
    if line["rate"] == ONE_OFF:
        return "once"
    names = [name for name in numbers_of(line, offered) if name != "group"]
    return ", ".join(UNITS[name][line[name].strip() != "1"].format(n=line[name].strip()) for name in names)


def static_html(library: Library, sheet: Sheet, start: str) -> str:
    """Return the planner as HTML: the plan called *start* to read without a script, and the data for the page."""
    data = json.dumps(planner_data(library, sheet.day, start), ensure_ascii=False, separators=(",", ":"))
    island = data.replace("<", "\\u003c")
    return (
        f'<div class="casework-planner" data-start="{escape(start)}">'
        f'<div class="planner-reading">{reading(library, sheet, start)}</div>'
        f'<script type="application/json">{island}</script>'
        "</div>"
    )


def reading(library: Library, sheet: Sheet, start: str) -> str:
    """Return the starting plan as a table with costs, and what the sum shows, in words with their authorities."""
    title, child = (library.plans[start].title, library.plans[start].child) if start else (EMPTY["title"], "")
    said = words(sheet)
    links = [library.authorities[id] for id in said.cites]
    parts = [
        f"<h3>Provision planner: {escape(title)}</h3>",
        f"<p>{escape(child)}</p>" if child else "",
        _table(sheet) if sheet.lines else "",
        *(f"<p>{escape(text)}</p>" for text in said.text.split("\n\n")),
        "<p>On what authority: ",
        "; ".join(f'<a href="{escape(one.href)}">{escape(one.short)}</a>{_standing(one.status)}' for one in links),
        ".</p><p>To change lines and see the sum change with them, the planner needs JavaScript.</p>",
    ]
    return "".join(parts)


def _standing(status: str) -> str:
    return " (still to be confirmed)" if status == "to-confirm" else ""


def _table(sheet: Sheet) -> str:
    heads = "".join(f'<th scope="col">{column}</th>' for column in COLUMNS)
    rows = [_row(given, part, sheet) for given, part in zip(sheet.lines, sheet.costed.lines, strict=True)]
    total = in_pounds(sheet.costed.counted, with_pence=True)
    return (
        f'<table class="planner-table"><caption>Provision for a year. {FOR_PRACTICE}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
        f'<tfoot><tr><th scope="row" colspan="5">What counts, together</th><td>{total}</td><td></td></tr></tfoot>'
        "</table>"
    )


def _row(given: Typed, part: CostedLine, sheet: Sheet) -> str:
    cells: Sequence[str] = (
        _price_of(given, sheet),
        how_much(given, sheet.rates),
        given["group"],
        given["since"],
        in_pounds(part.pounds, with_pence=True),
        "Yes" if given["counts"] else f"No: {given['because']}",
    )
    return (
        f'<tr><th scope="row">{escape(given["what"])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )


def _price_of(given: Typed, sheet: Sheet) -> str:
    if given["rate"] == ONE_OFF:
        return f"A one-off sum: {in_pounds(Decimal(given['pounds']))}"
    return price_in_words(sheet.rates, given["rate"], sheet.day)
