"""Visit every state that a learner of a scenario can reach.

A state is a node together with the facts that some later condition reads; each state is a *place*. After this
no condition is left: what is on offer, and where it leads, is known for every place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from casework.errors import CaseworkError
from casework.scenario import Choice, Scenario

MOST_PLACES = 20_000


class TooManyPlaces(CaseworkError):
    """A scenario remembers more than a build can visit; the text names the facts responsible."""


class NoWayOn(CaseworkError):
    """A choice whose routes all ask for facts that a learner who stands there need not have."""

    def __init__(self, node: str, choice: str, facts: Collection[str]) -> None:
        """Keep the *node* and *choice* ids and the *facts* that hold in the failing state."""
        self.node, self.choice, self.facts = node, choice, sorted(facts)
        held = ", ".join(self.facts) or "no fact"
        super().__init__(f'choice "{choice}" has no route for a learner with {held}')


@dataclass(frozen=True)
class Place:
    """One state that can be reached: its *node*, and *edges* from choice id to place number, in order of offer."""

    node: str
    edges: dict[str, int] = field(default_factory=dict)


def holds(facts: Collection[str], needs: Iterable[str], unless: Iterable[str]) -> bool:
    """Say whether *facts* satisfy a condition. There is no other kind of condition."""
    return all(fact in facts for fact in needs) and not any(fact in facts for fact in unless)


def facts_read(scenario: Scenario) -> frozenset[str]:
    """Return the facts that some condition reads; no other fact makes two states different."""
    choices = [choice for node in scenario.nodes.values() for choice in node.choices]
    conditions = [*choices, *(route for choice in choices for route in choice.to)]
    return frozenset(fact for each in conditions for fact in (*each.needs, *each.unless))


def explore(scenario: Scenario, most: int = MOST_PLACES) -> list[Place]:
    """Visit every state that can be reached, breadth first; the start is number 0.

    Raises `NoWayOn` if no route of a choice on offer fits, and `TooManyPlaces` beyond *most* places.
    Every `to` and the start must exist (a law checks that first).
    """
    read = facts_read(scenario)
    first = (scenario.start, frozenset(scenario.files) & read)
    numbers = {first: 0}
    places: list[Place] = []
    waiting = deque([first])
    while waiting:
        name, facts = waiting.popleft()
        edges: dict[str, int] = {}
        for choice in scenario.nodes[name].choices:
            if not holds(facts, choice.needs, choice.unless):
                continue
            after = facts | (read & {*choice.marks, *choice.files})
            state = (_way_on(name, choice, after), after)
            if state not in numbers:
                numbers[state] = len(numbers)
                waiting.append(state)
            edges[choice.id] = numbers[state]
        places.append(Place(name, edges))
        if len(numbers) > most:
            raise TooManyPlaces(_too_many(numbers, most))
    return places


def merge_alike(places: Sequence[Place]) -> list[Place]:
    """Return *places* with those made one that nobody who goes on from there can tell apart; the start stays 0.

    What is remembered but read no more makes no difference. Whatever a choice costs or files hangs on the choice, so
    a learner's sums are untouched.
    """
    classes = {node: number for number, node in enumerate(dict.fromkeys(place.node for place in places))}
    of = [classes[place.node] for place in places]
    count = 0
    while count < len(classes):
        count = len(classes)
        keys = [(of[n], tuple((id, of[to]) for id, to in place.edges.items())) for n, place in enumerate(places)]
        classes = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        of = [classes[key] for key in keys]
    first = {number: n for n, number in reversed(list(enumerate(of)))}
    return [
        Place(places[first[number]].node, {id: of[to] for id, to in places[first[number]].edges.items()})
        for number in range(count)
    ]


def _way_on(node: str, choice: Choice, facts: Collection[str]) -> str:
    for route in choice.to:
        if holds(facts, route.needs, route.unless):
            return route.to
    raise NoWayOn(node, choice.id, facts)


def _too_many(states: Iterable[tuple[str, frozenset[str]]], most: int) -> str:
    """Name the facts that multiply the states: those seen both set and unset at the most nodes."""
    with_fact: dict[str, set[str]] = {}
    nodes: dict[str, int] = {}
    for name, facts in states:
        nodes[name] = nodes.get(name, 0) + 1
        for fact in facts:
            with_fact.setdefault(fact, set()).add(name)
    worst = sorted(with_fact, key=lambda fact: (-len(with_fact[fact]), fact))[:5]
    return (
        f"more than {most:,} states can be reached, because these facts are remembered across most scenes: "
        f"{', '.join(worst)}. Read them sooner, or let one fact stand for several."
    )
