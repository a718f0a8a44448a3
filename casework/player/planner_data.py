"""Everything that the planner's page counts and speaks with: prices, plans to start from, sentences, authorities.

Python writes the sentences, with places for amounts; the page fills them in. They come out of
`casework.funding.provision` itself, so the page and Python cannot say different things.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from casework.funding.provision import CITES, THRESHOLD, Costed, CostedLine, Line, against_threshold, in_words
from casework.funding.rates import ILLUSTRATIVE, RatePeriod, Rates, in_pounds, rate_on, to_pence
from casework.library import Library
from casework.player.sheet import BLANK, COMMA, MISSING, NUMBERS, fault_words, prices, typed_plan

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
INTRO = f"What one child’s support costs in a year: each kind of support is a line. {FOR_PRACTICE}"
CAUTION = "Prices as at {day}, for practice. They differ by area and year: never quote one as what a school pays."


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
        "says": sentences(library.rates, day) | {"intro": INTRO, "caution": CAUTION.format(day=in_full(day))},
        "authorities": [library.authorities[id].model_dump(include={"short", "href", "status"}) for id in CITES],
    }


def in_full(day: date) -> str:
    """Return *day* as people write it: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def _price(rates: Rates, id: str, day: date) -> dict[str, Any]:
    rate, period = rates.rates[id], rate_on(rates, id, day)
    seen = f" Seen at: {rates.sources[period.source].title}." if period.source != ILLUSTRATIVE else ""
    unsure = " Illustrative: nobody has confirmed this figure." if period.illustrative else ""
    return {
        "unit": rate.unit,
        "pence": to_pence(period.pounds),
        "illustrative": period.illustrative,
        "text": price_in_words(rates, id, day),
        "seen": f"For practice only.{seen}{unsure}",
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
    left_out = _paragraphs(rates, day, _part(low, counts=False, because="{because}"))[3].removesuffix(".")
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


def price_in_words(rates: Rates, id: str, day: date) -> str:
    """Return a rate as a price: `Teaching assistant, one hour: £17.20`, and whether it is illustrative."""
    period = rate_on(rates, id, day)
    mark = " (illustrative)" if period.illustrative else ""
    return f"{rates.rates[id].label}: {in_pounds(period.pounds)}{mark}"
