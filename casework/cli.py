"""The command line: parse, call one function, print. Exit status 1 means that something has to be put right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
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
    pack = command(
        "pack", _pack, "Make printed packs for a workshop, as PDF files: participants, facilitator, costing."
    )
    which = pack.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", metavar="ID", help="the scenario's id, or workshop: the sheets for any case")
    which.add_argument("--all", action="store_true", help="every scenario, and the sheets for any case")
    pack.add_argument(
        "-o", "--output", type=Path, required=True, help="the folder to write them into, one below it each"
    )
    new = command("new", _new, "Write a new scenario that passes check, for an author to fill.")
    new.add_argument("id", metavar="ID", help="its id, kebab-case")
    rates = command("rates", _rates, "Print the rates: each figure with the day from which it holds and its source.")
    rates.add_argument("--day", type=date.fromisoformat, help="only what holds on this day, as 2026-09-01")
    serve = command("serve", _serve, "Serve the built book on this machine and open it.")
    serve.add_argument("--port", type=int, default=8000, help="the first port to try (8000)")
    serve.add_argument("--no-browser", action="store_true", help="print the address only")
    schema = command("schema", _schema, "Write the JSON Schema of a file format, for an editor's completion.")
    schema.add_argument("format", nargs="?", choices=("scenario", "record"), default="scenario", help="(scenario)")
    schema.add_argument("-o", "--output", type=Path, help="the file to write; otherwise the screen")
    _add_records(command)
    return parser


def _add_records(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands that read and write learners' records."""
    cohort = command("cohort", _cohort, "Read learners' record files and write a report: a page, and CSV tables.")
    cohort.epilog = "Exit status: 0 if every file was read, 1 if any was skipped; the report is written all the same."
    cohort.add_argument("files", nargs="+", type=Path, metavar="FILE", help="record files, or folders of them")
    cohort.add_argument("-o", "--output", type=Path, required=True, help="the folder to write the report into")
    cohort.add_argument("--names", action="store_true", help="use the names in the files; otherwise Learner 1, 2, …")
    simulate = command("simulate", _simulate, "Write made-up records of made-up learners, to try the report out.")
    simulate.add_argument("count", type=_count, metavar="N", help="how many")
    simulate.add_argument("-o", "--output", type=Path, required=True, help="the folder to write them into")
    simulate.add_argument("--seed", type=int, default=1, help="the same seed gives the same records (1)")
    xapi = command("xapi", _xapi, "Write a record as xAPI 1.0.3 statements for a learning record store.")
    xapi.add_argument("file", type=Path, metavar="FILE", help="a record file")
    xapi.add_argument("-o", "--output", type=Path, required=True, help="the JSON file to write")
    xapi.add_argument("--name", help="the learner's name; otherwise the one in the file")
    xapi.add_argument("--mbox", help="the learner's e-mail address; otherwise an account under the name")
    xapi.add_argument("--home", help="an address of your service, under which ids lie; otherwise its first link")


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError("a number from 1 to 1000000")
    return int(text)


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


def _pack(options: argparse.Namespace) -> int:
    from casework.library import Library
    from casework.packs import pack_ids, write_packs

    library = Library()
    ids = pack_ids(library) if options.all else [options.id]
    write_packs(ids, options.output, library, tell=lambda line: print(line, flush=True))
    print(f"Wrote {len(ids)} pack{'' if len(ids) == 1 else 's'} into {options.output}.")
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

    from casework.record import schema
    from casework.scenario import Scenario

    written = schema() if options.format == "record" else Scenario.model_json_schema(by_alias=True)
    text = json.dumps(written, indent=1)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


def _cohort(options: argparse.Namespace) -> int:
    from casework.cohort import read_cohort, write_report
    from casework.cohort.progress_bar import Progress

    files = [file for path in options.files for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not files:
        raise CaseworkError("There is no record file (*.json) there.")
    with Progress(len(files)) as progress:
        cohort = read_cohort(files, names=options.names, tell=progress.tell)
    for problem in cohort.skipped:
        print(problem, file=sys.stderr)
    write_report(cohort, options.output)
    skipped = f", {len(cohort.skipped)} skipped" if cohort.skipped else ""
    print(
        f"{len(files) - len(cohort.skipped)} of {len(files)} files read{skipped}. Wrote {options.output}/cohort.html."
    )
    return 1 if cohort.skipped else 0


def _simulate(options: argparse.Namespace) -> int:
    from casework.simulate import simulate, write

    paths = write(simulate(options.count, options.seed), options.output)
    print(f"Wrote {len(paths)} synthetic records into {options.output}.")
    return 0


def _xapi(options: argparse.Namespace) -> int:
    import json

    from casework.library import Library
    from casework.record import read_record
    from casework.xapi import agent, home_of, statements

    library, record = Library(), read_record(options.file)
    home = options.home or home_of(library)
    actor = agent(home, options.name or record.learner, options.mbox)
    written = statements(record, library, actor, home)
    options.output.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {len(written)} statements to {options.output}. Ids lie under {home}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
