"""Printed packs: every sheet is there, no answer is where the room can read it, and anybody can read the files."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import IndirectObject
from random_scenarios import FACTS, PAPERS, STUB, random_scenario

from casework import packs as packs_module
from casework import reference
from casework.checking import check
from casework.cli import main
from casework.errors import CaseworkError
from casework.explore import explore, holds
from casework.graph import Graph, compile_graph, render
from casework.library import Library
from casework.map import lay_out
from casework.packs import pack, pack_ids, write_packs
from casework.packs.build import build
from casework.packs.costing import costing, solution
from casework.packs.guide import facilitator
from casework.packs.markdown import plain, printable, tree
from casework.packs.roads import card_sets, on_every_road
from casework.packs.sheets import Numbers, number, participants
from casework.packs.workshop import feedback
from casework.proof import walk_all
from casework.scenario import Scenario
from casework.words import QUALITY

# One case with conditions, one with money, and the sheets of every workshop: what is built for the tests below.
BUILT = ("noor-no-label", "not-until-6000", "workshop")
CASES = BUILT[:2]
LIBRARY = Library()
IDS = LIBRARY.scenario_ids
A4 = {(595, 842), (842, 595)}
SMALLEST = 12


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, bytes]]:
    """Three packs, as bytes: id, then file name."""
    return {id: pack(id, LIBRARY) for id in BUILT}


@pytest.fixture(scope="module")
def files(made: dict[str, dict[str, bytes]]) -> dict[str, pypdf.PdfReader]:
    """Every file of the three packs, opened: `noor-no-label/participants.pdf` and so on."""
    return {
        f"{id}/{name}": pypdf.PdfReader(BytesIO(raw)) for id, files in made.items() for name, raw in files.items()
    }


def letters(text: str) -> str:
    """Return the letters and digits of *text* alone: neither line breaks nor quotation marks nor ligatures count."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()


def words(reader: pypdf.PdfReader) -> str:
    """Return the letters of all pages without what stands at their feet."""
    return letters(" ".join(re.sub(r"(?m)^(Sheet|Cards|For the facil).* · .*$", "", text) for text in pages(reader)))


def pages(reader: pypdf.PdfReader) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in reader.pages]


def text_of(markdown: str) -> str:
    """Return the letters that the player shows for *markdown*."""
    return letters(unescape(re.sub(r"<[^>]+>", " ", render(markdown))))


def parts_of(*texts: str) -> list[str]:
    """Return the letters of every paragraph, list item and cell of Markdown *texts*: a list's numbers are between."""
    blocks = [block for text in texts for block in re.split(r"</?(?:p|li|t[dhr]|h\d)\b[^>]*>", render(text))]
    return [found for found in (letters(unescape(re.sub(r"<[^>]+>", " ", block))) for block in blocks) if found]


@cache
def compiled(id: str) -> tuple[Scenario, Graph, Library]:
    """Return a case of the course with its graph, and the library."""
    scenario = LIBRARY.scenario(id)
    return scenario, compile_graph(id, scenario, LIBRARY), LIBRARY


@cache
def numbered(id: str) -> Numbers:
    """Return the numbers of the sheets of a case."""
    scenario, graph, _ = compiled(id)
    return number(scenario, graph)


# What participants get


@pytest.mark.parametrize("id", CASES)
def test_participants_get_every_scene_paper_and_choice(id: str, files: dict[str, pypdf.PdfReader]):
    """Each scene with its question, each paper, each choice and each variation card is in the participants' pack."""
    scenario, printed = LIBRARY.scenario(id), words(files[f"{id}/participants.pdf"])
    scenes = [node for node in scenario.nodes.values() if node.choices]
    told = [
        *(text for node in scenes for text in (node.title, node.text, node.ask)),
        *(text for paper in scenario.papers.values() for text in (paper.title, paper.author, paper.text)),
        *(choice.text for node in scenes for choice in node.choices),
        *(text for card in scenario.variations for text in (card.change, card.ask)),
        *(option.text for card in scenario.variations for option in card.choices),
        scenario.role,
    ]

    assert [part for part in parts_of(*told) if part not in printed] == []


