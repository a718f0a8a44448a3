"""How old a reader has to be to follow a text, by the Automated Readability Index of the library textstat.

The index looks at the length of words and sentences only, so it is a warning light, not a judge. It is the one
of textstat's measures that needs no dictionary, and so no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from casework.scenario import Scenario

OLDEST = 14.0  # years: what scenes and coaching may ask of a reader
_QUOTED = re.compile(r"“[^”]*”")
_MARKS = re.compile(r"[*_>#`|]")


def reading_age(texts: Iterable[str]) -> float:
    """Return the reading age in years of *texts* taken together: the index's school grade and five years."""
    import textstat

    plain = " ".join(_MARKS.sub("", text) for text in texts)
    return textstat.automated_readability_index(plain) + 5


def reading_ages(scenario: Scenario) -> dict[str, float]:
    """Return the reading age of a scenario's scenes and of its coaching, without what the coaching quotes."""
    choices = [choice for node in scenario.nodes.values() for choice in node.choices]
    scenes = [node.text for node in scenario.nodes.values()] + [choice.then for choice in choices]
    cards = [option for card in scenario.variations for option in card.choices]
    coaching = [_QUOTED.sub("", option.why) for option in (*choices, *cards)]
    return {"scenes": reading_age(scenes), "coaching": reading_age(coaching)}


def too_hard(scenarios: Mapping[str, Scenario]) -> list[str]:
    """Return a warning for each scenario whose scenes or coaching ask for a reader older than `OLDEST`."""
    return [
        f"{id}: the {part} ask for a reader of {age:.0f}; {OLDEST:.0f} is the most. Shorten sentences and words."
        for id, scenario in scenarios.items()
        for part, age in reading_ages(scenario).items()
        if age > OLDEST
    ]
