"""The invented school: its notional budget beside what its pupils' support costs."""

import re
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from pydantic import ValidationError

from casework.errors import ContentError
from casework.funding.budget import (
    budget_in_words,
    cost_pupils,
    notional_budget,
    shown,
    summary,
    through_the_year,
)
from casework.funding.provision import cost
from casework.funding.rates import load_rates
from casework.funding.school import School, Support, load_school
from casework.load import SCENARIOS

RATES = load_rates()
SCHOOL = load_school()
DAY = date(2026, 9, 1)
COSTS = cost_pupils(SCHOOL, RATES, DAY)
BUDGET = notional_budget(SCHOOL, RATES, DAY)
SUMMARY = summary(COSTS, BUDGET)
MONTHS = through_the_year(COSTS, BUDGET)


def amount(row):
    """Return an amount of the summary, in pence."""
    return SUMMARY.loc[row, "amount"]


def test_the_school_has_42_pupils_with_sen():
    """The case is one school with 42 pupils on SEN Support or with plans."""
    assert COSTS["status"].value_counts().to_dict() == {"SEN Support": 34, "EHC plan": 8}


def test_the_case_is_a_hard_but_ordinary_one():
    """A few pupils cost more than the threshold, most far less, and the notional budget does not reach."""
    assert 3 <= (COSTS["above"] > 0).sum() <= 5
    assert (COSTS["cost"] < 400_000).sum() > 30
    assert amount("uncovered") > 0


def test_a_pupil_without_a_plan_can_cost_more_than_the_threshold():
    """A plan and a high cost are two things: one child on SEN Support lies above, and plans lie below."""
    above = COSTS["above"] > 0

    assert set(COSTS[above]["status"]) == set(COSTS[~above]["status"]) == {"SEN Support", "EHC plan"}


@pytest.mark.parametrize("table", [COSTS, BUDGET, SUMMARY, MONTHS], ids=["costs", "budget", "summary", "months"])
def test_money_is_whole_pence(table):
    """Every column of money holds whole pence."""
    money = {"cost", "school", "above", "each", "notional", "amount", "spent", "so_far", "left"} & {*table.columns}

    assert money and all(table[column].dtype == "int64" for column in money)


def test_each_pupil_costs_the_school_up_to_the_threshold():
    """What the school is expected to find and what lies above add up, and the school's part has its limit."""
    assert (COSTS["school"] + COSTS["above"] == COSTS["cost"]).all()
    assert COSTS["school"].max() == 600_000


def test_a_group_costs_what_its_adult_costs():
    """The shares of the children in a group add up to the price of the whole group."""
    nurture = next(support for support in SCHOOL.support if support.what.startswith("Nurture"))

    shares = len(nurture.children) * cost(nurture.line, RATES, DAY)

    assert shares == Fraction("17.20") * 5 * 38


def test_pupils_cost_what_the_provision_map_costs():
    """Counted once a pupil or once a line of support, the school's bill is the same to a few pence."""
    lines = [len(support.children) * cost(support.line, RATES, DAY) for support in SCHOOL.support if support.counts]

    assert abs(sum(lines) * 100 - amount("cost")) <= len(COSTS) / 2


def test_the_notional_budget_is_the_stated_formula():
    """Pupils times pounds times percent, part by part."""
    parts = {
        "basic entitlement": 210 * 384_700 * 6 // 100,
        "deprivation": 52 * 100_000 * 25 // 100,
        "low prior attainment": 55 * 120_000 * 60 // 100,
        "lump sum": 14_500_000 * 4 // 100,
    }

    assert BUDGET["notional"].to_dict() == parts


def test_another_share_of_the_basic_entitlement_can_be_tried():
    """A sweep over the share changes the basic entitlement and nothing else."""
    tried = notional_budget(SCHOOL, RATES, DAY, basic_percent=3)

    assert tried.loc["basic entitlement", "notional"] * 2 == BUDGET.loc["basic entitlement", "notional"]
    assert tried["notional"].iloc[1:].equals(BUDGET["notional"].iloc[1:])


def test_the_notional_budget_does_not_count_children_with_sen():
    """Fewer pupils with SEN leave the notional budget as it is: it comes from whole-school factors."""
    fewer = SCHOOL.model_copy(update={"pupils": {}, "support": ()})

    pd.testing.assert_frame_equal(notional_budget(fewer, RATES, DAY), BUDGET)


