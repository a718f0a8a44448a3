"""Days reckoned in a real browser: the same as in Python on every day, and what a learner types and reads."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tool_pages import open_tool, own_library, show_live

from casework.dates import FIRST, LAST, DateError, for_page, last_day_for_claim, last_day_to_appeal, timetable
from casework.library import Library
from casework.player.published import joined

pytestmark = pytest.mark.browser
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
REQUESTED = "The day the council received the request"
DECIDED = "The date on the decision letter"
CERTIFIED = "The date on the mediation certificate"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library with the small tools of the tests."""
    return own_library(tmp_path_factory.mktemp("own"))


@pytest.fixture
def visit(page: Page, own: Library, tmp_path: Path) -> Callable[[], Page]:
    """Opens the page of the tool."""
    return lambda: open_tool(page, tmp_path, own, "days-to-reckon")


# The same sums


@pytest.fixture
def reckoner(profile: Any) -> Page:
    """An empty page that knows the rules, far from Greenwich: no time zone may come between."""
    page = profile(timezone_id="America/Los_Angeles").new_page()
    page.add_script_tag(content=joined("base.js", "dates.js"))
    return page


def or_error(reckon: Callable[[], Any]) -> Any:
    """Return what *reckon* returns, or what it complains of."""
    try:
        return reckon()
    except DateError as error:
        return str(error)


OVER_ALL = """([rule, all, reckoning]) => all.map((days) => {
    try { return CaseworkDates[rule](...days, reckoning); } catch (error) { return error.message; }
})"""


def certificates() -> Iterator[tuple[date, date | None]]:
    """Pair every day with no certificate, and with one some days away: mostly after it, now and then before."""
    dice = random.Random(8)
    for day in DAYS:
        yield day, None
        yield day, day + timedelta(days=dice.randint(-5, 95))


def iso(day: date | None) -> str | None:
    """Return *day* as JSON has it."""
    return day.isoformat() if day else None


def test_the_browser_finds_every_last_day_to_appeal(reckoner: Page):
    """On all 15,582 pairs of days the browser's last day, working and complaint are Python's, word for word."""
    pairs = list(certificates())
    found = reckoner.evaluate(
        OVER_ALL, ["lastDayToAppeal", [[iso(one), iso(two) or ""] for one, two in pairs], for_page()]
    )

    def wanted(decided: date, certified: date | None) -> dict[str, Any]:
        one = last_day_to_appeal(decided, certified)
        return {"last": iso(one.last_day), "working": list(one.working), "cites": list(one.cites)}

    assert len(found) > 15_000
    assert found == [or_error(lambda pair=pair: wanted(*pair)) for pair in pairs]


def test_the_browser_finds_every_timetable(reckoner: Page):
    """A request on any day has the same steps in the browser, and the same complaint near the end of the table."""
    found = reckoner.evaluate(OVER_ALL, ["timetable", [[iso(day)] for day in DAYS], for_page()])

    def wanted(day: date) -> list[dict[str, Any]]:
        return [
            {
                "name": step.name,
                "last": iso(step.last_day),
                "weeks": step.weeks,
                "cites": list(step.cites),
                "working": step.working,
            }
            for step in timetable(day)
        ]

    assert found == [or_error(lambda day=day: wanted(day)) for day in DAYS]


def test_the_browser_finds_every_day_of_a_claim(reckoner: Page):
    """Six months from any day end on the same day in the browser."""
    found = reckoner.evaluate(OVER_ALL, ["lastDayForClaim", [[iso(day)] for day in DAYS], for_page()])

    def wanted(day: date) -> dict[str, Any]:
        one = last_day_for_claim(day)
        return {"last": iso(one.last_day), "working": list(one.working), "cites": list(one.cites)}

    assert found == [or_error(lambda day=day: wanted(day)) for day in DAYS]


# On the page


def test_a_request_gets_its_table(visit: Callable[[], Page]):
    """The day of a request brings each step with day, weeks, working and authority; one line says the ends."""
    page = visit()

    page.get_by_label(REQUESTED).fill("2026-11-03")

    rows = page.get_by_role("table", name="Every week is counted from the request").get_by_role("row")
    expect(rows).to_have_count(5)
    expect(rows.nth(1)).to_contain_text("Tuesday 15 December 20266 weeks")
    expect(rows.nth(2)).to_contain_text("regulation 10, SEND Regulations 2014 (still to be confirmed)")
    expect(rows.nth(3)).to_contain_text("At least 15 days")
    expect(page.get_by_role("status")).to_have_text(
        "An answer by Tuesday 15 December 2026; a finished plan, if there is to be one, by Tuesday 23 March 2027."
    )


def test_a_refusal_gets_its_last_day_with_the_working(visit: Callable[[], Page]):
    """Both papers bring the last day, the later of the two in words, and the rule that moved it."""
    page = visit()

    page.get_by_label(DECIDED).fill("2026-06-12")
    page.get_by_label(CERTIFIED).fill("2026-07-03")

    expect(page.get_by_text("The last day to appeal is Tuesday 1 September 2026")).to_have_count(2)
    expect(page.locator(".tool-deadline li").nth(2)).to_contain_text("Here it is the one from the letter")
    expect(page.locator(".tool-deadline li").nth(3)).to_contain_text("falls in August. So it moves")
    expect(page.get_by_role("status")).to_have_text("The last day to appeal is Tuesday 1 September 2026.")


def test_without_a_certificate_it_says_so(visit: Callable[[], Page]):
    """An empty field for the certificate means that there is none yet."""
    page = visit()

    page.get_by_label(DECIDED).fill("2026-07-12")

    expect(page.locator(".tool-deadline")).to_contain_text("There is no certificate yet.")
    expect(page.locator(".tool-deadline")).to_contain_text("That is a Saturday.")


def test_a_claim_is_asked_for(visit: Callable[[], Page]):
    """The question about discrimination is folded until somebody asks it, and its day is not moved."""
    page = visit()
    expect(page.get_by_label("The day on which it happened")).to_be_hidden()

    page.get_by_text("Is it a claim of disability discrimination?").click()
    page.get_by_label("The day on which it happened").fill("2026-02-20")

    expect(page.get_by_role("status")).to_have_text("Make the claim before Thursday 20 August 2026.")


def test_a_mistake_is_told_at_its_field(visit: Callable[[], Page]):
    """A certificate before its letter marks the field and shows no day; put right, the mark goes."""
    page = visit()
    page.get_by_label(DECIDED).fill("2026-07-12")

    page.get_by_label(CERTIFIED).fill("2026-07-01")

    field = page.get_by_label(CERTIFIED)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "None yet? Leave it empty. The certificate (Wednesday 1 July 2026) is dated before the letter "
        "(Sunday 12 July 2026). Look at both again."
    )
    expect(page.locator(".tool-deadline")).to_have_count(0)
    field.fill("2026-07-20")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".tool-deadline")).to_have_count(1)


def test_a_year_that_is_being_typed_is_no_mistake(visit: Callable[[], Page]):
    """While the year is 0002, 0020, 0202, nothing is said of it."""
    page = visit()

    page.get_by_label(REQUESTED).focus()
    page.keyboard.type("1103202")
    expect(page.locator(".tool-fault:visible, table")).to_have_count(0)
    page.keyboard.type("6")

    expect(page.get_by_role("status")).to_contain_text("An answer by Tuesday 15 December 2026")


def test_the_example_fills_in_and_goes(visit: Callable[[], Page]):
    """The example puts every day in; emptying takes all out, and the focus goes back to the first."""
    page = visit()

    page.get_by_role("button", name="Fill in the example").click()
    expect(page.get_by_label(REQUESTED)).to_have_value("2026-11-03")
    expect(page.locator(".tool-deadline")).to_have_count(2)
    page.get_by_role("button", name="Empty it").click()

    expect(page.locator(".tool-deadline, table")).to_have_count(0)
    expect(page.get_by_label(REQUESTED)).to_be_focused()


def test_the_day_of_the_law_stands_there(visit: Callable[[], Page], own: Library):
    """The tool says as at what day the law is, and that it is no legal advice."""
    page = visit()

    expect(page.get_by_text(f"Law as at {own.service.law_as_at.day} November 2026.")).to_be_visible()
    expect(page.get_by_text("This is information, not legal advice")).to_be_visible()


def test_days_are_not_kept(visit: Callable[[], Page]):
    """The dates of somebody's case leave no trace in the browser."""
    page = visit()

    page.get_by_role("button", name="Fill in the example").click()

    assert page.evaluate("() => localStorage.length") == 0


def test_on_paper_stand_the_days_and_no_fields(visit: Callable[[], Page]):
    """The printed page has the answers with their working; fields and buttons are left out."""
    page = visit()
    page.get_by_role("button", name="Fill in the example").click()

    page.emulate_media(media="print")

    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".tool-deadline").first).to_be_visible()
    expect(page.locator(":is(input, button, .tool-status)").locator("visible=true")).to_have_count(0)


def test_python_sees_the_days(own: Library, page: Page):
    """What was typed arrives in the traitlet, and a day set in Python is reckoned."""
    tool = show_live(page, own, "days-to-reckon")

    page.get_by_label(DECIDED).fill("2026-07-12")
    tool.state = page.evaluate("model.get('state')")
    page.evaluate("model.set('state', { requested: '2026-11-03' })")

    assert tool.state == {"decided": "2026-07-12"}
    expect(page.get_by_role("table")).to_contain_text("Tuesday 15 December 2026")
    expect(page.get_by_label(DECIDED)).to_have_value("")
