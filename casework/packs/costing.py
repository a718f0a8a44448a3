"""The costing sheet of a case with money in it, and the sum that its best road comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from casework.funding.provision import THRESHOLD, CostedLine, Line, against_threshold, cost_plan, in_words
from casework.funding.rates import RatePeriod, in_pounds, rate_on
from casework.graph import Graph
from casework.library import Library
from casework.packs.markdown import plain, tree
from casework.proof import prove
from casework.scenario import Scenario
from casework.words import LEDGER


def costing(scenario: Scenario, library: Library) -> dict[str, Any]:
    """Return what the template of the costing sheet is given; *scenario* has a day that prices it."""
    day, words = _day(scenario), library.handouts.costing
    rates = dict.fromkeys(line.rate for line in _bought(scenario) if line.rate)
    return {
        "title": plain(scenario.title),
        "day": _said(day),
        "practice": plain(words.practice),
        "rates": [_rate(id, day, library) for id in rates],
        "method": tree(words.method),
        "rows": words.rows,
        "threshold": _threshold(scenario, library),
    }


def solution(scenario: Scenario, graph: Graph, library: Library) -> dict[str, Any]:
    """Return the sum of the road on which every choice is sound: its lines, and what the sum shows and does not."""
    day = _day(scenario)
    chosen = [entry.partition("/") for entry in prove(graph).best]
    lines = [
        line
        for node, _, id in chosen
        for choice in scenario.nodes[node].choices
        if choice.id == id
        for line in choice.buys
    ]
    costed = cost_plan(lines, library.rates, day)
    if scenario.costs_for == "child":
        shows = in_words(costed, against_threshold(costed.counted, library.rates, day)).text
    else:
        amount = in_pounds(Fraction(rate_on(library.rates, THRESHOLD, day).pounds))
        shows = LEDGER["school"]["note"].format(threshold=amount)
    return {
        "lines": [costed_line(line) for line in costed.lines],
        "total": in_pounds(costed.counted, with_pence=True),
        "shows": tree(shows),
        "day": _said(day),
    }


def bought(lines: Iterable[Line], scenario: Scenario, library: Library) -> list[dict[str, str]]:
    """Return what *lines* cost a year, each as its sum and its result."""
    return [costed_line(line) for line in cost_plan(lines, library.rates, _day(scenario)).lines] if lines else []


def costed_line(costed: CostedLine) -> dict[str, str]:
    """Return a line in words: what it is, how it is reckoned, what it comes to, and why it does not count."""
    line = costed.line
    return {
        "what": plain(line.what),
        "sum": _sum(line, costed.period),
        "pounds": in_pounds(costed.pounds, with_pence=True),
        "because": "" if line.counts else plain(line.because or ""),
    }


def _sum(line: Line, period: RatePeriod | None) -> str:
    price = in_pounds(period.pounds if period else line.pounds or 0)
    amounts = [f"{Decimal(getattr(line, name)).normalize():f} {name}" for name in line.counted_by]
    shared = [f"÷ {line.group} children"] if line.group > 1 else []
    return " ".join([" × ".join([price, *amounts]), *shared])


def _rate(id: str, day: date, library: Library) -> dict[str, str]:
    rate, period = library.rates.rates[id], rate_on(library.rates, id, day)
    source = library.rates.sources.get(period.source)
    return {
        "what": plain(rate.label),
        "pounds": in_pounds(period.pounds, with_pence=True),
        "since": _said(period.start),
        "source": plain(source.title) if source else "",
        "illustrative": "A figure for practice that no source confirms" if period.illustrative else "",
    }


def _threshold(scenario: Scenario, library: Library) -> str:
    """Return the threshold of the day; empty where the sum is a school's: the line is drawn across a child's."""
    if scenario.costs_for != "child":
        return ""
    return in_pounds(rate_on(library.rates, THRESHOLD, _day(scenario)).pounds)


def _bought(scenario: Scenario) -> list[Line]:
    return [line for node in scenario.nodes.values() for choice in node.choices for line in choice.buys]


def _day(scenario: Scenario) -> date:
    assert scenario.priced, "a case without a day has no prices"
    return scenario.priced


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
