"""The sheets of every workshop: the feedback form, the list at the door, and what whoever prints has to know."""

from __future__ import annotations

from typing import Any

from casework.library import Library
from casework.packs.coaching import coaching
from casework.packs.markdown import plain, tree
from casework.packs.roads import LETTERS


def feedback(library: Library) -> dict[str, Any]:
    """Return what the template of the feedback form is given: the same decisions, once for each occasion."""
    form = library.handouts.feedback
    return {
        "word": plain(form.word),
        "sure": [plain(text) for text in form.sure],
        "decisions": [
            {"text": plain(decision.text), "choices": [plain(option.text) for option in decision.choices]}
            for decision in form.decisions
        ],
        "occasions": [
            {"title": plain(one.title), "text": plain(one.text), "lines": [plain(line) for line in one.lines]}
            for one in form.occasions
        ],
    }


def sign_in(library: Library) -> dict[str, Any]:
    """Return what the template of the list at the door is given."""
    form = library.handouts.sign_in
    return {
        "title": plain(form.title),
        "columns": [plain(text) for text in form.columns],
        "rows": form.rows,
        "what_happens": plain(form.what_happens),
        "service": plain(library.service.name),
    }


def printing(library: Library) -> dict[str, Any]:
    """Return what the template for whoever prints is given, with the key to the four decisions."""
    words, form = library.handouts.printing, library.handouts.feedback
    return {
        "text": tree(words.text),
        "copies": [[plain(one.sheet), plain(one.copies), plain(one.note)] for one in words.copies],
        "reading": tree(words.reading),
        "key": [
            {
                "text": plain(decision.text),
                "choices": [
                    {
                        "label": letter,
                        "text": plain(option.text),
                        **coaching(option, library),
                    }
                    for letter, option in zip(LETTERS, decision.choices, strict=False)
                ],
            }
            for decision in form.decisions
        ],
    }
