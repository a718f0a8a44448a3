"""The planner in a real browser, by file:// with the network off: the same sums as Python, and nothing lost."""

import csv
import random
from datetime import date
from fractions import Fraction
from pathlib import Path

import axe_playwright_python
import pytest
from conftest import come_back
from playwright.sync_api import expect
from stand_in import LIVE, write_page

from casework.funding.provision import against_threshold
from casework.funding.rates import to_pence
from casework.library import Library
from casework.player.planner import Planner, plan
from casework.player.planner_data import planner_data
from casework.player.planner_page import words
from casework.player.sheet import ONE_OFF, Sheet, numbers_of, prices, typed

pytestmark = pytest.mark.browser

DAY = date(2026, 11, 23)
LIBRARY = Library()
OFFERED = prices(LIBRARY.rates, DAY)
DATA = planner_data(LIBRARY, DAY, "")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KEY = "needs-first/planner"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
FULL = "Storage.prototype.setItem = () => { throw new Error('full'); }"
NO_ROOM_ASIDE = """const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (key.includes("set-aside")) throw new Error("full");
        set.call(this, key, text);
    }"""


def write_planner(folder, start):
    """Write a page of the book with the planner on it, and return its address."""
    return write_page(folder, start or "empty", plan(start)._repr_mimebundle_()[0]["text/html"], "planner.js")


@pytest.fixture
def visit(page, tmp_path):
    """Open the planner that begins with a plan, and return the page."""

    def opened(start=""):
        page.goto(write_planner(tmp_path, start))
        return page

    return opened


def line(page, n):
    """Return the form of line *n*, from 1."""
    return page.get_by_role("group", name=f"Line {n}:")


def total(page):
    """Return the total that the page shows."""
    return page.locator(".planner-is-total dd").inner_text()


def amount(chance, places, most):
    """Return an awkward decimal above 0, as somebody might type it."""
    units = chance.randint(1, most * 10**places)
    text = f"{units // 10**places}.{units % 10**places:0{places}}" if places else str(units)
    return chance.choice([text, f" {text}", text.removeprefix("0"), f"{text}00" if places else f"0{text}"])


def random_line(chance):
    """Return a typed line without a fault; groups of 7 and 13 and four decimal places make awkward fractions."""
    rate = chance.choice([*OFFERED.rates, ONE_OFF])
    most = {"pounds": (2, 9000), "hours": (4, 25), "sessions": (4, 40), "days": (4, 5), "items": (4, 9)}
    given = {
        "what": f"Support {chance.randint(1, 5)}",
        "rate": rate,
        "group": str(chance.choice([1, 1, 1, 2, 3, 4, 6, 7, 13, 30, 999])),
        "counts": chance.random() < 0.8,
        "because": "Every pupil gets it",
    }
    for name in numbers_of(typed(given, OFFERED), OFFERED):
        if name != "group":
            given[name] = str(chance.randint(1, 52)) if name == "weeks" else amount(chance, *most[name])
    return typed(given, OFFERED)


def random_plans(seed, count):
    """Return *count* plans; some come to the threshold exactly, or to a fraction of a penny beside it."""
    chance = random.Random(seed)
    plans = [[random_line(chance) for _ in range(chance.randint(0, 7))] for _ in range(count - 4)]
    for pounds, group in (("6000", "1"), ("18000.01", "3"), ("17999.99", "3"), ("42000.03", "7")):
        plans.append([typed({"what": "Programme", "pounds": pounds, "group": group}, OFFERED)])
    return plans


def sheet(lines):
    """Return *lines* as a sheet."""
    return Sheet(tuple(lines), LIBRARY.rates, DAY)


def test_a_thousand_plans_cost_the_same_to_the_penny(visit):
    """Every line, total, school's part and part above of 1,000 random plans is what Python makes of it."""
    plans = random_plans(2014, 1000)
    expected = []
    for costed in (sheet(lines).costed for lines in plans):
        parts = against_threshold(costed.counted, LIBRARY.rates, DAY)
        shown = [to_pence(one) for one in (costed.counted, parts.school, parts.above)]
        expected.append([[to_pence(one.pounds) for one in costed.lines], *shown])

    script = """([plans, data]) => plans.map((lines) => {
        const costed = CaseworkPlanner.costPlan(lines, data.rates);
        const { school, above } = CaseworkPlanner.split(costed.exact, data.threshold);
        return [costed.lines.map((line) => line.pence), costed.total, school, above];
    })"""
    assert visit().evaluate(script, [plans, DATA]) == expected


