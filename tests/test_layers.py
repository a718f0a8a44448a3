"""The floors of the house: imports go down only, and a heavy library has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# From the ground up. A module may import what stands above it in this list, never what stands below.
FLOORS = [
    ["errors"],
    ["record.attempts"],
    ["load", "lessons", "dates", "record.merging", "record.reading"],
    ["funding.rates"],
    ["funding.provision"],
    ["scenario", "funding.plans"],
    ["funding.school", "tool", "handouts", "prompts"],
    ["library", "funding.budget"],
    ["explore", "readability", "words"],
    ["graph"],
    ["walk", "laws", "map", "scaffold", "serve"],
    ["tool_laws", "handout_laws"],
    ["proof", "checking", "reference", "terminal", "record.course"],
    ["packs.markdown", "packs.build"],
    ["packs.roads", "packs.coaching"],
    ["packs.sheets", "packs.costing", "packs.workshop"],
    ["packs.guide"],
    ["packs"],
    ["record.played", "record.codes"],
    ["record"],
    ["pictures.tokens", "pictures.sliders"],
    ["pictures.slim", "pictures.canvas"],
    ["pictures.picture"],
    [
        "pictures.needs_cross",
        "pictures.rounds",
        "pictures.school_census",
        "pictures.three_questions",
        "pictures.three_ways",
        "pictures.timeline",
        "pictures.two_years",
        "pictures.waiting",
        "pictures.what_stays",
        "pictures.whose_job",
    ],
    ["pictures"],
    ["funding.charts.marks", "sweep"],
    ["funding.charts.child", "funding.charts.pupils", "funding.charts.school"],
    ["funding.charts"],
    ["player.cited", "player.catalogue"],
    ["player.dates_page", "player.writing_page", "player.workshop_page"],
    ["cohort.choices", "cohort.progress_bar", "simulate", "xapi", "review", "assessment"],
    ["cohort.columns"],
    ["cohort.read"],
    ["cohort.frames"],
    ["cohort.progress", "cohort.figures"],
    ["cohort.page"],
    ["cohort"],
    ["player.page", "player.sheet", "player.published", "player.tools_page"],
    ["player.planner_data"],
    ["player.planner_page"],
    ["player.widget", "player.planner", "tools", "terms"],
    ["book", "cli"],
]
DOORS = {
    "anywidget": {"player.published"},
    "matplotlib": {"pictures.canvas"},
    "grandalf": {"map"},
    "fsrs": {"review"},
    "holidays": {"dates"},
    "sphinx": {"book", "terms"},
    "textstat": {"readability"},
    "typst": {"packs.build"},
}


def _modules() -> dict[str, Path]:
    files = (ROOT / "casework").rglob("*.py")
    names = {path: path.relative_to(ROOT / "casework").with_suffix("").as_posix().replace("/", ".") for path in files}
    return {name.removesuffix(".__init__"): path for path, name in names.items() if name != "__init__"}


def _imports(path: Path, typing: bool = True) -> set[str]:
    """Return the full names that a module imports, wherever in it; without *typing*, those for type checkers not."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not typing
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
PACKAGES = {"funding", "player"}  # a docstring each


def test_every_module_has_its_floor():
    """The table knows every module of the package, and names none that is gone."""
    assert set(_modules()) - PACKAGES == set(FLOOR)


@pytest.mark.parametrize("name", sorted(FLOOR))
def test_imports_go_down_only(name: str):
    """No module imports one from its own floor or from above."""
    own = {imported.removeprefix("casework.") for imported in _imports(_modules()[name])}
    typing_only = {"library"} if name == "graph" else set()

    assert [other for other in sorted(own & set(FLOOR) - typing_only) if FLOOR[other] >= FLOOR[name]] == []


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_heavy_library_has_one_door(library: str):
    """Only the modules that are its door import a heavy library."""
    users = {
        name
        for name, path in _modules().items()
        if any(imported.split(".")[0] == library for imported in _imports(path, typing=False))
    }

    assert users == DOORS[library]


def test_checking_loads_nothing_heavy():
    """`casework check` starts at once: no widget, picture or table library of ours is loaded for it."""
    code = (
        "import sys, casework.cli as c; c.main(['check']); "
        "print(sorted({'anywidget', 'ipywidgets', 'matplotlib', 'pandas', 'sphinx', 'typst'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "[]"
