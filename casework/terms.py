"""Explain a term where a reader meets it first: the first use on a lesson's page becomes a link to the glossary.

The authors write plain prose; which words are terms is known once, in `scenarios/glossary.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casework.library import Library
from casework.scenario import Term

GLOSSARY = "book/glossary"
LESSONS = "notebooks/"
# Where a link would be in the way: headings, other links, code, and what a cell shows.
QUIET = (nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.raw, nodes.rubric)


def names(term: Term) -> list[str]:
    """Return the words by which *term* is met: without its abbreviation in brackets, and the abbreviation alone."""
    found = re.fullmatch(r"(.+) \(([A-Z]+)\)", term.term)
    return [found[1], found[2]] if found else [term.term]


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds any linked term in a text, longest first, and the id of each name in small letters."""
    ids = {name.lower(): id for id, term in Library().glossary.items() if term.linked for name in names(term)}
    longest = sorted(ids, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b", re.IGNORECASE), ids


def link_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the first use of each term in the prose of a lesson."""
    if not docname.startswith(LESSONS) or app.builder.format != "html":
        return
    address = app.builder.get_relative_uri(docname, GLOSSARY)
    met: set[str] = set()
    for text in list(doctree.findall(nodes.Text)):
        if not any(isinstance(parent, QUIET) for parent in _parents(text)):
            parts = list(_linked(text.astext(), address, met))
            if len(parts) > 1:
                text.parent.replace(text, parts)


def _parents(node: Any) -> Iterator[Any]:
    while node.parent is not None:
        node = node.parent
        yield node


def _linked(text: str, address: str, met: set[str]) -> Iterator[nodes.Node]:
    """Yield *text* in parts, with a link for each term that is not in *met* yet; adds those to *met*."""
    pattern, ids = _pattern()
    done = 0
    for found in pattern.finditer(text):
        id = ids[found[0].lower()]
        if id in met:
            continue
        met.add(id)
        yield nodes.Text(text[done : found.start()])
        yield nodes.reference("", found[0], refuri=f"{address}#term-{id}", classes=["term"])
        done = found.end()
    yield nodes.Text(text[done:])