def test_random_plans_have_half_pence_in_them():
    """The plans above are hard enough: many of their lines are no whole number of pence."""
    costs = [one.pounds * 100 for lines in random_plans(2014, 1000) for one in sheet(lines).costed.lines]

    assert sum(cost.denominator > 1 for cost in costs) > 1000
    assert any(cost % 1 == Fraction(1, 2) for cost in costs)


def test_the_page_says_the_words_of_python(visit):
    """The paragraphs under 300 random plans are those of provision.in_words."""
    plans = random_plans(36, 300)
    script = """([plans, data]) => plans.map((lines) =>
        CaseworkPlanner.words(data, lines, CaseworkPlanner.costPlan(lines, data.rates)).join("\\n\\n"))"""

    said = visit().evaluate(script, [plans, DATA])

    assert said == [words(sheet(lines)).text for lines in plans]


JUNK = ["", " ", "-1", "0", "0.0", ".", "-", "1,5", "1e3", "1_0", "٣", "NaN", "∞", "£5", "5.", ".5", "+5", "0x10"]
EDGES = ["1", "52", "53", "38.0", "1.5", "168", "168.0001", "366", "366.1", "1000", "1000.00001", "1001", "1000000"]
LONG = ["1000000.001", "0.00004", "0.00010", "1.00000", "1.00001", "9" * 400, "0." + "0" * 300 + "1", "12.340", "two"]


def test_the_page_finds_the_faults_of_python(visit):
    """Whatever is typed into a number, page and Python take it or refuse it alike, in the same words."""
    needs = {"pounds": ONE_OFF, "hours": "ta-hour", "weeks": "ta-hour", "sessions": "slt-session", "days": "ep-day"}
    base = {"what": "x", "hours": "1", "weeks": "1", "sessions": "1", "days": "1", "pounds": "1"}
    cases = [(name, rate, text) for name, rate in needs.items() for text in JUNK + EDGES + LONG]
    cases += [("group", "ta-hour", text) for text in JUNK + EDGES + LONG]
    lines = [typed(base | {"rate": rate, name: text}, OFFERED) for name, rate, text in cases]
    script = """([lines, data]) => lines.map((line) => Object.fromEntries(
        Object.entries(CaseworkPlanner.faults(line, data.rates)).map(
            ([name, fault]) => [name, CaseworkPlanner.message(data, name, fault, line[name])])))"""

    assert visit().evaluate(script, [lines, DATA]) == sheet(lines).faults


def test_a_page_begins_with_its_plan(visit):
    """Maya's seven lines are there, with the total that Python has for them."""
    page = visit("maya")

    expect(page.locator(".planner-line")).to_have_count(7)
    assert total(page) == "£5,581.80"


def test_a_line_costs_itself_at_once(visit):
    """Typing changes the line's cost, the total and the words, without any button."""
    page = visit("maya")

    line(page, 2).get_by_label("Hours a week").fill("5")

    expect(line(page, 2).locator(".planner-cost")).to_have_text("£3,268.00 a year")
    expect(page.locator(".planner-result")).to_contain_text("That is £889 above £6,000")


def test_a_line_that_does_not_count_shows_and_adds_nothing(visit):
    """Unticking takes a line out of the sum; its cost stays in sight, and its reason is asked for."""
    page = visit("idris")

    line(page, 4).get_by_label("It counts").uncheck()
    line(page, 4).get_by_label("Why it does not count").fill("every pupil gets one")

    expect(line(page, 4).locator(".planner-cost")).to_have_text("£31.10 a year, not counted")
    assert total(page) == "£2,068.90"


@pytest.mark.parametrize("text", ["-1", "", "two", "1,5", "99999999"])
def test_a_mistake_is_kept_and_told_at_its_field(visit, text):
    """The field says what is wrong to eye and ear, keeps what was typed, and the line stands outside the sum."""
    page = visit("maya")
    hours = line(page, 2).get_by_label("Hours a week")

    hours.fill(text)
    hours.blur()

    expect(hours).to_have_attribute("aria-invalid", "true")
    about = [page.locator(f"#{id}").inner_text() for id in hours.get_attribute("aria-describedby").split()]
    assert (
        about[1]
        == sheet([typed({"what": "x", "rate": "ta-hour", "hours": text, "weeks": 1}, OFFERED)]).faults[0]["hours"]
    )
    assert (hours.input_value(), total(page)) == (text, "£3,621.00")
    expect(page.locator(".planner-result")).to_contain_text("Not in the sum until mended: line 2 (Hours a week)")


