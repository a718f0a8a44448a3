"""The one door to typst: a template and its data become a tagged PDF, or a complaint that says what to mend.

A template reads its data as JSON (`sys.inputs.data`). Only fonts that typst itself brings are used, so that the
same pack looks the same everywhere. PDF/UA-1 is asked for: typst refuses what a screen reader could not read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from casework.errors import CaseworkError

HERE = Path(__file__).parent


def build(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF that *template* (`participants`, …) makes of *data*.

    Raises `CaseworkError` with typst's complaint: as a rule, a character that no font of the pack has.
    """
    try:
        made, warnings = _compiler().compile_with_warnings(
            input=str(HERE / f"{template}.typ"),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        raise CaseworkError(f"{template}.pdf cannot be made: {error}.") from None
    if warnings:
        told = "; ".join(str(warning) for warning in warnings)
        raise CaseworkError(f"{template}.pdf would not look right: {told}.")
    return made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(HERE), ignore_system_fonts=True)
