"""Casework: scenarios of SEN Support, checked and compiled in Python, played anywhere.

The front door of a notebook is `play`, `drill` and `plan`; what is heavy is imported when somebody uses it.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
_DOORS = {"drill": "widget", "plan": "planner", "play": "widget"}
__all__ = ["drill", "plan", "play"]


def __getattr__(name: str) -> Any:
    """Import the player only when a notebook asks for it, so that `casework check` starts at once."""
    if name in _DOORS:
        from importlib import import_module

        return getattr(import_module(f"casework.player.{_DOORS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
