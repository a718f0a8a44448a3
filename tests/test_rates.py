"""Rates: a figure for a day, with its source, or a clear error."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.errors import ContentError
from casework.funding.rates import Rate, RateError, Rates, in_pounds, load_rates, rate_on, table, to_pence

RATES = load_rates()
CHANGING = Rates.model_validate(
    {
        "sources": {"LIST": {"title": "A price list", "address": "https://example.org/prices"}},
        "rates": {
            "ta-hour": {
                "label": "Teaching assistant, one hour",
                "unit": "hour",
                "periods": [
                    {"from": "2023-09-01", "until": "2024-07-31", "pounds": "16", "source": "LIST"},
                    {"from": "2024-09-01", "pounds": "17.20", "source": "LIST"},
                    {"from": "2025-09-01", "pounds": "17.75", "source": "LIST"},
                ],
            }
        },
    }
)


@pytest.mark.parametrize(
    ("day", "pounds"),
    [
        (date(2023, 9, 1), "16"),
        (date(2024, 7, 31), "16"),
        (date(2024, 9, 1), "17.20"),
        (date(2025, 8, 31), "17.20"),
        (date(2025, 9, 1), "17.75"),
        (date(2030, 1, 1), "17.75"),
    ],
)
def test_a_figure_holds_from_its_first_day_to_its_last(day, pounds):
    """A period holds on its first and last day; a later period ends the one before it."""
    assert rate_on(CHANGING, "ta-hour", day).pounds == Decimal(pounds)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 8, 31), "no figure for 2023-08-31: its first one starts on 2023-09-01"),
        (date(2024, 8, 15), "no figure for 2024-08-15: the one before ended on 2024-07-31"),
    ],
)
def test_a_day_without_a_figure_is_an_error(day, said):
    """The nearest figure is never taken."""
    with pytest.raises(RateError, match=said):
        rate_on(CHANGING, "ta-hour", day)


def test_an_unknown_rate_names_the_likeliest():
    """A misspelt id is answered with the one that was probably meant."""
    with pytest.raises(RateError, match=r'There is no rate "ta-hours". Did you mean "ta-hour"?'):
        rate_on(RATES, "ta-hours", date(2026, 9, 1))


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ([("2024-09-01", None), ("2023-09-01", None)], "periods go from old to new"),
        ([("2023-09-01", "2024-09-01"), ("2024-09-01", None)], "two figures hold on 2024-09-01"),
        ([("2024-09-01", "2024-08-31")], "cannot end"),
        ([], "at least one period"),
    ],
)
def test_no_day_has_two_figures(periods, said):
    """There is a period; periods are in order, do not overlap and do not end before they begin."""
    rows = [{"from": start, "until": until, "pounds": "1", "source": "LIST"} for start, until in periods]

    with pytest.raises(ValidationError, match=said):
        Rate.model_validate({"label": "A price", "unit": "hour", "periods": rows})


def test_a_figure_without_a_source_is_marked():
    """A figure whose source is "illustrative" says so a second time, where a reader of the table sees it."""
    row = {"from": "2024-09-01", "pounds": "1", "source": "illustrative"}

    with pytest.raises(ValidationError, match='needs "illustrative: true"'):
        Rate.model_validate({"label": "A price", "unit": "hour", "periods": [row]})


def test_an_undeclared_source_is_reported_at_its_line(tmp_path):
    """A source that the file does not list is reported where it stands, with the likeliest fix."""
    file = tmp_path / "rates.yaml"
    file.write_text(
        "sources:\n  LIST: {title: A list, address: https://example.org}\nrates:\n  ta-hour:\n    label: Hour\n"
        "    unit: hour\n    periods:\n      - from: 2024-09-01\n        pounds: 17.20\n        source: LISP\n"
    )

    with pytest.raises(ContentError, match=r':10: rate "ta-hour" names the source "LISP".*Did you mean "LIST"'):
        load_rates(file)


def test_rates_that_nobody_confirmed_are_marked():
    """The rates that rest on memory or invention are exactly those marked illustrative."""
    marked = {row.id for row in table(RATES) if row.illustrative}

    assert marked == {
        *("ta-hour-on-costs", "class-teacher-hour", "ep-hour", "specialist-teacher-hour"),
        *("basic-entitlement-primary", "basic-entitlement-ks3", "basic-entitlement-ks4"),
        *("deprivation-pupil", "low-prior-attainment-pupil", "school-lump-sum"),
    }


def test_every_source_is_used():
    """No source stands in the file without a figure that rests on it."""
    assert {row.source for row in table(RATES)} == {*RATES.sources, "illustrative"}


def test_an_undated_source_says_so():
    """Where the first day is our choice, the note says that the source is undated."""
    undated = ["ta-hour", "slt-hour", "slt-session", "slt-group-session", "slt-hour-low", "slt-session-low"]

    assert all("ndated" in rate_on(RATES, id, date(2026, 9, 1)).note for id in undated)


def test_the_threshold_has_been_6000_since_april_2013():
    """The threshold begins with the reforms of April 2013, at £6,000."""
    first = RATES.rates["high-needs-threshold"].periods[0]

    assert (first.start, first.pounds) == (date(2013, 4, 1), 6000)


def test_a_table_for_a_day_shows_the_figures_of_that_day():
    """With a day, each rate is listed at most once, with the figure that `rate_on` gives."""
    rows = table(CHANGING, date(2025, 10, 1))

    assert [(row.pounds, row.start) for row in rows] == [("£17.75", "2025-09-01")]


def test_a_table_without_a_day_shows_every_figure():
    """Without a day, all periods are listed, oldest first."""
    assert [row.pounds for row in table(CHANGING)] == ["£16", "£17.20", "£17.75"]


@pytest.mark.parametrize(
    ("pounds", "text"),
    [
        (Fraction(6000), "£6,000"),
        (Fraction("653.6"), "£653.60"),
        (Fraction("0.005"), "£0.01"),
        (Fraction("22.625"), "£22.63"),
        (Fraction("22.6249"), "£22.62"),
        (Fraction("-1200.5"), "−£1,200.50"),
        (0, "£0"),
    ],
)
def test_pounds_are_shown_as_people_write_them(pounds, text):
    """Thousands have a comma, whole pounds no pence, and half a penny goes up."""
    assert in_pounds(pounds) == text


@given(st.fractions(min_value=0, max_value=10**6))
def test_rounding_moves_at_most_half_a_penny(pounds):
    """What is shown is within half a penny of the exact sum."""
    assert abs(Fraction(to_pence(pounds), 100) - pounds) <= Fraction(1, 200)


def test_rates_and_provision_do_not_need_pandas():
    """Checking a scenario stays instant: pricing it does not load the libraries for tables and charts."""
    code = (
        "import sys, casework.funding.provision, casework.funding.school; print({'pandas', 'numpy'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
