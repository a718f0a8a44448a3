"""Spaced review in a real browser: the same days as Python, the page where drills come back, the dates as a file."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import isclose
from pathlib import Path
from random import Random
from typing import Any

import pytest
from icalendar import Calendar
from own_pages import FORBIDDEN, FULL, KEY, answer_with, attempt, body_of, broken, keep, kept, write_own_page
from playwright.sync_api import Page, expect

from casework.book import PLAYER
from casework.library import Library
from casework.record import Record
from casework.review import Answer, due, schedule

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
QUALITIES = ("unsound", "arguable", "sound")
COACHING = "On what authority"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(library: Library, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page with the course's own drills."""
    return write_own_page(tmp_path_factory.mktemp("review"), "review", library)


@pytest.fixture
def open_page(page: Page, address: str) -> Open:
    """Opens the page on 24 November 2026, with *attempts* kept by a browser that does as *script* says."""

    def open_it(*attempts: dict[str, Any], script: str = "") -> Page:
        page.clock.set_fixed_time(NOW)
        if attempts:
            keep(page, attempts)
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    return open_it


def drills(library: Library, count: int, start: int = 0) -> list[str]:
    """Return *count* drills that have an unsound choice, from the number *start* on."""
    having = [id for id, one in library.drills.items() if any(two.quality == "unsound" for two in one.choices)]
    return [id for id in having if not id.startswith("before-")][start : start + count]


def reviewed(library: Library, quality: str, count: int, start: int = 0, **given: Any) -> dict[str, Any]:
    """Return an attempt at spaced review that answered *count* drills with *quality*."""
    path = [answer_with(library, quality)(id) for id in drills(library, count, start)]
    return attempt("review", path, **{"mode": "review", "id": f"{quality}{start}", **given})


def take(page: Page, sure: str = "certain") -> None:
    """Answer the question on the screen with its first choice."""
    page.get_by_role("radio").first.check()
    page.get_by_role("radio", name=sure, exact=True).check()
    page.get_by_role("button", name="This is what I choose").click()


def button(page: Page, name: str) -> Any:
    """Return the button called *name*."""
    return page.get_by_role("button", name=name, exact=True)


# The same days as Python


def test_both_schedulers_agree(open_page: Open):
    """Over 2,400 random histories, days apart from 0 to 400, all ratings: the same days, the same stability."""
    random, given = Random(1), []
    for number in range(2400):
        day = date(2020, 1, 1)
        for _ in range(random.randint(1, 12)):
            at = f"{day}T{random.randrange(24):02}:00:00.000Z"
            given.append(Answer(f"drill-{number}", at, random.choice(QUALITIES), random.randrange(4)))
            day += timedelta(days=random.choice((0, 1, random.randrange(10), random.randrange(401))))
    plain = [{"drill": one.drill, "at": one.at, "quality": one.quality, "sure": one.sure} for one in given]
    found = open_page().evaluate("answers => NeedsFirstReview.schedule(answers)", plain)

    for mine, theirs in zip(schedule(given), found, strict=True):
        assert (mine.drill, str(mine.due), mine.lapses) == (theirs["drill"], theirs["due"], theirs["lapses"])
        assert isclose(mine.stability, theirs["stability"], rel_tol=1e-9)


def random_attempts(random: Random, library: Library) -> list[dict[str, Any]]:
    """Return what a browser might keep of a learner who answers here and there, unknown drills among it."""
    scenarios = ("review", "assessment-ab12", "drills-00000000", "noor-no-label", "lesson-01")
    found = []
    for number in range(random.randint(1, 9)):
        ids = random.sample([*library.drills], random.randint(1, 8))
        path = [f"{id}/{random.choice([one.id for one in library.drills[id].choices])}" for id in ids]
        day = date(2026, 9, 1) + timedelta(days=random.randrange(84))
        extra = {"mode": random.choice(("guided", "review", "workshop")), "sure": [random.randrange(4) for _ in path]}
        path[0] = random.choice((path[0], "gone/gone", f"{ids[0]}/gone"))
        found.append(attempt(random.choice(scenarios), path, f"{day}T0{number}:00:00.000Z", id=str(number), **extra))
    return found


def test_both_agree_on_what_is_due_and_in_which_order(open_page: Open, library: Library):
    """Over 300 random records the page and Python find the same drills due, in the same order."""
    random = Random(2)
    records = [random_attempts(random, library) for _ in range(300)]
    script = "records => records.map((one) => NeedsFirstReview.due(one, '2026-11-24').map((card) => card.drill))"
    found = open_page().evaluate(script, records)

    mine = [[one.drill for one in due(Record(format=1, attempts=record), library, NOW)] for record in records]
    assert found == mine
    assert sum(map(len, mine)) > 1000


# The page


