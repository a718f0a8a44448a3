"""The certificate and the sign-off sheet in a real browser: only what was done, on one page of paper each."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from own_pages import FORBIDDEN, FULL, KEY, answer_with, attempt, broken, keep, write_own_page
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from casework.assessment import draw
from casework.library import Library
from casework.player.catalogue import catalogue
from casework.proof import prove
from casework.record.course import course_of
from casework.walk import choose, start

pytestmark = pytest.mark.browser
RANK = ("unsound", "arguable", "sound")
NAME = "Samira Okonkwo-Bright"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(library: Library, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page with the course's own catalogue."""
    return write_own_page(tmp_path_factory.mktemp("certificate"), "certificate", library)


@pytest.fixture
def open_page(page: Page, address: str) -> Open:
    """Opens the page on 24 November 2026 with *attempts* kept, a name typed and *track* chosen."""

    def open_it(
        *attempts: dict[str, Any], track: str = "staff-induction", name: str = NAME, script: str = ""
    ) -> Page:
        page.clock.set_fixed_time("2026-11-24T10:00:00Z")
        if attempts:
            keep(page, attempts)
        if script:
            page.add_init_script(script)
        page.goto(address)
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Your way through the course").select_option(track)
        return page

    return open_it


@pytest.fixture(scope="module")
def done(library: Library) -> list[dict[str, Any]]:
    """Everything that staff induction asks for: each lesson read, each case finished, the assessment passed."""
    course, found = course_of(library), []
    for lesson in library.lessons:
        day = f"2026-11-{lesson.number:02}T09:00:00.000Z"
        read = f"lesson-{lesson.number:02}"
        found.append(attempt(read, [f"{read}/read"], day, mode="read", sure=[0]))
        for id in lesson.scenarios:
            graph = course.graph(id)
            found.append(attempt(id, prove(graph).best, day, mode="independent", hash=graph.hash))
    paper = [answer_with(library, "sound")(drill) for drill in draw(library, "k7qm")]
    version = catalogue(library)["version"]
    at = "2026-11-20T09:00:00.000Z"
    return [*found, attempt("assessment-k7qm", paper, at, mode="assessment", hash=version)]


def mistaken(library: Library, id: str, sure: int = 2) -> dict[str, Any]:
    """Return an attempt at the case *id* that takes a common mistake wherever one is on offer, always *sure*."""
    graph = course_of(library).graph(id)
    position = start(graph)
    while not position.ended(graph):
        quality = {one: graph.choice(position.place, one)["quality"] for one in graph.places[position.place].edges}
        position = choose(graph, position, min(quality, key=lambda one: RANK.index(quality[one])))
    path = [*position.path]
    at = "2026-11-10T09:00:00.000Z"
    return attempt(id, path, at, id=f"{id}-mistaken", mode="practice", hash=graph.hash, sure=[sure] * len(path))


def crossed(library: Library, sure: int = 2) -> dict[str, Any]:
    """Return an attempt that answers every question of a red line unsoundly."""
    red = [
        id
        for id, one in library.drills.items()
        if one.red_line and any(option.quality == "unsound" for option in one.choices)
    ]
    path = [answer_with(library, "unsound")(id) for id in red]
    return attempt("review", path, "2026-11-11T09:00:00.000Z", mode="review", sure=[sure] * len(path))


def paper(page: Page, name: str) -> Locator:
    """Return the sheet called *name*."""
    return page.get_by_role("article", name=name, exact=True)


def printed(page: Page, name: str) -> PdfReader:
    """Press the button called *name* and return what comes out of the printer."""
    page.evaluate("void (window.print = () => {})")
    page.get_by_role("button", name=name, exact=True).click()
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


# What was done


def test_all_done_makes_a_certificate(open_page: Open, done: list[dict[str, Any]]):
    """Name, track, date, the assessment's result and what it is not: all of it stands on the certificate."""
    page = open_page(*done)
    sheet = paper(page, "Certificate of completion")

    expect(page.get_by_text("All of this track is done.")).to_be_visible()
    for words in (
        NAME,
        "has completed the track “Staff induction” on 20 November 2026.",
        "Final assessment passed on 20 November 2026: 40 of 40 points",
        "A practice record, not a qualification.",
    ):
        expect(sheet.get_by_text(words)).to_be_visible()


def test_a_certificate_says_whose_and_which_course_it_is(
    open_page: Open, done: list[dict[str, Any]], library: Library
):
    """The service, the version of the content and the day of the law stand at its foot."""
    sheet = paper(open_page(*done), "Certificate of completion")
    day = library.service.law_as_at

    expect(sheet).to_contain_text(f"{library.service.name}, {library.service.area}.")
    expect(sheet).to_contain_text(f"Content {catalogue(library)['version']}, law as at {day.day} {day:%B %Y}.")


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("read", "mark it as read at its end"),
        ("independent", "to its end"),
        ("assessment", "Pass the final assessment"),
    ],
)
def test_one_thing_missing_makes_a_record_and_is_named(
    mode: str, wanted: str, open_page: Open, done: list[dict[str, Any]]
):
    """Without one lesson read, one case finished or the assessment there is no certificate, and a link says why."""
    missing = next(one for one in done if one["mode"] == mode)
    page = open_page(*[one for one in done if one is not missing])

    expect(paper(page, "Certificate of completion")).to_have_count(0)
    expect(paper(page, "Record of learning so far")).to_contain_text("is on the way through the track")
    expect(page.get_by_text("1 thing is still to do")).to_be_visible()
    expect(page.get_by_role("link", name=wanted)).to_have_count(1)


