"""xAPI statements: valid by the specification's rules, the same every time, and saying what the replay says."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from xapi_rules import faults

from casework.cli import main
from casework.errors import CaseworkError
from casework.library import Library
from casework.record import Record, replayed
from casework.simulate import simulate, write
from casework.xapi import agent, statements

HOME = "https://service.example"
ACTOR = agent(HOME, "Ann", "ann@service.example")


@pytest.fixture(scope="module")
def record(library: Library) -> Record:
    """A synthetic record, with a lesson marked as read, a review and an attempt at an older edition."""
    (made,) = simulate(1, 12, library)
    (drill, *_) = library.drills.values()
    times = {"begun": "2026-11-24T09:30:00.000Z", "touched": "2026-11-24T09:40:00.000Z"}
    more = [
        {"id": "r", "scenario": "lesson-01", "hash": "", "mode": "read", "path": ["lesson-01/read"], "sure": [0]},
        {"id": "s", "scenario": "review", "hash": "", "mode": "review", "sure": [3, 3]},
        {"id": "t", "scenario": "noor-no-label", "hash": "00ff", "mode": "guided", "path": ["a/b"], "sure": [0]},
        {"id": "u", "scenario": "noor-no-label", "hash": "00ff", "mode": "guided", "path": [], "sure": []},
    ]
    more[1]["path"] = [f"{drill.id}/{drill.choices[0].id}"] * 2
    data = made.plain()
    return Record.model_validate(data | {"attempts": [*data["attempts"], *({**one, **times} for one in more)]})


@pytest.fixture(scope="module")
def made(record: Record, library: Library) -> list[dict[str, Any]]:
    """The statements of the record."""
    return statements(record, library, ACTOR, HOME)


def test_every_statement_is_valid(made: list[dict[str, Any]]):
    """No statement breaks a rule of the specification, and each survives being written as JSON."""
    assert len(made) > 20
    assert [fault for one in made for fault in faults(json.loads(json.dumps(one)))] == []


def test_the_actor_may_be_an_account(record: Record, library: Library):
    """Without an address the actor is an account under the home, and the statements are as valid."""
    made = statements(record, library, agent(HOME, "Ann"), HOME)

    assert made[0]["actor"]["account"] == {"homePage": HOME, "name": "Ann"}
    assert [fault for one in made for fault in faults(one)] == []


def at(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Return a change that puts *value* at the dotted *path*, or takes it away where the value is `...`."""
    *above, last = path.split(".")

    def change(statement: dict[str, Any]) -> None:
        part = statement
        for name in above:
            part = part[int(name)] if name.isdigit() else part[name]
        if value is ...:
            del part[last]
        else:
            part[last] = value

    return change


DAMAGE = {
    "no actor": at("actor", ...),
    "no verb": at("verb", ...),
    "no object": at("object", ...),
    "an id that is no UUID": at("id", "1234"),
    "a null": at("result.response", None),
    "a foreign property": at("mood", "cheerful"),
    "a verb that is no IRI": at("verb.id", "answered"),
    "a display that is text": at("verb.display", "answered"),
    "a language that is none": at("verb.display", {"english please": "answered"}),
    "an activity that is no IRI": at("object.id", "noor no label"),
    "a type that is no IRI": at("object.definition.type", "question"),
    "an unknown interaction": at("object.definition.interactionType", "guess"),
    "choices without a type": at("object.definition.interactionType", ...),
    "two choices of one id": at("object.definition.choices", [{"id": "a"}, {"id": "a"}]),
    "an id with a space": at("object.definition.choices", [{"id": "a b"}]),
    "success in words": at("result.success", "true"),
    "a response that is a number": at("result.response", 3),
    "a score over one": at("result.score.scaled", 1.5),
    "a raw score over its most": at("result.score.raw", 9),
    "an extension without an IRI": at("result.extensions", {"quality": "sound"}),
    "a registration that is none": at("context.registration", "today"),
    "a context that is unknown": at("context.room", "4"),
    "a local time": at("timestamp", "2026-11-24T09:30:00"),
    "an impossible hour": at("timestamp", "2026-11-24T25:30:00Z"),
    "another version": at("version", "2.0"),
    "two identities": at("actor.openid", "https://service.example/ann"),
    "no identity": at("actor.mbox", ...),
    "an address without mailto": at("actor.mbox", "ann@service.example"),
    "a parent that is no activity": at("context.contextActivities", {"parent": [{"objectType": "Agent"}]}),
}


@pytest.mark.parametrize("name", sorted(DAMAGE))
def test_the_rules_notice_damage(name: str, made: list[dict[str, Any]]):
    """Each kind of damage to a good statement is found: the rules can fail."""
    broken = copy.deepcopy(made[0])
    DAMAGE[name](broken)

    assert faults(broken)


