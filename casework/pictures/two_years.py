"""Lesson 10: one road through the capstone, drawn from the case itself: rounds, scenes, and what comes back where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from casework.errors import CaseworkError, did_you_mean
from casework.explore import facts_read
from casework.funding.rates import in_pounds
from casework.graph import compile_graph
from casework.library import Library
from casework.pictures.canvas import canvas, rule, write
from casework.pictures.picture import Picture
from casework.pictures.tokens import colour
from casework.proof import prove
from casework.walk import choose, start

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

CASE = "jordan-two-years"
# The scene with which each part begins. The case speaks of its rounds, and does not mark them.
PARTS = {
    "tub": "First time round",
    "should": "Second time round",
    "ring": "The move",
    "day": "Third time round",
    "top": "Fourth time round",
}
# Terms by what stands before the colon of a scene's title; Easter is taken to fall before April's scene.
TERMS = {
    "autumn": ("September", "October", "November", "December"),
    "spring": ("January", "February", "March", "spring"),
    "summer": ("April", "May", "June", "July"),
}
ROW, HEAD, BETWEEN = 20, 22, 12
NAME, SPINE = 66, 256  # where the names begin, and the line along which the loops are hung
WIDEST = 84


@dataclass(frozen=True)
class Scene:
    """One scene of the road. *pounds* is what the list comes to in a year by then, *weeks* how many have gone by.

    *noted* are the marks set here for the first time; *read* those set before on which something here depends.
    """

    node: str
    part: str
    when: str
    term: str
    name: str
    step: str
    weeks: int
    pounds: Fraction
    noted: tuple[str, ...]
    read: tuple[str, ...]


def draw_two_years(library: Library | None = None) -> Picture:
    """Return the best road through the capstone: one row a scene, a loop from each fact to where it comes back.

    Values: see `two_years`. Raises `CaseworkError` where the case has no scene that begins a part, or a scene whose
    title doesn't say when it is.
    """
    library = library or Library()
    scenes = road(library)
    parts = [list(part) for _, part in groupby(scenes, lambda scene: scene.part)]
    axes = canvas(24 + ROW * len(scenes) + (2 * HEAD + BETWEEN) * len(parts), left=6, right=6)
    tops = _rows(axes, parts)
    _loops(axes, scenes, tops)
    _key(axes, max(tops.values()) + 30)
    amount, terms = in_pounds(scenes[-1].pounds, with_pence=True), len({scene.term for scene in scenes})
    return Picture(
        title="Two years, from far enough away",
        figure=axes.figure,
        values=two_years(scenes, library),
        alternative=_in_words(parts, library),
        caption=(
            f"One road through the case, with a sound move at each of its {len(scenes)} scenes. There are others; "
            "yours may be shorter or longer. Beside each heading stands what the list comes to in a year by the end "
            "of that part, at practice prices. No sum is a condition of asking for an assessment. Jordan is invented."
        ),
        headline=f"{len(scenes)} decisions in {terms} terms; {amount} a year",
    )


def road(library: Library) -> list[Scene]:
    """Return the scenes of the best road through the capstone, in order; raises as `draw_two_years` does."""
    scenario = library.scenario(CASE)
    graph = compile_graph(CASE, scenario, library)
    position, part, known, scenes = start(graph), "", [], []
    for entry in prove(graph).best:
        node, _, id = entry.partition("/")
        part = PARTS.get(node, part)
        chosen = next(choice for choice in scenario.nodes[node].choices if choice.id == id)
        position = choose(graph, position, id)
        pounds = Fraction(position.cost, graph.data["parts"] * 100)
        noted = tuple(mark for mark in chosen.marks if mark not in known)
        read = facts_read(scenario.model_copy(update={"nodes": {node: scenario.nodes[node]}}))
        when, term, name = _dated(scenario.nodes[node].title)
        before = tuple(mark for mark in known if mark in read)
        step = scenario.nodes[node].stage
        scenes.append(Scene(node, part, when, term, name, step, position.weeks, pounds, noted, before))
        known += noted
    for missing in set(PARTS) - {scene.node for scene in scenes}:
        nodes = scenario.nodes
        raise CaseworkError(f'No scene "{missing}" is on the best road of {CASE}. {did_you_mean(missing, nodes)}')
    return scenes


def two_years(scenes: list[Scene], library: Library) -> DataFrame:
    """Return a row for each scene: title and step, and what the list comes to `a_year` by then, in pounds, as text.

    `set_down` are the marks first set there, in the words of the case; `comes_back` names the scenes that ask for it.
    """
    from pandas import DataFrame

    said, back = library.scenario(CASE).marks, list(_returns(scenes))
    rows = [
        (
            f"{scene.when}: {scene.name} ({scene.step})",
            in_pounds(scene.pounds, with_pence=True),
            "; ".join(said[mark] for mark in scene.noted) or None,
            "; ".join(asked.name for mark, _, asked in back if mark in scene.noted) or None,
        )
        for scene in scenes
    ]
    return DataFrame(rows, columns=["scene", "a_year", "set_down", "comes_back"])


def _dated(title: str) -> tuple[str, str, str]:
    """Part a title such as `Year 4, May: rock salt` into when, its term (`Year 4, summer`) and the scene's name."""
    when, _, name = title.partition(": ")
    year, _, month = when.partition(", ")
    term = next((term for term, months in TERMS.items() if month in months), None)
    if not name or term is None:
        raise CaseworkError(f'The title "{title}" does not say when its scene is, as in "Year 4, May: rock salt".')
    return when, f"{year}, {term}", name


