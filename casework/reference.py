"""The pages that are made from the data: coverage of the leaflet, sources, glossary. Each is Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import yaml

from casework.graph import typeset
from casework.lessons import Lesson
from casework.library import Library

KINDS = {
    "statute": "Acts of Parliament",
    "regulations": "Regulations",
    "case-law": "Decisions of courts and tribunals",
    "statutory-guidance": "Statutory guidance",
    "guidance": "Other guidance and answers",
    "local": "Local pages and services",
    "leaflet": "The source leaflet",
}
STANDING = {"right": "Still right", "nuance": "Right, with a qualification", "dated": "Dated"}


def coverage(library: Library) -> str:
    """Return a table of the leaflet's statements: where each is taught, and where somebody decides on it."""
    scenarios = {id: library.scenario(id) for id in library.scenario_ids}
    lessons = library.lessons
    places = {id: lesson for lesson in lessons for id in lesson.scenarios}
    rows, taught, decided = [], 0, 0
    for id, statement in library.statements.items():
        lessons_here = [_lesson_link(lesson) for lesson in lessons if id in lesson.teaches]
        cases = [
            f"[{scenario.title}]({_page(places[name])})" if name in places else scenario.title
            for name, scenario in scenarios.items()
            if id in scenario.teaches
        ]
        drills = sum(id in drill.teaches for drill in library.drills.values())
        decisions = [*cases, *([f"{drills} drill{'s' if drills > 1 else ''}"] if drills else [])]
        taught += bool(lessons_here)
        decided += bool(decisions)
        cells = (id, statement.says, STANDING[statement.verdict], _or_not_yet(lessons_here), _or_not_yet(decisions))
        rows.append(cells)
    total = len(library.statements)
    summary = f"Of the leaflet’s {total} statements, {taught} are taught so far and {decided} are decided on."
    head = ("No.", "What the leaflet says, in our words", "How it stands", "Taught in", "Decided in")
    return f"{summary}\n\n{_table(head, rows)}"


def leaflet(library: Library) -> str:
    """Return what the leaflet said, statement by statement, and what holds now, with its authorities."""
    rows = [
        (id, one.says, f"**{STANDING[one.verdict]}.** {one.now}{_cited(library, one.cites)}")
        for id, one in library.statements.items()
    ]
    return _table(("No.", "What the leaflet says, in our words", "What holds now"), rows)


def beliefs(library: Library) -> str:
    """Return the list of misconceptions, each a link to its own page."""
    return "\n".join(f"- [{one.name}](misconceptions/{id}.md)" for id, one in library.misconceptions.items())


def belief(library: Library, id: str) -> str:
    """Return the page of the misconception *id*: what is said, why it is believed, what is right, where it is met."""
    one = library.misconceptions[id]
    return "\n\n".join(
        (
            f"> “{typeset(one.said).strip('“”')}”",
            f"## Why people believe it\n\n{typeset(one.believed)}",
            f"## What is right\n\n{typeset(one.right)}",
            "On what authority: " + "; ".join(_authority(library, cited) for cited in one.cites) + ".",
            f"## Where you meet it in the course\n\n{_met(library, id)}",
        )
    )


def _authority(library: Library, id: str) -> str:
    one = library.authorities[id]
    unconfirmed = " (still to be confirmed)" if one.status == "to-confirm" else ""
    return f"[{one.short}]({one.href}){unconfirmed}"


def _met(library: Library, id: str) -> str:
    """Return the scenarios and the number of drills in which somebody can act on the misconception *id*."""
    pages = {name: lesson for lesson in library.lessons for name in lesson.scenarios}
    cases = [
        f"- [{scenario.title}]({_page(pages[name])})" if name in pages else f"- {scenario.title}"
        for name, scenario in ((name, library.scenario(name)) for name in library.scenario_ids)
        if any(choice.misconception == id for node in scenario.nodes.values() for choice in node.choices)
        or any(option.misconception == id for card in scenario.variations for option in card.choices)
    ]
    drills = sum(any(option.misconception == id for option in drill.choices) for drill in library.drills.values())
    told = [f"- in {drills} drill{'' if drills == 1 else 's'}"] if drills else []
    return "\n".join([*cases, *told]) or "*Not yet.*"


def sources(library: Library) -> str:
    """Return all authorities, by kind, with the day each was last read and whether somebody has confirmed it."""
    open_count = sum(one.status == "to-confirm" for one in library.authorities.values())
    parts = [
        f"{len(library.authorities)} authorities; {open_count} of them are still to be confirmed by hand, "
        "and say so wherever they are cited."
    ]
    for kind, title in KINDS.items():
        rows = [
            (
                f"[{one.title}]({one.href})",
                one.says,
                f"{one.checked.day} {one.checked:%B %Y}",
                "Confirmed" if one.status == "confirmed" else "**Still to be confirmed**",
            )
            for one in library.authorities.values()
            if one.kind == kind
        ]
        if rows:
            head = ("Authority", "The point relied on", "Last checked", "Standing")
            parts.append(f"## {title}\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def glossary(library: Library) -> str:
    """Return the terms in alphabetical order, each with its meaning and the authority behind it."""
    terms = sorted(library.glossary.items(), key=lambda item: item[1].term.lower())
    return "\n\n".join(
        f"[{term.term}]{{#term-{id}}}\n: {term.says}{_cited(library, term.cites)}" for id, term in terms
    )


def complaints(library: Library) -> str:
    """Return what `check` complains of: each rule, the smallest change that breaks it, and what is then said."""
    rows = yaml.safe_load((library.root.parent / "tests" / "broken.yaml").read_text(encoding="utf-8"))
    return "\n\n".join(
        f"### {row['rule'][0].upper()}{row['rule'][1:]}\n\n```\n{_change(row)}\n\n{chr(10).join(row['says'])}\n```"
        for row in rows
    )


def _change(row: Mapping[str, str]) -> str:
    """Return what a row of `broken.yaml` puts into the file, or what it takes out."""
    return row["put"].rstrip("\n") or f"(without) {row['find'].strip()}"


def _cited(library: Library, ids: Iterable[str]) -> str:
    names = [_authority(library, id) for id in ids]
    return f" ({'; '.join(names)})" if names else ""


def _lesson_link(lesson: Lesson) -> str:
    return f"[{lesson.number}. {lesson.title}]({_page(lesson)})"


def _page(lesson: Lesson) -> str:
    return f"/notebooks/{lesson.file}"


def _or_not_yet(items: Sequence[str]) -> str:
    return "; ".join(items) if items else "*not yet*"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
