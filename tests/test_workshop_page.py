"""The workshop page: a room, a projector, no wifi. Opened as a file; on a server where what a browser kept counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe import violations
from learner import KeyboardLearner, best_road, graph_of, mistaken_road
from own_pages import FORBIDDEN, attempt, keep, kept, write_own_page
from playwright.sync_api import Locator, Page, expect
from stand_in import write_page
from test_pages import letters

from casework.cohort import read_cohort
from casework.errors import ContentError
from casework.graph import Graph
from casework.library import Library
from casework.player.page import static_html
from casework.player.workshop_page import case_script, case_scripts, prompts_script
from casework.record import read_record
from casework.record.course import course_of
from casework.serve import open_server
from casework.walk import replay

CASE = "noor-no-label"
LETTERS = "ABCDEFGH"
browser = pytest.mark.browser


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The case on the wall: the first on the list."""
    return graph_of(CASE)


@pytest.fixture(scope="module")
def folder(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workshop page with its scripts, and every case beside them."""
    folder = tmp_path_factory.mktemp("workshop")
    (folder / "cases").mkdir()
    for name, text in case_scripts(library).items():
        (folder / "cases" / name).write_text(text, encoding="utf-8")
    write_own_page(folder, "workshop", library)
    (folder / "index.html").write_text("<!DOCTYPE html><title>A door</title>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The page on a web server of this machine; opened as a file, Chromium can hand out a store of a moment ago."""
    with open_server(folder, 18800) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/workshop.html"
        server.shutdown()


@pytest.fixture
def wall(page: Page, folder: Path) -> Wall:
    """The page as a facilitator finds it who opens it from a memory stick, with the network off."""
    page.goto((folder / "workshop.html").as_uri())
    return Wall(page)


class Wall:
    """What a facilitator does at the laptop, and what the room sees."""

    def __init__(self, page: Page) -> None:
        """Stand before the page, which is open."""
        self.page, self.stage, self.press = page, page.locator(".workshop-stage"), page.keyboard.press
        self.heading = self.stage.get_by_role("heading", level=2)
        self.status = self.stage.get_by_role("status").and_(page.locator("p"))

    def start(self, group: str = "Tuesday, upstairs", minutes: str = "none") -> None:
        """Begin with the first case, in the window."""
        self.page.get_by_label("The group, if it has a name").fill(group)
        self.page.get_by_label("Time for each question").select_option(minutes)
        self.page.get_by_label("Fill the whole screen").uncheck()
        self.page.get_by_role("button", name="Start the workshop").click()
        expect(self.stage).to_be_visible()

    def on_to(self, kind: str) -> None:
        """Go on by keyboard until the room sees a screen of *kind*."""
        for _ in range(12):
            if self.stage.get_attribute("data-kind") == kind:
                return
            self.press("ArrowRight")
        raise AssertionError(f"Twelve times on, and never came to {kind}")

    def back_to(self, kind: str) -> None:
        """Go back by keyboard until the room sees a screen of *kind*."""
        for _ in range(12):
            if self.stage.get_attribute("data-kind") == kind:
                return
            self.press("ArrowLeft")
        raise AssertionError(f"Twelve times back, and never came to {kind}")

    def count(self, *hands: int) -> None:
        """Type the *hands* of each choice, in order, and come back from the fields."""
        self.on_to("hands")
        for number in hands:
            self.page.keyboard.type(str(number))
            self.press("Enter")
        self.heading.focus()

    def decide(self, graph: Graph, entry: str, hands: int = 5) -> None:
        """Have the room choose *entry*, with *hands* for it and one for each other choice, and read on."""
        node, _, choice = entry.partition("/")
        expect_scene = self.page.locator(".workshop-kicker")
        self.on_to("hands")
        expect(expect_scene).to_contain_text("Decision")
        self.count(*(hands if id == choice else 1 for id in offered(graph, node, self)))
        self.on_to("coaching")
        self.press("ArrowRight")

    def field(self, letter: str) -> Locator:
        """Return the field for the hands that the choice *letter* got."""
        return self.stage.get_by_role("spinbutton", name=f"Hands for {letter}:")


def offered(graph: Graph, node: str, wall: Wall) -> list[str]:
    """Return the choices at *node* in the order in which they stand on the wall."""
    ids = wall.stage.locator("[data-choice]").evaluate_all("all => all.map((one) => one.dataset.choice)")
    assert set(ids) <= set(graph.data["nodes"][node]["choices"])
    return ids


def workshop(graph: Graph, road: list[str], day: str = "02", **given: Any) -> dict[str, Any]:
    """Return an attempt of a room that went down *road*: at each decision four hands for it, one for each other."""
    choices = [graph.data["nodes"][entry.split("/")[0]]["choices"] for entry in road]
    hands = [
        {id: 4 if id == entry.split("/")[1] else 1 for id in all} for entry, all in zip(road, choices, strict=True)
    ]
    at = f"2026-11-{day}T09:00:00.000Z"
    usual = {"mode": "workshop", "hash": graph.hash, "sure": [0] * len(road), "hands": hands, "group": f"Room {day}"}
    return attempt(graph.id, road, at, **usual | given)


Open = Callable[..., Wall]


@pytest.fixture
def come(page: Page, folder: Path) -> Open:
    """Opens the page where the browser holds *attempts*."""

    def opened(*attempts: dict[str, Any]) -> Wall:
        keep(page, attempts)
        page.goto((folder / "workshop.html").as_uri())
        return Wall(page)

    return opened


# A whole workshop


@browser
@pytest.mark.parametrize(("width", "height", "body", "asked"), [(1920, 1080, 34, 44), (1024, 768, 24, 30)])
def test_a_whole_workshop_by_keyboard(
    width: int, height: int, body: int, asked: int, wall: Wall, graph: Graph
):  # fmt: skip
    """From the form to the debrief no mouse is needed; the back of the room can read it; the hands are kept."""
    page, road = wall.page, best_road(graph)
    page.set_viewport_size({"width": width, "height": height})
    keys = KeyboardLearner(page, graph)
    keys.reach(page.get_by_label("The group, if it has a name"))
    page.keyboard.type("Tuesday, upstairs")
    keys.reach(page.get_by_label("Fill the whole screen"))
    wall.press("Space")
    keys.reach(page.get_by_role("button", name="Start the workshop"))
    wall.press("Enter")
    expect(wall.heading).to_have_text(graph.data["title"])
    wall.on_to("question")
    large = wall.heading.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    wall.on_to("hands")
    small = page.locator(".workshop-choice").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    for entry in road:
        wall.decide(graph, entry)
    wall.on_to("debrief")

    (one,) = kept(page)
    assert (one["path"], one["mode"], one["group"]) == (road, "workshop", "Tuesday, upstairs")
    assert [hands[entry.split("/")[1]] for hands, entry in zip(one["hands"], road, strict=True)] == [5] * len(road)
    assert large >= asked and small >= body


@browser
def test_each_screen_has_the_focus_on_its_heading(wall: Wall):
    """Going on moves the focus to the new heading, and at the hands to the first field."""
    wall.start()
    for kind in ("opening", "scene", "question", "choices"):
        wall.on_to(kind)
        expect(wall.heading).to_be_focused()

    wall.on_to("hands")
    expect(wall.field("A")).to_be_focused()


@browser
def test_space_reads_to_the_end_before_it_goes_on(wall: Wall):
    """Space shows more of a long page under the same heading, and goes on only from its end."""
    wall.page.set_viewport_size({"width": 1024, "height": 600})
    wall.start()
    wall.count(2, 1)
    wall.on_to("coaching")
    title = wall.heading.inner_text()
    wall.press("Space")
    assert wall.page.locator(".workshop-body").evaluate("one => one.scrollTop") > 0
    expect(wall.heading).to_have_text(title)
    expect(wall.heading).to_be_in_viewport()
    for _ in range(6):
        wall.press("Space")

    expect(wall.heading).not_to_have_text(title)


# Hands


@browser
def test_a_tie_is_the_facilitators_to_break(wall: Wall, graph: Graph):
    """Where choices tie nothing is revealed until the facilitator takes one of them, by its letter."""
    wall.start()
    wall.count(3, 3)
    wall.press("ArrowRight")
    expect(wall.status).to_have_text("A tie: A and B have 3 hands each. Take one: press its letter.")
    wall.press("b")
    second = wall.stage.locator("[data-choice]").nth(1).get_attribute("data-choice")
    wall.on_to("outcome")

    assert kept(wall.page)[0]["path"] == [f"{graph.places[graph.start].node}/{second}"]


@browser
def test_a_room_that_does_not_vote_is_not_stuck(wall: Wall):
    """Without a single hand the facilitator can take a road, with the letter keys off as well."""
    wall.start()
    wall.press("?")
    wall.page.get_by_role("button", name="Turn the letter keys off").click()
    wall.press("Escape")
    wall.on_to("hands")
    wall.heading.focus()
    wall.press("c")
    wall.press("Enter")
    expect(wall.status).to_contain_text("No hands yet.")
    wall.stage.get_by_role("radio").nth(2).press("Space")
    wall.press("Enter")

    expect(wall.heading).to_have_text("What happens")


@browser
def test_hands_are_counted_by_keys_and_kept_within_reason(wall: Wall):
    """Plus and minus count one; nothing goes below none or above 99; the bar says it in figures."""
    wall.start()
    wall.on_to("hands")
    for key in ("+", "+", "+", "-"):
        wall.press(key)
    expect(wall.field("A")).to_have_value("2")
    wall.field("B").fill("-4")
    wall.field("C").fill("250")

    assert [wall.field(letter).input_value() for letter in "ABC"] == ["2", "0", "99"]
    expect(wall.stage.get_by_text("99 of 101 · most")).to_be_visible()
    expect(wall.status).to_contain_text("101 hands: A 2, B 0, C 99")


@browser
def test_a_miscount_is_mended_after_the_reveal(wall: Wall):
    """Going back opens the hands again, and what is mended is in the record at once; the road stays."""
    wall.start()
    wall.count(6, 2)
    wall.on_to("scene" if wall.stage.get_attribute("data-kind") == "scene" else "coaching")
    for _ in range(2):
        wall.press("ArrowLeft")
    wall.field("B").fill("3")

    (one,) = kept(wall.page)
    assert [*one["hands"][0].values()][:2] == [6, 3]
    assert len(one["path"]) == 1


@browser
def test_another_road_from_long_ago_leaves_the_first_one_kept(come: Open, graph: Graph):
    """Who goes back over decisions and takes another road gets a second road; the first stays as it was."""
    wall = come(workshop(graph, best_road(graph)[:2]))
    wall.page.get_by_role("button", name="Go on: ").click()
    wall.back_to("hands")
    wall.press("ArrowLeft")
    wall.back_to("hands")
    taken = best_road(graph)[0].split("/")[1]
    ids = offered(graph, best_road(graph)[0].split("/")[0], wall)
    other = next(id for id in ids if id != taken)
    wall.press(LETTERS[ids.index(other)])
    wall.on_to("outcome")

    assert sorted(len(one["path"]) for one in kept(wall.page)) == [1, 2]


# What is kept, and what leaves


@browser
def test_a_crashed_laptop_goes_on_where_it_was(profile: Any, address: str, graph: Graph):
    """After the page is loaded again, one button leads to the same screen, hands and all."""
    page = profile(offline=False).new_page()
    page.goto(address)
    wall = Wall(page)
    wall.start()
    wall.decide(graph, best_road(graph)[0])
    wall.count(2, 1)
    asked = wall.heading.inner_text()
    page.reload()
    page.get_by_label("Fill the whole screen").uncheck()
    page.get_by_role("button", name="Go on: ").click()

    expect(wall.heading).to_have_text(asked)
    assert [wall.field(letter).input_value() for letter in "AB"] == ["2", "1"]


@browser
def test_leaving_loses_nothing(wall: Wall, graph: Graph):
    """Escape closes what is open, then leaves to the list, to be taken up; the page works again."""
    wall.start()
    wall.decide(graph, best_road(graph)[0])
    wall.press("p")
    wall.press("Escape")
    expect(wall.stage).to_be_visible()
    wall.press("Escape")

    expect(wall.stage).to_have_count(0)
    expect(wall.page.get_by_role("button", name="Go on: The shark book: Tuesday, upstairs")).to_be_visible()
    assert wall.page.locator("[inert]").count() == 0


@browser
def test_a_store_that_is_forbidden_stops_nobody(page: Page, folder: Path, graph: Graph):
    """Where the browser keeps nothing, the wall says so, and the workshop goes on."""
    page.add_init_script(FORBIDDEN)
    page.goto((folder / "workshop.html").as_uri())
    wall = Wall(page)
    wall.start()
    wall.decide(graph, best_road(graph)[0])

    expect(wall.stage.get_by_text("does not let the page remember")).to_be_visible()
    expect(page.locator(".workshop-kicker")).to_contain_text("Decision 2")


def saved(page: Page, button: str, folder: Path) -> Path:
    """Press the *button* and return the file that comes of it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@browser
def test_the_record_file_is_one_that_the_cohort_report_reads(come: Open, graph: Graph, tmp_path: Path):
    """The exported workshop is a record: read, kept as a workshop with hands and group, and nobody's own answers."""
    road = best_road(graph)
    wall = come(workshop(graph, road))
    wall.page.get_by_role("button", name="Look back: ").click()
    path = saved(wall.page, "Save as a record file", tmp_path)

    (one,) = read_record(path).attempts
    cohort = read_cohort([path])
    assert (one.mode, one.group, list(one.path), len(one.hands)) == ("workshop", "Room 02", road, len(road))
    assert [*cohort.attempts["mode"]] == ["workshop"] and [*cohort.attempts["ended"]] == [1]
    assert not cohort.attempts["stale"].any() and cohort.answers.empty


@browser
def test_the_tally_is_a_table_with_a_row_a_choice(come: Open, graph: Graph, tmp_path: Path):
    """The CSV has each choice with its hands, the room's choice and the road taken; no cell is a formula."""
    road = best_road(graph)
    wall = come(workshop(graph, road, group="=1+1"))
    wall.page.get_by_role("button", name="Look back: ").click()
    text = saved(wall.page, "Save the tally as a table (CSV)", tmp_path).read_text(encoding="utf-8-sig")

    rows = [*csv.DictReader(io.StringIO(text))]
    assert {row["group"] for row in rows} == {"'=1+1"}
    assert len(rows) == sum(len(graph.places[replay(graph, road[:n]).place].edges) for n in range(len(road)))
    chosen = [row for row in rows if row["chosen by the room"] == "yes"]
    assert [row["hands"] for row in chosen] == ["4"] * len(road)
    assert [row["choice"] for row in chosen] == [row["choice"] for row in rows if row["road taken"] == "yes"]


# Looking back


@browser
def test_the_room_sees_what_it_believed_and_where_it_was_split(come: Open, graph: Graph):
    """The debrief names the misconceptions that got hands, with a link, and says in words how far the room agreed."""
    wall = come(workshop(graph, mistaken_road(graph)))
    wall.page.get_by_role("button", name="Look back: ").click()
    node, choice = mistaken_road(graph)[0].split("/")
    belief = graph.data["nodes"][node]["choices"][choice]["misconception"]
    link = wall.stage.get_by_role("link", name=graph.data["misconceptions"][belief]["name"])

    expect(link.first).to_have_attribute("href", f"../book/misconceptions/{belief}.html")
    expect(wall.stage.get_by_text("divided, with a majority for one choice").first).to_be_visible()
    expect(wall.stage.get_by_role("table", name="The room’s decisions, with hands")).to_contain_text("(the room)")


@browser
def test_a_debrief_prints_alone_and_whole(come: Open, graph: Graph):
    """On paper stand the room's decisions under the name of the case, and none of the buttons."""
    wall = come(workshop(graph, best_road(graph)))
    wall.page.evaluate("window.print = () => {}")
    wall.page.get_by_role("button", name="Look back: ").click()
    wall.page.get_by_role("button", name="Print").click()
    wall.page.emulate_media(media="print")

    expect(wall.page.get_by_text(f"{graph.data['title']}: the room’s road")).to_be_visible()
    expect(wall.page.get_by_role("button")).to_have_count(0)
    assert wall.page.locator(".workshop-body").evaluate("one => getComputedStyle(one).overflowY") == "visible"


@browser
def test_two_groups_see_where_they_parted(come: Open, graph: Graph):
    """Two roads of one case stand side by side, and a sentence says where they parted and who took what."""
    good, bad = best_road(graph), mistaken_road(graph)
    wall = come(workshop(graph, good, "02"), workshop(graph, bad, "03"))
    wall.page.get_by_role("button", name="Compare them").click()
    same = next(n for n, (a, b) in enumerate(zip(good, bad, strict=False)) if a != b)
    title = graph.data["nodes"][good[same].split("/")[0]]["title"]

    beside = wall.page.locator(".workshop-beside")
    expect(beside.get_by_role("heading", name="two groups side by side")).to_be_focused()
    expect(beside.locator(".lead")).to_contain_text(f"At “{title}” they parted: Room 03 took")
    expect(beside.get_by_role("row").filter(has_text=title).first).to_contain_text("Here they parted")


@browser
def test_an_attempt_at_an_older_case_is_listed_and_cannot_be_shown(come: Open, graph: Graph):
    """When the case has changed since, the list says so and offers neither to go on nor to compare."""
    wall = come(workshop(graph, best_road(graph)[:1], hash="0ld"))

    expect(wall.page.get_by_text("The case has changed since")).to_be_visible()
    expect(wall.page.get_by_role("button", name="Go on: ")).to_have_count(0)


# What helps the facilitator


@browser
def test_prompts_come_when_asked_and_fit_the_moment(wall: Wall, library: Library):
    """P shows questions for before the vote, and others once the hands show a split."""
    wall.start()
    wall.press("p")
    panel = wall.stage.get_by_role("dialog", name="Ask the room")
    expect(panel).to_contain_text(library.prompts.before[0])
    wall.press("p")
    expect(panel).to_be_hidden()
    wall.count(2, 2)
    wall.press("p")

    expect(panel).to_contain_text(library.prompts.split[0])


@browser
def test_the_timer_counts_and_stops_nobody(wall: Wall):
    """The chosen minutes run in a corner from the question on; when they are up, the room can still go on."""
    wall.page.clock.install()
    wall.start(minutes="2")
    clock = wall.stage.get_by_role("timer")
    expect(clock).to_be_hidden()
    wall.on_to("question")
    expect(clock).to_have_text("2:00 left")
    wall.page.clock.fast_forward(121_000)
    expect(clock).to_have_text("Time is up")
    wall.press("ArrowRight")

    expect(wall.stage).to_have_attribute("data-kind", "choices")


@browser
def test_a_players_lesson_does_not_go_on_with_a_rooms_road(
    page: Page, tmp_path: Path, library: Library, graph: Graph
):
    """The player of the same case begins at its first scene, whatever a workshop in this browser chose."""
    keep(page, [workshop(graph, best_road(graph)[:2])])
    body = static_html(library.scenario(CASE), graph, "guided")
    page.goto(write_page(tmp_path, "lesson", body, "player.js"))

    expect(page.get_by_role("heading", name=graph.node(graph.start)["title"])).to_be_visible()


# For everybody, and for every case


@browser
def test_the_wall_is_accessible(come: Open, graph: Graph):
    """The form and each kind of screen keep WCAG 2.2 AA: light and dark, on two walls and on a telephone."""
    wall = come(workshop(graph, best_road(graph), "02"), workshop(graph, mistaken_road(graph), "03"))
    page, found = wall.page, {}

    def look(name: str, sizes: tuple[int, ...]) -> None:
        for scheme, width in product(("light", "dark"), sizes):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 768})
            found[name, scheme, width] = violations(page)

    page.get_by_role("button", name="Compare them").click()
    look("compared", (360,))
    wall.start()
    for kind in ("opening", "hands", "coaching"):
        wall.on_to("hands" if kind == "coaching" else kind)
        if kind == "coaching":
            wall.count(2, 1)
            wall.on_to(kind)
        look(kind, (1920, 1024, 360) if kind == "hands" else (1024,))
    wall.press("?")
    look("keys", (1024,))
    wall.press("Escape")
    wall.press("Escape")
    page.get_by_role("button", name="Look back: ").first.click()
    look("debrief", (1920, 360))
    assert {name: broken for name, broken in found.items() if broken} == {}


