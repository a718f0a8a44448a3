"""Compile and walk, held against a plain interpreter of the scenario that keeps every fact and compiles nothing."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import STUB, random_scenario

from casework.errors import PathError
from casework.explore import explore, holds, merge_alike
from casework.funding.provision import cost
from casework.graph import Graph, compile_graph
from casework.library import Library
from casework.proof import prove, walk_all
from casework.scenario import Scenario
from casework.walk import WORTH, choose, replay, score, start


class Interpreter:
    """Plays a scenario straight from its YAML, step by step."""

    def __init__(self, scenario: Scenario) -> None:
        """Stand at the start."""
        self.scenario, self.node, self.facts = scenario, scenario.start, set(scenario.files)
        self.files, self.weeks, self.pounds = list(scenario.files), 0, Fraction(0)

    def offered(self) -> list[str]:
        """Return the ids on offer."""
        return [c.id for c in self.scenario.nodes[self.node].choices if holds(self.facts, c.needs, c.unless)]

    def choose(self, id: str) -> None:
        """Take the choice *id*."""
        choice = next(c for c in self.scenario.nodes[self.node].choices if c.id == id)
        self.facts |= {*choice.marks, *choice.files}
        self.files += [paper for paper in choice.files if paper not in self.files]
        self.weeks += choice.weeks
        self.pounds += sum(cost(line, STUB.rates, self.scenario.priced) for line in choice.buys)
        self.node = next(r.to for r in choice.to if holds(self.facts, r.needs, r.unless))


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_graph_plays_as_the_scenario_reads(seed: int):
    """At every step the compiled graph offers, costs, files and leads as the scenario does when read directly."""
    random = Random(seed)
    scenario = random_scenario(random)
    graph = compile_graph("x", scenario, STUB)
    plain, position = Interpreter(scenario), start(graph)
    while plain.offered():
        assert list(graph.places[position.place].edges) == plain.offered()
        id = random.choice(plain.offered())
        plain.choose(id)
        position = choose(graph, position, id)

    assert graph.places[position.place].node == plain.node
    assert (list(position.files), position.weeks) == (plain.files, plain.weeks)
    assert Fraction(position.cost, graph.data["parts"]) == plain.pounds * 100


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_walking_all_edges_takes_each_edge_once(seed: int):
    """The walk that tests hold against the browser leaves no edge out and takes none twice."""
    graph = compile_graph("x", random_scenario(Random(seed)), STUB)

    taken = [(replay(graph, p.path[:-1]).place, p.path[-1].partition("/")[2]) for p in walk_all(graph)]

    assert sorted(taken) == sorted((n, id) for n, place in enumerate(graph.places) for id in place.edges)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_guesser_is_exact(seed: int):
    """The guesser's score equals the sum over all roads of their chance times their score."""
    graph = compile_graph("x", random_scenario(Random(seed)), STUB)

    def expect(position) -> Fraction:
        ways = graph.places[position.place].edges
        if not ways:
            points, most = score(graph, position.path)
            return Fraction(points, most) if most else Fraction(0)
        return sum((expect(choose(graph, position, id)) for id in ways), Fraction(0)) / len(ways)

    assert prove(graph).guesser == expect(start(graph))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_roads_are_counted_exactly(seed: int):
    """The number of roads, and the length of the shortest and the longest, are those of all roads walked."""
    graph = compile_graph("x", random_scenario(Random(seed)), STUB)
    waiting, roads = [start(graph)], []
    while waiting:
        position = waiting.pop()
        ways = graph.places[position.place].edges
        waiting += [choose(graph, position, id) for id in ways]
        roads += [] if ways else [len(position.path)]
    proof = prove(graph)

    assert (proof.paths, len(proof.shortest), proof.longest) == (len(roads), min(roads), max(roads))


@pytest.fixture(scope="module")
def noor() -> Graph:
    """A real graph."""
    library = Library()
    return compile_graph("noor-no-label", library.scenario("noor-no-label"), library)


def test_a_choice_not_on_offer_is_refused(noor: Graph):
    """A misspelt choice is answered with the one meant, and with how much of the path still fits."""
    first = next(iter(noor.places[0].edges))

    with pytest.raises(PathError, match=f'"{first}x" is not on offer at .* Did you mean "{first}"') as caught:
        choose(noor, start(noor), first + "x")

    assert caught.value.fits == 0


def test_a_path_of_another_node_is_refused(noor: Graph):
    """A path whose second entry names another scene fits for one entry."""
    first = f"{noor.places[0].node}/{next(iter(noor.places[0].edges))}"

    with pytest.raises(PathError, match="where the learner stands at") as caught:
        replay(noor, [first, "elsewhere/x"])

    assert caught.value.fits == 1


def test_the_best_road_is_sound_throughout(noor: Graph):
    """On the best road every choice is sound, so it earns every point."""
    points, most = score(noor, prove(noor).best)

    assert points == most > 0


@pytest.mark.parametrize("id", Library().scenario_ids)
def test_a_guesser_does_not_pass(id: str, library: Library):
    """Whoever picks at random earns at most 45% of the points, so that a pass means something."""
    graph = compile_graph(id, library.scenario(id), library)

    assert prove(graph).guesser <= Fraction(45, 100)


@pytest.mark.parametrize("id", Library().scenario_ids)
def test_a_record_stays_short(id: str, library: Library):
    """The longest road through a scenario is kept in under 4,000 characters."""
    graph = compile_graph(id, library.scenario(id), library)
    longest = max((position.path for position in walk_all(graph)), key=lambda path: len("".join(path)))

    assert len(",".join(f'"{entry}"' for entry in longest)) < 4_000 - 300


def test_mending_a_comma_does_not_make_an_attempt_old(noor: Graph, library: Library):
    """The hash stays when only prose changes, and changes with the quality of a choice."""
    scenario = library.scenario("noor-no-label")
    name, node = next(iter(scenario.nodes.items()))
    prose = node.model_copy(update={"text": node.text + " More."})
    others = {"sound": "arguable", "arguable": "sound", "unsound": "arguable"}
    first = node.choices[0].model_copy(update={"quality": others[node.choices[0].quality], "misconception": None})
    judged = node.model_copy(update={"choices": (first, *node.choices[1:])})

    def hash_with(changed) -> str:
        update = {"nodes": {**scenario.nodes, name: changed}}
        return compile_graph("noor-no-label", scenario.model_copy(update=update), library).hash

    assert hash_with(prose) == noor.hash != hash_with(judged)
    assert WORTH == {"sound": 2, "arguable": 1, "unsound": 0}


@pytest.mark.parametrize("id", Library().scenario_ids)
def test_places_made_one_cannot_be_told_apart(id: str, library: Library):
    """Wherever a road leads, the merged places offer the same in the same scene as the states themselves."""
    states = explore(library.scenario(id))
    merged = merge_alike(states)
    pairs, waiting = {(0, 0)}, [(0, 0)]
    while waiting:
        state, place = waiting.pop()
        assert (states[state].node, list(states[state].edges)) == (merged[place].node, list(merged[place].edges))
        after = {(states[state].edges[choice], merged[place].edges[choice]) for choice in states[state].edges} - pairs
        pairs |= after
        waiting += after

    assert {place for _, place in pairs} == set(range(len(merged)))
    assert len({(place.node, *place.edges.items()) for place in merged}) == len(merged)
