"""The player in a live notebook: JupyterLab, a real kernel and a real browser; Python sees what the learner does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from conftest import ROOT
from learner import Learner, best_road, graph_of
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
CASE = "noor-no-label"
CELLS = [
    f'from casework import play\nplayer = play("{CASE}")\nplayer',
    'print("path:", ",".join(player.path), "shape:", player.debrief().shape)',
    "player.path = player.path[:2]",
]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab of this test's own, with a notebook of `CELLS`."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS], metadata=kernel)
    nbformat.write(notebook, tmp_path / "case.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    homes |= {"JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "s"), "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "w")}
    command = [Path(sys.executable).with_name("jupyter-lab"), "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password="]
    environment = os.environ | homes | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with open(tmp_path / "log", "w") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as *address* answers."""
    for _ in range(600):
        assert server.poll() is None, "JupyterLab ended before it answered"
        try:
            urlopen(address, timeout=5).close()
            return
        except URLError:
            # No sleep: asking the process whether it has ended takes the time that is given.
            try:
                server.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError(f"Nothing answered at {address}")


def run_next_cell(page: Page) -> None:
    """Run the selected cell and go to the next one."""
    page.keyboard.press("Shift+Enter")


def test_python_and_the_page_share_one_path(lab: str, profile: Any):
    """What is played in the output is `player.path` and `player.debrief()`; a path set in Python shows on the page.

    One test, because a JupyterLab takes longer to start than all of this to play.
    """
    graph, hosts = graph_of(CASE), set()
    page = profile(offline=False).new_page()
    page.set_default_timeout(60_000)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{lab}/lab/tree/case.ipynb?reset")
    first = page.get_by_role("main").get_by_role("textbox").first
    # A cell that is sent before the kernel stands ready is dropped without a word.
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
    first.click()
    run_next_cell(page)
    learner, road = Learner(page, graph, page.get_by_role("main")), best_road(graph)
    expect(learner.status).to_contain_text("Decision 1.", timeout=60_000)
    learner.play(road)
    expect(learner.heading("Your road")).to_be_visible()

    page.get_by_text("print(").last.click()
    run_next_cell(page)
    expect(page.get_by_text(f"path: {','.join(road)} shape: ({len(road)}, 9)")).to_be_visible()

    run_next_cell(page)
    expect(learner.status).to_contain_text("Decision 3.")
    assert hosts == {lab.split("/")[2]}
