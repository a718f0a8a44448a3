"""Serving the book on this machine."""

from __future__ import annotations

import threading
import urllib.request
from pathlib import Path

import pytest

from casework.errors import CaseworkError
from casework.serve import open_server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book of one page."""
    (tmp_path / "index.html").write_text("hello", encoding="utf-8")
    return tmp_path


def test_a_taken_port_is_passed_over(folder: Path):
    """The next free port serves where the first is taken, and only on this machine."""
    with open_server(folder, 18100) as first, open_server(folder, first.server_port) as second:
        threading.Thread(target=second.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/") as answer:
            served = answer.read()
        second.shutdown()

        assert served == b"hello"
        assert second.server_port > first.server_port
        assert second.server_address[0] == "127.0.0.1"


def test_a_book_that_is_not_built_says_how(tmp_path: Path):
    """Without a book the error names the command that builds one."""
    with pytest.raises(CaseworkError, match="Build it with `make book`"):
        open_server(tmp_path)
