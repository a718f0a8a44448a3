"""What pages know of the whole course, so that they can replay a record: two scripts that the book publishes.

`catalogue.js` has no text of any scene: lessons, tracks, and of each case and drill only what a replay needs.
`drills.js` has all drills with their coaching, for the pages that put series of drills together.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from casework.graph import Graph, compile_graph, series
from casework.library import Library
from casework.record.course import Course, course_of
from casework.record.played import drills_title
from casework.scenario import Option, Step


def catalogue(library: Library) -> dict[str, Any]:
    """Return the course as data: see the module. Addresses of pages are relative to the book's root."""
    course = course_of(library)
    graphs = [course.graph(id) for id in library.scenario_ids]
    pages = {id: lesson.page_of(id) for lesson in library.lessons for id in lesson.cases}
    said = {
        "lawDate": library.service.law_as_at.isoformat(),
        "service": f"{library.service.name}, {library.service.area}",
        "lessons": [
            {
                "number": lesson.number,
                "title": lesson.title,
                "page": f"notebooks/{lesson.page}",
                "minutes": lesson.minutes,
                "scenarios": list(lesson.scenarios),
                "read": f"lesson-{lesson.number:02}",
            }
            for lesson in library.lessons
        ],
        "scenarios": {graph.id: _scenario(graph, library, pages) for graph in graphs},
        "drills": {
            drill.id: {
                "lesson": file.lesson,
                "teaches": list(drill.teaches),
                "redLine": drill.red_line,
                "title": drill.title,
                "choices": _choices(drill.choices),
            }
            for file, _ in library.drill_files
            for drill in file.drills
        },
        "series": {id: _series(id, course) for id in course.series},
        "statements": {id: statement.says for id, statement in library.statements.items()},
        "misconceptions": {id: one.name for id, one in library.misconceptions.items()},
        "tracks": {
            id: {
                "title": track.title,
                "sittings": [
                    {"title": sitting.title, "steps": [_step(step) for step in sitting.steps]}
                    for sitting in track.sittings
                ],
            }
            for id, track in library.tracks.items()
        },
    }
    return {"version": hashlib.sha256(_json(said).encode()).hexdigest()[:8], **said}


def script(library: Library) -> str:
    """Return `catalogue.js`: a classic script, which also loads from a file."""
    return f"const NeedsFirstCatalogue = {_json(catalogue(library))};\n"


def drills_script(library: Library) -> str:
    """Return `drills.js`: the graph of one series of all drills, to be cut into shorter ones."""
    drills = list(library.drills.values())
    graph = compile_graph("drills", series("Drills", drills), library, kind="drill")
    return f"const NeedsFirstDrills = {_json(graph.data)};\n"


def _scenario(graph: Graph, library: Library, pages: dict[str, str]) -> dict[str, Any]:
    data, scenario = graph.data, library.scenario(graph.id)
    return {
        "title": data["title"],
        "page": f"notebooks/{pages[graph.id]}#{graph.id}" if graph.id in pages else None,
        "hash": graph.hash,
        "minutes": data["minutes"],
        "teaches": list(scenario.teaches),
        "start": data["start"],
        "places": [[place["node"], place["edges"]] for place in data["places"]],
        "nodes": {
            name: {
                "stage": node["stage"],
                "title": node["title"],
                "verdict": node.get("verdict"),
                "choices": {id: [one["quality"], one["misconception"]] for id, one in node["choices"].items()},
            }
            for name, node in data["nodes"].items()
        },
    }


def _series(id: str, course: Course) -> dict[str, Any]:
    known = course.series[id]
    return {
        "lesson": known.number,
        "title": drills_title(id, "drills", course),
        "hash": known.graph.hash,
        "drills": known.drills,
    }


def _choices(options: tuple[Option, ...]) -> dict[str, Any]:
    return {option.id: [option.quality, option.misconception] for option in options}


def _step(step: Step) -> dict[str, Any]:
    return step.model_dump(exclude_none=True)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