def answers(scenario: Scenario, library: Library) -> Iterator[str]:
    """Yield everything of a case that participants must not read."""
    for node in scenario.nodes.values():
        for choice in node.choices:
            yield from (choice.then, choice.why)
        if not node.choices:
            yield from (node.text, node.epilogue or "")
    for card in scenario.variations:
        yield from (option.why for option in card.choices)
    yield from (scenario.notes.purpose, *scenario.notes.prompts, scenario.notes.splits)
    yield from scenario.marks.values()
    yield from (one.name for one in library.misconceptions.values())
    yield from QUALITY.values()


@pytest.mark.parametrize("id", IDS)
def test_no_answer_is_on_a_participants_sheet(id: str):
    """What follows a choice, its coaching, its soundness, a belief, an ending, the notes: not in what is printed."""
    scenario, graph, library = compiled(id)
    printed = letters(str(participants(scenario, graph, library.handouts)))
    own = letters(" ".join((*(node.text for node in scenario.nodes.values() if node.choices), *papers(scenario))))

    secret = parts_of(*answers(scenario, library))
    # What follows may quote a scene or a paper, and a line of speech may be very short.
    assert [text for text in secret if len(text) > 12 and text in printed and text not in own] == []


def papers(scenario: Scenario) -> list[str]:
    """Return the texts of a case's papers."""
    return [paper.text for paper in scenario.papers.values()]


def test_a_built_participants_pack_holds_no_answer(files: dict[str, pypdf.PdfReader]):
    """The same of the finished file, where a template could still print too much."""
    library, printed = LIBRARY, words(files["noor-no-label/participants.pdf"])

    secret = [part[:60] for part in parts_of(*answers(library.scenario("noor-no-label"), library))]
    assert [text for text in secret if len(text) > 12 and text in printed] == []


@pytest.mark.parametrize("id", IDS)
def test_every_node_and_paper_has_one_sheet(id: str):
    """Every scene and paper has a number of its own, without a gap; every other node is an ending of the guide."""
    scenario, _, _ = compiled(id)
    numbers = numbered(id)

    given = [1, *numbers.scenes.values(), *numbers.papers.values(), *numbers.variations, numbers.reflection]
    assert sorted(given) == list(range(1, len(given) + 1))
    assert {*numbers.scenes, *numbers.endings} == set(scenario.nodes)
    assert set(numbers.papers) == set(scenario.papers)


@pytest.mark.parametrize("id", IDS)
def test_cards_are_what_the_player_offers(id: str):
    """At every place of the graph one set of cards has the texts of the choices on offer, in the player's order."""
    scenario, graph, _ = compiled(id)
    texts = {(name, choice.id): choice.text for name, node in scenario.nodes.items() for choice in node.choices}
    sets = {name: [c.texts for c in cards] for name, cards in numbered(id).cards.items()}

    scenes = [place for place in graph.places if place.edges]
    assert all(tuple(texts[place.node, id] for id in place.edges) in sets[place.node] for place in scenes)


@pytest.mark.parametrize("id", IDS)
def test_what_is_said_of_a_set_tells_it_from_the_others(id: str):
    """Where a scene has several sets of cards, each says when it is used, and no two say the same."""
    for sets in numbered(id).cards.values():
        whens = [cards.when for cards in sets]
        assert len(set(whens)) == len(whens)
        assert len(whens) < 2 or all(whens)


NAMES = {fact: fact for fact in (*FACTS, *PAPERS)}  # facts that are their own words


@pytest.mark.parametrize("seed", range(30))
def test_a_condition_in_words_names_what_decides(seed: int):
    """Followed by the letter, what is said of the sets picks the set that a learner with those facts is offered."""
    scenario = random_scenario(Random(seed))
    graph = compile_graph("random", scenario, STUB)
    for name, node in scenario.nodes.items():
        sets = card_sets(name, scenario, graph, NAMES)
        for facts in reachable(scenario, name) if len(sets) > 1 else ():
            offered = tuple(c.text for c in node.choices if holds(facts, c.needs, c.unless))
            assert [cards.texts for cards in sets if said_of(cards.when, facts)] == [offered]


def reachable(scenario: Scenario, name: str) -> set[frozenset[str]]:
    """Return every set of facts with which somebody can stand at *name*, found by playing."""
    found, waiting = set(), [(scenario.start, frozenset(scenario.files))]
    seen = set(waiting)
    while waiting:
        here, facts = waiting.pop()
        if here == name:
            found.add(facts)
        for choice in scenario.nodes[here].choices:
            if holds(facts, choice.needs, choice.unless):
                after = facts | {*choice.marks, *choice.files}
                to = next(route.to for route in choice.to if holds(after, route.needs, route.unless))
                if (to, after) not in seen:
                    seen.add((to, after))
                    waiting.append((to, after))
    return found


