"""The command line, as its users type it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from casework import scaffold
from casework.cli import main
from casework.graph import compile_graph
from casework.library import Library
from casework.load import read_yaml
from casework.proof import prove
from casework.terminal import play


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture):
    """With nothing wrong, `check` counts what it checked and returns 0."""
    assert main(["check"]) == 0
    assert "no problem" in capsys.readouterr().out


def test_check_lists_every_problem_and_fails(shelf: Path, capsys: pytest.CaptureFixture):
    """With something wrong, `check` prints file, line and remedy, and returns 1."""
    path = scaffold.write("a-case", shelf)
    path.write_text(path.read_text(encoding="utf-8").replace("phase:", "phrase:"), encoding="utf-8")

    assert main(["check", str(path)]) == 1
    told = capsys.readouterr().out
    assert f'{path}:8: "phrase" is not a key. Did you mean "phase"?' in told
    assert "2 problems" in told or "1 scenario: 2 problems" in told


def test_an_unknown_scenario_is_no_traceback(capsys: pytest.CaptureFixture):
    """A misspelt id is answered in one line, with the id that was meant, and status 1."""
    assert main(["proof", "noor-no-lable"]) == 1
    assert capsys.readouterr().err == 'There is no scenario "noor-no-lable". Did you mean "noor-no-label"?\n'


def test_proof_prints_the_exact_facts(capsys: pytest.CaptureFixture):
    """`proof` prints what a guesser scores as a fraction, so that nobody has to trust a rounding."""
    library = Library()
    graph = compile_graph("noor-no-label", library.scenario("noor-no-label"), library)

    assert main(["proof", "noor-no-label"]) == 0
    assert f"exactly {prove(graph).guesser}" in capsys.readouterr().out


def test_map_draws_every_scene_once(tmp_path: Path):
    """The map is SVG with one box a scene, and no two boxes overlap."""
    target = tmp_path / "map.svg"
    main(["map", "noor-no-label", "-o", str(target)])
    boxes = [
        (float(box.get("x")), float(box.get("y")))
        for box in ElementTree.parse(target).iter("{http://www.w3.org/2000/svg}rect")
    ]

    assert len(boxes) == len(Library().scenario("noor-no-label").nodes)
    assert not [1 for n, a in enumerate(boxes) for b in boxes[:n] if abs(a[0] - b[0]) < 190 and abs(a[1] - b[1]) < 64]


@pytest.mark.parametrize("id", ["Noor", "two words", "-x", "noor-no-label"])
def test_new_refuses_a_bad_or_taken_id(id: str, capsys: pytest.CaptureFixture):
    """`new` writes nothing under an id that is none, or that exists."""
    assert main(["new", "--", id]) == 1
    assert "id" in capsys.readouterr().err


def test_rates_print_their_day_and_source(capsys: pytest.CaptureFixture):
    """Each figure stands with the day from which it holds and where it was seen."""
    assert main(["rates"]) == 0
    line = next(row for row in capsys.readouterr().out.splitlines() if row.startswith("high-needs-threshold"))
    assert "6,000" in line and "2013-04-01" in line and "GOV-NSB25" in line


def test_the_schema_fits_a_new_scenario(shelf: Path, capsys: pytest.CaptureFixture):
    """The JSON Schema that an editor completes from accepts what `new` writes, and refuses a misspelt key."""
    main(["schema"])
    schema = json.loads(capsys.readouterr().out)
    data, _ = read_yaml(scaffold.write("a-case", shelf))
    data["minutes"] = int(data["minutes"])
    data["nodes"]["first-call"]["choices"][0]["weeks"] = 1

    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "titel": "x"}, schema)


def test_a_case_can_be_played_in_the_terminal(library: Library):
    """Typing numbers plays a scenario; a wrong key is answered, and going back takes one choice away."""
    graph = compile_graph("noor-no-label", library.scenario("noor-no-label"), library)
    road = prove(graph).best
    answers, said = ["x", "1", "b"], []
    position = 0
    for entry in road:
        edges = graph.places[position].edges
        answers.append(str(list(edges).index(entry.partition("/")[2]) + 1))
        position = edges[entry.partition("/")[2]]
    replies = iter(answers)

    ended = play(graph, ask=lambda _: next(replies), say=said.append)

    assert ended.path == road
    assert "Type a number from 1 to" in "".join(said)
