"""Casework: scenarios of SEN Support, checked and compiled in Python, played anywhere.

The front door of a notebook is `play` and `drill`; what is heavy is imported when somebody uses it.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["drill", "play"]


def __getattr__(name: str) -> Any:
    """Import the player only when a notebook asks for it, so that `casework check` starts at once."""
    if name in __all__:
        from casework.player import widget

        return getattr(widget, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
