"""Days reckoned from a request and from a refusal: the data for the script, and the rules to read without one."""

from __future__ import annotations

from datetime import date
from html import escape

from casework import dates
from casework.graph import render
from casework.library import Library
from casework.player.cited import Data, authorities, links
from casework.tool import Dates

HEADS = ("What happens", "At the latest", "How it is reckoned")


def body(tool: Dates, library: Library) -> Data:
    """Return what the tool's data has beyond title and authorities: days are ISO dates, or empty."""
    law, one = library.service.law_as_at, tool.example
    days = {"requested": one.requested, "decided": one.decided, "certified": one.certified, "happened": one.happened}
    return {
        "about": render(tool.about),
        "note": {"text": render(tool.note.text), "cites": list(tool.note.cites)},
        "law": f"{law.day} {dates.MONTHS[law.month - 1]} {law.year}",
        "example": {name: day.isoformat() if day else "" for name, day in days.items()},
        "reckoning": dates.for_page(),
    }


def reading(data: Data) -> str:
    """Return the rules as a table and lists, with the example of the data reckoned out."""
    day = {name: date.fromisoformat(text) if text else None for name, text in data["example"].items()}
    appeal = dates.last_day_to_appeal(day["decided"], day["certified"])
    claim = dates.last_day_for_claim(day["happened"])
    return (
        f"{data['about']}{data['note']['text']}{authorities(data['note'], data)}<p>{standing(data)}</p>"
        f"<h4>From a request</h4><p>An example. The council received the request on "
        f"{dates.in_words(day['requested'])}.</p>{_steps(day['requested'], data)}"
        f"<h4>From a refusal</h4><p>An example. The last day to appeal is "
        f"<strong>{dates.in_words(appeal.last_day)}</strong>.</p>{_working(appeal, data)}"
        f"<h4>A claim of disability discrimination</h4><p>An example. The claim is made before "
        f"<strong>{dates.in_words(claim.last_day)}</strong>.</p>{_working(claim, data)}"
    )


def standing(data: Data) -> str:
    """Say of what day the law is, and what these days are not."""
    return (
        f"Law as at {escape(data['law'])}. This is information, not legal advice: "
        "check a day that matters with the Tribunal or an adviser."
    )


def _steps(requested: date, data: Data) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    rows = "".join(
        f'<tr><th scope="row">{escape(step.name)}</th><td>{_when(step)}</td>'
        f'<td>{escape(step.working)}<p class="tool-cites">{links(step.cites, data)}</p></td></tr>'
        for step in dates.timetable(requested)
    )
    return (
        "<table><caption>Every week is counted from the request</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _when(step: dates.Step) -> str:
    if step.last_day is None:
        return "At least 15 days"
    return f"{escape(dates.in_words(step.last_day))} ({step.weeks} weeks)"


def _working(deadline: dates.Deadline, data: Data) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in deadline.working)
    return f"<ol>{lines}</ol>{authorities({'cites': deadline.cites}, data)}"