def said_of(when: str, facts: frozenset[str]) -> bool:
    """Say whether the words *when* are true of *facts*."""

    def one(part: str) -> bool:
        if part.startswith("unless "):
            return part.removeprefix("unless ") not in facts
        wanted = [word.removeprefix("if ") for word in part.split("; and ") if word.startswith("if ")]
        barred = [word.removeprefix("not if ") for word in part.split("; and ") if word.startswith("not if ")]
        return holds(facts, wanted, barred)

    return any(one(part) for part in when.split("; or "))


@pytest.mark.parametrize("id", IDS)
def test_a_sheet_says_whether_every_group_comes_to_it(id: str):
    """A scene counts as one for every road exactly if no road to an ending goes round it."""
    _, graph, _ = compiled(id)
    everybody = on_every_road(graph)

    without = {node for node in graph.data["nodes"] if node not in everybody}
    assert {node for node in graph.data["nodes"] if goes_round(graph, node)} == without


def goes_round(graph: Graph, node: str) -> bool:
    """Say whether some way through *graph* never stands at *node*."""
    known: dict[int, bool] = {}

    def way(place: int) -> bool:
        if place not in known:
            here = graph.places[place]
            known[place] = here.node != node and (not here.edges or any(way(to) for to in here.edges.values()))
        return known[place]

    return way(graph.start)


# What the facilitator gets


@pytest.mark.parametrize("id", CASES)
def test_the_facilitator_gets_what_follows_and_why(id: str, files: dict[str, pypdf.PdfReader]):
    """Consequence, coaching and belief of each choice, endings, notes, cards and questions are in the guide."""
    library = LIBRARY
    scenario, printed = library.scenario(id), words(files[f"{id}/facilitator.pdf"])
    choices = [choice for node in scenario.nodes.values() for choice in node.choices]
    options = [*choices, *(option for card in scenario.variations for option in card.choices)]
    told = [
        *(choice.then for choice in choices),
        *(node.epilogue for node in scenario.nodes.values() if node.epilogue),
        *(text for option in options for text in (option.text, option.why)),
        *(library.misconceptions[option.misconception].name for option in options if option.misconception),
        *(library.authorities[id].short for option in options for id in option.cites),
        *(scenario.notes.purpose, *scenario.notes.prompts, scenario.notes.splits, *scenario.reflect),
    ]

    # A page may end within a text.
    assert [part for part in parts_of(*told) if not whole_or_cut(part, printed)] == []