def test_there_is_one_a_decision_and_one_an_ending(made: list[dict[str, Any]], record: Record, library: Library):
    """Every decision that can be replayed is answered once, every attempt that ended is completed once."""
    played = replayed(record, library)
    verbs = [one["verb"]["id"].rsplit("/", 1)[1] for one in made]

    assert verbs.count("answered") == sum(len(one.decisions) for one in played)
    assert verbs.count("completed") == sum(bool(one.ended) for one in played)
    assert {one["verb"]["id"].rsplit("/", 1)[0] for one in made} == {"http://adlnet.gov/expapi/verbs"}


def test_a_statement_says_what_the_replay_says(made: list[dict[str, Any]], record: Record, library: Library):
    """Response, success, misconception and confidence are those of the decisions, in order."""
    decisions = [one for played in replayed(record, library) for one in played.decisions]
    answered = [one["result"] for one in made if one["verb"]["id"].endswith("answered")]
    for result, decision in zip(answered, decisions, strict=True):
        extensions = result["extensions"]

        assert result["response"] == decision.choice
        assert result.get("success") == {"sound": True, "unsound": False}.get(decision.quality)
        belief = f"{HOME}/misconceptions/{decision.misconception}" if decision.misconception else None
        assert extensions.get(f"{HOME}/xapi/misconception") == belief
        assert extensions.get(f"{HOME}/xapi/confidence", 0) == decision.sure


def test_exporting_twice_gives_the_same(made: list[dict[str, Any]], record: Record, library: Library):
    """The same record gives the same statements with the same ids, none twice; another actor gives others."""
    ids = [one["id"] for one in made]

    assert statements(record, library, ACTOR, HOME) == made
    assert len(set(ids)) == len(ids) and {UUID(id).version for id in ids} == {5}
    others = statements(record, library, agent(HOME, "Bo"), HOME)
    assert not set(ids) & {one["id"] for one in others}


def test_playing_on_leaves_the_old_statements(made: list[dict[str, Any]], record: Record, library: Library):
    """A record saved earlier gives a part of the statements that it gives later: a store gets no double."""
    first = record.attempts[0]
    part = first.model_copy(update={"path": first.path[:1], "sure": first.sure[:1], "touched": None})
    early = statements(Record.model_construct(format=1, learner=None, attempts=(part,)), library, ACTOR, HOME)

    assert len(early) == 1
    assert early[0] in made


def test_one_attempt_is_one_registration(made: list[dict[str, Any]], record: Record, library: Library):
    """All statements of an attempt share a registration, and no other attempt has it."""
    played = [one for one in replayed(record, library) if not one.stale]

    assert len({one["context"]["registration"] for one in made}) == len(played)


def test_every_id_lies_under_the_home(made: list[dict[str, Any]]):
    """Apart from ADL's words, no address but the home is named."""
    found = set(re.findall(r"https?://[^/\"]+", json.dumps(made)))

    assert found == {HOME, "http://adlnet.gov"}


@pytest.mark.parametrize("home", ["", "service", "https://…", "https://a b", "ftp://x", "javascript:alert(1)"])
def test_a_home_that_is_none_is_refused(home: str, record: Record, library: Library):
    """Ids are built on a web address; anything else is a clear error."""
    with pytest.raises(CaseworkError, match="is not a web address"):
        statements(record, library, ACTOR, home)


def test_an_actor_needs_an_identity():
    """Neither name nor address, or an address that is none, is a clear error."""
    with pytest.raises(CaseworkError, match="--mbox"):
        agent(HOME)
    with pytest.raises(CaseworkError, match="not an e-mail address"):
        agent(HOME, "Ann", "ann at home")


def test_the_command_writes_statements(library: Library, tmp_path: Path, capsys: Any):
    """`casework xapi` writes the file, with ids under the address that was given, or the service's first link."""
    (path,) = write(simulate(1, 2, library), tmp_path)
    target = tmp_path / "statements.json"

    assert main(["xapi", str(path), "-o", str(target), "--mbox", "ann@x.example", "--home", f"{HOME}/"]) == 0
    made = json.loads(target.read_text("utf-8"))
    assert all(one["object"]["id"].startswith(f"{HOME}/") for one in made)
    assert not [fault for one in made for fault in faults(one)]
    assert main(["xapi", str(path), "-o", str(target)]) == 0
    assert library.service.links[0].href in capsys.readouterr().out


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: Any):
    """A file that is no record is refused by `xapi` in one line, and nothing is written."""
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")

    assert main(["xapi", str(tmp_path / "x.json"), "-o", str(tmp_path / "y.json")]) == 1
    assert "not a learner’s record" in capsys.readouterr().err and not (tmp_path / "y.json").exists()
