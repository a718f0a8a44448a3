"""The sweep in a real browser: what Python drew, by keyboard, without a network, and without a script too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from casework.funding.charts import draw_child_cost
from casework.sweep import Sweep, sweep

STATIC = Path(__file__).parent.parent / "casework" / "player" / "static"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shown() -> Sweep:
    """Return a sweep of nine frames that starts in the middle."""
    return sweep(draw_child_cost, hours=[1, 10, 20], group=[2, 1, 4])


@pytest.fixture
def address(shown: Sweep, tmp_path: Path) -> str:
    """Return the address of a page on disk with the sweep and nothing else."""
    css = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "pictures.css"))
    script = (STATIC / "sweep.js").read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Sweep</title><style>{css}</style>'
        f"<main><h1>Sweep</h1>{shown.html('p')}</main><script>{script}</script></html>",
        encoding="utf-8",
    )
    return page.as_uri()


def test_every_place_of_the_sliders_shows_the_frame_that_python_drew(page: Page, address: str, shown: Sweep):
    """At each combination the drawing, its description and the status are those of Python's frame."""
    page.goto(address)
    seen = []
    for hours in range(3):
        for group in range(3):
            page.get_by_label("Help a week").fill(str(hours))
            page.get_by_label("Shared by").fill(str(group))
            words = page.locator("svg text").all_text_contents()
            seen.append((words, page.locator("svg desc").text_content(), page.locator(".sweep-status").inner_text()))

    drawn = [
        (
            [text.get_text() for text in frame.picture.figure.axes[0].texts],
            frame.picture.alternative,
            f"{', '.join(frame.words)}: {frame.picture.headline}.",
        )
        for frame in shown.frames
    ]
    assert seen == drawn


def test_a_slider_moves_by_keyboard_and_says_its_value_in_words(page: Page, address: str):
    """An arrow key moves one value on, and the value is said in words."""
    page.goto(address)
    page.get_by_label("Help a week").focus()
    page.keyboard.press("ArrowRight")

    assert page.get_by_label("Help a week").get_attribute("aria-valuetext") == "20 hours"
    assert page.locator(".sweep-status").inner_text().startswith("20 hours, 1 child alone: £13,072 a year")


def test_without_a_script_the_picture_and_all_numbers_are_there(chromium: Browser, address: str):
    """No JavaScript: no slider, the default frame, and a table of every frame."""
    quiet = chromium.new_context(java_script_enabled=False)
    page = quiet.new_page()
    page.goto(address)

    assert page.get_by_role("slider").count() == 0
    assert page.get_by_text("£6,536 a year", exact=True).is_visible()
    assert page.locator("tbody tr").count() == 9
    quiet.close()


def test_a_narrow_page_does_not_scroll_sideways(page: Page, address: str):
    """At 320 pixels everything fits, the table of numbers unfolded."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    page.get_by_text("All the numbers", exact=True).click()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
