"""Printed packs: what participants get, what the facilitator reads, and the sheets that every workshop needs.

A pack is made whole before its first file is written, so a folder never holds half of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from casework.errors import CaseworkError, did_you_mean
from casework.graph import compile_graph
from casework.library import Library
from casework.packs.build import build
from casework.packs.costing import costing
from casework.packs.guide import facilitator
from casework.packs.sheets import participants
from casework.packs.workshop import feedback, printing, sign_in

WORKSHOP = "workshop"  # the name of the pack that belongs to no case
Tell = Callable[[str], None]


def pack(id: str, library: Library) -> dict[str, bytes]:
    """Return the files of the pack *id*, by name: a scenario's, or with `workshop` the sheets for every workshop.

    Raises `CaseworkError` if there is no such scenario, or if one of its files cannot be made.
    """
    if id == WORKSHOP:
        return {
            "feedback.pdf": build("feedback", feedback(library)),
            "sign-in.pdf": build("sign-in", sign_in(library)),
            "printing.pdf": build("printing", printing(library)),
        }
    scenario = library.scenario(id)
    graph = compile_graph(id, scenario, library)
    files = {
        "participants.pdf": build("participants", participants(scenario, graph, library.handouts)),
        "facilitator.pdf": build("facilitator", facilitator(scenario, graph, library)),
    }
    return files | ({"costing.pdf": build("costing", costing(scenario, library))} if scenario.priced else {})


def pack_ids(library: Library) -> list[str]:
    """Return the names of all packs: every scenario, and `workshop`."""
    return [*library.scenario_ids, WORKSHOP]


def write_packs(ids: Iterable[str], folder: Path, library: Library, tell: Tell = print) -> None:
    """Write each pack of *ids* into *folder*/ID, and *tell* how far it has come.

    A pack that fails leaves what was there before; the others are made, and then `CaseworkError` names each failure.
    Nothing is made if one of *ids* does not exist.
    """
    wanted, failed = list(ids), []
    known = pack_ids(library)
    unknown = [f'There is no pack "{id}". {did_you_mean(id, known)}' for id in wanted if id not in known]
    if unknown:
        raise CaseworkError("\n".join(unknown))
    for n, id in enumerate(wanted, 1):
        try:
            _write(pack(id, library), folder / id)
        except CaseworkError as error:
            failed.append(f"{id}: {error}")
        else:
            tell(f"{n} of {len(wanted)}: {id}")
    if failed:
        raise CaseworkError("\n".join(failed))


def _write(files: dict[str, bytes], folder: Path) -> None:
    """Put *files* into *folder*: each appears whole, and a PDF that the pack no longer has goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in files.items():
        part = folder / f"{name}.part"
        part.write_bytes(made)
        part.replace(folder / name)
    if "costing.pdf" not in files:
        (folder / "costing.pdf").unlink(missing_ok=True)