def _span(part: list[Scene]) -> str:
    """Return the terms of *part* in few words: `Year 4, autumn to spring`."""
    first, last = part[0].term, part[-1].term
    if first == last:
        return first
    year, _, term = last.partition(", ")
    return f"{first} to {term}" if first.startswith(year) else f"{first}, to {last}"


def _returns(scenes: list[Scene]) -> Iterator[tuple[str, Scene, Scene]]:
    """Yield each mark with the scene where it was set and one where it comes back."""
    where = {mark: scene for scene in scenes for mark in scene.noted}
    for scene in scenes:
        for mark in scene.read:
            yield mark, where[mark], scene


def _in_words(parts: list[list[Scene]], library: Library) -> str:
    said, scenes = library.scenario(CASE).marks, [scene for part in parts for scene in part]
    counted = " ".join(
        f"{part[0].part} ({_span(part)}): {len(part)} scenes, {in_pounds(part[-1].pounds, with_pence=True)} a year."
        for part in parts
    )
    loops = " ".join(
        f"From “{set_at.name}” to “{back.name}”: {said[mark]}." for mark, set_at, back in _returns(scenes)
    )
    return f"{len(scenes)} scenes, one below the other, in {len(parts)} parts. {counted} Loops join scenes. {loops}"


def _rows(axes: Axes, parts: list[list[Scene]]) -> dict[str, float]:
    """Write every part with its scenes; return where each scene stands."""
    tops: dict[str, float] = {}
    y = 12.0
    for part in parts:
        write(axes, 0, y, part[0].part, bold=True)
        write(axes, SPINE - 10, y, in_pounds(part[-1].pounds, with_pence=True), bold=True, ha="right")
        write(axes, 0, y + 18, _span(part), ink="ink-soft")
        y += 2 * HEAD - 3
        for scene in part:
            write(axes, 0, y, scene.step, ink=f"stage-{scene.step}")
            write(axes, NAME, y, scene.name)
            tops[scene.node] = y
            y += ROW
        y += BETWEEN + 3
    return tops


def _loops(axes: Axes, scenes: list[Scene], tops: dict[str, float]) -> None:
    """Hang a loop on the line for each return: the longer the way, the wider. A dot begins it, an arrow ends it."""
    rule(axes, (SPINE, SPINE), (min(tops.values()) - 8, max(tops.values()) + 8))
    loops = [(tops[set_at.node], tops[back.node]) for _, set_at, back in _returns(scenes)]
    longest = max(end - begin for begin, end in loops)
    for begin, end in loops:
        wide = 12 + (WIDEST - 12) * ((end - begin) / longest) ** 0.7
        turns = [step / 32 for step in range(33)]
        xs = [SPINE + 4 * wide * t * (1 - t) + 6 * t for t in turns]
        ys = [begin + (end - begin) * t for t in turns]
        axes.plot(xs, ys, color=colour("brand"), linewidth=1.4, clip_on=False, zorder=2, solid_capstyle="butt")
        _mark(axes, SPINE, begin, "o")
        _mark(axes, SPINE + 6, end, "<")


def _mark(axes: Axes, x: float, y: float, shape: str) -> None:
    style = {"markersize": 7, "markeredgewidth": 1, "linestyle": "none", "clip_on": False, "zorder": 4}
    axes.plot([x], [y], marker=shape, color=colour("brand"), markeredgecolor=colour("card"), **style)


def _key(axes: Axes, y: float) -> None:
    for x, shape, words in ((6, "o", "set down here"), (150, "<", "comes back here")):
        _mark(axes, x, y, shape)
        write(axes, x + 12, y, words, ink="ink-soft")
