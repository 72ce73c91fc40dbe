"""Which stems stand in each passage and how often: what the words of a few passages are scored by.

The lexical engine finds passages among all of them, but scores a few given ones by going through the long
lists of every word. Here the few are read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BuildError, GenerationError
from index.arrays import Positions, Scores
from index.layout import Layout
from index.manifest import REBUILD

KEYS, HOLDERS, STEMS, COUNTS, STARTS, LENGTHS = (
    "keys.npy", "holders.npy", "stems.npy", "counts.npy", "starts.npy", "lengths.npy",
)  # fmt: skip
FIELDS = 2
"""A passage's own words, and those of its context."""
MOST = 65_535
"""Times that a stem is counted in one passage."""
K1, B = 1.2, 0.75
"""Of BM25, as in Lucene: Robertson and Zaragoza 2009."""
ROUNDED = np.array(
    [n if n < 32 else 24 + ((n & 7 | 8) << (n >> 3) - 4) for n in range(256)], dtype=np.float64
)
"""Lengths that are told apart, as in Lucene and tantivy: every one up to 40, then one in ever more.

Without this nDCG@10 on the development questions is 0.725 instead of 0.726.
"""
KEPT_PARTS = 16_384
"""Parts of contexts whose stems are kept while bags are made: neighbours share them."""

Stemmed = Callable[[str], Sequence[str]]
"""The stems of a text, in their order."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a passage: its own, and the parts of its context."""

    text: str
    context: tuple[str, ...]


def key_of(stem: str) -> int:
    """Return the 64 bits that stand for a stem."""
    return int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=8).digest(), "little")


def write_bags(folder: Path, rows: Iterable[Words | None], stemmed: Stemmed) -> None:
    """Write the stems of the passages of a part into a new folder; None is one that no search can return.

    Raises BuildError where the folder cannot be written.
    """
    folder.mkdir()
    vocabulary: dict[str, int] = {}
    stems, counts, lengths = _counted(rows, stemmed, vocabulary)
    keys = np.array([key_of(stem) for stem in vocabulary], dtype=np.uint64)
    order = np.argsort(keys)
    renamed = np.empty(len(keys), dtype=np.uint32)
    renamed[order] = np.arange(len(keys), dtype=np.uint32)
    joined = renamed[np.concatenate([np.zeros(0, np.int64), *stems])]
    times = np.concatenate([np.zeros((0, FIELDS), np.uint16), *counts])
    arrays = {
        KEYS: keys[order],
        HOLDERS: _holders(joined, times, len(keys)),
        STEMS: joined,
        COUNTS: times,
        STARTS: np.cumsum([0, *map(len, stems)], dtype=np.int64),
        LENGTHS: np.array(lengths, dtype=np.uint32).reshape(-1, FIELDS),
    }
    try:
        for name, array in arrays.items():
            np.save(folder / name, array, allow_pickle=False)
    except OSError as error:
        raise BuildError(
            f"the words {folder} could not be written ({error}): see that the disk has room"
        ) from error


def _counted(
    rows: Iterable[Words | None], stemmed: Stemmed, vocabulary: dict[str, int]
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.uint16]], list[tuple[int, int]]]:
    """Count the stems of each passage; the vocabulary takes up those that are new."""
    kept = lru_cache(maxsize=KEPT_PARTS)(stemmed)
    stems, counts, lengths = [], [], []
    for row in rows:
        own = Counter(stemmed(row.text) if row else ())
        context = Counter(stem for part in (row.context if row else ()) for stem in kept(part))
        held = list(own | context)
        stems.append(np.array([vocabulary.setdefault(s, len(vocabulary)) for s in held], dtype=np.int64))
        times = [(min(own[stem], MOST), min(context[stem], MOST)) for stem in held]
        counts.append(np.array(times, dtype=np.uint16).reshape(-1, FIELDS))
        lengths.append((own.total(), context.total()))
    return stems, counts, lengths


def _holders(stems: NDArray[np.uint32], counts: NDArray[np.uint16], known: int) -> NDArray[np.int64]:
    """In how many passages each stem stands: in their own words, in their context, in either."""
    masks = (counts[:, 0] > 0, counts[:, 1] > 0, np.ones(len(stems), dtype=bool))
    return np.stack([np.bincount(stems[mask], minlength=known) for mask in masks], axis=1)