def test_a_sitting_is_ten_at_most_and_more_by_choice(open_page: Open, library: Library):
    """Thirteen are due: ten are played, then three more if one likes; each answer is in the record."""
    page = open_page(reviewed(library, "sound", 9), reviewed(library, "unsound", 4, start=9))
    expect(page.get_by_text("13 questions are due. You missed 4 of them last time; they come first.")).to_be_visible()
    button(page, "Begin with 10 questions").click()
    for _ in range(10):
        take(page)
        button(page, "Go on").click()
    expect(page.get_by_text("3 questions are still due.")).to_be_visible()
    button(page, "Go on with 3").click()
    expect(page.get_by_text("Question 1 of 3.")).to_be_visible()

    asked = [entry.split("/")[0] for entry in kept(page)[-1]["path"]]
    assert asked[:4] == sorted(drills(library, 4, start=9)) and len(set(asked)) == 10


def test_a_sitting_asks_how_sure_coaches_at_once_and_has_no_way_back(open_page: Open, library: Library):
    """How sure one is must be said; coaching follows each answer; nothing goes back or starts again."""
    page = open_page(reviewed(library, "unsound", 2))
    button(page, "Begin with 2 questions").click()
    page.get_by_role("radio").first.check()
    button(page, "This is what I choose").click()
    expect(page.get_by_text("Say how sure you are. A guess is fine.")).to_be_visible()
    take(page, "a guess")

    expect(page.get_by_text(COACHING).first).to_be_visible()
    for name in ("Back", "Start again", "Play again from the start"):
        expect(button(page, name)).to_have_count(0)
    (answered,) = [one for one in kept(page) if one["id"] != "unsound0"]
    assert (answered["scenario"], answered["mode"], answered["sure"]) == ("review", "review", [1])


def test_what_was_answered_today_does_not_come_back_today(open_page: Open, library: Library):
    """Left in the middle and opened again, the page asks for the rest only."""
    page = open_page(reviewed(library, "unsound", 3))
    button(page, "Begin with 3 questions").click()
    take(page)
    page.wait_for_timeout(500)
    page.reload()

    expect(page.get_by_text("2 questions are due. You missed them all last time.")).to_be_visible()


def test_nothing_due_says_when_and_offers_new_ones(open_page: Open, library: Library):
    """What was answered today comes back on its day, which is said; five that are new can be tried instead."""
    today = reviewed(library, "sound", 2, at="2026-11-24T08:00:00.000Z")
    page = open_page(today)
    expect(page.get_by_role("heading", name="Nothing is due today")).to_be_visible()
    expect(page.get_by_text("The next 2 questions come back on Thursday 26 November.")).to_be_visible()
    button(page, "Try five new questions").click()
    for _ in range(5):
        take(page)
        button(page, "Go on").click()

    asked = {entry.split("/")[0] for entry in kept(page)[-1]["path"]}
    assert len(asked) == 5 and not asked & set(drills(library, 2))


def test_new_ones_are_of_lessons_that_were_met(open_page: Open, library: Library):
    """Who has read lesson 3 and nothing else is offered its questions, but none of those asked before it."""
    page = open_page(attempt("lesson-03", ["lesson-03/read"], mode="read", sure=[0]))
    offered = page.evaluate("NeedsFirstReview.unseen(NeedsFirstRecord.ofThisPage().attempts(), 5)")

    third = {drill.id for file, _ in library.drill_files if file.lesson == 3 for drill in file.drills}
    assert len(offered) == 5 and set(offered) <= third
    assert not any(id.startswith("before-") for id in offered)


def test_the_keyboard_is_enough(open_page: Open, library: Library):
    """From the page to the coaching of a question with Tab, arrows, Space and Enter; the focus goes along."""
    page = open_page(reviewed(library, "unsound", 1))
    press = page.keyboard.press
    press("Tab")
    press("Enter")
    expect(page.get_by_role("heading", level=4)).to_be_focused()
    for key in ("Tab", "Space", "Tab", "Space", "ArrowDown", "Tab", "Enter"):
        press(key)

    expect(page.get_by_role("heading", name="You chose")).to_be_focused()
    assert kept(page)[-1]["sure"] == [2]


@pytest.mark.parametrize(
    ("script", "said"),
    [(FORBIDDEN, "does not let the page remember"), (FULL, "no room left to remember")],
    ids=["forbidden", "full"],
)
def test_a_store_that_takes_nothing_stops_nobody(script: str, said: str, open_page: Open):
    """Where nothing can be kept the page says so, plays to the end, and gives the answers as a file."""
    page = open_page(script=script)
    button(page, "Try five new questions").click()
    for _ in range(5):
        take(page)
        button(page, "Go on").click()

    expect(page.get_by_text(said)).to_be_visible()
    expect(button(page, "Save my answers as a file")).to_be_visible()
    expect(page.get_by_role("heading", name="That was all for today")).to_be_visible()


