"""A figure with sliders that survives publishing: live it is `interact`, in the book every frame is drawn already.

The frames of a sweep share most of their marks, so the page holds each mark once, and each frame as a list of the
marks it needs. `player/static/sweep.js` swaps frames. Without it the first frame stands, and the table holds all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from inspect import signature
from itertools import product
from math import prod
from typing import Any, NamedTuple

from pandas import DataFrame

from casework.errors import CaseworkError, did_you_mean
from casework.pictures import Picture
from casework.pictures.picture import framed, new_prefix, numbers_table
from casework.pictures.sliders import Slider, sliders_of
from casework.pictures.slim import MARK

MOST_FRAMES = 120


class SweepError(CaseworkError):
    """A sweep that cannot be drawn as asked."""


class Frame(NamedTuple):
    """One combination: the values *chosen*, the same in *words*, and the picture drawn for them."""

    chosen: dict[str, Any]
    words: tuple[str, ...]
    picture: Picture


def sweep(draw: Callable[..., Picture], **choices: Sequence[Any]) -> Sweep:
    """Return the figure of *draw* with one slider for each of *choices*, in their order.

    *draw* takes one keyword for each choice and returns a `Picture`; it is called for every combination. A slider
    stands first where *draw* has its default, else at the first value. Raises `SweepError` for an empty choice, a
    choice that *draw* does not word, or more than 120 frames.
    """
    choices = {name: tuple(values) for name, values in choices.items()}
    empty = [name for name, values in choices.items() if not values]
    if empty or not choices:
        raise SweepError(f"A slider needs at least one value: {', '.join(empty) or 'none is given'}.")
    frames = prod(map(len, choices.values()))
    if frames > MOST_FRAMES:
        sizes = " × ".join(f"{name} {len(values)}" for name, values in choices.items())
        raise SweepError(f"{sizes} makes {frames} frames; a page holds at most {MOST_FRAMES}. Give fewer values.")
    if unknown := [name for name in choices if sliders_of(draw) and name not in sliders_of(draw)]:
        raise SweepError(f'The figure has no choice "{unknown[0]}". {did_you_mean(unknown[0], sliders_of(draw))}')
    return Sweep(draw, choices)


@dataclass(frozen=True, eq=False)
class Sweep:
    """What `sweep` returns: shown live as sliders over *draw*, in the book as frames drawn beforehand."""

    draw: Callable[..., Picture] = field(repr=False)
    choices: Mapping[str, tuple[Any, ...]]

    @cached_property
    def sliders(self) -> dict[str, Slider]:
        """How each choice is asked for; a choice that *draw* says nothing of is called by its name."""
        plain = {name: Slider(name.capitalize().replace("_", " ")) for name in self.choices}
        return plain | {name: slider for name, slider in sliders_of(self.draw).items() if name in self.choices}

    @cached_property
    def start(self) -> dict[str, int]:
        """Where each slider stands first, counted from 0: at the default of *draw*, where it is among the values."""
        defaults = {name: parameter.default for name, parameter in signature(self.draw).parameters.items()}
        return {
            name: values.index(defaults[name]) if defaults.get(name) in values else 0
            for name, values in self.choices.items()
        }

    @property
    def first(self) -> Frame:
        """The frame that shows where no slider has been moved."""
        place = 0
        for name, values in self.choices.items():
            place = place * len(values) + self.start[name]
        return self.frames[place]

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Every combination, drawn; the last choice changes fastest."""
        frames = tuple(self._frame(dict(zip(self.choices, values, strict=True))) for values in self._combinations())
        if len({(frame.picture.title, frame.picture.drawing.box) for frame in frames}) > 1:
            raise SweepError("All frames of a sweep have the same title and the same size.")
        return frames

    @cached_property
    def values(self) -> DataFrame:
        """One row for each combination: each choice in words, and the headline of its picture."""
        heads = [slider.label for slider in self.sliders.values()]
        rows = [(*frame.words, frame.picture.headline) for frame in self.frames]
        return DataFrame(rows, columns=[*heads, "What it comes to"])

    def live(self) -> Any:
        """Return the `ipywidgets.interactive` of the figure: a slider for each choice, and the picture."""
        from ipywidgets import SelectionSlider, interactive

        def select(name: str, values: tuple[Any, ...]) -> SelectionSlider:
            slider = self.sliders[name]
            options = [(slider.words(value), value) for value in values]
            settings = {"description": slider.label, "style": {"description_width": "initial"}}
            return SelectionSlider(options=options, value=values[self.start[name]], **settings)

        # Wrapped, because ipywidgets would make a widget of every other argument that the function has.
        sliders = {name: select(name, values) for name, values in self.choices.items()}
        return interactive(lambda **chosen: self.draw(**chosen), **sliders)

    def html(self, prefix: str) -> str:
        """Return the sweep as HTML that needs no Python; every id in it starts with *prefix*."""
        first = self.first.picture
        table = numbers_table(self.values, f"{first.title}: all the numbers", "All the numbers")
        status = f'<p class="sweep-status" role="status">{escape(_says(self.first))}</p>'
        body = f"{self._controls(prefix)}{status}{first.svg(prefix)}{table}{self._island(prefix)}"
        return f'<div class="casework-sweep">{framed(first.title, body, first.caption)}</div>'

    def _combinations(self) -> Iterator[tuple[Any, ...]]:
        return product(*self.choices.values())

    def _frame(self, chosen: dict[str, Any]) -> Frame:
        words = tuple(self.sliders[name].words(value) for name, value in chosen.items())
        return Frame(chosen, words, self.draw(**chosen))

    def _words(self, name: str) -> list[str]:
        return [self.sliders[name].words(value) for value in self.choices[name]]

    def _controls(self, prefix: str) -> str:
        # Hidden until the script is there: a slider that moves nothing would be a lie.
        controls = "".join(
            _control(f"{prefix}-{name}", slider, self._words(name), self.start[name])
            for name, slider in self.sliders.items()
        )
        return f'<div class="sweep-controls" hidden>{controls}</div>'

    def _island(self, prefix: str) -> str:
        drawn = [[part.replace(MARK, f"{prefix}-") for part in frame.picture.drawing.parts] for frame in self.frames]
        parts = list(dict.fromkeys(part for frame in drawn for part in frame))
        number = {part: place for place, part in enumerate(parts)}
        frames = [
            {"parts": [number[part] for part in parts], "says": _says(frame), "words": frame.picture.alternative}
            for frame, parts in zip(self.frames, drawn, strict=True)
        ]
        words = [self._words(name) for name in self.sliders]
        data = json.dumps(
            {"parts": parts, "words": words, "frames": frames}, ensure_ascii=False, separators=(",", ":")
        )
        data = data.replace("<", "\\u003c")
        return f'<script type="application/json">{data}</script>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundle = self.live()._repr_mimebundle_(include=include, exclude=exclude)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return data | {"text/html": self.html(new_prefix(self.first.picture.title))}, metadata


def _says(frame: Frame) -> str:
    return f"{', '.join(frame.words)}: {frame.picture.headline}."


def _control(id: str, slider: Slider, words: list[str], start: int) -> str:
    # The slider says its own value and the status line the result: the output would only say it again.
    return (
        f'<p class="sweep-control"><label for="{id}">{escape(slider.label)}</label> '
        f'<output for="{id}" aria-live="off">{escape(words[start])}</output>'
        f'<input id="{id}" type="range" min="0" max="{len(words) - 1}" step="1" value="{start}" '
        f'aria-valuetext="{escape(words[start])}" autocomplete="off"></p>'
    )