@dataclass(frozen=True, slots=True)
class BagPart:
    """The stems of a part, mapped from their files; those of row i are from `starts[i]` to the next."""

    keys: NDArray[np.uint64]
    holders: NDArray[np.int64]
    stems: NDArray[np.uint32]
    counts: NDArray[np.uint16]
    starts: NDArray[np.int64]
    lengths: NDArray[np.uint32]


def read_bags(folder: Path, rows: int) -> BagPart:
    """Open what `write_bags` wrote; GenerationError where it does not hold what it should."""
    try:
        arrays = [
            np.load(folder / name, mmap_mode="r", allow_pickle=False)
            for name in (KEYS, HOLDERS, STEMS, COUNTS, STARTS, LENGTHS)
        ]
    except (OSError, ValueError) as error:
        raise GenerationError(f"the words {folder} cannot be read ({error}): {REBUILD}") from error
    part = BagPart(*(np.asarray(array) for array in arrays))
    if (len(part.starts), len(part.lengths)) != (rows + 1, rows) or part.starts[-1] != len(part.stems):
        raise GenerationError(f"the words {folder} are not those of {rows} passages: {REBUILD}")
    return part


class Bags:
    """The stems of the passages of a generation, read for a few at a time."""

    def __init__(self, parts: Sequence[BagPart], layout: Layout, searchable: int) -> None:
        self._parts = parts
        self._layout = layout
        self._searchable = searchable
        totals = sum((part.lengths.sum(axis=0, dtype=np.int64) for part in parts), np.zeros(FIELDS))
        self._means = np.maximum(totals / max(1, searchable), 1e-9)
        self.holders = lru_cache(maxsize=KEPT_PARTS)(self._held_by)

    def _held_by(self, stem: str) -> NDArray[np.int64]:
        """Count the passages that hold a stem in their own words, in their context, in either."""
        key = np.uint64(key_of(stem))
        counts = np.zeros(FIELDS + 1, dtype=np.int64)
        for part in self._parts:
            at = int(np.searchsorted(part.keys, key))
            if at < len(part.keys) and part.keys[at] == key:
                counts += part.holders[at]
        return counts

    def idf(self, frequency: NDArray[np.int64] | int) -> NDArray[np.float64]:
        """Return ln(1 + (N - n + 0.5) / (n + 0.5)) for what n of N passages hold, as in Lucene."""
        return np.asarray(np.log1p((self._searchable - frequency + 0.5) / (frequency + 0.5)))

    def counts(self, stems: Sequence[str], positions: Positions) -> tuple[NDArray[np.int64], Scores]:
        """Count the stems in the passages at some positions.

        Returns the counts, shape (positions, stems, 2), and the lengths of words and context, (positions, 2).
        """
        wanted = np.array([key_of(stem) for stem in stems], dtype=np.uint64)
        order = np.argsort(wanted)
        found = np.zeros((len(positions), len(stems), FIELDS), dtype=np.int64)
        lengths = np.zeros((len(positions), FIELDS), dtype=np.float32)
        for place, members, rows in self._layout.groups(positions):
            part = self._parts[place]
            lengths[members] = part.lengths[rows]
            held = np.searchsorted(part.keys, wanted[order])
            known = held < len(part.keys)
            known[known] = part.keys[held[known]] == wanted[order][known]
            owners, entries = _entries(part.starts, rows)
            hit = np.searchsorted(held[known], part.stems[entries])
            same = hit < known.sum()
            same[same] = held[known][hit[same]] == part.stems[entries[same]]
            found[members[owners[same]], order[known][hit[same]]] = part.counts[entries[same]]
        return found, lengths

    def bm25(self, stems: Sequence[str], counts: NDArray[np.int64], lengths: Scores) -> NDArray[np.float64]:
        """Score each count by BM25: shape (positions, stems, 2), words and context apart."""
        idf = self.idf(np.array([self.holders(stem)[:FIELDS] for stem in stems]).reshape(-1, FIELDS))
        rounded = ROUNDED[np.searchsorted(ROUNDED, lengths, side="right") - 1]
        norm = K1 * (1 - B + B * rounded / self._means)
        scores: NDArray[np.float64] = idf * (K1 + 1) * counts / (counts + norm[:, np.newaxis])
        return scores


def _entries(starts: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[Positions, Positions]:
    """List the entries of some rows: for each the place of its row among them, and where it stands."""
    first, lengths = starts[rows], starts[rows + 1] - starts[rows]
    owners = np.repeat(np.arange(len(rows)), lengths)
    edges = np.cumsum(lengths) - lengths
    return owners, np.arange(int(lengths.sum())) + np.repeat(first - edges, lengths)