def test_a_damaged_record_is_set_aside(open_page: Open):
    """What cannot be read is said and not written over, and one can begin."""
    page = open_page(script=f"localStorage['{KEY}'] ??= 'damaged'")

    expect(page.get_by_text("It was set aside, not deleted")).to_be_visible()
    expect(button(page, "Try five new questions")).to_be_visible()


def test_every_state_is_accessible_and_narrow(open_page: Open, library: Library):
    """What is due, a question, its coaching, the end with the dates: none keeps anybody out or is too wide."""
    page, found = open_page(reviewed(library, "unsound", 1)), []
    found.append(broken(page))
    button(page, "Begin with 1 question").click()
    found.append(broken(page))
    take(page)
    found.append(broken(page))
    button(page, "Go on").click()
    found.append(broken(page))

    assert found == [{}] * 4


def test_without_scripts_a_sentence_stands_there(profile: Any, address: str):
    """Without JavaScript the page says what it needs and where the questions can be read."""
    reading = profile(java_script_enabled=False).new_page()
    reading.goto(address)

    expect(reading.get_by_role("paragraph")).to_contain_text("needs JavaScript for that. The questions also stand")
    expect(reading.get_by_role("paragraph")).to_be_visible()


def test_nobody_else_is_asked(open_page: Open, page: Page, library: Library):
    """Opening and playing asks for files and nothing else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(reviewed(library, "unsound", 1))
    button(page, "Begin with 1 question").click()
    take(page)

    assert asked and all(url.startswith("file:") for url in asked)


# The dates as a file


def saved(page: Page, folder: Path) -> bytes:
    """Press the button and return the file."""
    with page.expect_download() as download:
        button(page, "Put the dates in my calendar").click()
    download.value.save_as(folder / download.value.suggested_filename)
    return (folder / "come-back-to-it.ics").read_bytes()


def test_the_calendar_reads_the_dates(open_page: Open, library: Library, tmp_path: Path):
    """One all-day event a day, with its count and the page's title, what is late today; and no alarm."""
    late, later = reviewed(library, "unsound", 3), reviewed(library, "sound", 2, 3, at="2026-11-24T08:00:00.000Z")
    events = Calendar.from_ical(saved(open_page(late, later), tmp_path)).events

    assert [(str(one["SUMMARY"]), one.start, one.end) for one in events] == [
        ("Come back to it: 3 questions", date(2026, 11, 24), date(2026, 11, 25)),
        ("Come back to it: 2 questions", date(2026, 11, 26), date(2026, 11, 27)),
    ]
    assert all(one["DTSTAMP"].dt == NOW and not one.alarms.times for one in events)


def test_the_file_is_made_as_the_standard_says(open_page: Open, library: Library, tmp_path: Path):
    """Lines end in CR LF and have at most 75 bytes; the same dates have the same ids when saved again."""
    page = open_page(reviewed(library, "unsound", 3))
    raw = saved(page, tmp_path)

    lines = raw.split(b"\r\n")
    assert lines[-1] == b"" and not any(b"\n" in line or b"\r" in line or len(line) > 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines)
    ids = [str(one["UID"]) for one in Calendar.from_ical(raw).events]
    assert ids == [str(one["UID"]) for one in Calendar.from_ical(saved(page, tmp_path)).events] and len(set(ids)) == 1


def test_a_reminder_only_if_asked_for(open_page: Open, library: Library, tmp_path: Path):
    """Ticked, each event has an alarm at nine in the morning of its day."""
    page = open_page(reviewed(library, "unsound", 3))
    page.get_by_label("Remind me at nine in the morning").check()
    (event,) = Calendar.from_ical(saved(page, tmp_path)).events

    (alarm,) = event.walk("VALARM")
    assert (alarm["TRIGGER"].dt, str(alarm["ACTION"])) == (timedelta(hours=9), "DISPLAY")


def test_long_and_foreign_words_are_folded_whole(open_page: Open):
    """A line of characters of one to four bytes is read back as it was, and no piece of it is too long."""
    address = "https://example.org/" + "ß€😀" * 40 + "x" * 300
    script = "address => NeedsFirstReview.calendar([['2026-11-24', 1]], {owner: 'x', now: new Date(), address})"
    text = open_page().evaluate(script, address)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert str(Calendar.from_ical(text).events[0]["URL"]) == address


# Light


@pytest.mark.parametrize("name", ["sitting", "review", "assessment", "certificate"])
def test_each_script_is_small(name: str):
    """Each script of these pages is under 12 kB, gzipped."""
    assert len(gzip.compress((PLAYER / f"{name}.js").read_bytes())) < 12_000


def test_the_page_calls_for_what_it_needs():
    """The page names everything that its script stands on."""
    assert all(call in body_of("review") for call in ("data-course", "data-drills", 'class="casework"'))
