"""An invented school: its roll, its budget's formula, its pupils with SEN and what each of them gets.

No cost is typed in: support is written as a school keeps it, a provision map of lines with the names of the
children, and a group is as large as the children named.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from casework.errors import ContentError, Problem, did_you_mean
from casework.funding.provision import Line
from casework.funding.rates import Text
from casework.load import SCENARIOS, Lines, load
from casework.scenario import Area

Year = Literal["R", "1", "2", "3", "4", "5", "6"]
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Share(_Model):
    """The *percent* of one part of a school's budget that counts as notional SEN budget, priced by a *rate*."""

    rate: Text
    percent: Percent


class PupilShare(Share):
    """A share of what the school gets for the *pupils* that a factor counts."""

    pupils: int = Field(ge=0)


class Formula(_Model):
    """How a local authority works out a notional SEN budget: whole-school factors, no count of children with SEN."""

    basic_entitlement: Share = Field(alias="basic-entitlement")
    deprivation: PupilShare
    low_prior_attainment: PupilShare = Field(alias="low-prior-attainment")
    lump_sum: Share = Field(alias="lump-sum")


class Pupil(_Model):
    """A child with SEN: year group, main area of need, and SEN Support or an EHC plan."""

    year: Year
    area: Area
    status: Literal["SEN Support", "EHC plan"]


class Support(Line):
    """A line of the school's provision map: for children *together*, who share its cost, or once for *each*."""

    together: tuple[Text, ...] = ()
    each: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _names_children(self) -> Support:
        if bool(self.together) == bool(self.each):
            raise ValueError('name the children under "together" or under "each", not both')
        if self.group != 1:
            raise ValueError("the group is counted from the children named: leave it out")
        return self

    @property
    def children(self) -> tuple[str, ...]:
        """Everyone who gets this support."""
        return self.together or self.each

    @property
    def line(self) -> Line:
        """The same support as a line of one child's provision."""
        own = self.model_dump(exclude={"together", "each"})
        return Line(**own | {"group": len(self.together) or 1})


class School(_Model):
    """An invented mainstream primary school: how its notional budget is made, its pupils with SEN, their support."""

    name: Text
    kind: Literal["academy", "maintained"]
    roll: int = Field(gt=0)
    illustrative: bool
    formula: Formula
    pupils: dict[Text, Pupil]
    support: tuple[Support, ...]

    def lines_of(self, pupil: str) -> tuple[Line, ...]:
        """Return the provision of *pupil*, in the order of the file."""
        return tuple(support.line for support in self.support if pupil in support.children)


def load_school(path: Path = SCENARIOS / "school.yaml") -> School:
    """Read the school at *path*. Raises `ContentError` with every problem found."""
    school, lines = load(School, path)
    if problems := list(_problems(school, lines)):
        raise ContentError(problems)
    return school


def _problems(school: School, lines: Lines) -> Iterator[Problem]:
    for n, support in enumerate(school.support):
        key = "together" if support.together else "each"
        for m, child in enumerate(support.children):
            where = ("support", n, key, m)
            if child not in school.pupils:
                yield lines.problem(where, f'"{child}" is not a pupil.', did_you_mean(child, school.pupils))
            if child in support.children[:m]:
                yield lines.problem(where, f'"{child}" is named twice.', "Take one out.")
    helped = {child for support in school.support for child in support.children}
    for pupil in school.pupils.keys() - helped:
        yield lines.problem(("pupils", pupil), f'"{pupil}" gets no support.', "Name the child in a line of support.")
