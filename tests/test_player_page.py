"""The player on a page of the book, opened as a file with the network off: one case, played as people play it."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from learner import KeyboardLearner, Learner, best_road, graph_of, lesson_of, mistaken_road
from playwright.sync_api import Page, expect

from casework.graph import Graph
from casework.walk import replay

pytestmark = pytest.mark.browser
CASE = "noor-no-label"
COACHING = re.compile("A sound move|Can be argued|A common mistake")
MODES = {
    "guided": "after each choice",
    "practice": "at the end of each stage",
    "independent": "at the end of the case",
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The case that is played."""
    return graph_of(CASE)


@pytest.fixture
def lesson(page: Page, book: Path) -> Page:
    """The lesson with the case, just opened as a file."""
    page.goto(lesson_of(CASE, book).as_uri())
    return page


@pytest.fixture
def learner(lesson: Page, graph: Graph) -> Learner:
    """A learner before the first scene, in guided mode, with a mouse."""
    return Learner(lesson, graph)


@pytest.fixture
def returning(profile: Any, served: str, book: Path, graph: Graph) -> Learner:
    """A learner as above whose book is on a web server.

    Opened as a file, a page that is loaded again sometimes sees an older state of the browser's store: Chromium asks
    another of its processes, whatever the page does.
    """
    page = profile(offline=False).new_page()
    page.goto(f"{served}/{lesson_of(CASE, book).relative_to(book)}")
    return Learner(page, graph)


def scene(graph: Graph, path: list[str]) -> str:
    """Return the title of the scene at the end of *path*."""
    return graph.node(replay(graph, path).place)["title"]


def attempts(page: Page) -> list[dict[str, Any]]:
    """Return what the browser keeps of this case."""
    kept = json.loads(page.evaluate("localStorage.getItem('needs-first/record')") or '{"attempts": []}')
    return [attempt for attempt in kept["attempts"] if attempt["scenario"] == CASE]


# By mouse, from the first scene to the debrief


def test_the_best_road_leads_to_the_debrief(learner: Learner, graph: Graph):
    """The case plays from its first scene to an ending, and the debrief lists each decision in order."""
    road = best_road(graph)
    learner.play(road)

    titles = [graph.data["nodes"][entry.split("/")[0]]["title"] for entry in road]
    numbered = [re.compile(f"^{number}. {re.escape(title)}") for number, title in enumerate(titles, 1)]
    expect(learner.heading(scene(graph, road))).to_be_focused()
    expect(learner.case.get_by_role("heading", level=5)).to_have_text(numbered)
    expect(learner.status).to_have_text(f"The end, after {len(titles)} decisions.")


@pytest.mark.parametrize("choose_road", [best_road, mistaken_road])
def test_each_mistake_is_answered_with_the_better_move(choose_road: Any, learner: Learner, graph: Graph):
    """The debrief shows, at each decision that was not sound, every sound choice on offer there; else none."""
    road = choose_road(graph)
    learner.come_back(road)

    better = 0
    for number, entry in enumerate(road):
        place = replay(graph, road[:number]).place
        qualities = {id: graph.choice(place, id)["quality"] for id in graph.places[place].edges}
        if qualities[entry.split("/")[1]] != "sound":
            better += [*qualities.values()].count("sound")
    assert (better > 0) == (choose_road is mistaken_road)
    expect(learner.heading("Your road")).to_be_visible()
    expect(learner.case.get_by_text("The better move here")).to_have_count(better)


def test_the_variation_answers(learner: Learner, graph: Graph):
    """The card that changes a fact asks again, and answers with the coaching of what is chosen."""
    option = next(iter(graph.data["variations"][0]["choices"].values()))
    learner.come_back(best_road(graph))
    expect(learner.heading("One thing changes")).to_be_visible()
    before = learner.case.get_by_text(COACHING).count()
    learner.pick(option["text"])
    learner.press("This is what I choose")

    expect(learner.case.get_by_role("blockquote").filter(has_text=option["text"])).to_be_visible()
    expect(learner.case.get_by_text(COACHING)).to_have_count(before + 1)


def test_play_again_starts_a_new_attempt(learner: Learner, graph: Graph):
    """From the debrief one can play again; the finished attempt stays in the record beside the new one."""
    road = best_road(graph)
    learner.come_back(road)
    learner.press("Play again from the start")
    learner.choose(road[0])

    assert [attempt["path"] for attempt in attempts(learner.page)] == [road, road[:1]]


# By keyboard


def test_the_keyboard_alone_is_enough(lesson: Page, graph: Graph):
    """From page load to debrief with Tab, arrows, Space and Enter; each step puts the focus on its heading."""
    learner, road = KeyboardLearner(lesson, graph), best_road(graph)
    for number, entry in enumerate(road, 1):
        learner.choose(entry)
        expect(learner.heading("What happens")).to_be_focused()
        learner.press("Go on")
        expect(learner.heading(scene(graph, road[:number]))).to_be_focused()

    expect(learner.heading("Your road")).to_be_visible()


