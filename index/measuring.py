"""What a build says of itself: seconds by stage, and how well the search by vectors finds the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter

import numpy as np

from index.dense import DenseIndex

SAMPLE = 100
"""Passages whose neighbours are looked up to measure the recall: it is then known to a hundredth or two."""
NEAREST = 10


class Clock:
    """Adds up the wall time of stages; of a stage within another only the inner one is counted."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = 0.0

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what runs within as part of a stage."""
        start, around = perf_counter(), self._within
        self._within = 0.0
        try:
            yield
        finally:
            taken = perf_counter() - start
            self.seconds[stage] = self.seconds.get(stage, 0.0) + taken - self._within
            self._within = around + taken

    def add(self, seconds: Iterable[tuple[str, float]]) -> None:
        """Count stages that another clock measured, outside of all stages of this one."""
        for stage, taken in seconds:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + taken

    def times(self) -> tuple[tuple[str, float], ...]:
        """The stages in the order in which they first ended, each with its seconds."""
        return tuple(self.seconds.items())


def recall_of(dense: DenseIndex, sample: int = SAMPLE) -> float:
    """Return the share of the ten vectors nearest to each of a sample that a search finds: recall@10.

    The sample is of vectors half-way between two that are held: a question is as near to none as a passage is
    to itself. 1 where every vector is compared anyway.
    """
    if dense.exact:
        return 1.0
    vectors = dense.sample(sample)
    exact = dense.nearest_of_all(vectors, NEAREST)
    found = [dense.search(vector, NEAREST)[0] for vector in vectors]
    return float(np.mean([np.isin(row, own).mean() for row, own in zip(exact, found, strict=True)]))
