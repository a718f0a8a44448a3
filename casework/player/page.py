"""The static form of a player: a reading that is playable without JavaScript, and the graph beside it.

The reading is what prints and what a reviewer signs off. It stands in a `<noscript>`, so that a browser which runs
the player does not lay it out first; if the player's script cannot be loaded, the page unpacks it.
"""

from __future__ import annotations

from html import escape
from typing import Any

from casework.graph import Graph
from casework.scenario import Route, Scenario

BELIEFS = "../book/misconceptions/"  # the pages about misconceptions, as seen from a lesson


def static_html(scenario: Scenario, graph: Graph, mode: str) -> str:
    """Return *graph*, compiled from *scenario*, as HTML that the book publishes; *mode* is how the player starts."""
    return (
        f'<div class="casework" id="{graph.id}" data-kind="{graph.data["kind"]}" data-mode="{mode}" '
        f'data-beliefs="{BELIEFS}">'
        f'<noscript><div class="casework-reading">{reading(scenario, graph)}</div></noscript>'
        f'<script type="application/json">{island(graph)}</script>'
        "</div>"
    )


def island(graph: Graph) -> str:
    """Return the graph as JSON that cannot end the script element around it."""
    return graph.json().replace("<", "\\u003c")


def reading(scenario: Scenario, graph: Graph) -> str:
    """Return the whole scenario as linked sections: choices, what follows, the coaching, and where to go on."""
    data = graph.data
    head = [f"<h3>{escape(data['title'])}</h3>"]
    if data["kind"] == "scenario":
        head.append(f"<p>{escape(data['role'])}</p>")
        head.append(_papers(data, data["files"], "On the file from the beginning"))
        head.append(f'<p><a href="#{_anchor(graph, scenario.start)}">Begin</a></p>')
    sections = [_section(name, scenario, graph) for name in data["nodes"]]
    cards = [_variation(card, data) for card in data["variations"]]
    return "".join([*head, *sections, *cards, _reflection(data)])


def _section(name: str, scenario: Scenario, graph: Graph) -> str:
    node = graph.data["nodes"][name]
    parts = [f'<section id="{_anchor(graph, name)}"><h4>{escape(node["title"])}</h4>', node["text"]]
    if node["choices"]:
        parts.append(f'<p class="cw-ask">{escape(node["ask"])}</p><ol class="cw-reading-choices">')
        parts += [_choice(choice.id, name, scenario, graph) for choice in scenario.nodes[name].choices]
        parts.append("</ol>")
    elif node["verdict"]:
        parts.append(f'<p class="cw-quality">{graph.data["words"]["verdict"][node["verdict"]]}</p>{node["epilogue"]}')
    return "".join([*parts, "</section>"])


def _choice(id: str, name: str, scenario: Scenario, graph: Graph) -> str:
    source = next(choice for choice in scenario.nodes[name].choices if choice.id == id)
    choice = graph.data["nodes"][name]["choices"][id]
    only = _condition(source, scenario)
    parts = [
        f"<li><p>{escape(choice['text'])}{f' <em>(only {only})</em>' if only else ''}</p>",
        "<details><summary>If you choose this</summary>",
        choice["then"],
        _weeks(choice["weeks"]),
        _papers(graph.data, choice["files"], "Goes on the file"),
        _coaching(choice, graph.data),
        "".join(_way_on(route, scenario, graph) for route in source.to),
        "</details></li>",
    ]
    return "".join(parts)


def _coaching(option: dict[str, Any], data: dict[str, Any]) -> str:
    parts = [f'<p class="cw-quality">{data["words"]["quality"][option["quality"]]}</p>', option["why"]]
    if option["misconception"]:
        belief = data["misconceptions"][option["misconception"]]
        parts.append(
            f"<p>What people say: <q>{escape(belief['said'])}</q> What is right: {escape(belief['right'])}</p>"
        )
    parts.append("<p>On what authority: ")
    parts.append("; ".join(_authority(data["authorities"][id]) for id in option["cites"]))
    return "".join([*parts, ".</p>"])


def _authority(one: dict[str, Any]) -> str:
    unconfirmed = " (still to be confirmed)" if one["status"] == "to-confirm" else ""
    return f'<a href="{escape(one["href"])}">{escape(one["short"])}</a>{unconfirmed}'


def _way_on(route: Route, scenario: Scenario, graph: Graph) -> str:
    to = graph.data["nodes"][route.to]
    only = _condition(route, scenario)
    label = f"{only[0].upper()}{only[1:]}, go on" if only else "Go on"
    return f'<p>{label}: <a href="#{_anchor(graph, route.to)}">{escape(to["title"])}</a></p>'


def _condition(each: Any, scenario: Scenario) -> str:
    """Return a condition in words, such as `if you asked the class teacher and not if …`; empty if there is none."""
    needs = " and ".join(_fact(fact, scenario) for fact in each.needs)
    unless = " or ".join(_fact(fact, scenario) for fact in each.unless)
    return " and ".join(part for part in (needs and f"if {needs}", unless and f"unless {unless}") if part)


def _fact(fact: str, scenario: Scenario) -> str:
    if fact in scenario.papers:
        return f"“{escape(scenario.papers[fact].title)}” is on the file"
    return escape(scenario.marks[fact])


def _papers(data: dict[str, Any], files: list[str], label: str) -> str:
    sheets = [
        f"<details class='cw-paper'><summary>{label}: {escape(paper['title'])}</summary>"
        f"<p>{escape(paper['from'])} · {escape(paper['dated'])}</p>{paper['text']}</details>"
        for paper in (data["papers"][id] for id in files)
    ]
    return "".join(sheets)


def _weeks(weeks: int) -> str:
    if not weeks:
        return ""
    return f"<p>{weeks} {'week goes' if weeks == 1 else 'weeks go'} by.</p>"


def _variation(card: dict[str, Any], data: dict[str, Any]) -> str:
    options = [
        f"<li><p>{escape(option['text'])}</p><details><summary>If you choose this</summary>"
        f"{_coaching(option, data)}</details></li>"
        for option in card["choices"].values()
    ]
    return (
        f"<section><h4>One thing changes</h4>{card['change']}<p class='cw-ask'>{escape(card['ask'])}</p>"
        f"<ol class='cw-reading-choices'>{''.join(options)}</ol></section>"
    )


def _reflection(data: dict[str, Any]) -> str:
    if not data["reflect"]:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in data["reflect"])
    return f"<section><h4>Two questions to take with you</h4><ul>{items}</ul></section>"


def _anchor(graph: Graph, node: str) -> str:
    return f"{graph.id}--{node}"
