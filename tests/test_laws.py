"""The laws: each complaint, whole, and the smallest change that causes it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from conftest import ROOT

from casework import scaffold
from casework.checking import check, check_file
from casework.explore import TooManyPlaces, explore
from casework.laws import check_tracks, sound_choice_is_not_given_away, stale_authorities
from casework.library import Library
from casework.readability import too_hard
from casework.scenario import Option

ROWS = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))


def test_a_new_scenario_has_no_problem(shelf: Path):
    """What `casework new` writes passes `check` as it stands."""
    assert check_file(scaffold.write("a-case", shelf), Library(shelf)) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_each_fault_is_told_at_its_line_with_its_remedy(row: dict, shelf: Path):
    """Each small fault in a scenario brings exactly the complaints that the table foretells."""
    path = scaffold.write("a-case", shelf)
    text = path.read_text(encoding="utf-8")
    find, put = (row[key].replace("{title}", "A case") for key in ("find", "put"))
    assert text.count(find) == 1
    path.write_text(text.replace(find, put), encoding="utf-8")

    told = [str(problem).removeprefix(path.as_posix()) for problem in check_file(path, Library(shelf))]

    assert told == row["says"]


def test_all_problems_of_a_file_are_told_together(shelf: Path):
    """An author who made three mistakes hears of all three at the first try."""
    path = scaffold.write("a-case", shelf)
    text = path.read_text(encoding="utf-8")
    for find, put in (("minutes: 10", "minutes: x"), ("phase: primary", "phase: x"), ("weeks: 1", "weekz: 1")):
        text = text.replace(find, put)
    path.write_text(text, encoding="utf-8")

    assert len(check_file(path, Library(shelf))) == 3


def test_a_scenario_that_remembers_too_much_names_the_facts(library: Library):
    """Past the limit of states, the error names the facts that multiply them."""
    scenario = library.scenario("noor-no-label")

    with pytest.raises(TooManyPlaces, match=r"these facts are remembered across most scenes: [a-z-]+"):
        explore(scenario, most=10)


def test_an_authority_not_read_for_a_year_is_a_warning(library: Library):
    """A year and a day after its last check an authority is stale; on the day before it is not."""
    one = SimpleNamespace(authorities={"act": SimpleNamespace(checked=date(2026, 1, 1))})

    assert stale_authorities(one, date(2026, 1, 1) + timedelta(days=366))
    assert not stale_authorities(one, date(2026, 1, 1) + timedelta(days=365))


@pytest.mark.parametrize(("sound", "tells"), [(0, ["first"]), (1, [])], ids=["always first", "always second"])
def test_the_place_of_the_sound_choice_may_not_tell(sound: int, tells: list[str]):
    """Forty decisions whose sound choice is always first give the game away."""
    options = [Option(id=f"o{n}", text="x", why="W", quality="arguable") for n in range(3)]
    options[sound] = options[sound].model_copy(update={"quality": "sound"})
    # Each option is the longest in a third of the decisions: length tells nothing, so only the place can.
    longest = [options[n].model_copy(update={"text": "xx"}) for n in range(3)]
    decisions = {
        f"d{number}": tuple(longest[n] if n == number % 3 else options[n] for n in range(3)) for number in range(40)
    }

    told = sound_choice_is_not_given_away(decisions)

    assert [tell for tell in ("first", "longest") if any(tell in line for line in told)] == tells


def test_the_whole_collection_keeps_the_laws():
    """Everything that the course ships passes its own check, without a warning."""
    report = check(today=date(2026, 11, 24))

    assert report.problems == []
    assert report.warnings == []


def test_a_text_for_scholars_is_a_warning(library: Library):
    """A scenario whose scenes ask for an older reader than 14 is reported; as it stands it is not."""
    scenario = library.scenario("noor-no-label")
    name, node = next(iter(scenario.nodes.items()))
    heavy = "Notwithstanding administrative considerations, interdepartmental responsibilities predominate " * 400
    nodes = {**scenario.nodes, name: node.model_copy(update={"text": heavy})}

    assert too_hard({"x": scenario}) == []
    assert "the scenes ask for a reader of" in too_hard({"x": scenario.model_copy(update={"nodes": nodes})})[0]


def test_a_step_of_a_track_leads_somewhere(shelf: Path):
    """A track that names a lesson or a case that is not there is told so, with its line."""
    tracks = shelf / "tracks.yaml"
    text = (ROOT / "scenarios" / "tracks.yaml").read_text(encoding="utf-8").replace("assessment", "assesment")
    tracks.write_text(text, encoding="utf-8")
    line = text.splitlines().index(next(row for row in text.splitlines() if "assesment" in row)) + 1

    told = [str(problem) for problem in check_tracks(Library(shelf))]
    assert any(f":{line}: there is no page" in one for one in told)
