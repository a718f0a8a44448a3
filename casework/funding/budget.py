"""A school's notional SEN budget beside what its pupils' support costs: tables in, tables out.

Every money column holds whole pence as `int64`: each pupil's cost is rounded once, half up, after its lines are
added, so that a column adds up on paper. `shown` turns a table into text in pounds. Figures are illustrative.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from casework.funding.provision import Words, against_threshold, cost_plan
from casework.funding.rates import Rates, in_pounds, rate_on, to_pence
from casework.funding.school import School

MONEY = ("cost", "school", "above", "each", "notional", "amount", "spent", "so_far", "left")
CITES = (
    "nsb-guidance-2025",
    "forum-2025-threshold",
    "complex-needs-funding",
    "somerset-nsb",
    "code-6-99",
    "cfa-66",
    "cfa-36-8",
)
# Teaching weeks of a school year, 38 in all; terms differ from place to place.
WEEKS = {
    "September": 4,
    "October": 3,
    "November": 4,
    "December": 3,
    "January": 4,
    "February": 3,
    "March": 4,
    "April": 3,
    "May": 3,
    "June": 4,
    "July": 3,
}


def notional_budget(
    school: School, rates: Rates, day: date, basic_percent: Decimal | float | None = None
) -> pd.DataFrame:
    """Return the parts of the school's notional SEN budget on *day*: pupils x each x percent, part by part.

    Index `factor`. Columns: `pupils` (a count; 1 for the lump sum), `each` (pence), `percent` (0-100), `notional`
    (pence). *basic_percent* tries another share of the basic entitlement. Source of the method: DfE guidance on
    the notional SEN budget; the figures are illustrative.
    """
    formula = school.formula
    basic = formula.basic_entitlement.percent if basic_percent is None else Decimal(str(basic_percent))
    parts = (
        ("basic entitlement", school.roll, formula.basic_entitlement.rate, basic),
        ("deprivation", formula.deprivation.pupils, formula.deprivation.rate, formula.deprivation.percent),
        (
            "low prior attainment",
            formula.low_prior_attainment.pupils,
            formula.low_prior_attainment.rate,
            formula.low_prior_attainment.percent,
        ),
        ("lump sum", 1, formula.lump_sum.rate, formula.lump_sum.percent),
    )
    return pd.DataFrame([_part(*part, rates=rates, day=day) for part in parts]).set_index("factor")


def _part(factor: str, pupils: int, rate: str, percent: Decimal, *, rates: Rates, day: date) -> dict[str, object]:
    each = Fraction(rate_on(rates, rate, day).pounds)
    notional = to_pence(pupils * each * Fraction(percent) / 100)
    return {
        "factor": factor,
        "pupils": pupils,
        "each": to_pence(each),
        "percent": float(percent),
        "notional": notional,
    }


def cost_pupils(school: School, rates: Rates, day: date) -> pd.DataFrame:
    """Return what each pupil's support costs in a year at the rates of *day*, in the order of the file.

    Index `pupil`. Columns: `year`, `area`, `status` (text); `cost`, `school` (what a mainstream school is expected
    to find, up to the threshold) and `above` (what lies above it), in pence. `cost` is `school` plus `above`.
    """
    rows = []
    for name, pupil in school.pupils.items():
        cost = to_pence(cost_plan(school.lines_of(name), rates, day).counted)
        split = against_threshold(Fraction(cost, 100), rates, day)
        money = {"cost": cost, "school": to_pence(split.school), "above": to_pence(split.above)}
        rows.append({"pupil": name, **pupil.model_dump(), **money})
    return pd.DataFrame(rows).set_index("pupil")


def summary(costs: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Set all pupils' costs beside the notional budget.

    Index: `cost`, `above` (top-up funding could carry it, if the authority agrees), `school`, `notional`,
    `uncovered` (the school's part that the notional budget does not reach; never below 0).
    Columns: `what` (words), `amount` (pence).
    """
    school, notional = int(costs["school"].sum()), int(budget["notional"].sum())
    rows = {
        "cost": ("All additional support for these pupils", int(costs["cost"].sum())),
        "above": ("Above the threshold: top-up funding could carry it", int(costs["above"].sum())),
        "school": ("Up to the threshold: the school is expected to find it", school),
        "notional": ("Notional SEN budget", notional),
        "uncovered": ("Not covered by the notional budget", max(0, school - notional)),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["what", "amount"])


def through_the_year(costs: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Return, month by month from September, what is left of the notional budget.

    The school's part of the cost is spread evenly over the 38 teaching weeks, a simplification. Index `month`.
    Columns: `weeks` (a count); `spent`, `so_far` and `left` at the month's end, in pence. `left` falls below 0
    when the notional budget is used up; support and duties go on.
    """
    school, notional = int(costs["school"].sum()), int(budget["notional"].sum())
    table = pd.DataFrame({"weeks": pd.Series(WEEKS)}).rename_axis("month")
    taught = table["weeks"].cumsum()
    table["so_far"] = [to_pence(Fraction(school * int(weeks), 100 * sum(WEEKS.values()))) for weeks in taught]
    table.insert(1, "spent", table["so_far"].diff().fillna(table["so_far"]).astype("int64"))
    table["left"] = notional - table["so_far"]
    return table


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of *table* for reading: every money column as text, such as `£1,234.50`."""
    money = [column for column in table.columns if column in MONEY]
    return table.assign(**{c: [in_pounds(Fraction(int(p), 100), with_pence=True) for p in table[c]] for c in money})


def budget_in_words(summed: pd.DataFrame, rates: Rates, day: date) -> Words:
    """Say what a `summary` shows about a school's notional budget on *day*, and what it does not."""
    threshold = in_pounds(against_threshold(Fraction(0), rates, day).threshold)
    parts = (
        _shows(summed["amount"], threshold),
        "The notional SEN budget is a guide, inside the school’s whole budget. It is not ring-fenced: the school may "
        f"spend more or less than it. It is not {threshold} a child: it is worked out from facts about the whole "
        "school, and most children’s support costs less than that.",
        "When it is used up, the duty is not. The school’s governing body or trust must use its best endeavours to "
        "secure the provision that its pupils’ special educational needs call for, and section 66(2) of the Children "
        "and Families Act 2014 names no budget at which that ends.",
        "No sum here is a condition of asking for an EHC needs assessment (section 36(8) of the same Act).",
        "The school, its pupils and its figures are made up for practice.",
    )
    return Words("\n\n".join(parts), CITES)


def _shows(amount: pd.Series, threshold: str) -> str:
    school, notional, uncovered, above = (
        in_pounds(Fraction(int(amount[row]), 100)) for row in ("school", "notional", "uncovered", "above")
    )
    place = f"{uncovered} more than" if amount["uncovered"] else "within"
    top_up = (
        f" A further {above} lies above {threshold} for one pupil or another; the school can ask the local "
        "authority for top-up funding for it."
    )
    return (
        f"The school is expected to find {school} a year for its pupils’ additional support. That is {place} its "
        f"notional SEN budget of {notional}." + (top_up if amount["above"] else "")
    )
