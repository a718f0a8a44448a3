"""Evidence to fill in and a letter to assemble, in a real browser: what is written, composed, coached and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import come_back
from playwright.sync_api import Locator, Page, expect
from tool_pages import open_tool, own_library, show_live

from casework.library import Library

pytestmark = pytest.mark.browser
Visit = Callable[[str], Page]
EVIDENCE, LETTER = "two-headings", "short-letter"
KEPT = "() => JSON.parse(localStorage.getItem('needs-first/tools'))?.tools"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
COPIED = """() => Object.defineProperty(navigator, 'clipboard', {
    configurable: true, value: { writeText: async (text) => { window.copied = text; } },
})"""
NO_COPYING = "() => Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })"
PRINTING = "() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; }"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library with the small tools of the tests."""
    return own_library(tmp_path_factory.mktemp("own"))


@pytest.fixture
def visit(page: Page, own: Library, tmp_path: Path) -> Visit:
    """Opens the page of a tool."""
    return lambda id: open_tool(page, tmp_path, own, id)


def press(page: Page, name: str) -> None:
    """Press the button called *name*."""
    page.get_by_role("button", name=name, exact=True).click()


def status(page: Page) -> Locator:
    """Return the one line that speaks."""
    return page.get_by_role("status")


# Evidence


def field(page: Page, heading: str) -> Locator:
    """Return the field under *heading*."""
    return page.get_by_role("region", name=heading).get_by_role("textbox")


def test_evidence_is_kept_and_gathered(visit: Visit):
    """What is written stands in the text at the end under its heading, and is there after a reload."""
    page = visit(EVIDENCE)

    field(page, "What is hard").fill("Waits for others.")
    come_back(page)

    expect(field(page, "What is hard")).to_have_value("Waits for others.")
    expect(page.get_by_label("What you have written, as text")).to_have_value("What is hard\nWaits for others.")
    assert page.evaluate(KEPT) == {EVIDENCE: {"needs": {"text": "Waits for others.", "ticked": []}}}


def test_what_is_missing_is_said_and_bars_nothing(visit: Visit):
    """Empty headings are named, with the author's sentence that they stop nobody; then none is."""
    page = visit(EVIDENCE)
    gaps = page.locator(".tool-gaps")
    expect(gaps).to_have_text("Nothing stands yet under: How far; What is hard.That stops nobody.")

    field(page, "How far").fill("40 words")
    expect(gaps).to_have_text("Nothing stands yet under: What is hard.That stops nobody.")
    field(page, "What is hard").fill("Waiting")

    expect(gaps).to_have_text("Something stands under every heading.")


@pytest.mark.parametrize("id", ["evidence-for-a-request", "request-letter", "when-by"])
def test_no_tool_ever_says_that_one_cannot_ask(visit: Visit, id: str):
    """Neither empty nor open does a tool of lesson 8 say that somebody cannot, may not or must first."""
    page = visit(id)
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")

    said = page.locator(".tool-box").inner_text().lower()

    assert [bar for bar in ("cannot request", "cannot ask", "may not ask", "not eligible") if bar in said] == []


def test_the_example_stands_beside_ones_own(visit: Visit):
    """The switch shows the child of the example under each heading; one's own stays, and it goes again."""
    page = visit(EVIDENCE)
    field(page, "How far").fill("Mine")
    switch = page.get_by_role("button", name="See it filled in for Bo")

    switch.click()
    expect(page.get_by_text("Here <b>Bo</b> waits for others.")).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(field(page, "How far")).to_have_value("Mine")
    switch.click()

    expect(page.get_by_text("Bo reads 40 words.")).to_be_hidden()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_evidence_can_be_deleted(visit: Visit):
    """After a question all of it is gone, from the fields and from the browser."""
    page = visit(EVIDENCE)
    expect(page.get_by_role("button", name="Delete what I wrote")).to_be_hidden()
    field(page, "How far").fill("Mine")

    press(page, "Delete what I wrote")
    press(page, "Yes, delete it")

    expect(field(page, "How far")).to_have_value("")
    expect(field(page, "How far")).to_be_focused()
    assert page.evaluate(KEPT) is None


