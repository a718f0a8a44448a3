"""Walk a graph: `start`, `choose`, `replay`. Pure, and the same three names in the browser's player.

A path is the list of choices so far, each written `node/choice`. It is all that is ever stored; where the
learner stands, what has been spent and what is on the file are replayed from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casework.errors import PathError, did_you_mean
from casework.graph import Graph

WORTH = {"sound": 2, "arguable": 1, "unsound": 0}


@dataclass(frozen=True)
class Position:
    """Where a path leads: the *place*, its cost in `1 / parts` of a penny, the *weeks*, the papers on the file."""

    path: tuple[str, ...]
    place: int
    cost: int
    weeks: int
    files: tuple[str, ...]

    def ended(self, graph: Graph) -> bool:
        """Say whether the path has come to an ending."""
        return not graph.places[self.place].edges


def start(graph: Graph) -> Position:
    """Return the position of a learner who has chosen nothing yet."""
    return Position((), graph.start, 0, 0, tuple(graph.data["files"]))


def choose(graph: Graph, position: Position, choice: str) -> Position:
    """Return the position after *choice*; raises `PathError` if it is not on offer at *position*."""
    place = graph.places[position.place]
    if choice not in place.edges:
        hint = did_you_mean(choice, place.edges)
        raise PathError(f'"{choice}" is not on offer at "{place.node}". {hint}', len(position.path))
    chosen = graph.choice(position.place, choice)
    return replace(
        position,
        path=(*position.path, f"{place.node}/{choice}"),
        place=place.edges[choice],
        cost=position.cost + chosen["cost"],
        weeks=position.weeks + chosen["weeks"],
        files=position.files + tuple(paper for paper in chosen["files"] if paper not in position.files),
    )


def replay(graph: Graph, path: Iterable[str]) -> Position:
    """Return the position at the end of *path*.

    Raises `PathError` if an entry does not fit; its `fits` says how many of the first entries do.
    """
    position = start(graph)
    for entry in path:
        node, _, choice = entry.partition("/")
        here = graph.places[position.place].node
        if node != here:
            raise PathError(f'the path says "{entry}" where the learner stands at "{here}".', len(position.path))
        position = choose(graph, position, choice)
    return position


def score(graph: Graph, path: Iterable[str]) -> tuple[int, int]:
    """Return the points of *path* and the most that its decisions allow: sound 2, arguable 1, unsound 0."""
    nodes = graph.data["nodes"]
    steps = [entry.partition("/") for entry in path]
    return sum(WORTH[nodes[node]["choices"][choice]["quality"]] for node, _, choice in steps), 2 * len(steps)
