"""The picture of lesson 10: one road through the capstone, and what comes back on it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from casework.errors import CaseworkError
from casework.graph import compile_graph
from casework.library import Library
from casework.pictures import Picture, draw_two_years, two_years
from casework.pictures.two_years import CASE, PARTS, Scene, road
from casework.proof import prove
from casework.walk import replay

LIBRARY = Library()


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """The road, found once: that takes a second or two."""
    return road(LIBRARY)


@pytest.fixture(scope="module")
def figure() -> Picture:
    """The drawing."""
    return draw_two_years(LIBRARY)


def test_the_road_is_walked_and_not_made_up(scenes: list[Scene]):
    """The scenes are those of a road on which every choice is sound, with the sums that a walk along it adds up."""
    graph = compile_graph(CASE, LIBRARY.scenario(CASE), LIBRARY)
    best = prove(graph).best
    end = replay(graph, best)

    assert [scene.node for scene in scenes] == [entry.split("/")[0] for entry in best]
    assert (scenes[-1].weeks, scenes[-1].pounds) == (end.weeks, Fraction(end.cost, graph.data["parts"] * 100))


def test_four_times_round_and_a_move_in_order(scenes: list[Scene]):
    """Every part has its scenes, one after the other, and no scene stands outside them."""
    parts = list(dict.fromkeys(scene.part for scene in scenes))

    assert parts == list(PARTS.values())


def test_time_runs_forwards(scenes: list[Scene]):
    """Each scene is in the term of the one above it or in a later one, as the titles say it."""
    order = {"autumn": 0, "spring": 1, "summer": 2}
    terms = [scene.term.split(", ") for scene in scenes]
    keys = [(year, order[term]) for year, term in terms]

    assert keys == sorted(keys)


def test_nothing_comes_back_that_was_not_set_down(scenes: list[Scene]):
    """What a scene asks for was set at an earlier one, and the scene's choices or roads do ask for it."""
    before: set[str] = set()
    for scene in scenes:
        assert set(scene.read) <= before
        asked = str(LIBRARY.scenario(CASE).nodes[scene.node])
        assert all(f"'{mark}'" in asked for mark in scene.read)
        before |= set(scene.noted)


def test_there_is_a_loop_for_every_return(figure: Picture, scenes: list[Scene]):
    """The drawing has one loop for each fact and each scene where it comes back, and none besides."""
    curves = [line for line in figure.figure.axes[0].get_lines() if len(line.get_xdata()) > 2]

    assert len(curves) == sum(len(scene.read) for scene in scenes)


def test_a_listener_hears_every_loop_and_every_sum(figure: Picture, scenes: list[Scene]):
    """The words for somebody who does not see it have each remembered fact, and the sums of the drawing."""
    marks = LIBRARY.scenario(CASE).marks
    drawn = [text.get_text() for text in figure.figure.axes[0].texts]

    assert all(marks[mark] in figure.alternative for scene in scenes for mark in scene.read)
    assert all(words in figure.alternative for words in drawn if words.startswith("£"))


def test_a_part_that_begins_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch):
    """If the case loses the scene with which a part begins, nothing is drawn and the likeliest one is named."""
    monkeypatch.setattr(two_years, "PARTS", PARTS | {"tubb": "Nowhere"})

    with pytest.raises(CaseworkError, match=r'"tubb".*"tub"'):
        draw_two_years(LIBRARY)


def test_a_scene_that_does_not_say_when_is_refused(monkeypatch: pytest.MonkeyPatch):
    """A title without its year and month has no place on a line of terms."""
    library = Library()
    scenario = library.scenario(CASE)
    undated = scenario.nodes["share"].model_copy(update={"title": "Threes"})
    changed = scenario.model_copy(update={"nodes": scenario.nodes | {"share": undated}})
    monkeypatch.setattr(library, "scenario", lambda id: changed)

    with pytest.raises(CaseworkError, match="does not say when"):
        draw_two_years(library)
