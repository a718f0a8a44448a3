"""Pages with one of the small tools of the tests on it, for the tests of a kind."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT
from playwright.sync_api import Page
from stand_in import LIVE, write_page

from casework.book import SCRIPTS, scrollable
from casework.library import Library
from casework.tools import ToolWidget, show_tool


def own_library(folder: Path) -> Library:
    """Return the course's library, copied into *folder*, with the small tools of the tests beside its own."""
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    shutil.copytree(ROOT / "tests" / "tools", folder / "scenarios" / "tools", dirs_exist_ok=True)
    return Library(folder / "scenarios")


def open_tool(page: Page, folder: Path, library: Library, id: str) -> Page:
    """Open a page of the book, written into *folder*, with the tool *id*."""
    body = scrollable(show_tool(id, library).page_html())
    page.goto(write_page(folder, id, body, *[script for script, call in SCRIPTS.items() if call in body]))
    return page


def show_live(page: Page, library: Library, id: str) -> ToolWidget:
    """Show the tool *id* as a notebook does, and return it."""
    tool = show_tool(id, library)
    page.goto("about:blank")
    page.evaluate(LIVE, [tool._esm, {"data": tool.data, "state": tool.state}, "state"])
    return tool
