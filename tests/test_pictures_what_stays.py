"""The picture of lesson 9: what stays with the service, and what goes on."""

from __future__ import annotations

from casework.pictures import draw_what_stays_and_what_goes_on
from casework.pictures.what_stays import AT_ONCE, EDGES


def test_only_a_worry_about_safety_goes_on_without_a_yes_and_with_a_name():
    """Nothing else that names somebody is passed on unless they agree: there is one exception, and it is said."""
    values = draw_what_stays_and_what_goes_on().values
    unasked = values[values["on_whose_yes"].str.startswith("With a yes or without")]

    assert unasked["where"].tolist() == [AT_ONCE[0]] == ["Goes to the supervisor at once"]


def test_in_this_hour_nobody_said_anything_of_that_kind():
    """The example is of ordinary confidence: the box for a worry is there, and stayed empty."""
    values = draw_what_stays_and_what_goes_on().values.set_index("where")

    assert values.loc[AT_ONCE[0], "who"] == ""
    assert values.loc[AT_ONCE[0], "what"].endswith("In this hour, nothing did.")


def test_each_box_says_where_and_on_whose_yes():
    """No meaning is carried by the border alone: both stand in the box as words."""
    figure = draw_what_stays_and_what_goes_on()
    boxes = figure.html("p").split("<div")[1:]

    assert len(boxes) == len(EDGES) == 4
    assert all(where in box and yes in box for box, (where, yes) in zip(boxes, EDGES, strict=True))


def test_the_words_for_a_listener_name_all_four_places():
    """Somebody who does not see the boxes is told each of them, in the same order."""
    words = draw_what_stays_and_what_goes_on().alternative
    places = [words.find(where) for where, _ in EDGES]

    assert -1 not in places
    assert places == sorted(places)
