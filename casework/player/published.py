"""An ipywidget that survives publishing: alive in a notebook, plain HTML wherever no Python answers.

The one door to anywidget.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

STATIC = Path(__file__).parent / "static"


def module(global_name: str, *scripts: str) -> str:
    """Return the static *scripts* as one module for a live notebook, which draws with *global_name*.

    A page loads the same bytes as classic scripts, in the same order, and only a module may have an export.
    """
    return joined(*scripts) + f"\nexport default {{ render: {global_name}.render }};\n"


def joined(*names: str) -> str:
    """Return the static files *names* as one."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


class Published(anywidget.AnyWidget):
    """A widget that also has a static form; a subclass says what that is."""

    def page_html(self) -> str:
        """Return what a page of the book shows."""
        raise NotImplementedError

    def in_words(self) -> str:
        """Return what stands where not even HTML can be shown."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add the page's HTML to the live view: a book prefers it, a notebook with Python does not look at it."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/html"] = self.page_html()
            data["text/plain"] = self.in_words()
        return bundle
