"""A learner who plays a case in a browser and finds everything as people do: by what it is called and what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from casework.graph import Graph, compile_graph
from casework.library import Library
from casework.proof import prove
from casework.walk import choose, start

RANK = ("unsound", "arguable", "sound")


def graph_of(id: str) -> Graph:
    """Return the graph of the scenario *id*."""
    library = Library()
    return compile_graph(id, library.scenario(id), library)


def lesson_of(id: str, book: Path) -> Path:
    """Return the page of the built *book* on which the scenario *id* is played."""
    page = next(lesson.page_of(id) for lesson in Library().lessons if id in lesson.cases)
    return book / "notebooks" / page


def best_road(graph: Graph) -> list[str]:
    """Return a road on which every choice is sound."""
    return [*prove(graph).best]


def mistaken_road(graph: Graph) -> list[str]:
    """Return a road that takes a common mistake wherever one is on offer."""
    position = start(graph)
    while not position.ended(graph):
        quality = {id: graph.choice(position.place, id)["quality"] for id in graph.places[position.place].edges}
        position = choose(graph, position, min(quality, key=lambda id: RANK.index(quality[id])))
    return [*position.path]


class Learner:
    """Plays *graph* on *page* by mouse."""

    def __init__(self, page: Page, graph: Graph, within: Locator | None = None) -> None:
        """Look at the case *within* a part of the page, which is open already; in the book, where its links lead."""
        self.page, self.graph, self.nodes = page, graph, graph.data["nodes"]
        # Looking for roles in a whole lesson would take ten times as long.
        within = within or page.locator(f"#{graph.id}")
        self.case = within.get_by_role("group", name=graph.data["title"], exact=True)
        self.status = self.case.get_by_role("status")

    def come_back(self, path: list[str]) -> None:
        """Open the page again as one who has made the choices of *path* before."""
        attempt = {"id": "a", "scenario": self.graph.id, "hash": self.graph.hash, "mode": "guided"}
        attempt |= {"begun": "2026-11-24T09:00:00.000Z", "path": path, "sure": [0] * len(path)}
        record = json.dumps(json.dumps({"format": 1, "attempts": [attempt]}))
        self.page.add_init_script(f"localStorage['needs-first/record'] ??= {record}")
        self.page.reload()

    def heading(self, words: str) -> Locator:
        """Return the heading that says *words*."""
        return self.case.get_by_role("heading", name=words, exact=True)

    def button(self, name: str) -> Locator:
        """Return the button called *name*."""
        return self.case.get_by_role("button", name=name, exact=True)

    def choose(self, entry: str, sure: str = "") -> None:
        """Make the choice *entry* (`node/choice`), saying how *sure*; what happens is then on the screen."""
        node, _, id = entry.partition("/")
        expect(self.heading(self.nodes[node]["title"])).to_be_visible()
        self.pick(self.nodes[node]["choices"][id]["text"])
        if sure:
            self.pick(sure)
        self.press("This is what I choose")

    def pick(self, words: str) -> None:
        """Take the option that says *words*."""
        self.case.get_by_role("radio", name=words, exact=True).check()

    def press(self, name: str) -> None:
        """Press the button called *name*."""
        self.button(name).click()

    def play(self, path: Iterable[str], sure: str = "") -> None:
        """Make the choices of *path* one after the other, going on after each."""
        for entry in path:
            self.choose(entry, sure)
            self.press("Go on")


class KeyboardLearner(Learner):
    """Plays by keyboard alone: Tab, arrows, Space and Enter."""

    def pick(self, words: str) -> None:
        """Tab to the group, take its first option, and go down to the one that says *words*."""
        wanted = self.page.get_by_role("radio", name=words, exact=True)
        options = self.case.get_by_role("group").filter(has=wanted).last.get_by_role("radio")
        self.reach(options.first)
        self.page.keyboard.press("Space")
        for _ in range(self._number(options, words)):
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    @staticmethod
    def _number(options: Locator, words: str) -> int:
        return options.evaluate_all(
            "(all, words) => all.findIndex((one) => one.labels[0].innerText === words)", words
        )

    def press(self, name: str) -> None:
        """Tab to the button called *name* and press Enter."""
        self.reach(self.button(name))
        self.page.keyboard.press("Enter")

    def reach(self, wanted: Locator) -> None:
        """Press Tab until *wanted* has the focus."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"150 times Tab, and the focus never came to {wanted}")
