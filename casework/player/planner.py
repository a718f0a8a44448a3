"""The planner as an ipywidget: a child's provision for a year, line by line, with what each line costs.

`planner = plan("maya")`, then `planner.frame`. Whoever changes a line in the notebook or in Python changes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import traitlets

from casework.errors import CaseworkError, did_you_mean
from casework.library import Library
from casework.player.planner_data import planner_data
from casework.player.planner_page import how_much, static_html, words
from casework.player.published import Published, joined, module
from casework.player.sheet import Sheet, Typed, prices, typed, typed_plan

if TYPE_CHECKING:
    import pandas

COLUMNS = ["what", "rate", "how_much", "group", "since", "counts", "because", "pence", "problem"]


class Planner(Published):
    """A sheet of provision. `lines` holds what was typed, one dict a line; see `casework.player.sheet.BLANK`.

    A line set from Python may leave keys out and give numbers as numbers. A mistake in a number is kept and shown;
    a key or rate that does not exist raises `CaseworkError`.
    """

    _esm = module("CaseworkPlanner", "base.js", "planner.js")
    _css = joined("tokens.css", "base.css", "planner.css")

    data = traitlets.Dict().tag(sync=True)
    start = traitlets.Unicode().tag(sync=True)
    lines = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, start: str, day: date, library: Library) -> None:
        """Show the plan called *start* (or an empty sheet) at the prices of *day*."""
        self._library, self._day = library, day
        offered = prices(library.rates, day)
        begun = typed_plan(library.plans[start].lines, offered) if start else []
        self._begun = Sheet(tuple(begun), library.rates, day)
        super().__init__(data=planner_data(library, day, start), start=start, lines=begun)
        self.add_class("casework")

    @traitlets.validate("lines")
    def _fits(self, proposal: dict[str, Any]) -> list[Typed]:
        offered = prices(self._library.rates, self._day)
        return [typed(line, offered) for line in proposal["value"]]

    @property
    def sheet(self) -> Sheet:
        """The lines as they stand, with their rates and day."""
        return Sheet(tuple(self.lines), self._library.rates, self._day)

    @property
    def words(self) -> str:
        """What the sum shows and what it does not, in paragraphs. Lines with a problem are left aside."""
        return words(self.sheet).text

    @property
    def frame(self) -> pandas.DataFrame:
        """Return one row a line, numbered from 1.

        Columns: what, rate (an id, or one-off), how_much (words), group (children), since, counts (bool), because,
        pence (a year for one child, as an exact `Fraction`; None while the line has a problem), problem (words).
        """
        import pandas

        sheet = self.sheet
        costs = iter(sheet.costed.lines)
        rows = [
            _row(line, wrong, sheet) | {"pence": None if wrong else next(costs).pounds * 100}
            for line, wrong in zip(sheet.lines, sheet.faults, strict=True)
        ]
        index = pandas.RangeIndex(1, len(rows) + 1, name="line")
        return pandas.DataFrame(rows, columns=COLUMNS, index=index).astype({"pence": object})

    def page_html(self) -> str:
        """Return the starting plan as a table, with what the page's planner needs beside it."""
        return static_html(self._library, self._begun, self.data["start"])

    def in_words(self) -> str:
        """Return what this is."""
        return "Provision planner"


def _row(line: Mapping[str, Any], wrong: Mapping[str, str], sheet: Sheet) -> dict[str, Any]:
    shown = {name: line[name] for name in ("what", "rate", "group", "since", "counts")}
    amount = "" if wrong else how_much(dict(line), sheet.rates)
    because = "" if line["counts"] else line["because"]
    return shown | {"how_much": amount, "because": because, "problem": " ".join(wrong.values())}


def plan(start: str = "", day: date | None = None, library: Library | None = None) -> Planner:
    """Return a planner that begins with the plan *start* (`maya`, `idris`), or with an empty sheet.

    Prices are those of *day*, by default the day of the law in `scenarios/service.yaml`.
    Raises `CaseworkError` for an unknown plan, with the likeliest one meant.
    """
    library = library or Library()
    if start and start not in library.plans:
        raise CaseworkError(f'There is no plan "{start}". {did_you_mean(start, library.plans)}')
    return Planner(start, day or library.service.law_as_at, library)
