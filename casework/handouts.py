"""What the sheets of every workshop say, whichever case is played: one file, one strict model.

What must hold of it beyond its form (authorities, beliefs, one sound answer) is a law: `casework.handout_laws`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casework.scenario import Id, Model, Option, Text

Count = Annotated[int, Field(ge=1, le=40)]


class CostingWords(Model):
    """What stands on a costing sheet besides the prices of its case."""

    method: Text = Field(description="How a line is costed. Markdown.")
    practice: Text = Field(description="That its prices are for practice. Plain text.")
    rows: Count = Field(description="Empty lines to fill in.")


class Decision(Model):
    """A decision in a sentence; people answer it before the workshop, after it, and four weeks later."""

    id: Id
    text: Text
    choices: tuple[Option, ...] = Field(min_length=2, max_length=4)


class Occasion(Model):
    """One time at which the decisions are put: its *lines* are open questions."""

    title: Text
    text: Text
    lines: tuple[Text, Text]


class Feedback(Model):
    """The same four decisions, three times, so that before and after can be compared."""

    word: Text = Field(description="What to write so that a person's sheets can be laid side by side.")
    sure: tuple[Text, ...] = Field(min_length=2, max_length=4, description="How sure one can be, least first.")
    decisions: tuple[Decision, Decision, Decision, Decision]
    occasions: tuple[Occasion, Occasion, Occasion]


class SignIn(Model):
    """The list at the door."""

    title: Text
    columns: tuple[Text, ...] = Field(min_length=2, max_length=4)
    rows: Count
    what_happens: Text = Field(description="What becomes of the sheet. Plain text.")


class Copies(Model):
    """One kind of sheet and how often it is printed."""

    sheet: Text
    copies: Text
    note: Text


class Printing(Model):
    """For whoever prints, and for whoever reads what comes back."""

    text: Text = Field(description="Markdown.")
    copies: tuple[Copies, ...] = Field(min_length=1)
    reading: Text = Field(description="How to read the feedback. Markdown.")


class Handouts(Model):
    """The whole file."""

    opening: Text = Field(description="How a group works, on the first sheet of every case. Markdown.")
    facilitator: Text = Field(description="How to use the facilitator's pack. Markdown.")
    costing: CostingWords
    feedback: Feedback
    sign_in: SignIn
    printing: Printing
