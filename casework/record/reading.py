"""Read a record file: all of it or nothing, whatever somebody put into the file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from casework.errors import ContentError, Problem, shown
from casework.record.attempts import FORMAT, Record

LARGEST = 2_000_000  # bytes; a year of daily practice is well below
_AGAIN = "Save the answers as a file once more, in the course under “My progress”."


def read_record(path: Path) -> Record:
    """Return the record in the file *path*, with the line of what is wrong where it is known.

    Raises `ContentError` with one problem if the file is missing, too large, cut short, not a record, of another
    format, or holds anything that a record cannot hold: nothing is half read.
    """
    try:
        raw = _bytes(path)
        return parse_record(raw.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        _complain(path, "the file is not UTF-8 text.", _AGAIN)


def parse_record(text: str, path: Path) -> Record:
    """Return the record written in *text*; *path* only says where it came from. Raises as `read_record` does."""
    data = _json(text, path)
    if not isinstance(data, dict) or "format" not in data or "attempts" not in data:
        _complain(path, "this is JSON, but not a learner’s record.", "Choose the file that the course saved.")
    _check_format(data["format"], path)
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first, more = error.errors(include_url=False)[0], error.error_count() - 1
        also = f" {more} more of this kind." if more else ""
        _complain(path, f"{_in_words(first)}{also}", _AGAIN)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        _complain(path, "there is no such file.")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            hint = "Choose the file that the course saved."
            _complain(path, f"the file has {size:,} bytes; a record may have {LARGEST:,}.", hint)
        return path.read_bytes()
    except OSError as error:
        _complain(path, f"the file cannot be read: {error.strerror or error}.")


def _json(text: str, path: Path) -> Any:
    if not text.strip():
        _complain(path, "the file is empty.", _AGAIN)
    if text.lstrip()[0] == "<":
        _complain(path, "this is a web page, not a learner’s record.", "Choose the file that the course saved.", 1)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_int=_int, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            _complain(path, "the file ends in the middle: it was cut short.", _AGAIN, error.lineno)
        _complain(path, f"not JSON: {error.msg.lower()} (column {error.colno}).", _AGAIN, error.lineno)
    except RecursionError:
        _complain(path, "the file is nested far deeper than a record is.", _AGAIN)
    except _Unfit as error:
        _complain(path, f"{error}.", _AGAIN, _line_of(text, error.found))


class _Unfit(ValueError):
    """Valid to a lenient reader of JSON, and no part of a record; *found* is how it stands in the file."""

    def __init__(self, message: str, found: str) -> None:
        super().__init__(message)
        self.found = found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(name for name in data if sum(name == other for other, _ in pairs) > 1)
        raise _Unfit(f'the key "{_cut(twice)}" stands twice in one place', "")
    return data


def _int(text: str) -> int:
    if len(text) > 15:
        raise _Unfit(f"the number {text[:15]}… is larger than anything in a record", text[:40])
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise _Unfit(f"{text} is not a number that JSON knows", text)


def _line_of(text: str, found: str) -> int:
    return text[: text.find(found)].count("\n") + 1 if found and found in text else 0


def _check_format(given: Any, path: Path) -> None:
    if given == FORMAT and isinstance(given, int) and not isinstance(given, bool):
        return
    if isinstance(given, int) and not isinstance(given, bool) and given > FORMAT:
        message = f"this record is of format {given}; this course reads format {FORMAT}."
        _complain(path, message, "It was saved by a newer course: use that one.")
    _complain(path, f'its format is "{_cut(str(given))}"; this course reads format {FORMAT}.', _AGAIN)


def _in_words(item: dict[str, Any]) -> str:
    """Say one of pydantic's errors in the words of somebody who was sent a file."""
    at, detail = _place(item["loc"]), item.get("ctx", {})
    *_, last = [part for part in item["loc"] if isinstance(part, str)] or ["record"]
    match item["type"]:
        case "missing":
            return f"{at}: “{last}” is missing."
        case "extra_forbidden":
            return f"{at}: “{_cut(last)}” is no part of a record."
        case "literal_error":
            return f"{at}: “{_cut(str(item['input']))}” is not one of {detail['expected'].replace(chr(39), '')}."
        case "value_error":
            return f"{at}: {detail['error']}."
        case "tuple_type":
            return f"{at}: this should be a list."
        case "model_type":
            return f"{at}: this should have keys and values."
        case _:
            return f"{at}: {item['msg'][0].lower()}{item['msg'][1:]}."


def _place(loc: tuple[str | int, ...]) -> str:
    """Return where something stands: `attempt 3, path`."""
    number = next((f"attempt {part + 1}" for part in loc if isinstance(part, int)), "the record")
    inside = loc[2:] if number != "the record" else loc
    named = [part for part in inside if isinstance(part, str) and part != "[key]"]
    return ", ".join([number, *map(_cut, named[:1])])


def _cut(text: str) -> str:
    clean = re.sub(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]", "�", text)
    return clean if len(clean) <= 40 else f"{clean[:40]}…"


def _complain(path: Path, message: str, hint: str = "", line: int = 0) -> NoReturn:
    raise ContentError([Problem(shown(path), line, message, hint)])