def test_evidence_can_be_copied(visit: Visit):
    """Copy takes the whole text; with nothing written it says so."""
    page = visit(EVIDENCE)
    page.evaluate(COPIED)
    press(page, "Copy")
    expect(status(page)).to_have_text("There is nothing to take away yet.")
    field(page, "How far").fill("40 words")

    press(page, "Copy")

    expect(status(page)).to_contain_text("Copied.")
    assert page.evaluate("window.copied") == "How far\n40 words"


def test_evidence_prints_alone(visit: Visit):
    """Its own button prints the text and nothing else of the page."""
    page = visit(EVIDENCE)
    page.evaluate(PRINTING)
    field(page, "How far").fill("40 words")

    press(page, "Print")
    page.emulate_media(media="print")

    assert page.evaluate("window.printed") == 1
    expect(page.locator(".tool-paper")).to_contain_text("How far\n40 words", use_inner_text=True)
    expect(page.get_by_role("heading").locator("visible=true")).to_have_text(["Two headings"])


def test_on_paper_evidence_has_room_for_a_pen(visit: Visit):
    """The page as a whole prints what is written, and lines under the headings that are empty."""
    page = visit(EVIDENCE)
    field(page, "How far").fill("40 words")

    page.emulate_media(media="print")

    expect(page.locator(".tool-written").first).to_have_text("40 words")
    assert page.locator(".tool-written").last.evaluate("one => one.offsetHeight") > 80
    expect(page.locator(":is(button, textarea, .tool-status)").locator("visible=true")).to_have_count(0)


# Letter


def tick(page: Page, *sentences: str) -> None:
    """Tick the sentences that begin so."""
    for sentence in sentences:
        page.get_by_role("checkbox", name=sentence).check()


def letter(page: Page) -> Locator:
    """Return the field with the letter."""
    return page.get_by_label("Change it as you like")


WHOLE = (
    "To the council\n[Today]\n\nDear SEN team,\n\nI ask for an assessment. A plan is necessary.\n\n"
    "Yours faithfully,\n[Name]"
)


def test_the_letter_is_composed_as_one_ticks(visit: Visit):
    """Sentences stand in the order of the author, lines below each other, with greeting and closing around them."""
    page = visit(LETTER)
    expect(letter(page)).to_have_value("")

    tick(page, "A plan is", "I ask for", "[Today]", "To the council")

    expect(letter(page)).to_have_value(WHOLE)
    page.get_by_role("checkbox", name="A plan is").uncheck()
    expect(letter(page)).to_have_value(WHOLE.replace(" A plan is necessary.", ""))


def test_the_coaching_is_of_what_was_ticked(visit: Visit):
    """Each ticked sentence gets quality, why, authorities and the belief behind it; sound ones left out are named."""
    page = visit(LETTER)
    tick(page, "The school has spent", "A plan is")

    press(page, "What do you think of it?")

    asked = page.locator(".tool-reviewed").nth(1)
    expect(asked.locator(".tool-verdict")).to_have_text(["○ A common mistake", "◐ Can be argued"])
    expect(asked).to_contain_text("The belief behind it: The school must spend £6,000 first.")
    expect(asked).to_contain_text("On what authority: section 36(8)")
    expect(asked).to_contain_text("Not in your letter: “I ask for an assessment.”")
    expect(page.locator(".tool-reviewed").nth(0)).to_contain_text("You have ticked nothing here.")
    expect(page.get_by_role("heading", name="What there is to think of it")).to_be_focused()
    expect(status(page)).to_have_text("2 sentences: 1 that can be argued, 1 common mistake. 3 sound ones left out.")


def test_the_coaching_follows_the_ticks(visit: Visit):
    """With the coaching open, a tick more is coached at once, and nothing stands of a letter without ticks."""
    page = visit(LETTER)
    tick(page, "The school has spent")
    press(page, "What do you think of it?")

    tick(page, "I ask for")
    expect(page.locator(".tool-verdict")).to_have_text(["○ A common mistake", "● A sound move"])
    page.get_by_role("checkbox", name="The school has spent").uncheck()
    page.get_by_role("checkbox", name="I ask for").uncheck()

    expect(page.locator(".tool-verdict")).to_have_count(0)


