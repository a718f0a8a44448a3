"""Every page of the built book: readable without scripts, accessible, narrow enough, light, and asking nobody."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from axe import violations
from conftest import USUAL
from learner import graph_of, lesson_of
from playwright.sync_api import Browser, Page, expect

from casework.book import PLAYER
from casework.library import Library

pytestmark = pytest.mark.browser
KB = 1000
PLAYED = sorted({id for lesson in Library().lessons for id in lesson.scenarios})


@pytest.fixture(scope="module")
def pages(book: Path) -> list[Path]:
    """Every page of the built book but the front door, which leads on to the first of them."""
    found = sorted(path for path in book.rglob("*.html") if path != book / "index.html")
    assert {"search.html", "welcome.html"} <= {path.name for path in found}
    return found


@pytest.fixture(scope="module")
def kinds(pages: list[Path]) -> list[Path]:
    """One page of every kind: all pages, but of those about misconceptions, made from one template, the first two."""
    about = [page for page in pages if page.parent.name == "misconceptions"]
    assert len(about) == len(Library().misconceptions)
    return [page for page in pages if page not in about[2:]]


@pytest.fixture(scope="module")
def visits(chromium: Browser, kinds: list[Path]) -> Iterator[dict[str, dict[str, list[str]]]]:
    """What each kind of page asked for and complained of when it was opened as a file and left alone."""
    context = chromium.new_context(**USUAL)
    found = {page.name: visit(context.new_page(), page.as_uri()) for page in kinds}
    yield found
    context.close()


def visit(page: Page, address: str) -> dict[str, list[str]]:
    """Open *address*; return which addresses were asked for, and what the scripts and the browser complained of."""
    seen: dict[str, list[str]] = {"asked": [], "said": []}
    page.on("request", lambda request: seen["asked"].append(request.url))
    page.on("console", lambda message: seen["said"].append(message.text))
    page.on("pageerror", lambda error: seen["said"].append(str(error)))
    settled(page, address)
    page.close()
    return seen


def settled(page: Page, address: str) -> None:
    """Open *address* and wait for its font and for each case on it to have taken the place of its reading."""
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => true)")
    cases = page.locator("[data-mode]")
    expect(cases.get_by_role("status").and_(page.locator("p"))).to_have_count(cases.count())


def test_the_front_door_needs_no_script(reading: Page, book: Path):
    """Opening index.html leads to the first page, where scripts do not run as well."""
    reading.goto((book / "index.html").as_uri())

    expect(reading).to_have_url((book / "book" / "welcome.html").as_uri())


# Nobody is asked for anything


def test_no_page_asks_another_host(visits: dict[str, dict[str, list[str]]]):
    """Opened as a file, no kind of page asks for anything but files."""
    asked = {
        name: [url for url in seen["asked"] if urlsplit(url).scheme not in ("file", "data")]
        for name, seen in visits.items()
    }

    assert {name: urls for name, urls in asked.items() if urls} == {}


def test_no_served_page_asks_another_host(profile: Any, served: str, book: Path, kinds: list[Path]):
    """Opened from a web server, no kind of page asks any other server, nor for a file that is not there."""
    context = profile(offline=False)
    missing: list[str] = []
    context.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    asked = [
        url for path in kinds for url in visit(context.new_page(), f"{served}/{path.relative_to(book)}")["asked"]
    ]

    assert [url for url in asked if not url.startswith((served + "/", "data:"))] == []
    assert missing == []


def test_no_page_complains(visits: dict[str, dict[str, list[str]]]):
    """No kind of page writes an error or anything else to the console."""
    assert {name: seen["said"] for name, seen in visits.items() if seen["said"]} == {}


# Accessible and narrow


def test_every_page_is_accessible(profile: Any, kinds: list[Path]):
    """No kind of page, as it opens, breaks WCAG 2.2 A or AA: light at desktop width, and dark at 320 pixels.

    Colours hang on the scheme and places on the width, each seen once; the scenes have a test of all four looks.
    """
    page, found = profile().new_page(), {}
    for path in kinds:
        settled(page, path.as_uri())
        for scheme, width in (("light", 1280), ("dark", 320)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            found[path.name, scheme, width] = violations(page)

    assert {name: broken for name, broken in found.items() if broken} == {}


def test_no_page_scrolls_sideways(profile: Any, kinds: list[Path]):
    """At 320 pixels no kind of page is wider than the window, whatever on it is open."""
    page = profile(viewport={"width": 320, "height": 900}).new_page()
    widths = {}
    for path in kinds:
        settled(page, path.as_uri())
        page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        widths[path.name] = page.evaluate("document.documentElement.scrollWidth")

    assert {name: width for name, width in widths.items() if width > 320} == {}


# Light


def test_the_player_is_small():
    """The player is at most 40 kB, gzipped."""
    assert len(gzip.compress((PLAYER / "player.js").read_bytes())) <= 40 * KB


def test_every_page_is_light(visits: dict[str, dict[str, list[str]]]):
    """Each kind of page, with everything that it loads, is at most 300 kB, gzipped."""
    size = {
        name: sum(len(gzip.compress(file.read_bytes())) for file in {local(url) for url in seen["asked"]} if file)
        for name, seen in visits.items()
    }

    assert all(any(url.endswith(".woff2") for url in seen["asked"]) for seen in visits.values())
    assert {name: bytes for name, bytes in size.items() if bytes > 300 * KB} == {}


def local(url: str) -> Path | None:
    """Return the file that *url* names, or nothing where it carries its own data."""
    return Path(unquote(urlsplit(url).path)) if url.startswith("file:") else None


# Without scripts


@pytest.fixture
def reading(profile: Any) -> Page:
    """An empty page in a browser that runs no scripts."""
    return profile(java_script_enabled=False).new_page()


@pytest.mark.parametrize("id", PLAYED)
def test_the_reading_is_whole(id: str, reading: Page, book: Path):
    """Without scripts every scene, choice, consequence, explanation and authority of the case stands on the page."""
    reading.goto(lesson_of(id, book).as_uri())
    data = graph_of(id).data
    choices = [choice for node in data["nodes"].values() for choice in node["choices"].values()]
    wanted = [
        node[part] for node in data["nodes"].values() for part in ("title", "text", "epilogue") if node.get(part)
    ]
    wanted += [choice[part] for choice in choices for part in ("text", "then", "why")]
    wanted += [data["authorities"][cited]["short"] for choice in choices for cited in choice["cites"]]

    shown = plain(reading.locator(f"#{id}").inner_html())
    assert [words for words in wanted if plain(words) not in shown] == []


@pytest.mark.parametrize("id", PLAYED)
def test_every_link_of_the_reading_leads_somewhere(id: str, reading: Page, book: Path):
    """Each link within the page has its target there."""
    reading.goto(lesson_of(id, book).as_uri())
    html = reading.content()
    ids = re.findall(r'\bid="([^"]+)"', html)

    assert [link for link in re.findall(r'href="#([^"]+)"', html) if link not in ids] == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("id", PLAYED)
def test_the_reading_is_walked_by_links(id: str, reading: Page, book: Path):
    """Without scripts one can go from the start to an ending by opening choices and following links."""
    reading.goto(lesson_of(id, book).as_uri())
    nodes = graph_of(id).data["nodes"]
    case = reading.locator(f"#{id}")
    case.get_by_role("link", name="Begin").click()
    for _ in nodes:
        section = case.locator(f"[id='{urlsplit(reading.url).fragment}']")
        expect(section).to_be_in_viewport()
        folds = section.get_by_text("If you choose this", exact=True)
        if not folds.count():
            break
        folds.first.click()
        section.get_by_role("paragraph").filter(has_text=re.compile("^Go on: ")).get_by_role("link").first.click()

    expect(section.get_by_text(re.compile("^It turned out|^It has not turned out"))).to_be_visible()


def test_a_script_that_is_missing_leaves_the_reading(profile: Any, book: Path):
    """Where scripts run but the player's own cannot be loaded, the reading stands there to be read."""
    page = profile().new_page()
    page.route("**/player.js*", lambda route: route.abort())
    page.goto(lesson_of(PLAYED[0], book).as_uri())

    expect(page.locator(f"#{PLAYED[0]}").get_by_role("link", name="Begin")).to_be_visible()


