"""Measure what learners and authors wait for, side by side in one run: `make bench`.

Nothing here is a test: a machine's speed is not a promise. What matters is the ratio to the floor, a page of
2 kB written by hand with the same first scene and no style sheet of ours.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from statistics import median

from conftest import FLAGS, ROOT
from playwright.sync_api import Browser, sync_playwright
from random_scenarios import STUB

from casework.explore import explore
from casework.graph import compile_graph
from casework.library import Library
from casework.scenario import Scenario
from casework.serve import BOOK, open_server

ROUNDS = 9
LESSON = "notebooks/01_needs_before_labels.html"
# The moment at which the first choice of the case can be clicked: it is there, and a frame has been painted.
READY = """
const seen = () => document.querySelector("#noor-no-label input[type=radio]");
const watch = new MutationObserver(look);
function look() {
  if (!seen() || window.readyAt) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => (window.readyAt = performance.now())));
}
watch.observe(document, { childList: true, subtree: true });
"""
CLICK = """() => new Promise((done) => {
  const box = document.querySelector("#noor-no-label");
  box.querySelector("input[type=radio]").click();
  const begun = performance.now();
  box.querySelector("button[type=submit]").click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        shutil.copytree(BOOK, site)
        (site / "floor.html").write_text(floor(), encoding="utf-8")
        server = open_server(site, 18200)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        pages(browser, address, site)
        browser.close()
        server.shutdown()
    sizes()
    authors()


def pages(browser: Browser, address: str, site: Path) -> None:
    """Time the first choice on both pages by turns, then a click, and weigh what the lesson loads."""
    times: dict[str, list[float]] = {"floor": [], "lesson": []}
    for _ in range(ROUNDS):
        times["floor"].append(first_choice(browser, f"{address}/floor.html"))
        times["lesson"].append(first_choice(browser, f"{address}/{LESSON}"))
    base = median(times["floor"])
    for name, values in times.items():
        row(f"first choice, {name}", f"{median(values):.0f} ms, {median(values) / base:.2f} x the floor")
    row("click to the next screen", f"{median(click(browser, f'{address}/{LESSON}') for _ in range(ROUNDS)):.0f} ms")
    names = requests(browser, f"{address}/{LESSON}", address)
    raw = [(site / name).read_bytes() for name in names]
    packed = sum(len(gzip.compress(one, 9)) for one in raw)
    row("lesson 1, all told", f"{len(names)} requests, {sum(map(len, raw)):,} bytes, {packed:,} gzipped")


def first_choice(browser: Browser, url: str) -> float:
    """Return milliseconds from navigation to a first choice that can be clicked, with an empty cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(READY)
    page.goto(url)
    page.wait_for_function("window.readyAt")
    ready = page.evaluate("window.readyAt")
    context.close()
    return ready


def click(browser: Browser, url: str) -> float:
    """Return milliseconds from choosing to the painted screen that follows."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#noor-no-label input[type=radio]")
    taken = page.evaluate(CLICK)
    context.close()
    return taken


def requests(browser: Browser, url: str, address: str) -> list[str]:
    """Return the files that a page asks for."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}/").split("?")[0]))
    page.goto(url, wait_until="networkidle")
    context.close()
    return sorted(set(asked))


def floor() -> str:
    """Return a page of about 2 kB with the first scene of the same case, its choices as radios."""
    library = Library()
    graph = compile_graph("noor-no-label", library.scenario("noor-no-label"), library)
    node = graph.node(graph.start)
    choices = "".join(
        f"<p><label><input type=radio name=c value={id}> {escape(choice['text'])}</label>"
        for id, choice in node["choices"].items()
    )
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(node['title'])}</title>"
        f"<main id=noor-no-label><h1>{escape(node['title'])}</h1>{node['text']}<form><fieldset>"
        f"<legend>{escape(node['ask'])}</legend>{choices}</fieldset><button>Choose</button></form></main>"
    )


def sizes() -> None:
    """Weigh the scripts."""
    for script in sorted((BOOK / "_static").glob("*.js")):
        if script.name in {"player.js", "planner.js", "sweep.js", "tools.js"}:
            row(script.name, f"{len(gzip.compress(script.read_bytes(), 9)):,} bytes gzipped")


def authors() -> None:
    """Time check, a clean book, a book with nothing changed, and the compile."""
    row("casework check", f"{timed(lambda: run('casework', 'check'), 7):.2f} s")
    build = lambda: run("jupyter-book", "build", ".", "-W", "-q")  # noqa: E731
    shutil.rmtree(ROOT / "_build")
    row("book, clean", f"{timed(build, 1):.1f} s")
    row("book, nothing changed", f"{timed(build, 3):.1f} s")
    large = ten_thousand()
    row("states a second, explored", f"{len(explore(large)) / timed(lambda: explore(large), 7):,.0f}")
    compiled = timed(lambda: compile_graph("large", large, STUB), 7)
    row("states a second, compiled", f"{len(explore(large)) / compiled:,.0f} of {len(explore(large)):,}")


def ten_thousand() -> Scenario:
    """Return a scenario of about 10,000 states: ten facts, remembered along a road of scenes until its end."""
    facts = [f"f{n}" for n in range(10)]
    option = {"text": "T", "why": "W", "cites": ["act"], "quality": "sound", "then": "T"}
    nodes = {}
    for n in range(20):
        mark = {"marks": [facts[n]]} if n < 10 else {"needs": [facts[n - 10]]}
        to = f"n{n + 1}"
        choices = [{**option, "id": "a", "to": to, **mark}, {**option, "id": "b", "to": to}]
        nodes[f"n{n}"] = {"stage": "plan", "title": "T", "text": "T", "ask": "A", "choices": choices}
    nodes["n20"] = {"stage": "close", "title": "E", "text": "E", "verdict": "well", "epilogue": "E"}
    card = {
        "change": "C",
        "ask": "A",
        "choices": [{key: option[key] for key in ("text", "why", "cites", "quality")} | {"id": id} for id in "ab"],
    }
    return Scenario.model_validate(
        {
            "title": "T", "about": "A", "role": "R", "minutes": 1, "area": ["cognition-and-learning"],
            "phase": "primary", "setting": "maintained", "teaches": ["S04"], "checked": "2026-11-24", "start": "n0",
            "marks": {fact: fact for fact in facts}, "nodes": nodes, "reflect": ["Q", "Q"], "variations": [card],
            "notes": {"purpose": "P", "prompts": ["P"], "splits": "S"},
        }
    )  # fmt: skip


def run(command: str, *arguments: str) -> None:
    """Run a command of this environment, quietly; a failure stops the benchmark."""
    program = Path(sys.executable).with_name(command)
    subprocess.run([program, *arguments], cwd=ROOT, check=True, capture_output=True)


def timed(act: Callable[[], object], rounds: int) -> float:
    """Return the median seconds of *act* over *rounds*."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return median(times)


def row(name: str, value: str) -> None:
    """Print one line of the table."""
    print(f"{name:28}{value}", flush=True)


if __name__ == "__main__":
    main()
