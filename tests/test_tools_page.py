"""The learning tools in a real browser, by file:// with the network off: sort, ask, write, and nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from conftest import ROOT, come_back
from playwright.sync_api import Locator, Page, expect
from stand_in import LIVE, write_page

from casework.book import GROUND, SCRIPTS, scrollable
from casework.library import Library
from casework.tools import ToolWidget, show_tool

pytestmark = pytest.mark.browser
Visit = Callable[[str], Page]
OWN = ["how-binding", "who-owes-what", "say-it-better", "days-to-reckon", "two-headings", "short-letter"]
# What a page loads beside tools.js.
BESIDE = {"days-to-reckon": ["dates.js"], "two-headings": ["writing.js"], "short-letter": ["writing.js"]}
KEY = "needs-first/tools"
KEEP = f"text => localStorage.setItem('{KEY}', text)"
KEPT = f"() => localStorage.getItem('{KEY}')"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
FULL = "Storage.prototype.setItem = () => { throw new Error('full'); }"
NO_ROOM_ASIDE = """const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (key.includes("set-aside")) throw new Error("full");
        set.call(this, key, text);
    }"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The course's library, and beside its tools the small ones of the tests."""
    folder = tmp_path_factory.mktemp("own") / "scenarios"
    shutil.copytree(ROOT / "scenarios", folder)
    shutil.copytree(ROOT / "tests" / "tools", folder / "tools", dirs_exist_ok=True)
    return Library(folder)


@pytest.fixture
def write(own: Library, tmp_path: Path) -> Callable[[str], str]:
    """Writes a page of the book with the tool on it, and returns its address."""

    def written(id: str) -> str:
        body = scrollable(show_tool(id, own)._repr_mimebundle_()[0]["text/html"])
        return write_page(tmp_path, id, body, *[script for script, call in SCRIPTS.items() if call in body])

    return written


@pytest.fixture
def visit(page: Page, write: Callable[[str], str]) -> Visit:
    """Opens the page of a tool."""

    def visited(id: str) -> Page:
        page.goto(write(id))
        return page

    return visited


def card(page: Page, words: str) -> Locator:
    """Return the card whose text has *words*: its bins, and the verdict below them."""
    return page.locator(".tool-cards > li").filter(has=page.get_by_role("group", name=words))


def sort(page: Page, *pairs: tuple[str, str]) -> None:
    """Put cards into bins: words of a card, and a word of the bin's label."""
    for words, label in pairs:
        card(page, words).get_by_role("radio", name=label).check()


def press(page: Page, name: str) -> None:
    """Press the first button called *name*."""
    page.get_by_role("button", name=name).first.click()


def status(page: Page) -> Locator:
    """Return the one line that speaks."""
    return page.get_by_role("status")


# Sorter


def test_nothing_is_told_before_it_is_asked(visit: Visit):
    """Sorting a card says only how many are sorted."""
    page = visit("how-binding")

    sort(page, ("endeavours", "Must"), ("meets parents", "Must"))

    expect(status(page)).to_have_text("2 of 3 sorted.")
    expect(page.locator(".tool-verdict")).to_have_count(0)


def test_checking_tells_card_by_card_and_counts(visit: Visit):
    """Each sorted card says whether it agrees, where it belongs, why and on what authority; one line counts."""
    page = visit("how-binding")
    sort(page, ("endeavours", "Must"), ("meets parents", "Must"))

    press(page, "Check these")

    expect(card(page, "endeavours")).to_contain_text("A sound answer")
    expect(card(page, "endeavours")).to_contain_text("On what authority: section 66")
    wrong = card(page, "meets parents")
    expect(wrong).to_contain_text("Look again")
    expect(wrong).to_contain_text("It belongs here: Should: the Code says so")
    expect(wrong).to_contain_text("The Code says should.")
    expect(card(page, "has regard").locator(".tool-verdict")).to_have_count(0)
    expect(status(page)).to_have_text("1 sound answer, 1 to look at again, 1 not sorted yet.")


def test_the_focus_goes_to_the_first_to_look_at_again(visit: Visit):
    """Whoever checks by keyboard lands at the verdict that matters; it is said with its card as well."""
    page = visit("how-binding")
    sort(page, ("endeavours", "Must"), ("meets parents", "Must"), ("has regard", "Should"))

    press(page, "Check these")

    verdict = card(page, "meets parents").locator(".tool-verdict")
    expect(verdict).to_be_focused()
    group = page.get_by_role("group", name="meets parents")
    expect(group).to_have_attribute("aria-describedby", verdict.get_attribute("id"))


def test_a_card_can_be_changed_and_checked_again(visit: Visit):
    """Changing takes the verdict back, of that card only, and the next check gives the new one."""
    page = visit("how-binding")
    sort(page, ("endeavours", "Must"), ("meets parents", "Must"), ("has regard", "Must"))
    press(page, "Check these")

    sort(page, ("meets parents", "Should"))
    expect(page.locator(".tool-verdict")).to_have_text(["● A sound answer", "● A sound answer"])
    press(page, "Check these")

    expect(page.locator(".tool-verdict")).to_have_text(["● A sound answer"] * 3)
    expect(status(page)).to_have_text("All 3 are sound answers.")


def test_checking_nothing_says_where_to_begin(visit: Visit):
    """With no card sorted the line says so, and the focus goes to the first card."""
    page = visit("how-binding")

    press(page, "Check these")

    expect(status(page)).to_have_text("Nothing is sorted yet. Begin with any card.")
    expect(page.get_by_role("radio").first).to_be_focused()


def test_starting_again_asks_first(visit: Visit):
    """A no leaves all as it was; a yes takes every card out, verdicts too."""
    page = visit("how-binding")
    sort(page, ("endeavours", "Must"))
    press(page, "Check these")

    press(page, "Start again")
    press(page, "No, leave it")
    expect(page.get_by_role("button", name="Start again")).to_be_focused()
    expect(page.locator("input:checked, .tool-verdict")).to_have_count(2)
    press(page, "Start again")
    press(page, "Yes, start again")

    expect(page.locator("input:checked, .tool-verdict")).to_have_count(0)
    expect(page.get_by_role("radio").first).to_be_focused()


