"""The pages that are made from the data: coverage of the leaflet, sources, glossary. Each is Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import yaml

from casework.graph import typeset
from casework.lessons import Lesson
from casework.library import Library
from casework.scenario import Step

KINDS = {
    "statute": "Acts of Parliament",
    "regulations": "Regulations",
    "case-law": "Decisions of courts and tribunals",
    "statutory-guidance": "Statutory guidance",
    "guidance": "Other guidance and answers",
    "local": "Local pages and services",
    "leaflet": "The source leaflet",
}
# Pages of the book that are steps of a track, by the names of their files.
PAGES = {"assessment": "Final assessment", "certificate": "Certificate and sign-off", "review": "Come back to it"}
PACK_FILES = {
    "participants.pdf": "participants’ sheets",
    "facilitator.pdf": "facilitator’s pack",
    "costing.pdf": "costing sheet",
    "feedback.pdf": "feedback form",
    "sign-in.pdf": "sign-in sheet",
    "printing.pdf": "what to print, and how to read the feedback",
}
NOT_MADE = "*not made yet: `make packs`*"
STANDING = {"right": "Still right", "nuance": "Right, with a qualification", "dated": "Dated"}


def coverage(library: Library) -> str:
    """Return a table of the leaflet's statements: where each is taught, and where somebody decides on it."""
    scenarios = {id: library.scenario(id) for id in library.scenario_ids}
    lessons = library.lessons
    rows, taught, decided = [], 0, 0
    for id, statement in library.statements.items():
        lessons_here = [_lesson_link(lesson) for lesson in lessons if id in lesson.teaches]
        cases = [_case_link(library, name) for name, scenario in scenarios.items() if id in scenario.teaches]
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
    cases = [
        f"- {_case_link(library, name)}"
        for name, scenario in ((name, library.scenario(name)) for name in library.scenario_ids)
        if any(choice.misconception == id for node in scenario.nodes.values() for choice in node.choices)
        or any(option.misconception == id for card in scenario.variations for option in card.choices)
    ]
    drills = sum(any(option.misconception == id for option in drill.choices) for drill in library.drills.values())
    told = [f"- in {drills} drill{'' if drills == 1 else 's'}"] if drills else []
    return "\n".join([*cases, *told]) or "*Not yet.*"


def track(library: Library, id: str) -> str:
    """Return the sittings of the track *id*: what one does in each, in order, with its minutes."""
    known = library.tracks[id]
    rows, total = [], 0
    for sitting in known.sittings:
        steps = [_step(library, step) for step in sitting.steps]
        minutes = sum(minutes for _, minutes in steps)
        total += minutes
        rows.append((f"**{sitting.title}**", "; then ".join(text for text, _ in steps), _hours(minutes)))
    table = _table(("When", "What you do", "Time"), rows)
    return f"**For:** {known.who}\n\n{known.form}\n\n## In this order\n\n{table}\n\n**In all:** {_hours(total)}."


def _step(library: Library, step: Step) -> tuple[str, int]:
    """Return a link to what a step is about, and its minutes."""
    if step.page:
        return f"[{PAGES[step.page]}](/book/{step.page}.md)", step.minutes or 0
    if step.scenario:
        scenario = library.scenario(step.scenario)
        return f"the case “{_case_link(library, step.scenario)}”", step.minutes or scenario.minutes
    lesson = next((one for one in library.lessons if one.number == step.lesson), None)
    if lesson is None:
        return f"Lesson {step.lesson}", step.minutes or 0
    return _lesson_link(lesson), step.minutes or lesson.minutes


def _hours(minutes: int) -> str:
    """Return a time as people say it: to five minutes, in hours from one hour on."""
    hours, rest = divmod(5 * round(minutes / 5), 60)
    told = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    return " and ".join([*told, *([f"{rest} minutes"] if rest or not told else [])])


def facilitator_notes(library: Library) -> str:
    """Return each scenario's notes for a facilitator, in the order of the lessons: purpose, prompts, traps, cards."""
    ordered = [id for lesson in library.lessons for id in lesson.scenarios]
    return "\n\n".join(_notes(library, id) for id in dict.fromkeys([*ordered, *library.scenario_ids]))


def _notes(library: Library, id: str) -> str:
    scenario = library.scenario(id)
    notes = scenario.notes
    prompts = "\n".join(f"- {typeset(text)}" for text in notes.prompts)
    told = [(" ".join(typeset(card.change).split()), typeset(card.ask)) for card in scenario.variations]
    cards = "\n".join(f"- {change} *{ask}*" for change, ask in told)
    parts = (
        f"### {scenario.title}",
        f"{scenario.about} About {scenario.minutes} minutes alone.",
        f"**What it is for.** {typeset(notes.purpose)}",
        f"**To talk about**\n\n{prompts}",
        f"**Where rooms split.** {typeset(notes.splits)}",
        f"**Cards that change one fact**\n\n{cards}",
    )
    return "\n\n".join(parts)


def packs(library: Library) -> str:
    """Return the printed packs, each a link to its files; one that `make packs` has not made yet says so."""
    made = made_packs(library)
    ordered = [id for lesson in library.lessons for id in lesson.scenarios]
    titles = {id: library.scenario(id).title for id in dict.fromkeys([*ordered, *library.scenario_ids])} | {
        "workshop": "For every workshop"
    }
    rows = [
        (title, "; ".join(_pack_link(id, name, title) for name in PACK_FILES if f"{id}/{name}" in made) or NOT_MADE)
        for id, title in titles.items()
    ]
    return _table(("Case", "To print"), [rows[-1], *rows[:-1]])


def made_packs(library: Library) -> frozenset[str]:
    """Return the files of packs that lie beside the built book, as `noor-no-label/participants.pdf`."""
    folder = library.root.parent / "_build" / "html" / "packs"
    return frozenset(path.relative_to(folder).as_posix() for path in folder.glob("*/*.pdf"))


def _pack_link(id: str, name: str, title: str) -> str:
    # Plain HTML: Sphinx would look for the file among the sources.
    return (
        f'<a href="../packs/{id}/{name}" type="application/pdf">{PACK_FILES[name]}'
        f'<span class="unseen">, {escape(title)}</span></a>'
    )


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


def _case_link(library: Library, id: str) -> str:
    """Return the title of the scenario *id*, as a link if some notebook plays it."""
    title = library.scenario(id).title
    file = next((lesson.cases[id] for lesson in library.lessons if id in lesson.cases), None)
    return f"[{title}](/notebooks/{file})" if file else title


def _page(lesson: Lesson) -> str:
    return f"/notebooks/{lesson.file}"


def _or_not_yet(items: Sequence[str]) -> str:
    return "; ".join(items) if items else "*not yet*"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