def test_only_sound_sentences_are_missed(visit: Visit):
    """A common mistake that somebody did not make is not held out to them."""
    page = visit(LETTER)
    tick(page, "To the council")

    press(page, "What do you think of it?")

    expect(page.locator(".tool-left > summary")).to_have_text(
        ["Not in your letter: “[Today]”", "Not in your letter: “I ask for an assessment.”"]
    )


def test_nothing_ticked_says_where_to_begin(visit: Visit):
    """Asking for an opinion of nothing leads to the first sentence."""
    page = visit(LETTER)

    press(page, "What do you think of it?")

    expect(status(page)).to_have_text("Nothing is ticked yet. Begin with any part.")
    expect(page.get_by_role("checkbox").first).to_be_focused()


def test_ones_own_wording_stays(visit: Visit):
    """What was changed by hand is not written over by a tick, and can be given up after a question."""
    page = visit(LETTER)
    tick(page, "I ask for")
    letter(page).fill("Dear all")

    tick(page, "To the council")
    expect(letter(page)).to_have_value("Dear all")
    expect(page.get_by_text("You have changed the letter yourself")).to_be_visible()
    press(page, "Put the sentences together again")
    press(page, "Yes, put them together")

    expect(letter(page)).to_have_value(
        "To the council\n\nDear SEN team,\n\nI ask for an assessment.\n\nYours faithfully,\n[Name]"
    )
    expect(page.get_by_text("You have changed the letter yourself")).to_be_hidden()


def test_an_emptied_letter_stays_empty(visit: Visit):
    """Whoever deletes every word is not handed the sentences back at once."""
    page = visit(LETTER)
    tick(page, "I ask for")

    letter(page).fill("")
    letter(page).press_sequentially("Hello")

    expect(letter(page)).to_have_value("Hello")


def test_typing_the_sentences_back_is_no_wording_of_ones_own(visit: Visit):
    """A letter that is again what the sentences make follows the ticks again."""
    page = visit(LETTER)
    tick(page, "I ask for")
    made = letter(page).input_value()
    letter(page).fill("Dear all")

    letter(page).fill(made)
    tick(page, "To the council")

    expect(letter(page)).to_have_value("To the council\n\n" + made)


def test_a_letter_is_kept_by_the_browser(visit: Visit):
    """After a reload the ticks and one's own wording are there."""
    page = visit(LETTER)
    tick(page, "I ask for")
    letter(page).fill("Dear all")

    come_back(page)

    expect(page.get_by_role("checkbox", name="I ask for")).to_be_checked()
    expect(letter(page)).to_have_value("Dear all")


def test_a_letter_can_be_deleted(visit: Visit):
    """After a question ticks, wording and coaching are gone, from the browser too."""
    page = visit(LETTER)
    tick(page, "I ask for")
    letter(page).fill("Dear all")
    press(page, "What do you think of it?")

    press(page, "Delete my letter")
    press(page, "Yes, delete it")

    expect(letter(page)).to_have_value("")
    expect(page.locator("input:checked, .tool-verdict")).to_have_count(0)
    expect(page.get_by_role("checkbox").first).to_be_focused()
    assert page.evaluate(KEPT) is None


def test_where_copying_is_forbidden_the_letter_is_selected(visit: Visit):
    """Without a clipboard the whole letter is selected, and the line says which keys copy it."""
    page = visit(LETTER)
    tick(page, "I ask for")
    page.evaluate(NO_COPYING)

    press(page, "Copy")

    expect(status(page)).to_contain_text("It is selected.")
    assert page.evaluate("getSelection().toString()") == letter(page).input_value()


