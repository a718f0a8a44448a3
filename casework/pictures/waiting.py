"""Lesson 1: what fourteen months of waiting for a label look like, with and without support meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.pictures.canvas import bar, canvas, diamond, rule, write
from casework.pictures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MONTHS = 14
# An ordinary school calendar, in months from 1 September; breaks of a week are left inside their term.
# Each: term, starts, ends, school weeks, lessons of five started at the review, month of the review.
TERMS = (
    ("autumn, Year 7", 0.1, 3.6, 14, 2, "Dec"),
    ("spring, Year 7", 4.2, 6.9, 11, 3, "Mar"),
    ("summer, Year 7", 7.4, 10.6, 13, 4, "Jul"),
    ("autumn, Year 8 (first half)", 12.1, 13.7, 7, 4, "Oct"),
)
WEEKS_TO_PLAN = 3
WAITING, MEANWHILE = "waiting only", "meanwhile"
TALL = 32


def draw_waiting() -> Picture:
    """Return Femi's fourteen months twice: waiting only, and with SEN Support meanwhile. Values: see `waiting`."""
    axes = canvas(378, left=6, right=8)
    axes.set_xlim(0, MONTHS)
    _calendar(axes, y=338)
    _waiting_lane(axes, y=34)
    _support_lane(axes, y=148)
    return Picture(
        title="Fourteen months on the list",
        figure=axes.figure,
        values=waiting(),
        alternative=(
            "Two lanes over fourteen months, September of Year 7 to November of Year 8. "
            "Waiting only: 45 school weeks, no support planned, no reviews. "
            "Meanwhile, SEN Support: three weeks to assess and plan, then 42 school weeks of support with a review "
            "in December, March, July and October, finding that Femi starts 2, 3, 4 and 4 lessons in five. "
            "Both lanes end when the report comes."
        ),
        caption=(
            "The same fourteen months, twice. Femi and his school are invented; "
            "the weeks are those of an ordinary school calendar."
        ),
        headline="45 school weeks: none of support, or 42 with four reviews",
    )


def waiting() -> DataFrame:
    """Return one row for each lane and term; `starts` and `ends` in months from 1 September, weeks of school."""
    from pandas import DataFrame

    rows = [
        (lane, term, starts, ends, weeks, _support(lane, term, weeks), int(lane == MEANWHILE), _found(lane, started))
        for lane in (WAITING, MEANWHILE)
        for term, starts, ends, weeks, started, _ in TERMS
    ]
    names = ["lane", "term", "starts", "ends", "school_weeks", "weeks_of_support", "reviews", "lessons_started"]
    return DataFrame(rows, columns=names).astype({"lessons_started": "Int64"})


def _support(lane: str, term: str, weeks: int) -> int:
    if lane == WAITING:
        return 0
    return weeks - WEEKS_TO_PLAN if term == TERMS[0][0] else weeks


def _found(lane: str, started: int) -> int | None:
    return started if lane == MEANWHILE else None


def _calendar(axes: Axes, y: float) -> None:
    rule(axes, (0, MONTHS), (y, y))
    for month, name, at in ((0, "Sep", "left"), (4, "Jan", "center"), (8, "May", "center"), (12, "Sep", "center")):
        rule(axes, (month, month), (y, y + 5))
        write(axes, month, y + 15, name, ink="ink-soft", ha=at)
    write(axes, 0, y + 32, "Year 7", ink="ink-soft")
    write(axes, 12, y + 32, "Year 8", ink="ink-soft", ha="center")
    rule(axes, (MONTHS, MONTHS), (20, y), ink="mark", linewidth=2.5)
    write(axes, MONTHS, 10, "the report comes", bold=True, ha="right")


def _waiting_lane(axes: Axes, y: float) -> None:
    write(axes, 0, y, "Waiting only", bold=True)
    for term, starts, ends, weeks, _, _ in TERMS:
        bar(axes, starts, y + 14, ends - starts, TALL, "card", edge="edge", linestyle=(0, (3, 2)))
        words = f"{weeks} weeks" if term == TERMS[0][0] else str(weeks)
        write(axes, (starts + ends) / 2, y + 14 + TALL / 2, words, ink="ink-soft", ha="center")
    write(axes, 0, y + 62, "45 school weeks, nothing written down.")
    write(axes, 0, y + 80, "At the report: perhaps a name, and no record.")


def _support_lane(axes: Axes, y: float) -> None:
    write(axes, 0, y, "Meanwhile, SEN Support", bold=True)
    for term, starts, ends, weeks, started, month in TERMS:
        taught = ends - (ends - starts) * _support(MEANWHILE, term, weeks) / weeks
        bar(axes, starts, y + 14, taught - starts, TALL, "card", edge="brand", hatch="////")
        bar(axes, taught, y + 14, ends - taught, TALL, "brand")
        words = f"{_support(MEANWHILE, term, weeks)}"
        write(axes, (taught + ends) / 2 - 0.15, y + 14 + TALL / 2, words, ink="on-brand", ha="center")
        diamond(axes, ends, y + 14 + TALL / 2, "mark")
        at, ha = (13.85, "right") if ends > 13 else (ends, "center")
        write(axes, at, y + 61, f"{started} in 5", bold=True, ha=ha)
        write(axes, at, y + 78, month, ink="ink-soft", ha=ha)
    _key(axes, y + 104)
    write(axes, 0, y + 150, "At the report: perhaps a name, and four")
    write(axes, 0, y + 168, "reviews of what helps.")


def _key(axes: Axes, y: float) -> None:
    bar(axes, 0.05, y - 7, 0.7, 14, "card", edge="brand", hatch="////")
    write(axes, 1.1, y, "3 weeks to assess and plan, 42 of support")
    diamond(axes, 0.4, y + 20, "mark")
    write(axes, 1.1, y + 20, "a review: lessons that Femi starts")
