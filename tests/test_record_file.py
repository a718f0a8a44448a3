"""A record file: read whole or not at all, replayed against today's course, said in a short code."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from casework.cli import main
from casework.errors import CaseworkError, ContentError
from casework.library import Library
from casework.proof import prove, walk_all
from casework.record import Attempt, Record, from_short_code, read_record, replayed, schema, short_code
from casework.record.codes import ALPHABET
from casework.record.course import Course, course_of
from casework.record.merging import fnv1a

CASE = "noor-no-label"
ATTEMPT: dict[str, Any] = {
    "id": "0b1c",
    "scenario": CASE,
    "hash": "00ff00ff00ff00ff",
    "mode": "practice",
    "begun": "2026-11-24T09:30:00.000Z",
    "touched": "2026-11-24T09:45:00.000Z",
    "path": ["first-call/ask"],
    "sure": [2],
}
GOOD = {"format": 1, "learner": "Ann", "attempts": [ATTEMPT]}


def damaged(**changed: Any) -> str:
    """Return a record whose one attempt has been *changed*."""
    return json.dumps({"format": 1, "attempts": [ATTEMPT | changed]})


DAMAGE = {
    "empty": ("", "the file is empty"),
    "cut short": (json.dumps(GOOD, indent=1)[:120], r"x\.json:\d+: the file ends in the middle"),
    "cut in a word": (json.dumps(GOOD)[:-60], "the file ends in the middle"),
    "a web page": ("<!doctype html><title>Sign in</title>", "this is a web page"),
    "foreign JSON": ('{"theme": "dark"}', "not a learner’s record"),
    "a list": ("[]", "not a learner’s record"),
    "null": ("null", "not a learner’s record"),
    "a newer format": ('{"format": 2, "attempts": []}', "of format 2.*newer course"),
    "an older format": ('{"format": 0, "attempts": []}', 'format is "0"'),
    "a format in words": ('{"format": "1", "attempts": []}', 'format is "1"'),
    "a true format": ('{"format": true, "attempts": []}', 'format is "True"'),
    "no list": ('{"format": 1, "attempts": {"0": 1}}', "attempts"),
    "an attempt is null": ('{"format": 1, "attempts": [null]}', "attempt 1"),
    "a key twice": ('{"format": 1, "attempts": [], "attempts": []}', '"attempts" stands twice'),
    "a prototype": ('{"format": 1, "attempts": [], "__proto__": {"x": 1}}', "“__proto__” is no part"),
    "a prototype inside": (damaged(__proto__={}), "attempt 1.*“__proto__” is no part"),
    "nested": ("[" * 100_000, "nested far deeper"),
    "nested in place": (f'{{"format": 1, "attempts": {"[" * 5000}{"]" * 5000}}}', "deeper|attempt"),
    "no number": (damaged().replace("[2]", "[NaN]"), "NaN is not a number"),
    "infinite": (damaged().replace("[2]", "[-Infinity]"), "Infinity is not a number"),
    "a huge number": (damaged().replace("[2]", f"[{'9' * 5000}]"), "larger than anything"),
    "a huge float": (damaged().replace("[2]", "[1e999]"), "sure"),
    "half a confidence": (damaged(sure=[1.5]), "sure"),
    "too sure": (damaged(sure=[4]), "attempt 1, sure"),
    "sure of nothing": (damaged(sure=[1, 1]), '"sure" has more entries than the path'),
    "true confidence": (damaged(sure=[True]), "sure"),
    "markup in an id": (damaged(id="<img src=x onerror=alert(1)>"), "attempt 1, id"),
    "markup in a path": (damaged(path=["<b>/x"]), "attempt 1, path"),
    "a way out of the folder": (damaged(scenario="../../etc/passwd"), "attempt 1, scenario"),
    "an unknown mode": (damaged(mode="cheat"), "“cheat” is not one of guided"),
    "no such day": (damaged(begun="2026-02-30T09:00:00Z"), "attempt 1, begun"),
    "local time": (damaged(begun="2026-02-20T09:00:00+01:00"), "a time is written"),
    "a time that is null": (damaged(touched=None), "null; what is not known"),
    "half a character": (damaged(group="\ud800"), "group"),
    "a bell": (damaged(group="\x07"), "nobody can type"),
    "a missing field": (json.dumps({"format": 1, "attempts": [{"id": "a"}]}), "is missing. 5 more"),
}


@pytest.mark.parametrize("name", sorted(DAMAGE))
def test_a_damaged_file_is_one_clear_complaint(name: str, tmp_path: Path):
    """Whatever is wrong with a record file is said in one problem that names the file, and nothing is half read."""
    text, said = DAMAGE[name]
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")

    with pytest.raises(ContentError, match=said) as caught:
        read_record(path)
    assert len(caught.value.problems) == 1
    assert len(str(caught.value)) < 400


def test_a_file_of_every_length_is_refused_or_whole(tmp_path: Path):
    """Cut anywhere, a record is refused: no prefix of the file is taken for a record."""
    whole, path = json.dumps(GOOD, indent=1), tmp_path / "x.json"
    for length in range(len(whole)):
        path.write_text(whole[:length], encoding="utf-8")

        with pytest.raises(ContentError):
            read_record(path)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"x" * 2_000_001], ids=["not text", "too large"])
def test_what_is_no_text_of_ours_is_refused(raw: bytes, tmp_path: Path):
    """A file that is not UTF-8, or is over 2 MB, is refused before it is parsed."""
    (tmp_path / "x.json").write_bytes(raw)

    with pytest.raises(ContentError, match=r"not UTF-8|may have 2,000,000"):
        read_record(tmp_path / "x.json")


def test_a_missing_file_is_named(tmp_path: Path):
    """A file that is not there is a complaint, not a traceback."""
    with pytest.raises(ContentError, match="no such file"):
        read_record(tmp_path / "x.json")


def test_a_good_file_comes_back_as_it_was(tmp_path: Path):
    """Reading what a browser saved, and writing it, gives the same data."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps(GOOD, indent=1), encoding="utf-8")

    assert read_record(path).plain() == GOOD


