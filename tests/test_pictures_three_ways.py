"""The picture of lesson 7: one figure, three readings, one of them true."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg

from casework.pictures import draw_three_ways
from casework.pictures.three_ways import WAYS


def test_one_reading_is_right_and_two_are_struck():
    """£6,000 is a line on costs between school and council; it is no gate and no cash for each child."""
    values = draw_three_ways().values.set_index("reading")

    assert values["verdict"].to_dict() == {
        "a line on costs": "Right",
        "a gate": "Wrong",
        "cash for each child": "Wrong",
    }


def test_each_verdict_is_written_and_not_only_struck_or_coloured():
    """A reader who sees neither colour nor stroke is told in words which is right."""
    svg = draw_three_ways().svg("p")

    assert all(f"{way.verdict}: {way.reading}" in svg for way in WAYS)


def test_the_line_is_about_school_and_council_and_the_others_name_no_payer():
    """The true reading alone says who pays; the gate says that no sum comes before asking."""
    says = draw_three_ways().values.set_index("reading")["says"]

    assert ["pays" in words for words in says] == [True, False, False]
    assert says["a gate"] == "No sum comes before asking for an EHC needs assessment."


def test_the_words_for_a_listener_say_each_reading_and_its_verdict():
    """Somebody who does not see the picture is told what is drawn, and what is struck out."""
    words = draw_three_ways().alternative

    assert words.count("Wrong, and struck out") == 2
    assert all(words.count(part) == 1 for part in ("Right: a line on costs", "a gate marked", "one for each child"))


def test_every_label_stands_free_and_whole():
    """No label covers another or is cut, in the widest font that a page is likely to use."""
    figure = draw_three_ways().figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    spans = [label.get_window_extent(renderer).padded(-1.5) for axes in figure.axes for label in axes.texts]

    assert not [1 for one, other in combinations(spans, 2) if one.overlaps(other)]
    assert all(span.x0 >= 0 and span.x1 <= figure.bbox.x1 and span.y0 >= 0 for span in spans)
