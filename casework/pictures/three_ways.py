"""Lesson 7: one figure said three ways. £6,000 as a line on costs, as a gate, as cash for each child: one is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from casework.pictures.canvas import bar, canvas, rule, write
from casework.pictures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIGURE = "£6,000"


class Way(NamedTuple):
    """One reading of the figure: its *verdict*, who is *concerned*, and the *lines* written at the drawing."""

    reading: str
    verdict: str
    concerned: str
    lines: tuple[str, ...]


LINE = Way(
    "a line on costs",
    "Right",
    "school and council",
    ("One pupil’s additional support, one year:", "who pays for which part?"),
)
GATE = Way(
    "a gate",
    "Wrong",
    "whoever wants to ask",
    ("No sum comes before", "asking for an EHC", "needs assessment."),
)
CASH = Way(
    "cash for each child",
    "Wrong",
    "every child with SEN",
    ("Nobody hands it over.", "It comes with no", "child’s name on."),
)
WAYS = (LINE, GATE, CASH)
BESIDE = 178  # where the words beside a drawing begin
STRUCK = (4, 158)  # what a stroke crosses out, from left to right


def draw_three_ways() -> Picture:
    """Return the three readings, the wrong ones struck out. Values: `reading`, `verdict`, `concerned`, `says`."""
    from pandas import DataFrame

    axes = canvas(432, left=6, right=6)
    _line(axes, top=16)
    _gate(axes, top=182)
    _cash(axes, top=336)
    return Picture(
        title=f"{FIGURE}, three ways",
        figure=axes.figure,
        values=DataFrame(
            [(way.reading, way.verdict, way.concerned, " ".join(way.lines)) for way in WAYS],
            columns=["reading", "verdict", "concerned", "says"],
        ),
        alternative=(
            f"Three drawings, one below the other. Right: a line on costs. A bar for what one pupil’s additional "
            f"support costs in a year; up to {FIGURE} it is marked “school”, beyond it “top-up?”. Wrong, and struck "
            f"out: a gate marked {FIGURE}. No sum comes before asking for an EHC needs assessment. Wrong, and struck "
            f"out: three envelopes, one for each child, each marked {FIGURE}. Nobody hands it over, and it comes "
            f"with no child’s name on."
        ),
        caption=(
            "Up to the line a mainstream school is expected to find it; above it, the school can look to the council "
            "for top-up. The test for an EHC needs assessment is section 36(8), and has no sum in it."
        ),
        headline=f"{FIGURE}: a line on costs; not a gate, and not cash for each child",
    )


def _heading(axes: Axes, way: Way, top: float) -> None:
    write(axes, 0, top, f"{way.verdict}: {way.reading}", bold=True, size=17)


def _beside(axes: Axes, way: Way, top: float) -> None:
    for number, words in enumerate(way.lines):
        write(axes, BESIDE, top + 20 * number, words)


def _line(axes: Axes, top: float) -> None:
    """One bar of costs, parted by a line: the school's part full, what lies beyond it hatched."""
    _heading(axes, LINE, top)
    end, at = axes.get_xlim()[1], 232
    bar(axes, 0, top + 24, at, 34, "brand-soft", edge="brand")
    bar(axes, at, top + 24, end - at, 34, "card", edge="brand", hatch="///")
    write(axes, at / 2, top + 41, "school", bold=True, ha="center")
    rule(axes, (at, at), (top + 16, top + 70), "ink", linewidth=3, zorder=3)
    write(axes, at, top + 80, FIGURE, bold=True, ha="center", size=16)
    write(axes, end, top + 70, "top-up?", ha="right", bold=True)
    for number, words in enumerate(LINE.lines):
        write(axes, 0, top + 104 + 19 * number, words)


def _gate(axes: Axes, top: float) -> None:
    _heading(axes, GATE, top)
    for x in (14, 138):
        bar(axes, x, top + 38, 10, 72, "edge")
    for y in (50, 76, 98):
        rule(axes, (24, 138), (top + y, top + y), "edge", linewidth=5)
    write(axes, 81, top + 26, FIGURE, bold=True, ha="center", size=16)
    _strike(axes, top + 38, top + 110)
    _beside(axes, GATE, top + 52)


def _cash(axes: Axes, top: float) -> None:
    """Three envelopes, one for each child; the children themselves are not drawn, and so not crossed out."""
    _heading(axes, CASH, top)
    for x in (29, 81, 133):
        write(axes, x, top + 26, FIGURE, bold=True, ha="center")
        bar(axes, x - 22, top + 44, 44, 32, "card", edge="edge", linewidth=3)
        for end in (x - 22, x + 22):
            rule(axes, (end, x), (top + 44, top + 62), "edge", linewidth=3, zorder=3)
    _strike(axes, top + 38, top + 84)
    _beside(axes, CASH, top + 42)


def _strike(axes: Axes, top: float, bottom: float) -> None:
    """Cross a drawing out, corner to corner, on a ground of its own so that it stands off what lies below."""
    for ys in ((top, bottom), (bottom, top)):
        rule(axes, STRUCK, ys, "card", linewidth=10, zorder=3)
        rule(axes, STRUCK, ys, "unsound", linewidth=5, zorder=4)
