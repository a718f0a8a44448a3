"""Learning tools as an author writes them: one YAML file a tool, one model a kind.

A sorter, a table to question, a rewriting, a reckoning of dates, evidence to fill in, a letter to assemble.
The field rules are the models; what needs the rest of the file, or another file, is a law (`casework.tool_laws`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from casework import dates
from casework.errors import ContentError
from casework.load import Lines, Loc, read_yaml, validate
from casework.scenario import Id, Model, Option, Text


class Card(Model):
    """One sentence to be sorted, with its coaching."""

    id: Id
    text: Text = Field(description="Plain text.")
    belongs: Id = Field(description="The bin it belongs in.")
    why: Text = Field(description="The coaching. Markdown.")
    cites: tuple[Id, ...] = Field(default=(), description="Ids from authorities.yaml; at least one.")


class Sorter(Model):
    """Cards to be put into bins."""

    kind: Literal["sorter"]
    title: Text
    ask: Text
    bins: dict[Id, Text] = Field(min_length=2)
    cards: tuple[Card, ...] = Field(min_length=2)


class Cell(Model):
    """What holds for one row in one column. Without cites where no authority says it: a school's own practice."""

    text: Text = Field(description="Plain text.")
    cites: tuple[Id, ...] = ()


class Row(Model):
    """One of the things that a table is asked about."""

    label: Text
    note: Text | None = None
    cells: dict[Id, Cell]


class Table(Model):
    """A table that a learner questions: one row at a time, or two side by side."""

    kind: Literal["table"]
    title: Text
    ask: Text = Field(description="The beginning of a sentence that a row's label ends: 'My child’s school is a …'.")
    columns: dict[Id, Text] = Field(min_length=1)
    rows: dict[Id, Row] = Field(min_length=2)


class Item(Model):
    """Something to be written better, and two ways in which it was."""

    id: Id
    child: Text = Field(description="Whom it is about. Markdown.")
    given: Text = Field(description="As it stood. Plain text.")
    worked: tuple[Text, Text] = Field(description="Two worked ones. Plain text.")
    why: Text = Field(description="What they have that the given one lacks. Markdown.")
    cites: tuple[Id, ...] = Field(default=(), description="Ids from authorities.yaml; at least one.")


class Rewriting(Model):
    """Write, then compare; nothing is marked."""

    kind: Literal["rewriting"]
    title: Text
    about: Text = Field(description="What the learner is asked to do. Markdown.")
    items: tuple[Item, ...] = Field(min_length=1)
    checklist: tuple[Text, ...] = Field(min_length=1, description="Questions that learners tick for themselves.")


class Note(Model):
    """A sentence that stands above a tool, on whatever it rests."""

    text: Text = Field(description="Markdown.")
    cites: tuple[Id, ...] = Field(default=(), description="Ids from authorities.yaml; at least one.")


class Example(Model):
    """Days to begin with: those of the worked example, for whoever reads without a script."""

    requested: date = Field(description="The day on which the council received a request.")
    decided: date = Field(description="The date on a decision letter.")
    certified: date | None = Field(default=None, description="The date on a mediation certificate, if there is one.")
    happened: date = Field(description="The day of which a claim of discrimination complains.")


class Dates(Model):
    """Days reckoned from a request and from a refusal; the sums and their sentences are in `casework.dates`."""

    kind: Literal["dates"]
    title: Text
    about: Text = Field(description="What it is for. Markdown.")
    note: Note
    example: Example


class Heading(Model):
    """One kind of evidence: what to ask oneself, and where to look for it."""

    id: Id
    label: Text
    ask: Text = Field(description="A plain question. Plain text.")
    look: Text = Field(description="Where to look for it. Plain text.")
    cites: tuple[Id, ...] = Field(default=(), description="Ids from authorities.yaml; at least one.")


class Filled(Model):
    """The headings filled in for one invented child."""

    name: Text
    about: Text = Field(description="Who it is. Markdown.")
    entries: dict[Id, Text] = Field(description="Heading to what stands under it. Plain text.")


class Evidence(Model):
    """A list to fill in for a case. Nothing in it is a condition of anything, and the note says so."""

    kind: Literal["evidence"]
    title: Text
    about: Text = Field(description="What the learner is asked to do. Markdown.")
    note: Note
    gaps: Text = Field(description="Said after the headings that are still empty. Plain text.")
    headings: tuple[Heading, ...] = Field(min_length=1)
    filled: Filled


class Part(Model):
    """One part of a letter, with sentences to choose from; some help, and some weaken it."""

    id: Id
    label: Text
    lines: bool = Field(default=False, description="Whether each sentence stands on a line of its own.")
    choices: tuple[Option, ...] = Field(min_length=2, description="Each `text` is a sentence of the letter.")


class Letter(Model):
    """A letter that a learner assembles for one invented child."""

    kind: Literal["letter"]
    title: Text
    about: Text = Field(description="What the learner is asked to do. Markdown.")
    note: Note
    case: Text = Field(description="The facts that it is written from. Markdown.")
    greeting: Text = Field(description="Stands after the first part. Plain text.")
    closing: Text = Field(description="Stands at the end. Plain text.")
    parts: tuple[Part, ...] = Field(min_length=2)


Tool = Sorter | Table | Rewriting | Dates | Evidence | Letter
KINDS: dict[str, type[Tool]] = {
    "sorter": Sorter,
    "table": Table,
    "rewriting": Rewriting,
    "dates": Dates,
    "evidence": Evidence,
    "letter": Letter,
}
WHOLE = "letter"  # under this name a learner's own wording of the letter is kept, beside the parts


def load_tool(path: Path) -> tuple[Tool, Lines]:
    """Read the tool at *path* with the lines of its file; raises `ContentError` with every problem of form."""
    data, lines = read_yaml(path)
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind is None:
        raise ContentError([lines.problem((), '"kind" is missing.', f"It may be {_either(KINDS)}.")])
    if kind not in KINDS:
        raise ContentError([lines.problem(("kind",), f'"kind" is "{kind}"; it may be {_either(KINDS)}.')])
    tool, problems = validate(KINDS[kind], data, lines)
    if problems:
        raise ContentError(problems)
    return tool, lines


def citing(tool: Tool) -> Iterator[tuple[str, Card | Cell | Item | Note | Heading | Option, Loc]]:
    """Yield all that cites in *tool*: its name, the part itself, and where it stands in the file."""
    if isinstance(tool, Dates | Evidence | Letter):
        yield "note", tool.note, ("note",)
    match tool:
        case Sorter():
            yield from ((card.id, card, ("cards", n)) for n, card in enumerate(tool.cards))
        case Rewriting():
            yield from ((item.id, item, ("items", n)) for n, item in enumerate(tool.items))
        case Table():
            for row_id, row in tool.rows.items():
                yield from ((f"{row_id}/{id}", cell, ("rows", row_id, "cells", id)) for id, cell in row.cells.items())
        case Evidence():
            yield from ((heading.id, heading, ("headings", n)) for n, heading in enumerate(tool.headings))
        case Letter():
            yield from (
                (option.id, option, ("parts", n, "choices", m))
                for n, part in enumerate(tool.parts)
                for m, option in enumerate(part.choices)
            )


def cited(tool: Tool) -> list[str]:
    """Return the ids of all authorities that *tool* cites, each once, in order of the alphabet."""
    reckoned = dates.cited() if isinstance(tool, Dates) else []
    return sorted({*reckoned, *(id for _, part, _ in citing(tool) for id in part.cites)})


def _either(names: Iterable[str]) -> str:
    *most, last = [f'"{name}"' for name in names]
    return f"{', '.join(most)} or {last}"
