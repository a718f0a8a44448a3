"""What the tests share: the library, made-up shelves, the built book, and a real browser without network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from casework.library import Library
from casework.serve import open_server

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Smooth scrolling only makes a test wait.
USUAL: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "offline": True,
    "reduced_motion": "reduce",
}


def come_back(page: Page) -> None:
    """Load *page* again once Chromium has handed on what the page kept.

    Opened as a file, a page that is loaded again within the same moment can see the store as it was before.
    """
    page.wait_for_timeout(500)
    page.reload()


@pytest.fixture(scope="session")
def library() -> Library:
    """The course's own library."""
    return Library()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with the course's reference files and no scenario, to put made-up scenarios into."""
    folder = tmp_path / "scenarios"
    shutil.copytree(ROOT / "scenarios", folder)
    for id in Library(folder).scenario_ids:
        (folder / f"{id}.yaml").unlink()
    # A way through a course needs its lessons and cases.
    (folder / "tracks.yaml").write_text("{}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def book() -> Path:
    """The folder of the built book; a warning or a failing cell fails the build, and so every test that needs it."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-q"]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert built.returncode == 0, built.stdout + built.stderr
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def served(book: Path) -> Iterator[str]:
    """The address of the built book on a web server of this machine."""
    with open_server(book, 18700) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium: the machine's own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "The browser tests need Chromium. On Debian: apt-get install chromium."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def profile(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a fresh browser profile, as `context` but for the options given; see `Browser.new_context`."""
    opened: list[BrowserContext] = []

    def open_profile(**options: Any) -> BrowserContext:
        opened.append(chromium.new_context(**USUAL | options))
        opened[-1].set_default_timeout(10_000)
        return opened[-1]

    yield open_profile
    for context in opened:
        context.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile at desktop width, with the network off."""
    context = chromium.new_context(**USUAL)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page; an error in its scripts fails the test that uses it."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors
