"""Exact facts of a graph: how many roads it has, how long they are, what guessing earns, what it exercises.

The laws make every graph free of circles, so all of this is counted, not sampled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from casework.graph import Graph
from casework.readability import reading_ages
from casework.scenario import Scenario
from casework.walk import WORTH, Position, choose, start


@dataclass(frozen=True)
class Proof:
    """What `prove` finds. *guesser* is the expected share of points, 0 to 1, of one who picks at random."""

    places: int
    paths: int
    shortest: tuple[str, ...]
    best: tuple[str, ...]
    longest: int
    endings: tuple[str, ...]
    guesser: Fraction
    misconceptions: tuple[str, ...]
    authorities: tuple[str, ...]

    def report(self, scenario: Scenario) -> str:
        """Return the facts as lines of text, with what *scenario* teaches and how old a reader it asks for."""
        rows = {
            "states": f"{self.places:,}",
            "roads": f"{self.paths:,}",
            "shortest road": f"{len(self.shortest)} decisions",
            "best road": f"{len(self.best)} decisions: {', '.join(self.best)}",
            "longest road": f"{self.longest} decisions",
            "endings": ", ".join(self.endings),
            "a guesser scores": f"{float(self.guesser):.1%} (exactly {self.guesser})",
            "misconceptions": ", ".join(self.misconceptions),
            "statements": ", ".join(scenario.teaches),
            "reading age": ", ".join(f"{part} {age:.0f}" for part, age in reading_ages(scenario).items()),
            "authorities": ", ".join(self.authorities),
        }
        return "\n".join(f"{name + ':':18}{value}" for name, value in rows.items())


def prove(graph: Graph) -> Proof:
    """Count everything about *graph*.

    *shortest* is a road to any ending with the fewest decisions; *best* one on which every choice is sound, with
    the fewest decisions (a law sees to it that there is one).
    """
    choices = [choice for node in graph.data["nodes"].values() for choice in node["choices"].values()]
    wrong = Counter(choice["misconception"] for choice in choices if choice["misconception"])
    last_first = _last_first(graph)
    return Proof(
        places=len(graph.places),
        paths=_count_paths(graph, last_first),
        shortest=_shortest(graph, last_first, {"sound", "arguable", "unsound"}),
        best=_shortest(graph, last_first, {"sound"}),
        longest=_longest(graph, last_first),
        endings=tuple(dict.fromkeys(place.node for place in graph.places if not place.edges)),
        guesser=_guess(graph, last_first),
        misconceptions=tuple(sorted(wrong)),
        authorities=tuple(graph.data["authorities"]),
    )


def walk_all(graph: Graph) -> list[Position]:
    """Return one position for every edge of *graph*: a path that ends by taking it. Together they take each edge."""
    arrived: dict[int, Position] = {graph.start: start(graph)}
    found: list[Position] = []
    for number in reversed(_last_first(graph)):
        for choice, to in graph.places[number].edges.items():
            position = choose(graph, arrived[number], choice)
            arrived.setdefault(to, position)
            found.append(position)
    return found


def _last_first(graph: Graph) -> list[int]:
    """Return the numbers of all places, each after every place that it leads to."""
    order: list[int] = []
    seen = {graph.start}
    road = [(graph.start, iter(graph.places[graph.start].edges.values()))]
    while road:
        number, ways = road[-1]
        step = next(ways, None)
        if step is None:
            order.append(number)
            road.pop()
        elif step not in seen:
            seen.add(step)
            road.append((step, iter(graph.places[step].edges.values())))
    return order


def _count_paths(graph: Graph, last_first: list[int]) -> int:
    paths: dict[int, int] = {}
    for number in last_first:
        ways = graph.places[number].edges.values()
        paths[number] = sum(paths[to] for to in ways) if ways else 1
    return paths[graph.start]


def _longest(graph: Graph, last_first: list[int]) -> int:
    steps: dict[int, int] = {}
    for number in last_first:
        steps[number] = max((steps[to] + 1 for to in graph.places[number].edges.values()), default=0)
    return steps[graph.start]


def _shortest(graph: Graph, last_first: list[int], allowed: set[str]) -> tuple[str, ...]:
    """Return the road of fewest decisions to an ending that takes only choices of the *allowed* qualities."""
    roads: dict[int, tuple[str, ...]] = {}
    for number in last_first:
        place = graph.places[number]
        ways = [
            (f"{place.node}/{choice}", *roads[to])
            for choice, to in place.edges.items()
            if to in roads and graph.choice(number, choice)["quality"] in allowed
        ]
        if ways or not place.edges:
            roads[number] = min(ways, key=len, default=())
    return roads[graph.start]


def _guess(graph: Graph, last_first: list[int]) -> Fraction:
    """Return the expected score of one who picks evenly among what is on offer, over all roads."""
    chance: dict[int, dict[tuple[int, int], Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    chance[graph.start][0, 0] = Fraction(1)
    expected = Fraction(0)
    for number in reversed(last_first):
        place = graph.places[number]
        for (points, steps), odds in chance.pop(number).items():
            if not place.edges:
                expected += odds * Fraction(points, 2 * steps) if steps else 0
            for choice, to in place.edges.items():
                earned = points + WORTH[graph.choice(number, choice)["quality"]]
                chance[to][earned, steps + 1] += odds / len(place.edges)
    return expected
