"""The learner's record in the browser: what it keeps, and what the page does with a shut, full or damaged store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from learner import Learner, best_road, graph_of, lesson_of
from playwright.sync_api import Page, expect

from casework.graph import Graph

pytestmark = pytest.mark.browser
CASE = "noor-no-label"
KEY = "needs-first/record"
FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
# A tab that is told to be deaf does not hear of what another one keeps.
DEAF = "addEventListener('storage', (event) => window.deaf && event.stopImmediatePropagation(), true)"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
# There is room for short things only, so that a damaged record cannot be set aside but a new one would fit.
CRAMPED = """const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, text) {
    if (key.includes("set-aside")) throw new DOMException("full", "QuotaExceededError");
    put.call(this, key, text);
}"""
ATTEMPT = {
    "id": "a", "scenario": CASE, "hash": "h", "mode": "guided",
    "begun": "2026-11-24T09:00:00Z", "path": [], "sure": [],
}  # fmt: skip
DAMAGED = {
    "no JSON": '{"format": 1, "attempts": [',
    "foreign JSON": '{"theme": "dark"}',
    "null": "null",
    "a list": "[]",
    "another format": '{"format": 99, "attempts": []}',
    "attempts are no list": '{"format": 1, "attempts": {"0": 1}}',
    "an attempt is null": '{"format": 1, "attempts": [null]}',
    "an attempt is text": '{"format": 1, "attempts": ["noor-no-label"]}',
    "a path is missing": json.dumps({"format": 1, "attempts": [{"scenario": CASE, "hash": "h", "id": "a"}]}),
    "a path is text": json.dumps({"format": 1, "attempts": [{**ATTEMPT, "path": "first-call"}]}),
    "a path holds numbers": json.dumps({"format": 1, "attempts": [{**ATTEMPT, "path": [1]}]}),
    "confidence is text": json.dumps({"format": 1, "attempts": [{**ATTEMPT, "sure": "very"}]}),
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The case that is played."""
    return graph_of(CASE)


@pytest.fixture
def arrive(profile: Any, served: str, book: Path, graph: Graph) -> Iterator[Callable[..., Learner]]:
    """Opens the lesson where *kept* stands in place of the record and the browser does as *script* says.

    The book is on a web server: opened as files, Chromium's pages sometimes see an older state of the store.
    """
    page, errors = profile(offline=False).new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def open_lesson(kept: str = "", script: str = "") -> Learner:
        page.goto(f"{served}/search.html")
        if kept:
            page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, kept])
        if script:
            page.add_init_script(script)
        page.goto(f"{served}/{lesson_of(CASE, book).relative_to(book)}")
        return Learner(page, graph)

    yield open_lesson
    assert errors == []


def record(*attempts: dict[str, Any]) -> str:
    """Return a record of *attempts*, as a browser keeps it."""
    return json.dumps({"format": 1, "attempts": attempts})


def store(page: Page) -> dict[str, str]:
    """Return everything that the browser keeps for the course's record."""
    kept = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return {key: text for key, text in kept.items() if key.startswith(KEY)}


def paths(record: str) -> list[list[str]]:
    """Return the paths of the attempts at the case in *record*."""
    return [one["path"] for one in json.loads(record)["attempts"] if one["scenario"] == CASE]


def saved(learner: Learner, folder: Path) -> list[list[str]]:
    """Save the answers as a file, as the page offers, and return the paths in it."""
    with learner.page.expect_download() as download:
        learner.page.get_by_role("button", name="Save my answers as a file").last.click()
    download.value.save_as(folder / "answers.json")
    return paths((folder / "answers.json").read_text(encoding="utf-8"))


def test_an_attempt_holds_nothing_derived(arrive: Any, graph: Graph):
    """An attempt is scenario, hash of the graph, mode, times, confidence and path; nothing else is kept."""
    learner = arrive()
    learner.play(best_road(graph)[:2])

    (attempt,) = json.loads(store(learner.page)[KEY])["attempts"]
    assert set(attempt) == {"id", "scenario", "hash", "mode", "begun", "touched", "path", "sure"}
    assert (attempt["hash"], attempt["path"], attempt["sure"]) == (graph.hash, best_road(graph)[:2], [0, 0])


def test_nothing_is_kept_of_a_page_only_read(arrive: Any):
    """Opening a page and choosing when to be coached writes no record: nothing has been answered."""
    learner = arrive()
    learner.case.get_by_label("Coaching").select_option("independent")

    assert store(learner.page) == {}


@pytest.mark.parametrize(
    ("script", "said"),
    [(FORBIDDEN, "does not let the page remember"), (FULL, "no room left to remember")],
    ids=["forbidden", "full"],
)
def test_a_store_that_takes_nothing_stops_nobody(script: str, said: str, arrive: Any, graph: Graph, tmp_path: Path):
    """Where the store is forbidden or full, the page says so, goes on to the end, and gives the answers as a file."""
    learner, road = arrive(script=script), best_road(graph)
    learner.play(road)

    expect(learner.heading("Your road")).to_be_visible()
    expect(learner.page.get_by_text(said).last).to_be_visible()
    assert saved(learner, tmp_path) == [road]


