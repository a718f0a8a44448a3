"""Provision: exact costs, one rounding, and words that never make the sum a gate."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.funding.provision import Line, against_threshold, cost, cost_plan, in_words
from casework.funding.rates import RateError, in_pounds, load_rates, rate_on, to_pence

RATES = load_rates()
DAY = date(2026, 9, 1)
EXAMPLES = yaml.load((Path(__file__).parent / "funding_examples.yaml").read_text("utf-8"), yaml.BaseLoader)


def hours_line(**changes):
    """Return a plain line of a teaching assistant's time, with *changes*."""
    return Line(**{"what": "One to one", "rate": "ta-hour", "hours": 2, "weeks": 38} | changes)


def words_for(*lines):
    """Return the words for a plan of *lines*."""
    costed = cost_plan(lines, RATES, DAY)
    return in_words(costed, against_threshold(costed.counted, RATES, DAY))


amounts = st.integers(1, 400_000).map(lambda n: Decimal(n) / 10_000)
groups = st.integers(1, 40)
hour_lines = st.builds(hours_line, hours=amounts, weeks=st.integers(1, 52), group=groups)
session_lines = st.builds(Line, what=st.just("Therapy"), rate=st.just("slt-session"), sessions=amounts, group=groups)
pence = st.integers(1, 100_000_000).map(lambda n: Decimal(n) / 100)
one_off_lines = st.builds(Line, what=st.just("Equipment"), pounds=pence, group=groups)
plans = st.lists(hour_lines | session_lines | one_off_lines, max_size=8)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["situation"])
def test_examples_come_to_what_the_table_says(example):
    """Each line and the total cost what the table worked out by hand."""
    costed = cost_plan([Line(**line) for line in example["lines"]], RATES, date.fromisoformat(example["day"]))

    assert [in_pounds(line.pounds) for line in costed.lines] == example["each"]
    assert in_pounds(costed.counted) == example["total"]


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "above" in e], ids=lambda example: example["situation"])
def test_examples_lie_as_far_above_the_threshold_as_the_table_says(example):
    """What lies above the threshold is what the table says."""
    day = date.fromisoformat(example["day"])
    costed = cost_plan([Line(**line) for line in example["lines"]], RATES, day)

    assert in_pounds(against_threshold(costed.counted, RATES, day).above) == example["above"]


@given(hour_lines, amounts)
def test_more_hours_never_cost_less(line, more):
    """A longer week costs at least as much."""
    longer = line.model_copy(update={"hours": line.hours + more})

    assert cost(longer, RATES, DAY) >= cost(line, RATES, DAY)


@given(hour_lines, st.integers(1, 20))
def test_more_children_never_cost_more_for_each(line, more):
    """A larger group makes the share of each child smaller."""
    larger = line.model_copy(update={"group": line.group + more})

    assert cost(larger, RATES, DAY) < cost(line, RATES, DAY)


@given(plans)
def test_lines_add_up_to_the_total_exactly(lines):
    """Nothing is lost between the lines and their sum."""
    assert sum(cost(line, RATES, DAY) for line in lines) == cost_plan(lines, RATES, DAY).counted


@given(hour_lines)
def test_two_halves_cost_as_much_as_the_whole(line):
    """Splitting a line's hours over two lines leaves the total as it is."""
    half = line.model_copy(update={"hours": line.hours / 2})

    assert cost_plan([half, half], RATES, DAY).counted == cost(line, RATES, DAY)


@given(plans)
def test_a_total_is_shown_within_half_a_penny(lines):
    """However many lines a plan has, what is shown is at most half a penny from the exact sum."""
    exact = cost_plan(lines, RATES, DAY).counted

    assert abs(Fraction(to_pence(exact), 100) - exact) <= Fraction(1, 200)


