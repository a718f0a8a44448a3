"""The facilitator's pack: everything about a case, in the order in which a group may need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from casework.explore import facts_read
from casework.graph import Graph
from casework.library import Library
from casework.map import lay_out, roads
from casework.packs.coaching import coaching
from casework.packs.costing import bought, solution
from casework.packs.markdown import plain, tree
from casework.packs.roads import LETTERS, condition, on_every_road, ways_on
from casework.packs.sheets import Numbers, number
from casework.scenario import Choice, Node, Option, Scenario
from casework.words import QUALITY, VERDICT

BOX = (34.0, 26.0)  # a number on the map, in points before the map is fitted to its page
BETWEEN = (22.0, 26.0)


def facilitator(scenario: Scenario, graph: Graph, library: Library) -> dict[str, Any]:
    """Return what the template of the facilitator's pack is given."""
    numbers = number(scenario, graph)
    day = library.service.law_as_at
    scenes = [_scene(name, scenario, numbers, library) for name in numbers.scenes]
    endings = [_ending(n, scenario.nodes[name]) for name, n in numbers.endings.items()]
    return {
        "title": plain(scenario.title),
        "about": plain(scenario.about),
        "role": plain(scenario.role),
        "minutes": scenario.minutes,
        "law": f"{day.day} {day:%B %Y}",
        "how": tree(library.handouts.facilitator),
        "notes": {
            "purpose": plain(scenario.notes.purpose),
            "prompts": [plain(text) for text in scenario.notes.prompts],
            "splits": plain(scenario.notes.splits),
        },
        "contents": _contents(scenario, graph, numbers),
        "map": _map(scenario, numbers),
        "ticks": _ticks(scenario, numbers),
        "scenes": scenes,
        "endings": endings,
        "variations": [
            {
                "number": place,
                "change": tree(card.change),
                "ask": plain(card.ask),
                "choices": [
                    {"label": letter, "text": plain(option.text), **coaching(option, library)}
                    for letter, option in zip(LETTERS, card.choices, strict=False)
                ],
            }
            for place, card in zip(numbers.variations, scenario.variations, strict=True)
        ],
        "solution": solution(scenario, graph, library) if scenario.priced else None,
        "reflect": {"number": numbers.reflection, "questions": [plain(text) for text in scenario.reflect]},
        "beliefs": _beliefs(scenario, library),
        "authorities": _authorities(scenario, library),
    }


def _scene(name: str, scenario: Scenario, numbers: Numbers, library: Library) -> dict[str, Any]:
    node, sets = scenario.nodes[name], numbers.cards[name]
    labels = [numbers.card_label(name, n) for n in range(len(sets))]
    return {
        "number": numbers.scenes[name],
        "title": plain(node.title),
        "ask": plain(node.ask or ""),
        "sets": [{"label": label, "when": cards.when} for label, cards in zip(labels, sets, strict=True)],
        "choices": [_choice(choice, name, scenario, numbers, library) for choice in node.choices],
    }


def _choice(choice: Choice, name: str, scenario: Scenario, numbers: Numbers, library: Library) -> dict[str, Any]:
    read = facts_read(scenario)
    filed = [{"number": numbers.papers[id], "title": plain(scenario.papers[id].title)} for id in choice.files]
    return {
        "label": _label(choice, name, numbers),
        "text": plain(choice.text),
        "only": condition(choice.needs, choice.unless, numbers.facts),
        "then": tree(choice.then),
        **coaching(choice, library),
        "weeks": choice.weeks,
        "ticks": [plain(scenario.marks[mark]) for mark in choice.marks if mark in read],
        "files": filed,
        "buys": bought(choice.buys, scenario, library),
        "next": ways_on(choice, numbers.names(), numbers.facts),
    }


def _label(choice: Choice, name: str, numbers: Numbers) -> str:
    """Return the letter of *choice*, or where sets of cards differ in it, each card that bears it: `7a B or 7b B`."""
    letters = {cards.letter(choice.id) for cards in numbers.cards[name]}
    return letters.pop() if len(letters) == 1 else " or ".join(_cards(choice, name, numbers))


def _cards(choice: Choice, name: str, numbers: Numbers) -> list[str]:
    """Return the cards that bear *choice*: `7 B` where all sets have it there, otherwise such as `7a, b B`."""
    letters = [cards.letter(choice.id) for cards in numbers.cards[name]]
    if len(set(letters)) == 1:
        return [f"{numbers.scenes[name]} {letters[0]}"]
    sets: dict[str, list[str]] = {}
    for n, letter in enumerate(letters):
        if letter:
            sets.setdefault(letter, []).append(numbers.card_label(name, n).lstrip("0123456789"))
    return [f"{numbers.scenes[name]}{', '.join(suffixes)} {letter}" for letter, suffixes in sets.items()]