# At each scene of each case: every screen to the next scene by keyboard, and what on it is wider than the screen.
EVERY_SCENE = """async (ids) => {
  const found = [];
  const record = { save() {}, notice: () => "", attempts: () => [] };
  const settings = { minutes: 0, sound: false, whole: false };
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const wide = (stage) => [...stage.querySelectorAll("*")].filter((one) => {
    const { width, left, right } = one.getBoundingClientRect();
    return width && (right > innerWidth + 1 || left < -1);
  });
  let scenes = 0;
  for (const id of ids) {
    const graph = await NeedsFirstWorkshop.load(id);
    const roads = new Map([[graph.start, []]]);
    for (const [place, road] of roads)
      for (const [choice, to] of Object.entries(graph.places[place].edges))
        if (!roads.has(to)) roads.set(to, [...road, `${graph.places[place].node}/${choice}`]);
    const first = new Map([...roads].reverse().map(([place, road]) => [graph.places[place].node, road]));
    for (const [node, path] of first) {
      const given = { scenario: id, hash: graph.hash, path, sure: [], hands: [] };
      const attempt = { id: "t", mode: "workshop", begun: "", ...given };
      const wall = NeedsFirstStage.open({ graph, attempt, record, settings, left() {} });
      wall.go(path.length, 0);
      let turns = 0;
      while (wall.at().depth === path.length && wall.at().kind !== "debrief" && turns++ < 20) {
        if (wide(wall.stage).length) found.push([id, node, wall.at().kind, "too wide"]);
        if (wall.at().kind === "hands") press("a");
        wall.stage.querySelector("h2").focus();
        press("Enter");
      }
      if (turns >= 20) found.push([id, node, wall.at().kind, "stuck"]);
      if (wide(wall.stage).length) found.push([id, node, wall.at().kind, "too wide"]);
      wall.leave();
      scenes += 1;
    }
  }
  return [scenes, found];
}"""


