"""Lesson 1: the three questions, answered for one child."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from casework.pictures.picture import Boxes
from casework.pictures.tokens import colour, themed


class Question(NamedTuple):
    """One box: its heading, the question, the answer in one or more sentences, and the words that lead on from it."""

    heading: str
    question: str
    answer: tuple[str, ...]
    leads: str = ""


QUESTIONS = (
    Question(
        "Difficulty",
        "What does Femi find hard?",
        (
            "When an instruction has three parts he loses the second and third, so he does not start.",
            "Noise in the corridor makes it worse.",
        ),
        "calls for",
    ),
    Question(
        "Provision",
        "What help does that call for?",
        (
            "Steps on a card at the start of every task.",
            "A check by the teacher before the class begins.",
            "A small language group, three times a week.",
            "Leaving two minutes before the bell.",
        ),
        "so that",
    ),
    Question(
        "Outcome",
        "What is the help for?",
        ("By Easter, Femi starts a written task within three minutes in four lessons out of five.",),
    ),
)
ASIDE = (
    "A diagnosis, when it comes, if it comes:",
    "it may give pointers to the second box. The three questions do not wait for it.",
)
STAGES = ("stage-assess", "stage-plan", "stage-review")
BOX = "border:1px solid #7b837b;border-inline-start:0.4rem solid {};border-radius:0.4rem;padding:0.6rem 0.9rem"
APART = "border:2px dashed #7b837b;border-radius:0.4rem;padding:0.6rem 0.9rem;margin:1.25rem 0 0"


def draw_three_questions() -> Boxes:
    """Return the map for Femi. Values: one row for each question, `heading`, `question`, `answer`."""
    from pandas import DataFrame

    rows = [(box.heading, box.question, " ".join(box.answer)) for box in QUESTIONS]
    return Boxes(
        title="Three questions about Femi",
        values=DataFrame(rows, columns=["heading", "question", "answer"]),
        content=_row() + _aside(),
        alternative=(
            "Three boxes joined by arrows. One, what Femi finds hard: he loses the later parts of an instruction and "
            "does not start. Two, the help that calls for: steps on a card, a check by the teacher, a small language "
            "group three times a week, leaving two minutes before the bell. "
            "Three, the outcome: by Easter he starts a written task within three minutes in four lessons out of "
            "five. A diagnosis stands below, apart; it may give pointers to the second box."
        ),
        caption=(
            "The three questions, answered for Femi. Together they make one sentence. None of them asks for a label."
        ),
    )


def _row() -> str:
    boxes = "".join(
        _box(box, number, stage) for number, (box, stage) in enumerate(zip(QUESTIONS, STAGES, strict=True), 1)
    )
    return f'<ol class="questions" style="list-style:none;margin:0;padding:0">{boxes}</ol>'


def _box(box: Question, number: int, stage: str) -> str:
    leads = (
        f'<p class="questions-leads"><span aria-hidden="true">↓</span> {escape(box.leads)}</p>' if box.leads else ""
    )
    return (
        f'<li><div class="questions-box" style="{themed(BOX.format(colour(stage)))}">'
        f'<p class="questions-heading">{number}. {escape(box.heading)}</p>'
        f'<p class="questions-question"><strong>{escape(box.question)}</strong></p>'
        f"{_answer(box.answer)}</div>{leads}</li>"
    )


def _answer(sentences: tuple[str, ...]) -> str:
    if len(sentences) > 2:
        return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"
    return f"<p>{escape(' '.join(sentences))}</p>"


def _aside() -> str:
    words = f"<strong>{escape(ASIDE[0])}</strong> {escape(ASIDE[1])}"
    return f'<p class="questions-apart" style="{themed(APART)}">{words}</p>'