def test_the_published_schema_agrees_with_the_reader(capsys: pytest.CaptureFixture):
    """`casework schema record` prints a schema that accepts a good record, and refuses what the reader refuses."""
    assert main(["schema", "record"]) == 0
    published = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(published)

    assert published == schema()
    jsonschema.validate(GOOD, published)
    for name in ("too sure", "an unknown mode", "markup in a path", "a prototype inside", "a time that is null"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(DAMAGE[name][0]), published)


# Replaying


@pytest.fixture(scope="module")
def course(library: Library) -> Course:
    """The course as it stands."""
    return course_of(library)


def made(course: Course, path: tuple[str, ...], **changed: Any) -> Attempt:
    """Return an attempt at the case with *path*."""
    usual = ATTEMPT | {"hash": course.graph(CASE).hash, "path": path, "sure": [0] * len(path)}
    return Attempt(**usual | changed)


def played(library: Library, *attempts: Attempt) -> list[Any]:
    """Return the *attempts* replayed."""
    return replayed(Record(format=1, attempts=attempts), library)


def test_the_best_road_is_replayed_to_its_ending(library: Library, course: Course):
    """A replay gives each decision's quality and stage, the confidence, the statements, and how the case ended."""
    road = prove(course.graph(CASE)).best

    (one,) = played(library, made(course, road, sure=[3, *[0] * (len(road) - 1)]))
    assert (one.ended, one.verdict, one.stale, one.score) == (True, "well", False, (2 * len(road), 2 * len(road)))
    assert [f"{each.node}/{each.choice}" for each in one.decisions] == list(road)
    assert (one.decisions[0].sure, one.decisions[0].stage) == (3, "enquiry")
    assert one.decisions[0].teaches == library.scenario(CASE).teaches


def test_an_attempt_begun_again_counts_for_nothing(library: Library, course: Course):
    """An attempt with an empty path is left out."""
    assert played(library, made(course, ())) == []


def test_an_older_graph_is_kept_and_not_replayed(library: Library, course: Course):
    """An attempt whose hash is not today's is shown as stale, without decisions."""
    (one,) = played(library, made(course, prove(course.graph(CASE)).best, hash="00ff"))

    assert (one.stale, one.decisions, one.title) == (True, (), library.scenario(CASE).title)


@pytest.mark.parametrize(
    ("scenario", "path"),
    [(CASE, "nowhere/no-choice"), ("gone-for-good", "a/b"), ("review", "gone/a"), ("drills-00000000", "gone/a")],
)
def test_a_path_that_does_not_fit_is_stale(library: Library, course: Course, scenario: str, path: str):
    """A path that leads nowhere today is kept as stale, whatever was played."""
    (one,) = played(library, made(course, (path,), scenario=scenario))

    assert one.stale and one.decisions == ()


def test_drills_stand_on_their_own(library: Library, course: Course):
    """Spaced review is replayed drill by drill, without a graph, and its belief is named."""
    drill, option = next(
        (drill, option) for drill in library.drills.values() for option in drill.choices if option.misconception
    )

    (one,) = played(library, made(course, (f"{drill.id}/{option.id}",), scenario="review", mode="review", hash=""))
    assert (one.kind, one.ended, one.title) == ("review", None, "Spaced review")
    assert (one.decisions[0].misconception, one.decisions[0].teaches) == (option.misconception, drill.teaches)


