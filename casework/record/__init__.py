"""A learner's record: read, merge, replay, and the short code of an attempt."""

from casework.record.attempts import Attempt, Record, schema
from casework.record.codes import from_short_code, short_code
from casework.record.merging import merge
from casework.record.played import Decision, Played, replayed
from casework.record.reading import read_record

__all__ = [
    "Attempt",
    "Decision",
    "Played",
    "Record",
    "from_short_code",
    "merge",
    "read_record",
    "replayed",
    "schema",
    "short_code",
]