def test_on_paper_of_the_letter_only_the_letter(visit: Visit):
    """The page prints the letter in place of the tool; its own button prints it without the rest of the page."""
    page = visit(LETTER)
    page.evaluate(PRINTING)
    tick(page, "To the council", "[Today]", "I ask for", "A plan is")
    press(page, "What do you think of it?")

    page.emulate_media(media="print")
    expect(page.locator(".tool-box")).to_have_text(f"A short letter {WHOLE}", use_inner_text=True)
    page.emulate_media(media="screen")
    press(page, "Print")
    page.emulate_media(media="print")

    expect(page.locator("body")).to_have_text(WHOLE, use_inner_text=True)


def test_a_sentence_is_ticked_by_keyboard(visit: Visit):
    """Tab goes from sentence to sentence and on to the letter; Space ticks."""
    page = visit(LETTER)
    page.get_by_role("checkbox").first.focus()

    for key in ("Space", "Tab", "Tab", "Tab", "Space", "Tab", "Tab"):
        page.keyboard.press(key)

    expect(letter(page)).to_be_focused()
    expect(letter(page)).to_have_value(
        "To the council\n\nDear SEN team,\n\nI ask for an assessment.\n\nYours faithfully,\n[Name]"
    )


# Both


@pytest.mark.parametrize("id", [EVIDENCE, LETTER])
def test_without_storage_one_can_still_write(visit: Visit, page: Page, id: str):
    """A forbidden store is told, keeping is not promised, and the text can be taken away all the same."""
    page.add_init_script(FORBIDDEN)
    visit(id)
    box = page.get_by_role("textbox").first

    box.fill("By hand")

    expect(page.get_by_text("does not let the page remember")).to_be_visible()
    expect(page.get_by_text("stays in this browser")).to_have_count(0)
    expect(page.get_by_role("textbox").last).to_have_value({EVIDENCE: "How far\nBy hand", LETTER: "By hand"}[id])


@pytest.mark.parametrize(
    "broken", ["{", '{"format": 1, "tools": {"short-letter": {"ask": {"text": "", "ticked": 3}}}}']
)
def test_what_cannot_be_read_is_set_aside(visit: Visit, broken: str):
    """The page says so and begins anew; the damaged text is still there."""
    page = visit(LETTER)
    page.evaluate("text => localStorage.setItem('needs-first/tools', text)", broken)

    come_back(page)
    tick(page, "I ask for")

    expect(page.get_by_text("It was set aside, not deleted")).to_be_visible()
    assert broken in page.evaluate("Object.values(localStorage)")
    assert page.evaluate(KEPT)[LETTER]["ask"]["ticked"] == ["assess"]


def test_a_sentence_that_is_gone_is_not_shown(visit: Visit):
    """A tick for a sentence that an author took out does no harm."""
    page = visit(LETTER)
    page.evaluate(
        "text => localStorage.setItem('needs-first/tools', text)",
        '{"format": 1, "tools": {"short-letter": {"ask": {"text": "", "ticked": ["gone", "assess"]}}}}',
    )

    come_back(page)

    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(letter(page)).to_have_value("Dear SEN team,\n\nI ask for an assessment.\n\nYours faithfully,\n[Name]")


def test_python_sees_the_letter(own: Library, page: Page):
    """Ticks and wording arrive in the traitlet, in a form that Python takes; a part set in Python is drawn."""
    tool = show_live(page, own, LETTER)

    tick(page, "I ask for")
    letter(page).fill("Dear all")
    tool.state = page.evaluate("model.get('state')")
    page.evaluate("model.set('state', { ask: { ticked: ['spent'] } })")

    assert tool.state == {
        "ask": {"text": "", "ticked": ["assess"]},
        "letter": {"text": "Dear all", "ticked": []},
    }
    expect(letter(page)).to_have_value("Dear SEN team,\n\nThe school has spent £6,000.\n\nYours faithfully,\n[Name]")


def test_python_sees_the_evidence(own: Library, page: Page):
    """What is written under a heading arrives in the traitlet; nothing is said of a browser that keeps it."""
    tool = show_live(page, own, EVIDENCE)

    field(page, "How far").fill("40 words")
    tool.state = page.evaluate("model.get('state')")

    assert tool.state == {"progress": {"text": "40 words", "ticked": []}}
    expect(page.get_by_text("stays in this browser")).to_have_count(0)
