"""When a council has to answer, and until when one can appeal: days of the calendar, with the working in words.

All sums are from the facts ledger, sections 5B and 5C (entries 5.18, 5.26, 5.27, 5.29, 5.30, 5.43). `dates.js` does
them again for a page, with these sentences and this table of bank holidays, and is held equal to them by a test.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from casework.errors import CaseworkError

# Part 3 of the 2014 Act began on the first of these days; bank holidays beyond the second are too far to reckon.
FIRST, LAST = date(2014, 9, 1), date(2035, 12, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# What the council does, within how many weeks of the request, and on what authority; None is a length of time.
STEPS: tuple[tuple[str, int | None, tuple[str, ...]], ...] = (
    ("The council tells the family whether it will assess", 6, ("send-regs-5",)),
    ("If it has assessed and will not issue a plan, it says so", 16, ("send-regs-10",)),
    ("If there is to be a plan, the family can comment on the draft", None, ("send-regs-13",)),
    ("If there is to be a plan, the finished plan is sent", 20, ("send-regs-13",)),
)
APPEAL = ("ipsea-deadlines", "ipsea-mediation", "cfa-55")
CLAIM = ("eqa-sch-17", "ipsea-deadlines")
WORDS = {
    "outside": "{day} is outside the years that this reckons with: {first} to {last}.",
    "backwards": "The certificate ({certificate}) is dated before the letter ({decision}). Look at both again.",
    "weeks": "{weeks} weeks are {days} days. They run from {requested}, the day the council received the request.",
    "comment": "At least 15 days, before the plan is finished. They run from the draft: the request gives no date.",
    "letter": "The decision letter is dated {day}. Two months from it end on {end}.",
    "certificate": "The certificate is dated {day}. One month from it ends on {end}.",
    "late": (
        "The certificate is dated after the two months from the letter. Ask an adviser whether the mediation adviser "
        "was contacted in time."
    ),
    "no-certificate": (
        "There is no certificate yet. One month from its date may turn out later. The mediation adviser should be "
        "contacted inside the two months from the letter: by {end}."
    ),
    "later-letter": "The later of the two counts. Here it is the one from the letter: {day}.",
    "later-certificate": "The later of the two counts. Here it is the one from the certificate: {day}.",
    "the-same": "The later of the two counts. Here both end on the same day: {day}.",
    "letter-only": "So the day is the one from the letter: {day}.",
    "august": "{day} falls in August. So it moves to the first working day of September: {moved}.",
    "christmas": (
        "{day} falls between 25 December and 1 January. So it moves to the next working day in January: {moved}."
    ),
    "stays": "{day} is not in August, nor between 25 December and 1 January. So it stays.",
    "day-off": "That is a {what}. We know of no rule that moves it: do not rely on a later day.",
    "claim": "It happened on {day}. Six months from it end on {end}. Make the claim before that day.",
    "no-grace": "Nothing moves it: the rules for August and Christmas are for appeals, not for this claim.",
    "short-month": (
        "{month} has no day {number}, so we take its last day. That is our reading: do not leave it to the last day."
    ),
}


class DateError(CaseworkError):
    """Days that cannot be reckoned with."""


@dataclass(frozen=True)
class Step:
    """One step of the timetable: its *last_day*, or None for a length of time; *cites* are ids of authorities."""

    name: str
    last_day: date | None
    weeks: int | None
    cites: tuple[str, ...]
    working: str


@dataclass(frozen=True)
class Deadline:
    """The *last_day* (for a claim: the day before which it is made), the *working* in sentences, what it *cites*."""

    last_day: date
    working: tuple[str, ...]
    cites: tuple[str, ...]


def timetable(requested: date) -> tuple[Step, ...]:
    """Return the steps after a request that the council received on *requested*: each is counted from that day.

    Raises `DateError` where a day lies outside `FIRST` to `LAST`. Source: regulations 5(1), 10(1) and 13.
    """
    steps = []
    for name, weeks, cites in STEPS:
        if weeks is None:
            steps.append(Step(name, None, None, cites, say("comment")))
            continue
        last = requested + timedelta(weeks=weeks)
        _inside(requested, last)
        steps.append(Step(name, last, weeks, cites, say("weeks", weeks=weeks, days=7 * weeks, requested=requested)))
    return tuple(steps)


def last_day_to_appeal(decision: date, certificate: date | None) -> Deadline:
    """Return the last day to appeal: two months from the letter or one from the certificate, whichever is later.

    *decision* and *certificate* are the dates on the papers; None means that there is no certificate yet. A day in
    August, or from 25 December to 1 January, moves to the next working day after; no other day moves.
    Raises `DateError` for a certificate before the decision, and for days outside `FIRST` to `LAST`.
    """
    _inside(decision, certificate or decision)
    if certificate and certificate < decision:
        raise DateError(say("backwards", decision=decision, certificate=certificate))
    later, lines = _later(decision, certificate)
    last, rule = moved(later)
    _inside(later, last)
    lines.append(say(rule, day=later, moved=last))
    if not is_working(last):
        what = WEEKDAYS[last.weekday()] if last.weekday() > 4 else "bank holiday"
        lines.append(say("day-off", what=what))
    return Deadline(last, tuple(lines), APPEAL)


def last_day_for_claim(event: date) -> Deadline:
    """Return the day before which a claim of disability discrimination is made: six months from *event*, never moved.

    Raises `DateError` for days outside `FIRST` to `LAST`. Source: Equality Act 2010, Schedule 17.
    """
    end = months_on(event, 6)
    _inside(event, end)
    return Deadline(end, (say("claim", day=event, end=end), *_short(event, end), say("no-grace")), CLAIM)


def months_on(day: date, months: int) -> date:
    """Return the same day of the month, *months* later; where that month has no such day, its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(day: date) -> tuple[date, str]:
    """Return where a last day to appeal moves to, and the rule that says so: a key of `WORDS`."""
    if day.month == 8:
        return _first_working(date(day.year, 9, 1)), "august"
    if (day.month, day.day) >= (12, 25):
        return _first_working(date(day.year + 1, 1, 1)), "christmas"
    if (day.month, day.day) == (1, 1):
        return _first_working(day), "christmas"
    return day, "stays"


