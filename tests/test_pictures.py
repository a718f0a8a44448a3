"""Pictures: what they say, that they follow the theme, and that nothing in them is cut or covered."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from pandas import DataFrame

from casework.funding import charts
from casework.funding.budget import cost_pupils, notional_budget, summary, through_the_year
from casework.funding.rates import load_rates
from casework.funding.school import load_school
from casework.pictures import Picture, draw_needs_cross, draw_school_census, draw_three_questions, draw_waiting
from casework.pictures.canvas import bar, canvas, write
from casework.pictures.picture import cell, numbers_table
from casework.pictures.slim import slim
from casework.pictures.tokens import themed, tokens

DAY = date(2026, 11, 23)


@cache
def school_tables() -> tuple[DataFrame, DataFrame]:
    """Return what Quillbeck's pupils cost, and its notional budget."""
    school, rates = load_school(), load_rates()
    return cost_pupils(school, rates, DAY), notional_budget(school, rates, DAY)


# The extremes of each sweep stand for its other frames.
DRAWN = {
    "waiting": draw_waiting,
    "needs cross": draw_needs_cross,
    "school census": draw_school_census,
    "child, a little": lambda: charts.draw_child_cost(0.5, 30),
    "child, near the line": lambda: charts.draw_child_cost(9.18, 1),
    "child, very much": lambda: charts.draw_child_cost(32.5, 1),
    "pupils": lambda: charts.draw_pupils_against_threshold(school_tables()[0]),
    "needs": lambda: charts.draw_needs_spread(school_tables()[0]),
    "carries": lambda: charts.draw_who_carries(summary(*school_tables())),
    "year": lambda: charts.draw_through_the_year(through_the_year(*school_tables())),
    "lasts, least": lambda: charts.draw_how_long_it_lasts(3, 60),
    "lasts, most": lambda: charts.draw_how_long_it_lasts(8, 20),
    "budget, least": lambda: charts.draw_notional_budget(105, 3, 60),
    "budget, most": lambda: charts.draw_notional_budget(420, 8, 20),
}


def sketch(words: str = "a & b", ink: str = "ink") -> Picture:
    """Return a small picture: one hatched bar and one label."""
    axes = canvas(60)
    bar(axes, 10, 10, 100, 20, "card", edge=ink, hatch="///")
    write(axes, 120, 20, words)
    return Picture(
        title="A <sketch>", figure=axes.figure, values={"a": 1200, "b": 0.5}, alternative="One bar: 1,200 & a half."
    )


@pytest.fixture(params=DRAWN, ids=str)
def picture(request: pytest.FixtureRequest) -> Picture:
    """Return each picture of the course in turn."""
    return DRAWN[request.param]()


def boxes(picture: Picture) -> dict[str, object]:
    """Return where each label stands, measured in the widest font that a page is likely to use."""
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    labels = [label for axes in picture.figure.axes for label in axes.texts if label.get_text()]
    return {
        f"{number} {label.get_text()}": label.get_window_extent(renderer).padded(-1.5)
        for number, label in enumerate(labels)
    }


def test_importing_the_package_does_not_import_matplotlib():
    """Neither the package nor its pictures bring matplotlib before something is drawn."""
    modules = "casework, casework.pictures, casework.funding.charts, casework.sweep, sys"
    code = f"import {modules}; sys.exit('matplotlib' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0


def test_no_label_covers_another(picture: Picture):
    """Labels keep clear of each other."""
    covered = [(a, b) for (a, one), (b, other) in combinations(boxes(picture).items(), 2) if one.overlaps(other)]

    assert covered == []


def test_no_label_is_cut(picture: Picture):
    """Every label lies within the drawing."""
    whole = picture.figure.bbox
    cut = [
        label
        for label, box in boxes(picture).items()
        if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.x1 or box.y1 > whole.y1
    ]

    assert cut == []


def test_words_are_large_enough_for_a_telephone(picture: Picture):
    """A label of 14 units is 11 pixels tall where the drawing is scaled to 290 pixels."""
    sizes = {label.get_size() for axes in picture.figure.axes for label in axes.texts}

    assert min(sizes) >= 14


def test_words_stay_words(picture: Picture):
    """Each label is text in the SVG, so that it can be searched, enlarged and shown in the page's font."""
    root = ElementTree.fromstring(picture.svg("p"))
    texts = {"".join(element.itertext()) for element in root.iter("text")}

    assert texts == {label.get_text() for axes in picture.figure.axes for label in axes.texts}