def test_the_summary_adds_up():
    """The cost is the school's part and the part above; the gap is what the notional budget does not reach."""
    assert amount("cost") == amount("school") + amount("above")
    assert amount("uncovered") == amount("school") - amount("notional")


def test_a_budget_that_reaches_leaves_nothing_uncovered():
    """A gap is never negative."""
    assert summary(COSTS.head(10), BUDGET).loc["uncovered", "amount"] == 0


def test_the_year_ends_where_the_summary_says():
    """By July the school's part is spent, and what is left is the gap with its sign turned."""
    assert MONTHS["spent"].sum() == amount("school")
    assert MONTHS["left"].iloc[-1] == -amount("uncovered")
    assert MONTHS["weeks"].sum() == 38


def test_the_budget_runs_out_in_june():
    """The month in which the notional budget is used up is the one that the lesson names."""
    assert MONTHS.index[MONTHS["left"] < 0][0] == "June"


def test_tables_are_shown_in_pounds():
    """For reading, pence become pounds, and a budget overspent has a minus."""
    assert shown(MONTHS)["left"].iloc[-1] == "−£18,745.38"
    assert list(shown(SUMMARY)["amount"][:1]) == ["£136,626.81"]


def test_the_words_say_what_a_notional_budget_is():
    """Not ring-fenced, not a sum for each child, and not the end of a duty; each with its authority."""
    words = budget_in_words(SUMMARY, RATES, DAY)

    assert "not ring-fenced" in words.text and "not £6,000 a child" in words.text
    assert "section 66(2)" in words.text and "names no budget at which that ends" in words.text
    assert set(words.cites) >= {"nsb-guidance-2025", "complex-needs-funding", "somerset-nsb", "cfa-66", "cfa-36-8"}


def test_the_words_quote_the_summary():
    """The figures in the words are those of the table, and they are called made up."""
    text = budget_in_words(SUMMARY, RATES, DAY).text

    assert "£125,617.58 a year" in text and "£18,745.38 more than its notional SEN budget of £106,872.20" in text
    assert text.endswith("made up for practice.")


def test_the_words_never_call_a_sum_a_condition():
    """With and without a gap, the words say that no sum is a condition of a request."""
    small = summary(COSTS.head(3), BUDGET)

    for summed in (SUMMARY, small):
        assert "No sum here is a condition" in budget_in_words(summed, RATES, DAY).text
    assert "That is within its notional SEN budget" in budget_in_words(small, RATES, DAY).text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("each: [Lenny]", "each: [Leny]", r':\d+: "Leny" is not a pupil. Did you mean "Lenny"'),
        ("[Aisha, Cleo, Edie]", "[Aisha, Cleo, Cleo]", '"Cleo" is named twice'),
        (
            "pupils:\n",
            "pupils:\n  Extra: {year: 1, area: cognition-and-learning, status: SEN Support}\n",
            "no support",
        ),
    ],
)
def test_a_school_that_does_not_fit_together_is_reported(tmp_path, old, new, said):
    """Children without support, and names that fit no child, are reported at their line."""
    text = (SCENARIOS / "school.yaml").read_text("utf-8")
    (tmp_path / "school.yaml").write_text(text.replace(old, new), "utf-8")

    with pytest.raises(ContentError, match=said):
        load_school(tmp_path / "school.yaml")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "not both"),
        ({"each": ["Ada"], "together": ["Ben"]}, "not both"),
        ({"together": ["Ada", "Ben"], "group": 4}, "counted from the children named"),
    ],
)
def test_a_line_of_support_names_its_children_once(changes, said):
    """Children are named together or each, and a group's size is not typed in beside their names."""
    with pytest.raises(ValidationError, match=said):
        Support(what="Group", rate="ta-hour", hours=1, weeks=38, **changes)


def test_a_cost_is_never_typed_in():
    """The school's file has no pounds but for things bought once."""
    text = (SCENARIOS / "school.yaml").read_text("utf-8")

    assert re.findall(r"pounds: (\d+)", text) == ["950", "640"]
    assert School.model_fields["illustrative"].is_required() and SCHOOL.illustrative
