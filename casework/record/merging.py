"""Merge records without doubles and without losing an answer. The browser does exactly the same (`record.js`).

The rules, for whoever writes them again elsewhere:

- **root**: an id up to its first `~`. **family**: the attempts that share root, scenario and hash.
- **canonical JSON**: keys sorted, no spaces, UTF-8 and not escaped, fields that are not set left out
  (`JSON.stringify` with sorted keys). **content**: the canonical JSON of an attempt without its `id`.
- Text is compared by its UTF-16 code units, as `<` does in JavaScript.
- **later**: of two attempts the one with the greater `touched` (`""` where there is none) is later; if these are
  equal, the one with the greater content.
- Of a family an attempt is dropped if its path is a proper prefix of another's, or if another with an equal path is
  later, or if another has equal content (then one of them stays).
- Of what remains the latest bears the root as its id; each other one bears `root~` and the 8 hexadecimal digits
  (lower case) of the 32-bit FNV-1a hash of its content.
- All attempts are ordered by `begun`, then `id`, then content.
- The learner's name is the least of those given.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from casework.record.attempts import FORMAT, Attempt, Record


def merge(*records: Record) -> Record:
    """Return one record with all that *records* hold: in any order, as often as one likes, to the same result."""
    families: dict[tuple[str, str, str], list[Attempt]] = defaultdict(list)
    for record in records:
        for attempt in record.attempts:
            families[attempt.root, attempt.scenario, attempt.hash].append(attempt)
    attempts = [attempt for family in families.values() for attempt in _settle(family)]
    attempts.sort(key=lambda one: (units(one.begun), units(one.id), units(content(one))))
    names = sorted((record.learner for record in records if record.learner), key=units)
    return Record(format=FORMAT, learner=names[0] if names else None, attempts=tuple(attempts))


def _settle(family: list[Attempt]) -> Iterable[Attempt]:
    """Yield what no other of *family* goes on from, the latest first, under their settled ids."""
    if len(family) == 1:
        (alone,) = family
        yield alone if alone.id == alone.root else alone.model_copy(update={"id": alone.root})
        return
    latest_first = sorted(family, key=lambda one: (units(one.touched or ""), units(content(one))), reverse=True)
    paths: dict[tuple[str, ...], Attempt] = {}
    for attempt in latest_first:
        paths.setdefault(attempt.path, attempt)
    led_past = {path[:length] for path in paths for length in range(len(path))}
    kept = [attempt for path, attempt in paths.items() if path not in led_past]
    for number, attempt in enumerate(kept):
        id = f"{attempt.root}~{fnv1a(content(attempt)):08x}" if number else attempt.root
        yield attempt.model_copy(update={"id": id})


def content(attempt: Attempt) -> str:
    """Return everything about *attempt* but its id, as canonical JSON."""
    plain = attempt.plain()
    del plain["id"]
    return canonical(plain)


def canonical(value: Any) -> str:
    """Return JSON data as text, the same for the same value: keys sorted, no spaces, nothing escaped needlessly."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def units(text: str) -> bytes:
    """Return a key that sorts *text* as JavaScript does: by UTF-16 code units."""
    return text.encode("utf-16-be")


def fnv1a(text: str) -> int:
    """Return the 32-bit FNV-1a hash of *text* in UTF-8: no cryptography, which a page from a file may not have."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value