def test_every_colour_is_a_token(picture: Picture):
    """No colour stands in the drawing but as the fallback of a token of the theme."""
    bare = re.sub(r"var\(--[a-z-]+,#[0-9a-f]{6}\)", "", "".join(picture.drawing.parts))

    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(", bare)


def test_no_two_tokens_share_a_colour():
    """A colour drawn stands for one token only."""
    assert len(set(tokens().values())) == len(tokens()) > 20


def test_a_colour_outside_the_theme_is_an_error():
    """A drawing that would not follow light and dark is refused."""
    with pytest.raises(ValueError, match="#123456 is no colour of the theme"):
        themed("fill:#123456")


def test_the_same_picture_gives_the_same_bytes():
    """A build without a change changes nothing."""
    assert sketch().html("p") == sketch().html("p")


def test_two_showings_share_no_id():
    """One picture may stand twice on a page."""
    picture = sketch()
    first, second = (set(re.findall(r'\bid="([^"]+)"', picture._repr_html_())) for _ in range(2))

    assert len(first) == 3 and not first & second


def test_every_reference_has_its_id():
    """A hatching or a description that is pointed to is there."""
    html = sketch().html("p")
    pointed = set(re.findall(r"url\(#([^)]+)\)", html)) | set(re.findall(r'aria-\w+by="([^"]+)"', html))

    assert pointed == set(re.findall(r'\bid="([^"]+)"', html))


def test_the_image_has_a_name_and_a_description():
    """A listener hears the title and the numbers."""
    root = ElementTree.fromstring(sketch().svg("p"))

    assert root.get("role") == "img"
    assert [(e.tag, e.text) for e in list(root)[:2]] == [
        ("title", "A <sketch>"),
        ("desc", "One bar: 1,200 & a half."),
    ]


def test_labels_are_escaped():
    """Words are words, whatever signs they hold."""
    assert ">&lt;b&gt; &amp; c<" in sketch("<b> & c").svg("p")


def test_the_drawing_scales_to_its_column():
    """No width in pixels: the view box and the page decide."""
    opening = sketch().svg("p").split(">")[0]

    assert 'viewBox="0 0 360 60"' in opening and "width:100%" in opening and " width=" not in opening


def test_numbers_that_do_not_matter_are_left_out():
    """The SVG carries no metadata, no style sheet, no font names and no more than one decimal."""
    parts = "".join(sketch().drawing.parts)

    assert not re.search(r"metadata|<style|font-family|DejaVu|\d\.\d\d", parts)


def test_slim_keeps_the_order_of_what_lies_on_what():
    """The list of parts goes from back to front, as in the source."""
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9.04 9">'
        '<g id="a"><path d="M 1.04 2 \nL 3 -4.06"/></g><g id="b"><text x="1">t</text></g></svg>'
    )

    assert slim(source) == ("0 0 9 9", ('<path d="M1 2L3 -4.1"/>', '<text x="1">t</text>'))


def test_the_table_names_its_rows_and_columns():
    """The values stand in a real table: caption, column heads, row heads."""
    table = numbers_table(DataFrame({"term": ["autumn"], "school_weeks": [14]}), "Weeks & terms", "Numbers")

    assert "<caption>Weeks &amp; terms</caption>" in table
    assert '<th scope="col">School weeks</th>' in table
    assert '<th scope="row">autumn</th><td>14</td>' in table


@pytest.mark.parametrize(
    ("value", "written"),
    [(1200, "1,200"), (0.5, "0.5"), (3268.0, "3,268"), (-4, "−4"), (float("nan"), "–"), (None, "–"), ("<", "&lt;")],
)
def test_a_cell_is_written_for_people(value: object, written: str):
    """Thousands are parted, needless decimals left out, nothing is a dash."""
    assert cell(value) == written


def test_waiting_holds_the_weeks_that_the_lesson_quotes():
    """Both lanes have the same 45 school weeks; one has 42 of support and four reviews, the other none."""
    sums = draw_waiting().values.groupby("lane")[["school_weeks", "weeks_of_support", "reviews"]].sum()

    assert sums.loc["waiting only"].tolist() == [45, 0, 0]
    assert sums.loc["meanwhile"].tolist() == [45, 42, 4]


def test_waiting_holds_what_each_review_found():
    """Femi starts two, three, four and four lessons of five; who only waits finds nothing out."""
    lanes = draw_waiting().values.groupby("lane")["lessons_started"]

    assert lanes.get_group("meanwhile").tolist() == [2, 3, 4, 4]
    assert lanes.get_group("waiting only").isna().all()


def test_waiting_says_its_numbers_in_words():
    """The text alternative states the numbers that the picture shows."""
    words = draw_waiting().alternative

    assert all(said in words for said in ("fourteen months", "45 school weeks", "42 school weeks", "2, 3, 4 and 4"))


def test_the_three_questions_are_in_order():
    """Difficulty calls for provision, provision aims at an outcome."""
    figure = draw_three_questions()
    found = [figure.html("p").index(word) for word in (*figure.values["question"], "A diagnosis, when it comes")]

    assert figure.values["heading"].tolist() == ["Difficulty", "Provision", "Outcome"]
    assert found == sorted(found)
