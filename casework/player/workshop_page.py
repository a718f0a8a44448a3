"""What the workshop page loads besides its scripts: each case in a file of its own, and prompts for the discussion.

Classic scripts, because a page that was opened as a file may not fetch anything; a script element it may add.
"""

from __future__ import annotations

import json

from casework.graph import Graph, typeset
from casework.library import Library
from casework.record.course import course_of


def case_script(graph: Graph) -> str:
    """Return *graph* as a classic script that puts it, by its id, beside the cases that were loaded before."""
    return f"(globalThis.NeedsFirstCases ??= {{}})[{json.dumps(graph.id)}] = {graph.json()};\n"


def case_scripts(library: Library) -> dict[str, str]:
    """Return the name of a file and what is in it, for each scenario of *library*."""
    course = course_of(library)
    return {f"{id}.js": case_script(course.graph(id)) for id in library.scenario_ids}


def prompts_script(library: Library) -> str:
    """Return `prompts.js`: a classic script with the questions to the room."""
    said = {moment: [typeset(text) for text in texts] for moment, texts in library.prompts.model_dump().items()}
    return f"const NeedsFirstPrompts = {json.dumps(said, ensure_ascii=False)};\n"
