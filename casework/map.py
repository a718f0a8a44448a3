"""A picture of a scenario's roads, for authors and facilitators: scenes from top to bottom, choices as arrows.

Laid out by grandalf, which is pure Python, so that nobody has to install a drawing program.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape

from grandalf.graphs import Edge, Graph, Vertex
from grandalf.layouts import SugiyamaLayout

from casework.scenario import Scenario

WIDTH, HEIGHT, LINE = 190, 64, 18
# How an arrow shows the soundness of its choice: by its dashes as well as by its colour.
STROKES = {"sound": ("#1d6537", ""), "arguable": ("#7d5200", "9 4"), "unsound": ("#9c3527", "2 4")}
FILLS = {
    "enquiry": "#e9e4f4",
    "assess": "#dcebf6",
    "plan": "#dcf0ec",
    "do": "#e9f1d6",
    "review": "#f9ead2",
    "escalate": "#f7dee4",
    "close": "#f1eee6",
}


Point = tuple[float, float]


@dataclass
class _Box:
    """What grandalf asks of a vertex: its size, and where it puts it (the centre)."""

    w: float
    h: float
    xy: Point = (0, 0)


@dataclass
class _Line:
    """What grandalf asks of an edge: a way to hand over the points through which it runs, between the scenes."""

    points: tuple[Point, ...] = ()

    def setpath(self, points: list[Point]) -> None:
        """Keep *points*."""
        self.points = tuple(points)


@dataclass(frozen=True)
class Layout:
    """Where everything stands: each scene's centre, and the points of each road, from its scene to the next."""

    centres: dict[str, Point]
    lines: dict[tuple[str, str], tuple[Point, ...]]


def draw(scenario: Scenario) -> str:
    """Return *scenario* as one SVG picture with a title and a description for those who cannot see it."""
    centres = lay_out(scenario, WIDTH, HEIGHT, (40, 70)).centres
    left = min(x for x, _ in centres.values()) - WIDTH
    top = min(y for _, y in centres.values()) - HEIGHT
    width = max(x for x, _ in centres.values()) + WIDTH - left
    height = max(y for _, y in centres.values()) + HEIGHT * 2 - top
    joined = roads(scenario)
    arrows = [_arrow(centres[a], centres[b], qualities, ids) for (a, b), (qualities, ids) in joined.items()]
    boxes = [_scene(name, scenario, centres[name]) for name in scenario.nodes]
    words = f"{len(scenario.nodes)} scenes and {len(joined)} roads between them, from “{scenario.start}”."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="14">'
        f"<title>{escape(scenario.title)}: the roads</title><desc>{escape(words)}</desc>{_DEFS}"
        f"{''.join(arrows)}{''.join(boxes)}{_legend(left, top + height - HEIGHT / 2)}</svg>\n"
    )


def lay_out(scenario: Scenario, width: float, height: float, between: Point) -> Layout:
    """Place boxes of *width* and *height* with the gaps *between* them (across, down), in whatever unit those are."""
    vertices = {name: Vertex(name) for name in scenario.nodes}
    for vertex in vertices.values():
        vertex.view = _Box(width, height)
    edges = [Edge(vertices[a], vertices[b]) for a, b in roads(scenario) if a != b]
    for edge in edges:
        edge.view = _Line()
    drawn = Graph(list(vertices.values()), edges)
    centres: dict[str, Point] = {}
    aside = 0.0
    for part in drawn.C:
        layout = SugiyamaLayout(part)
        layout.xspace, layout.yspace = between
        layout.init_all(roots=[v for v in part.sV if v.data == scenario.start] or None)
        layout.draw()
        centres |= {vertex.data: (vertex.view.xy[0] + aside, vertex.view.xy[1]) for vertex in part.sV}
        aside = max(x for x, _ in centres.values()) + width * 1.5
    lines = {
        (edge.v[0].data, edge.v[1].data): (
            centres[edge.v[0].data],
            *edge.view.points[1:-1],
            centres[edge.v[1].data],
        )
        for edge in edges
    }
    return Layout(centres, lines)


def roads(scenario: Scenario) -> dict[tuple[str, str], tuple[set[str], list[str]]]:
    """Return each pair of scenes that a choice joins, with the qualities and ids of those choices."""
    found: dict[tuple[str, str], tuple[set[str], list[str]]] = {}
    for name, node in scenario.nodes.items():
        for choice in node.choices:
            for route in choice.to:
                qualities, ids = found.setdefault((name, route.to), (set(), []))
                qualities.add(choice.quality)
                ids.append(choice.id)
    return found


def _arrow(a: tuple[float, float], b: tuple[float, float], qualities: set[str], ids: list[str]) -> str:
    best = next(quality for quality in STROKES if quality in qualities)
    colour, dashes = STROKES[best]
    (x1, y1), (x2, y2) = (a[0], a[1] + HEIGHT / 2), (b[0], b[1] - HEIGHT / 2 - 4)
    bend = max(30.0, abs(y2 - y1) / 2)
    return (
        f'<path fill="none" '
        f'd="M{x1:.0f},{y1:.0f} C{x1:.0f},{y1 + bend:.0f} {x2:.0f},{y2 - bend:.0f} {x2:.0f},{y2:.0f}" '
        f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}" marker-end="url(#head)">'
        f"<title>{escape(', '.join(ids))}</title></path>"
    )


def _scene(name: str, scenario: Scenario, centre: tuple[float, float]) -> str:
    node = scenario.nodes[name]
    x, y = centre[0] - WIDTH / 2, centre[1] - HEIGHT / 2
    bold = ' font-weight="bold"'
    lines = [*textwrap.wrap(node.title, 26)[:2], node.verdict or node.stage]
    words = "".join(
        f'<text x="{centre[0]:.0f}" y="{centre[1] + LINE * (n - (len(lines) - 1) / 2) + 5:.0f}" text-anchor="middle"'
        f"{bold if n < len(lines) - 1 else ''}>{escape(line)}</text>"
        for n, line in enumerate(lines)
    )
    edge = 3 if node.verdict or name == scenario.start else 1
    return (
        f'<g><title>{escape(name)}</title><rect x="{x:.0f}" y="{y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="8" '
        f'fill="{FILLS[node.stage]}" stroke="#1d2a2c" stroke-width="{edge}"/>{words}</g>'
    )


def _legend(x: float, y: float) -> str:
    samples = [
        f'<path d="M{x + 30 + n * 180:.0f},{y:.0f} h50" stroke-width="2" '
        f'stroke="{colour}" stroke-dasharray="{dashes}"/>'
        f'<text x="{x + 90 + n * 180:.0f}" y="{y + 5:.0f}">{quality}</text>'
        for n, (quality, (colour, dashes)) in enumerate(STROKES.items())
    ]
    return "".join(samples)


_DEFS = (
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0,0 L10,5 L0,10 z" fill="#1d2a2c"/></marker></defs>'
)