def test_a_mended_line_counts_again(visit):
    """The message goes with the mistake."""
    page = visit("maya")
    weeks = line(page, 2).get_by_label("Weeks a year")

    weeks.fill("53")
    weeks.blur()
    weeks.fill("38")

    assert weeks.get_attribute("aria-invalid") is None
    assert total(page) == "£5,581.80"


def test_a_new_line_complains_only_after_it_was_left(visit):
    """Nobody is told off for a field that they have not reached."""
    page = visit("maya")

    page.get_by_role("button", name="Add a line").click()

    expect(line(page, 8).get_by_label("What it is")).to_be_focused()
    expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_turning_to_another_price_keeps_what_was_typed(visit):
    """Hours typed before a turn to sessions are there again after the turn back."""
    page = visit("maya")
    paid = line(page, 2).get_by_label("How it is paid")

    paid.select_option("slt-session")
    expect(line(page, 2).get_by_label("Hours a week")).to_be_hidden()
    paid.select_option("ta-hour")

    expect(line(page, 2).get_by_label("Hours a week")).to_have_value("3")
    assert total(page) == "£5,581.80"


def test_a_line_taken_out_can_be_put_back(visit):
    """The focus goes to the way back, and the line returns to its place."""
    page = visit("maya")

    page.get_by_role("button", name="Take out line 2").click()
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    assert total(page) == "£3,621.00"
    page.keyboard.press("Enter")

    expect(line(page, 2).get_by_label("What it is")).to_be_focused()
    expect(line(page, 2).get_by_label("What it is")).to_have_value("Help to start writing, one to one")


def test_a_copy_stands_below_its_line(visit):
    """A copy has the same cost, and the focus."""
    page = visit("maya")

    page.get_by_role("button", name="Copy line 2").click()

    expect(line(page, 3).get_by_label("What it is")).to_be_focused()
    assert total(page) == "£7,542.60"


def test_another_plan_asks_before_it_replaces(visit):
    """Keeping keeps; replacing replaces; and the earlier lines can be brought back."""
    page = visit("maya")
    page.get_by_label("Starting point").select_option("idris")

    page.get_by_role("button", name="Start from this").click()
    page.get_by_role("button", name="Keep them").click()
    assert total(page) == "£5,581.80"
    page.get_by_role("button", name="Start from this").click()
    page.get_by_role("button", name="Replace them").click()
    assert total(page) == "£2,100.00"
    page.get_by_role("button", name="Bring them back").click()

    assert total(page) == "£5,581.80"


def test_the_status_line_says_the_total_after_a_pause(visit):
    """One line speaks, when the typing has stopped."""
    page = visit("maya")

    line(page, 2).get_by_label("Hours a week").fill("3.5")

    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("Total: £5,908.60 a year, within £6,000.")


def test_the_browser_keeps_the_sheet(visit):
    """After a reload everything stands as typed, a mistake too."""
    page = visit("maya")
    line(page, 2).get_by_label("Hours a week").fill("1,5")

    come_back(page)

    expect(line(page, 2).get_by_label("Hours a week")).to_have_value("1,5")
    expect(line(page, 2).get_by_label("Hours a week")).to_have_attribute("aria-invalid", "true")


def test_two_plans_are_kept_apart(visit):
    """What was done to Maya's sheet leaves Idris's as it was, and the other way round."""
    line(visit("maya"), 2).get_by_label("Hours a week").fill("4")
    line(visit("idris"), 2).get_by_label("Hours a week").fill("2")

    assert total(visit("maya")) == "£6,235.40"


def test_another_window_is_followed(visit, context, tmp_path):
    """A sheet that is open twice never undoes what was typed in the other window."""
    page = visit("maya")
    other = context.new_page()
    other.goto(write_planner(tmp_path, "maya"))

    line(other, 2).get_by_label("Hours a week").fill("4")

    expect(line(page, 2).get_by_label("Hours a week")).to_have_value("4")


@pytest.mark.parametrize(
    "broken", ["{", '{"format": 1, "sheets": {"maya": {"start": "maya", "lines": [{}]}}}', "null"]
)
def test_what_cannot_be_read_is_set_aside(visit, broken):
    """The page says so, begins anew, and the damaged text is still there."""
    page = visit("maya")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, broken])

    come_back(page)

    expect(page.get_by_text("It was set aside, not deleted")).to_be_visible()
    assert total(page) == "£5,581.80"
    assert broken in page.evaluate("Object.values(localStorage)")


