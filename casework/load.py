"""From YAML to models, with the line of everything.

A file is composed, not constructed: every scalar arrives as the text that the author typed, and the models
turn it into numbers and dates. So `no` stays a word, and nothing is guessed. All complaints about a file are
collected and carry file, line and remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from casework.errors import ContentError, Problem, did_you_mean, shown

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
LARGEST = 500_000  # bytes; the longest scenario that people can still review is well below
Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Lines:
    """Where each part of a file stands: *at* maps a location, such as `("nodes", "call")`, to its line."""

    path: Path
    at: dict[Loc, int]

    def line(self, *loc: str | int) -> int:
        """Return the line of *loc*, or of the nearest part above it that the file has."""
        known: Loc = ()
        for part in loc:
            if (*known, part) in self.at:
                known = (*known, part)
        return self.at.get(known, 1)

    def problem(self, loc: Loc, message: str, hint: str = "") -> Problem:
        """Return a complaint about *loc*."""
        return Problem(shown(self.path), self.line(*loc), message, hint)


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """Read *path* into dicts, lists and strings, with the line of every part.

    Raises `ContentError` if the file is missing, empty, not UTF-8, larger than `LARGEST` bytes or not YAML,
    or if a key stands twice or an alias is used.
    """
    text = _read_text(path)
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        raise ContentError([_yaml_problem(path, text, error)]) from None
    if root is None:
        raise ContentError([Problem(shown(path), 1, "the file is empty.", "`casework new ID` writes a start.")])
    lines = Lines(path, {})
    problems: list[Problem] = []
    data = _plain(root, (), lines, problems, set())
    if problems:
        raise ContentError(problems)
    return data, lines


def _read_text(path: Path) -> str:
    if not path.is_file():
        near = did_you_mean(path.name, [other.name for other in path.parent.glob("*.yaml")])
        raise ContentError([Problem(shown(path), 0, "there is no such file.", near)])
    raw = path.read_bytes()
    if len(raw) > LARGEST:
        message = f"the file has {len(raw):,} bytes; a scenario may have {LARGEST:,}."
        raise ContentError([Problem(shown(path), 1, message, "Split it, or take out what was pasted in by mistake.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "Save it as UTF-8 (in Notepad: Save as, Encoding)."
        raise ContentError([Problem(shown(path), line, "the file is not UTF-8 text.", hint)]) from None


def _yaml_problem(path: Path, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    rows = text.splitlines()
    tabbed = next((n for n, row in enumerate(rows, 1) if "\t" in row[: len(row) - len(row.lstrip())]), None)
    if tabbed:
        return Problem(shown(path), tabbed, "a tab stands at the start of the line.", "Indent with spaces.")
    what = getattr(error, "problem", None) or str(error)
    return Problem(shown(path), line, f"not YAML: {what}.", "Quote text that holds a colon, and check the indent.")


def _plain(node: yaml.Node, loc: Loc, lines: Lines, problems: list[Problem], seen: set[int]) -> Any:
    """Turn a composed *node* into plain data, noting its line and collecting complaints."""
    lines.at[loc] = node.start_mark.line + 1
    if id(node) in seen:
        problems.append(lines.problem(loc, "an alias (*) repeats another part of the file.", "Write it out."))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*loc, n), lines, problems, seen) for n, item in enumerate(node.value)]
    data: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        here = (*loc, name)
        if name in data:
            again = Problem(shown(lines.path), key.start_mark.line + 1, f'"{name}" stands here a second time.')
            problems.append(
                Problem(again.path, again.line, again.message, f"It is on line {lines.at[here]} already.")
            )
            continue
        data[name] = _plain(value, here, lines, problems, seen)
        lines.at[here] = key.start_mark.line + 1
    return data


def validate(kind: Any, data: Any, lines: Lines) -> tuple[Any, list[Problem]]:
    """Return *data* as *kind* (a model, or `dict[Id, Model]`) and no problems, or None and all of them."""
    try:
        return TypeAdapter(kind).validate_python(data), []
    except ValidationError as error:
        return None, [_complaint(kind, lines, item) for item in error.errors(include_url=False)]


def load(kind: Any, path: Path) -> tuple[Any, Lines]:
    """Read *path* as *kind*; raises `ContentError` with every problem."""
    data, lines = read_yaml(path)
    value, problems = validate(kind, data, lines)
    if problems:
        raise ContentError(problems)
    return value, lines


def _complaint(kind: Any, lines: Lines, item: dict[str, Any]) -> Problem:
    """Say one of pydantic's errors in the words of someone who writes scenarios."""
    loc = tuple(part for part in item["loc"] if part != "[key]")
    *above, last = loc or ("",)
    name, given = f'"{last}"', item.get("input")
    detail = item.get("ctx", {})
    match item["type"]:
        case "missing":
            return lines.problem(tuple(above), f"{name} is missing{_inside(above)}.", "Add it.")
        case "extra_forbidden":
            return lines.problem(
                loc, f"{name} is not a key{_inside(above)}.", did_you_mean(str(last), _keys(kind, above))
            )
        case "literal_error":
            wanted = detail["expected"].replace("'", '"')
            return lines.problem(loc, f'{name} is "{given}"; it may be {wanted}.')
        case "string_pattern_mismatch" if "a-z0-9" in detail["pattern"]:
            return lines.problem(
                loc, f'"{given}" is not an id.', "Small letters, digits and single hyphens: first-call."
            )
        case "string_pattern_mismatch":
            return lines.problem(loc, f'{name} is "{given}", which does not fit the form {detail["pattern"]}.')
        case "string_too_short" | "too_short":
            return lines.problem(loc, f"{name} is empty{_inside(above)}.", "Fill it, or take the line out.")
        case "value_error":
            return lines.problem(loc, f"{detail['error']}.")
        case _ if given == "":
            return lines.problem(loc, f"{name} is empty{_inside(above)}.", "Fill it, or take the line out.")
        case _:
            seen = f', not "{str(given)[:40]}"' if isinstance(given, str | int) else ""
            return lines.problem(loc, f"{name}{_inside(above)}: {item['msg'].lower()}{seen}.")


def _inside(above: list[Any]) -> str:
    names = [str(part) for part in above if not isinstance(part, int)]
    return f" in {' › '.join(names)}" if names else ""


def _keys(kind: Any, loc: list[Any]) -> list[str]:
    """Return the keys that a model allows at *loc*, reading the way there from the type hints."""
    for part in [*loc, None]:
        kind = _bare(kind)
        if part is None:
            break
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names = {info.alias or name: info.annotation for name, info in kind.model_fields.items()}
            kind = names.get(str(part))
        else:
            kind = get_args(kind)[-1 if get_origin(kind) is dict else 0] if get_args(kind) else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [info.alias or name for name, info in kind.model_fields.items()]
    return []


def _bare(kind: Any) -> Any:
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(option for option in get_args(kind) if option is not type(None))
    return kind
