"""The final assessment in a real browser: the same papers and results as Python, and the page where it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from own_pages import FORBIDDEN, FULL, KEY, answer_with, attempt, broken, keep, kept, write_own_page
from playwright.sync_api import Page, expect

from casework.assessment import RED_LINES, draw, result
from casework.library import Library
from casework.player.catalogue import catalogue
from casework.record import Attempt

pytestmark = pytest.mark.browser
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
COACHING = "On what authority"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(library: Library, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page with the course's own drills."""
    return write_own_page(tmp_path_factory.mktemp("assessment"), "assessment", library)


@pytest.fixture(scope="module")
def version(library: Library) -> str:
    """The version of the course's content."""
    return catalogue(library)["version"]


@pytest.fixture
def open_page(page: Page, address: str) -> Open:
    """Opens the page with *attempts* kept by a browser that does as *script* says."""

    def open_it(*attempts: dict[str, Any], script: str = "") -> Page:
        if attempts:
            keep(page, attempts)
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    return open_it


@pytest.fixture
def a_try(library: Library, version: str) -> Callable[..., dict[str, Any]]:
    """Makes an attempt at the paper *seed*: its first *count* questions with *quality*, those in *unsound* not."""

    def make(seed: str, quality: str = "sound", count: int = 20, unsound: tuple[str, ...] = (), **given: Any):
        qualities = {id: "unsound" if id in unsound else quality for id in draw(library, seed)}
        path = [answer_with(library, one)(id) for id, one in qualities.items()][:count]
        return attempt(f"assessment-{seed}", path, **{"mode": "assessment", "hash": version, **given})

    return make


def button(page: Page, name: str) -> Any:
    """Return the button called *name*."""
    return page.get_by_role("button", name=name, exact=True)


def take(page: Page, library: Library, entry: str, sure: str = "certain") -> None:
    """Answer the question on the screen with the choice that *entry* names."""
    id, _, choice = entry.partition("/")
    expect(page.get_by_role("heading", level=4)).to_contain_text(library.drills[id].title)
    order = [one.id for one in library.drills[id].choices]
    page.get_by_role("radio").nth(order.index(choice)).check()
    page.get_by_role("radio", name=sure, exact=True).check()
    button(page, "This is what I choose").click()


def begin(page: Page, paper: str = "") -> None:
    """Begin the paper that is typed, or one that is drawn."""
    page.get_by_label("Paper", exact=True).fill(paper)
    page.get_by_role("button", name="Begin").last.click()


# The same papers and results as Python


def seeds(random: Random, count: int) -> Iterator[str]:
    """Yield *count* random seeds."""
    for _ in range(count):
        yield "".join(random.choices(LETTERS, k=4))


def test_both_draw_the_same_papers(open_page: Open, library: Library):
    """Over 400 seeds the page draws what Python draws, question by question."""
    wanted = [*seeds(Random(1), 400)]
    found = open_page().evaluate("seeds => seeds.map((one) => NeedsFirstAssessment.draw(one))", wanted)

    assert [tuple(one) for one in found] == [draw(library, seed) for seed in wanted]


def test_both_mark_alike(open_page: Open, library: Library, a_try: Any):
    """Over 400 random attempts, finished or not, both give the same points, red lines, beliefs and verdict."""
    random = Random(2)
    attempts = []
    for seed in seeds(random, 400):
        made = a_try(seed, count=random.choice((20, 20, 20, random.randint(1, 19))))
        lucky = random.random()
        for n, entry in enumerate(made["path"]):
            id = entry.split("/")[0]
            if random.random() > lucky:
                made["path"][n] = f"{id}/{random.choice([one.id for one in library.drills[id].choices])}"
        attempts.append(made)
    found = open_page().evaluate("all => all.map((one) => NeedsFirstAssessment.result(one))", attempts)

    mine = [result(Attempt.model_validate(one), library) for one in attempts]
    for one, theirs in zip(mine, found, strict=True):
        assert (one.points, one.most, one.ended, one.passed) == tuple(
            theirs[name] for name in ("points", "most", "ended", "passed")
        )
        assert [*one.red_lines_wrong] == theirs["redLinesWrong"] and [*one.beliefs] == theirs["beliefs"]
        assert {str(number): [*points] for number, points in one.by_lesson.items()} == theirs["byLesson"]
        assert {id: [*points] for id, points in one.by_statement.items()} == theirs["byStatement"]
    assert {one.passed for one in mine} == {True, False}


def test_the_red_lines_have_the_same_names(open_page: Open):
    """The page has words for exactly the red lines that Python knows, in their order."""
    assert open_page().evaluate("Object.keys(NeedsFirstAssessment.RED_LINES)") == [*RED_LINES]


# The page


