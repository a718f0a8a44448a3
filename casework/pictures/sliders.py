"""How a figure's choices are asked for, said once, where the figure is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

Draw = TypeVar("Draw", bound=Callable[..., Any])


class Slider(NamedTuple):
    """The *label* of a choice, and a function that says each value in *words*."""

    label: str
    words: Callable[[Any], str] = str


def asks(**sliders: Slider) -> Callable[[Draw], Draw]:
    """Attach the wording of its choices to a function that draws: `@asks(hours=Slider("Help a week", ...))`."""

    def attach(draw: Draw) -> Draw:
        draw.sliders = sliders
        return draw

    return attach


def sliders_of(draw: Callable[..., Any]) -> dict[str, Slider]:
    """Return what `asks` attached to *draw*; empty where it was not used."""
    return getattr(draw, "sliders", {})


def count(one: str, many: str) -> Callable[[Any], str]:
    """Return a function that says a number with its noun: `count("hour", "hours")(1)` is "1 hour"."""
    return lambda number: f"{number:,} {one if number == 1 else many}"