@pytest.mark.parametrize(("obstacle", "says"), [(FORBIDDEN, "does not let the page remember"), (FULL, "has no room")])
def test_without_storage_the_planner_goes_on(page, visit, obstacle, says):
    """A forbidden or full store is told once; the sums go on."""
    page.add_init_script(obstacle)
    visit("maya")

    line(page, 2).get_by_label("Hours a week").fill("4")

    expect(page.get_by_text(says)).to_be_visible()
    assert total(page) == "£6,235.40"


def test_a_damaged_store_that_cannot_be_moved_is_left_alone(page, visit):
    """With no room to set the damaged text aside, nothing is written over it."""
    visit("maya").evaluate(f"localStorage.setItem('{KEY}', '[broken')")
    page.add_init_script(NO_ROOM_ASIDE)
    come_back(page)

    line(page, 2).get_by_label("Hours a week").fill("4")

    assert page.evaluate(f"localStorage.getItem('{KEY}')") == "[broken"


def saved(page, folder):
    """Save the sheet and return the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    path = folder / "provision.csv"
    download.value.save_as(path)
    return path


AWKWARD = ["=1+1", "+44", "-2", "@home", "'quoted", "'=both", 'He said "hi", then left', "a;b", "Zoë – 10 °C", "＝x"]


def test_a_saved_file_opens_as_the_same_sheet(visit, tmp_path):
    """Formulas, quotation marks, commas and accents come back as they were typed."""
    page = visit()
    for n, text in enumerate(AWKWARD, 1):
        page.get_by_role("button", name="Add a line").click()
        line(page, n).get_by_label("What it is").fill(text)
        line(page, n).get_by_label("How it is paid").select_option(ONE_OFF)
        line(page, n).get_by_label("Sum in pounds").fill(str(n))
    path = saved(page, tmp_path)

    page.goto(write_planner(tmp_path, "idris"))
    page.get_by_label("Open a file").set_input_files(path)
    page.get_by_role("button", name="Replace them").click()

    assert total(page) == "£55.00"
    kept = page.get_by_label("What it is").evaluate_all("all => all.map((one) => one.value)")
    assert kept == AWKWARD


def test_a_saved_file_is_csv_that_a_spreadsheet_may_open(visit, tmp_path):
    """It has a byte order mark, ends its lines as RFC 4180 says, costs each line, and starts no cell as a formula."""
    page = visit("maya")
    line(page, 1).get_by_label("What it is").fill('=HYPERLINK("x")')
    raw = saved(page, tmp_path).read_bytes()

    rows = list(csv.DictReader(raw.decode("utf-8-sig").split("\r\n")))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 8
    assert rows[0]["what"] == '\'=HYPERLINK("x")'
    assert rows[1]["cost in pounds a year (for practice only)"] == "1960.80"
    assert [row["counts"] for row in rows] == ["yes"] * 6 + ["no"]


HEAD = "what,rate,pounds,hours,weeks,sessions,days,items,group,since,counts,because"


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        (
            "what,cost\nx,1",
            ["Row 1: the column “rate” is missing.", "Row 1: “cost” is not a column of this planner."],
        ),
        (f'{HEAD}\n"x,one-off,1', ['Row 2: a quotation mark (") is opened and never closed.']),
        (f"{HEAD}\n", ["The file has no lines of provision."]),
        (
            f"{HEAD}\nGood,one-off,5\nBad,ta-hour,,-1,53,,,,0,,perhaps,\n,ta-huor\nx,ep-day,,2,,,1",
            [
                "Row 3, column “counts”: it says “perhaps”; write yes or no.",
                "Row 3, column “hours”: Hours must be more than 0 and at most 168.",
                "Row 3, column “weeks”: A line runs for 1 to 52 weeks.",
                "Row 3, column “group”: A group has at least one child, and at most 1,000.",
                "Row 4, column “what”: Say in a few words what the support is.",
                "Row 4, column “rate”: there is no price “ta-huor”.",
                "Row 5, column “hours”: this price has no use for it; leave the cell empty.",
            ],
        ),
    ],
)
def test_a_wrong_file_changes_nothing_and_names_every_place(visit, tmp_path, text, errors):
    """All errors come together, each with its row and column, and the sheet stays as it was."""
    page = visit("maya")
    path = tmp_path / "wrong.csv"
    path.write_text(text, "utf-8")

    page.get_by_label("Open a file").set_input_files(path)

    expect(page.locator(".planner-errors")).to_be_focused()
    found = page.locator(".planner-errors li").all_inner_texts()
    assert [one[: len(error)] for one, error in zip(found, errors, strict=True)] == errors
    assert total(page) == "£5,581.80"


@pytest.mark.parametrize("encoded", [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ",")])
def test_a_file_from_a_spreadsheet_opens(visit, tmp_path, encoded):
    """With semicolons, or in the old Windows encoding, a saved sheet is still read."""
    encoding, comma = encoded
    page = visit()
    path = tmp_path / "sheet.csv"
    path.write_bytes(comma.join(["what", "rate", "pounds\r\nZoë’s chair", "one-off", "31.10\r\n"]).encode(encoding))

    page.get_by_label("Open a file").set_input_files(path)

    expect(line(page, 1).get_by_label("What it is")).to_have_value("Zoë’s chair")
    assert total(page) == "£31.10"


def test_the_keyboard_is_enough(visit):
    """A whole line can be added, filled and counted without a pointer."""
    page = visit()
    page.get_by_role("button", name="Add a line").focus()

    page.keyboard.press("Enter")
    for keys in ("Phonics", "Teaching assistant, one hour: ", "2.5", "38", "4", "May 2026"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    expect(line(page, 1).get_by_label("It counts")).to_be_focused()

    assert total(page) == "£408.50"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_the_planner_is_accessible(page, visit, width, colours):
    """With mistakes, a line taken out, an error and a question on it, axe finds nothing and nothing runs over."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    visit("maya")
    line(page, 4).get_by_label("Hours a week").fill("1,5")
    page.get_by_role("button", name="Take out line 3").click()
    page.get_by_role("button", name="Start from this").click()
    page.get_by_label("Open a file").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"x"})
    page.get_by_text("The prices, and where they come from").click()

    found = page.evaluate(f"{AXE}; axe.run(document, {{ runOnly: {RULES}, preload: false }})")

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_target_can_be_touched(visit):
    """No control is smaller than 24 by 24 pixels."""
    page = visit("maya")
    script = """all => all.map((one) => one.getBoundingClientRect()).filter((box) => box.width)
        .every((box) => box.width >= 24 && box.height >= 24)"""

    assert page.locator(".planner :is(button, input, select, summary)").evaluate_all(script)