def test_a_lessons_series_knows_its_end(library: Library, course: Course):
    """A series of drills that a lesson shows is ended once each of its drills is answered, and stale by its hash."""
    id, series = next(iter(course.series.items()))
    road = prove(series.graph).best
    whole = made(course, road, scenario=id, hash=series.graph.hash)
    part = made(course, road[:1], scenario=id, hash=series.graph.hash)

    assert [one.ended for one in played(library, whole, part)] == [True, False]
    assert played(library, whole.model_copy(update={"hash": "00"}))[0].stale


def test_a_lesson_marked_as_read_is_no_decision(library: Library, course: Course):
    """A lesson that the learner marked as read is kept under its title and has no decisions."""
    (one,) = played(library, made(course, ("lesson-01/read",), scenario="lesson-01", mode="read", hash=""))

    assert (one.kind, one.decisions, one.title) == ("lesson", (), "Read: Needs before labels")


# The short code


@pytest.mark.parametrize("id", Library().scenario_ids)
def test_every_road_has_a_code_that_leads_back(id: str, library: Library, course: Course):
    """Coding and reading gives scenario, graph, mode, day and path again, for a road over each edge of each case."""
    graph = course.graph(id)
    for n, position in enumerate(walk_all(graph)[:: max(1, len(graph.places) // 100)]):
        mode = ("guided", "practice", "independent", "workshop")[n % 4]
        one = made(course, position.path, scenario=id, hash=graph.hash, mode=mode)

        back = from_short_code(short_code(one, library), library)
        assert (back.scenario, back.hash, back.mode, back.path) == (id, graph.hash, mode, one.path)
        assert back.begun == "2026-11-24T00:00:00.000Z"


def test_a_code_is_short(library: Library, course: Course):
    """The best road of nine decisions takes six groups of four."""
    code = short_code(made(course, prove(course.graph(CASE)).best), library)

    assert [len(group) for group in code.split("-")] == [4] * 6


def test_the_layout_is_what_the_docstring_says(library: Library, course: Course):
    """The bits stand as documented: layout, mode, scenario, graph, day, length, choices, padding, check."""
    one = made(course, prove(course.graph(CASE)).best[:1])
    code = short_code(one, library).replace("-", "")
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in code)
    index = list(course.graph(CASE).places[0].edges).index(one.path[0].split("/")[1])

    assert bits[:8] == "00010001"
    assert int(bits[8:24], 2) == fnv1a(CASE) >> 16
    assert f"{int(bits[24:40], 2):04x}" == one.hash[:4]
    assert (int(bits[40:56], 2), int(bits[56:64], 2), int(bits[64:67], 2)) == (2519, 1, index)
    assert bits[67:80] == "0" * 13 and int(bits[80:], 2) == fnv1a(code[:-4]) & 0xFFFFF


def test_a_code_may_be_typed_as_it_was_heard(library: Library, course: Course):
    """Small letters, spaces, no hyphens, O for nought and I or L for one are all understood."""
    one = made(course, prove(course.graph(CASE)).best)
    typed = f" {short_code(one, library).lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}\n"

    assert from_short_code(typed, library).path == one.path


def test_every_wrong_character_is_noticed(library: Library, course: Course):
    """Any one character misread, at any place, is refused before anything is made of the code."""
    code = short_code(made(course, prove(course.graph(CASE)).best), library).replace("-", "")
    for place in range(len(code)):
        for other in set(ALPHABET) - {code[place]}:
            with pytest.raises(CaseworkError, match="misread"):
                from_short_code(code[:place] + other + code[place + 1 :], library)


def test_swapped_neighbours_are_noticed(library: Library, course: Course):
    """Two neighbouring characters that changed places are refused."""
    code = short_code(made(course, prove(course.graph(CASE)).best), library).replace("-", "")
    for n in (n for n in range(len(code) - 1) if code[n] != code[n + 1]):
        with pytest.raises(CaseworkError, match="misread"):
            from_short_code(code[:n] + code[n + 1] + code[n] + code[n + 2 :], library)


def test_random_text_is_no_code(library: Library):
    """Two thousand random texts are refused with a sentence, never a traceback."""
    random = Random(1)
    for _ in range(2_000):
        text = "".join(random.choice(ALPHABET + "-u€ ") for _ in range(random.randint(0, 40)))
        with pytest.raises(CaseworkError):
            from_short_code(text, library)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scenario": "review", "mode": "review"}, "Only an attempt at a case"),
        ({"scenario": "assessment-7", "mode": "assessment"}, "Only an attempt at a case"),
        ({"scenario": "drills-23456521"}, "Only an attempt at a case"),
        ({"hash": "00ff"}, "has changed"),
        ({"begun": "1999-11-24T09:30:00.000Z"}, "starts in 2020"),
    ],
)
def test_what_has_no_code_says_why(library: Library, course: Course, changed: dict[str, Any], said: str):
    """Drills, reviews, assessments, older graphs and impossible days have no code, and the reason is given."""
    with pytest.raises(CaseworkError, match=said):
        short_code(made(course, prove(course.graph(CASE)).best, **changed), library)
