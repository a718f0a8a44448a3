"""Markdown as a tree of plain data, for templates to set in type.

No markup is handed on: a text is a string in JSON and stays one, so nothing that an author writes can become a
command of the typesetter. The words are those that the player shows (a test compares them with `graph.render`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from casework.errors import CaseworkError
from casework.graph import typeset

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True})
_MARKDOWN.enable(["table", "smartquotes", "replacements"])
LONGEST = 20  # letters without a space; after so many a line may break
_BREAK = "\u200b"
_LONG = re.compile(rf"\S{{{LONGEST}}}(?=\S)")
_PICTURE_MODIFIERS = "\ufe0e\ufe0f\u200d\u20e3"
_INLINE = {"strong": "strong", "em": "em", "link": "link"}


def tree(markdown: str) -> list[dict[str, Any]]:
    """Return *markdown* as a list of blocks; each has its kind under `b`. Raw HTML in it stays text."""
    return [_block(node) for node in SyntaxTreeNode(_MARKDOWN.parse(markdown)).children]


def plain(text: str) -> str:
    """Return plain *text* ready for a template: typographic apostrophes, single spaces, nothing unprintable."""
    return printable(" ".join(typeset(text).split()))


def printable(text: str) -> str:
    """Return *text* with picture signs as their names, without control signs, and with places to break long words.

    The fonts of a PDF have no emoji; `[shark]` says what stood there.
    """
    named = "".join(_named(sign) for sign in text)
    return _LONG.sub(lambda found: found[0] + _BREAK, named)


def _named(sign: str) -> str:
    if sign in _PICTURE_MODIFIERS or (unicodedata.category(sign) == "Cc" and sign != "\n"):
        return ""
    if ord(sign) > 0xFFFF:
        return f"[{unicodedata.name(sign, 'sign').lower()}]"
    return sign


def _block(node: SyntaxTreeNode) -> dict[str, Any]:
    match node.type:
        case "paragraph":
            return {"b": "p", "i": _inlines(node)}
        case "heading":
            return {"b": "h", "i": _inlines(node)}
        case "bullet_list" | "ordered_list":
            items = [[_block(child) for child in item.children] for item in node.children]
            return {"b": "ul" if node.type == "bullet_list" else "ol", "items": items}
        case "blockquote":
            return {"b": "quote", "c": [_block(child) for child in node.children]}
        case "table":
            return _table(node)
        case "hr":
            return {"b": "hr"}
        case "fence" | "code_block":
            return {"b": "code", "t": printable(node.content.rstrip("\n"))}
    raise CaseworkError(f'A pack cannot print the Markdown of kind "{node.type}".')


def _table(node: SyntaxTreeNode) -> dict[str, Any]:
    rows = [row for part in node.children for row in part.children]
    cells = [[_inlines(cell) for cell in row.children] for row in rows]
    aligned = ["right" if "right" in str(cell.attrs.get("style")) else "left" for cell in rows[0].children]
    return {"b": "table", "head": cells[0], "rows": cells[1:], "align": aligned}


def _inlines(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    inner = node.children[0].children if node.children and node.children[0].type == "inline" else node.children
    return [_inline(child) for child in inner]


def _inline(node: SyntaxTreeNode) -> dict[str, Any]:
    match node.type:
        case "text":
            return {"t": printable(node.content)}
        case "softbreak":
            return {"t": " "}
        case "hardbreak":
            return {"s": "br"}
        case "code_inline":
            return {"s": "code", "t": printable(node.content)}
        case "image":
            return {"t": printable(node.content)}
        case "strong" | "em":
            return {"s": _INLINE[node.type], "i": _inlines(node)}
        case "link":
            return {"s": "link", "href": str(node.attrs["href"]), "i": _inlines(node)}
    raise CaseworkError(f'A pack cannot print the Markdown of kind "{node.type}".')
