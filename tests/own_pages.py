"""Pages that read a learner's record, as the book has them, for the tests of each: opened as files, one at a time."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from axe import violations
from conftest import ROOT
from playwright.sync_api import Page

from casework.book import GROUND, MADE_SCRIPTS, PLAYER, SCRIPTS, THEME, stylesheet
from casework.library import Library

KEY = "needs-first/record"
FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def body_of(name: str) -> str:
    """Return what the page *name* of the book shows and its scripts take over."""
    text = (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    return re.search(r"^```\{raw\} html\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[1]


@cache
def made(library: Library) -> dict[str, str]:
    """Return the scripts that are made from *library*."""
    return {name: write(library) for name, (_, write) in MADE_SCRIPTS.items()}


def write_own_page(folder: Path, name: str, library: Library) -> str:
    """Write the page *name* with all that it loads into *folder*, and return its address."""
    body = body_of(name)
    called = [script for script, (call, _) in MADE_SCRIPTS.items() if call in body]
    called += [script for script, call in SCRIPTS.items() if call in body]
    for script in (*GROUND, *called):
        text = made(library).get(script) or (PLAYER / script).read_text(encoding="utf-8")
        (folder / script).write_text(text, encoding="utf-8")
    shutil.copytree(THEME / "static" / "fonts", folder / "fonts", dirs_exist_ok=True)
    loaded = "".join(f'<script defer src="{script}"></script>' for script in (*GROUND, *called))
    page = folder / f"{name}.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en-GB" data-content_root="../"><head><meta charset="utf-8">'
        '<title>A page</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{stylesheet()}</style>{loaded}</head><body><main id="main" style="padding: 1rem">'
        f"<section><h1>A page</h1>{body}</section></main></body></html>",
        encoding="utf-8",
    )
    return page.as_uri()


def keep(page: Page, attempts: Iterable[dict[str, Any]]) -> None:
    """Have the browser hold *attempts* when a page is opened for the first time."""
    text = json.dumps(json.dumps({"format": 1, "attempts": [*attempts]}))
    # A tab keeps its name when it is loaded again; the store that it is then given may be a moment old, even empty.
    put = f"localStorage['{KEY}'] = {text}"
    page.add_init_script(f"try {{ if (!window.name) {{ window.name = 'held'; {put} }} }} catch {{}}")


def kept(page: Page) -> list[dict[str, Any]]:
    """Return the attempts that the browser holds."""
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or '{"attempts": []}')["attempts"]


def answer_with(library: Library, quality: str) -> Callable[[str], str]:
    """Return a function from a drill's id to an answer of *quality*, or of the next better one if it has none."""
    order = ("unsound", "arguable", "sound")
    wanted = order[order.index(quality) :]

    def entry(id: str) -> str:
        options = library.drills[id].choices
        return f"{id}/{next(one.id for better in wanted for one in options if one.quality == better)}"

    return entry


def attempt(scenario: str, path: Iterable[str], at: str = "2026-11-02T09:00:00.000Z", **given: Any) -> dict[str, Any]:
    """Return an attempt as a browser keeps it; *at* is when it was begun and last touched."""
    path = [*path]
    usual = {"id": f"{scenario}-{at[:10]}", "scenario": scenario, "hash": "", "mode": "guided", "begun": at}
    return usual | {"touched": at, "path": path, "sure": [2] * len(path)} | given


def broken(page: Page) -> dict[tuple[str, int], list[str]]:
    """Return what keeps somebody out of the page as it stands, light and dark, narrow and wide, or is too wide."""
    found = {}
    for scheme, width in product(("light", "dark"), (320, 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[scheme, width] = violations(page) + ([f"{wide} pixels wide"] if wide > width else [])
    return {case: said for case, said in found.items() if said}