def test_one_lasting_status_line_speaks(learner: Learner, graph: Graph):
    """The status line is one element throughout, and its words change at every step."""
    road, said = best_road(graph), []
    learner.status.evaluate("element => (element.sameAsBefore = true)")
    for entry in road:
        said.append(learner.status.inner_text())
        learner.choose(entry)
        said.append(learner.status.inner_text())
        learner.press("Go on")
    said.append(learner.status.inner_text())

    assert learner.status.evaluate("element => element.sameAsBefore")
    assert all(before != after for before, after in pairwise(said))


# Modes


@pytest.mark.parametrize("mode", MODES)
def test_coaching_comes_when_the_mode_says(mode: str, learner: Learner, graph: Graph):
    """Guided coaches after each choice, practice at the end of a stage, independent only in the debrief."""
    road, seen, due, waiting = best_road(graph), [], [], 0
    learner.case.get_by_label("Coaching").select_option(MODES[mode])
    for number, entry in enumerate(road, 1):
        learner.choose(entry, "certain" if mode == "practice" else "")
        expect(learner.heading("What happens")).to_be_visible()
        seen.append(learner.case.get_by_text(COACHING).count())
        learner.press("Go on")
        waiting += 1
        after = graph.node(replay(graph, road[:number]).place)
        over = not after["choices"] or after["stage"] != graph.data["nodes"][entry.split("/")[0]]["stage"]
        due.append({"guided": 1, "practice": waiting if over else 0, "independent": 0}[mode])
        waiting = 0 if over else waiting

    assert seen == due
    assert learner.case.get_by_text(COACHING).count() >= len(road)


def test_practice_asks_how_sure_one_is(learner: Learner, graph: Graph):
    """In practice a choice without a confidence is refused, with a message at the field and the focus in it."""
    entry = best_road(graph)[0]
    learner.case.get_by_label("Coaching").select_option(MODES["practice"])
    learner.choose(entry)

    sureness = learner.case.get_by_role("group", name="How sure are you?")
    expect(sureness).to_have_accessible_description("Say how sure you are. A guess is fine.")
    expect(sureness.get_by_role("radio", name="a guess")).to_be_focused()
    assert attempts(learner.page) == []


def test_how_sure_one_was_is_kept(learner: Learner, graph: Graph):
    """The confidence is recorded with the choice, and the debrief says it again."""
    road = best_road(graph)
    learner.case.get_by_label("Coaching").select_option(MODES["practice"])
    learner.play(road, "fairly sure")

    assert attempts(learner.page)[0]["sure"] == [2] * len(road)
    expect(learner.case.get_by_text("You were fairly sure.")).to_have_count(len(road))


def test_no_choice_is_refused_at_the_field(learner: Learner, graph: Graph):
    """Sending the form off without a choice says so at the field and puts the focus in it."""
    learner.press("This is what I choose")

    first = learner.case.get_by_role("radio").first
    expect(learner.case.get_by_text("Pick one of these first.")).to_be_visible()
    expect(first).to_be_focused()


def test_the_mode_can_change_midway(returning: Learner, graph: Graph):
    """Who asks for coaching while reading what happens gets it at once, and the mode outlasts a reload."""
    returning.case.get_by_label("Coaching").select_option(MODES["independent"])
    returning.choose(best_road(graph)[0])
    expect(returning.case.get_by_text(COACHING)).to_have_count(0)
    returning.case.get_by_label("Coaching").select_option(MODES["guided"])
    expect(returning.case.get_by_text(COACHING)).to_have_count(1)
    expect(returning.heading("What happens")).to_be_visible()
    returning.page.reload()

    expect(returning.case.get_by_label("Coaching")).to_have_value("guided")


# Back, start again, come back


def test_back_drops_one_decision(learner: Learner, graph: Graph):
    """Back undoes the last decision and no other."""
    road = best_road(graph)[:3]
    learner.play(road)
    learner.press("Back")

    expect(learner.heading(scene(graph, road[:2]))).to_be_focused()
    assert [attempt["path"] for attempt in attempts(learner.page)] == [road[:2]]


def test_back_from_what_happens_drops_the_choice_just_made(learner: Learner, graph: Graph):
    """Whoever reads what follows and goes back stands before the same choice."""
    road = best_road(graph)[:2]
    learner.play(road[:1])
    learner.choose(road[1])
    learner.press("Back")

    expect(learner.heading(scene(graph, road[:1]))).to_be_focused()
    assert [attempt["path"] for attempt in attempts(learner.page)] == [road[:1]]