def test_the_keyboard_sorts_and_checks(visit: Visit):
    """Tab goes from card to card, arrows choose, Enter checks; no pointer is needed."""
    page = visit("how-binding")

    page.keyboard.press("Tab")
    for key in ("Space", "Tab", "Space", "ArrowDown", "Tab", "Space", "Tab"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Check these")).to_be_focused()
    page.keyboard.press("Enter")

    expect(status(page)).to_have_text("All 3 are sound answers.")


def test_an_authors_markup_is_no_markup(visit: Visit):
    """What an author typed as HTML is shown as text, in the card and in what the page runs."""
    page = visit("how-binding")
    sort(page, ("endeavours", "Must"))

    press(page, "Check these")

    expect(card(page, "endeavours")).to_contain_text("A script is written <script>alert(1)</script> and stays text.")


# Table


def test_a_row_is_asked_for(visit: Visit):
    """The row chosen shows each of its answers under its question, with authorities and its note."""
    page = visit("who-owes-what")

    page.get_by_label("The school is …").select_option("an academy")

    expect(page.get_by_role("heading", name="an academy")).to_be_visible()
    expect(page.get_by_role("term")).to_have_text(["Best endeavours", "Who owes it"])
    expect(page.get_by_role("definition").last).to_contain_text("The proprietor.section 66")
    expect(page.get_by_text("The proprietor is usually the trust.").first).to_be_visible()
    expect(status(page)).to_have_text("an academy: 2 answers.")


def test_two_rows_stand_side_by_side(visit: Visit):
    """Where both say the same it stands once; where they do not, each answer says whose it is."""
    page = visit("who-owes-what")
    page.get_by_label("The school is …").select_option("a maintained school")

    page.get_by_label("Compare with …").select_option("an academy")

    said = page.get_by_role("definition")
    expect(said).to_contain_text(
        ["Both, word for wordYes.", "a maintained schoolThe governing body.", "an academyThe proprietor."]
    )
    expect(status(page)).to_have_text(
        "a maintained school beside an academy: 1 of 2 answers the same, word for word."
    )


def test_a_row_is_not_compared_with_itself(visit: Visit):
    """The row that is shown cannot be chosen beside itself, and choosing it first ends the comparison."""
    page = visit("who-owes-what")
    page.get_by_label("The school is …").select_option("a maintained school")
    page.get_by_label("Compare with …").select_option("an academy")

    page.get_by_label("The school is …").select_option("an academy")

    expect(page.get_by_label("Compare with …")).to_have_value("")
    expect(page.get_by_label("Compare with …").locator("option[value=academy]")).to_be_disabled()
    expect(status(page)).to_have_text("an academy: 2 answers.")


def test_the_whole_table_unfolds(visit: Visit):
    """A button shows the whole table, in a region that scrolls by keyboard, and folds it again."""
    page = visit("who-owes-what")
    expect(page.get_by_role("table")).to_be_hidden()

    press(page, "Show the whole table")

    expect(page.get_by_role("row")).to_have_count(4)
    expect(page.get_by_role("region", name="Who owes what: the whole table")).to_have_attribute("tabindex", "0")
    press(page, "Fold the whole table")
    expect(page.get_by_role("table")).to_be_hidden()


def test_the_keyboard_asks_and_compares(visit: Visit):
    """Both questions and the whole table can be reached and answered by keys alone."""
    page = visit("who-owes-what")

    for key in ("Tab", "ArrowDown", "ArrowDown", "Tab", "ArrowDown"):
        page.keyboard.press(key)

    expect(page.get_by_role("heading", name="an academy beside a maintained school")).to_be_visible()


# Rewriting


def area(page: Page, name: str) -> Locator:
    """Return the field in which the outcome of item *name* (`1 of 2`) is written."""
    return page.get_by_role("region", name=name).get_by_label("How would you put it?")


def test_worked_ones_come_after_ones_own(visit: Visit):
    """With something written, the worked ones, why, the authority and the questions come at once, and are read."""
    page = visit("say-it-better")
    area(page, "1 of 2").fill("By May Ellie begins alone.")

    press(page, "Compare with two worked ones")

    expect(page.get_by_role("heading", name="Two worked ones")).to_be_focused()
    expect(page.get_by_text("By July she says which step she is at.")).to_be_visible()
    expect(page.get_by_text("They say what Ellie does, and by when.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Is there a day by which?")).to_be_visible()
    expect(area(page, "1 of 2")).to_have_value("By May Ellie begins alone.")
    expect(page.get_by_text("By Easter Sam reads the register.")).to_have_count(0)


def test_an_empty_field_is_pointed_out_once(visit: Visit):
    """Whoever has written nothing is asked kindly, and may look all the same."""
    page = visit("say-it-better")

    press(page, "Compare with two worked ones")
    expect(status(page)).to_contain_text("Write yours first, even a rough one")
    expect(area(page, "1 of 2")).to_be_focused()
    press(page, "Show them all the same")

    expect(page.get_by_role("heading", name="Two worked ones")).to_be_focused()


def test_what_is_written_is_kept_by_the_browser(visit: Visit):
    """After a reload the text and the ticks are there, and the worked ones wait to be asked for."""
    page = visit("say-it-better")
    area(page, "2 of 2").fill("Sam reads\nto Dad.")
    page.get_by_role("button", name="Compare").last.click()
    page.get_by_role("checkbox", name="Is there a day").check()

    come_back(page)

    expect(area(page, "2 of 2")).to_have_value("Sam reads\nto Dad.")
    expect(page.get_by_role("heading", name="Two worked ones")).to_have_count(0)
    page.get_by_role("button", name="Compare").last.click()
    expect(page.get_by_role("checkbox", name="Is there a day")).to_be_checked()


def test_what_is_written_can_be_deleted(visit: Visit):
    """After a question all of it is gone, from the fields and from the browser."""
    page = visit("say-it-better")
    expect(page.get_by_role("button", name="Delete what I wrote")).to_be_hidden()
    area(page, "1 of 2").fill("By May")

    press(page, "Delete what I wrote")
    press(page, "Yes, delete it")

    expect(area(page, "1 of 2")).to_have_value("")
    expect(area(page, "1 of 2")).to_be_focused()
    assert page.evaluate(KEPT) is None


def test_a_sorting_is_not_kept(visit: Visit):
    """Only what somebody wrote is worth keeping: nothing else goes into the browser."""
    page = visit("how-binding")

    sort(page, ("endeavours", "Must"))

    assert page.evaluate("() => localStorage.length") == 0


def test_another_window_is_followed(visit: Visit, page: Page):
    """What is written in one window stands in the other, so neither undoes the other."""
    visit("say-it-better")
    other = page.context.new_page()
    other.goto(page.url)

    area(other, "2 of 2").fill("Sam reads.")

    expect(area(page, "2 of 2")).to_have_value("Sam reads.")


@pytest.mark.parametrize(
    "broken", ["{", "null", '{"format": 1, "tools": {"say-it-better": {"sam": 5}}}', '{"format": 9}']
)
def test_what_cannot_be_read_is_set_aside(visit: Visit, broken: str):
    """The page says so and begins anew; the damaged text is still there."""
    page = visit("say-it-better")
    page.evaluate(KEEP, broken)

    come_back(page)
    area(page, "1 of 2").fill("By May")

    expect(page.get_by_text("It was set aside, not deleted")).to_be_visible()
    assert broken in page.evaluate("Object.values(localStorage)")
    assert "By May" in page.evaluate(KEPT)


@pytest.mark.parametrize(("obstacle", "says"), [(FORBIDDEN, "does not let the page remember"), (FULL, "has no room")])
def test_without_storage_one_can_still_write(page: Page, visit: Visit, obstacle: str, says: str):
    """A forbidden or full store is told, and comparing goes on."""
    page.add_init_script(obstacle)
    visit("say-it-better")
    area(page, "1 of 2").fill("By May")

    press(page, "Compare with two worked ones")

    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("heading", name="Two worked ones")).to_be_visible()


