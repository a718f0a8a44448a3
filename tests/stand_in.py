"""What stands in for the book and for a notebook where only one thing that plays is tested."""

from __future__ import annotations

import shutil
from pathlib import Path

from casework.book import GROUND, PLAYER, stylesheet

# Shows a live module in the page as a notebook does, with a model of its own; `watched` is what others may change.
LIVE = """async ([module, values, watched]) => {
    const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
    const { default: shown } = await import(address);
    const reactions = [];
    window.model = {
        get: (name) => values[name],
        set(name, value) { values[name] = value; if (name === watched) reactions.forEach((react) => react()); },
        save_changes() { window.saves = (window.saves ?? 0) + 1; },
        on: (event, react) => reactions.push(react),
        off: (event, react) => reactions.splice(reactions.indexOf(react), 1),
    };
    const el = document.body.appendChild(document.createElement("div"));
    window.takeDown = shown.render({ model: window.model, el });
    window.listeners = () => reactions.length;
}"""


def write_page(folder: Path, name: str, body: str, *scripts: str) -> str:
    """Write a page of the book with *body* and *scripts* into *folder*, and return its address."""
    for script in (*GROUND, *scripts):
        shutil.copy(PLAYER / script, folder)
    loaded = "".join(f'<script defer src="{script}"></script>' for script in (*GROUND, *scripts))
    page = folder / f"{name}.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A lesson</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{stylesheet()}</style>{loaded}</head><body><main id="main">'
        f"<h1>A lesson</h1><h2>Try it</h2>{body}<p>After it.</p></main></body></html>",
        encoding="utf-8",
    )
    return page.as_uri()
