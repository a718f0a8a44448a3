"""What players call things, and what the ledger of a case may say of its sum: said here once, for every host."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from casework.funding.rates import in_pounds

QUALITY = {"sound": "A sound move", "arguable": "Can be argued", "unsound": "A common mistake"}
VERDICT = {"well": "It turned out well", "partly": "It turned out in part", "not-yet": "It has not turned out yet"}
_NO_CONDITION = "a condition of asking for an EHC needs assessment (section 36(8), Children and Families Act 2014)."
_PRACTICE = "Prices are for practice only."
# By whose costs a case adds up; entries 4.09, 4.19, 4.21 and 5.12 of the facts ledger carry the wording.
LEDGER = {
    "child": {
        "title": "What the support costs in a year",
        "running": "the support so far costs, a year",
        "school": "Of this, up to {threshold}: what school is expected to find",
        "above": "Above it: what a request for top-up funding could be about",
        "note": f"Neither sum is {_NO_CONDITION} {_PRACTICE}",
    },
    "school": {
        "title": "What was decided, and what it costs",
        "running": "decided on so far",
        "note": f"These are the school’s sums, not one child’s; no sum is {_NO_CONDITION} {_PRACTICE}",
    },
}


def words(costs_for: str | None, threshold: Fraction) -> dict[str, Any]:
    """Return the words that a graph hands to its players.

    *costs_for* is `child`, `school`, or None where nothing is bought; *threshold* is in pounds.
    """
    said: dict[str, Any] = {"quality": QUALITY, "verdict": VERDICT}
    if costs_for:
        amount = in_pounds(threshold)
        said["ledger"] = {name: text.format(threshold=amount) for name, text in LEDGER[costs_for].items()}
    return said
