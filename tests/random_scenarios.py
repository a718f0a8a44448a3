"""Random small scenarios with facts, conditions, routes, papers and purchases, for tests against an interpreter."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import Any

from casework.library import Library
from casework.scenario import Scenario

FACTS = ("asked", "told", "agreed")
PAPERS = ("note", "plan")
STUB = SimpleNamespace(
    authorities={
        "act": SimpleNamespace(short="the Act", says="…", href="https://x", status="confirmed", kind="statute")
    },
    misconceptions={"belief": SimpleNamespace(name="…", said="…", right="…")},
    rates=Library().rates,
    lessons=[],
)


def random_scenario(random: Random) -> Scenario:
    """Return a scenario of 2 to 9 nodes whose choices lead onward, so that every road ends."""
    count = random.randint(2, 9)
    nodes = {f"n{number}": _scene(random, number, count) for number in range(count)}
    nodes[f"n{count}"] = {"stage": "close", "title": "E", "text": "E", "verdict": "well", "epilogue": "E"}
    return Scenario.model_validate(
        {
            "title": "T",
            "about": "A",
            "role": "R",
            "minutes": 5,
            "area": ["cognition-and-learning"],
            "phase": "primary",
            "setting": "maintained",
            "teaches": ["S04"],
            "checked": "2026-11-24",
            "priced": "2026-09-01",
            "start": "n0",
            "files": random.sample(PAPERS, random.randint(0, 1)),
            "marks": {fact: fact for fact in FACTS},
            "papers": {
                paper: {"title": paper, "kind": "note", "from": "X", "dated": "D", "text": "T"} for paper in PAPERS
            },
            "nodes": nodes,
            "reflect": ["Q", "Q"],
            "variations": [{"change": "C", "ask": "A", "choices": [_option(random, "a"), _option(random, "b")]}],
            "notes": {"purpose": "P", "prompts": ["P"], "splits": "S"},
        }
    )


def _scene(random: Random, number: int, count: int) -> dict[str, Any]:
    choices = [_choice(random, f"c{n}", number, count) for n in range(random.randint(1, 4))]
    stage = random.choice(["enquiry", "assess", "plan", "do", "review", "escalate"])
    return {"stage": stage, "title": f"N{number}", "text": "T", "ask": "A", "choices": choices}


def _choice(random: Random, id: str, number: int, count: int) -> dict[str, Any]:
    onward = [f"n{n}" for n in range(number + 1, count + 1)]
    routes = [{"to": random.choice(onward), **_condition(random)} for _ in range(random.randint(0, 2))]
    line = {"what": "W", "rate": "ta-hour", "hours": str(random.randint(1, 99) / 8), "weeks": "38"}
    return {
        **_option(random, id),
        **(_condition(random) if id != "c0" else {}),
        "then": "T",
        "weeks": random.randint(0, 6),
        "marks": random.sample(FACTS, random.randint(0, 2)),
        "files": random.sample(PAPERS, random.randint(0, 1)),
        "buys": [{**line, "group": str(random.randint(1, 7))}] if random.random() < 0.4 else [],
        "to": [*routes, {"to": random.choice(onward)}],
    }


def _condition(random: Random) -> dict[str, list[str]]:
    facts = [*FACTS, *PAPERS]
    return {"needs": random.sample(facts, random.randint(0, 1)), "unless": random.sample(facts, random.randint(0, 1))}


def _option(random: Random, id: str) -> dict[str, Any]:
    # The first choice is always on offer and sound, as the laws ask of a real scenario.
    quality = "sound" if id == "c0" else random.choice(["sound", "arguable", "unsound"])
    belief = {"misconception": "belief"} if quality == "unsound" else {}
    return {"id": id, "text": id, "why": "W", "quality": quality, "cites": ["act"], **belief}