@given(plans)
def test_whole_numbers_give_the_same_pence(lines):
    """The recipe of the module's first lines, in whole numbers only, ends in the same pence."""
    parts = [whole_number_cost(line) for line in lines]
    below = lcm(*(d for _, d in parts))
    above = sum(n * (below // d) for n, d in parts)

    assert (2 * above + below) // (2 * below) == to_pence(cost_plan(lines, RATES, DAY).counted)


def whole_number_cost(line):
    """Return the numerator and denominator of a line's pence, as a page works them out."""
    price = int((line.pounds or rate_on(RATES, line.rate, DAY).pounds) * 100)
    if line.pounds:
        return price, line.group
    number = int((line.hours or line.sessions) * 10_000)
    return price * number * (line.weeks or 1), 10_000 * line.group


@given(st.fractions(min_value=0, max_value=50_000))
def test_the_two_parts_of_a_split_add_up(total):
    """The school's part and the part above the threshold are the whole, and the school's part has its limit."""
    split = against_threshold(total, RATES, DAY)

    assert split.school + split.above == total
    assert 0 <= split.school <= split.threshold


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hours": "0"}, "hours must be more than 0"),
        ({"hours": "-1"}, "hours must be more than 0"),
        ({"hours": "two"}, 'hours must be a number, not "two"'),
        ({"hours": "nan"}, 'hours must be a number, not "nan"'),
        ({"hours": "0.33333"}, "hours must have at most 4 decimal places"),
        ({"hours": None}, "hours .* and weeks go together"),
        ({"weeks": None}, "hours .* and weeks go together"),
        ({"weeks": "53"}, "a line runs for 1 to 52 weeks"),
        ({"weeks": "1.5"}, "weeks must be a whole number"),
        ({"group": "0"}, "a group has at least one child"),
        ({"rate": None}, "a rate or a sum of pounds"),
        ({"pounds": "10"}, "a rate or a sum of pounds, not both.*take out hours, weeks"),
        ({"sessions": "3"}, "counted in one way"),
        ({"counts": "no"}, "needs a because"),
        ({"because": "All get it."}, "this line counts"),
        ({"what": " "}, "at least 1 character"),
        ({"hour": "2"}, "Extra inputs are not permitted"),
    ],
)
def test_a_line_that_makes_no_sense_says_why(changes, said):
    """Every rule for a line has a message that a parent understands."""
    with pytest.raises(ValidationError, match=said):
        hours_line(**changes)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            Line(what="EP", rate="ep-day", sessions=2),
            "price for one day: the line must give days, but gives sessions",
        ),
        (Line(what="TA", rate="ta-hour", days=2), "the line must give hours and weeks, but gives days"),
        (Line(what="TA", rate="ta-hour"), "but gives nothing"),
        (hours_line(rate="ta-year"), "the line must give nothing but the group, but gives hours and weeks"),
    ],
)
def test_an_amount_in_the_wrong_unit_is_an_error(line, said):
    """A price for a day is not multiplied by sessions."""
    with pytest.raises(RateError, match=said):
        cost(line, RATES, DAY)


def test_all_lines_without_a_price_are_named_together():
    """Someone who mends one line does not meet the next mistake only at the second try."""
    lines = [hours_line(what="First", rate="ta-hous"), hours_line(), hours_line(what="Last", rate="ep-session")]

    with pytest.raises(RateError, match=r'(?s)"First": There is no rate "ta-hous".*"Last": "ep-session" is a price'):
        cost_plan(lines, RATES, DAY)


def test_a_plan_is_costed_with_the_prices_of_its_day():
    """A day before the first price is an error, not a free line."""
    with pytest.raises(RateError, match="no figure for 2020-01-01"):
        cost(hours_line(), RATES, date(2020, 1, 1))


def test_lines_left_out_keep_their_reason():
    """What does not count is not in the sum; it is listed with why."""
    costed = cost_plan([hours_line(), hours_line(counts=False, because="Every child gets it.")], RATES, DAY)

    assert costed.counted == Fraction("1307.20")
    assert [out.line.because for out in costed.left_out] == ["Every child gets it."]


@given(plans)
def test_the_sum_is_never_called_a_condition(lines):
    """Whatever a plan costs, the words say that no sum is a condition, name the test, and cite it."""
    words = words_for(*lines)

    assert "Neither this sum nor the £6,000 is a condition of asking for an EHC needs assessment." in words.text
    assert "A request can be made whatever the sum comes to." in words.text
    assert "may be necessary" in words.text and "section 36(8)" in words.text
    assert words.cites == ("cfa-36-8", "nsb-guidance-2025", "forum-2025-threshold", "code-6-99")


@given(plans)
def test_the_words_never_turn_anyone_away(lines):
    """No sum leads to a word that closes the door on a request."""
    text = words_for(*lines).text.lower()

    assert not [no for no in ("cannot", "can't", "not yet", "too low", "too early", "must first") if no in text]


@pytest.mark.parametrize(
    ("pounds", "said"),
    [
        (5999, "£5,999 a year. That is within £6,000"),
        (6000, "£6,000 a year. That is exactly £6,000"),
        (6001, "£6,001 a year. That is £1 above £6,000"),
    ],
)
def test_the_words_say_where_the_sum_lies(pounds, said):
    """Within, exactly at and above the threshold each have their words."""
    assert said in words_for(Line(what="Programme", pounds=pounds)).text


def test_only_a_sum_above_the_threshold_leads_to_top_up():
    """Top-up funding is spoken of as something to ask for where there is a part above."""
    asks = "can ask the local authority for top-up funding"

    assert asks in words_for(Line(what="Programme", pounds=6001)).text
    assert asks not in words_for(Line(what="Programme", pounds=5999)).text


def test_the_words_name_what_was_left_out_and_why():
    """A line that does not count is named with its cost and its reason."""
    text = words_for(hours_line(what="Class help", counts=False, because="Every child gets it.")).text

    assert "Class help (£1,307.20): Every child gets it." in text


def test_the_words_name_lines_with_illustrative_prices():
    """A price that nobody confirmed is not passed off as a fact."""
    text = words_for(hours_line(), hours_line(what="Lesson", rate="class-teacher-hour")).text

    assert text.endswith("These are illustrative, from no confirmed source: Lesson.")
