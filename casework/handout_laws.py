"""The laws of the handouts: what must hold of the four decisions beyond the form of their fields."""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import Problem, did_you_mean
from casework.handouts import Decision
from casework.laws import misconceptions_hold
from casework.library import Library
from casework.load import Lines, Loc


def check_handouts(library: Library) -> list[Problem]:
    """Return every complaint about the decisions of the feedback form."""
    handouts, lines = library.located_handouts
    problems: list[Problem] = []
    for n, decision in enumerate(handouts.feedback.decisions):
        loc = ("feedback", "decisions", n)
        options = [(option, (*loc, "choices", m)) for m, option in enumerate(decision.choices)]
        problems += misconceptions_hold(options, lines, library)
        problems += _one_sound(decision, loc, lines)
        problems += _cited(decision, loc, lines, library)
    return sorted(problems)


def _one_sound(decision: Decision, loc: Loc, lines: Lines) -> Iterator[Problem]:
    """Exactly one answer is sound, so that before and after can be counted, and no two share an id."""
    count = sum(option.quality == "sound" for option in decision.choices)
    if count != 1:
        yield lines.problem(loc, f'"{decision.id}" has {count} sound answers.', "Exactly one can be counted.")
    if len({option.id for option in decision.choices}) < len(decision.choices):
        yield lines.problem(loc, f'two answers to "{decision.id}" share an id.', "Rename one.")


def _cited(decision: Decision, loc: Loc, lines: Lines, library: Library) -> Iterator[Problem]:
    """Every answer rests on an authority that exists."""
    for n, option in enumerate(decision.choices):
        if not option.cites:
            yield lines.problem((*loc, "choices", n), f'"{option.id}" cites nothing.', "Add cites: [an authority].")
        for id in option.cites:
            if id not in library.authorities:
                message = f'"{option.id}" cites "{id}", which is not in authorities.yaml.'
                hint = did_you_mean(id, library.authorities)
                yield lines.problem((*loc, "choices", n, "cites"), message, hint)