def test_start_again_asks_first(learner: Learner, graph: Graph):
    """Start again waits for a yes; a no leaves the learner where they were."""
    road = best_road(graph)[:2]
    learner.play(road)
    learner.press("Start again")
    expect(learner.button("Yes, start again")).to_be_focused()
    learner.press("No, stay here")
    expect(learner.heading(scene(graph, road))).to_be_focused()
    learner.press("Start again")
    learner.press("Yes, start again")

    expect(learner.heading(scene(graph, []))).to_be_focused()
    expect(learner.status).to_contain_text("Decision 1.")


def test_a_reload_resumes_at_the_same_scene(returning: Learner, graph: Graph):
    """Whoever comes back stands where they left."""
    road = mistaken_road(graph)[:3]
    returning.play(road)
    returning.page.reload()

    expect(returning.heading(scene(graph, road))).to_be_visible()
    expect(returning.status).to_contain_text("Decision 4.")


def test_a_reload_after_starting_again_stays_at_the_start(returning: Learner, graph: Graph):
    """Whoever started again and comes back later is not put back where they had left."""
    returning.play(best_road(graph)[:2])
    returning.press("Start again")
    returning.press("Yes, start again")
    returning.page.reload()

    expect(returning.heading(scene(graph, []))).to_be_visible()


# On paper, without motion, in forced colours


def printed(page: Page, folder: Path) -> str:
    """Return the words of *page* on paper."""
    page.pdf(path=folder / "page.pdf")
    done = subprocess.run(["pdftotext", folder / "page.pdf", "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("choose_road", [best_road, mistaken_road])
def test_the_debrief_prints(choose_road: Any, learner: Learner, graph: Graph, tmp_path: Path):
    """On paper each decision stands with its title and what was chosen, and nothing is left to press."""
    road = choose_road(graph)
    learner.come_back(road)
    expect(learner.heading("Your road")).to_be_visible()

    words = printed(learner.page, tmp_path)
    chosen = [graph.data["nodes"][node] for node, _, _ in (entry.partition("/") for entry in road)]
    assert [node["title"] for node in chosen if node["title"] not in words] == []
    assert words.count("On what authority") >= len(road)
    assert not re.search("Play again from the start|Search the book|This is what I choose", words)


def test_the_road_prints_alone(learner: Learner, graph: Graph, tmp_path: Path):
    """Asked for by its button, the road prints without the lesson around it, which is there again afterwards."""
    learner.come_back(mistaken_road(graph))
    expect(learner.heading("Your road")).to_be_visible()
    learner.page.evaluate("print = () => {}")
    learner.press("Print your road")

    words = printed(learner.page, tmp_path)
    assert "Your road" in words and "What to take away" not in words
    expect(learner.page.get_by_role("heading", name="What to take away")).to_be_visible()
    expect(learner.page.get_by_role("heading", name="Your road")).to_have_count(1)


def test_everything_opens_before_printing(learner: Learner, graph: Graph):
    """Before the page prints, every decision of the debrief opens, and nothing to press is left on paper."""
    learner.come_back(best_road(graph))
    decisions = learner.case.locator("details").filter(has=learner.page.get_by_role("heading", level=5))
    expect(decisions).to_have_count(len(best_road(graph)))
    learner.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    learner.page.emulate_media(media="print")

    assert decisions.evaluate_all("all => all.every((one) => one.open)")
    expect(learner.case.get_by_role("button")).to_have_count(0)
    expect(learner.page.get_by_role("navigation")).to_have_count(0)


def test_nothing_moves_for_who_asked_for_that(profile: Any, book: Path, graph: Graph):
    """With reduced motion no element is animated, fades or scrolls smoothly."""
    page = profile(reduced_motion="reduce").new_page()
    page.goto(lesson_of(CASE, book).as_uri())
    Learner(page, graph).play(best_road(graph)[:1])

    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);
        const times = `${transitionDuration}, ${animationDuration}`.split(", ").map(parseFloat);
        return Math.max(...times) > 0.01 || scrollBehavior === "smooth";
    }).map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []


def test_forced_colours_show_what_is_picked(profile: Any, book: Path, graph: Graph):
    """Where the system forces its colours, the picked option still has a frame that the others lack."""
    page = profile(forced_colors="active").new_page()
    page.goto(lesson_of(CASE, book).as_uri())
    learner = Learner(page, graph)
    words = graph.data["nodes"][best_road(graph)[0].split("/")[0]]["choices"]
    learner.pick(next(iter(words.values()))["text"])
    page.keyboard.press("Tab")

    frames = "all => all.map((one) => getComputedStyle(one.labels[0]).outlineStyle !== 'none')"
    assert learner.case.get_by_role("radio").evaluate_all(frames) == [True] + [False] * (len(words) - 1)
