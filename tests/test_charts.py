"""Pictures of money: the numbers drawn are those of the tables, and no picture makes a gate of £6,000."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pandas import DataFrame

from casework.funding import charts
from casework.funding.budget import cost_pupils, notional_budget, summary, through_the_year
from casework.funding.rates import load_rates
from casework.funding.school import load_school
from casework.pictures import Picture

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def costs() -> DataFrame:
    """Return what each of Quillbeck's pupils costs, in pence."""
    return cost_pupils(load_school(), load_rates(), DAY)


@pytest.fixture(scope="module")
def budget() -> DataFrame:
    """Return the parts of Quillbeck's notional budget, in pence."""
    return notional_budget(load_school(), load_rates(), DAY)


@pytest.fixture
def pictures(costs: DataFrame, budget: DataFrame) -> list[Picture]:
    """Return one of each picture of money."""
    return [
        charts.draw_child_cost(),
        charts.draw_pupils_against_threshold(costs),
        charts.draw_needs_spread(costs),
        charts.draw_who_carries(summary(costs, budget)),
        charts.draw_through_the_year(through_the_year(costs, budget)),
        charts.draw_how_long_it_lasts(),
        charts.draw_notional_budget(),
    ]


def labels(picture: Picture) -> list[str]:
    """Return every label of the picture."""
    return [text.get_text() for axes in picture.figure.axes for text in axes.texts]


def pence(values: list[Decimal]) -> list[int]:
    """Return Decimal pounds as whole pence."""
    return [int(value * 100) for value in values]


def test_every_picture_of_money_is_for_practice_only(pictures: list[Picture]):
    """Prices differ by area and year, and each caption says so."""
    assert [picture.title for picture in pictures if "For practice only" not in picture.caption] == []


def test_a_picture_with_the_line_says_that_it_is_no_condition(pictures: list[Picture]):
    """Wherever £6,000 is drawn as a line, the caption says what it is not."""
    drawn = [picture for picture in pictures if "£6,000" in labels(picture)]

    assert len(drawn) == 2
    assert all("is a condition of asking for an EHC needs assessment" in picture.caption for picture in drawn)


def test_every_label_in_pounds_is_said_in_words(pictures: list[Picture]):
    """A listener gets each sum of money that a reader sees; the price an hour is in the caption."""
    for picture in pictures:
        words = f"{picture.alternative} {picture.caption}"
        seen = {word.strip(".,:") for label in labels(picture) for word in label.split() if "£" in word}

        assert {sum for sum in seen if sum not in words} <= {"£0", "£"}, picture.title


@pytest.mark.parametrize(
    ("hours", "group", "cost", "school", "above"),
    [
        (10, 1, "6536.00", "6000.00", "536.00"),
        (10, 2, "3268.00", "3268.00", "0.00"),
        (25, 1, "16340.00", "6000.00", "10340.00"),
        (1, 3, "217.87", "217.87", "0.00"),
    ],
)
def test_child_cost_is_hours_times_weeks_over_the_group(hours: int, group: int, cost: str, school: str, above: str):
    """£17.20 an hour, 38 weeks (ledger 7.01, 7.17): the year's cost, split at £6,000."""
    row = charts.draw_child_cost(hours, group).values.iloc[0]

    assert [str(row[name]) for name in ("£_a_year", "£_school", "£_above")] == [cost, school, above]


def test_child_cost_shows_its_sum():
    """The picture teaches the method: price × hours × weeks ÷ children."""
    assert "£17.20 × 10 hours × 38 weeks ÷ 2 children" in labels(charts.draw_child_cost(10, 2))


def test_child_cost_under_the_line_is_never_a_refusal():
    """A sum within £6,000 is said as what the school finds, and no more."""
    words = charts.draw_child_cost(1, 1).alternative.lower()

    assert "within the £6,000 that the school is expected to find" in words
    assert not any(said in words for said in ("cannot", "can't", "not enough", "too little", "must"))


def test_pupils_are_drawn_dearest_first_and_whole(costs: DataFrame):
    """The picture's values are the table's costs, sorted; each is the school's part and what lies above."""
    values = charts.draw_pupils_against_threshold(costs).values

    assert pence(values["£_cost"]) == sorted(costs["cost"], reverse=True)
    assert (values["£_cost"] == values["£_school"] + values["£_above"]).all()


def test_pupils_above_the_line_are_counted(costs: DataFrame):
    """The label and the headline count the pupils whose support costs more than £6,000."""
    picture = charts.draw_pupils_against_threshold(costs)
    above = (costs["cost"] > 600_000).sum()

    assert picture.headline == f"{above} of {len(costs)} children above £6,000"
    assert f"Above the line: {above} of {len(costs)}" in labels(picture)


def test_needs_add_up_to_all_costs_and_all_children(costs: DataFrame):
    """Every pupil is counted once, under one area."""
    values = charts.draw_needs_spread(costs).values

    assert sum(pence(values["£_cost"])) == costs["cost"].sum()
    assert values["children"].sum() == len(costs)


def test_who_carries_adds_up_to_the_whole_cost(costs: DataFrame, budget: DataFrame):
    """What the budget covers, what it does not, and what lies above are the whole cost."""
    values = charts.draw_who_carries(summary(costs, budget)).values

    assert sum(pence(values["£"])) == costs["cost"].sum()


def test_the_year_names_the_month_in_which_the_budget_is_used_up(costs: DataFrame, budget: DataFrame):
    """The first month that ends below nought is the one named."""
    table = through_the_year(costs, budget)
    picture = charts.draw_through_the_year(table)
    below = table.index[table["left"] < 0][0]

    assert picture.headline.endswith(f"used up in {below}")
    assert pence(picture.values["£_left"]) == table["left"].tolist()


def test_a_budget_that_lasts_is_said_to_last():
    """With few pupils the budget is not used up."""
    assert charts.draw_how_long_it_lasts(8, 20).headline.endswith("not used up by July")


def test_how_long_it_lasts_starts_from_quillbeck_as_it_is(costs: DataFrame, budget: DataFrame):
    """The defaults of the sweep are the school of the course, to the penny."""
    assert charts.draw_how_long_it_lasts().values.equals(
        charts.draw_through_the_year(through_the_year(costs, budget)).values
    )


def test_the_budget_starts_from_quillbeck_as_it_is(costs: DataFrame, budget: DataFrame):
    """The defaults give the school's own notional budget and its own pupils' cost."""
    values = charts.draw_notional_budget().values.set_index("part")["£"]

    assert int(values["notional SEN budget"] * 100) == budget["notional"].sum()
    assert int(values["support for 42 children"] * 100) == costs["school"].sum()


def test_the_budget_does_not_grow_with_the_number_of_children_with_sen():
    """It is worked out from the whole school: more pupils with SEN change what it is for, not what it is."""
    few, many = (charts.draw_notional_budget(210, 6, pupils).values.set_index("part")["£"] for pupils in (20, 60))

    assert few["notional SEN budget"] == many["notional SEN budget"]


def test_labels_round_half_a_pound_up():
    """Whole pounds are for labels only."""
    assert [charts.marks.whole(pence) for pence in (149, 150, -150)] == ["£1", "£2", "−£1"]
