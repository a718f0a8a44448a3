"""Lesson 8: the weeks after a request, all measured from one edge; below them the two clocks after a refusal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from casework.dates import MONTHS, last_day_to_appeal, months_on, timetable
from casework.pictures.canvas import bar, canvas, rule, write
from casework.pictures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

# Invented. No school is shut for four weeks in these twenty, so that no exception has to be thought of.
REQUESTED = date(2026, 1, 13)
CERTIFIED = (date(2026, 3, 3), date(2026, 4, 1))
SIX, SIXTEEN, TWENTY = (step for step in timetable(REQUESTED) if step.last_day)
REFUSED = SIX.last_day
# Where the two lengths are drawn is only an example: asked on the day of the decision; a draft in week 17.
ADVICE = (REFUSED, REFUSED + timedelta(weeks=6))
DRAFT = (TWENTY.last_day - timedelta(days=19), TWENTY.last_day - timedelta(days=4))
BAR = {"fill": "brand"}
LENGTH = {"fill": "card", "edge": "brand", "hatch": "////"}
CLOCK = {"fill": "mark-soft", "edge": "mark", "linewidth": 2}
LANE = 44


def draw_timeline() -> Picture:
    """Return the timetable after a request on `REQUESTED`, and the two clocks of a refusal. Values: `timeline`."""
    axes = canvas(484, left=10, right=6)
    axes.set_xlim(0, (TWENTY.last_day - REQUESTED).days)
    _weeks(axes, y=12)
    _refusal(axes, y=278)
    return Picture(
        title="Measured from one edge",
        figure=axes.figure,
        values=timeline(),
        alternative=f"{_weeks_in_words()} {_refusal_in_words()}",
        caption=(
            "The request, the letter and the certificates are invented, and all of 2026. Where the hatched bars "
            "stand is an example. The weeks have a few exceptions. Regulation 10, with its 16 weeks, is still to be "
            "confirmed by hand."
        ),
        headline=f"6, 16 and 20 weeks: {', '.join(short(step.last_day) for step in (SIX, SIXTEEN, TWENTY))}",
    )


def timeline() -> DataFrame:
    """Return a row for each step: `counted_from`, `length` in words and `last_day`, None for a length of time.

    `counts` is the last day to appeal, given the certificate of that row; None in the other rows.
    """
    from pandas import DataFrame

    received, letter = f"request, {said(REQUESTED)}", f"letter, {said(REFUSED)}"
    rows = [
        ("will it assess?", received, "6 weeks", said(SIX.last_day), None),
        ("advice for the assessment", "being asked for it", "up to 6 weeks", None, None),
        ("no plan: it says so", received, "16 weeks", said(SIXTEEN.last_day), None),
        ("comment on a draft plan", "the draft", "at least 15 days", None, None),
        ("the finished plan", received, "20 weeks", said(TWENTY.last_day), None),
        ("refused: the letter's clock", letter, "2 months", said(months_on(REFUSED, 2)), None),
        *(
            (
                "refused: the certificate's clock",
                f"certificate, {said(day)}",
                "1 month",
                said(months_on(day, 1)),
                said(last_day_to_appeal(REFUSED, day).last_day),
            )
            for day in CERTIFIED
        ),
    ]
    return DataFrame(rows, columns=["step", "counted_from", "length", "last_day", "counts"])


def said(day: date) -> str:
    """Return *day* with its year and without a weekday: `24 February 2026`."""
    return f"{short(day)} {day.year}"


def short(day: date) -> str:
    """Return *day* without a year, as the drawing has it: `24 February`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def _weeks_in_words() -> str:
    six, sixteen, twenty = (said(step.last_day) for step in (SIX, SIXTEEN, TWENTY))
    return (
        f"Three bars begin at the same edge, {said(REQUESTED)}, the day on which the council received the request. "
        f"Six weeks, to {six}: will it assess? Sixteen weeks, to {sixteen}: if it has assessed and there is to "
        "be no plan, it says so. "
        f"Twenty weeks, to {twenty}: the finished plan. Two hatched bars are lengths of time with no date of their "
        "own: up to 6 weeks for advice, from being asked for it, and at least 15 days to comment on a draft."
    )


def _refusal_in_words() -> str:
    letter, (early, late) = said(months_on(REFUSED, 2)), CERTIFIED
    return (
        f"Below, if it had said no in a letter of {said(REFUSED)}: two months from the letter end on {letter}. "
        f"With a certificate of {said(early)}, one month ends on {said(months_on(early, 1))}, so {letter} counts. "
        f"With one of {said(late)}, one month ends on {said(months_on(late, 1))}. That is later, so it counts."
    )


def _at(*days: date) -> tuple[float, float]:
    """Return where a bar begins and ends: days from the request. One day alone is where it ends."""
    start, end = days if len(days) == 2 else (REQUESTED, *days)
    return (start - REQUESTED).days, (end - REQUESTED).days


def _weeks(axes: Axes, y: float) -> None:
    write(axes, 0, y, f"{short(REQUESTED)}: the council has the request", bold=True)
    _edge(axes, 0, y + 14, y + 21 + 5 * LANE)
    lanes = (
        ("6 weeks: will it assess?", short(SIX.last_day), _at(SIX.last_day), BAR),
        ("Advice: 6 weeks from being asked", "", _at(*ADVICE), LENGTH),
        ("16 weeks: if no plan, it says so", short(SIXTEEN.last_day), _at(SIXTEEN.last_day), BAR),
        ("Draft plan: 15 days or more to comment", "", _at(*DRAFT), LENGTH),
        ("20 weeks: the finished plan", short(TWENTY.last_day), _at(TWENTY.last_day), BAR),
    )
    for number, (label, day, span, style) in enumerate(lanes):
        _lane(axes, y + 30 + LANE * number, label, day, span, style)


def _refusal(axes: Axes, y: float) -> None:
    write(axes, 0, y, f"If it had said no on {short(REFUSED)}", bold=True)
    _clock(axes, y + 26, "The letter: two months", REFUSED, months_on(REFUSED, 2))
    for number, day in enumerate(CERTIFIED):
        top = y + 76 + 68 * number
        _clock(
            axes,
            top,
            f"{'Or a certificate' if number else 'Certificate'} of {short(day)}: one month",
            day,
            months_on(day, 1),
        )
        counts = short(last_day_to_appeal(REFUSED, day).last_day)
        write(axes, axes.get_xlim()[1], top + 40, f"The later of the two counts: {counts}", ha="right")


def _clock(axes: Axes, y: float, label: str, start: date, end: date) -> None:
    """Draw what runs from a paper of its own: its bar has an edge where it begins."""
    span = _at(start, end)
    _lane(axes, y, label, short(end), span, CLOCK)
    _edge(axes, span[0], y + 9, y + 27)


def _lane(axes: Axes, y: float, label: str, day: str, span: tuple[float, float], style: dict[str, object]) -> None:
    write(axes, 2, y, label)
    write(axes, axes.get_xlim()[1], y, day, bold=True, ha="right")
    bar(axes, span[0], y + 10, span[1] - span[0], 16, **style)


def _edge(axes: Axes, x: float, top: float, foot: float) -> None:
    """Draw the edge that something is measured from."""
    rule(axes, (x - 0.8, x - 0.8), (top, foot), ink="ink", linewidth=4, zorder=3)
