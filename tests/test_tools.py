"""The learning tools in Python: files and their laws, the state of a live one, and a page that reads alone."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from casework.checking import check
from casework.errors import CaseworkError, ContentError
from casework.library import Library
from casework.player.published import joined
from casework.player.tools_page import reading, static_html, tool_data
from casework.tool import Sorter, load_tool
from casework.tool_laws import check_tool
from casework.tools import show_tool

EXAMPLES = Path(__file__).parent / "tools"
LIBRARY = Library()
EVERY = [
    *((id, LIBRARY.root / "tools" / f"{id}.yaml") for id in LIBRARY.tool_ids),
    *((path.stem, path) for path in sorted(EXAMPLES.glob("*.yaml"))),
]
# What a script needs and no learner reads.
HIDDEN = {
    *("id", "kind", "belongs", "cites", "says", "status", "href"),
    *("quality", "qualities", "misconception", "example", "reckoning"),
}
every_tool = pytest.mark.parametrize(("id", "path"), EVERY, ids=[id for id, _ in EVERY])


@pytest.fixture
def own(shelf: Path) -> Library:
    """A library with the small tools of the tests and no others."""
    shutil.rmtree(shelf / "tools")
    shutil.copytree(EXAMPLES, shelf / "tools")
    return Library(shelf)


def complaints(path: Path) -> list[str]:
    """Return what is said about the tool at *path*, each without the name of the file."""
    try:
        found = check_tool(*load_tool(path), LIBRARY)
    except ContentError as error:
        found = error.problems
    return [str(problem).removeprefix(problem.path) for problem in found]


def plain(html: str) -> str:
    """Return the words of *html*, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@every_tool
def test_a_tool_keeps_the_laws(id: str, path: Path):
    """Every tool of the course, and every example here, is without a complaint."""
    assert complaints(path) == []


