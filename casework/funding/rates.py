"""Prices and thresholds, each with the day from which it holds and its source.

A figure never travels without its date: a rate is looked up for a day, and a day for which the file has no
figure is an error, never the nearest figure. Prices are for practice only. A period marked *illustrative* rests
on no source that anybody has seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from casework.errors import CaseworkError, ContentError, did_you_mean
from casework.load import SCENARIOS, load

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Pounds = Annotated[Decimal, Field(ge=0, decimal_places=2, description="Exact; at most two decimal places.")]
Unit = Literal["hour", "session", "day", "item", "year"]

ILLUSTRATIVE = "illustrative"


class RateError(CaseworkError):
    """A rate that the file does not have, has for other days only, or does not price in the way asked for."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(_Model):
    """Where a figure was seen."""

    title: Text
    address: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class RatePeriod(_Model):
    """What one unit costs, in pounds, from *start* until the last day *until* (or until the next period)."""

    start: date = Field(alias="from")
    until: date | None = Field(default=None, description="The last day on which the figure holds.")
    pounds: Pounds
    source: Text = Field(description='A key of the file\'s sources, or "illustrative".')
    illustrative: bool = False
    note: Text | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> RatePeriod:
        if self.until and self.until < self.start:
            raise ValueError(f"a figure cannot end ({self.until}) before it begins ({self.start})")
        if self.source == ILLUSTRATIVE and not self.illustrative:
            raise ValueError('a figure without a source needs "illustrative: true"')
        return self

    def holds_on(self, day: date) -> bool:
        """Say whether *day* lies between the period's first and last day, both included."""
        return self.start <= day and (self.until is None or day <= self.until)


class Rate(_Model):
    """A figure that may change over time: its name in words, the unit it prices, and its periods, oldest first."""

    label: Text
    unit: Unit
    periods: tuple[RatePeriod, ...]

    @field_validator("periods")
    @classmethod
    def _one_figure_a_day(cls, periods: tuple[RatePeriod, ...]) -> tuple[RatePeriod, ...]:
        # Not `min_length`: pydantic would call the list empty whenever an entry in it is wrong.
        if not periods:
            raise ValueError("a rate needs at least one period")
        for earlier, later in pairwise(periods):
            if later.start <= earlier.start:
                raise ValueError(f"periods go from old to new: {later.start} follows {earlier.start}")
            if earlier.until and later.start <= earlier.until:
                raise ValueError(f"two figures hold on {later.start}: one runs until {earlier.until}")
        return periods


class Rates(_Model):
    """The whole file: its sources by key, its rates by id. An id, once published, does not change."""

    sources: dict[Text, Source]
    rates: dict[Id, Rate]


class RateRow(NamedTuple):
    """One period of one rate, as text, ready to print."""

    id: str
    label: str
    unit: str
    pounds: str
    start: str
    until: str
    source: str
    illustrative: str
    note: str


def load_rates(path: Path = SCENARIOS / "rates.yaml") -> Rates:
    """Read the rates at *path*. Raises `ContentError` with every problem found."""
    rates, lines = load(Rates, path)
    problems = [
        lines.problem(
            ("rates", id, "periods", n, "source"),
            f'rate "{id}" names the source "{period.source}", which the file does not list.',
            did_you_mean(period.source, rates.sources),
        )
        for id, rate in rates.rates.items()
        for n, period in enumerate(rate.periods)
        if period.source not in (ILLUSTRATIVE, *rates.sources)
    ]
    if problems:
        raise ContentError(problems)
    return rates


def find_rate(rates: Rates, id: str) -> Rate:
    """Return the rate called *id*. Raises `RateError` with the likeliest id where there is none."""
    if id not in rates.rates:
        raise RateError(f'There is no rate "{id}". {did_you_mean(id, rates.rates)}')
    return rates.rates[id]


def rate_on(rates: Rates, id: str, day: date) -> RatePeriod:
    """Return the period of rate *id* that holds on *day*. Raises `RateError` where none does: never the nearest."""
    periods = find_rate(rates, id).periods
    begun = [period for period in periods if period.start <= day]
    # The last period that has begun is the only candidate: it ends the one before it, whether or not that says so.
    if not begun:
        raise RateError(f'The rate "{id}" has no figure for {day}: its first one starts on {periods[0].start}.')
    if not begun[-1].holds_on(day):
        raise RateError(f'The rate "{id}" has no figure for {day}: the one before ended on {begun[-1].until}.')
    return begun[-1]


def table(rates: Rates, day: date | None = None) -> list[RateRow]:
    """Return every period of every rate, in the file's order; with *day*, only the figures that hold on it."""
    return list(_rows(rates, day))


def _rows(rates: Rates, day: date | None) -> Iterator[RateRow]:
    for id, rate in rates.rates.items():
        for period, following in zip(rate.periods, (*rate.periods[1:], None), strict=True):
            if day and not (period.holds_on(day) and (following is None or day < following.start)):
                continue
            yield RateRow(
                id=id,
                label=rate.label,
                unit=rate.unit,
                pounds=in_pounds(period.pounds),
                start=period.start.isoformat(),
                until=period.until.isoformat() if period.until else "",
                source=period.source,
                illustrative="illustrative" if period.illustrative else "",
                note=period.note or "",
            )


def to_pence(pounds: Fraction | Decimal | int) -> int:
    """Round exact *pounds* to whole pence; half a penny goes up."""
    pence = Fraction(pounds) * 100
    return (2 * pence.numerator + pence.denominator) // (2 * pence.denominator)


def in_pounds(pounds: Fraction | Decimal | int, *, with_pence: bool = False) -> str:
    """Show exact *pounds* as people write them: `£653.60`, and `£6,000` for a whole number unless *with_pence*."""
    pence = to_pence(pounds)
    whole, rest = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{whole:,}" + (f".{rest:02}" if rest or with_pence else "")
