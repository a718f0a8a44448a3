"""What a child's support costs in a year, what the sum shows, and what it does not.

The arithmetic is exact and ends in one rounding, so that a page can do the same with whole numbers:

1. A price or one-off sum becomes a whole number of pence; hours, sessions, days and items become a whole number
   of ten-thousandths (both are written with at most two and four decimal places).
2. A line is a fraction of pence. Hours: price x hours x weeks / (10000 x group). Sessions, days, items:
   price x number / (10000 x group). A yearly price or a one-off sum: price / group.
3. A total is the sum of those fractions over a common denominator. Whole numbers grow long here: use BigInt.
4. Only what is shown is rounded, half a penny up: (2 x numerator + denominator) div (2 x denominator).

The sum is evidence. It is never a condition of asking for an EHC needs assessment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from casework.funding.rates import Rate, RateError, RatePeriod, Rates, Text, find_rate, in_pounds, rate_on

THRESHOLD = "high-needs-threshold"
COUNTED_BY = {"hour": ("hours", "weeks"), "session": ("sessions",), "day": ("days",), "item": ("items",), "year": ()}
CITES = ("cfa-36-8", "nsb-guidance-2025", "forum-2025-threshold", "code-6-99")


def _number(name: str, places: int, most: int, outside: str = "") -> BeforeValidator:
    outside = outside or f"{name} must be more than 0 and at most {most:,}"
    form = f"have at most {places} decimal places" if places else "be a whole number"

    def check(value: Any) -> Decimal:
        try:
            number = Decimal(str(value))
            if not 0 < number <= most:
                raise ValueError(outside)
        except InvalidOperation:
            raise ValueError(f'{name} must be a number, not "{value}"') from None
        if round(number, places) != number:
            raise ValueError(f"{name} must {form}")
        return number

    return BeforeValidator(check)


class Line(BaseModel):
    """One line of a child's provision: a *rate* with how much of it, or a one-off sum of *pounds*.

    A line that gives every pupil what every pupil gets does not count: `counts` is false, and `because` says why.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Text = Field(description="The support, in words.")
    rate: Text | None = Field(default=None, description="A rate's id.")
    pounds: Annotated[Decimal, _number("pounds", 2, most=1_000_000)] | None = None
    hours: Annotated[Decimal, _number("hours", 4, most=168)] | None = Field(default=None, description="A week.")
    weeks: Annotated[int, _number("weeks", 0, 52, "a line runs for 1 to 52 weeks")] | None = None
    sessions: Annotated[Decimal, _number("sessions", 4, most=1000)] | None = Field(
        default=None, description="A year."
    )
    days: Annotated[Decimal, _number("days", 4, most=366)] | None = Field(default=None, description="A year.")
    items: Annotated[Decimal, _number("items", 4, most=1000)] | None = Field(default=None, description="A year.")
    group: Annotated[int, _number("group", 0, 1000, "a group has at least one child, and at most 1,000")] = 1
    counts: bool = True
    because: Text | None = Field(default=None, description="Why the line does not count.")

    @property
    def counted_by(self) -> tuple[str, ...]:
        """The names of the amounts that the line gives: `("hours", "weeks")`, `("sessions",)`, or none."""
        names = ("hours", "weeks", "sessions", "days", "items")
        return tuple(name for name in names if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Line:
        wrong = [message for broken, message in self._rules() if broken]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _rules(self) -> Iterable[tuple[bool, str]]:
        given = self.counted_by
        yield (self.rate is None) == (self.pounds is None), "a line needs a rate or a sum of pounds, not both"
        yield ("hours" in given) != ("weeks" in given), "hours (a week) and weeks go together: one of them is missing"
        yield len({*given} - {"weeks"}) > 1, "a line is counted in one way: hours, sessions, days or items"
        yield self.pounds is not None and bool(given), f"pounds are for the whole line: take out {', '.join(given)}"
        yield not self.counts and not self.because, "a line that does not count needs a because"
        yield self.counts and bool(self.because), "because says why a line does not count, and this line counts"


@dataclass(frozen=True)
class CostedLine:
    """A line with its cost: exact *pounds* a year for one child, and the *period* of the rate that priced it."""

    line: Line
    pounds: Fraction
    period: RatePeriod | None


@dataclass(frozen=True)
class Costed:
    """A plan costed with the rates of one *day*. All money is exact pounds a year for one child."""

    day: date
    lines: tuple[CostedLine, ...]

    @property
    def counted(self) -> Fraction:
        """The sum of the lines that are additional to or different from what all pupils get."""
        return sum((costed.pounds for costed in self.lines if costed.line.counts), Fraction(0))

    @property
    def left_out(self) -> tuple[CostedLine, ...]:
        """The lines that do not count; each line says why in its *because*."""
        return tuple(costed for costed in self.lines if not costed.line.counts)


@dataclass(frozen=True)
class Split:
    """A yearly cost against the threshold; exact pounds. *school* and *above* add up to the cost."""

    threshold: Fraction
    school: Fraction
    above: Fraction


@dataclass(frozen=True)
class Words:
    """A text in paragraphs, and the ids of the authorities on which it rests."""

    text: str
    cites: tuple[str, ...]


def cost(line: Line, rates: Rates, day: date) -> Fraction:
    """Return what *line* costs one child in a year, in exact pounds. Raises `RateError` where it has no price."""
    return _cost_line(line, rates, day).pounds


def cost_plan(lines: Iterable[Line], rates: Rates, day: date) -> Costed:
    """Cost every line with the rates of *day*. Raises one `RateError` that names every line without a price."""
    costed, wrong = [], []
    for line in lines:
        try:
            costed.append(_cost_line(line, rates, day))
        except RateError as error:
            wrong.append(f'"{line.what}": {error}')
    if wrong:
        raise RateError("\n".join(wrong))
    return Costed(day, tuple(costed))


def _cost_line(line: Line, rates: Rates, day: date) -> CostedLine:
    if line.rate is None:
        return CostedLine(line, Fraction(line.pounds) / line.group, None)
    _check_unit(line, find_rate(rates, line.rate))
    period = rate_on(rates, line.rate, day)
    pounds = Fraction(period.pounds) / line.group
    for name in line.counted_by:
        pounds *= Fraction(getattr(line, name))
    return CostedLine(line, pounds, period)


def _check_unit(line: Line, rate: Rate) -> None:
    needed = COUNTED_BY[rate.unit]
    if line.counted_by == needed:
        return
    said = " and ".join(needed) if needed else "nothing but the group"
    given = " and ".join(line.counted_by) or "nothing"
    raise RateError(f'"{line.rate}" is a price for one {rate.unit}: the line must give {said}, but gives {given}.')


def against_threshold(total: Fraction, rates: Rates, day: date) -> Split:
    """Split a child's yearly cost at the threshold of *day*; numbers only.

    It is for mainstream schools, Reception to Year 11: nurseries, colleges, special schools and units are funded
    in other ways. Source: Code 6.99; DfE guidance on the notional SEN budget 2025 to 2026.
    """
    threshold = Fraction(rate_on(rates, THRESHOLD, day).pounds)
    return Split(threshold, school=min(total, threshold), above=max(Fraction(0), total - threshold))


def in_words(costed: Costed, split: Split) -> Words:
    """Say what the sum shows, what it does not, what it leaves out, and how far to trust the prices."""
    parts = (
        _shows(costed.counted, split),
        _does_not_show(),
        _is_no_condition(split),
        _leaves_out(costed),
        _prices(costed),
    )
    return Words("\n\n".join(filter(None, parts)), CITES)


def _shows(counted: Fraction, split: Split) -> str:
    total, threshold = in_pounds(counted), in_pounds(split.threshold)
    expected = (
        f"{threshold}, the most that a mainstream school is expected to find in a year "
        "for one pupil’s additional support (Reception to Year 11)"
    )
    if split.above:
        return (
            f"The support that counts costs {total} a year. That is {in_pounds(split.above)} above {expected}. "
            "On these figures it is likely to cost more than such a school can be expected to find. "
            "The school can ask the local authority for top-up funding for the part above."
        )
    place = "exactly" if counted == split.threshold else "within"
    return (
        f"The support that counts costs {total} a year. That is {place} {expected}. "
        "On these figures such a school would be expected to find it all from its own budget."
    )


def _does_not_show() -> str:
    return (
        "The sum does not show whether the support is right or enough, whether the child makes progress, "
        "or what more they may need. It does not settle whether top-up funding will be paid, or whether there "
        "will be an EHC plan. It can be one piece of evidence among others."
    )


def _is_no_condition(split: Split) -> str:
    threshold = in_pounds(split.threshold)
    return (
        f"Neither this sum nor the {threshold} is a condition of asking for an EHC needs assessment. "
        "A request can be made whatever the sum comes to. The question there is whether the child or young person "
        "has or may have special educational needs, and whether it may be necessary for provision to be made under "
        "an EHC plan (section 36(8), Children and Families Act 2014)."
    )


def _leaves_out(costed: Costed) -> str:
    lines = [f"{out.line.what} ({in_pounds(out.pounds)}): {out.line.because}" for out in costed.left_out]
    rule = "only support that is additional to or different from what all pupils get counts"
    return f"Left out, since {rule}: {'; '.join(lines).rstrip('.')}." if lines else ""


def _prices(costed: Costed) -> str:
    made_up = dict.fromkeys(part.line.what for part in costed.lines if part.period and part.period.illustrative)
    unsure = f" These are illustrative, from no confirmed source: {'; '.join(made_up)}." if made_up else ""
    return "Prices are for practice only; they differ by area and year." + unsure