KINDS = '"sorter", "table", "rewriting", "dates", "evidence" or "letter"'
# The smallest change to an example that breaks a rule, and what is then said.
BROKEN = {
    "no kind": (
        "how-binding", "kind: sorter\n", "", [f':2: "kind" is missing. It may be {KINDS}.']
    ),
    "a kind that is none": (
        "how-binding", "kind: sorter", "kind: sorting",
        [f':2: "kind" is "sorting"; it may be {KINDS}.'],
    ),
    "a misspelt key": (
        "how-binding", "    why: Section 77.", "    wyh: Section 77.",
        [':17: "why" is missing in cards. Add it.', ':20: "wyh" is not a key in cards. Did you mean "why"?'],
    ),
    "a bin that is none": (
        "how-binding", 'belongs: "1"', 'belongs: "3"',
        [':14: "meetings" belongs in "3", which is not a bin. Known here: 1, 2.'],
    ),
    "a card twice": ("how-binding", "id: regard", "id: meetings", [':17: "meetings" stands here twice. Rename one.']),
    "a why without authority": (
        "how-binding", "    why: Section 77.\n    cites: [cfa-77]", "    why: Section 77.",
        [':17: the why of "regard" cites nothing. Add cites: [an authority].'],
    ),
    "an authority that is none": (
        "how-binding", "cites: [cfa-66]", "cites: [cfa-666]",
        [':11: "endeavours" cites "cfa-666", which is not in authorities.yaml. Did you mean "cfa-66"?'],
    ),
    "a cell that is missing": (
        "who-owes-what", '      who: {text: "Its own practice."}\n', "",
        [':18: row "nursery" has no cell for the column "who". Add it.'],
    ),
    "a cell of no column": (
        "who-owes-what", "      who: {text: The proprietor.,", "      hwo: {text: The proprietor.,",
        [
            ':12: row "academy" has no cell for the column "who". Add it.',
            ':17: row "academy" has a cell "hwo", which is not a column. Did you mean "who"?',
        ],
    ),
    "a cell with an unknown authority": (
        "who-owes-what", "cites: [cfa-66, cfa-77]", "cites: [cfa-66, cfa-7]",
        [':17: "academy/who" cites "cfa-7", which is not in authorities.yaml.'],
    ),
    "an item twice": ("say-it-better", "- id: sam", "- id: ellie", [':12: "ellie" stands here twice. Rename one.']),
    "a third worked one": (
        "say-it-better", ", By Easter Sam reads the register.]", ", By Easter Sam reads the register., Third.]",
        [':15: "worked" in items: tuple should have at most 2 items'],
    ),
    "a note without authority": (
        "two-headings", ", cites: [cfa-36-8]}", "}",
        [':5: the why of "note" cites nothing. Add cites: [an authority].'],
    ),
    "a day that is none": ("days-to-reckon", "2026-12-31", "2026-12-32", [':6: "decided" in example']),
    "a day outside the years": (
        "days-to-reckon", "2026-11-03", "2035-11-03",
        [":6: Saturday 23 February 2036 is outside the years that this reckons with"],
    ),
    "a certificate before the letter": (
        "days-to-reckon", "decided: 2026-12-31", "decided: 2026-12-31, certified: 2026-12-30",
        [":6: The certificate (Wednesday 30 December 2026) is dated before the letter (Thursday 31 December 2026)."],
    ),
    "a heading that is not filled in": (
        "two-headings", "{progress: Bo reads 40 words., needs:", "{progress:",
        [':13: nothing is filled in for "needs". Add it.'],
    ),
    "an entry of no heading": (
        "two-headings", "{progress: Bo", "{progres: Bo",
        [
            ':13: "progres" is filled in, but is not a heading. Did you mean "progress"?',
            ':13: nothing is filled in for "progress". Add it.',
        ],
    ),
    "a heading twice": ("two-headings", "id: needs", "id: progress", [
        ':9: "progress" stands here twice. Rename one.', ':13: "needs" is filled in, but is not a heading.'
    ]),
    "a sentence without a belief": (
        "short-letter", "        misconception: spend-6000-first\n", "",
        [':21: "spent" is unsound and names no misconception. Name the belief behind it.'],
    ),
    "a belief that is none": (
        "short-letter", "spend-6000-first", "spend-600-first",
        [':24: "spend-600-first" is not in misconceptions.yaml.'],
    ),
    "a sound sentence with a belief": (
        "short-letter", "quality: unsound", "quality: sound",
        [':21: "spent" names the misconception "spend-6000-first" but is sound. Only an unsound choice has one.'],
    ),
    "no sound sentence": (
        "short-letter", "assessment., quality: sound", "assessment., quality: arguable",
        [':18: the part "ask" has no sound sentence.'],
    ),
    "a sentence twice": (
        "short-letter", "id: dated", "id: council", [':17: "council" stands here twice. Rename one.']
    ),
    "a part with the name of the whole": (
        "short-letter", "id: head", "id: letter", [':12: a part cannot be called "letter". Rename it.']
    ),
    "no checklist": (
        "say-it-better", "checklist:", "ckecklist:", ['"checklist" is missing.', 'Did you mean "checklist"?']
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_told_with_line_and_remedy(rule: str, tmp_path: Path):
    """Each law and each form has its own complaint, and all of a file's complaints come together."""
    id, find, put, says = BROKEN[rule]
    text = (EXAMPLES / f"{id}.yaml").read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / f"{id}.yaml"
    path.write_text(text.replace(find, put, 1), encoding="utf-8")

    said = complaints(path)

    assert len(said) == len(says)
    assert [wanted for one, wanted in zip(said, says, strict=True) if wanted not in one] == []


def test_check_covers_the_tools(own: Library):
    """`casework check` reports what is wrong in a tool's file, its form and its laws."""
    path = own.root / "tools" / "how-binding.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('belongs: "1"', "belongs: x"))

    report = check(today=date(2026, 11, 24), library=own)

    assert [(Path(one.path).name, one.line) for one in report.problems] == [("how-binding.yaml", 14)]


def test_check_covers_the_form_of_every_tool(own: Library):
    """Two files that cannot be read are both told."""
    for name in ("how-binding", "say-it-better"):
        (own.root / "tools" / f"{name}.yaml").write_text("kind: nothing\n", encoding="utf-8")

    found = {Path(one.path).name for one in own.problems()}

    assert found == {"how-binding.yaml", "say-it-better.yaml"}


def test_an_unknown_tool_is_answered_with_the_nearest(own: Library):
    """A slip in the name of a tool is answered with the one that was probably meant."""
    with pytest.raises(CaseworkError, match='There is no tool "how-bindin"\\. Did you mean "how-binding"\\?'):
        show_tool("how-bindin", own)


def test_a_tool_that_breaks_a_law_is_not_shown(own: Library):
    """A cell with a broken tool says what is wrong, and where, instead of showing half of it."""
    path = own.root / "tools" / "how-binding.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("cfa-66", "cfa-666"), encoding="utf-8")

    with pytest.raises(ContentError, match=r'how-binding\.yaml:11: "endeavours" cites "cfa-666"'):
        show_tool("how-binding", own)


@pytest.mark.parametrize(
    ("id", "state"),
    [
        ("how-binding", {"meetings": "1"}),
        ("who-owes-what", {"row": "academy", "with": ""}),
        ("say-it-better", {"sam": {"text": "By May …", "ticked": []}}),
        ("days-to-reckon", {"requested": "2026-11-03", "certified": ""}),
        ("two-headings", {"needs": {"text": "Waits."}}),
        ("short-letter", {"ask": {"ticked": ["assess"]}, "letter": {"text": "Dear …"}}),
    ],
)
def test_python_can_set_what_a_learner_would_do(own: Library, id: str, state: dict[str, object]):
    """The state of a live tool takes what fits the tool."""
    tool = show_tool(id, own)

    tool.state = state

    assert tool.state == state


@pytest.mark.parametrize(
    ("id", "state", "says"),
    [
        ("how-binding", {"meeting": "1"}, '"meeting" is not a card of this tool. Did you mean "meetings"?'),
        ("how-binding", {"meetings": "3"}, '"3" is not a bin of this tool. Known here: 1, 2.'),
        ("who-owes-what", {"row": "acadmy"}, '"acadmy" is not a row of this tool. Did you mean "academy"?'),
        ("who-owes-what", {"other": "academy"}, '"other" is not a question of this tool.'),
        ("say-it-better", {"eli": {}}, '"eli" is not an item of this tool. Did you mean "ellie"?'),
        ("say-it-better", {"sam": {"txt": "x"}}, '"txt" is not a part of an item'),
        ("days-to-reckon", {"reqested": ""}, '"reqested" is not a day of this tool. Did you mean "requested"?'),
        ("days-to-reckon", {"decided": "3 November"}, '"3 November" is not a date. Write it as 2026-11-03.'),
        ("two-headings", {"need": {}}, '"need" is not a heading of this tool. Did you mean "needs"?'),
        ("short-letter", {"asks": {}}, '"asks" is not a part of this tool. Did you mean "ask"?'),
        ("short-letter", {"ask": {"ticked": ["council"]}}, '"council" is not a sentence of "ask" of this tool.'),
    ],
)
def test_a_state_that_does_not_fit_is_refused(own: Library, id: str, state: dict[str, object], says: str):
    """A name that the tool does not have raises, and the old state stays."""
    tool = show_tool(id, own)

    with pytest.raises(CaseworkError) as caught:
        tool.state = state

    assert says in str(caught.value)
    assert tool.state == {}


@every_tool
def test_the_reading_is_whole(id: str, path: Path):
    """Without scripts every sentence that the script would show stands on the page, authorities too."""
    data = tool_data(id, load_tool(path)[0], LIBRARY)
    shown = plain(reading(data))

    wanted = [plain(text) if text.startswith("<") else " ".join(text.split()) for text in _texts(data)]
    assert [text for text in wanted if text not in shown] == []


def _texts(part: object, key: str = "") -> list[str]:
    """Return every text of *part* that a learner reads."""
    if isinstance(part, dict):
        hidden = HIDDEN | ({"ask"} if "rows" in part else set())
        return [text for name, one in part.items() if name not in hidden for text in _texts(one, name)]
    if isinstance(part, list):
        pairs = key in ("bins", "columns")
        return [text for one in part for text in ([one[1]] if pairs else _texts(one))]
    return [part] if isinstance(part, str) else []


@every_tool
def test_the_island_is_the_data_and_ends_no_script(id: str, path: Path):
    """What the script reads is what Python wrote, and nothing in it closes the element around it."""
    data = tool_data(id, load_tool(path)[0], LIBRARY)
    html = static_html(data)

    islands = re.findall(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)
    assert [json.loads(island) for island in islands] == [data]


def test_raw_html_of_an_author_stays_text(own: Library):
    """Markdown is rendered, markup is not taken over, and quotation marks become typographic."""
    data = tool_data("how-binding", own.tool("how-binding"), own)

    assert data["cards"][0]["why"].startswith("<p>Section 66 says <em>must</em>.")
    assert "<script" not in reading(data)


def test_bins_keep_the_order_of_the_author(own: Library):
    """Ids made of digits do not come first, as they would in a JavaScript object."""
    tool = own.tool("how-binding")
    assert isinstance(tool, Sorter)

    assert [id for id, _ in tool_data("how-binding", tool, own)["bins"]] == ["2", "1"]


def test_cells_stand_in_the_order_of_the_columns(own: Library):
    """However an author orders the cells of a row, each stands under its heading."""
    path = own.root / "tools" / "who-owes-what.yaml"
    head, *lines = path.read_text(encoding="utf-8").rsplit("\n", 3)
    path.write_text("\n".join([head, lines[1], lines[0], ""]), encoding="utf-8")

    data = tool_data("who-owes-what", own.tool("who-owes-what"), own)

    assert [cell["text"] for cell in data["rows"][2]["cells"]] == ["No.", "Its own practice."]


def test_a_book_finds_a_page_in_what_a_cell_shows(own: Library):
    """The bundle of a cell has the live view, the HTML for a book, and its title for a terminal."""
    bundle = show_tool("how-binding", own)._repr_mimebundle_()[0]

    assert 'class="casework-tool" id="tool-how-binding"' in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == "How binding?"


def test_the_notebook_loads_the_bytes_of_the_page(own: Library):
    """The module of a live tool is the page's scripts, in their order, and one export."""
    scripts = joined("base.js", "dates.js", "writing.js", "tools.js")

    assert show_tool("how-binding", own)._esm == f"{scripts}\nexport default {{ render: CaseworkTools.render }};\n"
