"""How far a long reading has come, on the error stream: a line that renews itself, or now and then a new one."""

from __future__ import annotations

import sys
from time import monotonic

EVERY = 500  # files between two lines where nobody watches
SOON = 0.2  # seconds between two renewals where somebody does
FEW = 100  # files of which nothing is said


class Progress:
    """Tells how many of *total* files have been read; ends its line when left."""

    def __init__(self, total: int) -> None:
        """Watch for a terminal; say nothing yet."""
        self._total, self._watched, self._last = total, sys.stderr.isatty(), monotonic()

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def tell(self, done: int) -> None:
        """Say that *done* files have been read, if it is time to."""
        if self._total < FEW:
            return
        if self._watched and (monotonic() - self._last > SOON or done == self._total):
            self._last = monotonic()
            print(f"\r{done:,} of {self._total:,} files", end="", file=sys.stderr, flush=True)
        elif not self._watched and done % EVERY == 0:
            print(f"{done:,} of {self._total:,} files", file=sys.stderr, flush=True)

    def __exit__(self, *error: object) -> None:
        """End the line."""
        if self._watched and self._total >= FEW:
            print(file=sys.stderr)
