"""The documents say what is there: paths, commands, targets, statements."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from casework import reference
from casework.cli import _parser
from casework.errors import ContentError
from casework.lessons import load_lessons
from casework.library import Library

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_place_in_the_readme_exists():
    """Each file or folder in the tree of the README, and each picture and link, is there."""
    tree = re.search(r"## Where things are\n\n```\n(.*?)```", README, re.DOTALL)[1]
    names = [line.split()[0] for line in tree.splitlines()] + re.findall(r"\]\(([^)#:]+)\)", README)

    assert [name for name in names if not (ROOT / name).exists()] == []


def test_every_make_target_is_described():
    """`make help` and the README describe each target of the Makefile, and the README describes no other."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", README))
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, timeout=30).stdout

    assert told == targets
    assert all(f"make {target} " in helped for target in targets)


def test_every_command_is_in_the_readme():
    """Each command of `casework` stands in the README and has a line of help."""
    commands = _parser()._subparsers._group_actions[0]

    listed = re.search(r"The command `casework` .* has (.*?); each", README)[1]
    assert set(re.findall(r"`([a-z]+)`", listed)) == set(commands.choices)
    assert all(action.help for action in commands._choices_actions)


def test_the_coverage_page_counts_what_is_there(library: Library):
    """Every statement has its row; one that no lesson teaches says `not yet`."""
    page = reference.coverage(library)
    taught = {statement for lesson in library.lessons for statement in lesson.teaches}

    assert all(f"| {id} |" in page for id in library.statements)
    rows = {row.split(" | ")[0].strip("| "): row for row in page.splitlines() if row.startswith("| S")}
    assert {id for id, row in rows.items() if row.split(" | ")[3] != "*not yet*"} == taught


def test_the_sources_page_shows_what_is_to_confirm(library: Library):
    """Each authority is on the page with its address; those to be confirmed say so."""
    page = reference.sources(library)

    assert all(one.href in page for one in library.authorities.values())
    assert page.count("**Still to be confirmed**") == sum(
        one.status == "to-confirm" for one in library.authorities.values()
    )


def test_a_lesson_that_does_not_say_what_it_teaches_is_told(tmp_path: Path):
    """A notebook without its metadata is a clear error, not a lesson that covers nothing."""
    (tmp_path / "02_x.ipynb").write_text('{"cells": [], "metadata": {"casework": {"lesson": 2}}}', encoding="utf-8")

    with pytest.raises(
        ContentError, match=r'02_x\.ipynb: the metadata under "casework" lacks minutes, teaches, title'
    ):
        load_lessons(tmp_path)


def test_the_lock_names_no_index():
    """The lock has a hash for every package and no address of an index, so that any mirror serves."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^#.*\n", "", lock).strip(), flags=re.IGNORECASE)

    assert not re.search(r"https?://|--(extra-)?index-url ", lock)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
