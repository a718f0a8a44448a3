"""A figure as a page shows it: title, drawing, caption, and the numbers as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Any

from casework.pictures.canvas import raw_svg
from casework.pictures.slim import MARK, Drawing, slim
from casework.pictures.tokens import themed

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

# Enough to be read where no style sheet of ours is: in a live notebook, or a page saved on its own.
GROUND = "background:#fffdf8;color:#1d2a2c"
FRAME = "box-sizing:border-box;max-width:34rem;margin:1.5rem 0;padding:clamp(.6rem,3vw,1rem)"
SCALED = "display:block;width:100%;max-width:32rem;height:auto"

_showings: Counter[str] = Counter()


@dataclass(frozen=True, eq=False, kw_only=True)
class Shown:
    """What every figure has: a *title*, its *values* (a DataFrame, or words to numbers) and a *caption*."""

    title: str
    values: DataFrame | Mapping[str, Any]
    caption: str = ""

    def body(self, prefix: str) -> str:
        """Return the HTML between title and caption; every id in it starts with *prefix*."""
        raise NotImplementedError

    def html(self, prefix: str) -> str:
        """Return the whole figure as HTML. The same *prefix* gives the same bytes."""
        return framed(self.title, self.body(prefix), self.caption)

    def _repr_html_(self) -> str:
        return self.html(new_prefix(self.title))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": self.in_words()}

    def in_words(self) -> str:
        """Return what the figure shows, for a reader who does not see it."""
        return self.title


@dataclass(frozen=True, eq=False, kw_only=True)
class Picture(Shown):
    """A drawing by matplotlib, with its *alternative* (it states the numbers) and a *headline* of a few words."""

    figure: Figure = field(repr=False)
    alternative: str
    headline: str = ""

    @cached_property
    def drawing(self) -> Drawing:
        """The figure as SVG elements, in the colours of the theme."""
        return slim(raw_svg(self.figure, self.title))

    def body(self, prefix: str) -> str:
        """Return the drawing as an image with title and description, and its numbers as a table."""
        return self.svg(prefix) + numbers_table(self.values, f"{self.title}: the numbers", "The numbers as a table")

    def svg(self, prefix: str) -> str:
        """Return the drawing as one `<svg>` element whose ids start with *prefix*."""
        return (
            f'<svg class="picture-drawing" role="img" viewBox="{self.drawing.box}" style="{SCALED}" '
            f'aria-labelledby="{prefix}-title" aria-describedby="{prefix}-words">'
            f'<title id="{prefix}-title">{escape(self.title)}</title>'
            f'<desc id="{prefix}-words">{escape(self.alternative)}</desc>'
            f"<g>{''.join(self.drawing.parts).replace(MARK, f'{prefix}-')}</g></svg>"
        )

    def in_words(self) -> str:
        """Return the title and the alternative."""
        return f"{self.title}. {self.alternative}"


@dataclass(frozen=True, eq=False, kw_only=True)
class Boxes(Shown):
    """A figure made of words: its *content* is HTML that can be read as it stands, by eye or by ear."""

    content: str = field(repr=False)
    alternative: str

    def body(self, prefix: str) -> str:
        """Return the content as it is: it has no ids."""
        return self.content

    def in_words(self) -> str:
        """Return the title and the alternative."""
        return f"{self.title}. {self.alternative}"


def new_prefix(title: str) -> str:
    """Return a prefix for ids that no other showing of this process has: one figure may stand twice on a page."""
    _showings[title] += 1
    again = _showings[title]
    return f"picture-{sha256(title.encode()).hexdigest()[:8]}" + (f"-{again}" if again > 1 else "")


def framed(title: str, body: str, caption: str = "") -> str:
    """Return a `<figure>` with its *title* above *body* and its *caption*, both escaped here, below."""
    note = f'<p class="picture-caption">{escape(caption)}</p>' if caption else ""
    heading = f'<figcaption class="picture-title"><strong>{escape(title)}</strong></figcaption>'
    return f'<figure class="picture" style="{themed(GROUND)};{FRAME}">{heading}{body}{note}</figure>'


def numbers_table(values: DataFrame | Mapping[str, Any], caption: str, summary: str) -> str:
    """Return *values* as a table, folded away under *summary*; its first column names the rows."""
    heads, rows = _rows(values)
    head = "".join(f'<th scope="col">{escape(_heading(name))}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{cell(first)}</th>{"".join(f"<td>{cell(value)}</td>" for value in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<details class="picture-numbers"><summary>{escape(summary)}</summary>'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></details>"
    )


def _rows(values: DataFrame | Mapping[str, Any]) -> tuple[Iterable[str], Iterable[tuple[Any, ...]]]:
    if isinstance(values, Mapping):
        return ("what", "number"), values.items()
    return values.columns, values.itertuples(index=False, name=None)


def _heading(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ")


def cell(value: Any) -> str:
    """Write one *value* for people, thousands parted, a float to two decimals, a Decimal as it is, or a dash."""
    if value is None or str(value) in ("<NA>", "nan"):
        return "–"
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return escape(str(value))
    if isinstance(value, Decimal | int):
        return f"{value:,}".replace("-", "−")
    written = f"{value:,.2f}"
    return written.rstrip("0").rstrip(".").replace("-", "−")