def whole_or_cut(text: str, printed: str) -> bool:
    """Say whether *text* is in *printed*, whole or with one page's end somewhere in it."""
    half = len(text) // 2
    return text in printed or (text[:half] in printed and text[half:][-half // 2 :] in printed)


def test_every_page_of_the_guide_says_whose_it_is(files: dict[str, pypdf.PdfReader]):
    """“For the facilitator” stands at the foot of each page."""
    feet = [text.splitlines()[-3:] for text in pages(files["noor-no-label/facilitator.pdf"])]

    assert all(any("For the facilitator · The shark book" in line for line in foot) for foot in feet)


@pytest.mark.parametrize("id", IDS)
def test_next_says_where_each_road_goes(id: str):
    """The sheets named under “Next” are exactly those that the graph leads to from that choice."""
    scenario, graph, library = compiled(id)
    names = numbered(id).names()
    led: dict[tuple[str, str], set[str]] = {}
    for position in walk_all(graph):
        node, _, choice = position.path[-1].partition("/")
        led.setdefault((node, choice), set()).add(names[graph.places[position.place].node])

    for scene, name in zip(facilitator(scenario, graph, library)["scenes"], numbered(id).scenes, strict=True):
        for shown, choice in zip(scene["choices"], scenario.nodes[name].choices, strict=True):
            said = set(re.findall(r"(?:^|: )((?:sheet|ending) \d+)\.", shown["next"].lower()))
            assert led.get((name, choice.id), set()) <= said == {names[route.to] for route in choice.to}


@pytest.mark.parametrize("id", IDS)
def test_the_map_has_a_page_of_its_own_and_no_two_numbers_touch(id: str):
    """Every node has a box on the map; no box lies over another."""
    scenario, graph, library = compiled(id)
    map_ = facilitator(scenario, graph, library)["map"]
    boxes = [(one["x"], one["y"]) for one in map_["boxes"]]
    width, height = map_["box"]

    assert len(boxes) == len(scenario.nodes) == len(lay_out(scenario, 1, 1, (1, 1)).centres)
    assert not [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[:n]
        if abs(a[0] - b[0]) < width and abs(a[1] - b[1]) < height
    ]


def test_the_longest_case_fits_its_map_on_one_page():
    """The page after the map begins with the first scene, even for the case with the most scenes."""
    scenario, graph, library = compiled("jordan-two-years")
    told = pages(pypdf.PdfReader(BytesIO(build("facilitator", facilitator(scenario, graph, library)))))
    at = next(n for n, text in enumerate(told) if "The map of the roads" in text)

    assert f"Sheet {numbered('jordan-two-years').scenes[scenario.start]}" in told[at + 1].splitlines()[0]


# Money


@pytest.mark.parametrize("id", [id for id in IDS if LIBRARY.scenario(id).priced])
def test_the_solution_adds_up(id: str):
    """The lines of the worked sum that count add up to what counts, rounding apart."""
    scenario, graph, library = compiled(id)
    worked = solution(scenario, graph, library)
    counted = [line["pounds"] for line in worked["lines"] if not line["because"]]

    pence = [int(re.sub(r"\D", "", pounds)) for pounds in (*counted, worked["total"])]
    assert abs(sum(pence[:-1]) - pence[-1]) <= len(counted)


def test_a_costing_sheet_gives_no_sum_away():
    """It has prices and the way to reckon, and neither a line of the case nor a total."""
    scenario, graph, library = compiled("maya-first-6000")
    sheet, worked = str(costing(scenario, library)), solution(scenario, graph, library)

    assert [line["what"] for line in worked["lines"] if line["what"] in sheet] == []
    assert worked["total"] not in sheet
    assert "For practice only" in sheet


def test_only_a_case_with_money_has_a_costing_sheet(made: dict[str, dict[str, bytes]]):
    """Where no day prices the case, there is no costing sheet."""
    assert "costing.pdf" not in made["noor-no-label"]
    assert "costing.pdf" in made["not-until-6000"]


# Files that anybody can read


def test_every_file_is_tagged_and_says_what_it_is(files: dict[str, pypdf.PdfReader]):
    """Each file is tagged, names its language, title and author, and claims PDF/UA."""
    for name, reader in files.items():
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert len(root["/StructTreeRoot"]["/K"]) > 0, name
        assert str(root["/Lang"]).lower() == "en-gb", name
        assert reader.metadata.title and reader.metadata.author, name
        assert b"pdfuaid" in root["/Metadata"].get_data(), name


def test_every_page_is_a4(files: dict[str, pypdf.PdfReader]):
    """Upright or on its side, every page is A4."""
    sizes = {
        (round(page.mediabox.width), round(page.mediabox.height)) for file in files.values() for page in file.pages
    }

    assert sizes <= A4


def test_every_font_is_in_the_file(files: dict[str, pypdf.PdfReader]):
    """No font is left to the reader's machine."""
    for name, reader in files.items():
        fonts = [font for page in reader.pages for font in fonts_of(page)]
        assert fonts, name
        assert all(any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3")) for font in fonts), name


def fonts_of(page: pypdf.PageObject) -> list[Any]:
    """Return the font descriptors of a page."""
    found = [plain_object(font) for font in page["/Resources"].get("/Font", {}).values()]
    return [plain_object(plain_object(font["/DescendantFonts"][0])["/FontDescriptor"]) for font in found]


def plain_object(one: Any) -> Any:
    """Return what an indirect object of a PDF stands for."""
    return one.get_object() if isinstance(one, IndirectObject) else one


def test_no_type_is_smaller_than_12_point(files: dict[str, pypdf.PdfReader]):
    """Every letter of every file is set in 12 point or more, whatever scale it is drawn at."""
    found: set[tuple[str, float]] = set()

    for name, reader in files.items():
        for page in reader.pages:

            def note(text: str, cm: list[float], tm: list[float], font: Any, size: float, name: str = name) -> None:
                if text.strip():
                    found.add((name, round(size * abs(tm[3]) * abs(cm[3]), 2)))

            page.extract_text(visitor_text=note)

    assert found
    assert {(name, size) for name, size in found if size < SMALLEST} == set()


# Nasty text


NASTY = (
    "#panic() $x$ [a] *b* \\ @c // d /* e */ <script>alert(1)</script> `f` _g_ ~ = - + / https://h.example "
    + "Donaudampfschifffahrtselektrizitaeten" * 4
    + " 🦈 100 % “i” 'j' &amp; {k} #let l = 1"
)


def hostile(text: str) -> dict[str, Any]:
    """Return a participants' pack in which every text is *text*."""
    cards = [{"letter": letter, "text": plain(text)} for letter in "ABCD"]
    shown = {"number": "2", "title": plain(text), "ask": plain(text)}
    return {
        "title": plain(text),
        "sheets": [
            {"kind": "scene", **shown, "text": tree(text), "everybody": False},
            {"kind": "cards", **shown, "cards": cards},
            {"kind": "paper", **shown, "look": "email", "from": plain(text), "dated": "D", "text": tree(text)},
        ],
    }


def test_nasty_text_is_printed_as_it_stands():
    """Signs that mean something to the typesetter, to HTML or to nobody come out as text, and so does a long word."""
    told = " ".join(pages(pypdf.PdfReader(BytesIO(build("participants", hostile(NASTY))))))

    wanted = letters(NASTY.replace("🦈", "[shark]"))
    for sign in ("#panic()", "$x$", "[a]", "*b*", "@c", "// d", "/* e */", "<script>", "{k}", "[shark]"):
        assert sign in told
    assert wanted in letters(told)


def test_a_long_word_stays_on_the_paper():
    """A word longer than a line is broken: 40 capital Ws in the smallest type are as wide as a page."""
    data = hostile("W" * 400) | {"title": "T"}
    lines = [
        line for text in pages(pypdf.PdfReader(BytesIO(build("participants", data)))) for line in text.split("\n")
    ]

    assert 20 <= max(line.count("W") for line in lines) <= 40


# What a typesetter's font has: letters of Latin alphabets, and the signs that are commands somewhere.
PRINTED = st.text(
    st.one_of(
        st.sampled_from("#$[]*_`@\\/<>&{}~=-+'\"|!:;., \n"), st.characters(min_codepoint=0x41, max_codepoint=0x17F)
    ),
    max_size=60,
)


@settings(max_examples=15, deadline=None)
@given(PRINTED)
def test_any_text_can_be_printed(text: str):
    """No text stops the press, and none is read as a command: its letters come out, in order."""
    sheet = {
        "kind": "paper",
        "number": "2",
        "title": "T",
        "look": "note",
        "from": "F",
        "dated": "D",
        "text": tree(text),
    }
    told = pages(pypdf.PdfReader(BytesIO(build("participants", {"title": "T", "sheets": [sheet]}))))

    assert squeezed(flat(tree(text))) in squeezed(" ".join(told))


def squeezed(text: str) -> str:
    """Return *text* without white space and soft breaks, with ligatures taken apart."""
    return re.sub(r"[\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))


def flat(parts: list[Any]) -> str:
    """Return the words of a tree, blocks and list items alike."""
    found = ""
    for part in parts:
        found += part.get("t", "") if isinstance(part, dict) else flat(part)
        for key in ("i", "c", "items", "head", "rows") if isinstance(part, dict) else ():
            found += flat(part.get(key, []))
    return found


@pytest.mark.parametrize("id", IDS)
def test_paper_and_screen_say_the_same(id: str):
    """The words of every Markdown text in a pack are those that the player shows, picture signs by their names."""
    scenario = LIBRARY.scenario(id)
    nodes = scenario.nodes.values()
    told = [
        *(node.text for node in nodes),
        *(text for node in nodes for choice in node.choices for text in (choice.then, choice.why)),
        *papers(scenario),
    ]

    assert [text for text in told if letters(flat(tree(text))) != text_of(printable(text))] == []


def test_a_sign_that_no_font_has_is_told_and_named():
    """Where a text cannot be printed, the complaint shows the sign."""
    with pytest.raises(CaseworkError, match=r"participants\.pdf cannot be made: .*日"):
        build("participants", hostile("日"))


# Commands and folders


def test_an_unknown_case_is_answered_with_the_likeliest(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A slip in the id makes nothing, and says which id was probably meant."""
    assert main(["pack", "nor-no-label", "-o", str(tmp_path / "out")]) == 1

    assert 'There is no pack "nor-no-label". Did you mean "noor-no-label"?' in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_pack_makes_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The command makes the folders that are missing, and nothing else is left in them."""
    assert main(["pack", "workshop", "-o", str(tmp_path / "a" / "b")]) == 0

    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert made == [f"a/b/workshop/{name}.pdf" for name in ("feedback", "printing", "sign-in")]


def test_a_pack_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """If one file of a pack cannot be made, none of that pack is written; the other packs are."""
    (tmp_path / "noor-no-label").mkdir()
    (tmp_path / "noor-no-label" / "participants.pdf").write_text("before", encoding="utf-8")

    def fails(template: str, data: Any) -> bytes:
        if template == "facilitator":
            raise CaseworkError("the press stopped")
        return template.encode()

    monkeypatch.setattr(packs_module, "build", fails)
    with pytest.raises(CaseworkError, match="noor-no-label: the press stopped"):
        write_packs(["noor-no-label", "workshop"], tmp_path, LIBRARY, tell=lambda line: None)

    assert [path.read_text(encoding="utf-8") for path in (tmp_path / "noor-no-label").iterdir()] == ["before"]
    assert len(list((tmp_path / "workshop").iterdir())) == 3


def test_every_pack_is_in_the_list():
    """There is a pack for every case, and one for every workshop."""
    assert pack_ids(LIBRARY) == [*IDS, "workshop"]


# The sheets of every workshop


def test_the_three_feedback_pages_ask_the_same(files: dict[str, pypdf.PdfReader]):
    """Before, after and four weeks later are a page each, with the same four decisions and no answer among them."""
    form, told = feedback(LIBRARY), [letters(text) for text in pages(files["workshop/feedback.pdf"])]
    decisions = [text for one in form["decisions"] for text in (one["text"], *one["choices"])]

    assert len(told) == 3
    assert all(letters(text) in page for page in told for text in decisions)
    assert not any("sound" in page or "mistake" in page for page in told)


def test_the_door_sheet_is_one_page(files: dict[str, pypdf.PdfReader]):
    """All names, and what happens with them, fit on one page."""
    assert len(files["workshop/sign-in.pdf"].pages) == 1


def test_a_decision_without_a_single_sound_answer_is_told(tmp_path: Path):
    """Before and after can be counted only where one answer is sound; `check` says where it is not."""
    shutil.copytree(LIBRARY.root, tmp_path / "scenarios")
    path = tmp_path / "scenarios" / "handouts.yaml"
    text = path.read_text(encoding="utf-8").replace("quality: arguable", "quality: sound")
    path.write_text(text, encoding="utf-8")

    problems = check(today=LIBRARY.service.law_as_at, library=Library(tmp_path / "scenarios")).problems
    told = [one.message for one in problems if one.path.endswith("handouts.yaml")]
    assert told == ['"six-thousand" has 2 sound answers.']


# The page of the book


def test_the_page_links_only_what_has_been_made(tmp_path: Path):
    """A pack that has not been made has no link, and says so; one that has been made has."""
    root = tmp_path / "scenarios"
    shutil.copytree(LIBRARY.root, root)
    before = reference.packs(Library(root))
    folder = tmp_path / "_build" / "html" / "packs" / "noor-no-label"
    folder.mkdir(parents=True)
    (folder / "participants.pdf").write_bytes(b"%PDF")

    assert "<a " not in before
    assert before.count(reference.NOT_MADE) == len(pack_ids(Library(root)))
    assert re.findall(r'href="([^"]+)"', reference.packs(Library(root))) == [
        "../packs/noor-no-label/participants.pdf"
    ]


def test_the_page_names_every_file_of_a_pack(made: dict[str, dict[str, bytes]]):
    """Each kind of file that a pack can have has its words on the page."""
    assert {name for files in made.values() for name in files} == set(reference.PACK_FILES)


def test_random_cases_can_be_printed():
    """The sheets of small random cases, with their conditions and papers, can be worked out whole."""
    for seed in range(20):
        scenario = random_scenario(Random(seed))
        graph = compile_graph("random", scenario, STUB)
        sheets = participants(scenario, graph, LIBRARY.handouts)["sheets"]
        reached = {place.node for place in explore(scenario)}

        assert {sheet["title"] for sheet in sheets if sheet["kind"] == "scene"} >= {
            node.title for name, node in scenario.nodes.items() if node.choices and name in reached
        }
