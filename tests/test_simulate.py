"""Synthetic records: real in form, said to be synthetic, the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casework.cli import main
from casework.cohort import before_and_after, confident_mistakes, gather, items, misconceptions
from casework.library import Library
from casework.record import Record, merge, read_record, replayed
from casework.simulate import simulate


@pytest.fixture(scope="module")
def records(library: Library) -> list[Record]:
    """Two hundred synthetic records."""
    return list(simulate(200, 7, library))


def test_every_attempt_can_be_replayed(records: list[Record], library: Library):
    """A synthetic record is played on today's graphs: no attempt in it is stale, and most come to an end."""
    played = [one for record in records for one in replayed(record, library)]

    assert not [one for one in played if one.stale]
    assert sum(bool(one.ended) for one in played) > 0.8 * len(played)


def test_a_synthetic_record_says_so(records: list[Record]):
    """Each file bears the name `synthetic` and a number."""
    assert [record.learner for record in records[:3]] == ["synthetic 1", "synthetic 2", "synthetic 3"]


def test_the_same_seed_gives_the_same_records(records: list[Record], library: Library):
    """Seed and number decide a record, however many are made; another seed gives others."""
    assert list(simulate(3, 7, library)) == records[:3]
    assert list(simulate(3, 8, library)) != records[:3]


def test_a_synthetic_record_is_settled(records: list[Record]):
    """Merging a synthetic record changes nothing in it: its ids are its own, its attempts in order."""
    assert all(merge(record) == record for record in records[:50])
    assert len({one.id for record in records for one in record.attempts}) == sum(len(r.attempts) for r in records)


def test_beliefs_are_acted_on_and_unlearned(records: list[Record], library: Library):
    """Some misconceptions are acted on, some with certainty; and lessons help on average."""
    cohort = gather(records, library=library)

    assert (misconceptions(cohort)["chosen"] > 0).mean() > 0.5
    assert len(confident_mistakes(cohort)) > 20
    assert before_and_after(cohort)["change"].mean() > 0


def test_ability_shows_in_every_question(records: list[Record], library: Library):
    """Since one ability runs through all answers, questions agree with one another on average."""
    assert items(gather(records, library=library))["correlation"].mean() > 0.1


def test_the_command_writes_one_file_a_learner(tmp_path: Path, capsys: Any):
    """`casework simulate 3` writes three record files that can be read."""
    assert main(["simulate", "3", "-o", str(tmp_path / "made"), "--seed", "7"]) == 0
    files = sorted((tmp_path / "made").glob("*.json"))

    assert "3 synthetic records" in capsys.readouterr().out
    assert [read_record(path).learner for path in files] == ["synthetic 1", "synthetic 2", "synthetic 3"]


@pytest.mark.parametrize("count", ["0", "-1", "many", "1000001"])
def test_an_impossible_number_is_refused(count: str, tmp_path: Path, capsys: Any):
    """`simulate` makes from one to a million."""
    with pytest.raises(SystemExit):
        main(["simulate", "-o", str(tmp_path), "--", count])
    assert "a number from 1 to 1000000" in capsys.readouterr().err
