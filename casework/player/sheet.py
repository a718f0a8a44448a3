"""A sheet of the planner: lines of provision as somebody typed them, right or wrong.

A typed line is a dict of text (and one bool), so that a mistake is kept as it stands until it is mended. What is
right becomes a `Line`, and `casework.funding.provision` does the sum; what is wrong is said in the words of `Line`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from casework.errors import CaseworkError, did_you_mean
from casework.funding.plans import PlannedLine
from casework.funding.provision import COUNTED_BY, Costed, cost_plan
from casework.funding.rates import RateError, Rates, rate_on

Typed = dict[str, Any]  # the keys of BLANK; every value is text, but `counts` is a bool

ONE_OFF = "one-off"
NUMBERS = ("pounds", "hours", "weeks", "sessions", "days", "items", "group")
BLANK: Typed = {
    "what": "",
    "rate": "",
    **dict.fromkeys(NUMBERS, ""),
    "group": "1",
    "since": "",
    "counts": True,
    "because": "",
}
# Of the figures for a year, the one that a school pays for support; the others are what a school receives.
YEARLY = ("ta-year",)
PLAIN = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

MISSING = {
    "what": "Say in a few words what the support is.",
    "rate": "Choose how it is paid.",
    "because": "Say why it does not count.",
    **dict.fromkeys(NUMBERS, "A number is missing here."),
}
COMMA = "Write 1.5 with a point, and 1000 without a comma."


def prices(rates: Rates, day: date) -> Rates:
    """Return those of *rates* that pay for a child's support and have a figure on *day*, in the file's order."""
    offered = {
        id: rate
        for id, rate in rates.rates.items()
        if (rate.unit != "year" or id in YEARLY) and _has_figure(rates, id, day)
    }
    return rates.model_copy(update={"rates": offered})


def _has_figure(rates: Rates, id: str, day: date) -> bool:
    try:
        rate_on(rates, id, day)
    except RateError:
        return False
    return True


def typed(line: Mapping[str, Any], offered: Rates) -> Typed:
    """Return *line* with every key of `BLANK`, numbers as text. A line with pounds and no rate is a one-off sum.

    Raises `CaseworkError` for a key or a rate that does not exist; anything else may be wrong and is kept.
    """
    for key in line:
        if key not in BLANK:
            raise CaseworkError(f'A line has no "{key}". {did_you_mean(str(key), BLANK)}')
    full = BLANK | {key: value if key == "counts" else _as_text(value) for key, value in line.items()}
    full["rate"] = full["rate"] or (ONE_OFF if full["pounds"] else "")
    if full["rate"] not in ("", ONE_OFF, *offered.rates):
        raise CaseworkError(f'There is no rate "{full["rate"]}" here. {did_you_mean(full["rate"], offered.rates)}')
    if not isinstance(full["counts"], bool):
        raise CaseworkError(f'"counts" is true or false, not "{full["counts"]}".')
    return full


def typed_plan(lines: Iterable[PlannedLine], offered: Rates) -> list[Typed]:
    """Return the *lines* of a plan as a sheet shows them."""
    return [typed(line.model_dump(exclude_defaults=True), offered) for line in lines]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return f"{Decimal(str(value)):f}" if number else str(value)


def numbers_of(line: Typed, offered: Rates) -> tuple[str, ...]:
    """Return the names of the numbers that *line* needs, such as `("hours", "weeks", "group")`."""
    if line["rate"] == ONE_OFF:
        return ("pounds", "group")
    rate = offered.rates.get(line["rate"])
    return (*COUNTED_BY[rate.unit], "group") if rate else ("group",)


def faults(line: Typed, offered: Rates) -> dict[str, str]:
    """Return what is wrong with *line*: field to message, empty if nothing is."""
    needed = ("what", "rate", *numbers_of(line, offered), *(() if line["counts"] else ("because",)))
    checked = {name: _fault(name, line[name].strip(), offered) for name in needed}
    return {name: message for name, message in checked.items() if message}


def _fault(name: str, text: str, offered: Rates) -> str:
    if not text or (name == "rate" and text not in (ONE_OFF, *offered.rates)):
        return MISSING[name]
    return _number_fault(name, text) if name in NUMBERS else ""


def _number_fault(name: str, text: str) -> str:
    if not PLAIN.fullmatch(text):
        hint = f" {COMMA}" if "," in text else ""
        return fault_words(name)["number"].replace("{value}", text) + hint
    return _complaint(name, text)


def fault_words(name: str) -> dict[str, str]:
    """Return the messages of the number called *name*, as `Line` words them; "{value}" stands for what was typed."""
    samples = {"number": "{value}", "outside": "-1", "places": "0.00001" if name == "hours" else "0.12345"}
    return {kind: _complaint(name, sample) for kind, sample in samples.items()}


def _complaint(name: str, text: str) -> str:
    try:
        PlannedLine.model_validate({"what": name, "rate": name, name: text})
    except ValidationError as error:
        for item in error.errors(include_url=False):
            if item["loc"] == (name,):
                message = str(item["ctx"]["error"])
                return f"{message[0].upper()}{message[1:]}."
    return ""


@dataclass(frozen=True)
class Sheet:
    """Typed *lines* with the *rates* of the file and the *day* whose prices hold."""

    lines: tuple[Typed, ...]
    rates: Rates
    day: date

    @cached_property
    def faults(self) -> list[dict[str, str]]:
        """What is wrong with each line, in order."""
        offered = prices(self.rates, self.day)
        return [faults(line, offered) for line in self.lines]

    @cached_property
    def costed(self) -> Costed:
        """The lines without a fault, costed."""
        good = [line for line, wrong in zip(self.lines, self.faults, strict=True) if not wrong]
        return cost_plan([self.line(line) for line in good], self.rates, self.day)

    def line(self, given: Typed) -> PlannedLine:
        """Return a *given* line without a fault as what it means: only the fields that its price asks for."""
        used = numbers_of(given, self.rates)
        fields: Typed = {name: given[name].strip() for name in used} | {"what": given["what"]}
        fields |= {"since": given["since"].strip() or None, "counts": given["counts"]}
        fields |= {} if given["rate"] == ONE_OFF else {"rate": given["rate"]}
        return PlannedLine(**fields | ({} if given["counts"] else {"because": given["because"]}))
