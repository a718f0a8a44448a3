"""A record as xAPI 1.0.3 statements, for a learning record store: one a decision, one an attempt that was ended.

Ids are derived from what a statement says, so exporting twice gives the same statements and a store keeps one. A
record knows when an attempt was begun and last touched, not when each choice was made: a decision bears the time at
which its attempt was begun. Attempts at an older edition of the course, and empty ones, give no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from casework.errors import CaseworkError
from casework.library import Library
from casework.record import Decision, Played, Record, replayed
from casework.record.course import course_of
from casework.record.merging import canonical

VERSION = "1.0.3"
LANGUAGE = "en-GB"
ADL = "http://adlnet.gov/expapi"
VERBS = {"answered": f"{ADL}/verbs/answered", "completed": f"{ADL}/verbs/completed"}
TYPES = {
    "question": f"{ADL}/activities/cmi.interaction",
    "scenario": f"{ADL}/activities/simulation",
    "assessment": f"{ADL}/activities/assessment",
    "lesson": f"{ADL}/activities/lesson",
}
_HOME = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
Statement = dict[str, Any]


def agent(home: str, name: str | None = None, mbox: str | None = None) -> dict[str, Any]:
    """Return the actor called *name* and known by the address *mbox*, or else by *name* as an account at *home*.

    Raises `CaseworkError` if neither is given, or *mbox* is no address.
    """
    if not name and not mbox:
        raise CaseworkError("Say whose statements these are: --mbox somebody@example.org, or --name.")
    if not mbox:
        return {"objectType": "Agent", "name": name, "account": {"homePage": _home(home), "name": name}}
    address = mbox.removeprefix("mailto:")
    if not _MAIL.fullmatch(address):
        raise CaseworkError(f'"{mbox}" is not an e-mail address.')
    return {"objectType": "Agent", **({"name": name} if name else {}), "mbox": f"mailto:{address}"}


def statements(record: Record, library: Library, actor: Mapping[str, Any], home: str) -> list[Statement]:
    """Return the statements of *record* about *actor* (see `agent`), whose activity ids lie under *home*.

    *home* is a web address of the service; nothing is fetched from it. Raises `CaseworkError` if it is none.
    """
    writer = _Writer(library, dict(actor), _home(home))
    found = {one["id"]: one for played in replayed(record, library) for one in writer.of(played)}
    return list(found.values())


def home_of(library: Library) -> str:
    """Return the address of the service's first link; raises `CaseworkError` where its file has none."""
    if not library.service.links:
        raise CaseworkError("Say under which address ids are to lie, one of your service’s own: --home https://…")
    return library.service.links[0].href


def _home(home: str) -> str:
    if not _HOME.fullmatch(home):
        raise CaseworkError(f'"{home}" is not a web address. Give your service’s own: --home https://…')
    return home.rstrip("/")


class _Writer:
    """Writes statements about one actor, with ids under one home."""

    def __init__(self, library: Library, actor: dict[str, Any], home: str) -> None:
        self.course, self.actor, self.home = course_of(library), actor, home
        self.namespace = uuid5(NAMESPACE_URL, home)

    def of(self, played: Played) -> Iterator[Statement]:
        """Yield the statements of one attempt."""
        for number, decision in enumerate(played.decisions):
            yield self._statement(
                played, "answered", self._question(played, decision), _answer(decision, self.home), number
            )
        if played.ended and not played.stale:
            yield self._statement(played, "completed", self._activity(played), _result(played), len(played.decisions))

    def _statement(self, played: Played, verb: str, about: Statement, result: Statement, number: int) -> Statement:
        statement = {
            "actor": self.actor,
            "verb": {"id": VERBS[verb], "display": {LANGUAGE: verb}},
            "object": about,
            "result": result,
            "context": self._context(played, verb),
            "timestamp": played.touched if verb == "completed" else played.begun,
            "version": VERSION,
        }
        return {"id": str(uuid5(self.namespace, f"{number} {canonical(statement)}")), **statement}

    def _context(self, played: Played, verb: str) -> Statement:
        attempt = played.attempt
        context: Statement = {
            "registration": str(self._registration(played)),
            "platform": "Needs First",
            "language": LANGUAGE,
            "extensions": {
                f"{self.home}/xapi/edition": attempt.hash or "none",
                f"{self.home}/xapi/mode": attempt.mode,
            },
        }
        if verb == "answered":
            context["contextActivities"] = {"parent": [self._activity(played)]}
        return context

    def _registration(self, played: Played) -> UUID:
        attempt = played.attempt
        return uuid5(self.namespace, f"{attempt.root} {attempt.scenario} {attempt.hash}")

    def _activity(self, played: Played) -> Statement:
        folder = "scenarios" if played.kind == "scenario" else "activities"
        type = TYPES.get(played.kind, TYPES["assessment"])
        definition = {"type": type, "name": {LANGUAGE: played.title}}
        return {
            "objectType": "Activity",
            "id": f"{self.home}/{folder}/{played.attempt.scenario}",
            "definition": definition,
        }

    def _question(self, played: Played, decision: Decision) -> Statement:
        if played.kind == "scenario":
            node = self.course.graph(played.attempt.scenario).data["nodes"][decision.node]
            title, ask, options = node["title"], node["ask"], node["choices"]
            id = f"{self.home}/scenarios/{played.attempt.scenario}/{decision.node}"
        else:
            drill = self.course.drills[decision.node]
            title, ask, options = drill.title, drill.ask, {one.id: dict(one) for one in drill.choices}
            id = f"{self.home}/drills/{drill.id}"
        definition = {
            "type": TYPES["question"],
            "name": {LANGUAGE: title},
            "description": {LANGUAGE: ask},
            "interactionType": "choice",
            "choices": [{"id": name, "description": {LANGUAGE: one["text"]}} for name, one in options.items()],
            "correctResponsesPattern": [name for name, one in options.items() if one["quality"] == "sound"],
        }
        return {"objectType": "Activity", "id": id, "definition": definition}


def _answer(decision: Decision, home: str) -> Statement:
    """Return the result of a decision; of one that can be argued nobody says whether it succeeded."""
    extensions = {f"{home}/xapi/quality": decision.quality}
    if decision.misconception:
        extensions[f"{home}/xapi/misconception"] = f"{home}/misconceptions/{decision.misconception}"
    if decision.sure:
        extensions[f"{home}/xapi/confidence"] = decision.sure
    result: Statement = {"response": decision.choice, "score": _score(decision.points, 2), "extensions": extensions}
    if decision.quality != "arguable":
        result["success"] = decision.quality == "sound"
    return result


def _result(played: Played) -> Statement:
    points, most = played.score
    result: Statement = {"completion": True}
    if most:
        result["score"] = _score(points, most)
    if played.verdict:
        result["response"] = played.verdict
    return result


def _score(points: int, most: int) -> Statement:
    return {"scaled": round(points / most, 4), "raw": points, "min": 0, "max": most}
