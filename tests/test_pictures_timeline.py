"""The picture of lesson 8: the weeks after a request, and the two clocks after a refusal."""

from __future__ import annotations

from datetime import timedelta

from casework.dates import last_day_to_appeal, timetable
from casework.pictures import draw_timeline
from casework.pictures.timeline import CERTIFIED, REFUSED, REQUESTED, said


def test_the_days_are_those_of_the_calculator():
    """The picture reckons nothing itself: each last day is the one that casework.dates gives."""
    values = draw_timeline().values
    steps = [said(step.last_day) for step in timetable(REQUESTED) if step.last_day]

    assert values.loc[values["counted_from"].str.startswith("request"), "last_day"].tolist() == steps
    assert values["counts"].dropna().tolist() == [
        said(last_day_to_appeal(REFUSED, day).last_day) for day in CERTIFIED
    ]


def test_all_weeks_are_drawn_from_the_day_of_the_request():
    """6, 16 and 20 weeks begin at one edge and end 42, 112 and 140 days on: none begins where another ends."""
    bars = [(patch.get_x(), patch.get_width()) for patch in draw_timeline().figure.axes[0].patches[:5:2]]

    assert bars == [(0, 42), (0, 112), (0, 140)]


def test_a_length_of_time_has_no_day_and_another_look():
    """Advice and the draft are hatched, because the request gives them no date: not only another colour."""
    figure = draw_timeline()
    hatched = [bool(patch.get_hatch()) for patch in figure.figure.axes[0].patches[:5]]

    assert hatched == [False, True, False, True, False]
    assert figure.values.loc[[1, 3], "last_day"].isna().all()


def test_the_drawn_draft_leaves_at_least_fifteen_days():
    """The example of a draft plan is as long as regulation 13 asks, and ends before the twenty weeks do."""
    draft = draw_timeline().figure.axes[0].patches[3]

    assert draft.get_width() >= 15
    assert draft.get_x() + draft.get_width() < 140


def test_one_certificate_changes_the_day_and_one_does_not():
    """The example shows both cases of the rule: once the letter's clock is the later, once the certificate's."""
    from_letter = last_day_to_appeal(REFUSED, None).last_day
    early, late = (last_day_to_appeal(REFUSED, day).last_day for day in CERTIFIED)

    assert early == from_letter < late
    assert late - from_letter == timedelta(days=7)


def test_a_listener_hears_every_day():
    """Each date of the table is in the words for somebody who does not see the bars, and in the drawing."""
    figure = draw_timeline()
    drawn = " ".join(text.get_text() for text in figure.figure.axes[0].texts)

    for day in figure.values["last_day"].dropna():
        assert day in figure.alternative
        assert day.removesuffix(" 2026") in drawn


def test_what_is_not_confirmed_is_said():
    """The sixteen weeks rest on memory, and the caption says so."""
    assert "still to be confirmed" in draw_timeline().caption
