"""A school's notional SEN budget: how it is made up, how long it lasts, who carries what."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from pandas import DataFrame, Series

from casework.funding.budget import cost_pupils, notional_budget, through_the_year
from casework.funding.charts.marks import (
    ABOVE,
    DAY,
    PRACTICE,
    ROUNDED,
    UNCOVERED,
    WIDE,
    WITHIN,
    Part,
    decimals,
    staircase,
    whole,
)
from casework.funding.rates import load_rates, to_pence
from casework.funding.school import School, load_school
from casework.pictures import Picture
from casework.pictures.canvas import bar, canvas, labelled_bar, rule, write
from casework.pictures.sliders import Slider, asks, count

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DUTY = "When the notional budget is used up, the duty to these pupils is not."
# The axis is the same in every frame of the sweep, in pence: 420 pupils at 8% of the basic entitlement fit.
AXIS = 25_000_000
YEAR_SPAN = (13_000_000, -10_000_000)
SHARE = Slider("Share of the basic entitlement", "{:g}%".format)
PUPILS = Slider("On SEN Support or with a plan", count("child", "children"))


def draw_who_carries(summed: DataFrame) -> Picture:
    """Draw a `budget.summary`: what the notional budget covers, what it does not, what top-up could carry."""
    amount = summed["amount"]
    parts = (
        Part("The notional budget covers", int(amount["school"] - amount["uncovered"]), WITHIN),
        Part("Not covered by it", int(amount["uncovered"]), UNCOVERED),
        Part("Above: top-up could carry", int(amount["above"]), ABOVE),
    )
    axes = canvas(196)
    axes.set_xlim(0, int(amount["cost"]))
    labelled_bar(axes, 12, "All additional support", whole(amount["cost"]), (0, amount["cost"]), "edge", bold=True)
    staircase(axes, 60, parts)
    said = " ".join(f"{part.label}: {whole(part.pence)}." for part in parts)
    return Picture(
        title="Who carries the cost of support",
        figure=axes.figure,
        values=DataFrame({"part": [part.label for part in parts], "£": decimals(part.pence for part in parts)}),
        alternative=f"All additional support costs {whole(amount['cost'])} a year. {said}",
        headline=f"{whole(amount['uncovered'])} that the notional budget does not cover",
        caption=f"{PRACTICE} {ROUNDED} The local authority decides on top-up. {DUTY}",
    )


def draw_through_the_year(table: DataFrame, *, span: tuple[int, int] | None = None) -> Picture:
    """Draw `budget.through_the_year`: what is left of the notional budget at the end of each month.

    *span* is the highest and lowest value of the axis in pence, where several pictures are to be compared.
    """
    left, budget = table["left"], int(table["left"].iloc[0] + table["spent"].iloc[0])
    short = left.index[left < 0]
    ends = f"used up in {short[0]}" if len(short) else "not used up by July"
    said = " ".join(f"{month}: {whole(pence)}." for month, pence in left.items())
    return Picture(
        title="What is left of the notional SEN budget",
        figure=_months(left, budget, span or (budget, min(0, int(left.min())))),
        values=DataFrame({"month": table.index, "£_spent": decimals(table["spent"]), "£_left": decimals(left)}),
        alternative=f"A notional budget of {whole(budget)}. Left at the end of each month: {said} It is {ends}.",
        headline=f"{whole(budget)}, {ends}",
        caption=f"{PRACTICE} The cost is spread evenly over 38 teaching weeks. {DUTY}",
    )


def _months(left: Series, budget: int, span: tuple[int, int]) -> Figure:
    axes = canvas(270)
    step, scale = WIDE / len(left), 156 / (span[0] - span[1])
    zero = 64 + span[0] * scale
    write(axes, 0, 12, f"{whole(budget)} in September.")
    write(axes, 0, 32, "Left at each month’s end, in £ thousand:", ink="ink-soft")
    for number, (month, pence) in enumerate(left.items()):
        middle, tall = (number + 0.5) * step, pence * scale
        bar(
            axes, number * step + 3, zero - max(tall, 0), step - 6, abs(tall), **(WITHIN if pence >= 0 else UNCOVERED)
        )
        words = f"{pence / 100_000:.0f}".replace("-", "−")
        write(axes, middle, zero - tall + (-11 if pence >= 0 else 12), words, bold=True, ha="center")
        write(axes, middle, 256, month[:3], ink="ink-soft", ha="center")
    rule(axes, (0, WIDE), (zero, zero), ink="ink", linewidth=2, zorder=3)
    return axes.figure


@asks(share=SHARE, pupils=PUPILS)
def draw_how_long_it_lasts(share: float = 6, pupils: int = 42, *, day: date = DAY) -> Picture:
    """Draw Quillbeck's year with another *share* (per cent) of the basic entitlement and number of *pupils* with SEN.

    Each child costs the school what the average child at Quillbeck does.
    """
    quillbeck, rates = load_school(), load_rates()
    budget = notional_budget(quillbeck, rates, day, share)
    costs = DataFrame({"school": [_need(quillbeck, pupils, day)]})
    return draw_through_the_year(through_the_year(costs, budget), span=YEAR_SPAN)


@asks(
    roll=Slider("Pupils on roll", count("pupil", "pupils")),
    share=SHARE,
    pupils=PUPILS,
)
def draw_notional_budget(roll: int = 210, share: float = 6, pupils: int = 42, *, day: date = DAY) -> Picture:
    """Draw a notional SEN budget for *roll* pupils and a *share* (per cent) beside the cost of *pupils* with SEN.

    The other factors grow with the roll; each child costs the school what the average child at Quillbeck does.
    """
    quillbeck, rates = load_school(), load_rates()
    factors = notional_budget(_grown(quillbeck, roll), rates, day, share)["notional"]
    need = _need(quillbeck, pupils, day)
    rows = {**factors, "notional SEN budget": factors.sum(), f"support for {pupils} children": need}
    said = " ".join(f"{part[:1].upper()}{part[1:]}: {whole(pence)}." for part, pence in rows.items())
    balance = _balance(int(factors.sum()) - need)
    return Picture(
        title="A notional SEN budget beside what it is for",
        figure=_budget(factors, need, pupils, balance),
        values=DataFrame({"part": rows.keys(), "£": decimals(rows.values())}),
        alternative=f"{roll} pupils, {share:g}% of the basic entitlement. {said} {balance}.",
        headline=balance,
        caption=(
            f"{PRACTICE} {ROUNDED} The budget is worked out from the whole school, not from its children with SEN; "
            "their support is what a child at Quillbeck costs the school on average."
        ),
    )


def _need(school: School, pupils: int, day: date) -> int:
    """Return, in pence, what *pupils* children cost *school* if each costs it what its own do on average."""
    costs = cost_pupils(school, load_rates(), day)["school"]
    return to_pence(Fraction(int(costs.sum()) * pupils, 100 * len(costs)))


def _grown(school: School, roll: int) -> School:
    """Return *school* with another *roll*, and the pupils whom each factor counts in proportion."""
    formula = school.formula
    counted = {
        name: part.model_copy(update={"pupils": round(part.pupils * roll / school.roll)})
        for name in ("deprivation", "low_prior_attainment")
        if (part := getattr(formula, name))
    }
    return school.model_copy(update={"roll": roll, "formula": formula.model_copy(update=counted)})


def _balance(pence: int) -> str:
    return f"{whole(abs(pence))} {'left for more' if pence >= 0 else 'not covered'}"


def _budget(factors: Series, need: int, pupils: int, balance: str) -> Figure:
    notional = int(factors.sum())
    axes = canvas(326)
    axes.set_xlim(0, max(AXIS, notional, need))
    soft = {"fill": "brand-soft", "edge": "brand"}
    y = staircase(axes, 12, [Part(name.capitalize(), int(pence), soft) for name, pence in factors.items()])
    labelled_bar(axes, y, "Notional SEN budget", whole(notional), (0, notional), bold=True, **WITHIN)
    labelled_bar(axes, y + 48, f"Support for {pupils} children", whole(need), (0, min(need, notional)), **WITHIN)
    if need > notional:
        bar(axes, notional, y + 59, need - notional, 16, **UNCOVERED)
    write(axes, 0, y + 100, balance, bold=True)
    return axes.figure
