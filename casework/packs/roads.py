"""Which cards a scene needs, which scenes every road meets, and conditions in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from casework.explore import holds
from casework.graph import Graph
from casework.packs.markdown import plain
from casework.scenario import Choice, Route, Scenario

LETTERS = "ABCDEFGHIJKLMNOP"
Literals = dict[str, bool]  # what is so, and what is not
Facts = Mapping[str, str]  # each fact in words


@dataclass(frozen=True)
class CardSet:
    """The choices that one learner is offered, in the player's order: what stands on cards A, B, C, …

    *ids* has, for each letter, the choices that it may stand for: two with the same text differ only in what
    follows. *when* says for whom the set is, in words; it is empty where there is only one.
    """

    texts: tuple[str, ...]
    ids: tuple[frozenset[str], ...]
    when: str

    def letter(self, choice: str) -> str:
        """Return the letter of *choice*; empty if the set does not offer it."""
        return next((letter for letter, ids in zip(LETTERS, self.ids, strict=False) if choice in ids), "")


def card_sets(name: str, scenario: Scenario, graph: Graph, facts: Facts) -> list[CardSet]:
    """Return the sets of cards for the scene *name*, one for each different list of texts that it can offer."""
    texts = {choice.id: choice.text for choice in scenario.nodes[name].choices}
    offers: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for place in graph.places:
        if place.node == name:
            offers.setdefault(tuple(texts[id] for id in place.edges), []).append(tuple(place.edges))
    whens = _whens(name, scenario, list(offers), facts) if len(offers) > 1 else dict.fromkeys(offers, "")
    return [
        CardSet(shown, tuple(frozenset(ids) for ids in zip(*lists, strict=True)), whens[shown])
        for shown, lists in offers.items()
    ]


def _whens(
    name: str, scenario: Scenario, shown: Sequence[tuple[str, ...]], facts: Facts
) -> dict[tuple[str, ...], str]:
    """Return for each list of texts, of those that a learner can meet, what must hold for it, in words."""
    choices = scenario.nodes[name].choices
    read = sorted({fact for choice in choices for fact in (*choice.needs, *choice.unless)})
    cases: dict[tuple[str, ...], list[Literals]] = {texts: [] for texts in shown}
    for values in product((True, False), repeat=len(read)):
        case = dict(zip(read, values, strict=True))
        held = {fact for fact, so in case.items() if so}
        texts = tuple(choice.text for choice in choices if holds(held, choice.needs, choice.unless))
        if texts in cases:
            cases[texts].append(case)
    return {texts: _told(own, _others(cases, texts), facts) for texts, own in cases.items()}


def _others(cases: Mapping[tuple[str, ...], list[Literals]], texts: tuple[str, ...]) -> list[Literals]:
    return [case for other, found in cases.items() if other != texts for case in found]


def _told(own: list[Literals], others: list[Literals], facts: Facts) -> str:
    """Say what is so in all of *own* and in none of *others*, as shortly as it goes."""
    shared = {fact: so for fact, so in own[0].items() if all(case[fact] == so for case in own)}
    if any(_fits(case, shared) for case in others):
        return "; or ".join(dict.fromkeys(_told([case], others, facts) for case in own))
    # What need not be said goes, and of that first what is not so.
    for fact in sorted(shared, key=lambda fact: shared[fact]):
        shorter = {other: so for other, so in shared.items() if other != fact}
        if shorter and not any(_fits(case, shorter) for case in others):
            shared = shorter
    needs = [fact for fact, so in shared.items() if so]
    return condition(needs, [fact for fact, so in shared.items() if not so], facts)


def _fits(case: Literals, wanted: Literals) -> bool:
    return all(case[fact] == so for fact, so in wanted.items())


def condition(needs: Iterable[str], unless: Iterable[str], facts: Facts) -> str:
    """Return a condition in words: `if …; and not if …`, or `unless …`; empty if there is none."""
    wanted, barred = [f"if {facts[fact]}" for fact in needs], [facts[fact] for fact in unless]
    if len(barred) == 1 and not wanted:
        return f"unless {barred[0]}"
    return "; and ".join([*wanted, *(f"not if {fact}" for fact in barred)])


def facts_in_words(scenario: Scenario, papers: Mapping[str, int]) -> Facts:
    """Return what holds when each fact of *scenario* does; *papers* has the number of each paper's sheet."""
    filed = {
        id: f"“{plain(paper.title)}”{f' (sheet {papers[id]})' if id in papers else ''} is on the file"
        for id, paper in scenario.papers.items()
    }
    return {mark: plain(text) for mark, text in scenario.marks.items()} | filed


def ways_on(choice: Choice, names: Mapping[str, str], facts: Facts) -> str:
    """Return where *choice* leads, in words: `If …: sheet 7. Otherwise: sheet 8.`; *names* has each scene's sheet."""
    told = [f"{_upper(_route(route, facts, first=not n))}: {names[route.to]}." for n, route in enumerate(choice.to)]
    return " ".join(told) if len(told) > 1 else f"{_upper(names[choice.to[0].to])}."


def _route(route: Route, facts: Facts, first: bool) -> str:
    told = condition(route.needs, route.unless, facts)
    if first:
        return told
    return f"otherwise, {told}" if told else "otherwise"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def on_every_road(graph: Graph) -> set[str]:
    """Return the scenes that every road meets, whatever is chosen."""
    nodes = {place.node for place in graph.places}
    return {node for node in nodes if not _ends_without(node, graph)}


def _ends_without(node: str, graph: Graph) -> bool:
    """Say whether some road comes to an ending and never to *node*."""
    if graph.places[graph.start].node == node:
        return False
    seen, waiting = {graph.start}, [graph.start]
    while waiting:
        place = graph.places[waiting.pop()]
        if not place.edges:
            return True
        onward = {to for to in place.edges.values() if graph.places[to].node != node} - seen
        seen |= onward
        waiting += onward
    return False