def _ending(n: int, node: Node) -> dict[str, Any]:
    verdict = VERDICT[node.verdict] if node.verdict else ""
    return {
        "number": n,
        "title": plain(node.title),
        "verdict": verdict,
        "text": tree(node.text),
        "epilogue": tree(node.epilogue or ""),
    }


def _contents(scenario: Scenario, graph: Graph, numbers: Numbers) -> list[dict[str, str]]:
    """Return every sheet with what it is and when it is handed out."""
    everybody = on_every_road(graph)
    rows = [(1, "Who you are", "at the beginning")]
    for name, place in numbers.scenes.items():
        title, sets = plain(scenario.nodes[name].title), numbers.cards[name]
        cards = f", with cards {numbers.card_label(name, 0)}"
        cards += f" to {numbers.card_label(name, len(sets) - 1)}" if len(sets) > 1 else ""
        rows.append((place, title, ("on every road" if name in everybody else "on some roads") + cards))
    for id, place in numbers.papers.items():
        given = "at the beginning" if id in scenario.files else "when it goes on the file"
        rows.append((place, f"{plain(scenario.papers[id].title)} (paper)", given))
    rows += [(place, "One thing changes", "after the ending, with its cards") for place in numbers.variations]
    rows.append((numbers.reflection, "To take with you", "at the end"))
    return [{"number": str(place), "what": what, "when": when} for place, what, when in sorted(rows)]


def _ticks(scenario: Scenario, numbers: Numbers) -> list[dict[str, str]]:
    """Return what a group has to remember because something later depends on it, and which choices bring it."""
    read = facts_read(scenario)
    brought: dict[str, list[str]] = {mark: [] for mark in scenario.marks if mark in read}
    for name in numbers.scenes:
        for choice in scenario.nodes[name].choices:
            for mark in choice.marks:
                if mark in brought:
                    brought[mark] += _cards(choice, name, numbers)
    return [{"what": plain(scenario.marks[mark]), "by": "; ".join(dict.fromkeys(by))} for mark, by in brought.items()]


def _map(scenario: Scenario, numbers: Numbers) -> dict[str, Any]:
    """Return the map of the roads: where each number stands, and the roads between, in points from the top left."""
    layout = lay_out(scenario, *BOX, BETWEEN)
    points = [*layout.centres.values(), *(point for line in layout.lines.values() for point in line)]
    left, top = min(x for x, _ in points) - BOX[0] / 2, min(y for _, y in points) - BOX[1] / 2
    width, height = max(x for x, _ in points) + BOX[0] / 2 - left, max(y for _, y in points) + BOX[1] / 2 - top
    names = _short_names(numbers)
    qualities = {pair: _best(found) for pair, (found, _) in roads(scenario).items()}
    return {
        "width": width,
        "height": height,
        "box": BOX,
        "boxes": [
            {"name": names[name], "x": x - left, "y": y - top, "ending": name in numbers.endings}
            for name, (x, y) in layout.centres.items()
        ],
        "lines": [
            {"points": [[x - left, y - top] for x, y in line], "quality": qualities[pair]}
            for pair, line in layout.lines.items()
        ],
        "list": [{"name": names[name], "title": plain(scenario.nodes[name].title)} for name in names],
    }


def _best(qualities: set[str]) -> str:
    return next(quality for quality in QUALITY if quality in qualities)


def _short_names(numbers: Numbers) -> Mapping[str, str]:
    scenes = {name: str(place) for name, place in numbers.scenes.items()}
    return scenes | {name: f"E{n}" for name, n in numbers.endings.items()}


def _beliefs(scenario: Scenario, library: Library) -> list[dict[str, str]]:
    """Return each belief that some choice of the case acts on, with what is right, in the order of the case."""
    named = dict.fromkeys(option.misconception for option in _options(scenario) if option.misconception)
    beliefs = [library.misconceptions[id] for id in named]
    return [{"name": plain(one.name), "right": plain(one.right)} for one in beliefs]


def _authorities(scenario: Scenario, library: Library) -> list[dict[str, Any]]:
    """Return every address that the case rests on, with the authorities that are read there and their standing."""
    used = {id for option in _options(scenario) for id in option.cites}
    found: dict[str, list[dict[str, Any]]] = {}
    for one in sorted((library.authorities[id] for id in used), key=lambda one: one.short.lower()):
        name = {"short": plain(one.short), "confirmed": one.status == "confirmed"}
        found.setdefault(one.href, []).append(name)
    return [{"href": href, "shown": plain(href), "names": names} for href, names in found.items()]


def _options(scenario: Scenario) -> Iterable[Option]:
    yield from (choice for node in scenario.nodes.values() for choice in node.choices)
    yield from (option for card in scenario.variations for option in card.choices)
