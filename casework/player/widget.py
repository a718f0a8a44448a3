"""The player as an ipywidget, and the two calls of a notebook that make one: `play` and `drill`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from casework.errors import CaseworkError, did_you_mean
from casework.graph import Graph, compile_graph, series, series_id
from casework.library import Library
from casework.player import page
from casework.player.published import Published, joined, module
from casework.scenario import Scenario
from casework.walk import choose, replay, start

if TYPE_CHECKING:
    import pandas

MODES = ("guided", "practice", "independent")


class Player(Published):
    """One scenario or series of drills being played; `path` is what the learner has chosen so far."""

    _esm = module("Casework", "base.js", "record.js", "player.js")
    _css = joined("tokens.css", "base.css", "player.css")

    graph = traitlets.Dict().tag(sync=True)
    mode = traitlets.Enum(MODES, "guided").tag(sync=True)
    path = traitlets.List(traitlets.Unicode()).tag(sync=True)
    sure = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, scenario: Scenario, graph: Graph, mode: str) -> None:
        """Show *graph*, compiled from *scenario*, in *mode*."""
        if mode not in MODES:
            raise CaseworkError(f'There is no mode "{mode}". {did_you_mean(mode, MODES)}')
        super().__init__(graph=graph.data, mode=mode)
        self.add_class("casework")
        self._source = scenario
        self._graph = graph

    @traitlets.validate("path")
    def _fits(self, proposal: dict[str, Any]) -> list[str]:
        replay(Graph(self.graph), proposal["value"])
        return proposal["value"]

    def debrief(self) -> pandas.DataFrame:
        """Return one row a decision so far.

        Columns: scene, stage, chose, quality, misconception, cites (ids), weeks, cost (pounds, exact to 1/100), sure
        (0 not asked, 1 a guess, 2 fairly sure, 3 certain).
        """
        import pandas

        position, rows = start(self._graph), []
        for number, entry in enumerate(self.path):
            node = self._graph.node(position.place)
            chosen = self._graph.choice(position.place, entry.partition("/")[2])
            rows.append(
                {
                    "scene": node["title"],
                    "stage": node["stage"],
                    "chose": chosen["text"],
                    "quality": chosen["quality"],
                    "misconception": chosen["misconception"],
                    "cites": ", ".join(chosen["cites"]),
                    "weeks": chosen["weeks"],
                    "cost": chosen["cost"] / self._graph.data["parts"] / 100,
                    "sure": self.sure[number] if number < len(self.sure) else 0,
                }
            )
            position = choose(self._graph, position, entry.partition("/")[2])
        columns = ["scene", "stage", "chose", "quality", "misconception", "cites", "weeks", "cost", "sure"]
        return pandas.DataFrame(rows, columns=columns)

    def page_html(self) -> str:
        """Return the reading with the graph beside it."""
        return page.static_html(self._source, self._graph, self.mode)

    def in_words(self) -> str:
        """Return the title."""
        return f"{self._graph.data['title']}: a case to play"


def play(id: str, mode: str = "guided", library: Library | None = None) -> Player:
    """Return a player of the scenario *id* in *mode* (guided, practice or independent).

    Raises `CaseworkError` for an unknown id or mode, with the likeliest one meant.
    """
    library = library or Library()
    scenario = library.scenario(id)
    return Player(scenario, compile_graph(id, scenario, library), mode)


def drill(*wanted: str, mode: str = "guided", title: str = "", library: Library | None = None) -> Player:
    """Return a player of a series of drills: *wanted* are ids, statements (`S02`) or misconceptions, in order.

    Raises `CaseworkError` for a name that no drill answers to, and where nothing is wanted.
    """
    library = library or Library()
    drills = library.drill_series(wanted)
    if not drills:
        raise CaseworkError('Say which drills: drill("S02"), for instance, for all on a statement of the leaflet.')
    count = len(drills)
    source = series(title or ("One question" if count == 1 else f"{_NUMBERS.get(count, count)} questions"), drills)
    return Player(source, compile_graph(series_id(drills), source, library, kind="drill"), mode)


_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine", 10: "Ten"}
