"""Lesson 3: one child's difficulties laid over the four areas of need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.pictures.canvas import WIDTH, canvas, diamond, rule, write
from casework.pictures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

# The names that her mother gave them; what was seen stands in the lesson.
DIFFICULTIES = ("noise", "telling", "pen", "silence")
# Where her school set the marks: how the four areas meet in one invented child, and no rule for another.
AREAS = {
    "communication and interaction": ("noise", "telling", "silence"),
    "cognition and learning": ("telling", "pen"),
    "social, emotional and mental health": ("noise", "silence"),
    "sensory and/or physical": ("noise", "pen"),
}
LEFT, RIGHT, TOP, LANE = 8, 8, 62, 62
SIDE = 42


def draw_needs_cross() -> Picture:
    """Return Tamsin's four difficulties over the four areas. Values: see `crossings`."""
    values = crossings()
    marks = values[list(DIFFICULTIES)]
    axes = canvas(TOP + LANE * len(AREAS) + 4, left=LEFT, right=RIGHT)
    _columns(axes)
    for number, (area, touched) in enumerate(AREAS.items()):
        _lane(axes, TOP + number * LANE, area, touched)
    return Picture(
        title="Four difficulties, four areas",
        figure=axes.figure,
        values=values,
        alternative=(
            f"A grid: four difficulties across, four areas down, {marks.sum().sum()} marks. {_areas_in_words()} "
            "Each difficulty touches two areas or three. No area holds all four."
        ),
        caption=(
            "◆ touches this area · – does not. Tamsin is invented. Somebody else might move a mark; what she finds "
            "hard would be the same."
        ),
        headline=f"{marks.sum().sum()} marks: no difficulty lies in one area alone",
    )


def crossings() -> DataFrame:
    """Return one row for each area, with 1 under each difficulty that touches it, else 0, and their number."""
    from pandas import DataFrame

    rows = [(area, *(int(name in touched) for name in DIFFICULTIES)) for area, touched in AREAS.items()]
    table = DataFrame(rows, columns=["area", *DIFFICULTIES])
    return table.assign(difficulties=table[list(DIFFICULTIES)].sum(axis=1))


def _areas_in_words() -> str:
    return " ".join(f"{area.capitalize()}: {_listed(touched)}." for area, touched in AREAS.items())


def _listed(names: tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}"


def _across(name: str) -> float:
    """Return where the column of difficulty *name* stands."""
    wide = (WIDTH - LEFT - RIGHT - 2 * SIDE) / (len(DIFFICULTIES) - 1)
    return SIDE + wide * DIFFICULTIES.index(name)


def _columns(axes: Axes) -> None:
    write(axes, 0, 12, "What Tamsin finds hard", ink="ink-soft")
    for name in DIFFICULTIES:
        write(axes, _across(name), 36, name.capitalize(), bold=True, ha="center")


def _lane(axes: Axes, y: float, area: str, touched: tuple[str, ...]) -> None:
    right = WIDTH - LEFT - RIGHT
    rule(axes, (0, right), (y - 10, y - 10), ink="rule")
    write(axes, 0, y + 6, area.capitalize())
    write(axes, right, y + 6, f"{len(touched)} of {len(DIFFICULTIES)}", bold=True, ha="right")
    for name in DIFFICULTIES:
        if name in touched:
            diamond(axes, _across(name), y + 31, "brand", size=17)
        else:
            write(axes, _across(name), y + 31, "–", ink="ink-soft", ha="center")
