"""Lesson 2: who has which part in one child's support, and which word stands on it."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import NamedTuple

from casework.pictures.picture import Boxes
from casework.pictures.tokens import colour, themed


class Part(NamedTuple):
    """One box: *who*, *where* they were that afternoon, what falls to them, the *word* on it and what it rests on."""

    who: str
    where: str
    part: tuple[str, ...]
    word: str
    rests_on: str


IN_THE_ROOM = "At the table in the library"
ELSEWHERE = "Without a chair"
PARTS = (
    Part(
        "Kofi’s class teacher",
        IN_THE_ROOM,
        ("Answers for his progress, whoever gives the help.",),
        "Responsible",
        "Code 6.36",
    ),
    Part("The SENCO", IN_THE_ROOM, ("Works out with the teacher what Kofi needs.",), "Should", "Code 6.45"),
    Part(
        "The head",
        IN_THE_ROOM,
        ("Runs the school. The duty to use best endeavours is not on the head.",),
        "Not in person",
        "section 66(3)",
    ),
    Part(
        "The academy trust",
        ELSEWHERE,
        (
            "Uses its best endeavours to see that Kofi gets the help his SEN calls for.",
            "Has regard to the Code.",
            "Sees to it that the school has a SENCO.",
        ),
        "Must",
        "sections 66, 77 and 67",
    ),
    Part(
        "The council",
        ELSEWHERE,
        ("Co-operates with the trust over SEN, as the trust must with the council.",),
        "Must",
        "section 29",
    ),
)
BOX = (
    "border:1px solid #7b837b;border-inline-start:{} {};border-radius:0.4rem;padding:0.6rem 0.9rem;margin:0 0 0.6rem"
)
LIST = "list-style:none;margin:0 0 1rem;padding:0"
FLUSH = "margin:0"


def draw_whose_job() -> Boxes:
    """Return who has which part for Kofi. Values: one row for each, `who`, `where`, `part`, `word`, `rests_on`."""
    from pandas import DataFrame

    rows = [one._replace(part=" ".join(one.part)) for one in PARTS]
    return Boxes(
        title="Whose job is it?",
        values=DataFrame(rows, columns=list(Part._fields)),
        content="".join(_group(where, list(parts)) for where, parts in groupby(PARTS, key=lambda one: one.where)),
        alternative=(
            "Five boxes in two groups. At the table, three: the class teacher, responsible for Kofi’s progress "
            "(Code 6.36); the SENCO, who should work out with the teacher what he needs (Code 6.45); the head, who "
            "does not owe the duty in person. Without a chair, two: the academy trust, which must use its best "
            "endeavours, have regard to the Code and have a SENCO (sections 66, 77 and 67); the council, which "
            "must co-operate (section 29). Every must is on one of the two."
        ),
        caption=(
            "Who has which part in Kofi’s support. Kofi has no EHC plan. If he had one, the council would have "
            "to secure the provision in it (section 42)."
        ),
    )


def _group(where: str, parts: list[Part]) -> str:
    boxes = "".join(_box(one) for one in parts)
    return f'<p style="{FLUSH}"><strong>{escape(where)}</strong></p><ul style="{LIST}">{boxes}</ul>'


def _box(one: Part) -> str:
    edge = ("0.7rem double", "brand") if one.word == "Must" else ("0.4rem solid", "edge")
    style = themed(BOX.format(edge[0], colour(edge[1])))
    lines = "".join(f'<p style="{FLUSH}">{escape(line)}</p>' for line in one.part)
    return (
        f'<li style="{style}"><p style="{FLUSH}"><strong>{escape(one.who)}</strong></p>'
        f'<p style="{FLUSH}"><strong>{escape(one.word)}</strong> ({escape(one.rests_on)})</p>{lines}</li>'
    )
