"""The laws of learning tools: what must hold of a tool beyond the form of its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from casework import dates
from casework.errors import Problem, did_you_mean
from casework.laws import misconceptions_hold
from casework.library import Library
from casework.load import Lines
from casework.tool import (
    WHOLE,
    Card,
    Cell,
    Dates,
    Evidence,
    Heading,
    Item,
    Letter,
    Part,
    Rewriting,
    Sorter,
    Table,
    Tool,
    citing,
)


def check_tool(tool: Tool, lines: Lines, library: Library) -> list[Problem]:
    """Return every complaint that the laws have about *tool*; *library* has what may be cited, and the beliefs."""
    match tool:
        case Sorter():
            found = [*_unique(tool.cards, "cards", lines), *_belongings(tool, lines)]
        case Table():
            found = [*_full_rows(tool, lines)]
        case Rewriting():
            found = [*_unique(tool.items, "items", lines)]
        case Dates():
            found = [*_reckoned(tool, lines), *_reckoned_on_authority(lines, library)]
        case Evidence():
            found = [*_unique(tool.headings, "headings", lines), *_full_entries(tool, lines)]
        case Letter():
            found = [*_unique(tool.parts, "parts", lines), *_sentences(tool, lines, library)]
    return sorted([*found, *_citations(tool, lines, library)])


def _unique(parts: Iterable[Card | Item | Heading | Part], key: str, lines: Lines) -> Iterator[Problem]:
    """No two cards, and no two items, headings or parts, share an id."""
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


def _reckoned(tool: Dates, lines: Lines) -> Iterator[Problem]:
    """The days of the example can be reckoned with."""
    one = tool.example
    sums = (
        ("requested", lambda: dates.timetable(one.requested)),
        ("decided", lambda: dates.last_day_to_appeal(one.decided, one.certified)),
        ("happened", lambda: dates.last_day_for_claim(one.happened)),
    )
    for key, reckon in sums:
        try:
            reckon()
        except dates.DateError as error:
            yield lines.problem(("example", key), str(error))


def _full_entries(tool: Evidence, lines: Lines) -> Iterator[Problem]:
    """The child of the example has an entry for every heading, and no other entry."""
    headings = [heading.id for heading in tool.headings]
    for id in headings:
        if id not in tool.filled.entries:
            yield lines.problem(("filled", "entries"), f'nothing is filled in for "{id}".', "Add it.")
    for id in tool.filled.entries:
        if id not in headings:
            message = f'"{id}" is filled in, but is not a heading.'
            yield lines.problem(("filled", "entries", id), message, did_you_mean(id, headings))


def _reckoned_on_authority(lines: Lines, library: Library) -> Iterator[Problem]:
    """What the sums with dates rest on exists."""
    for id in dates.cited():
        if id not in library.authorities:
            yield lines.problem(("kind",), f'casework.dates cites "{id}", which is not in authorities.yaml.')


def _sentences(tool: Letter, lines: Lines, library: Library) -> Iterator[Problem]:
    """The sentences keep the laws of options, each part has a sound one, and none takes the name of the whole."""
    places = [
        (option, ("parts", n, "choices", m))
        for n, part in enumerate(tool.parts)
        for m, option in enumerate(part.choices)
    ]
    yield from misconceptions_hold(places, lines, library)
    counts: Counter[str] = Counter()
    for option, loc in places:
        counts[option.id] += 1
        if counts[option.id] == 2:
            yield lines.problem((*loc, "id"), f'"{option.id}" stands here twice.', "Rename one.")
    for n, part in enumerate(tool.parts):
        if part.id == WHOLE:
            yield lines.problem(("parts", n, "id"), f'a part cannot be called "{WHOLE}".', "Rename it.")
        if not any(option.quality == "sound" for option in part.choices):
            yield lines.problem(("parts", n), f'the part "{part.id}" has no sound sentence.')


def _citations(tool: Tool, lines: Lines, library: Library) -> Iterator[Problem]:
    """Every why cites at least one authority, and whatever is cited exists."""
    for name, part, loc in citing(tool):
        if not part.cites and not isinstance(part, Cell):
            yield lines.problem(loc, f'the why of "{name}" cites nothing.', "Add cites: [an authority].")
        for id in part.cites:
            if id not in library.authorities:
                message = f'"{name}" cites "{id}", which is not in authorities.yaml.'
                yield lines.problem((*loc, "cites"), message, did_you_mean(id, library.authorities))
