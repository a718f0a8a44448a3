"""Compile a scenario to a graph: every state that a learner can reach, and labels that only add up.

The player, in Python or in a browser, follows edges and adds labels; it cannot reach a state that was not
visited here, and holds no rule with which it could disagree.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from casework.explore import Place, explore, merge_alike
from casework.funding.provision import THRESHOLD, cost
from casework.funding.rates import rate_on
from casework.scenario import Choice, Drill, Node, Option, Route, Scenario, Variation
from casework.words import words

if TYPE_CHECKING:
    from casework.library import Library

FORMAT = 1
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True})
_MARKDOWN.enable(["table", "smartquotes", "replacements"])
_APOSTROPHE = re.compile(r"(?<=\w)'")


@dataclass(frozen=True)
class Graph:
    """A compiled scenario or series of drills. *data* is the plain JSON that every player is given."""

    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The id of the scenario, or of the series of drills."""
        return self.data["id"]

    @property
    def hash(self) -> str:
        """The content hash: equal for two graphs in which every path has the same result."""
        return self.data["hash"]

    @cached_property
    def places(self) -> list[Place]:
        """All places; the number of a place is its index here."""
        return [Place(place["node"], place["edges"]) for place in self.data["places"]]

    @property
    def start(self) -> int:
        """The number of the place where every path begins."""
        return self.data["start"]

    def node(self, place: int) -> dict[str, Any]:
        """Return the node of *place*."""
        return self.data["nodes"][self.places[place].node]

    def choice(self, place: int, id: str) -> dict[str, Any]:
        """Return the choice *id* as offered at *place*."""
        return self.node(place)["choices"][id]

    def json(self) -> str:
        """Return the graph as compact JSON."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))


def render(markdown: str) -> str:
    """Return *markdown* as HTML; raw HTML in it stays text."""
    return _MARKDOWN.render(markdown).strip()


def typeset(text: str) -> str:
    """Return plain *text* with typographic apostrophes."""
    return _APOSTROPHE.sub("’", text)


def compile_graph(id: str, scenario: Scenario, library: Library, kind: str = "scenario") -> Graph:
    """Compile *scenario*, whose laws hold, to the graph *id*; *library* has the authorities and rates it uses.

    *kind* is "scenario" or "drill". Costs become whole numbers of `1 / parts` of a penny, so that adding is exact
    and rounding happens only when an amount is shown.
    """
    places = merge_alike(explore(scenario))
    nodes = {name: node for name, node in scenario.nodes.items() if any(place.node == name for place in places)}
    costs = {
        (name, choice.id): [_pence(line, scenario, library) for line in choice.buys]
        for name, node in nodes.items()
        for choice in node.choices
    }
    parts = lcm(*(pence.denominator for lines in costs.values() for pence in lines), 1)
    cards = (option for card in scenario.variations for option in card.choices)
    options = [*(choice for node in nodes.values() for choice in node.choices), *cards]
    threshold = _threshold(scenario, library)
    bought = any(choice.buys for node in nodes.values() for choice in node.choices)
    data: dict[str, Any] = {
        "format": FORMAT,
        "kind": kind,
        "id": id,
        "title": scenario.title,
        "about": scenario.about,
        "role": scenario.role,
        "minutes": scenario.minutes,
        "checked": scenario.checked.isoformat() if scenario.checked else None,
        "parts": parts,
        "words": words(scenario.costs_for if bought else None, Fraction(threshold, 100)),
        "threshold": threshold * parts,
        "files": list(scenario.files),
        "start": 0,
        "places": [{"node": place.node, "edges": place.edges} for place in places],
        "nodes": {name: _node(name, node, costs, parts) for name, node in nodes.items()},
        "papers": {
            name: {
                "title": paper.title,
                "kind": paper.kind,
                "from": paper.author,
                "dated": paper.dated,
                "text": render(paper.text),
            }
            for name, paper in scenario.papers.items()
        },
        "reflect": list(scenario.reflect),
        "next": [_next(other, library) for other in scenario.next],
        "variations": [_variation(card) for card in scenario.variations],
        "authorities": _authorities(options, library),
        "misconceptions": _misconceptions(options, library),
    }
    data["hash"] = _hash(data)
    return Graph(data)


def _next(id: str, library: Library) -> dict[str, str]:
    """Return the scenario *id* with a link to its lesson, as seen from a sibling page; no link before it has one."""
    page = next((lesson.page_of(id) for lesson in library.lessons if id in lesson.cases), None)
    link = {"href": f"{page}#{id}"} if page else {}
    return {"id": id, "title": library.scenario(id).title, **link}


def series_id(drills: Sequence[Drill]) -> str:
    """Return the id under which players keep the answers to a series of *drills*."""
    return f"drills-{hashlib.sha256(' '.join(drill.id for drill in drills).encode()).hexdigest()[:8]}"


def series(title: str, drills: Sequence[Drill]) -> Scenario:
    """Return *drills* (at least one) as a scenario: one node a drill, in order, each choice leading to the next."""
    names = [*(drill.id for drill in drills), "end"]
    nodes = {
        drill.id: Node.model_construct(
            stage="close",
            title=drill.title,
            text=drill.text,
            ask=drill.ask,
            choices=tuple(
                Choice.model_construct(**{**option.__dict__, "then": "", "to": (Route(to=after),)})
                for option in drill.choices
            ),
        )
        for drill, after in zip(drills, names[1:], strict=True)
    }
    nodes["end"] = Node.model_construct(stage="close", title="That was the last one", text="", choices=())
    return Scenario.model_construct(
        title=title,
        about="",
        role="",
        minutes=len(drills),
        teaches=tuple(sorted({statement for drill in drills for statement in drill.teaches})),
        checked=None,
        priced=None,
        start=names[0],
        nodes=nodes,
        reflect=(),
        variations=(),
        notes=None,
    )


def _pence(line: Any, scenario: Scenario, library: Library) -> Fraction:
    if not line.counts:
        return Fraction(0)
    return cost(line, library.rates, scenario.priced) * 100


def _threshold(scenario: Scenario, library: Library) -> int:
    """Return the high needs threshold in pence on the day that prices the scenario; 0 where nothing is priced."""
    return int(rate_on(library.rates, THRESHOLD, scenario.priced).pounds * 100) if scenario.priced else 0


def _node(name: str, node: Node, costs: dict[tuple[str, str], list[Fraction]], parts: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"stage": node.stage, "title": node.title, "text": render(node.text)}
    if not node.choices:
        return {**shown, "verdict": node.verdict, "epilogue": render(node.epilogue or ""), "choices": {}}
    choices = {}
    for choice in node.choices:
        lines = [
            {"what": line.what, "cost": int(pence * parts), **({} if line.counts else {"because": line.because})}
            for line, pence in zip(choice.buys, costs[name, choice.id], strict=True)
        ]
        choices[choice.id] = {
            **_option(choice),
            "then": render(choice.then),
            "cost": sum(line["cost"] for line in lines),
            **({"lines": lines} if lines else {}),
            "weeks": choice.weeks,
            "files": list(choice.files),
        }
    return {**shown, "ask": node.ask, "choices": choices}


def _option(option: Option) -> dict[str, Any]:
    return {
        "text": typeset(option.text),
        "why": render(option.why),
        "quality": option.quality,
        "misconception": option.misconception,
        "cites": list(option.cites),
    }


def _variation(card: Variation) -> dict[str, Any]:
    choices = {option.id: _option(option) for option in card.choices}
    return {"change": render(card.change), "ask": card.ask, "choices": choices}


def _authorities(options: Iterable[Option], library: Library) -> dict[str, Any]:
    used = sorted({id for option in options for id in option.cites})
    chosen = {id: library.authorities[id] for id in used}
    return {
        id: {"short": one.short, "says": typeset(one.says), "href": one.href, "status": one.status, "kind": one.kind}
        for id, one in chosen.items()
    }


def _misconceptions(options: Iterable[Option], library: Library) -> dict[str, Any]:
    used = sorted({option.misconception for option in options if option.misconception})
    return {
        id: {"name": one.name, "said": typeset(one.said), "right": typeset(one.right)}
        for id, one in ((id, library.misconceptions[id]) for id in used)
    }


def _hash(data: dict[str, Any]) -> str:
    """Hash what a replay depends on, and no prose: mending a comma must not make a learner's attempt old."""
    kept = {
        "format": data["format"],
        "parts": data["parts"],
        "files": data["files"],
        "places": data["places"],
        "choices": {
            name: {
                id: [one["quality"], one["misconception"], one["cost"], one["weeks"], one["files"]]
                for id, one in node["choices"].items()
            }
            for name, node in data["nodes"].items()
        },
        "verdicts": {name: node.get("verdict") for name, node in data["nodes"].items()},
    }
    canonical = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