def test_a_failed_assessment_is_no_certificate(open_page: Open, done: list[dict[str, Any]], library: Library):
    """An assessment that was taken and not passed stands on the record as taken."""
    *rest, passed = done
    failed = {**passed, "path": [answer_with(library, "unsound")(one.split("/")[0]) for one in passed["path"]]}
    page = open_page(*rest, failed)

    expect(paper(page, "Record of learning so far")).to_contain_text("Final assessment taken on 20 November 2026")


def test_a_later_failure_takes_nothing_away(open_page: Open, done: list[dict[str, Any]], library: Library):
    """Who has passed has passed, and the certificate names that try: a red line is no pass whatever its points."""
    *rest, passed = done
    drills = [entry.split("/")[0] for entry in passed["path"]]
    red = [id for id in drills if library.drills[id].red_line]
    weaker = [id for id in drills if id not in red][:3]

    def a_try(wrong: list[str], day: int) -> dict[str, Any]:
        path = [answer_with(library, "unsound" if id in wrong else "sound")(id) for id in drills]
        at = f"2026-11-{day}T09:00:00.000Z"
        return {**passed, "id": f"try-{day}", "begun": at, "touched": at, "path": path}

    sheet = paper(open_page(*rest, a_try(weaker, 21), a_try(red[:1], 22)), "Certificate of completion")
    expect(sheet).to_contain_text("Final assessment passed on 21 November 2026: 34 of 40 points")


def test_tracks_without_an_assessment_do_not_ask_for_one(open_page: Open, done: list[dict[str, Any]]):
    """Self-paced, everything read and played is enough."""
    expect(paper(open_page(*done[:-1], track="self-paced"), "Certificate of completion")).to_be_visible()


def test_a_track_that_names_its_cases_asks_for_those(open_page: Open, done: list[dict[str, Any]], library: Library):
    """The volunteers' workshop asks for the cases that it plays, not for all cases of its lessons."""
    steps = [step for sitting in library.tracks["volunteer-workshop"].sittings for step in sitting.steps]
    wanted = {step.scenario for step in steps} | {f"lesson-{step.lesson:02}" for step in steps if step.lesson}
    page = open_page(*[one for one in done if one["scenario"] in wanted], track="volunteer-workshop")

    expect(paper(page, "Certificate of completion")).to_be_visible()


def test_only_what_was_done_stands_there(open_page: Open, done: list[dict[str, Any]], library: Library):
    """A record after two lessons names those two, with the day and the points of each case, and no other."""
    first = [one for one in done if one["begun"] < "2026-11-03"]
    sheet = paper(open_page(*first), "Record of learning so far")

    for lesson in library.lessons:
        expect(sheet.get_by_text(f"{lesson.number}. {lesson.title}")).to_have_count(1 if lesson.number <= 2 else 0)
    expect(sheet.get_by_text("1 Nov 2026, ")).to_contain_text("points")
    expect(sheet.get_by_text("Final assessment")).to_have_count(0)


def test_the_best_finished_go_counts(open_page: Open, done: list[dict[str, Any]], library: Library):
    """A weaker go at a case, earlier or later, does not stand on the paper."""
    weaker = mistaken(library, "noor-no-label")
    line = (
        paper(open_page(*done, weaker), "Certificate of completion")
        .get_by_role("listitem")
        .filter(has_text=library.scenario("noor-no-label").title)
    )

    expect(line.last).to_contain_text("1 Nov 2026")


# The name


def test_the_name_is_kept_nowhere(open_page: Open, done: list[dict[str, Any]]):
    """What is typed stands on both sheets, in nothing that a browser keeps, and is gone when the page is left."""
    page = open_page(*done)
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")

    expect(page.get_by_text(NAME)).to_have_count(2)
    assert "Samira" not in stored
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("")


def test_a_name_is_text(open_page: Open):
    """Whatever is typed is shown as it was typed."""
    expect(open_page(name="<img src=x onerror=alert(1)>").get_by_text("<img src=x onerror=alert(1)>")).to_have_count(
        2
    )


# What to talk through


def test_red_lines_lead_then_what_was_certain(open_page: Open, library: Library):
    """The sign-off sheet begins with red lines, goes on with beliefs held with certainty, then the others."""
    page = open_page(mistaken(library, "five-callers", 1), mistaken(library, "noor-no-label", 3), crossed(library))
    points = page.evaluate("NeedsFirstCertificate.toTalkThrough(NeedsFirstRecord.ofThisPage().attempts())")

    ranks = [0 if one["red"] else 1 if one["certain"] else 2 for one in points]
    assert ranks == sorted(ranks) and set(ranks) == {0, 1, 2}