def is_working(day: date) -> bool:
    """Say whether *day* is a Monday to Friday and no bank holiday of England."""
    return day.weekday() < 5 and day not in bank_holidays()


@cache
def bank_holidays() -> frozenset[date]:
    """Return the bank holidays of England from the year of `FIRST` to a year past `LAST`.

    Those of years to come are reckoned by the rules of today; Parliament or the Crown may add one.
    """
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 2)))


def say(key: str, **values: Any) -> str:
    """Return the sentence *key* of `WORDS` with *values* in it; a date is written out with its weekday."""
    return WORDS[key].format(
        **{name: in_words(value) if isinstance(value, date) else value for name, value in values.items()}
    )


def in_words(day: date) -> str:
    """Return *day* as people write it: `Saturday 12 September 2026`. English, whatever the machine speaks."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def for_page() -> dict[str, Any]:
    """Return what `dates.js` needs to do the same: sentences, names, steps, and bank holidays as ISO dates."""
    return {
        "words": WORDS,
        "weekdays": list(WEEKDAYS),
        "months": list(MONTHS),
        "steps": [[name, weeks, list(cites)] for name, weeks, cites in STEPS],
        "cites": {"appeal": list(APPEAL), "claim": list(CLAIM)},
        "holidays": sorted(day.isoformat() for day in bank_holidays()),
        "first": FIRST.isoformat(),
        "last": LAST.isoformat(),
    }


def cited() -> list[str]:
    """Return the ids of all authorities that these sums rest on."""
    return sorted({*APPEAL, *CLAIM, *(id for _, _, cites in STEPS for id in cites)})


def _later(decision: date, certificate: date | None) -> tuple[date, list[str]]:
    """Return the later of the two ends, before any rule moves it, and how it was found."""
    from_letter = months_on(decision, 2)
    lines = [say("letter", day=decision, end=from_letter), *_short(decision, from_letter)]
    if certificate is None:
        return from_letter, [*lines, say("no-certificate", end=from_letter), say("letter-only", day=from_letter)]
    from_certificate = months_on(certificate, 1)
    lines += [say("certificate", day=certificate, end=from_certificate), *_short(certificate, from_certificate)]
    if certificate > from_letter:
        lines.append(say("late"))
    later = max(from_letter, from_certificate)
    which = "the-same" if from_letter == from_certificate else f"later-{_which(from_letter, from_certificate)}"
    return later, [*lines, say(which, day=later)]


def _which(from_letter: date, from_certificate: date) -> str:
    return "letter" if from_letter > from_certificate else "certificate"


def _short(start: date, end: date) -> list[str]:
    """Return the sentence about a month without such a day, where *end* had to give way."""
    if start.day == end.day:
        return []
    return [say("short-month", month=f"{MONTHS[end.month - 1]} {end.year}", number=start.day)]


def _first_working(day: date) -> date:
    while not is_working(day):
        day += timedelta(days=1)
    return day


def _inside(*days: date) -> None:
    for day in days:
        if not FIRST <= day <= LAST:
            raise DateError(say("outside", day=day, first=FIRST, last=LAST))
