"""The theme's colours by name, so that a drawing can follow light and dark."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent / "player" / "static" / "tokens.css"

COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)
_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});", re.IGNORECASE)


@cache
def tokens() -> dict[str, str]:
    """Return the light colours of the theme, name to `#rrggbb`; two names never share a colour."""
    light = TOKENS.read_text(encoding="utf-8").split("@media")[0]
    return {name: hexed.lower() for name, hexed in _TOKEN.findall(light)}


def colour(name: str) -> str:
    """Return the colour to draw *name* with: it stands for the token, and becomes it in the SVG."""
    return tokens()[name]


def themed(css: str) -> str:
    """Replace each colour in *css* by its token, which keeps the colour for a page that has no theme.

    Raises `ValueError` for a colour that is no token: it would not follow the reader's light or dark.
    """
    names = {hexed: name for name, hexed in tokens().items()}

    def token(found: re.Match[str]) -> str:
        hexed = found[0].lower()
        if hexed not in names:
            raise ValueError(f"{hexed} is no colour of the theme; draw with colour(name)")
        return f"var(--{names[hexed]},{hexed})"

    return COLOUR.sub(token, css)
