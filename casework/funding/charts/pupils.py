"""A school's pupils with SEN: what support costs for each of them, and for each area of need."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pandas import DataFrame

from casework.funding.charts.marks import ABOVE, DAY, NO_SUM, PRACTICE, WIDE, WITHIN, decimals, threshold, whole
from casework.funding.rates import load_rates
from casework.pictures import Picture
from casework.pictures.canvas import bar, canvas, labelled_bar, rule, write
from casework.pictures.sliders import count

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHILDREN = count("child", "children")
SHORT = {"social-emotional-and-mental-health": "Social, emotional, mental health"}


def draw_pupils_against_threshold(costs: DataFrame, *, day: date = DAY) -> Picture:
    """Draw each pupil of `budget.cost_pupils` as a bar, dearest first, against the threshold of *day*."""
    line = threshold(load_rates(), day)
    ranked = costs.sort_values("cost", ascending=False, kind="stable")
    above = f"{(ranked['cost'] > line).sum()} of {len(ranked)} children"
    return Picture(
        title=f"What support costs a year, child by child ({len(ranked)} children)",
        figure=_pupils(ranked, line),
        values=_pupil_values(ranked),
        alternative=(
            f"{len(ranked)} bars, one for each child, from {_named(ranked, 0)}, down to {_named(ranked, -1)}. "
            f"{above} are above {whole(line)}. The middle of the row is {whole(ranked['cost'].median())}."
        ),
        headline=f"{above} above {whole(line)}",
        caption=f"{PRACTICE} {whole(line)} is not an amount for each child. {NO_SUM}",
    )


def _named(ranked: DataFrame, place: int) -> str:
    return f"{ranked.index[place]}, {whole(ranked['cost'].iloc[place])}"


def _pupil_values(ranked: DataFrame) -> DataFrame:
    money = {f"£_{name}": decimals(ranked[name]) for name in ("cost", "school", "above")}
    return DataFrame({"pupil": ranked.index, "status": ranked["status"].to_list(), **money})


def _pupils(ranked: DataFrame, line: int) -> Figure:
    axes = canvas(252)
    base, step, scale = 196, WIDE / len(ranked), 160 / ranked["cost"].max()
    for number, cost in enumerate(ranked["cost"]):
        school, over = min(cost, line) * scale, max(cost - line, 0) * scale
        bar(axes, number * step, base - school, step * 0.7, school, linewidth=0, **WITHIN)
        if over:
            bar(axes, number * step, base - school - over, step * 0.7, over, linewidth=0.8, **ABOVE)
    at = base - line * scale
    rule(axes, (0, WIDE), (base, base))
    rule(axes, (0, WIDE), (at, at), ink="ink", linewidth=2, zorder=3)
    write(axes, WIDE, at - 12, whole(line), bold=True, ha="right")
    write(axes, 0, 18, _named(ranked, 0))
    write(axes, WIDE, base + 15, _named(ranked, -1), ha="right")
    write(axes, 0, base + 15, "Dearest first", ink="ink-soft")
    write(axes, 0, base + 40, f"Above the line: {(ranked['cost'] > line).sum()} of {len(ranked)}", bold=True)
    return axes.figure


def draw_needs_spread(costs: DataFrame) -> Picture:
    """Draw the cost of support in `budget.cost_pupils` by main area of need, with the children counted in each."""
    areas = costs.groupby("area")["cost"].agg(["sum", "count"]).sort_values("sum", ascending=False)
    areas.index = [SHORT.get(area, area.replace("-", " ").capitalize()) for area in areas.index]
    axes = canvas(50 * len(areas))
    axes.set_xlim(0, int(areas["sum"].max()))
    for number, (area, cost, children) in enumerate(areas.itertuples()):
        labelled_bar(axes, 50 * number + 12, area, whole(cost), (0, cost), tall=20, **WITHIN)
        write(axes, axes.get_xlim()[1] * 0.02, 50 * number + 33, CHILDREN(children), ink="on-brand")
    said = [f"{area}: {whole(cost)} for {CHILDREN(children)}." for area, cost, children in areas.itertuples()]
    return Picture(
        title="What support costs a year, by area of need",
        figure=axes.figure,
        values=DataFrame(
            {"area": areas.index, "children": areas["count"].to_list(), "£_cost": decimals(areas["sum"])}
        ),
        alternative=" ".join(said),
        headline=said[0].removesuffix("."),
        caption=f"{PRACTICE} Each child is counted once, under the main need. Needs cross areas.",
    )