def test_a_paper_from_its_first_question_to_the_result(open_page: Open, library: Library, a_try: Any, version: str):
    """Twenty questions without coaching or a way back; then the result in words, the coaching of each, the record."""
    page, answers = open_page(), a_try("k7qm")["path"]
    expect(page.get_by_text("An answer stands. There is no way back")).to_be_visible()
    begin(page, "K7QM")
    for entry in answers:
        expect(button(page, "Back")).to_have_count(0)
        expect(page.get_by_text(COACHING)).to_have_count(0)
        take(page, library, entry)

    expect(page.get_by_role("heading", name="You have passed")).to_be_focused()
    expect(page.get_by_text("40 of 40 points. No red line was answered wrong.")).to_be_visible()
    expect(page.get_by_role("listitem").get_by_role("heading", level=5)).to_have_count(20)
    assert page.get_by_text(COACHING).count() >= 20
    (attempt,) = kept(page)
    assert (attempt["scenario"], attempt["mode"], attempt["hash"]) == ("assessment-k7qm", "assessment", version)
    assert (attempt["path"], attempt["sure"]) == (answers, [3] * 20)


def test_how_sure_one_is_must_be_said(open_page: Open):
    """An answer without it is not taken."""
    page = open_page()
    begin(page)
    page.get_by_role("radio").first.check()
    button(page, "This is what I choose").click()

    expect(page.get_by_text("Say how sure you are. A guess is fine.")).to_be_visible()
    assert kept(page) == []


def test_a_paper_is_gone_on_with_after_a_reload(open_page: Open, library: Library, a_try: Any):
    """Opened again, the page goes on where one was, and the result is of one attempt."""
    page, answers = open_page(a_try("k7qm", count=17)), a_try("k7qm")["path"]
    button(page, "Go on with question 18").click()
    take(page, library, answers[17])
    page.wait_for_timeout(500)
    page.reload()
    button(page, "Go on with question 19").click()
    for entry in answers[18:]:
        take(page, library, entry)

    expect(page.get_by_role("heading", name="You have passed")).to_be_visible()
    assert [one["path"] for one in kept(page)] == [answers]


def test_one_can_stop_and_go_on(open_page: Open, library: Library, a_try: Any):
    """Stopping leads back to the beginning of the page, where the paper waits."""
    page = open_page()
    begin(page, "k7qm")
    take(page, library, a_try("k7qm")["path"][0])
    button(page, "Stop here and go on later").click()

    expect(page.get_by_role("heading", name="You are in the middle of a paper")).to_be_focused()
    expect(button(page, "Go on with question 2")).to_be_visible()


def test_each_try_draws_another_paper(open_page: Open):
    """Without a paper typed, two tries have different ones."""
    page, papers = open_page(), []
    for _ in range(2):
        begin(page)
        papers.append(page.get_by_role("heading", level=3).inner_text())
        button(page, "Stop here and go on later").click()

    assert papers[0] != papers[1] and all(one.startswith("Final assessment, paper ") for one in papers)


@pytest.mark.parametrize("typed", ["k7q", "k7qmx", "k7-m", "k7 q", "käqm"])
def test_what_is_no_paper_is_said(typed: str, open_page: Open):
    """Anything but four letters or figures begins nothing, and the words stand at the field, which has the focus."""
    page = open_page()
    begin(page, typed)

    expect(page.get_by_text("A paper has four letters or figures, such as K7QM.")).to_be_visible()
    expect(page.get_by_label("Paper", exact=True)).to_be_focused()
    expect(page.get_by_role("radio")).to_have_count(0)


def test_a_red_line_is_named_and_no_pass(open_page: Open, library: Library, a_try: Any):
    """38 points with a red line answered wrong: not passed, the line in words, and where to go from there."""
    (red, *_) = [
        id
        for id in draw(library, "k7qm")
        if library.drills[id].red_line and any(one.quality == "unsound" for one in library.drills[id].choices)
    ]
    page = open_page(a_try("k7qm", unsound=(red,)))
    words = page.evaluate("line => NeedsFirstAssessment.RED_LINES[line]", library.drills[red].red_line)
    expect(page.get_by_text("not passed, 38 of 40 points, 1 red line answered wrong.")).to_be_visible()
    button(page, "Look at paper K7QM again").click()

    expect(page.get_by_role("heading", name="Not passed this time")).to_be_focused()
    expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    expect(page.get_by_role("link", name="Come back to it")).to_have_attribute("href", "../book/review.html")