def test_answers_that_did_not_fit_are_all_in_the_file(arrive: Any, graph: Graph, tmp_path: Path):
    """Two cases of one page and a full store: the file holds what was kept before and what was answered in both."""
    learner = arrive(record({**ATTEMPT, "path": ["a/b"]}), FULL)
    learner.choose(best_road(graph)[0])
    questions = learner.page.get_by_role("group", name="Five questions")
    questions.get_by_role("radio").first.check()
    questions.get_by_role("button", name="This is what I choose").click()

    assert saved(learner, tmp_path) == [["a/b"], best_road(graph)[:1]]


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_record_is_set_aside(text: str, arrive: Any, graph: Graph):
    """What cannot be read is said, stands unchanged under a key of its own, and a new record begins."""
    learner = arrive(text)
    expect(learner.page.get_by_text("It was set aside, not deleted").first).to_be_visible()
    learner.play(best_road(graph)[:1])
    learner.page.reload()

    expect(learner.status).to_contain_text("Decision 2.")
    kept = store(learner.page)
    assert paths(kept.pop(KEY)) == [best_road(graph)[:1]]
    assert [*kept.values()] == [text] and "set-aside" in next(iter(kept))


def test_a_damaged_record_can_be_followed_by_another(arrive: Any, graph: Graph):
    """A second damaged record does not take the place of the first."""
    learner = arrive("first")
    expect(learner.status).to_be_visible()
    learner.page.evaluate("key => localStorage.setItem(key, 'second')", KEY)
    learner.page.reload()
    expect(learner.status).to_be_visible()

    assert sorted(store(learner.page).values()) == ["first", "second"]


def test_a_damaged_record_without_room_beside_it_stays(arrive: Any, graph: Graph, tmp_path: Path):
    """Where it cannot be set aside, the damaged record is not overwritten; the answers can be saved as a file."""
    learner = arrive("damaged", CRAMPED)
    learner.play(best_road(graph)[:1])

    expect(learner.page.get_by_text("no room to set it aside").first).to_be_visible()
    assert store(learner.page) == {KEY: "damaged"}
    assert saved(learner, tmp_path) == [best_road(graph)[:1]]


def test_an_attempt_at_an_older_graph_is_kept(arrive: Any, graph: Graph):
    """When the case has changed, the page says so and starts afresh; the earlier answers stay in the record."""
    old = {**ATTEMPT, "path": best_road(graph)[:2], "sure": [0, 0], "hash": "0ld"}
    learner = arrive(record(old))
    expect(learner.page.get_by_text("This case has changed since you played it.")).to_be_visible()
    expect(learner.heading(graph.node(graph.start)["title"])).to_be_visible()
    learner.choose(best_road(graph)[0])

    assert paths(store(learner.page)[KEY]) == [best_road(graph)[:2], best_road(graph)[:1]]


def test_a_path_that_no_longer_fits_is_kept(arrive: Any, graph: Graph):
    """The same holds where the hash fits and the path does not."""
    old = {**ATTEMPT, "path": ["no-such/scene"], "sure": [0], "hash": graph.hash}
    learner = arrive(record(old))

    expect(learner.page.get_by_text("This case has changed since you played it.")).to_be_visible()
    expect(learner.heading(graph.node(graph.start)["title"])).to_be_visible()
    assert paths(store(learner.page)[KEY]) == [["no-such/scene"]]


def test_two_tabs_do_not_erase_each_other(arrive: Any, graph: Graph):
    """What another tab has kept meanwhile is still there after this one saves."""
    learner = arrive()
    tab = learner.page.context.new_page()
    tab.goto(learner.page.url)
    questions = tab.get_by_role("group", name="Five questions")
    questions.get_by_role("radio").first.check()
    questions.get_by_role("button", name="This is what I choose").click()
    learner.choose(best_road(graph)[0])

    kept = json.loads(store(learner.page)[KEY])["attempts"]
    assert len(kept) == 2 and kept[1]["scenario"] == CASE


def test_a_case_in_two_tabs_goes_on_in_both(arrive: Any, graph: Graph):
    """What is chosen in one tab is chosen in the other."""
    road = best_road(graph)
    learner = arrive()
    learner.choose(road[0])
    tab = learner.page.context.new_page()
    tab.goto(learner.page.url)
    Learner(tab, graph).choose(road[1])

    expect(learner.status).to_contain_text("Decision 3.")


def test_two_tabs_that_part_keep_both_roads(arrive: Any, graph: Graph):
    """Where tabs went different ways without hearing of each other, both roads are kept, and none twice."""
    node, road = graph.places[graph.start].node, best_road(graph)
    another = f"{node}/{next(id for id in graph.places[graph.start].edges if f'{node}/{id}' != road[0])}"
    learner = arrive(script=DEAF)
    learner.choose(road[0])
    tab = learner.page.context.new_page()
    tab.goto(learner.page.url)
    learner.page.evaluate("deaf = true")
    Learner(tab, graph).choose(road[1])
    learner.press("Back")
    learner.choose(another)

    assert sorted(paths(store(learner.page)[KEY])) == sorted([road[:2], [another]])


def test_another_case_is_not_mistaken_for_this_one(arrive: Any, graph: Graph):
    """An attempt at another scenario neither shows here nor is touched, even where its path would fit."""
    road = best_road(graph)
    other = {**ATTEMPT, "scenario": "another-case", "path": road[:2], "sure": [0, 0], "hash": graph.hash}
    learner = arrive(record(other))
    expect(learner.status).to_contain_text("Decision 1.")
    learner.choose(road[0])

    assert json.loads(store(learner.page)[KEY])["attempts"][0] == other
    assert paths(store(learner.page)[KEY]) == [road[:1]]


def test_a_book_opened_as_files_resumes_too(profile: Any, book: Path, graph: Graph):
    """Loaded again at once from file://, where Chromium may show a page an older store, the case finds its place."""
    for _ in range(6):
        page = profile(offline=True).new_page()
        page.goto(lesson_of(CASE, book).as_uri())
        Learner(page, graph).choose(best_road(graph)[0])
        page.reload()

        expect(Learner(page, graph).status).to_contain_text("Decision 2.")
        page.context.close()
