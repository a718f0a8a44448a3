"""The notebooks: short cells, prose before code, no logic, no outputs, and a check at the end."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from casework.library import Library

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if path.name[0].isdigit()]
BANNED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While)
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
by_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def _code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def _tags(cell: nbformat.NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


@by_name
def test_a_notebook_is_well_formed(path: Path):
    """Every notebook is valid by its own format."""
    nbformat.validate(nbformat.read(path, as_version=4))


@by_name
def test_no_outputs_are_kept(path: Path):
    """Outputs and execution counts are made by the build, never committed."""
    assert not [cell for cell in _code(path) if cell.outputs or cell.execution_count is not None]


@by_name
def test_cells_are_short_and_hold_no_logic(path: Path):
    """A code cell has at most twelve lines, and no def, class or loop: those belong in the package, with a test."""
    for cell in _code(path):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 12 or "remove-cell" in _tags(cell)
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, BANNED)]


@by_name
def test_prose_stands_before_every_code_cell(path: Path):
    """A reader is told what is coming before a cell shows it."""
    shown = [cell for cell in nbformat.read(path, as_version=4).cells if "remove-cell" not in _tags(cell)]

    assert [n for n, cell in enumerate(shown) if cell.cell_type == "code" and shown[n - 1].cell_type == "code"] == []


@by_lesson
def test_the_book_hides_all_code(path: Path):
    """No learner meets a line of Python in the book."""
    assert all(_tags(cell) & {"remove-input", "remove-cell"} for cell in _code(path))


@by_lesson
def test_a_lesson_ends_in_a_check_of_its_figures(path: Path):
    """The last code cell is hidden and asserts what the prose quotes: nbval compares nothing on stripped cells."""
    last = _code(path)[-1]

    assert "remove-cell" in _tags(last)
    assert any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(last.source)))


@by_lesson
def test_a_lesson_gives_its_sources_and_the_day_of_the_law(path: Path, library: Library):
    """Each lesson has a section of sources, which names the day of the law as the service's file has it."""
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    day = library.service.law_as_at

    assert "## Sources" in text
    assert f"{day.day} {day:%B %Y}" in text.split("## Sources")[1]


@pytest.mark.parametrize("number", [lesson.number for lesson in Library().lessons])
def test_a_lesson_decides_on_what_it_teaches(number: int, library: Library):
    """Every statement that a lesson says it teaches is decided on in one of its scenarios or drills."""
    lesson = next(one for one in library.lessons if one.number == number)
    cases = {s for id in lesson.scenarios for s in library.scenario(id).teaches}
    drills = {s for file, _ in library.drill_files if file.lesson == number for d in file.drills for s in d.teaches}

    assert set(lesson.teaches) - cases - drills == set()