def test_every_try_is_listed_with_its_result(open_page: Open, a_try: Any):
    """The newest first: passed, not passed, not finished; and one that the course has outgrown says so."""
    page = open_page(
        a_try("aaaa", at="2026-11-02T09:00:00.000Z"),
        a_try("bbbb", "arguable", at="2026-11-03T09:00:00.000Z"),
        a_try("cccc", count=3, at="2026-11-04T09:00:00.000Z"),
        a_try("dddd", count=3, at="2026-11-05T09:00:00.000Z", hash="0ld"),
        attempt("assessment-eeee", ["gone/gone"], "2026-11-06T09:00:00.000Z", mode="assessment"),
    )
    items = page.get_by_role("heading", name="Your attempts so far").locator("..").get_by_role("listitem")

    said = [text.replace("\n", " ") for text in items.all_inner_texts()]
    assert said[0] == "6 November 2026, paper EEEE: cannot be marked any more, because the course has changed."
    assert said[1].startswith("5 November 2026, paper DDDD: 3 of 20 questions answered; the course has changed")
    assert said[2].startswith("4 November 2026, paper CCCC: 3 of 20 questions answered. ")
    assert said[3].startswith("3 November 2026, paper BBBB: not passed, ")
    assert said[4].startswith("2 November 2026, paper AAAA: passed, 40 of 40 points. ")


def test_the_same_paper_can_be_set_twice(open_page: Open, library: Library, a_try: Any):
    """A finished try at a paper is kept, and a second one begins with its first question."""
    page, answers = open_page(a_try("k7qm")), a_try("k7qm")["path"]
    begin(page, "k7qm")
    take(page, library, answers[0])

    assert [len(one["path"]) for one in kept(page)] == [20, 1]


def test_too_few_drills_are_said(page: Page, shelf: Path, tmp_path: Path):
    """A course with fewer than 20 drills says so and offers no paper."""
    for file in sorted((shelf / "drills").glob("*.yaml"))[1:]:
        file.unlink()
    page.goto(write_own_page(tmp_path, "assessment", Library(shelf)))

    expect(page.get_by_text("A final assessment asks 20 questions, and this course has too few")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_keyboard_is_enough(open_page: Open):
    """From the field to the second question with Tab, arrows, Space and Enter; the focus goes along."""
    page = open_page()
    page.get_by_label("Paper", exact=True).focus()
    for key in ("Tab", "Enter", "Tab", "Space", "Tab", "Space", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)

    expect(page.get_by_role("heading", level=4)).to_be_focused()
    expect(page.get_by_text("Question 2 of 20.")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (FORBIDDEN, "does not let the page remember"),
        (FULL, "no room left to remember"),
        (f"localStorage['{KEY}'] ??= 'damaged'", "It was set aside, not deleted"),
    ],
    ids=["forbidden", "full", "damaged"],
)
def test_no_store_stops_anybody(script: str, said: str, open_page: Open, library: Library, a_try: Any):
    """Where the store is forbidden, full or damaged the page says so, and a paper comes to its result."""
    page = open_page(script=script)
    begin(page, "k7qm")
    for entry in a_try("k7qm")["path"]:
        take(page, library, entry)

    expect(page.get_by_role("heading", name="You have passed")).to_be_visible()
    expect(page.get_by_text(said)).to_be_visible()


def test_every_state_is_accessible_and_narrow(open_page: Open, library: Library, a_try: Any):
    """The beginning with tries, a question, the result: none keeps anybody out or is too wide."""
    unfinished = a_try("aaaa", count=19, at="2026-11-03T09:00:00.000Z")
    page, found = open_page(a_try("k7qm", "unsound"), unfinished), []
    page.get_by_text("The four red lines").click()
    found.append(broken(page))
    button(page, "Go on with question 20").click()
    found.append(broken(page))
    button(page, "Stop here and go on later").click()
    button(page, "Look at paper K7QM again").click()
    found.append(broken(page))

    assert found == [{}] * 3


def test_on_paper_every_decision_is_open(open_page: Open, a_try: Any):
    """Printed, the coaching of each question can be read, and no button stands on the paper."""
    page = open_page(a_try("k7qm"))
    button(page, "Look at paper K7QM again").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    assert page.locator(".cw-decision:not([open])").count() == 0
    assert [one for one in page.get_by_role("button").all_inner_texts() if one] == []


def test_without_scripts_a_sentence_stands_there(profile: Any, address: str):
    """Without JavaScript the page says what it needs and where the questions can be read."""
    reading = profile(java_script_enabled=False).new_page()
    reading.goto(address)

    expect(reading.get_by_role("paragraph")).to_contain_text("needs JavaScript for that. The lessons and their")
    expect(reading.get_by_role("paragraph")).to_be_visible()


def test_nobody_else_is_asked(open_page: Open, page: Page):
    """Opening and beginning asks for files and nothing else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(open_page())

    assert asked and all(url.startswith("file:") for url in asked)