def test_keeping_is_not_promised_where_it_is_forbidden(page: Page, visit: Visit):
    """The sentence about what the browser keeps stands only where the browser keeps it."""
    expect(visit("say-it-better").get_by_text("stays in this browser")).to_be_visible()

    page.add_init_script(FORBIDDEN)
    come_back(page)

    expect(page.get_by_text("stays in this browser")).to_have_count(0)


def test_a_damaged_store_that_cannot_be_moved_is_left_alone(page: Page, visit: Visit):
    """With no room to set the damaged text aside, nothing is written over it."""
    visit("say-it-better").evaluate(KEEP, "[broken")
    page.add_init_script(NO_ROOM_ASIDE)
    come_back(page)

    area(page, "1 of 2").fill("By May")

    assert page.evaluate(KEPT) == "[broken"


def test_what_was_written_for_an_item_that_is_gone_stays(visit: Visit):
    """An item that an author took out does not cost a learner what they wrote for it."""
    page = visit("say-it-better")
    page.evaluate(
        KEEP, '{"format": 1, "tools": {"say-it-better": {"gone": {"text": "By June", "ticked": ["Old?"]}}}}'
    )
    come_back(page)

    area(page, "1 of 2").fill("By May")

    assert "By June" in page.evaluate(KEPT)


# Every tool


