"""Plans to start from: one child's provision for a year, as the course's authors wrote it down."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from casework.funding.provision import Line
from casework.funding.rates import Text


class PlannedLine(Line):
    """A line of provision that also says since when it runs; those words enter no sum."""

    since: Text | None = Field(default=None, description="A day or a month, in words.")


class Plan(BaseModel):
    """The *lines* of provision of one invented *child*, who is described in a sentence or two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    child: Text
    lines: tuple[PlannedLine, ...]
