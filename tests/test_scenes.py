"""Every scene of every scenario in a real browser: the same as in Python, accessible, narrow enough, whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from axe import violations
from conftest import ROOT
from playwright.sync_api import Browser, Page
from random_scenarios import STUB, random_scenario

from casework.book import GROUND, PLAYER, THEME, stylesheet
from casework.graph import Graph, compile_graph, series
from casework.library import Library
from casework.proof import walk_all
from casework.walk import Position, start

pytestmark = pytest.mark.browser
BENCH = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Bench</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="needs-first.css">
<script src="base.js"></script><script src="record.js"></script>
<script src="player.js"></script><script src="walks.js"></script></head>
<body><main><h1>Bench</h1><h2>Scenes</h2></main></body></html>"""
IDS = [*Library().scenario_ids, "drills"]
ODD = ["", "toString", "__proto__", "constructor", "nonsense"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bare page that loads what a page of the book loads."""
    folder = tmp_path_factory.mktemp("bench")
    shutil.copytree(THEME / "static", folder, dirs_exist_ok=True)
    for script in (*GROUND, "player.js"):
        shutil.copy(PLAYER / script, folder)
    shutil.copy(ROOT / "tests" / "walks.js", folder)
    (folder / "needs-first.css").write_text(stylesheet(), encoding="utf-8")
    (folder / "bench.html").write_text(BENCH, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bench(chromium: Browser, folder: Path) -> Iterator[Callable[[str, int], Page]]:
    """Returns the bare page in a colour scheme and a width; its scripts must not complain."""
    pages: dict[tuple[str, int], Page] = {}
    complaints: list[str] = []

    def open_page(scheme: str = "light", width: int = 1280) -> Page:
        if (scheme, width) not in pages:
            view = {"width": width, "height": 900}
            page = chromium.new_page(viewport=view, color_scheme=scheme, offline=True)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text))
            page.goto((folder / "bench.html").as_uri())
            pages[scheme, width] = page
        return pages[scheme, width]

    yield open_page
    for page in pages.values():
        page.close()
    assert complaints == []


@pytest.fixture(scope="module")
def telling(library: Library, bench: Callable[..., Page]) -> list[tuple[Graph, list[dict[str, Any]]]]:
    """The few screens, with their graphs, that together have every kind of element within every kind it occurs in."""
    every: list[tuple[Graph, dict[str, Any], set[str]]] = []
    for graph in (compiled(id, library) for id in IDS):
        which = screens(graph)
        parts = asked(bench(), "parts", graph, which)
        every += [(graph, screen, {*some}) for screen, some in zip(which, parts, strict=True)]
    missing = set().union(*(parts for _, _, parts in every))
    chosen = []
    while missing:
        graph, screen, parts = max(every, key=lambda one: len(one[2] & missing))
        chosen.append((graph, [screen]))
        missing -= parts
    return chosen


def compiled(id: str, library: Library) -> Graph:
    """Return the graph of the scenario *id*, or of all drills in one series."""
    if id == "drills":
        return compile_graph(id, series("All drills", list(library.drills.values())), library, kind="drill")
    return compile_graph(id, library.scenario(id), library)


def told(position: Position) -> dict[str, Any]:
    """Return *position* as the browser tells it."""
    return {
        "path": [*position.path],
        "place": position.place,
        "cost": position.cost,
        "weeks": position.weeks,
        "files": [*position.files],
    }


def same_in_both(graph: Graph, page: Page) -> None:
    """Assert that every edge leads to the same position in *page* as in Python."""
    walks = walk_all(graph)

    found = asked(page, "ends", graph, [walk.path for walk in walks])

    assert found == [[told(walk), told(walk)] for walk in walks]


def refused_in_both(graph: Graph, page: Page) -> None:
    """Assert that *page* refuses, at every place, exactly the ids that are not on offer there."""
    every = [*dict.fromkeys(id for node in graph.data["nodes"].values() for id in node["choices"]), *ODD]
    arrived = {walk.place: walk for walk in [*walk_all(graph), start(graph)]}

    found = asked(page, "refused", graph, [walk.path for walk in arrived.values()], every)

    assert found == [[id for id in every if id not in graph.places[place].edges] for place in arrived]


def screens(graph: Graph) -> list[dict[str, Any]]:
    """Return every node once, where most is on offer and on the file; every choice; every ending, by a short road."""
    shown: dict[str, dict[str, Any]] = {}
    fullest: dict[str, Position] = {}
    for position in [start(graph), *walk_all(graph)]:
        name = graph.places[position.place].node
        if name not in fullest or _size(graph, position) > _size(graph, fullest[name]):
            fullest[name] = position
        for id in graph.places[position.place].edges:
            shown[f"{name}/{id}"] = {"path": [*position.path], "mode": "guided", "choice": id}
    endings = [name for name, position in fullest.items() if position.ended(graph)]
    for name, position in fullest.items():
        ending = {"card": endings.index(name), "folded": name != endings[0]} if name in endings else {}
        shown[name] = {"path": [*position.path], "mode": "practice", **ending}
    return list(shown.values())


def different(graph: Graph, page: Page) -> list[dict[str, Any]]:
    """Return the screens of every node, and those of choices that have some kind of element in another for once."""
    which = sorted(screens(graph), key=lambda screen: "choice" in screen)
    met: set[str] = set()
    kept = []
    for screen, parts in zip(which, asked(page, "parts", graph, which), strict=True):
        if "choice" not in screen or set(parts) - met:
            kept.append(screen)
        met |= set(parts)
    return kept


def _size(graph: Graph, position: Position) -> tuple[int, int]:
    if position.ended(graph):
        return 0, -len(position.path)
    return len(graph.places[position.place].edges), len(position.files)


def batched(screens: list[dict[str, Any]], size: int) -> list[list[dict[str, Any]]]:
    """Return *screens* in lists of at most *size*."""
    return [screens[first : first + size] for first in range(0, len(screens), size)]


def asked(page: Page, function: str, graph: Graph, *given: Any) -> Any:
    """Return what the *function* of `walks.js` says of *graph*, which travels as the text that a page holds."""
    call = f"([json, given]) => Walks.{function}(JSON.parse(json), ...given)"
    return page.evaluate(call, [graph.json(), given])


def show(page: Page, graph: Graph, which: list[dict[str, Any]]) -> None:
    """Put the screens *which* of *graph* below one another on *page*."""
    asked(page, "show", graph, which)


@pytest.mark.parametrize("id", IDS)
def test_the_browser_walks_as_python_walks(id: str, library: Library, bench: Callable[..., Page]):
    """Over every edge of every graph the browser comes to the same place, cost, weeks and papers as Python."""
    same_in_both(compiled(id, library), bench())


@pytest.mark.parametrize("id", IDS)
def test_the_browser_refuses_what_python_refuses(id: str, library: Library, bench: Callable[..., Page]):
    """At every place of every graph the browser refuses each choice that is not on offer there."""
    refused_in_both(compiled(id, library), bench())


@pytest.mark.parametrize("seed", range(30))
def test_the_browser_walks_random_scenarios_as_python_does(seed: int, bench: Callable[..., Page]):
    """On graphs that nobody wrote, too, both players offer the same and come to the same positions."""
    graph = compile_graph("x", random_scenario(Random(seed)), STUB)

    same_in_both(graph, bench())
    refused_in_both(graph, bench())


@pytest.mark.parametrize("id", IDS)
def test_every_scene_is_accessible(id: str, library: Library, bench: Callable[..., Page]):
    """No scene, no consequence of a choice and no debrief breaks WCAG 2.2 A or AA.

    Each node is shown once, where it offers most and has most papers on the file: its other places show less of the
    same. Each ending stands with its debrief, one of them opened. What follows from a choice is shown, all of it
    opened, where it has a kind of element in a kind of element that nothing before it had.
    """
    page, graph = bench(), compiled(id, library)
    found = []
    # A page of many screens takes axe longer than the same screens a dozen at a time.
    for some in batched(different(graph, page), 12):
        show(page, graph, some)
        found += violations(page)

    assert found == []


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 320), ("dark", 320)])
def test_every_part_of_a_scene_is_accessible_in_every_look(
    scheme: str, width: int, telling: list[tuple[Graph, list[dict[str, Any]]]], bench: Callable[..., Page]
):
    """Dark, and at 320 pixels light and dark, no part of any screen breaks WCAG 2.2 A or AA.

    Colours and widths hang on what an element is and where it stands, not on its words. So these looks are held
    against the fewest screens of the collection in which each kind of element stands in each kind of element.
    """
    page, found = bench(scheme, width), []
    for graph, some in telling:
        show(page, graph, some)
        found += violations(page)

    assert found == []


@pytest.mark.parametrize("id", IDS)
def test_no_scene_is_too_wide_or_shows_a_hole(id: str, library: Library, bench: Callable[..., Page]):
    """At 320 pixels no scene, consequence or debrief is wider than the page.

    Nor does one show the learner a value that is missing, or a piece of markup.
    """
    page, graph = bench("light", 320), compiled(id, library)

    show(page, graph, screens(graph))
    words = page.get_by_role("main").inner_text()

    assert page.evaluate("Walks.wide()") == []
    assert [
        hole for hole in ("undefined", "NaN", "null", "[object", "Something is wrong", "</", "**") if hole in words
    ] == []
