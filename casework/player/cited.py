"""How a reading names what a sentence of a learning tool rests on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

Data = dict[str, Any]


def authorities(part: Data, data: Data) -> str:
    """Return the paragraph about what *part* cites; *data* is the tool's."""
    return f'<p class="tool-cites">On what authority: {links(part["cites"], data)}.</p>'


def sources(cell: Data, data: Data) -> str:
    """Return the same for a cell, which may cite nothing."""
    return f'<p class="tool-cites">{links(cell["cites"], data)}</p>' if cell["cites"] else ""


def links(ids: Iterable[str], data: Data) -> str:
    """Return links to the authorities *ids*; one that is still to be confirmed says so."""
    return "; ".join(
        f'<a href="{escape(one["href"])}">{escape(one["short"])}</a>{_standing(one["status"])}'
        for one in (data["authorities"][id] for id in ids)
    )


def _standing(status: str) -> str:
    return " (still to be confirmed)" if status == "to-confirm" else ""
