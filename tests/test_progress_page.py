"""My progress: the browser and Python make the same of a record, and what its owner can do with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from playwright.sync_api import Page, expect
from test_merge import attempts as any_attempt
from test_record_file import DAMAGE

from casework.errors import ContentError
from casework.library import Library
from casework.record import Record, merge, read_record, replayed, short_code
from casework.simulate import simulate

pytestmark = pytest.mark.browser
KEY = "needs-first/record"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def records(library: Library) -> list[Record]:
    """Records of synthetic learners."""
    return list(simulate(12, seed=7, library=library))


@pytest.fixture
def visit(profile: Any, served: str) -> Iterator[Visit]:
    """Opens a page of the book, My progress unless another is named, where a record is kept."""
    page, errors = profile(offline=False).new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def visited(record: Record | str | None = None, name: str = "book/progress.html") -> Page:
        page.goto(f"{served}/search.html")
        if record is not None:
            text = record if isinstance(record, str) else json.dumps(record.plain())
            page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        page.goto(f"{served}/{name}")
        return page

    yield visited
    assert errors == []


def kept(page: Page) -> list[dict[str, Any]]:
    """Return the attempts that the browser keeps."""
    text = page.evaluate("(key) => localStorage.getItem(key)", KEY)
    return json.loads(text)["attempts"] if text else []


def status(page: Page, text: str) -> None:
    """Expect *text* in the line that says what a button did."""
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


# The browser and Python


def test_the_browser_merges_as_python_does(visit: Visit):
    """Three hundred families of attempts give the same record in both, ids and order too."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    lists: list[list[Any]] = []

    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(any_attempt, max_size=6))
    def gather(some: list[Any]) -> None:
        lists.append(some)

    gather()
    plain = [[one.plain() for one in some] for some in lists]
    merged = visit().evaluate("(lists) => lists.map((one) => NeedsFirstRecord.merge(one))", plain)

    expected = [merge(Record(format=1, attempts=some)).plain()["attempts"] for some in lists]
    assert len(lists) >= 300 and merged == expected


def test_the_browser_replays_as_python_does(visit: Visit, records: list[Record], library: Library):
    """Every attempt of synthetic learners: the same title, end, verdict, and the same decisions."""
    page = visit()
    for record in records:
        shown = page.evaluate(
            """(attempts) => NeedsFirstCourse.played(attempts).map((one) => [one.kind, one.title, one.ended,
                one.verdict, one.stale, one.points, one.decisions.map((two) => [two.node, two.choice, two.stage,
                two.quality, two.misconception, two.teaches, two.sure])])""",
            record.plain()["attempts"],
        )

        assert shown == [
            [
                one.kind, one.title, one.ended, one.verdict, one.stale, one.score[0],
                [[two.node, two.choice, two.stage, two.quality, two.misconception, list(two.teaches), two.sure]
                 for two in one.decisions],
            ]
            for one in replayed(record, library)
        ]  # fmt: skip


def test_a_course_that_has_changed_is_told_alike(visit: Visit, records: list[Record], library: Library):
    """An attempt at another edition, at a case that is gone, or with a path that does not fit is stale in both."""
    first = next(one for one in records[0].attempts if library.scenario_ids.count(one.scenario))
    odd = [
        first.model_copy(update={"hash": "0ld"}),
        first.model_copy(update={"scenario": "no-such-case"}),
        first.model_copy(update={"path": ("no/such",), "sure": ()}),
        first.model_copy(update={"scenario": "review", "path": ("no-drill/a",), "sure": ()}),
        first.model_copy(update={"scenario": "lesson-99", "path": ("lesson-99/read",), "sure": ()}),
    ]
    shown = visit().evaluate(
        "(attempts) => NeedsFirstCourse.played(attempts).map((one) => one.stale)", [one.plain() for one in odd]
    )

    assert shown == [one.stale for one in replayed(Record(format=1, attempts=tuple(odd)), library)] == [True] * 5


def test_short_codes_are_the_same_in_both(visit: Visit, records: list[Record], library: Library):
    """Every synthetic attempt at a case has the same code in both, and the browser reads it back."""
    played = [one for record in records for one in record.attempts if one.scenario in library.scenario_ids]
    codes = [short_code(one, library) for one in played]
    page = visit()
    written = page.evaluate("(all) => all.map(NeedsFirstTransfer.shortCode)", [one.plain() for one in played])
    paths = page.evaluate("(all) => all.map((one) => NeedsFirstTransfer.fromShortCode(one).path)", codes)

    assert len(codes) > 40 and written == codes
    assert paths == [list(one.path) for one in played]


