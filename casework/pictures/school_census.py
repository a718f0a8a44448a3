"""Lesson 3: how many pupils in England have SEN, by the school census of January 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.pictures.canvas import bar, canvas, write
from casework.pictures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

PLAN, SUPPORT, NEITHER = "EHC plans", "SEN Support", "neither"
# Facts ledger 4.45: nasen and MeritDocs, on the DfE's release.
# Pupils, per cent of all pupils, and per cent the year before.
COUNTED = {PLAN: (538_547, 6.0, 5.3), SUPPORT: (1_319_780, 14.8, 14.2)}
STEP, SQUARE = 17, 13
STYLES = {
    PLAN: {"fill": "card", "edge": "mark", "hatch": "/////", "linewidth": 2},
    SUPPORT: {"fill": "brand"},
    NEITHER: {"fill": "card", "edge": "edge"},
}


def draw_school_census() -> Picture:
    """Return a hundred squares, a pupil each: with a plan, on SEN Support, neither. Values: see `census`."""
    axes = canvas(11 * STEP, left=4, right=4)
    hundred = of_a_hundred()
    _squares(axes, hundred)
    _words(axes, hundred)
    return Picture(
        title="Of every hundred pupils, January 2026",
        figure=axes.figure,
        values=census(),
        alternative=(
            f"A hundred squares, one for each of a hundred pupils in England. {hundred[PLAN]} have an EHC plan: "
            f"538,547 pupils, 6.0 per cent, up from 5.3. {hundred[SUPPORT]} are on SEN Support: 1,319,780 pupils, "
            f"14.8 per cent, up from 14.2. {hundred[NEITHER]} have neither."
        ),
        caption=(
            "School census, January 2026, as nasen and MeritDocs report it; squares to the nearest whole pupil. "
            "Special and independent schools are counted too, so no one school need look like this."
        ),
        headline=f"{hundred[SUPPORT]} in a hundred on SEN Support, {hundred[PLAN]} with a plan",
    )


def census() -> DataFrame:
    """Return a row for plans and one for SEN Support: `pupils`, `per_cent` of all pupils, `per_cent_in_2025`."""
    from pandas import DataFrame

    rows = [(group, *counted) for group, counted in COUNTED.items()]
    return DataFrame(rows, columns=["group", "pupils", "per_cent", "per_cent_in_2025"])


def of_a_hundred() -> dict[str, int]:
    """Return how many of a hundred pupils are in each group, to the nearest whole pupil."""
    parts = {group: round(share) for group, (_, share, _) in COUNTED.items()}
    return parts | {NEITHER: 100 - sum(parts.values())}


def _squares(axes: Axes, hundred: dict[str, int]) -> None:
    groups = [group for group, number in hundred.items() for _ in range(number)]
    for number, group in enumerate(groups):
        row, column = divmod(number, 10)
        bar(axes, column * STEP + 2, row * STEP + 8, SQUARE, SQUARE, **STYLES[group])


def _words(axes: Axes, hundred: dict[str, int]) -> None:
    x = 10 * STEP + 12
    for y, group in ((16, PLAN), (86, SUPPORT), (156, NEITHER)):
        bar(axes, x, y - 7, SQUARE, SQUARE, **STYLES[group])
        write(axes, x + 20, y, f"{hundred[group]} {group}", bold=True)
        if group in COUNTED:
            pupils, share, before = COUNTED[group]
            write(axes, x, y + 20, f"{pupils:,} pupils")
            write(axes, x, y + 38, f"{share}%, was {before}%", ink="ink-soft")
