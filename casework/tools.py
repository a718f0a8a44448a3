"""Learning tools in a notebook and in the book: `show_tool("must-should-may")`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import traitlets

from casework.errors import CaseworkError, ContentError, did_you_mean
from casework.library import Library
from casework.player.published import Published, joined, module
from casework.player.tools_page import static_html, tool_data
from casework.tool import WHOLE, Dates, Evidence, Letter, Rewriting, Sorter, Table, Tool
from casework.tool_laws import check_tool


class ToolWidget(Published):
    """One learning tool; `state` is what the learner has done with it so far. Keys that do not exist raise.

    A sorter: card id to bin id. A table: `row` and `with`, ids of rows or empty. A rewriting: item id to a dict of
    `text`, what was written, and `ticked`, the questions of the checklist that were ticked. Dates: `requested`,
    `decided`, `certified`, `happened`, ISO dates or empty. Evidence: heading id to such a dict, its `text` written.
    A letter: part id to such a dict, its `ticked` the ids of sentences; `letter` has the learner's own wording.
    """

    _esm = module("CaseworkTools", "base.js", "dates.js", "writing.js", "tools.js")
    _css = joined("tokens.css", "base.css", "tools.css")

    data = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, id: str, tool: Tool, library: Library) -> None:
        """Show *tool*, untouched; *library* has the authorities that it cites."""
        self._tool = tool
        super().__init__(data=tool_data(id, tool, library))
        self.add_class("casework")

    @traitlets.validate("state")
    def _fits(self, proposal: dict[str, Any]) -> dict[str, Any]:
        fits(self._tool, proposal["value"])
        return proposal["value"]

    def page_html(self) -> str:
        """Return the tool as HTML: to read without a script, and with the data for the page's script."""
        return static_html(self.data)

    def in_words(self) -> str:
        """Return what the tool is called."""
        return self.data["title"]


def fits(tool: Tool, state: Mapping[str, Any]) -> None:
    """Raise `CaseworkError` where *state* names something that *tool* does not have."""
    match tool:
        case Sorter():
            _known(state, [card.id for card in tool.cards], "a card")
            _known(state.values(), tool.bins, "a bin")
        case Table():
            _known(state, ("row", "with"), "a question")
            _known((id for id in state.values() if id), tool.rows, "a row")
        case Rewriting():
            _known(state, [item.id for item in tool.items], "an item")
            _written(state.values(), "an item")
        case Dates():
            _known(state, ("requested", "decided", "certified", "happened"), "a day")
            _dates(day for day in state.values() if day)
        case Evidence():
            _known(state, [heading.id for heading in tool.headings], "a heading")
            _written(state.values(), "a heading")
        case Letter():
            choices = {part.id: [option.id for option in part.choices] for part in tool.parts}
            _known(state, [*choices, WHOLE], "a part")
            _written(state.values(), "a part")
            for id in set(state) & set(choices):
                _known(state[id].get("ticked", ()), choices[id], f'a sentence of "{id}"')


def _written(parts: Iterable[Mapping[str, Any]], what: str) -> None:
    for part in parts:
        _known(part, ("text", "ticked"), f"a part of {what}")


def _dates(days: Iterable[str]) -> None:
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise CaseworkError(f'"{day}" is not a date. Write it as 2026-11-03.') from None


def _known(names: Iterable[str], known: Iterable[str], what: str) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            raise CaseworkError(f'"{name}" is not {what} of this tool. {did_you_mean(name, known)}')


def show_tool(id: str, library: Library | None = None) -> ToolWidget:
    """Return the learning tool *id*: the name of a file in `scenarios/tools/`.

    Raises `CaseworkError` for an unknown id, with the likeliest one meant, and `ContentError` for a broken file.
    """
    library = library or Library()
    tool, lines = library.located_tool(id)
    problems = check_tool(tool, lines, library)
    if problems:
        raise ContentError(problems)
    return ToolWidget(id, tool, library)
