"""Merging records: whatever the order and however often, the same record, without doubles, and no answer lost."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework.record import Attempt, Record, merge
from casework.record.merging import canonical, content, fnv1a

ENTRIES = ("a/x", "a/y", "b/x", "b/y")
TIMES = ("2026-11-24T09:00:00Z", "2026-11-24T09:00:00.500Z", "2026-12-01T09:00:00.000Z")
attempts = st.builds(
    lambda path, hands, **rest: Attempt(
        path=path, sure=(1,) * len(path), **({"hands": [{"x": 3}] * len(path)} if hands else {}), **rest
    ),
    id=st.sampled_from(("one", "two", "one~00000000", "one~ffffffff", "two~1")),
    scenario=st.sampled_from(("a-case", "review")),
    hash=st.sampled_from(("", "00ff")),
    mode=st.sampled_from(("guided", "practice", "workshop")),
    begun=st.sampled_from(TIMES),
    path=st.lists(st.sampled_from(ENTRIES), max_size=3).map(tuple),
    hands=st.booleans(),
) | st.builds(
    Attempt,
    id=st.just("one"),
    scenario=st.just("a-case"),
    hash=st.just(""),
    mode=st.just("workshop"),
    begun=st.just(TIMES[0]),
    touched=st.sampled_from(TIMES),
    path=st.lists(st.sampled_from(ENTRIES), max_size=3).map(tuple),
    sure=st.just(()),
    group=st.sampled_from(("Ann", "\ufffd", "😀", "Zoë")),
)
records = st.builds(
    Record,
    format=st.just(1),
    learner=st.none() | st.sampled_from(("Ann", "Bo")),
    attempts=st.lists(attempts, max_size=6).map(tuple),
)
many = settings(max_examples=400, deadline=None)


def attempt(id: str = "one", path: tuple[str, ...] = ("a/x",), **given: object) -> Attempt:
    """Return an attempt with what is *given*."""
    usual = {"scenario": "a-case", "hash": "", "mode": "guided", "begun": TIMES[0], "sure": (0,) * len(path)}
    return Attempt(id=id, path=path, **usual | given)


def record(*attempts: Attempt) -> Record:
    """Return a record of *attempts*."""
    return Record(format=1, attempts=attempts)


def leads(short: Attempt, long: Attempt) -> bool:
    """Say whether *long* is in the family of *short* and goes on from it, or is its equal."""
    family = [(one.root, one.scenario, one.hash) for one in (short, long)]
    return family[0] == family[1] and long.path[: len(short.path)] == short.path


@many
@given(records)
def test_merging_again_changes_nothing(one: Record):
    """A merged record merged with itself, with its source or with nothing is the same record."""
    once = merge(one)

    assert merge(once) == merge(once, once) == merge(once, one) == once


@many
@given(records, records)
def test_the_order_does_not_matter(one: Record, other: Record):
    """Two records give the same whichever comes first."""
    assert merge(one, other) == merge(other, one)


@many
@given(records, records, records)
def test_the_steps_do_not_matter(one: Record, two: Record, three: Record):
    """Three records give the same whether merged at once or one after another, in either way."""
    assert merge(merge(one, two), three) == merge(one, merge(two, three)) == merge(one, two, three)


@many
@given(records, records)
def test_no_answer_is_lost(one: Record, other: Record):
    """Every path of either record is still there, or a longer one of its family that begins with it."""
    merged = merge(one, other).attempts

    assert all(any(leads(old, new) for new in merged) for old in (*one.attempts, *other.attempts))


@many
@given(records, records)
def test_nothing_is_made_up(one: Record, other: Record):
    """Every merged attempt is one that was put in, but for its id."""
    put_in = {content(old) for old in (*one.attempts, *other.attempts)}

    assert {content(new) for new in merge(one, other).attempts} <= put_in


@many
@given(records)
def test_no_double_is_left(one: Record):
    """In a merged record no attempt of a family leads on to another, and no two of a family share an id."""
    merged = merge(one).attempts

    assert not [1 for n, a in enumerate(merged) for m, b in enumerate(merged) if n != m and leads(a, b)]
    assert len({(a.id, a.scenario, a.hash) for a in merged}) == len(merged)


@many
@given(records)
@example(record(attempt(begun=TIMES[2]), attempt("two", begun=TIMES[0])))
def test_the_merged_are_in_order_of_their_beginning(one: Record):
    """Attempts stand in order of `begun`, those begun at once in order of id."""
    keys = [(a.begun, a.id) for a in merge(one).attempts]

    assert keys == sorted(keys)


def test_the_longer_road_stays():
    """An attempt whose path another goes on from is the same attempt at an earlier moment."""
    merged = merge(record(attempt(path=("a/x",))), record(attempt(path=("a/x", "b/y"))))

    assert [one.path for one in merged.attempts] == [("a/x", "b/y")]


def test_two_roads_from_one_beginning_both_stay():
    """Where two browsers went on differently, the road touched last keeps the id and the other bears its hash."""
    old, new = attempt(path=("a/x",), touched=TIMES[0]), attempt(path=("a/y",), touched=TIMES[2])

    merged = merge(record(old), record(new)).attempts
    assert {one.id: one.path for one in merged} == {
        "one": ("a/y",),
        f"one~{fnv1a(content(old)):08x}": ("a/x",),
    }


def test_of_equal_roads_the_later_stays():
    """Of two attempts with equal paths the one touched last stays, with its confidence and its mode."""
    merged = merge(record(attempt(sure=(3,), touched=TIMES[2]), attempt(sure=(1,), touched=TIMES[0])))

    assert [one.sure for one in merged.attempts] == [(3,)]


def test_ties_are_broken_as_a_browser_breaks_them():
    """Text is compared by UTF-16 code units: an emoji comes before U+FFFD, though its code point is greater."""
    merged = merge(record(attempt(group="😀"), attempt(group="\ufffd")))

    assert [one.group for one in merged.attempts] == ["\ufffd"]


def test_the_canonical_form_is_what_the_docstring_says():
    """Keys sorted, no spaces, nothing left in that is not set, UTF-8 as it is; the id is no part of the content."""
    one = attempt(group="Zoë", hands=[{"y": 1, "x": 2}])

    assert content(one) == (
        '{"begun":"2026-11-24T09:00:00Z","group":"Zoë","hands":[{"x":2,"y":1}],"hash":"","mode":"guided",'
        '"path":["a/x"],"scenario":"a-case","sure":[0]}'
    )
    assert canonical('\x7f\u2028"\n') == '"\x7f\u2028\\"\\n"'


def test_the_hash_is_fnv_1a():
    """The hash is the published one: its values for the empty text, `a` and `foobar` are those of its authors."""
    assert [fnv1a(text) for text in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]