def test_without_a_script_the_plan_can_be_read(chromium, tmp_path):
    """The table, the words and the authorities are there, and what cannot be done is said."""
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()

    page.goto(write_planner(tmp_path, "maya"))

    expect(page.get_by_role("table")).to_contain_text("£5,581.80")
    expect(page.get_by_text("the planner needs JavaScript")).to_be_visible()
    context.close()


def test_on_paper_stand_the_table_and_the_words(visit):
    """Print shows the sheet with its date and that it is for practice, and none of the form."""
    page = visit("maya")

    page.emulate_media(media="print")

    expect(page.locator(".planner-sheet")).to_contain_text(
        "For practice only. Prices of 23 November 2026. Printed on"
    )
    expect(page.get_by_role("row", name="Reading and spelling group")).to_contain_text("£817.00")
    expect(page.get_by_text("Neither this sum")).to_be_visible()
    expect(page.get_by_role("group", name="Line 1:")).to_be_hidden()


def test_the_print_button_prints_the_sheet_alone(visit):
    """What stands around the planner stays off the paper, and comes back."""
    page = visit("maya")
    page.evaluate("window.print = () => {}")

    page.get_by_role("button", name="Print this sheet").click()
    page.emulate_media(media="print")

    expect(page.get_by_text("After it.")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_text("After it.")).to_be_visible()


@pytest.fixture
def live(page):
    """The planner as a notebook loads it: the module, with a model of its own."""
    page.goto("about:blank")
    planner = plan("maya")
    page.evaluate(
        LIVE, [Planner._esm, {"data": planner.data, "start": planner.start, "lines": planner.lines}, "lines"]
    )
    return page


def test_a_notebook_hears_of_every_change(live):
    """What is typed arrives in the traitlet as text that Python takes."""
    line(live, 2).get_by_label("Hours a week").fill("4")
    planner = plan()

    planner.lines = live.evaluate("window.model.get('lines')")

    assert live.evaluate("window.saves") == 1
    assert planner.frame.loc[2, "pence"] == 4 * 65360


def test_a_change_in_python_is_drawn(live):
    """Lines set in Python appear, and the focus stays in its field."""
    line(live, 2).get_by_label("Hours a week").focus()

    live.evaluate(
        "() => { const [one, two] = model.get('lines'); model.set('lines', [one, { ...two, hours: '7' }]); }"
    )

    expect(line(live, 2).get_by_label("Hours a week")).to_have_value("7")
    expect(line(live, 2).get_by_label("Hours a week")).to_be_focused()
    assert total(live) == "£5,392.20"