def test_a_misread_code_never_passes(visit: Visit, records: list[Record], library: Library):
    """Each wrong character of a code is noticed."""
    played = next(one for one in records[0].attempts if one.scenario in library.scenario_ids)
    code = short_code(played, library)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    wrong = [
        code[:n] + other + code[n + 1 :]
        for n in range(len(code))
        if code[n] != "-"
        for other in letters
        if other != code[n]
    ]
    passed = visit().evaluate(
        """(all) => all.filter((one) => {
            try { NeedsFirstTransfer.fromShortCode(one); return true; } catch { return false; }
        })""",
        wrong,
    )

    assert len(wrong) > 600 and passed == []


# Files


def test_bad_files_are_refused_and_change_nothing(visit: Visit, records: list[Record], tmp_path: Path):
    """Whatever Python refuses the browser refuses, by the name of the file; the record stays as it was."""
    page = visit(records[0])
    for number, (text, _) in enumerate(DAMAGE.values()):
        file = tmp_path / f"record-{number}.json"
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        with pytest.raises(ContentError):
            read_record(file)
        page.get_by_label("Add a record from a file").set_input_files(file)

        status(page, f"{file.name} was not added, and nothing has changed")
    assert kept(page) == records[0].plain()["attempts"]


def test_a_saved_record_comes_home_on_another_device(
    visit: Visit, records: list[Record], profile: Any, served: str, tmp_path: Path
):
    """The file holds every attempt and the typed name, Python reads it, and another browser adds all of it, once."""
    page = visit(records[0])
    page.get_by_label("Your name").fill("Ann Example")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my record as a file").click()
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    other = profile(offline=False).new_page()
    other.goto(f"{served}/book/progress.html")
    other.get_by_label("Add a record from a file").set_input_files(file)
    status(other, f"{len(records[0].attempts)} attempts added.")
    other.get_by_label("Add a record from a file").set_input_files(file)
    status(other, "Nothing new")

    assert read_record(file).learner == "Ann Example"
    assert "Ann Example" not in str(page.evaluate("({ ...localStorage })"))
    assert kept(other) == merge(records[0]).plain()["attempts"]


def test_names_and_codes_are_shown_as_text(visit: Visit):
    """A record whose attempt is at a case called like markup is shown as text, and runs nothing."""
    hostile = {
        "id": "a", "scenario": "<img src=x onerror=alert(1)>", "hash": "", "mode": "guided",
        "begun": "2026-11-24T09:00:00Z", "path": ["a/b"], "sure": [0],
    }  # fmt: skip
    page = visit(json.dumps({"format": 1, "attempts": [hostile]}))
    page.get_by_text("All 1 attempt, newest first").click()

    expect(page.get_by_role("cell", name="<img src=x onerror=alert(1)>")).to_be_visible()


def test_an_attempt_is_added_by_its_code(visit: Visit, records: list[Record], library: Library):
    """Typed in small letters without hyphens, a code adds the attempt that it carries."""
    played = next(one for one in records[0].attempts if one.scenario in library.scenario_ids)
    page = visit()
    page.get_by_label("Add one attempt by its short code").fill(short_code(played, library).replace("-", "").lower())
    page.get_by_role("button", name="Add it").click()

    status(page, "1 attempt added.")
    assert [one["path"] for one in kept(page)] == [list(played.path)]


def test_a_misread_code_says_so_and_adds_nothing(visit: Visit):
    """A wrong code is answered at once."""
    page = visit()
    page.get_by_label("Add one attempt by its short code").fill("0000-0000-0000-0000-0001")
    page.get_by_role("button", name="Add it").click()

    status(page, "misread")
    assert kept(page) == []


# What the page says


def test_confident_mistakes_come_first(visit: Visit, library: Library, records: list[Record]):
    """The list begins with what the learner was certain of, and each belief leads to its page and to a case."""
    drill = next(one for one in library.drills.values() if any(two.misconception for two in one.choices))
    wrong = next(two for two in drill.choices if two.misconception)
    sure = (
        records[0]
        .attempts[0]
        .model_copy(
            update={
                "scenario": "review",
                "mode": "review",
                "hash": "",
                "path": (f"{drill.id}/{wrong.id}",),
                "sure": (3,),
            }
        )
    )
    other = next(
        (one, two)
        for one in library.drills.values()
        for two in one.choices
        if two.misconception and two.misconception != wrong.misconception
    )
    guess = sure.model_copy(update={"id": "b", "path": (f"{other[0].id}/{other[1].id}",) * 2, "sure": (1, 1)})
    page = visit(Record(format=1, attempts=(guess, sure)))
    first = (
        page.get_by_role("heading", name="What to look at again").locator("xpath=..").get_by_role("listitem").first
    )

    expect(first).to_contain_text("when you were certain")
    expect(first.get_by_role("link").first).to_have_attribute(
        "href", f"../book/misconceptions/{wrong.misconception}.html"
    )


