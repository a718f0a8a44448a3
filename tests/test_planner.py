"""The planner in Python: sheets as typed, exact costs, the same words as provision, and a page that reads alone."""

import gzip
import json
from datetime import date
from fractions import Fraction

import pytest

from casework.errors import CaseworkError
from casework.funding.provision import THRESHOLD, Line, cost_plan
from casework.funding.rates import to_pence
from casework.library import Library
from casework.player.planner import Planner, plan
from casework.player.planner_data import planner_data, sentences
from casework.player.planner_page import static_html
from casework.player.published import STATIC, joined
from casework.player.sheet import BLANK, ONE_OFF, Sheet, prices, typed, typed_plan

DAY = date(2026, 11, 23)
LIBRARY = Library()
OFFERED = prices(LIBRARY.rates, DAY)
PLANS = sorted(LIBRARY.plans)


def sheet_of(*lines):
    """Return a sheet of *lines*, as somebody might give them."""
    return Sheet(tuple(typed(line, OFFERED) for line in lines), LIBRARY.rates, DAY)


def hours_line(**changes):
    """Return a plain line of a teaching assistant's time, with *changes*."""
    return {"what": "One to one", "rate": "ta-hour", "hours": "2", "weeks": "38"} | changes


@pytest.mark.parametrize("id", PLANS)
def test_every_plan_can_be_costed_as_it_stands(id):
    """A plan to start from has no fault, and a total above nought."""
    sheet = Sheet(tuple(typed_plan(LIBRARY.plans[id].lines, OFFERED)), LIBRARY.rates, DAY)

    assert not any(sheet.faults)
    assert sheet.costed.counted > 0


@pytest.mark.parametrize("id", PLANS)
def test_every_plan_shows_a_line_that_does_not_count(id):
    """A starting point teaches the difference: one line at least is left out, with its reason."""
    reasons = [line.because for line in LIBRARY.plans[id].lines if not line.counts]

    assert reasons and all(reasons)


@pytest.mark.parametrize("id", PLANS)
def test_a_sheet_costs_a_plan_as_provision_does(id):
    """Turning a plan into typed text and back changes no penny."""
    lines = LIBRARY.plans[id].lines

    sheet = Sheet(tuple(typed_plan(lines, OFFERED)), LIBRARY.rates, DAY)

    assert sheet.costed.counted == cost_plan(lines, LIBRARY.rates, DAY).counted


def test_maya_has_the_same_lines_in_the_planner_and_in_her_case():
    """Each line of Maya's plan is one that her scenario buys, word for word and hour for hour."""
    nodes = LIBRARY.scenario("maya-first-6000").nodes.values()
    bought = [line.model_dump() for node in nodes for choice in node.choices for line in choice.buys]

    assert [
        line.what for line in LIBRARY.plans["maya"].lines if line.model_dump(exclude={"since"}) not in bought
    ] == []


def test_plans_are_no_scenario():
    """The file of plans lies beside the scenarios and is not taken for one."""
    assert "plans" not in LIBRARY.scenario_ids


def test_prices_are_those_that_pay_for_support():
    """What a school receives, and the threshold, are not offered as prices; nor is a figure that has ended."""
    assert THRESHOLD not in OFFERED.rates
    assert [id for id, rate in OFFERED.rates.items() if rate.unit == "year"] == ["ta-year"]
    assert "ep-day-old-bulk" in LIBRARY.rates.rates.keys() - OFFERED.rates.keys()


def test_numbers_from_python_become_text():
    """A line may be given with numbers; it is kept as the text that somebody would have typed."""
    line = typed({"what": "Chair", "rate": "ta-hour", "hours": 0.1, "weeks": 38}, OFFERED)

    assert (line["hours"], line["weeks"], line["group"]) == ("0.1", "38", "1")


def test_pounds_without_a_rate_are_a_one_off_sum():
    """A sum of pounds needs no word that it is one."""
    assert typed({"what": "Chair", "pounds": 480}, OFFERED)["rate"] == ONE_OFF


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"hour": "2"}, 'A line has no "hour". Did you mean "hours"?'),
        ({"rate": "ta-huor"}, 'There is no rate "ta-huor" here. Did you mean "ta-hour"?'),
        ({"counts": "no"}, '"counts" is true or false, not "no".'),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(line, message):
    """A key or rate that does not exist, or a counts that is no bool, is an error with a remedy."""
    planner = plan("maya")

    with pytest.raises(CaseworkError) as caught:
        planner.lines = [line]

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("hours", "-1", "Hours must be more than 0 and at most 168."),
        ("hours", "", "A number is missing here."),
        ("hours", "two", 'Hours must be a number, not "two".'),
        ("hours", "1,5", 'Hours must be a number, not "1,5". Write 1.5 with a point, and 1000 without a comma.'),
        ("hours", "1e2", 'Hours must be a number, not "1e2".'),
        ("hours", "99999999999", "Hours must be more than 0 and at most 168."),
        ("hours", "1.00001", "Hours must have at most 4 decimal places."),
        ("weeks", "53", "A line runs for 1 to 52 weeks."),
        ("weeks", "1.5", "Weeks must be a whole number."),
        ("group", "0", "A group has at least one child, and at most 1,000."),
        ("what", "  ", "Say in a few words what the support is."),
        ("rate", "", "Choose how it is paid."),
    ],
)
def test_a_mistake_is_said_in_words(field, text, message):
    """Each mistake that people make has its message, and what they typed stays."""
    sheet = sheet_of(hours_line(**{field: text}))

    assert sheet.faults[0][field] == message
    assert sheet.lines[0][field] == text


