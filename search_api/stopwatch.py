"""How long each stage of a piece of work took."""

from __future__ import annotations

from time import perf_counter

from index.building import Progress

FIRST = "checking"
"""What is done before the first stage is told."""


class Stopwatch:
    """Passes progress on, and measures each stage from its first word to that of the next, in seconds."""

    def __init__(self, progress: Progress) -> None:
        """Begin with what comes before the first stage."""
        self._progress = progress
        self._stage = FIRST
        self._begun = perf_counter()
        self._times: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take progress in."""
        self._turn(stage)
        self._progress(stage, done, total)

    def times(self) -> tuple[tuple[str, float], ...]:
        """Name the stages in the order in which they began, each with its seconds so far."""
        self._turn(self._stage)
        return tuple(self._times.items())

    def _turn(self, stage: str) -> None:
        now = perf_counter()
        self._times[self._stage] = self._times.get(self._stage, 0.0) + now - self._begun
        self._stage, self._begun = stage, now