def test_every_link_of_the_page_leads_somewhere(visit: Visit, records: list[Record], book: Path):
    """Lessons, cases and beliefs are linked to pages and places that exist."""
    page = visit(merge(*records))
    for href in set(page.locator("main a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")):
        name, _, anchor = href.partition("#")
        target = (book / "book" / name).resolve()

        assert target.is_file(), href
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), href


def test_the_chosen_track_is_kept_and_says_what_comes_next(visit: Visit):
    """After a reload the track is the one that was chosen, and its first step is offered."""
    page = visit()
    page.get_by_label("Your way through the course").select_option("Volunteer workshop")
    page.reload()

    expect(page.get_by_label("Your way through the course")).to_have_value("volunteer-workshop")
    expect(page.get_by_text("What comes next:")).to_contain_text("The shark book")


def test_a_lesson_marked_as_read_is_ticked(visit: Visit, library: Library):
    """The button at a lesson's end ticks it in the contents, here and on My progress, and is gone afterwards."""
    page = visit(name=f"notebooks/{library.lessons[0].page}")
    page.get_by_role("button", name="I have read this lesson").click()
    expect(page.get_by_role("navigation", name="Contents").get_by_text("(read)")).to_have_count(1)
    page.goto(page.url.rpartition("/notebooks/")[0] + "/book/progress.html")

    expect(page.get_by_text("1 lesson read of")).to_be_visible()
    expect(page.get_by_role("navigation", name="Contents").get_by_text("(read)")).to_have_count(1)


def test_the_page_follows_another_tab(visit: Visit, records: list[Record], library: Library):
    """What is done in another tab appears without a reload."""
    page = visit()
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(records[0].plain())])

    expect(page.get_by_text("All attempts", exact=False).or_(page.get_by_text("newest first"))).to_have_count(2)


# Deleting, and damage


def test_deleting_asks_first_and_leaves_nothing(visit: Visit, records: list[Record]):
    """A no keeps it all; a yes leaves no attempt in the browser."""
    page = visit(records[0])
    page.get_by_role("button", name="Delete my record").click()
    page.get_by_role("button", name="No, keep it").click()
    before = kept(page)
    page.get_by_role("button", name="Delete my record").click()
    page.get_by_role("button", name="Yes, delete it all").click()
    status(page, "Your record is deleted")

    assert before == records[0].plain()["attempts"]
    assert page.evaluate("(key) => localStorage.getItem(key)", KEY) is None


def test_a_damaged_record_can_be_saved_and_deleted(visit: Visit, tmp_path: Path):
    """What was set aside is offered as a file, byte for byte, and goes when its owner says so."""
    page = visit('{"format": 1, "attempts": [')
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    download.value.save_as(tmp_path / "damaged.txt")
    page.get_by_role("button", name="Delete it").click()
    status(page, "The damaged record is gone.")

    assert (tmp_path / "damaged.txt").read_text() == '{"format": 1, "attempts": ['
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('set-aside'))") == []


@pytest.mark.parametrize("look", [("light", 1280), ("dark", 320)], ids=str)
def test_a_full_page_keeps_nobody_out(look: tuple[str, int], visit: Visit, records: list[Record]):
    """With a long record and everything open, axe finds nothing, and nothing sticks out sideways."""
    page = visit(merge(*records))
    page.emulate_media(color_scheme=look[0])
    page.set_viewport_size({"width": look[1], "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_rooms_road_is_not_the_facilitators(visit: Visit, records: list[Record], library: Library):
    """What a room chose in a workshop stands among the attempts, and counts for no case, belief or subject."""
    played = next(one for one in records[0].attempts if one.scenario in library.scenario_ids)
    room = played.model_copy(update={"mode": "workshop"})
    page = visit(Record(format=1, attempts=(room,)))

    expect(page.get_by_text("All 1 attempt, newest first")).to_be_visible()
    expect(page.get_by_text("You have not played a case yet.")).to_be_visible()
    expect(page.get_by_text("No misconception has shown so far.")).to_be_visible()
