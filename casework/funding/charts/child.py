"""One child's support for a year, against what a mainstream school is expected to find for one pupil."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pandas import DataFrame

from casework.funding.charts.marks import ABOVE, DAY, NO_CONDITION, WIDE, WITHIN, decimals
from casework.funding.provision import Line, Split, against_threshold, cost_plan
from casework.funding.rates import in_pounds, load_rates, rate_on, to_pence
from casework.pictures import Picture
from casework.pictures.canvas import bar, canvas, rule, write
from casework.pictures.sliders import Slider, asks, count

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# The axis is the same in every frame of a sweep, so that bars compare; a cost beyond it stretches it.
AXIS = 17_000
HOURS, CHILDREN = count("hour", "hours"), count("child", "children")


@asks(
    hours=Slider("Help a week", HOURS),
    group=Slider("Shared by", count("child alone", "children")),
)
def draw_child_cost(
    hours: float = 10, group: int = 1, *, weeks: int = 38, rate: str = "ta-hour", day: date = DAY
) -> Picture:
    """Draw what *hours* a week of one adult cost one child of a *group* in a year of *weeks*, against the threshold.

    Values: one row, money in Decimal pounds. Raises `RateError` where *rate* has no price by the hour on *day*.
    """
    rates = load_rates()
    line = Line(what="help", rate=rate, hours=hours, weeks=weeks, group=group)
    split = against_threshold(cost_plan([line], rates, day).counted, rates, day)
    price = rate_on(rates, rate, day).pounds
    no_condition = NO_CONDITION.format(limit=in_pounds(split.threshold))
    return Picture(
        title="One child’s support for a year",
        figure=_figure(split, f"{in_pounds(price)} × {HOURS(hours)} × {weeks} weeks ÷ {CHILDREN(group)}"),
        values=_values(split, hours, group, weeks, price),
        alternative=_words(split, f"{HOURS(hours)} of help a week for {weeks} weeks, {_shared(group)}"),
        headline=f"{in_pounds(split.school + split.above)} a year for one child",
        caption=f"For practice only. {rates.rates[rate].label}: {in_pounds(price)}. {no_condition}",
    )


def _figure(split: Split, how: str) -> Figure:
    cost, limit = split.school + split.above, in_pounds(split.threshold)
    axes = canvas(196)
    scale = WIDE / max(AXIS, float(cost) * 1.05)
    school, above, line = (float(pounds) * scale for pounds in (split.school, split.above, split.threshold))
    write(axes, 0, 12, how, ink="ink-soft")
    write(axes, 0, 42, f"{in_pounds(cost)} a year", size=24, bold=True)
    rule(axes, (0, WIDE), (110, 110))
    bar(axes, 0, 76, school, 34, **WITHIN)
    if above:
        bar(axes, school, 76, above, 34, **ABOVE)
    rule(axes, (line, line), (66, 117), ink="ink", linewidth=2, zorder=3)
    write(axes, 0, 127, "£0", ink="ink-soft")
    write(axes, line, 127, limit, bold=True, ha="center")
    for y, label, pounds in (
        (158, f"Up to {limit}: from the school", split.school),
        (180, f"Above {limit}: top-up could carry", split.above),
    ):
        write(axes, 0, y, label)
        write(axes, WIDE, y, in_pounds(pounds), bold=True, ha="right")
    return axes.figure


def _values(split: Split, hours: float, group: int, weeks: int, price: Decimal) -> DataFrame:
    money = decimals(map(to_pence, (split.school + split.above, split.school, split.above)))
    names = ["hours_a_week", "children", "weeks", "£_an_hour", "£_a_year", "£_school", "£_above"]
    return DataFrame([(hours, group, weeks, price, *money)], columns=names)


def _shared(group: int) -> str:
    return "not shared" if group == 1 else f"shared by {CHILDREN(group)}"


def _words(split: Split, plan: str) -> str:
    cost, limit = in_pounds(split.school + split.above), in_pounds(split.threshold)
    below = f"That is within the {limit} that the school is expected to find, at most, for one pupil."
    beyond = f"The school is expected to find {limit} of it; {in_pounds(split.above)} lies above."
    return f"{plan}, cost {cost} a year for one child. {beyond if split.above else below}"
