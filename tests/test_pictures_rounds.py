"""The picture of lesson 4: the rounds in one child's folder."""

from __future__ import annotations

import pytest

from casework.errors import ContentError
from casework.pictures import draw_rounds, rounds
from casework.pictures.rounds import read_folder


def test_every_step_of_every_round_is_a_row():
    """Nobody has to see the rings: each step stands in the table with its weeks, and the gap says that it is one."""
    values = draw_rounds().values

    assert values.groupby("round", sort=False)["step"].agg(list).tolist() == [list(rounds.STEPS)] * 3
    assert values.loc[values["written"] == "nothing on paper", ["round", "step"]].values.tolist() == [
        ["Autumn", "review"]
    ]


def test_a_year_runs_forwards():
    """No step starts before the one above it, and none ends after the last week of school."""
    values = draw_rounds().values

    assert values["starts"].is_monotonic_increasing
    assert (values["starts"] <= values["ends"]).all()
    assert values["ends"].max() <= read_folder("stan").school_weeks


def test_the_words_for_a_listener_say_what_each_step_holds():
    """Somebody who does not see the picture hears every line of it, with its weeks."""
    figure = draw_rounds()

    assert all(words in figure.alternative for words in figure.values["says"])
    assert "do, weeks 4 to 14, in part" in figure.alternative


def test_how_much_is_written_is_told_by_shape_as_well_as_colour():
    """A whole step, a step in part and a gap differ in their dashes, so that the picture prints in black."""
    lines = draw_rounds().figure.axes[0].get_lines()[:12]
    looks = [line.get_linestyle() + str(line.get_linewidth()) for line in lines]

    assert looks[0] == looks[1] == looks[2]
    assert len({looks[0], looks[3], looks[4]}) == 3


def test_a_folder_with_a_mistake_is_refused(tmp_path, monkeypatch):
    """A word for `written` that is not one of the three is reported, and nothing is drawn."""
    (tmp_path / "rounds").mkdir()
    text = (rounds.SCENARIOS / "rounds" / "stan.yaml").read_text("utf-8").replace("nothing", "noting")
    (tmp_path / "rounds" / "stan.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rounds, "SCENARIOS", tmp_path)

    with pytest.raises(ContentError, match="written"):
        draw_rounds()
