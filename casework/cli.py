"""The command line: parse, call one function, print. Exit status 1 means that something has to be put right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casework.errors import CaseworkError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except CaseworkError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casework", description="Write, check and try out scenarios of SEN Support."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        return added

    check = command("check", _check, "Check scenarios, or the whole collection, and list every problem.")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="scenario files; none means all")
    for name, run, help in (
        ("play", _play, "Play a scenario in the terminal."),
        ("proof", _proof, "Print exact facts of a scenario: roads, best road, what a guesser scores."),
    ):
        command(name, run, help).add_argument("id", metavar="ID", help="the scenario's id")
    map_ = command("map", _map, "Draw the roads of a scenario as an SVG picture.")
    map_.add_argument("id", metavar="ID", help="the scenario's id")
    map_.add_argument("-o", "--output", type=Path, help="the file to write; otherwise ID.svg in this folder")
    new = command("new", _new, "Write a new scenario that passes check, for an author to fill.")
    new.add_argument("id", metavar="ID", help="its id, kebab-case")
    rates = command("rates", _rates, "Print the rates: each figure with the day from which it holds and its source.")
    rates.add_argument("--day", type=date.fromisoformat, help="only what holds on this day, as 2026-09-01")
    serve = command("serve", _serve, "Serve the built book on this machine and open it.")
    serve.add_argument("--port", type=int, default=8000, help="the first port to try (8000)")
    serve.add_argument("--no-browser", action="store_true", help="print the address only")
    schema = command("schema", _schema, "Write the JSON Schema of the scenario format, for an editor's completion.")
    schema.add_argument("-o", "--output", type=Path, help="the file to write; otherwise the screen")
    return parser


def _check(options: argparse.Namespace) -> int:
    from casework.checking import check

    report = check(options.files, today=date.today())
    for line in [*report.problems, *report.warnings]:
        print(f"warning: {line}" if isinstance(line, str) else line)
    print(report.summary)
    return 1 if report.problems else 0


def _play(options: argparse.Namespace) -> int:
    from casework.graph import compile_graph
    from casework.library import Library
    from casework.terminal import play

    library = Library()
    play(compile_graph(options.id, library.scenario(options.id), library))
    return 0


def _proof(options: argparse.Namespace) -> int:
    from casework.graph import compile_graph
    from casework.library import Library
    from casework.proof import prove

    library = Library()
    scenario = library.scenario(options.id)
    print(prove(compile_graph(options.id, scenario, library)).report(scenario))
    return 0


def _map(options: argparse.Namespace) -> int:
    from casework.library import Library
    from casework.map import draw

    target = options.output or Path(f"{options.id}.svg")
    target.write_text(draw(Library().scenario(options.id)), encoding="utf-8")
    print(f"Wrote {target}.")
    return 0


def _new(options: argparse.Namespace) -> int:
    from casework.scaffold import write

    path = write(options.id)
    print(f"Wrote {path}. Fill it, and run `casework check {path}` as you go.")
    return 0


def _rates(options: argparse.Namespace) -> int:
    from casework.funding.rates import table
    from casework.library import Library

    rows = [RATE_HEAD, *table(Library().rates, options.day)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(RATE_HEAD))]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row[: len(RATE_HEAD)], widths, strict=True)).rstrip()
        )
    return 0


RATE_HEAD = ("rate", "what", "unit", "pounds", "from", "until", "source", "illustrative")


def _serve(options: argparse.Namespace) -> int:
    from casework.serve import serve

    serve(options.port, show=not options.no_browser)
    return 0


def _schema(options: argparse.Namespace) -> int:
    import json

    from casework.scenario import Scenario

    text = json.dumps(Scenario.model_json_schema(by_alias=True), indent=1)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
