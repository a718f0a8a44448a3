"""What a facilitator says of a choice: how sound it is, why, which belief is behind it, and on what authority."""

from __future__ import annotations

from typing import Any

from casework.library import Library
from casework.packs.markdown import plain, tree
from casework.scenario import Option
from casework.words import QUALITY


def coaching(option: Option, library: Library) -> dict[str, Any]:
    """Return the coaching of *option* for a template."""
    return {
        "quality": option.quality,
        "quality_said": QUALITY[option.quality],
        "why": tree(option.why),
        "belief": plain(library.misconceptions[option.misconception].name) if option.misconception else "",
        "cites": "; ".join(_cited(id, library) for id in option.cites),
    }


def _cited(id: str, library: Library) -> str:
    one = library.authorities[id]
    return plain(one.short) + (" (still to be confirmed)" if one.status == "to-confirm" else "")
