"""The picture of lesson 2: who has which part, and which word stands on it."""

from __future__ import annotations

from casework.pictures import draw_whose_job


def test_every_must_is_on_somebody_who_was_not_in_the_room():
    """In law the duty lies on the trust, and the council must co-operate; no must is on a member of staff."""
    values = draw_whose_job().values
    musts = values[values["word"] == "Must"]

    assert musts["who"].tolist() == ["The academy trust", "The council"]
    assert set(musts["where"]) == {"Without a chair"}


def test_each_box_says_its_word_and_what_that_rests_on():
    """No meaning is carried by the border alone: the word and its authority stand in the box."""
    figure = draw_whose_job()
    boxes = figure.html("p").split("<li")[1:]

    rows = zip(boxes, figure.values["word"], figure.values["rests_on"], strict=True)

    assert all(f"<strong>{word}</strong> ({rests_on})" in box for box, word, rests_on in rows)


def test_the_words_for_a_listener_carry_every_authority():
    """Somebody who does not see the picture is told the same sections and paragraphs."""
    figure = draw_whose_job()

    assert all(number in figure.alternative for number in ("6.36", "6.45", "66", "77", "67", "29"))