def use(page: Page, id: str) -> None:
    """Open up as much of a tool as there is."""
    match page.locator(".tool-box").get_attribute("class").split()[1]:
        case "tool-sorter":
            for group in page.locator(".tool-cards fieldset").all():
                group.get_by_role("radio").first.check()
            press(page, "Check these")
            press(page, "Start again")
        case "tool-table":
            first, second = page.locator("select").all()
            first.select_option(index=1)
            second.select_option(index=3)
            press(page, "Show the whole table")
        case "tool-rewriting":
            for field in page.get_by_role("textbox").all():
                field.fill("By May " * 40)
                press(page, "Compare with two worked ones")
        case "tool-dates":
            press(page, "Fill in the example")
            page.get_by_label("mediation certificate").fill("2020-01-01")
        case "tool-evidence":
            page.get_by_role("textbox").first.fill("Reads 40 words. " * 40)
            press(page, "See it filled in")
            press(page, "Delete what I wrote")
        case "tool-letter":
            for box in page.get_by_role("checkbox").all()[1:]:
                box.check()
            page.get_by_role("textbox").fill("A word of my own. " * 40)
            press(page, "What do you think of it?")
            press(page, "Put the sentences together again")
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("id", [*OWN, *Library().tool_ids])
def test_a_tool_is_accessible_and_narrow(visit: Visit, page: Page, id: str, width: int, colours: str):
    """With everything opened axe finds nothing, nothing runs over the edge, and every target can be touched."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    use(visit(id), id)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = """all => all.filter((one) => one.offsetWidth && (one.offsetWidth < 24 || one.offsetHeight < 24)
        && !(one.type === "radio")).map((one) => one.outerHTML)"""
    assert page.locator(".tool-box :is(button, input, select, textarea, summary, label)").evaluate_all(small) == []


@pytest.mark.parametrize("id", OWN)
def test_one_line_speaks(visit: Visit, id: str):
    """A tool has one status line, which lives from the beginning."""
    page = visit(id)
    line = status(page).element_handle()

    use(page, id)

    expect(status(page)).to_have_count(1)
    assert line.evaluate("one => one.isConnected && one.textContent.length > 0")


@pytest.mark.parametrize("id", OWN)
def test_the_page_asks_for_nothing(visit: Visit, page: Page, id: str):
    """Beside its own script a tool loads nothing, whatever is done with it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))

    use(visit(id), id)

    assert {name for name in asked if not name.endswith(".woff2")} == {
        f"{id}.html",
        *GROUND,
        "tools.js",
        *BESIDE.get(id, []),
    }


@pytest.mark.parametrize("id", OWN)
def test_without_a_script_all_of_it_can_be_read(profile: Any, write: Callable[[str], str], id: str):
    """The reading shows, folds open without a script, and is accessible."""
    page = profile(java_script_enabled=False).new_page()

    page.goto(write(id))

    expect(page.locator(".tool-reading > h3")).to_be_visible()
    for fold in page.locator("summary").all():
        fold.click()
    expect(page.get_by_role("link").last).to_be_visible()


def test_a_damaged_page_falls_back_to_the_reading(page: Page, write: Callable[[str], str]):
    """Where the data cannot be read the page says so and unpacks what there is to read."""
    address = write("how-binding")
    file = Path(address.removeprefix("file://"))
    file.write_text(file.read_text(encoding="utf-8").replace('json">{', 'json">'), encoding="utf-8")

    page.goto(address)

    expect(page.get_by_role("alert")).to_contain_text("This cannot be shown as it is meant")
    expect(page.get_by_text("A school has regard to the Code.")).to_be_visible()


def test_on_paper_stands_what_was_written(visit: Visit):
    """The printed page has the learner's whole text, worked ones and ticks, and no buttons."""
    page = visit("say-it-better")
    area(page, "1 of 2").fill("By May Ellie begins alone.")
    press(page, "Compare with two worked ones")

    page.emulate_media(media="print")

    expect(page.locator(".tool-written").first).to_have_text("By May Ellie begins alone.")
    expect(page.locator(".tool-written").first).to_be_visible()
    expect(page.get_by_text("By July she says which step she is at.")).to_be_visible()
    expect(page.locator(":is(button, textarea, .tool-status)").locator("visible=true")).to_have_count(0)


def test_on_paper_an_empty_field_has_room_for_a_pen(visit: Visit):
    """Where nothing is written the paper has lines to write on."""
    page = visit("say-it-better")

    page.emulate_media(media="print")

    assert page.locator(".tool-written").last.evaluate("one => one.offsetHeight") > 80


def test_on_paper_the_whole_table_lies_open(visit: Visit):
    """Paper cannot be asked: it shows every row, folded or not."""
    page = visit("who-owes-what")

    page.emulate_media(media="print")

    expect(page.get_by_role("row", name="a private nursery")).to_be_visible()
    expect(page.get_by_label("The school is …")).to_be_hidden()


