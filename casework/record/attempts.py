"""A learner's record: a list of attempts, and nothing that can be worked out from them.

Progress, scores, misconceptions and certificates are replayed (`casework.record.played`). The record lives in the
learner's browser and leaves it only as a file that its owner saves.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

FORMAT = 1
LONGEST = 2_000  # entries of one path; the longest case has some thirty
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")

Mode = Literal["guided", "practice", "independent", "workshop", "review", "assessment", "read"]


def _time(text: str) -> str:
    """Accept `2026-11-24T09:30:00.000Z`, as browsers write it, if there is such a moment."""
    if not _TIME.fullmatch(text):
        raise ValueError("a time is written 2026-11-24T09:30:00Z, in UTC")
    datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    return text


def _speakable(text: str) -> str:
    """Refuse what no keyboard types: control characters, and halves of characters."""
    if any(ord(one) < 32 or 0x7F <= ord(one) < 0xA0 or 0xD800 <= ord(one) < 0xE000 for one in text):
        raise ValueError("holds characters that nobody can type")
    return text


Time = Annotated[str, AfterValidator(_time)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_speakable)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Entry = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", max_length=130)]
Sure = Annotated[int, Field(ge=0, le=3)]
Hands = dict[Name, Annotated[int, Field(ge=0, le=1_000)]]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Attempt(_Kept):
    """One go at a scenario, a series of drills, the spaced review or the final assessment."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(~[A-Za-z0-9]+)?$", max_length=80)]
    scenario: Name = Field(
        description="A scenario's id; `drills-<hash>`, a lesson's series; `review`; `assessment-<seed>`; "
        "`lesson-<number>`, a lesson marked as read."
    )
    hash: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]*$", max_length=64)] = Field(
        description="The content hash of the graph that was played; empty where there was none."
    )
    mode: Mode
    begun: Time
    touched: Time | None = None
    path: tuple[Entry, ...] = Field(
        max_length=LONGEST, strict=False, description="`node/choice` or `drill/choice`; empty: begun, nothing chosen."
    )
    sure: tuple[Sure, ...] = Field(
        max_length=LONGEST,
        strict=False,
        description="One a choice: 0 not asked, 1 a guess, 2 fairly sure, 3 certain.",
    )
    hands: tuple[Hands, ...] | None = Field(
        default=None, max_length=LONGEST, strict=False, description="A workshop: the hands that each choice got."
    )
    group: Said | None = Field(default=None, description="A workshop: what the group calls itself.")

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_null(cls, data: Any) -> Any:
        for name in ("touched", "hands", "group"):
            if isinstance(data, dict) and name in data and data[name] is None:
                raise ValueError(f'"{name}" is null; what is not known is left out')
        return data

    @model_validator(mode="after")
    def _sure_of_a_choice(self) -> Attempt:
        for name in ("sure", "hands"):
            if len(getattr(self, name) or ()) > len(self.path):
                raise ValueError(f'"{name}" has more entries than the path')
        return self

    @property
    def root(self) -> str:
        """The id of the family that the attempt belongs to."""
        return self.id.split("~")[0]

    def plain(self) -> dict[str, Any]:
        """Return the attempt as JSON data; a field that is not set is left out."""
        return self.model_dump(mode="json", exclude_none=True)


class Record(_Kept):
    """All attempts of one learner; *learner* is the name that the owner typed when saving the file, if any."""

    format: Literal[1]
    learner: Said | None = None
    attempts: tuple[Attempt, ...] = Field(strict=False)

    def plain(self) -> dict[str, Any]:
        """Return the record as JSON data, as a browser saves it."""
        return self.model_dump(mode="json", exclude_none=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a record file."""
    written = Record.model_json_schema()
    for part in (written, *written["$defs"].values()):
        for field in part["properties"].values():
            # What is not known is left out, never null.
            options = [option for option in field.get("anyOf", []) if option != {"type": "null"}]
            if options:
                field.pop("anyOf")
                field.pop("default", None)
                field.update(options[0])
    return written
