"""Learning tools as an author writes them: a sorter, a table to question, a rewriting. One YAML file a tool.

The field rules are the models; what needs the rest of the file, or the authorities, is a law in `check_tool`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from casework.errors import ContentError, Problem, did_you_mean
from casework.load import Lines, Loc, read_yaml, validate
from casework.scenario import Id, Model, Text


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


Tool = Sorter | Table | Rewriting
KINDS: dict[str, type[Tool]] = {"sorter": Sorter, "table": Table, "rewriting": Rewriting}


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


def check_tool(tool: Tool, lines: Lines, authorities: Collection[str]) -> list[Problem]:
    """Return every complaint that the laws have about *tool*; *authorities* are the ids that may be cited."""
    match tool:
        case Sorter():
            found = [*_unique(tool.cards, "cards", lines), *_belongings(tool, lines)]
        case Table():
            found = [*_full_rows(tool, lines)]
        case Rewriting():
            found = [*_unique(tool.items, "items", lines)]
    return sorted([*found, *_citations(tool, lines, authorities)])


def _unique(parts: Iterable[Card | Item], key: str, lines: Lines) -> Iterator[Problem]:
    """No two cards, and no two items, share an id."""
    counts: Counter[str] = Counter()
    for n, part in enumerate(parts):
        counts[part.id] += 1
        if counts[part.id] == 2:
            yield lines.problem((key, n, "id"), f'"{part.id}" stands here twice.', "Rename one.")


def _belongings(tool: Sorter, lines: Lines) -> Iterator[Problem]:
    """Every card belongs in a bin of its file."""
    for n, card in enumerate(tool.cards):
        if card.belongs not in tool.bins:
            message = f'"{card.id}" belongs in "{card.belongs}", which is not a bin.'
            yield lines.problem(("cards", n, "belongs"), message, did_you_mean(card.belongs, tool.bins))


def _full_rows(tool: Table, lines: Lines) -> Iterator[Problem]:
    """Every row has a cell for every column, and no other cell."""
    for id, row in tool.rows.items():
        for column in tool.columns:
            if column not in row.cells:
                yield lines.problem(("rows", id), f'row "{id}" has no cell for the column "{column}".', "Add it.")
        for cell in row.cells:
            if cell not in tool.columns:
                message = f'row "{id}" has a cell "{cell}", which is not a column.'
                yield lines.problem(("rows", id, "cells", cell), message, did_you_mean(cell, tool.columns))


def _citations(tool: Tool, lines: Lines, authorities: Collection[str]) -> Iterator[Problem]:
    """Every why cites at least one authority, and whatever is cited exists."""
    for name, part, loc in _citing(tool):
        if not part.cites and not isinstance(part, Cell):
            yield lines.problem(loc, f'the why of "{name}" cites nothing.', "Add cites: [an authority].")
        for id in part.cites:
            if id not in authorities:
                message = f'"{name}" cites "{id}", which is not in authorities.yaml.'
                yield lines.problem((*loc, "cites"), message, did_you_mean(id, authorities))


def _citing(tool: Tool) -> Iterator[tuple[str, Card | Cell | Item, Loc]]:
    match tool:
        case Sorter():
            yield from ((card.id, card, ("cards", n)) for n, card in enumerate(tool.cards))
        case Rewriting():
            yield from ((item.id, item, ("items", n)) for n, item in enumerate(tool.items))
        case Table():
            for row_id, row in tool.rows.items():
                yield from ((f"{row_id}/{id}", cell, ("rows", row_id, "cells", id)) for id, cell in row.cells.items())


def cited(tool: Tool) -> list[str]:
    """Return the ids of all authorities that *tool* cites, each once, in order of the alphabet."""
    return sorted({id for _, part, _ in _citing(tool) for id in part.cites})


def _either(names: Iterable[str]) -> str:
    *most, last = [f'"{name}"' for name in names]
    return f"{', '.join(most)} or {last}"
