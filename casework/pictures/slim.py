"""From matplotlib's SVG to ours: a flat list of small elements that follow the theme and can be shared by frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from casework.pictures.tokens import themed

# Stands before every id until the page's own prefix is known. It cannot occur in XML, so it meets no other text.
MARK = "\x00"

_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)|^#([\w-]+)$")
_UNTURNED = re.compile(r"rotate\(-?0(?:\.0)? ")
_DEFAULTS = {
    "stroke-linejoin": "miter",
    "stroke-linecap": "butt",
    "stroke-dashoffset": "0",
    "text-anchor": "start",
    "font-weight": "400",
}
_LEFT_OUT = {"metadata", "style"}


class Drawing(NamedTuple):
    """An SVG without its outermost element: `box` its view box, `parts` its elements from back to front."""

    box: str
    parts: tuple[str, ...]


def slim(svg: str) -> Drawing:
    """Return the drawing of *svg*, matplotlib's own text. Raises `ValueError` for a colour that is no token."""
    root = ElementTree.fromstring(svg)
    kept = {name for element in root.iter() for name in _references(element)}
    return Drawing(_rounded(root.attrib["viewBox"]), tuple(_parts(root, kept)))


def _references(element: Element) -> Iterator[str]:
    for value in element.attrib.values():
        for pair in _REFERENCE.findall(value):
            yield pair[0] or pair[1]


def _parts(element: Element, kept: set[str]) -> Iterator[str]:
    for child in element:
        tag = _local(child.tag)
        if tag == "defs":
            yield from (f"<defs>{_written(part, kept)}</defs>" for part in child if _local(part.tag) not in _LEFT_OUT)
        elif tag == "g" and not set(child.attrib) - {"id"}:
            yield from _parts(child, kept)
        elif tag not in _LEFT_OUT:
            yield _written(child, kept)


def _written(element: Element, kept: set[str]) -> str:
    tag = _local(element.tag)
    pairs = (_attribute(_local(name), value, kept) for name, value in element.attrib.items())
    inner = escape((element.text or "").strip(), quote=False) + "".join(_written(child, kept) for child in element)
    opening = " ".join([tag, *filter(None, pairs)])
    return f"<{opening}>{inner}</{tag}>" if inner else f"<{opening}/>"


def _attribute(name: str, value: str, kept: set[str]) -> str:
    if (name == "id" and value not in kept) or (name == "transform" and _UNTURNED.match(value)):
        return ""
    if name == "id":
        value = MARK + value
    elif name == "style":
        value = _style(value)
    elif name == "d":
        value = re.sub(r" ?([A-Za-z]) ?", r"\1", _rounded(" ".join(value.split())))
    else:
        value = themed(_rounded(value))
    value = _REFERENCE.sub(lambda found: found[0].replace("#", f"#{MARK}"), value)
    return f'{name}="{escape(value)}"' if value else ""


def _style(value: str) -> str:
    pairs = [[part.strip() for part in pair.split(":", 1)] for pair in value.split(";") if pair.strip()]
    kept = [(name, said) for name, said in pairs if name != "font-family" and _DEFAULTS.get(name) != said]
    return themed(_rounded(";".join(f"{name}:{said}" for name, said in kept)))


def _rounded(text: str) -> str:
    """Round every number to a tenth of a unit: finer than any screen shows."""
    return _NUMBER.sub(lambda found: f"{round(float(found[0]), 1) + 0.0:.1f}".removesuffix(".0"), text)


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]
