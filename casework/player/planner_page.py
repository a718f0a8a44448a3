"""The static form of the planner: a table that needs no script, and beside it everything that the page counts with.

Python writes the sentences, with places for amounts; the page fills them in. They come out of
`casework.funding.provision` itself, so the page and Python cannot say different things.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

from casework.funding.provision import (
    CITES,
    THRESHOLD,
    Costed,
    CostedLine,
    Line,
    Words,
    against_threshold,
    in_words,
)
from casework.funding.rates import ILLUSTRATIVE, RatePeriod, Rates, in_pounds, rate_on, to_pence
from casework.library import Library
from casework.player.sheet import (
    BLANK,
    COMMA,
    MISSING,
    NUMBERS,
    ONE_OFF,
    Sheet,
    Typed,
    fault_words,
    numbers_of,
    prices,
    typed_plan,
)

FORMAT = 1
EMPTY = {"id": "", "title": "An empty sheet", "child": "", "lines": []}
UNITS = {
    "hours": ("{n} hour a week", "{n} hours a week"),
    "weeks": ("{n} week", "{n} weeks"),
    "sessions": ("{n} session", "{n} sessions"),
    "days": ("{n} day", "{n} days"),
    "items": ("{n} item", "{n} items"),
}
# Label and hint of each field of a line.
LABELS = {
    "what": ("What it is", ""),
    "rate": ("How it is paid", ""),
    "pounds": ("Sum in pounds", "Once in the year"),
    "hours": ("Hours a week", "1.5 is an hour and a half"),
    "weeks": ("Weeks a year", "A school year has 38"),
    "sessions": ("Sessions a year", ""),
    "days": ("Days a year", ""),
    "items": ("Items a year", ""),
    "group": ("Children who share it", "1 for this child alone"),
    "since": ("Since when", "A day or a month"),
    "because": ("Why it does not count", "Such as: every pupil gets it"),
}
GROUPS = {
    "hour": "By the hour",
    "session": "By the session",
    "day": "By the day",
    "item": "By the item",
    "year": "By the school year",
}
COLUMNS = ("What it is", "Price", "How much", "Shared by", "Since", "Cost a year", "Counts")
FOR_PRACTICE = "Prices are for practice only."


def planner_data(library: Library, day: date, start: str) -> dict[str, Any]:
    """Return what the page needs: prices of *day* in pence, plans to start from, sentences, authorities."""
    offered = prices(library.rates, day)
    return {
        "format": FORMAT,
        "day": in_full(day),
        "threshold": to_pence(rate_on(library.rates, THRESHOLD, day).pounds),
        "rates": {id: _price(library.rates, id, day) for id in offered.rates},
        "starts": [EMPTY, *(_start(library, id, offered) for id in library.plans)],
        "start": start,
        "blank": BLANK,
        "units": UNITS,
        "labels": LABELS,
        "groups": GROUPS,
        "columns": COLUMNS,
        "faults": {"missing": MISSING, "comma": COMMA, **{name: fault_words(name) for name in NUMBERS}},
        "says": sentences(library.rates, day),
        "authorities": [library.authorities[id].model_dump(include={"short", "href", "status"}) for id in CITES],
    }


def in_full(day: date) -> str:
    """Return *day* as people write it: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def _price(rates: Rates, id: str, day: date) -> dict[str, Any]:
    rate, period = rates.rates[id], rate_on(rates, id, day)
    source = rates.sources[period.source].title if period.source != ILLUSTRATIVE else "no source"
    return {
        "label": rate.label,
        "unit": rate.unit,
        "pence": to_pence(period.pounds),
        "illustrative": period.illustrative,
        "source": source,
        "note": period.note or "",
    }


def _start(library: Library, id: str, offered: Rates) -> dict[str, Any]:
    plan = library.plans[id]
    return {"id": id, "title": plan.title, "child": plan.child, "lines": typed_plan(plan.lines, offered)}


def sentences(rates: Rates, day: date) -> dict[str, str]:
    """Return the paragraphs of `in_words` for the threshold of *day*, with {total}, {above} and so on for amounts."""
    threshold = against_threshold(Fraction(0), rates, day).threshold
    low, high = Fraction("1234.56"), threshold + Fraction("1777.77")
    within, not_shown, no_condition, price = _paragraphs(rates, day, _part(low))
    above = _paragraphs(rates, day, _part(high))[0]
    left_out = _paragraphs(rates, day, _part(low, counts=False, because="{because}"))[3]
    made_up = RatePeriod(start=day, pounds=Decimal(1), source=ILLUSTRATIVE, illustrative=True)
    illustrative = _paragraphs(rates, day, _part(low, period=made_up))[3]
    lead, _, _ = left_out.partition("{what}")
    return {
        "above": above.replace(in_pounds(high), "{total}").replace(in_pounds(high - threshold), "{above}"),
        "exactly": _paragraphs(rates, day, _part(threshold))[0],
        "within": within.replace(in_pounds(low), "{total}"),
        "not_shown": not_shown,
        "no_condition": no_condition,
        "left_out": lead,
        "left_out_line": left_out.removeprefix(lead).replace(in_pounds(low), "{cost}"),
        "prices": price,
        "illustrative": illustrative.removeprefix(price),
    }


def _part(pounds: Fraction, period: RatePeriod | None = None, **line: Any) -> CostedLine:
    return CostedLine(Line(what="{what}", pounds=1, **line), pounds, period)


def _paragraphs(rates: Rates, day: date, *parts: CostedLine) -> list[str]:
    costed = Costed(day, parts)
    return in_words(costed, against_threshold(costed.counted, rates, day)).text.split("\n\n")


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
        f'<tfoot><tr><th scope="row" colspan="5">What counts, together</th><td>{total}</td><td></td></tr></tfoot></table>'
    )


def _row(given: Typed, part: CostedLine, sheet: Sheet) -> str:
    cells: Sequence[str] = (
        price_in_words(given, sheet),
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


def price_in_words(given: Typed, sheet: Sheet) -> str:
    """Return the price of a *given* line: `Teaching assistant, one hour: £17.20`, and whether it is illustrative."""
    if given["rate"] == ONE_OFF:
        return f"A one-off sum: {in_pounds(Decimal(given['pounds']))}"
    period = rate_on(sheet.rates, given["rate"], sheet.day)
    mark = " (illustrative)" if period.illustrative else ""
    return f"{sheet.rates.rates[given['rate']].label}: {in_pounds(period.pounds)}{mark}"