def test_a_line_that_does_not_count_needs_its_reason():
    """Unticking alone is not enough; the reason belongs to it."""
    assert sheet_of(hours_line(counts=False)).faults == [{"because": "Say why it does not count."}]


def test_a_number_that_the_price_has_no_use_for_does_no_harm():
    """Whoever turns from hours to sessions keeps what they typed, and it enters no sum."""
    sheet = sheet_of({"what": "Therapy", "rate": "slt-session", "sessions": "2", "hours": "nonsense"})

    assert sheet.costed.counted == 170


def test_the_frame_has_exact_pence():
    """A third of a penny stays a third of a penny."""
    planner = plan()

    planner.lines = [{"what": "Cards", "pounds": "1", "group": 3}]

    assert planner.frame.loc[1, "pence"] == Fraction(100, 3)


def test_the_frame_names_the_problem_of_a_line():
    """A line with a mistake has no cost, and says why; the line after it keeps its own."""
    planner = plan()

    planner.lines = [hours_line(weeks="53"), hours_line()]

    assert planner.frame.pence.tolist() == [None, Fraction(130720)]
    assert planner.frame.problem.tolist() == ["A line runs for 1 to 52 weeks.", ""]


def test_an_empty_sheet_has_a_frame_with_the_same_columns():
    """Nothing planned is a table without rows."""
    assert list(plan().frame.columns) == list(plan("maya").frame.columns)


def test_an_unknown_plan_is_refused():
    """The likeliest plan is named."""
    with pytest.raises(CaseworkError, match=r'There is no plan "maja"\. Did you mean "maya"'):
        plan("maja")


@pytest.mark.parametrize("pounds", ["1", "5999.99", "6000", "6000.01", "900000"])
def test_no_sum_is_a_condition(pounds):
    """Whatever the sum comes to, the words say that a request can be made."""
    planner = plan()

    planner.lines = [{"what": "Programme", "pounds": pounds}]

    assert "A request can be made whatever the sum comes to." in planner.words
    assert "cannot" not in planner.words


def test_sentences_hold_no_amount_of_their_own():
    """A sample amount that went into a template comes out of it again; only the threshold stays."""
    text = " ".join(sentences(LIBRARY.rates, DAY).values())

    assert {word.strip(".,") for word in text.split() if "£" in word} == {"£6,000"}


def test_the_page_knows_a_line_by_the_keys_of_the_sheet():
    """Plans to start from have exactly the fields of a blank line."""
    data = planner_data(LIBRARY, DAY, "maya")

    assert {tuple(line) for start in data["starts"] for line in start["lines"]} == {tuple(BLANK)}


def test_the_static_form_reads_alone():
    """Without a script the page has the plan, its costs, the words and authorities, and says what is missing."""
    html = plan("maya")._repr_mimebundle_()[0]["text/html"]

    for text in (
        "Reading and spelling group, every morning",
        "£817.00",
        "£5,581.80",
        "Neither this sum",
        "JavaScript",
    ):
        assert text in html
    assert LIBRARY.authorities["cfa-36-8"].href in html


def test_nothing_can_end_the_island_early():
    """Markup in the name of a plan or a line stays text, in the table and in the data."""
    library, name = Library(), "</script><b>"
    library.plans = {"odd": library.plans["idris"].model_copy(update={"title": name})}

    html = static_html(library, sheet_of({"what": name, "pounds": "5"}), "odd")

    assert html.count("</script>") == 1
    assert "<b>" not in html


def test_the_data_of_the_page_is_json():
    """The island can be read as it stands."""
    html = plan("idris")._repr_mimebundle_()[0]["text/html"]
    island = html.partition('<script type="application/json">')[2].partition("</script>")[0]

    assert json.loads(island)["start"] == "idris"


def test_a_notebook_loads_the_bytes_of_the_page():
    """The live module is the page's scripts, in their order, and one line more."""
    scripts = joined("base.js", "planner.js")

    assert Planner._esm.removeprefix(scripts).strip() == "export default { render: CaseworkPlanner.render };"


def test_the_script_is_small():
    """A page with the planner stays light: 12 kB gzipped at most."""
    assert len(gzip.compress((STATIC / "planner.js").read_bytes(), 9)) <= 12_000


def test_prices_of_the_page_are_in_pence():
    """The page gets whole pence, of the day that was asked for."""
    data = planner_data(LIBRARY, DAY, "")
    line = Line(what="One hour", rate="ta-hour", hours=1, weeks=1)

    assert data["rates"]["ta-hour"]["pence"] == to_pence(cost_plan([line], LIBRARY.rates, DAY).counted)
