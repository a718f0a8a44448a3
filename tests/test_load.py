"""Reading YAML: what cannot be read is told, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import ContentError
from casework.load import LARGEST, read_yaml


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "a.yaml:1: the file is empty. `casework new ID` writes a start."),
        (b"\xff\xfet\x00", "a.yaml:1: the file is not UTF-8 text. Save it as UTF-8 (in Notepad: Save as, Encoding)."),
        (b"a: 1\nb: caf\xe9\n", "a.yaml:2: the file is not UTF-8 text. Save it as UTF-8"),
        (b"a: 1\n\tb: 2\n", "a.yaml:2: a tab stands at the start of the line. Indent with spaces."),
        (b"a: b: c\n", "a.yaml:1: not YAML: mapping values are not allowed in this context."),
        (b"a: 1\na: 2\n", 'a.yaml:2: "a" stands here a second time. It is on line 1 already.'),
        (b"x" * (LARGEST + 1), "the file has 500,001 bytes; a scenario may have 500,000. Split it,"),
    ],
    ids=["empty", "utf-16", "latin-1", "tab", "colon", "twice", "huge"],
)
def test_a_file_that_cannot_be_read_is_told(raw: bytes, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each kind of unreadable file has its own clear complaint, with its line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_bytes(raw)

    with pytest.raises(ContentError) as caught:
        read_yaml(Path("a.yaml"))

    assert says in str(caught.value)


def test_a_missing_file_suggests_its_neighbour(tmp_path: Path):
    """A file name with a slip in it is answered with the file that was probably meant."""
    (tmp_path / "noor.yaml").write_text("a: 1", encoding="utf-8")

    with pytest.raises(ContentError, match=r'there is no such file\. Did you mean "noor\.yaml"\?'):
        read_yaml(tmp_path / "nor.yaml")


def test_words_stay_words(tmp_path: Path):
    """`no` is a word, 010 keeps its nought, and a date is left to the model that wants one."""
    (tmp_path / "a.yaml").write_text("a: no\nb: 010\nc: 2026-11-24\n", encoding="utf-8")

    data, _ = read_yaml(tmp_path / "a.yaml")

    assert data == {"a": "no", "b": "010", "c": "2026-11-24"}


def test_every_part_knows_its_line(tmp_path: Path):
    """A location that the file lacks is answered with the line of the nearest part above it."""
    (tmp_path / "a.yaml").write_text("a:\n  - x: 1\n    y: 2\nb: 3\n", encoding="utf-8")

    _, lines = read_yaml(tmp_path / "a.yaml")

    assert [lines.line("a"), lines.line("a", 0, "y"), lines.line("a", 0, "z"), lines.line("b")] == [1, 3, 2, 4]
