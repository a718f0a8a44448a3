"""Days reckoned from a request and from a refusal: examples worked by hand, and what holds of every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.dates import (
    FIRST,
    LAST,
    DateError,
    Deadline,
    bank_holidays,
    cited,
    in_words,
    is_working,
    last_day_for_claim,
    last_day_to_appeal,
    months_on,
    timetable,
)
from casework.library import Library

days = st.dates(FIRST, date(2034, 12, 31))
later = st.one_of(st.none(), st.integers(0, 150).map(timedelta))


def appeal(decision: date, wait: timedelta | None) -> Deadline:
    """Return the last day to appeal where the certificate came *wait* after the decision, or has not come."""
    return last_day_to_appeal(decision, None if wait is None else decision + wait)


def test_the_weeks_of_a_request():
    """Six, sixteen and twenty weeks, counted on a wall calendar; the time for the draft has no day."""
    steps = timetable(date(2026, 11, 3))

    assert [step.last_day for step in steps] == [date(2026, 12, 15), date(2027, 2, 23), None, date(2027, 3, 23)]
    assert [step.weeks for step in steps] == [6, 16, None, 20]
    assert "At least 15 days" in steps[2].working


@given(days)
def test_every_week_runs_from_the_request(requested: date):
    """No step waits for another: 6, 16 and 20 weeks are 42, 112 and 140 days after the request itself."""
    lasting = [(step.last_day - requested).days for step in timetable(requested) if step.last_day]

    assert lasting == [42, 112, 140]


# Decision letter, certificate, last day to appeal: found with a paper calendar. 2026 unless it says otherwise.
APPEALS = {
    "an early certificate": ("2026-07-12", "2026-07-20", "2026-09-12"),
    "a late certificate": ("2026-07-12", "2026-08-20", "2026-09-20"),
    "both on the same day": ("2026-07-12", "2026-08-12", "2026-09-12"),
    "none yet": ("2026-07-12", None, "2026-09-12"),
    "into August": ("2026-06-12", "2026-06-20", "2026-09-01"),
    "the last of August": ("2026-06-30", None, "2026-09-01"),
    "the certificate takes it out of August": ("2026-06-12", "2026-08-05", "2026-09-05"),
    "the certificate takes it into August": ("2026-05-20", "2026-07-01", "2026-09-01"),
    "September begins on a Saturday": ("2018-06-20", None, "2018-09-03"),
    "the last day before the Christmas rule": ("2026-10-24", None, "2026-12-24"),
    "Christmas Day, and New Year is a Friday": ("2026-10-25", None, "2027-01-04"),
    "New Year's Day": ("2026-11-01", None, "2027-01-04"),
    "the day after the Christmas rule": ("2026-11-02", None, "2027-01-02"),
    "a substitute bank holiday in January": ("2021-10-28", None, "2022-01-04"),
    "a month without a 31st": ("2026-12-31", None, "2027-02-28"),
    "the same in a leap year": ("2027-12-31", None, "2028-02-29"),
    "a certificate of the 31st": ("2026-01-31", "2026-03-31", "2026-04-30"),
}


@pytest.mark.parametrize(("decision", "certificate", "last"), APPEALS.values(), ids=list(APPEALS))
def test_the_last_day_to_appeal(decision: str, certificate: str | None, last: str):
    """Two months from the letter or one from the certificate, the later; then August, and Christmas."""
    found = last_day_to_appeal(date.fromisoformat(decision), date.fromisoformat(certificate) if certificate else None)

    assert found.last_day == date.fromisoformat(last)


@given(days, st.integers(0, 150).map(timedelta))
def test_the_later_of_the_two_counts(decision: date, wait: timedelta):
    """No certificate shortens the two months from the letter, and each gives its whole month."""
    last = appeal(decision, wait).last_day

    assert last >= max(months_on(decision, 2), months_on(decision + wait, 1))


@given(days, later)
def test_only_two_rules_move_a_day(decision: date, wait: timedelta | None):
    """Outside August and Christmas the last day is one of the two ends, weekend or not."""
    ends = [months_on(decision, 2), *([] if wait is None else [months_on(decision + wait, 1)])]
    last = appeal(decision, wait).last_day

    moves = max(ends).month == 8 or (max(ends).month, max(ends).day) >= (12, 25) or max(ends).timetuple().tm_yday == 1
    assert (last == max(ends)) != moves


@given(days, later)
def test_no_appeal_ends_in_august_or_at_christmas(decision: date, wait: timedelta | None):
    """The last day is never in August nor from 25 December to 1 January."""
    last = appeal(decision, wait).last_day

    assert last.month != 8
    assert not ((last.month, last.day) >= (12, 25) or (last.month, last.day) == (1, 1))


@given(days, later)
def test_a_day_that_moves_moves_to_a_working_day(decision: date, wait: timedelta | None):
    """Where a rule applies the result is a working day; where none does, a day off is pointed out and stays."""
    found = appeal(decision, wait)
    moved, told = "So it moves" in " ".join(found.working), "do not rely on a later day" in found.working[-1]

    assert is_working(found.last_day) != told
    assert not (moved and told)


@given(days, st.integers(1, 400).map(timedelta))
def test_a_later_letter_gives_no_earlier_day(decision: date, wait: timedelta):
    """The last day never goes back, but for a day off in early September or January, which no rule moves."""
    earlier, last = appeal(decision, None).last_day, appeal(min(decision + wait, date(2034, 12, 31)), None).last_day

    assert earlier <= last or (not is_working(last) and last.month in (1, 9))


@given(days)
def test_a_claim_gets_no_grace(event: date):
    """Six months, whatever month and day they end in."""
    assert last_day_for_claim(event).last_day == months_on(event, 6)


def test_a_claim_is_made_before_its_day():
    """Six months from 28 February end on 28 August, which stays in August, and the claim is made before it."""
    found = last_day_for_claim(date(2026, 2, 28))

    assert found.last_day == date(2026, 8, 28)
    assert "Make the claim before that day." in found.working[0]


def test_the_working_says_which_counts_and_which_rule():
    """Line by line: both ends, the later one, and what the rules do with it."""
    said = last_day_to_appeal(date(2026, 6, 12), date(2026, 7, 3)).working

    assert said == (
        "The decision letter is dated Friday 12 June 2026. Two months from it end on Wednesday 12 August 2026.",
        "The certificate is dated Friday 3 July 2026. One month from it ends on Monday 3 August 2026.",
        "The later of the two counts. Here it is the one from the letter: Wednesday 12 August 2026.",
        "Wednesday 12 August 2026 falls in August. So it moves to the first working day of September: "
        "Tuesday 1 September 2026.",
    )


@pytest.mark.parametrize(
    ("decision", "certificate", "says"),
    [
        (date(2026, 12, 31), None, "February 2027 has no day 31, so we take its last day. That is our reading"),
        (date(2026, 7, 12), None, "contacted inside the two months from the letter: by Saturday 12 September 2026"),
        (date(2026, 7, 12), None, "That is a Saturday."),
        (date(2026, 2, 6), None, "That is a bank holiday."),
        (date(2026, 1, 5), date(2026, 4, 1), "dated after the two months from the letter"),
        (date(2026, 7, 12), date(2026, 8, 12), "Here both end on the same day"),
    ],
)
def test_the_working_says_what_to_mind(decision: date, certificate: date | None, says: str):
    """A short month, a day off, no certificate, a late one: each has its sentence."""
    assert says in " ".join(last_day_to_appeal(decision, certificate).working)


@pytest.mark.parametrize(
    ("reckon", "says"),
    [
        (lambda: timetable(date(2014, 8, 31)), "Sunday 31 August 2014 is outside the years"),
        (lambda: timetable(date(2035, 12, 1)), "is outside the years"),
        (lambda: last_day_to_appeal(date(2035, 10, 30), None), "Wednesday 2 January 2036 is outside the years"),
        (lambda: last_day_to_appeal(date(2035, 10, 30), date(2036, 1, 5)), "Saturday 5 January 2036 is outside"),
        (lambda: last_day_for_claim(date(2035, 8, 1)), "Friday 1 February 2036 is outside the years"),
        (lambda: last_day_to_appeal(date(2026, 7, 12), date(2026, 7, 11)), "Look at both again."),
    ],
)
def test_what_cannot_be_reckoned_is_refused(reckon, says: str):
    """A day outside the table, given or found, and a certificate before its letter raise; nothing is bent."""
    with pytest.raises(DateError, match=says):
        reckon()


def test_bank_holidays_are_those_of_england():
    """Easter Monday is one (in Scotland it is not); St Andrew's Day is none; the table goes past its last day."""
    known = bank_holidays()

    assert date(2026, 4, 6) in known
    assert date(2026, 11, 30) not in known
    assert date(LAST.year + 1, 1, 1) in known


def test_days_are_written_in_english():
    """The names do not come from the machine's language."""
    assert in_words(date(2026, 9, 1)) == "Tuesday 1 September 2026"


def test_what_the_sums_rest_on_exists(library: Library):
    """Every authority that the sums name is in the file."""
    assert set(cited()) <= set(library.authorities)
