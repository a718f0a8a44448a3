"""Play a scenario in the terminal: for authors who want to hear how it reads."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from html import unescape

from casework.graph import Graph
from casework.walk import Position, choose, replay, score, start

Ask = Callable[[str], str]
Say = Callable[[str], None]


def play(graph: Graph, ask: Ask = input, say: Say = print) -> Position:
    """Play *graph* to an ending, asking with *ask* and printing with *say*; return where it ended.

    Answers: a number chooses, `b` goes back, `q` leaves.
    """
    position = start(graph)
    say(f"{graph.data['title']}\n{graph.data['role']}")
    while not position.ended(graph):
        offered = list(graph.places[position.place].edges)
        _show_scene(graph, position, offered, say)
        answer = ask("> ").strip().lower()
        if answer == "q":
            return position
        if answer == "b" and position.path:
            position = replay(graph, position.path[:-1])
        elif answer.isdigit() and 1 <= int(answer) <= len(offered):
            chosen = graph.choice(position.place, offered[int(answer) - 1])
            say(f"\n{plain(chosen['then'])}\n\n[{chosen['quality']}] {plain(chosen['why'])}")
            position = choose(graph, position, offered[int(answer) - 1])
        else:
            say(f"Type a number from 1 to {len(offered)}, b to go back or q to leave.")
    node = graph.node(position.place)
    points, most = score(graph, position.path)
    say(f"\n{node['title']}\n{plain(node['text'])}\n\n{node['verdict']}: {plain(node['epilogue'])}")
    say(f"\n{len(position.path)} decisions, {points} of {most} points, {position.weeks} weeks.")
    return position


def plain(html: str) -> str:
    """Return the text of rendered Markdown, wrapped for a terminal."""
    text = unescape(re.sub(r"<[^>]+>", "", html))
    return "\n".join(textwrap.fill(line, 90) for line in text.splitlines())


def _show_scene(graph: Graph, position: Position, offered: list[str], say: Say) -> None:
    node = graph.node(position.place)
    say(f"\n— {node['title']} ({node['stage']}) —\n{plain(node['text'])}")
    before = replay(graph, position.path[:-1]).files if position.path else ()
    for paper in (graph.data["papers"][name] for name in position.files if name not in before):
        say(f"\nOn the file: {paper['title']} ({paper['from']}, {paper['dated']})\n{plain(paper['text'])}")
    say(f"\n{node['ask']}")
    for number, id in enumerate(offered, 1):
        say(textwrap.fill(f"{number}. {node['choices'][id]['text']}", 90, subsequent_indent="   "))
