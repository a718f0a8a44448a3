"""The one door to matplotlib: a canvas to draw on, words to write on it, and the SVG that comes of it.

All measures are units of the drawing, which is 360 units wide: little more than a telephone gives it in pixels.
Words of 14 units are then readable there, and large on a projector.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

from casework.pictures.tokens import colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH = 360
UNITS_PER_INCH = 72
SIZE = 14


def canvas(height: float, *, left: float = 8, right: float = 8, top: float = 0, bottom: float = 0) -> Axes:
    """Return bare axes on a new figure, *height* units tall, with the margins given in units.

    Without further ado, y is counted in units from the top of the axes and x in units from their left.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / UNITS_PER_INCH, height / UNITS_PER_INCH))
    wide, tall = WIDTH - left - right, height - top - bottom
    axes = figure.add_axes((left / WIDTH, bottom / height, wide / WIDTH, tall / height))
    axes.set(xlim=(0, wide), ylim=(tall, 0))
    axes.set_axis_off()
    figure.patch.set_visible(False)
    return axes


def write(axes: Axes, x: float, y: float, words: str, **style: Any) -> Text:
    """Write *words* at a point of *axes*: `ink` a token's name, `size` in units, `bold`, `ha`, `va`."""
    weight = "bold" if style.pop("bold", False) else "normal"
    settings = {"size": SIZE, "va": "center", "weight": weight, "color": colour(style.pop("ink", "ink"))} | style
    return axes.text(x, y, words, **settings)


def bar(axes: Axes, x: float, y: float, wide: float, tall: float, fill: str, **style: Any) -> None:
    """Draw a bar from its corner (*x*, *y*): `fill` and `edge` are names of tokens, `hatch` a pattern on the fill."""
    from matplotlib.patches import Rectangle

    edge = colour(style.pop("edge", fill))
    settings = {"linewidth": 1.2, "hatch_linewidth": 1.2, "clip_on": False, "zorder": 2} | style
    axes.add_patch(Rectangle((x, y), wide, tall, facecolor=colour(fill), edgecolor=edge, **settings))


def rule(axes: Axes, xs: tuple[float, float], ys: tuple[float, float], ink: str = "edge", **style: Any) -> None:
    """Draw a straight line between two points, in the token *ink*."""
    settings = {"linewidth": 1.2, "clip_on": False, "zorder": 1, "solid_capstyle": "butt"} | style
    axes.plot(xs, ys, color=colour(ink), **settings)


def diamond(axes: Axes, x: float, y: float, ink: str, size: float = 10) -> None:
    """Mark a point with a diamond in the token *ink*, edged with the ground so that it stands off what lies below."""
    style = {"marker": "D", "markersize": size, "markeredgewidth": 1.5, "linestyle": "none", "clip_on": False}
    axes.plot([x], [y], color=colour(ink), markeredgecolor=colour("card"), zorder=4, **style)


def labelled_bar(
    axes: Axes, y: float, label: str, amount: str, span: tuple[float, float], fill: str, **style: Any
) -> None:
    """Write *label* and, at the right, *amount*; below them draw a bar over *span*, in the units of x."""
    bold, tall = style.pop("bold", False), style.pop("tall", 16)
    write(axes, axes.get_xlim()[0], y, label, bold=bold)
    write(axes, axes.get_xlim()[1], y, amount, bold=True, ha="right")
    bar(axes, span[0], y + 11, span[1] - span[0], tall, fill, **style)


def raw_svg(figure: Figure, salt: str) -> str:
    """Return matplotlib's SVG of *figure*: text as text, the same bytes every time for the same *salt*."""
    import matplotlib

    written = StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()