# Live


@pytest.fixture
def live(page: Page, own: Library) -> Callable[[str], ToolWidget]:
    """Shows a tool as a notebook does: the module, with a model of its own."""

    def shown(id: str) -> ToolWidget:
        tool = show_tool(id, own)
        page.goto("about:blank")
        page.evaluate(LIVE, [tool._esm, {"data": tool.data, "state": tool.state}, "state"])
        return tool

    return shown


def test_python_sees_the_sorting(live: Callable[[str], ToolWidget], page: Page):
    """Where a card was put arrives in the traitlet, in a form that Python takes."""
    tool = live("how-binding")

    sort(page, ("meets parents", "Must"), ("has regard", "Must"))
    tool.state = page.evaluate("model.get('state')")

    assert tool.state == {"meetings": "2", "regard": "2"}
    assert page.evaluate("window.saves") == 2


def test_python_sees_the_question(live: Callable[[str], ToolWidget], page: Page):
    """Which rows are shown arrives in the traitlet."""
    tool = live("who-owes-what")

    page.get_by_label("The school is …").select_option("an academy")
    tool.state = page.evaluate("model.get('state')")

    assert tool.state == {"row": "academy", "with": ""}


def test_python_sees_the_text(live: Callable[[str], ToolWidget], page: Page):
    """What was written arrives in the traitlet, and nothing is said of a browser that keeps it."""
    tool = live("say-it-better")

    area(page, "1 of 2").fill("By May")
    tool.state = page.evaluate("model.get('state')")

    assert tool.state == {"ellie": {"text": "By May", "ticked": []}}
    expect(page.get_by_text("stays in this browser")).to_have_count(0)


def test_a_change_in_python_is_drawn(live: Callable[[str], ToolWidget], page: Page):
    """A sorting set in Python appears; a verdict on a card that is no longer sorted goes."""
    live("how-binding")
    sort(page, ("meets parents", "Must"))
    press(page, "Check these")

    page.evaluate("model.set('state', { regard: '1' })")

    expect(card(page, "has regard").get_by_role("radio", name="Should")).to_be_checked()
    expect(page.locator(".tool-verdict")).to_have_count(0)


def test_python_may_set_a_part_of_an_item(live: Callable[[str], ToolWidget], page: Page):
    """A text without ticks is drawn, and so are ticks without a text."""
    live("say-it-better")

    page.evaluate("model.set('state', { ellie: { text: 'By May' }, sam: { ticked: [] } })")

    expect(area(page, "1 of 2")).to_have_value("By May")
    expect(page.get_by_role("button", name="Delete what I wrote")).to_be_visible()


def test_after_starting_again_python_sorts_without_a_verdict(live: Callable[[str], ToolWidget], page: Page):
    """A verdict comes only from checking: those of an earlier round do not come back with a sorting from Python."""
    live("how-binding")
    sort(page, ("meets parents", "Must"))
    press(page, "Check these")
    press(page, "Start again")
    press(page, "Yes, start again")

    page.evaluate("model.set('state', { meetings: '1' })")

    expect(card(page, "meets parents").get_by_role("radio", name="Should")).to_be_checked()
    expect(page.locator(".tool-verdict")).to_have_count(0)


def test_a_tool_that_is_taken_down_listens_no_more(live: Callable[[str], ToolWidget], page: Page):
    """Closing the cell leaves no listener behind."""
    live("how-binding")

    page.evaluate("takeDown()")

    assert page.evaluate("listeners()") == 0


def test_a_page_of_another_version_says_so(live: Callable[[str], ToolWidget], page: Page, own: Library):
    """A script that meets data of another format tells the learner to load the page again."""
    tool = show_tool("how-binding", own)
    page.goto("about:blank")

    page.evaluate(LIVE, [tool._esm, {"data": tool.data | {"format": 2}, "state": {}}, "state"])

    expect(page.get_by_role("alert")).to_contain_text("different versions")