def plain(html: str) -> str:
    """Return the words of *html*, without markup, and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# The facilitator's own


@pytest.mark.parametrize("id", Library().scenario_ids)
def test_only_the_guide_holds_the_facilitators_notes(id: str, library: Library, pages: list[Path]):
    """What is written for the facilitator stands in the guide, and in no other page nor in the data within one."""
    notes = library.scenario(id).notes
    told = [letters(text)[:60] for text in (notes.purpose, *notes.prompts, notes.splits)]
    book = {path.name: letters(plain(path.read_text(encoding="utf-8"))) for path in pages}

    guide = book.pop("facilitators_guide.html")
    assert all(len(text) >= 20 for text in told)
    assert [text for text in told if text not in guide] == []
    assert [(name, text) for name, words in book.items() for text in told if text in words] == []


def letters(text: str) -> str:
    """Return the letters of *text* alone, so that neither quotation marks nor markup hide it."""
    return "".join(filter(str.isalnum, text)).lower()


def test_the_contents_show_where_one_is(profile: Any, book: Path):
    """On a page far down in the contents its line there is in view, and the page itself stands at its top."""
    page = profile(viewport={"width": 1280, "height": 600}).new_page()
    page.goto((book / "book" / "sources.html").as_uri())
    contents = page.get_by_role("navigation", name="Contents")

    expect(contents.locator("[aria-current]")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