def test_a_belief_is_named_with_the_case_where_it_showed(open_page: Open, library: Library):
    """Misconceptions stand there by name, with the case, how sure one was, and a question that opens a talk."""
    page = open_page(mistaken(library, "noor-no-label", 3))
    items = paper(page, "Sign-off sheet").get_by_role("list").first.get_by_role("listitem")

    expect(items.first).to_contain_text(library.misconceptions["no-diagnosis-no-support"].name)
    expect(items.first).to_contain_text(f"It showed in “{library.scenario('noor-no-label').title}”")
    expect(items.first).to_contain_text("you were certain.")
    expect(items.first).to_contain_text("What made this feel so certain?")


def test_a_red_line_is_not_said_twice(open_page: Open, library: Library):
    """A belief that showed only where a red line was crossed stands with the red line alone."""
    page = open_page(crossed(library))
    points = page.evaluate("NeedsFirstCertificate.toTalkThrough(NeedsFirstRecord.ofThisPage().attempts())")

    assert points and all(one["red"] for one in points)


def test_what_a_room_chose_is_not_the_learners(open_page: Open, library: Library):
    """A workshop's votes are nobody's misses."""
    room = {**mistaken(library, "noor-no-label"), "mode": "workshop"}

    expect(paper(open_page(room), "Sign-off sheet")).to_contain_text("No common mistake is on record.")


# On paper


def test_each_sheet_prints_alone_on_one_page(open_page: Open, done: list[dict[str, Any]], library: Library):
    """With everything done and every mistake made, each sheet is one A4 page with the name and nothing else."""
    wrong = [mistaken(library, id, 3) for lesson in library.lessons for id in lesson.scenarios]
    page = open_page(*done, *wrong, crossed(library, 3))
    certificate = printed(page, "Print the certificate")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    sign_off = printed(page, "Print the sign-off sheet")

    assert [len(one.pages) for one in (certificate, sign_off)] == [1, 1]
    texts = [one.pages[0].extract_text() for one in (certificate, sign_off)]
    assert all(NAME in text for text in texts)
    assert ["sign-off sheet" in text for text in texts] == [False, True]
    assert not any("kept nowhere" in text for text in texts)


def test_the_paper_is_light_whatever_the_screen_is(open_page: Open, done: list[dict[str, Any]]):
    """Printed from a dark screen the ink is dark."""
    page = open_page(*done)
    page.emulate_media(media="print", color_scheme="dark")
    ink = paper(page, "Certificate of completion").get_by_text(NAME).evaluate("one => getComputedStyle(one).color")

    assert sum(map(int, ink.removeprefix("rgb(").removesuffix(")").split(","))) < 200


# Everybody, everywhere


def test_every_state_is_accessible_and_narrow(open_page: Open, done: list[dict[str, Any]], library: Library):
    """With everything and with nothing done the page keeps nobody out and is not too wide, even for a long name."""
    page, found = open_page(*done, crossed(library), name="Wolfeschlegelsteinhausenbergerdorff" * 2), []
    found.append(broken(page))
    page.evaluate("localStorage.clear()")
    page.reload()
    found.append(broken(page))

    assert found == [{}, {}]


def test_the_keyboard_is_enough(open_page: Open, done: list[dict[str, Any]]):
    """From the name by Tab to the track and to the button that prints the certificate."""
    page = open_page(*done)
    page.evaluate("void (window.print = () => (window.printed = document.querySelector('.nf-alone').innerText))")
    page.get_by_label("Your name").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your way through the course")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert "Certificate of completion" in page.evaluate("window.printed")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (FORBIDDEN, "does not let the page remember"),
        (FULL, "Nothing has been finished yet."),
        (f"localStorage['{KEY}'] ??= 'damaged'", "It was set aside, not deleted"),
    ],
    ids=["forbidden", "full", "damaged"],
)
def test_no_store_stops_anybody(script: str, said: str, open_page: Open):
    """Where the store is forbidden, full or damaged the page says so where it matters, and the sheets stand there."""
    page = open_page(script=script)

    expect(page.get_by_text(said).first).to_be_visible()
    expect(paper(page, "Record of learning so far")).to_contain_text("Nothing has been finished yet.")


def test_without_scripts_a_sentence_stands_there(profile: Any, address: str):
    """Without JavaScript the page says what it needs."""
    reading = profile(java_script_enabled=False).new_page()
    reading.goto(address)

    expect(reading.get_by_role("paragraph")).to_contain_text("needs JavaScript for that.")
    expect(reading.get_by_role("paragraph")).to_be_visible()


def test_nobody_else_is_asked(open_page: Open, page: Page):
    """Opening asks for files and nothing else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page()

    assert asked and all(url.startswith("file:") for url in asked)
