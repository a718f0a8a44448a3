"""What xAPI 1.0.3 asks of a statement, written from part two of its specification: `faults` lists what is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
TIME = re.compile(
    r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](?!00:00)\d\d:\d\d)"
)
MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+")
STATEMENT = {"id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {
    "registration",
    "instructor",
    "team",
    "contextActivities",
    "revision",
    "platform",
    "language",
    "statement",
    "extensions",
}
DEFINITION = {
    "name",
    "description",
    "type",
    "moreInfo",
    "interactionType",
    "correctResponsesPattern",
    "choices",
    "extensions",
}
INTERACTIONS = {
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
}
IDENTIFIERS = {"mbox", "mbox_sha1sum", "openid", "account"}


def faults(statement: Any) -> list[str]:
    """Return one line for each rule that *statement* breaks."""
    if not isinstance(statement, dict):
        return ["a statement is an object"]
    return [*_nulls(statement, "statement"), *_keys(statement, STATEMENT, "statement"), *_parts(statement)]


def _parts(statement: dict[str, Any]) -> Iterator[str]:
    for needed in ("actor", "verb", "object"):
        if needed not in statement:
            yield f"{needed} is missing"
    if not _matches(UUID, statement.get("id", "")):
        yield "id is no UUID"
    if not _matches(TIME, statement.get("timestamp", "")):
        yield "timestamp is no ISO 8601 time with a zone"
    if not re.fullmatch(r"1\.0(\.\d+)?", str(statement.get("version", "1.0"))):
        yield "version is not of 1.0"
    yield from _actor(statement.get("actor"))
    yield from _verb(statement.get("verb"))
    yield from _activity(statement.get("object"), "object")
    yield from _result(statement.get("result", {}))
    yield from _context(statement.get("context", {}))


def _nulls(value: Any, at: str) -> Iterator[str]:
    """Nothing is null, and no key is empty, except inside extensions."""
    if value is None:
        yield f"{at} is null"
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name != "extensions":
                yield from _nulls(inner, f"{at}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _nulls(inner, f"{at}[]")


def _keys(value: dict[str, Any], allowed: set[str], at: str) -> Iterator[str]:
    yield from (f"{at} has a property {name}" for name in value if name not in allowed)


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _actor(actor: Any) -> Iterator[str]:
    if not isinstance(actor, dict):
        yield "actor is no object"
        return
    yield from _keys(actor, {"objectType", "name", *IDENTIFIERS}, "actor")
    if actor.get("objectType", "Agent") != "Agent":
        yield "actor is no Agent"
    if len(IDENTIFIERS & set(actor)) != 1:
        yield "actor has not exactly one inverse functional identifier"
    if "mbox" in actor and not _matches(MAIL, actor["mbox"]):
        yield "mbox is no mailto IRI"
    if not isinstance(actor.get("name", ""), str):
        yield "the actor's name is no text"
    account = actor.get("account", {"homePage": "x:y", "name": "x"})
    if not isinstance(account, dict) or set(account) != {"homePage", "name"}:
        yield "account is not a homePage with a name"
    elif not _matches(IRI, account["homePage"]) or not isinstance(account["name"], str):
        yield "the account's homePage is no IRL, or its name no text"


def _verb(verb: Any) -> Iterator[str]:
    if not isinstance(verb, dict):
        yield "verb is no object"
        return
    yield from _keys(verb, {"id", "display"}, "verb")
    if not _matches(IRI, verb.get("id")):
        yield "the verb's id is no IRI"
    yield from _language_map(verb.get("display", {}), "display")


def _language_map(value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is no language map"
        return
    for tag, text in value.items():
        if not TAG.fullmatch(tag) or not isinstance(text, str):
            yield f"{at} is no language map: {tag}"


def _activity(activity: Any, at: str) -> Iterator[str]:
    if not isinstance(activity, dict):
        yield f"{at} is no object"
        return
    yield from _keys(activity, {"objectType", "id", "definition"}, at)
    if activity.get("objectType", "Activity") != "Activity":
        yield f"{at} is no Activity"
    if not _matches(IRI, activity.get("id")):
        yield f"the id of {at} is no IRI"
    definition = activity.get("definition", {})
    yield from _keys(definition, DEFINITION, f"{at}.definition")
    yield from _language_map(definition.get("name", {}), "name")
    yield from _language_map(definition.get("description", {}), "description")
    if "type" in definition and not _matches(IRI, definition["type"]):
        yield f"the type of {at} is no IRI"
    yield from _interaction(definition, at)


def _interaction(definition: dict[str, Any], at: str) -> Iterator[str]:
    kind = definition.get("interactionType")
    if kind is None and {"choices", "correctResponsesPattern"} & set(definition):
        yield f"{at} has choices and no interactionType"
    if kind is not None and kind not in INTERACTIONS:
        yield f"the interactionType of {at} is unknown"
    if not all(isinstance(one, str) for one in definition.get("correctResponsesPattern", [])):
        yield f"correctResponsesPattern of {at} is no list of texts"
    ids = [one.get("id") for one in definition.get("choices", [])]
    if len(set(ids)) < len(ids) or not all(isinstance(id, str) and id and not re.search(r"\s", id) for id in ids):
        yield f"the choices of {at} have not each an id of their own"
    for choice in definition.get("choices", []):
        yield from _keys(choice, {"id", "description"}, "choice")
        yield from _language_map(choice.get("description", {}), "choice")


def _result(result: Any) -> Iterator[str]:
    yield from _keys(result, RESULT, "result")
    for name, kind in (("success", bool), ("completion", bool), ("response", str)):
        if name in result and not isinstance(result[name], kind):
            yield f"{name} is of the wrong type"
    yield from _extensions(result)
    score = result.get("score", {})
    yield from _keys(score, {"scaled", "raw", "min", "max"}, "score")
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in score.values()):
        yield "a score is no number"
    elif not -1 <= score.get("scaled", 0) <= 1:
        yield "scaled is not from -1 to 1"
    elif not score.get("min", -1e9) <= score.get("raw", 0) <= score.get("max", 1e9):
        yield "raw is not between min and max"
    elif not score.get("min", -1e9) < score.get("max", 1e9):
        yield "min is not less than max"


def _context(context: Any) -> Iterator[str]:
    yield from _keys(context, CONTEXT, "context")
    if "registration" in context and not _matches(UUID, context["registration"]):
        yield "registration is no UUID"
    if "language" in context and not _matches(TAG, context["language"]):
        yield "language is no language tag"
    if not isinstance(context.get("platform", ""), str):
        yield "platform is no text"
    yield from _extensions(context)
    activities = context.get("contextActivities", {})
    yield from _keys(activities, {"parent", "grouping", "category", "other"}, "contextActivities")
    for name, found in activities.items():
        for one in found if isinstance(found, list) else [found]:
            yield from _activity(one, name)


def _extensions(part: dict[str, Any]) -> Iterator[str]:
    for name in part.get("extensions", {}):
        if not IRI.fullmatch(name):
            yield f"the extension {name} is no IRI"
