"""The picture of lesson 3: pupils with SEN in the school census of January 2026."""

from __future__ import annotations

from casework.library import Library
from casework.pictures import draw_school_census
from casework.pictures.school_census import of_a_hundred


def test_the_figures_are_those_of_the_authority():
    """The pupils and percentages drawn stand, in the same digits, in what the course cites for them."""
    says = Library().authorities["sen-figures-2026"].says

    drawn = draw_school_census().values.itertuples()

    assert all(
        figure in says
        for row in drawn
        for figure in (f"{row.pupils:,}", f"({row.per_cent}%)", f"up from {row.per_cent_in_2025}%")
    )


def test_there_are_a_hundred_squares():
    """The groups, rounded to whole pupils, make a hundred: 6, 15 and 79."""
    assert list(of_a_hundred().values()) == [6, 15, 79]
    assert len(draw_school_census().figure.axes[0].patches) == 100 + 3


def test_each_group_has_a_pattern_of_its_own():
    """No meaning by colour alone: hatched, filled, empty."""
    key = draw_school_census().figure.axes[0].patches[-3:]

    assert [bool(square.get_hatch()) for square in key] == [True, False, False]
    assert key[1].get_facecolor() != key[2].get_facecolor()


def test_the_words_state_the_numbers():
    """A listener hears the pupils and both percentages of each group."""
    words = draw_school_census().alternative

    assert all(said in words for said in ("538,547", "6.0", "5.3", "1,319,780", "14.8", "14.2", "79"))
