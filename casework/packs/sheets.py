"""What the participants get: which sheets a case has, in which order, and what stands on each.

Nothing here reads a choice's consequence, coaching, quality or belief, an ending, or the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from casework.graph import Graph
from casework.handouts import Handouts
from casework.packs.markdown import plain, tree
from casework.packs.roads import LETTERS, CardSet, card_sets, facts_in_words, on_every_road
from casework.scenario import Option, Scenario


@dataclass(frozen=True)
class Numbers:
    """The number of the sheet on which each scene, paper and variation card stands; endings have their own."""

    scenes: dict[str, int]
    papers: dict[str, int]
    variations: tuple[int, ...]
    reflection: int
    endings: dict[str, int]
    facts: dict[str, str] = field(repr=False)
    cards: dict[str, list[CardSet]] = field(repr=False)

    def names(self) -> dict[str, str]:
        """Return how to speak of each node: `sheet 7`, `ending 2`."""
        scenes = {name: f"sheet {number}" for name, number in self.scenes.items()}
        return scenes | {name: f"ending {number}" for name, number in self.endings.items()}

    def card_label(self, name: str, n: int) -> str:
        """Return the label of the *n*-th set of cards of the scene *name*: `7`, or `7a` where there are several."""
        return f"{self.scenes[name]}{chr(ord('a') + n) if len(self.cards[name]) > 1 else ''}"


def number(scenario: Scenario, graph: Graph) -> Numbers:
    """Number the sheets of *scenario*: the opening is 1; papers that a scene puts on the file follow it."""
    scenes: dict[str, int] = {}
    papers: dict[str, int] = {}
    last = 1

    def add(ids: Iterable[str]) -> None:
        nonlocal last
        for id in ids:
            if id not in papers:
                last += 1
                papers[id] = last

    add(scenario.files)
    for name in _scenes(scenario):
        last += 1
        scenes[name] = last
        add(paper for choice in scenario.nodes[name].choices for paper in choice.files)
    variations = tuple(range(last + 1, last + 1 + len(scenario.variations)))
    endings = [name for name, node in scenario.nodes.items() if not node.choices]
    facts = facts_in_words(scenario, papers)
    return Numbers(
        scenes,
        papers,
        variations,
        last + len(variations) + 1,
        {name: n for n, name in enumerate(endings, 1)},
        facts,
        {name: card_sets(name, scenario, graph, facts) for name in scenes},
    )


def _scenes(scenario: Scenario) -> list[str]:
    """Return the names of the scenes in the order of the file, the start first."""
    names = [name for name, node in scenario.nodes.items() if node.choices]
    return [scenario.start, *(name for name in names if name != scenario.start)]


def participants(scenario: Scenario, graph: Graph, handouts: Handouts) -> dict[str, Any]:
    """Return what the template of the participants' pack is given: the case's title and its sheets, in order."""
    numbers = number(scenario, graph)
    everybody = on_every_road(graph)
    found: list[dict[str, Any]] = [_opening(scenario, handouts)]
    ordered = sorted(
        [
            *((place, "scene", name) for name, place in numbers.scenes.items()),
            *((place, "paper", id) for id, place in numbers.papers.items()),
        ]
    )
    for place, kind, name in ordered:
        if kind == "paper":
            found.append(_paper(name, place, scenario))
        else:
            found += _scene(name, scenario, numbers, name in everybody)
    found += _variations(scenario, numbers)
    found.append(_reflection(scenario, numbers.reflection))
    return {"title": plain(scenario.title), "sheets": found}


def _opening(scenario: Scenario, handouts: Handouts) -> dict[str, Any]:
    return {
        "kind": "opening",
        "number": "1",
        "title": plain(scenario.title),
        "about": plain(scenario.about),
        "role": plain(scenario.role),
        "how": tree(handouts.opening),
    }


def _scene(name: str, scenario: Scenario, numbers: Numbers, everybody: bool) -> Iterator[dict[str, Any]]:
    node, place = scenario.nodes[name], str(numbers.scenes[name])
    yield {
        "kind": "scene",
        "number": place,
        "title": plain(node.title),
        "text": tree(node.text),
        "ask": plain(node.ask or ""),
        "everybody": everybody,
    }
    for n, cards in enumerate(numbers.cards[name]):
        yield _cards(numbers.card_label(name, n), node.title, node.ask or "", cards.texts)


def _cards(label: str, title: str, ask: str, texts: Iterable[str]) -> dict[str, Any]:
    shown = [{"letter": letter, "text": plain(text)} for letter, text in zip(LETTERS, texts, strict=False)]
    return {"kind": "cards", "number": label, "title": plain(title), "ask": plain(ask), "cards": shown}


def _paper(id: str, place: int, scenario: Scenario) -> dict[str, Any]:
    paper = scenario.papers[id]
    return {
        "kind": "paper",
        "number": str(place),
        "title": plain(paper.title),
        "look": paper.kind,
        "from": plain(paper.author),
        "dated": plain(paper.dated),
        "text": tree(paper.text),
    }


def _variations(scenario: Scenario, numbers: Numbers) -> Iterator[dict[str, Any]]:
    for place, card in zip(numbers.variations, scenario.variations, strict=True):
        title = "One thing changes"
        yield {
            "kind": "scene",
            "number": str(place),
            "title": title,
            "text": tree(card.change),
            "ask": plain(card.ask),
            "everybody": True,
        }
        yield _cards(str(place), title, card.ask, _texts(card.choices))


def _texts(options: Iterable[Option]) -> list[str]:
    return [option.text for option in options]


def _reflection(scenario: Scenario, place: int) -> dict[str, Any]:
    questions = [plain(text) for text in scenario.reflect]
    return {"kind": "reflection", "number": str(place), "title": "To take with you", "questions": questions}
