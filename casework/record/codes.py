"""A short code for one attempt at a scenario: to read out on the telephone, or to paste into a message.

The layout, for whoever writes it again elsewhere. All fields are unsigned, most significant bit first:

| bits | field |
|---|---|
| 4 | the layout's number: 1 |
| 4 | the mode: 0 guided, 1 practice, 2 independent, 3 workshop |
| 16 | the scenario: the upper 16 bits of the 32-bit FNV-1a hash of its id in UTF-8 |
| 16 | the graph: the first 4 hexadecimal digits of its hash |
| 16 | the day begun (UTC), in days since 2020-01-01 |
| 8 | the number of choices, 0 to 255 |
| 3 each | each choice: its index, from 0, among those on offer where it was made, in the order of `edges` |
| 0-19 | zero bits, up to the next multiple of 20 |

Every 5 bits become one character of Crockford's base 32 (`0123456789ABCDEFGHJKMNPQRSTVWXYZ`): the *body*. Then
comes the *check*: four characters that hold the lowest 20 bits of the FNV-1a hash of the body's characters (ASCII,
capitals, no hyphens). Body and check together are written in groups of four with a hyphen between.

To read a code: take out spaces and hyphens, make capitals, read O as 0, and I and L as 1. Then compare the check
before anything else. A single wrong character never passes; any other slip passes once in a million.

The code does not carry how sure the learner was, the time of day, when the attempt was last touched, or its id: the
attempt read from it has `sure` all 0, midnight (`2026-11-24T00:00:00.000Z`), no `touched`, and the id `code-` with
the 8 hexadecimal digits of the FNV-1a hash of the whole code without hyphens, so that reading it twice is no double.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from casework.errors import CaseworkError, PathError
from casework.graph import Graph
from casework.library import Library
from casework.record.attempts import Attempt
from casework.record.course import Course, course_of
from casework.record.merging import fnv1a
from casework.walk import choose, replay, start

LAYOUT = 1
MODES = ("guided", "practice", "independent", "workshop")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_DAY = date(2020, 1, 1)
FIELDS = (4, 4, 16, 16, 16, 8)  # bits of layout, mode, scenario, graph, day, number of choices
GROUP = 20  # bits in four characters
INDEX = 3  # bits of a choice
_HEARD = str.maketrans("OIL", "011")


def short_code(attempt: Attempt, library: Library) -> str:
    """Return the code of *attempt*; see the module for its layout.

    Raises `CaseworkError` for attempts that have no code: at drills, reviews and assessments, at a graph that is
    not today's, of more than 255 choices.
    """
    course = course_of(library)
    graph = _codable(attempt, course)
    begun = (date.fromisoformat(attempt.begun[:10]) - FIRST_DAY).days
    if not 0 <= begun < 1 << 16:
        raise CaseworkError(f"An attempt begun on {attempt.begun[:10]} has no short code: it starts in 2020.")
    mode, length = MODES.index(attempt.mode), len(attempt.path)
    values = (LAYOUT, mode, _of_id(graph.id), int(graph.hash[:4], 16), begun, length)
    bits = "".join(f"{value:0{width}b}" for value, width in zip(values, FIELDS, strict=True))
    bits += "".join(f"{index:0{INDEX}b}" for index in _indices(graph, attempt))
    body = _characters(bits + "0" * (-len(bits) % GROUP))
    code = body + _check(body)
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def from_short_code(text: str, library: Library) -> Attempt:
    """Return the attempt that the code *text* stands for.

    Raises `CaseworkError` if it was misread, or is of a case that has changed or that the course does not have.
    """
    code = _heard(text)
    body = code[:-4]
    layout, mode, scenario, prefix, day, length, rest = _fields(body)
    if layout != LAYOUT or mode >= len(MODES):
        raise CaseworkError("This short code comes from a newer course than this one. Use that one to read it.")
    graph = _graph_of(scenario, prefix, course_of(library))
    if len(rest) < length * INDEX or len(rest) - length * INDEX >= GROUP or "1" in rest[length * INDEX :]:
        raise CaseworkError("This is no short code of the course: its length does not fit what it says.")
    return Attempt(
        id=f"code-{fnv1a(code):08x}",
        scenario=graph.id,
        hash=graph.hash,
        mode=MODES[mode],
        begun=f"{FIRST_DAY + timedelta(days=day)}T00:00:00.000Z",
        path=_path(graph, [int(rest[n * INDEX : (n + 1) * INDEX], 2) for n in range(length)]),
        sure=(0,) * length,
    )


def _codable(attempt: Attempt, course: Course) -> Graph:
    if course.kind(attempt.scenario) != "scenario" or attempt.mode not in MODES:
        raise CaseworkError("Only an attempt at a case has a short code; drills, reviews and assessments have none.")
    graph = course.graph(attempt.scenario)
    if graph is None or graph.hash != attempt.hash:
        raise CaseworkError("This attempt has no short code: the case has changed since it was played.")
    if len(attempt.path) > 255:
        raise CaseworkError("This attempt has no short code: it has more than 255 choices.")
    try:
        replay(graph, attempt.path)
    except PathError as error:
        raise CaseworkError(f"This attempt has no short code: {error}") from None
    return graph


def _indices(graph: Graph, attempt: Attempt) -> list[int]:
    position, found = start(graph), []
    for entry in attempt.path:
        choice = entry.partition("/")[2]
        index = list(graph.places[position.place].edges).index(choice)
        if index >= 1 << INDEX:
            raise CaseworkError("This attempt has no short code: a scene of it offers more than eight choices.")
        found.append(index)
        position = choose(graph, position, choice)
    return found


def _heard(text: str) -> str:
    """Return the code that somebody typed, in its own alphabet and with a good check."""
    code = re.sub(r"[\s‐-―−-]", "", text).upper().translate(_HEARD)
    strange = next((one for one in code if one not in ALPHABET), None)
    if strange:
        raise CaseworkError(f"“{strange}” is in no short code: they have figures and letters, but no U.")
    if len(code) < 20 or len(code) % 4:
        raise CaseworkError("A short code has five groups of four or more. A character is missing or one too many.")
    if _check(code[:-4]) != code[-4:]:
        raise CaseworkError(
            "This short code was misread: its last group does not fit the others. Compare each group."
        )
    return code


def _fields(body: str) -> tuple[int, int, int, int, int, int, str]:
    bits = "".join(f"{ALPHABET.index(one):05b}" for one in body)
    values = []
    for width in FIELDS:
        values.append(int(bits[:width], 2))
        bits = bits[width:]
    return (*values, bits)


def _graph_of(scenario: int, prefix: int, course: Course) -> Graph:
    ids = [id for id in course.scenario_ids if _of_id(id) == scenario]
    if not ids:
        raise CaseworkError("This short code is of a case that this course does not have.")
    found = [graph for id in ids if (graph := course.graph(id)) and int(graph.hash[:4], 16) == prefix]
    if not found:
        raise CaseworkError(f'This short code is of another edition of the case "{ids[0]}": it has changed since.')
    return found[0]


def _path(graph: Graph, indices: list[int]) -> tuple[str, ...]:
    position = start(graph)
    for index in indices:
        offered = list(graph.places[position.place].edges)
        if index >= len(offered):
            raise CaseworkError("This short code names a choice that the case does not offer there.")
        position = choose(graph, position, offered[index])
    return position.path


def _of_id(id: str) -> int:
    return fnv1a(id) >> 16


def _check(body: str) -> str:
    return _characters(f"{fnv1a(body) & 0xFFFFF:020b}")


def _characters(bits: str) -> str:
    return "".join(ALPHABET[int(bits[n : n + 5], 2)] for n in range(0, len(bits), 5))
