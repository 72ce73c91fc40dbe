"""Late interaction: a question and a passage compared token by token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BuildError, GenerationError
from index.array_files import ArrayFile
from index.arrays import Positions, Scores, TokenIds, Vectors
from index.embedding import Tokens
from index.layout import Layout
from index.manifest import REBUILD
from index.tokens import PackedTokens, expand, rotation

IDS, SCALES, CODES, STARTS, HOLDERS = "ids.npy", "scales.npy", "codes.npy", "starts.npy", "holders.npy"

Codes = NDArray[np.int8] | NDArray[np.uint8]
"""Components of token vectors, as `index.tokens` packs them."""
AT_ONCE = 1024
"""Tokens compared in one piece, so that what is worked on stays near the processor."""


def write_late(folder: Path, tokens: Sequence[PackedTokens]) -> None:
    """Write the tokens of the passages of a part, one after the other, into a new folder.

    A passage that no search can return has none. Raises BuildError where the folder cannot be written.
    """
    folder.mkdir()
    starts = np.cumsum([0, *(len(packed.ids) for packed in tokens)], dtype=np.int64)
    ids = np.concatenate([np.zeros(0, np.int32), *(packed.ids for packed in tokens)])
    try:
        np.save(folder / IDS, ids, allow_pickle=False)
        np.save(folder / STARTS, starts, allow_pickle=False)
        np.save(folder / HOLDERS, _holders(ids, starts), allow_pickle=False)
        np.save(folder / SCALES, np.concatenate([packed.scales for packed in tokens]), allow_pickle=False)
        _save_codes(folder / CODES, tokens)
    except OSError as error:
        raise BuildError(
            f"the token vectors {folder} could not be written ({error}): see that the disk has room"
        ) from error


def _save_codes(path: Path, tokens: Sequence[PackedTokens]) -> None:
    """Write the codes piece by piece: they are by far the most, and joined they would be there twice."""
    shape = (sum(len(packed.codes) for packed in tokens), tokens[0].codes.shape[1])
    header = {"descr": tokens[0].codes.dtype.str, "fortran_order": False, "shape": shape}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for packed in tokens:
            file.write(np.ascontiguousarray(packed.codes).tobytes())


def _holders(ids: TokenIds, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count in how many passages each token id stands: rows of ids and counts."""
    passages = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    pairs = np.unique(ids.astype(np.int64) * len(starts) + passages)
    return np.stack(np.unique(pairs // len(starts), return_counts=True))


@dataclass(frozen=True, slots=True)
class LatePart:
    """The tokens of a part, in their files; those of row i are from `starts[i]` to the next."""

    ids: ArrayFile
    scales: ArrayFile
    codes: ArrayFile
    starts: NDArray[np.int64]
    holders: NDArray[np.int64]

    def of_row(self, row: int) -> PackedTokens:
        """Return the tokens of one passage."""
        return PackedTokens(self.ids.rows(*self._range(row)), *self.vectors_of(row))

    def vectors_of(self, row: int) -> tuple[NDArray[np.float32], Codes]:
        """Return scales and codes of the tokens of one passage."""
        place = self._range(row)
        return self.scales.rows(*place), self.codes.rows(*place)

    def _range(self, row: int) -> tuple[int, int]:
        return int(self.starts[row]), int(self.starts[row + 1])


def read_late(folder: Path, rows: int) -> LatePart:
    """Open the tokens of a part of so many passages.

    Raises GenerationError where the folder does not hold what it should.
    """
    try:
        ids, scales, codes = (ArrayFile(folder / name) for name in (IDS, SCALES, CODES))
        starts, holders = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (STARTS, HOLDERS)
        )
    except (OSError, ValueError) as error:
        raise GenerationError(f"the token vectors {folder} cannot be read ({error}): {REBUILD}") from error
    if (len(codes), len(scales), len(starts)) != (len(ids), len(ids), rows + 1) or starts[-1] != len(ids):
        raise GenerationError(f"the token vectors {folder} are not those of {rows} passages: {REBUILD}")
    return LatePart(ids, scales, codes, np.asarray(starts), np.asarray(holders))


_NOTHING: tuple[NDArray[np.float32], Codes] = (np.zeros(0, np.float32), np.zeros((0, 1), np.int8))


class LateIndex:
    """Token-level comparison with the passages of a generation; safe to use from several threads."""

    def __init__(self, parts: Sequence[LatePart], layout: Layout, searchable: int) -> None:
        self._parts = parts
        self._layout = layout
        self._searchable = searchable

    @cached_property
    def _frequency(self) -> NDArray[np.int64]:
        """In how many passages each token id stands; the last is 0, for ids beyond."""
        highest = max((int(part.holders[0].max(initial=-1)) for part in self._parts), default=-1)
        counts = np.zeros(highest + 2, dtype=np.int64)
        for part in self._parts:
            counts[part.holders[0]] += part.holders[1]
        return counts

    def weights(self, ids: TokenIds) -> Scores:
        """Weigh each token of a question by its idf among the passages, all weights adding up to 1.

        idf is ln(1 + (N - n + 0.5) / (n + 0.5)) for a token in n of N passages, as in BM25.
        """
        frequency = self._frequency
        found = frequency[np.minimum(ids, len(frequency) - 1)].astype(np.float64)
        idf = np.log1p((self._searchable - found + 0.5) / (found + 0.5))
        return (idf / idf.sum()).astype(np.float32) if len(idf) else idf.astype(np.float32)

    def scores(self, questions: Sequence[Tokens], positions: Positions) -> list[Scores]:
        """Score the passages at some positions by the weighted mean of each token's best match (MaxSim).

        A token's match is the cosine with the nearest token of the passage: Khattab and Zaharia 2020,
        here with idf weights. Returns the scores for each question; a passage without tokens scores 0,
        and so does every passage for a question without any.
        """
        lengths, scales, codes = self._gathered(positions)
        held = lengths > 0
        scores = [np.zeros(len(positions), dtype=np.float32) for _ in questions]
        asked = [place for place, question in enumerate(questions) if len(question.ids)]
        if not asked or not held.any():
            return scores
        vectors = np.concatenate([questions[place].vectors for place in asked])
        best = _best_matches(vectors, lengths[held], scales, codes)
        edges = np.cumsum([len(questions[place].ids) for place in asked])[:-1]
        for place, part in zip(asked, np.split(best, edges, axis=1), strict=True):
            scores[place][held] = part @ self.weights(questions[place].ids)
        return scores

    def _gathered(self, positions: Positions) -> tuple[NDArray[np.int64], NDArray[np.float32], Codes]:
        """Read how many tokens each of some passages has, and their scales and codes, end to end."""
        rows = [_NOTHING] * len(positions)
        for part, members, own in self._layout.groups(positions):
            for member, row in zip(members.tolist(), own.tolist(), strict=True):
                rows[member] = self._parts[part].vectors_of(row)
        lengths = np.array([len(scales) for scales, _ in rows], dtype=np.int64)
        scales, codes = zip(*(row for row in rows if len(row[0])), strict=True) if lengths.any() else ((), ())
        return lengths, np.concatenate([_NOTHING[0], *scales]), np.concatenate(codes or [_NOTHING[1]])


def _best_matches(
    vectors: Vectors, lengths: NDArray[np.int64], scales: NDArray[np.float32], codes: Codes
) -> NDArray[np.float32]:
    """Return the best cosine for each passage (rows) and vector of a token (columns)."""
    dimension = vectors.shape[1]
    if codes.dtype != np.int8:
        vectors = vectors @ rotation(dimension).T
    cosines = np.empty((len(codes), len(vectors)), dtype=np.float32)
    for at in range(0, len(cosines), AT_ONCE):
        part = slice(at, at + AT_ONCE)
        np.matmul(expand(codes[part], dimension), vectors.T, out=cosines[part])
    cosines *= scales[:, np.newaxis]
    best: NDArray[np.float32] = np.maximum.reduceat(cosines, np.cumsum(lengths) - lengths, axis=0)
    return best
