"""Where each passage stands: its place in the order of the texts, and its part and row there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.arrays import Positions
from index.outline import Outline

ROW_BITS = 32
"""A passage's number is its part's serial in the high bits and its row in the low ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """The records of one document in a part: rows from `first` on."""

    part: int
    first: int
    count: int


class Layout:
    """The places of a generation's passages, from 0 in the order of the documents and their positions.

    A part keeps its rows when documents come and go around it; the places are worked out anew for each
    generation. `number` is what the lexical index knows a passage by, which survives as the row does.
    """

    def __init__(self, serials: Sequence[int], rows: Sequence[int], runs: Mapping[str, Run]) -> None:
        """Lay out parts (serials, numbers of rows) by the documents' runs, given in their order."""
        self.runs = runs
        self._serials = np.array(serials, dtype=np.int64)
        self._starts = np.cumsum([0, *rows], dtype=np.int64)
        firsts = [self._starts[run.part] + run.first for run in runs.values()]
        counts = [run.count for run in runs.values()]
        self._flat = _ranges(np.array(firsts, dtype=np.int64), np.array(counts, dtype=np.int64))
        self._places = np.empty(len(self._flat), dtype=np.int64)
        self._places[self._flat] = np.arange(len(self._flat))
        edges = np.cumsum([0, *counts]).tolist()
        self._ranges = dict(zip(runs, pairwise(edges), strict=True))

    def __len__(self) -> int:
        return len(self._flat)

    def of_document(self, document: str) -> range:
        """Return the places of a document's passages, none where it is not held."""
        return range(*self._ranges.get(document, (0, 0)))

    def ranges(self) -> Iterator[range]:
        """Yield the places of each document's passages, in the order of the texts."""
        return (range(*ends) for ends in self._ranges.values())

    def places(self, part: int, rows: NDArray[np.integer]) -> Positions:
        """Return the places of some rows of a part."""
        places: Positions = self._places[self._starts[part] + rows]
        return places

    def groups(self, places: Positions) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """Yield, part by part, which of the places stand in it (indices into them) and their rows."""
        flat = self._flat[places]
        parts = np.searchsorted(self._starts, flat, side="right") - 1
        for part in np.unique(parts).tolist():
            members = np.flatnonzero(parts == part)
            yield part, members, flat[members] - self._starts[part]

    def placed(self, numbers: Positions) -> Positions:
        """Return the places of the passages of some numbers."""
        sorter = np.argsort(self._serials)
        found = np.searchsorted(self._serials, numbers >> ROW_BITS, sorter=sorter)
        parts = sorter[found]
        places: Positions = self._places[self._starts[parts] + (numbers & ((1 << ROW_BITS) - 1))]
        return places


def number(serial: int, row: int) -> int:
    """Return the number of a passage."""
    return (serial << ROW_BITS) | row


def passage_layout(outline: Outline) -> Layout:
    """Lay out the passages of a generation."""
    counts = {held.id: held.passages for _, held in outline.held()}
    return _layout(outline, counts)


def commitment_layout(outline: Outline) -> Layout:
    """Lay out the commitments of a generation."""
    counts = {held.id: held.commitments for _, held in outline.held()}
    return _layout(outline, counts)


def _layout(outline: Outline, counts: Mapping[str, int]) -> Layout:
    runs: dict[str, Run] = {}
    rows = []
    for place, part in enumerate(outline.parts):
        first = 0
        for held in part.documents:
            runs[held.id] = Run(place, first, counts[held.id])
            first += counts[held.id]
        rows.append(first)
    return Layout([part.serial for part in outline.parts], rows, {name: runs[name] for name in outline.order})


def _ranges(firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Join the ranges that begin at `firsts` and are `counts` long."""
    edges = np.cumsum(counts) - counts
    joined: NDArray[np.int64] = np.arange(int(counts.sum())) + np.repeat(firsts - edges, counts)
    return joined
