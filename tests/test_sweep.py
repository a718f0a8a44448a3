"""Sweeps: every combination is drawn, said and listed, and the page needs nothing but its own small script."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from casework.funding.charts import draw_child_cost
from casework.pictures import Picture
from casework.pictures.canvas import bar, canvas, write
from casework.pictures.sliders import Slider, asks, count
from casework.sweep import Sweep, SweepError, sweep

SCRIPT = Path(__file__).parent.parent / "casework" / "player" / "static" / "sweep.js"


@asks(hours=Slider("Hours a week", count("hour", "hours")), group=Slider("Children"))
def draw(hours: int = 2, group: int = 2, *, height: int = 40) -> Picture:
    """Return a small picture of a division."""
    axes = canvas(height)
    bar(axes, 0, 10, 10 * hours / group, 10, "brand")
    write(axes, 0, 30, f"{hours / group:g} <each>")
    words = f"{hours} hours shared by {group}."
    return Picture(
        title="Sharing",
        figure=axes.figure,
        values={"each": hours / group},
        alternative=words,
        headline=f"{hours / group:g} each",
    )


@pytest.fixture(scope="module")
def shown() -> Sweep:
    """Return a sweep of three hours and two groups."""
    return sweep(draw, hours=[1, 2, 6], group=[1, 2])


def island(html: str) -> dict:
    """Return the data that the page carries."""
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1])


def test_every_combination_is_drawn_and_the_last_choice_changes_fastest(shown: Sweep):
    """The page finds a frame by counting, so the order is part of the format."""
    assert [frame.chosen for frame in shown.frames] == [
        {"hours": hours, "group": group} for hours in (1, 2, 6) for group in (1, 2)
    ]


def test_a_frame_is_put_together_from_shared_parts(shown: Sweep):
    """Each frame lists the marks of its own picture, in their order."""
    data = island(shown.html("p"))
    rebuilt = ["".join(data["parts"][part] for part in frame["parts"]) for frame in data["frames"]]

    assert rebuilt == ["".join(frame.picture.drawing.parts) for frame in shown.frames]
    assert len(set(data["parts"])) == len(data["parts"])


def test_the_first_frame_is_the_default_of_the_function(shown: Sweep):
    """A slider starts at the value that the function has by default, else at the first."""
    html = shown.html("p")

    assert shown.first.chosen == {"hours": 2, "group": 2}
    assert '<desc id="p-words">2 hours shared by 2.</desc>' in html
    assert re.findall(r'max="(\d)" step="1" value="(\d)" aria-valuetext="([^"]+)"', html) == [
        ("2", "1", "2 hours"),
        ("1", "1", "2"),
    ]


def test_each_slider_has_a_label_and_an_output(shown: Sweep):
    """A slider has a name, and its value stands beside it in words."""
    html = shown.html("p")

    for name, label, words in (("hours", "Hours a week", "2 hours"), ("group", "Children", "2")):
        assert f'<label for="p-{name}">{label}</label>' in html
        assert f'<output for="p-{name}" aria-live="off">{words}</output><input id="p-{name}" type="range"' in html


def test_the_sliders_are_hidden_until_the_script_is_there(shown: Sweep):
    """Without JavaScript no slider pretends to move anything."""
    assert '<div class="sweep-controls" hidden>' in shown.html("p")


def test_the_table_lists_every_combination(shown: Sweep):
    """Who does not see the picture, or has no script, finds every frame's headline in the table."""
    assert shown.values.columns.tolist() == ["Hours a week", "Children", "What it comes to"]
    assert shown.values["What it comes to"].tolist() == ["1 each", "0.5 each", "2 each", "1 each", "6 each", "3 each"]
    assert shown.html("p").count('<th scope="row">') == 6


def test_each_frame_says_its_choices_and_what_they_come_to(shown: Sweep):
    """The status line speaks in words."""
    says = [frame["says"] for frame in island(shown.html("p"))["frames"]]

    assert says[0] == "1 hour, 1: 1 each." and says[-1] == "6 hours, 2: 3 each."


def test_the_island_cannot_end_early(shown: Sweep):
    """No sign in a label closes the script element."""
    html = shown.html("p")

    assert "<" not in re.search(r"application/json\">(.*?)</script>", html, re.DOTALL)[1]
    assert "&lt;each&gt;" in "".join(island(html)["parts"])


def test_too_many_frames_is_an_error_that_counts_them():
    """A page holds 120 frames; the message says what was asked for."""
    with pytest.raises(SweepError, match=r"hours 11 × group 11 makes 121 frames; a page holds at most 120"):
        sweep(draw, hours=range(1, 12), group=range(1, 12))


def test_as_many_frames_as_a_page_holds_is_no_error():
    """The limit itself is allowed."""
    assert sweep(draw, hours=range(1, 13), group=range(1, 11)).choices["hours"] == tuple(range(1, 13))


def test_an_empty_choice_is_an_error():
    """A slider without values is refused by name."""
    with pytest.raises(SweepError, match="at least one value: group"):
        sweep(draw, hours=[1], group=[])


def test_an_unknown_choice_is_an_error_with_the_likeliest_name():
    """A misspelt choice is found before anything is drawn."""
    with pytest.raises(SweepError, match=r'no choice "hour"\. Did you mean "hours"'):
        sweep(draw, hour=[1])


def test_frames_of_different_size_are_an_error():
    """Frames are swapped inside one drawing, so they have one size."""
    with pytest.raises(SweepError, match="same size"):
        _ = Sweep(lambda height: draw(1, height=height), {"height": (40, 50)}).frames


def test_the_bundle_carries_the_live_widget_and_the_page():
    """One cell serves a live notebook and the book."""
    data, _ = sweep(draw, hours=[1, 2])._repr_mimebundle_()

    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith('<div class="casework-sweep">')


def test_the_live_sliders_say_the_same_words_and_start_in_the_same_place(shown: Sweep):
    """Live and in the book, a choice is asked for alike."""
    hours, group = shown.live().children[:2]

    assert (hours.description, hours.value, hours.options[0]) == ("Hours a week", 2, ("1 hour", 1))
    assert (group.description, group.value) == ("Children", 2)


def test_two_sweeps_on_a_page_share_no_id(shown: Sweep):
    """The same sweep may stand twice on a page."""
    first, second = (set(re.findall(r'\bid="([^"]+)"', shown._repr_mimebundle_()[0]["text/html"])) for _ in range(2))

    assert len(first) == 4 and not first & second


def test_the_script_is_small_and_quiet():
    """One global, no console, no address of another host, under 3 kB."""
    source = SCRIPT.read_text(encoding="utf-8")

    assert len(source.encode()) < 3000
    assert re.findall(r"^(?:const|let|var|function|class) (\w+)", source, re.MULTILINE) == ["NeedsFirstSweep"]
    assert not re.search(r"console|https?:|import |eval\(", source)


def test_forty_frames_weigh_little():
    """Shared marks keep a whole sweep under 10 kB gzipped."""
    html = sweep(draw_child_cost, hours=[1, 2, 5, 8, 10, 15, 20, 25], group=[1, 2, 3, 4, 6]).html("p")

    assert len(gzip.compress(html.encode())) < 10_000
