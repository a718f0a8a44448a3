"""The picture of lesson 3: one child's difficulties over the four areas."""

from __future__ import annotations

from casework.pictures import draw_needs_cross

DIFFICULTIES = ["noise", "telling", "pen", "silence"]


def test_no_difficulty_lies_in_one_area_alone():
    """The point of the picture: each difficulty touches two areas or three."""
    touched = draw_needs_cross().values[DIFFICULTIES].sum()

    assert touched.to_dict() == {"noise": 3, "telling": 2, "pen": 2, "silence": 2}


def test_the_fullest_area_leaves_the_pen_out():
    """Tick only the area with most marks, and one difficulty is on nobody's list."""
    values = draw_needs_cross().values.set_index("area")
    fullest = values["difficulties"].idxmax()

    assert fullest == "communication and interaction"
    assert values.loc[fullest, DIFFICULTIES].tolist() == [1, 1, 0, 1]


def test_the_words_name_each_mark():
    """A listener hears for every area which difficulties touch it, and how many marks there are."""
    words = draw_needs_cross().alternative

    assert "9 marks" in words
    assert "Sensory and/or physical: noise and pen." in words
    assert "Communication and interaction: noise, telling and silence." in words


def test_a_mark_is_a_shape_and_its_lack_a_dash():
    """No meaning by colour alone: nine diamonds, seven dashes."""
    axes = draw_needs_cross().figure.axes[0]

    assert sum(line.get_marker() == "D" for line in axes.lines) == 9
    assert sum(text.get_text() == "–" for text in axes.texts) == 7