@browser
def test_no_scene_of_any_case_is_stuck_or_too_wide(wall: Wall, library: Library):
    """From every scene of every case the keyboard leads on, and nothing on the way is wider than the wall."""
    wall.page.set_viewport_size({"width": 1024, "height": 768})
    scenes, found = wall.page.evaluate(EVERY_SCENE, library.scenario_ids)

    assert found == []
    assert scenes == sum(len(graph_of(id).data["nodes"]) for id in library.scenario_ids)


# The data


@pytest.mark.parametrize("id", Library().scenario_ids)
def test_no_case_script_holds_the_facilitators_notes(id: str, library: Library):
    """What the wall loads of a case has nothing of the notes, and is its graph."""
    script = case_script(course_of(library).graph(id))
    notes = library.scenario(id).notes
    words = letters(script)

    assert [text for text in (notes.purpose, *notes.prompts, notes.splits) if letters(text)[:60] in words] == []
    assert json.loads(script.partition("] = ")[2].removesuffix(";\n"))["id"] == id


def test_prompts_are_strict(shelf: Path):
    """A moment that the wall does not know is a complaint with its line, and so is a moment without a prompt."""
    path = shelf / "workshop-prompts.yaml"
    path.write_text("before: [Why?]\nagreed: [Why?]\nsplitt: [Why?]\nafter: []\n", encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        prompts_script(Library(shelf))
    assert {"splitt", "split", "after"} <= {word for one in caught.value.problems for word in one.message.split('"')}
