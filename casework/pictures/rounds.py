"""Lesson 4: assess, plan, do, review as one child's record shows them, and where the record has gaps."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from casework.errors import ContentError
from casework.load import SCENARIOS, read_yaml, validate
from casework.pictures.canvas import canvas, write
from casework.pictures.picture import Picture
from casework.pictures.tokens import colour
from casework.scenario import Model, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

STEPS = ("assess", "plan", "do", "review")
WORDS = {"whole": "on paper", "in-part": "in part", "nothing": "nothing on paper"}
TALL = 178
RADIUS = 42
CENTRE = 54
COLUMN = 116


class Step(Model):
    """One step of a round: its first and last week of school, how much of it is *written*, and what that says."""

    starts: Annotated[int, Field(ge=1, le=40)]
    ends: Annotated[int, Field(ge=1, le=40)]
    written: Literal["whole", "in-part", "nothing"]
    says: Annotated[Text, Field(max_length=36, description="A line of the picture: longer would be cut.")]


class Steps(Model):
    """The four steps of a round, in their order."""

    assess: Step
    plan: Step
    do: Step
    review: Step


class Round(Model):
    """Once round: a *name*, the four *steps*, and how many of four tries went well at the review (*met*)."""

    name: Text
    met: Annotated[int, Field(ge=0, le=4)] | None = None
    steps: Steps


class Folder(Model):
    """What one child's folder holds for a school year."""

    child: Text
    school_weeks: int
    rounds: tuple[Round, ...] = Field(min_length=1)


def read_folder(id: str) -> Folder:
    """Return the folder *id*, a file in `scenarios/rounds/`; raises `ContentError` with every problem of form."""
    data, lines = read_yaml(SCENARIOS / "rounds" / f"{id}.yaml")
    folder, problems = validate(Folder, data, lines)
    if problems:
        raise ContentError(problems)
    return folder


def draw_rounds(id: str = "stan") -> Picture:
    """Return the rounds in the folder *id*, one ring each. Values: one row for each step, see `steps`."""
    folder = read_folder(id)
    axes = canvas(TALL * len(folder.rounds) + 78, left=4, right=4)
    for number, one in enumerate(folder.rounds):
        _round(axes, one, top=14 + TALL * number)
    _key(axes, y=TALL * len(folder.rounds) + 16)
    return Picture(
        title=f"Round by round: {folder.child}’s record",
        figure=axes.figure,
        values=steps(folder),
        alternative=_in_words(folder),
        caption=(
            f"{folder.child}’s folder over a year of {folder.school_weeks} school weeks. Each ring is a round; the "
            f"quarters run clockwise from the top. {folder.child} and the school are invented."
        ),
        headline="; ".join(f"{one.name}: {_whole(one)} of 4 steps on paper" for one in folder.rounds),
    )


def steps(folder: Folder) -> DataFrame:
    """Return a row for each step: weeks in which it `starts` and `ends`, what is `written`, `met` of four tries."""
    from pandas import DataFrame

    rows = [
        (
            one.name,
            name,
            step.starts,
            step.ends,
            WORDS[step.written],
            step.says,
            one.met if name == "review" else None,
        )
        for one in folder.rounds
        for name, step in _steps(one)
    ]
    names = ["round", "step", "starts", "ends", "written", "says", "met"]
    return DataFrame(rows, columns=names).astype({"met": "Int64"})


def _steps(one: Round) -> list[tuple[str, Step]]:
    return [(name, getattr(one.steps, name)) for name in STEPS]


def _whole(one: Round) -> int:
    return sum(step.written == "whole" for _, step in _steps(one))


def _weeks(step: Step) -> str:
    return f"week {step.starts}" if step.starts == step.ends else f"weeks {step.starts} to {step.ends}"


def _in_words(folder: Folder) -> str:
    rounds = (
        f"{one.name}: " + " ".join(f"{name}, {_weeks(s)}, {WORDS[s.written]}: {s.says}" for name, s in _steps(one))
        for one in folder.rounds
    )
    return f"{len(folder.rounds)} rings, one below the other, each of four quarters. " + " ".join(rounds)


def _round(axes: Axes, one: Round, top: float) -> None:
    write(axes, 0, top, one.name, bold=True, size=16)
    middle = top + 84
    for quarter, (name, step) in enumerate(_steps(one)):
        _arc(axes, quarter, middle, step.written)
        y = top + 22 + 38 * quarter
        when = "" if step.written == "nothing" else f", {_weeks(step)}"
        write(axes, COLUMN, y, f"{quarter + 1} {name.capitalize()}{when}", bold=True)
        write(axes, COLUMN, y + 17, step.says, ink="ink-soft")
    weeks = one.steps.do.ends - one.steps.do.starts + 1
    write(axes, CENTRE, middle - 8, str(weeks), bold=True, ha="center", size=16)
    write(axes, CENTRE, middle + 9, "weeks", ink="ink-soft", ha="center", size=13)


def _arc(axes: Axes, quarter: int, middle: float, written: str) -> None:
    """Draw a quarter of the ring, clockwise from the top; y grows downwards. Its number stands outside it."""
    gap = 0.12
    turns = [quarter * pi / 2 + gap + (pi / 2 - 2 * gap) * n / 12 for n in range(13)]
    _band(axes, [CENTRE + RADIUS * sin(t) for t in turns], [middle - RADIUS * cos(t) for t in turns], written)
    turn = (quarter + 0.5) * pi / 2
    out = RADIUS + 17
    write(axes, CENTRE + out * sin(turn), middle - out * cos(turn), str(quarter + 1), ink="ink-soft", ha="center")


def _band(axes: Axes, xs: list[float], ys: list[float], written: str) -> None:
    """Draw a band along the points: full, in pieces, or as a thin dotted line where there is nothing."""
    style = {
        "whole": {"color": colour("brand"), "linewidth": 13},
        "in-part": {"color": colour("brand"), "linewidth": 13, "linestyle": (0, (0.35, 0.35))},
        "nothing": {"color": colour("unsound"), "linewidth": 2, "linestyle": (0, (1.5, 2))},
    }[written]
    axes.plot(xs, ys, solid_capstyle="butt", dash_capstyle="butt", clip_on=False, zorder=2, **style)


def _key(axes: Axes, y: float) -> None:
    for line, (written, words) in enumerate((("whole", "on paper"), ("in-part", "in part"), ("nothing", "nothing"))):
        x = (0, 116, 232)[line]
        _band(axes, [x + 2, x + 32], [y, y], written)
        write(axes, x + 40, y, words)
    write(axes, 0, y + 26, "In the ring: how long step 3 went on.", ink="ink-soft")
    write(axes, 0, y + 44, "“2 in 4”: it went well on 2 tries of 4.", ink="ink-soft")
