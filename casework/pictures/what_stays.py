"""Lesson 9: what became of each thing that was said in one hour with an adviser."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import NamedTuple

from casework.pictures.picture import Boxes
from casework.pictures.tokens import colour, themed


class Said(NamedTuple):
    """One thing that was said: *where* it went, whose yes that took, *who* said it and *what*."""

    where: str
    on_whose_yes: str
    who: str
    what: str


STAYS = ("Stays with the service", "Nobody has said yes, so nobody outside hears it.")
WITH_A_YES = ("Goes further with a yes", "To whom they said, and no more than they said.")
WITHOUT_A_NAME = ("Goes further without a name", "Nobody can tell who it was.")
AT_ONCE = ("Goes to the supervisor at once", "With a yes or without, and it doesn’t wait.")
HOUR = (
    Said(*STAYS, "Hector", "“I won’t be told.”"),
    Said(*STAYS, "Hector", "“They’ll say I’m difficult.”"),
    Said(*WITH_A_YES, "Hector, for the school", "“Tell them you’re coming.”"),
    Said(*WITH_A_YES, "Delphine, for her father", "“I want a map.” (She told him herself.)"),
    Said(*WITHOUT_A_NAME, "The service, to the council", "“Four families have asked about getting lost.”"),
    Said(*AT_ONCE, "", "Whatever makes you worry that a child isn’t safe. In this hour, nothing did."),
)
EDGES = {STAYS: "0.8rem solid", WITH_A_YES: "0.4rem solid", WITHOUT_A_NAME: "0.15rem solid", AT_ONCE: "0.8rem double"}
BOX = (
    "border:1px solid #7b837b;border-inline-start:{} {};border-radius:0.4rem;padding:0.6rem 0.9rem;margin:0 0 0.6rem"
)
FLUSH = "margin:0"
LIST = "list-style:none;margin:0.4rem 0 0;padding:0"
SEEN = "Nothing is shared without permission, unless there is a strong public interest such as protecting a child"


def draw_what_stays_and_what_goes_on() -> Boxes:
    """Return where each sentence of Hector's hour went. Values: `where`, `on_whose_yes`, `who`, `what`."""
    from pandas import DataFrame

    groups = groupby(HOUR, key=lambda one: (one.where, one.on_whose_yes))
    return Boxes(
        title="What stays, and what goes on",
        values=DataFrame(HOUR, columns=list(Said._fields)),
        content="".join(_box(place, list(sentences)) for place, sentences in groups),
        alternative=(
            "Four boxes. Stays with the service, as nobody has said yes: two of Hector’s sentences. Goes further "
            "with a yes: to the school, that the adviser is coming (Hector’s yes); to her father, that Delphine "
            "wants a map (she told him herself). Goes further without a name: that four families have asked about "
            "getting lost. Goes to the supervisor at once, with a yes or without: whatever makes one worry that a "
            "child isn’t safe. In this hour nothing did."
        ),
        caption=(
            f"{SEEN}; general issues are raised without names (SENDIASS of Westmorland and Furness). How something "
            "is passed on, and to whom, your own service’s procedure says."
        ),
    )


def _box(place: tuple[str, str], sentences: list[Said]) -> str:
    where, on_whose_yes = place
    style = themed(BOX.format(EDGES[place], colour("unsound" if place == AT_ONCE else "brand")))
    said = [": ".join(filter(None, (one.who, one.what))) for one in sentences]
    lines = "".join(f"<li>{escape(line)}</li>" for line in said)
    return (
        f'<div style="{style}"><p style="{FLUSH}"><strong>{escape(where)}</strong></p>'
        f'<p style="{FLUSH}">{escape(on_whose_yes)}</p><ul style="{LIST}">{lines}</ul></div>'
    )
