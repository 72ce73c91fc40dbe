"""What a build says of itself: seconds by stage, and how well the search by vectors finds the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import numpy as np

from index.dense import DenseIndex

SAMPLE = 100
"""Passages whose neighbours are looked up to measure the recall: it is then known to a hundredth or two."""
NEAREST = 10


class Clock:
    """Adds up the wall time of stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what runs within as part of a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - start


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
