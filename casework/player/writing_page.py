"""Evidence to fill in and a letter to assemble: the data for the script, and all of it to read without one."""

from __future__ import annotations

from html import escape

from casework.graph import render, typeset
from casework.library import Library
from casework.player.cited import Data, authorities
from casework.scenario import Option
from casework.tool import Evidence, Letter, Note
from casework.words import QUALITY


def evidence_body(tool: Evidence) -> Data:
    """Return what the tool's data has beyond title and authorities."""
    filled = tool.filled
    entries = {id: typeset(text) for id, text in filled.entries.items()}
    return {
        "about": render(tool.about),
        "note": _note(tool.note),
        "gaps": typeset(tool.gaps),
        "headings": [
            {
                "id": one.id,
                "label": typeset(one.label),
                "ask": typeset(one.ask),
                "look": typeset(one.look),
                "cites": list(one.cites),
            }
            for one in tool.headings
        ],
        "filled": {"name": typeset(filled.name), "about": render(filled.about), "entries": entries},
    }


def letter_body(tool: Letter, library: Library) -> Data:
    """Return what the tool's data has beyond title and authorities: beliefs behind the sentences among it."""
    named = {option.misconception for part in tool.parts for option in part.choices} - {None}
    beliefs = {id: library.misconceptions[id] for id in sorted(named)}
    return {
        "about": render(tool.about),
        "note": _note(tool.note),
        "case": render(tool.case),
        "greeting": typeset(tool.greeting),
        "closing": typeset(tool.closing),
        "parts": [
            {
                "id": part.id,
                "label": typeset(part.label),
                "lines": part.lines,
                "choices": [_sentence(option) for option in part.choices],
            }
            for part in tool.parts
        ],
        "qualities": QUALITY,
        "misconceptions": {
            id: {"name": typeset(one.name), "right": typeset(one.right)} for id, one in beliefs.items()
        },
    }


def _note(note: Note) -> Data:
    return {"text": render(note.text), "cites": list(note.cites)}


def _sentence(option: Option) -> Data:
    return {
        "id": option.id,
        "text": typeset(option.text),
        "why": render(option.why),
        "quality": option.quality,
        "misconception": option.misconception,
        "cites": list(option.cites),
    }


def evidence_reading(data: Data) -> str:
    """Return the headings with their questions, and the example folded, so that one can think first."""
    filled = data["filled"]
    headings = "".join(
        f"<li><h4>{escape(one['label'])}</h4><p>{escape(one['ask'])}</p><p>Where to look: {escape(one['look'])}</p>"
        f"{authorities(one, data)}<details><summary>As filled in for {escape(filled['name'])}</summary>"
        f"<p>{escape(filled['entries'][one['id']])}</p></details></li>"
        for one in data["headings"]
    )
    empty = f"<p>If there is nothing under a heading: {escape(data['gaps'])}</p>"
    return f"{_head(data)}{filled['about']}<ol>{headings}</ol>{empty}"


def letter_reading(data: Data) -> str:
    """Return the facts, and for each part its sentences, the coaching of each folded below it."""
    greeting, closing = escape(data["greeting"]), escape(data["closing"])
    first, *others = [
        f"<h4>{escape(part['label'])}</h4><ul>{''.join(_choice(one, data) for one in part['choices'])}</ul>"
        for part in data["parts"]
    ]
    return f"{_head(data)}{data['case']}{first}<p>{greeting}</p>{''.join(others)}<p>{closing}</p>"


def _head(data: Data) -> str:
    return f"{data['about']}{data['note']['text']}{authorities(data['note'], data)}"


def _choice(one: Data, data: Data) -> str:
    belief = data["misconceptions"].get(one["misconception"])
    behind = f"<p>The belief behind it: {escape(belief['name'])}. {escape(belief['right'])}</p>" if belief else ""
    return (
        f"<li><p>{escape(one['text'])}</p><details><summary>What to think of it</summary>"
        f"<p><strong>{data['qualities'][one['quality']]}</strong></p>{one['why']}{behind}"
        f"{authorities(one, data)}</details></li>"
    )
