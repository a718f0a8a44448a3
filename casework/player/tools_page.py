"""The static form of a learning tool: all of it to read without JavaScript, and its data for the script."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from casework.graph import render, typeset
from casework.library import Library
from casework.player import dates_page, writing_page
from casework.player.cited import Data, authorities, sources
from casework.tool import Card, Dates, Evidence, Item, Letter, Rewriting, Sorter, Table, Tool, cited

FORMAT = 1
# The script that draws a kind, where that is not tools.js alone; a page loads it before tools.js.
DRAWN_BY = {"dates": "dates.js", "evidence": "writing.js", "letter": "writing.js"}


def tool_data(id: str, tool: Tool, library: Library) -> Data:
    """Return *tool* as the plain JSON that the script is given; what an author wrote in Markdown is HTML in it.

    Bins, columns and rows are lists: JavaScript would put an id of digits before the others.
    """
    head = {"format": FORMAT, "id": id, "kind": tool.kind, "title": typeset(tool.title)}
    cites = {
        id: {"short": one.short, "says": typeset(one.says), "href": one.href, "status": one.status}
        for id, one in ((id, library.authorities[id]) for id in cited(tool))
    }
    return head | _body(tool, library) | {"authorities": cites}


def _body(tool: Tool, library: Library) -> Data:
    match tool:
        case Sorter():
            bins = [[id, typeset(label)] for id, label in tool.bins.items()]
            return {"ask": typeset(tool.ask), "bins": bins, "cards": [_card(card) for card in tool.cards]}
        case Table():
            columns = [[id, typeset(heading)] for id, heading in tool.columns.items()]
            return {"ask": typeset(tool.ask), "columns": columns, "rows": _rows(tool)}
        case Rewriting():
            items = [_item(item) for item in tool.items]
            return {"about": render(tool.about), "items": items, "checklist": [*map(typeset, tool.checklist)]}
        case Dates():
            return dates_page.body(tool, library)
        case Evidence():
            return writing_page.evidence_body(tool)
        case Letter():
            return writing_page.letter_body(tool, library)


def _card(card: Card) -> Data:
    shown = {"id": card.id, "text": typeset(card.text), "belongs": card.belongs}
    return shown | {"why": render(card.why), "cites": list(card.cites)}


def _rows(tool: Table) -> list[Data]:
    return [
        {
            "id": id,
            "label": typeset(row.label),
            "note": typeset(row.note or ""),
            "cells": [_cell(row.cells[column].text, row.cells[column].cites) for column in tool.columns],
        }
        for id, row in tool.rows.items()
    ]


def _cell(text: str, cites: Iterable[str]) -> Data:
    return {"text": typeset(text), "cites": list(cites)}


def _item(item: Item) -> Data:
    plain = {"id": item.id, "given": typeset(item.given), "worked": [*map(typeset, item.worked)]}
    return plain | {"child": render(item.child), "why": render(item.why), "cites": list(item.cites)}


def static_html(data: Data) -> str:
    """Return the tool *data* as HTML: a reading for whoever runs no script, and the data for the page's script.

    The reading stands in a `<noscript>`; where scripts run but this one did not come, the page unpacks it.
    """
    island = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    # The id of a tool is often the name of a heading near it as well.
    return (
        f'<div class="casework-tool" id="tool-{data["id"]}"{_script(data["kind"])}>'
        f'<noscript><div class="tool-reading">{reading(data)}</div></noscript>'
        f'<script type="application/json">{island}</script>'
        "</div>"
    )


def _script(kind: str) -> str:
    return f' data-script="{DRAWN_BY[kind]}"' if kind in DRAWN_BY else ""


def reading(data: Data) -> str:
    """Return the whole tool as HTML: answers, worked ones and reasons folded, so that one can think first."""
    return f"<h3>{escape(data['title'])}</h3>{READINGS[data['kind']](data)}"


def _sorter_reading(data: Data) -> str:
    bins = dict(data["bins"])
    labels = "".join(f"<li>{escape(label)}</li>" for label in bins.values())
    cards = "".join(
        f"<li><p>{escape(card['text'])}</p><details><summary>The answer, and why</summary>"
        f"<p><strong>{escape(bins[card['belongs']])}</strong></p>{card['why']}"
        f"{authorities(card, data)}</details></li>"
        for card in data["cards"]
    )
    return f"<p>{escape(data['ask'])}</p><ul>{labels}</ul><ol>{cards}</ol>"


def _table_reading(data: Data) -> str:
    heads = "".join(f'<th scope="col">{escape(heading)}</th>' for _, heading in data["columns"])
    rows = "".join(
        f'<tr><th scope="row">{escape(row["label"])}</th>'
        + "".join(f"<td>{escape(cell['text'])}{sources(cell, data)}</td>" for cell in row["cells"])
        + "</tr>"
        for row in data["rows"]
    )
    notes = "".join(f"<li>{escape(row['label'])}: {escape(row['note'])}</li>" for row in data["rows"] if row["note"])
    return (
        "<table><caption>The whole table</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        + (f"<p>Notes</p><ul>{notes}</ul>" if notes else "")
    )


def _rewriting_reading(data: Data) -> str:
    items = "".join(
        f"<li>{item['child']}<p>As it stood:</p><blockquote><p>{escape(item['given'])}</p></blockquote>"
        "<details><summary>Two worked ones, and why</summary>"
        f"<ol>{''.join(f'<li>{escape(one)}</li>' for one in item['worked'])}</ol>"
        f"{item['why']}{authorities(item, data)}</details></li>"
        for item in data["items"]
    )
    questions = "".join(f"<li>{escape(question)}</li>" for question in data["checklist"])
    return (
        f"{data['about']}<ol>{items}</ol>"
        f"<details><summary>Ask yourself about each of yours</summary><ul>{questions}</ul></details>"
    )


READINGS = {
    "sorter": _sorter_reading,
    "table": _table_reading,
    "rewriting": _rewriting_reading,
    "dates": dates_page.reading,
    "evidence": writing_page.evidence_reading,
    "letter": writing_page.letter_reading,
}
