"""What the pictures of money share: the day of their rates, their wording, and the marks for who carries what.

Bars and labels are rounded to whole pounds; the `values` of a picture keep the pence, as Decimal pounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from casework.funding.provision import against_threshold
from casework.funding.rates import Rates, in_pounds, to_pence
from casework.pictures.canvas import WIDTH, labelled_bar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DAY = date(2026, 11, 23)
WIDE = WIDTH - 16
NO_CONDITION = "Neither this sum nor the {limit} is a condition of asking for an EHC needs assessment."
NO_SUM = "No sum here is a condition of asking for an EHC needs assessment."
PRACTICE = "For practice only: the school, its pupils and its figures are made up."
ROUNDED = "Drawn in whole pounds; the table has the pence."

# What the school finds, what lies above the threshold, what nothing covers: told apart by hatching as by colour.
WITHIN = {"fill": "brand"}
ABOVE = {"fill": "mark-soft", "edge": "mark", "hatch": "////"}
UNCOVERED = {"fill": "unsound-soft", "edge": "unsound", "hatch": "xxxx"}


class Part(NamedTuple):
    """A part of a sum: its *label*, its *pence* and the *marks* that its bar is drawn with."""

    label: str
    pence: int
    marks: dict[str, Any]


def whole(pence: float) -> str:
    """Return *pence* as whole pounds, for a label; half a pound goes up."""
    return in_pounds((Fraction(int(pence), 100) + Fraction(1, 2)) // 1)


def decimals(pence: Iterable[int]) -> list[Decimal]:
    """Return whole *pence* as Decimal pounds, for a table of values."""
    return [Decimal(int(value)).scaleb(-2) for value in pence]


def threshold(rates: Rates, day: date) -> int:
    """Return the high needs threshold of *day*, in pence."""
    return to_pence(against_threshold(Fraction(0), rates, day).threshold)


def staircase(axes: Axes, y: float, parts: Iterable[Part]) -> float:
    """Draw each of *parts* where the one before it ended, 48 units apart; return the y of the row after the last."""
    start = 0
    for part in parts:
        labelled_bar(axes, y, part.label, whole(part.pence), (start, start + part.pence), **part.marks)
        start, y = start + part.pence, y + 48
    return y
