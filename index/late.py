"""Late interaction: a question and a passage compared token by token."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BuildError, GenerationError
from index.arrays import Positions, Scores, TokenIds, Vectors
from index.embedding import Tokens
from index.manifest import REBUILD
from index.tokens import PackedTokens

IDS, SCALES, CODES, STARTS, POSITIONS = "ids.npy", "scales.npy", "codes.npy", "starts.npy", "positions.npy"


def write_late(folder: Path, positions: Positions, tokens: Sequence[PackedTokens], dimension: int) -> None:
    """Write the tokens of the passages at some positions (ascending) into a new folder.

    Raises BuildError where the folder cannot be written.
    """
    folder.mkdir()
    lengths = [len(packed.ids) for packed in tokens]
    arrays: dict[str, NDArray[np.generic]] = {
        IDS: np.concatenate([np.zeros(0, np.int32), *(packed.ids for packed in tokens)]),
        SCALES: np.concatenate([np.zeros(0, np.float32), *(packed.scales for packed in tokens)]),
        CODES: np.concatenate([np.zeros((0, dimension), np.int8), *(packed.codes for packed in tokens)]),
        STARTS: np.cumsum([0, *lengths], dtype=np.int64),
        POSITIONS: positions,
    }
    try:
        for name, array in arrays.items():
            np.save(folder / name, array, allow_pickle=False)
    except OSError as error:
        raise BuildError(
            f"the token vectors {folder} could not be written ({error}): see that the disk has room"
        ) from error


def read_late(folder: Path, count: int, dimension: int) -> LateIndex:
    """Open the tokens of `count` passages, mapped into memory rather than read.

    Raises GenerationError where the folder does not hold what it should.
    """
    try:
        ids, scales, codes, starts, positions = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False)
            for name in (IDS, SCALES, CODES, STARTS, POSITIONS)
        )
    except (OSError, ValueError) as error:
        raise GenerationError(f"the token vectors {folder} cannot be read ({error}): {REBUILD}") from error
    shapes = (codes.shape, scales.shape, len(starts), len(positions))
    if shapes != ((len(ids), dimension), (len(ids),), count + 1, count) or starts[-1] != len(ids):
        raise GenerationError(f"the token vectors {folder} are not those of {count} passages: {REBUILD}")
    return LateIndex(PackedTokens(ids, scales, codes), starts, positions)


class LateIndex:
    """Token-level comparison with the passages of a generation; safe to use from several threads."""

    def __init__(self, tokens: PackedTokens, starts: Positions, positions: Positions) -> None:
        self._tokens = tokens
        self._starts = starts
        self._positions = positions

    @cached_property
    def _frequency(self) -> dict[int, int]:
        """In how many passages each token id stands."""
        passages = np.repeat(np.arange(len(self._positions)), np.diff(self._starts))
        pairs = np.unique(np.stack([np.asarray(self._tokens.ids, np.int64), passages]), axis=1)
        ids, counts = np.unique(pairs[0], return_counts=True)
        return dict(zip(ids.tolist(), counts.tolist(), strict=True))

    def weights(self, ids: TokenIds) -> Scores:
        """Weigh each token of a question by its idf among the passages, all weights adding up to 1.

        idf is ln(1 + (N - n + 0.5) / (n + 0.5)) for a token in n of N passages, as in BM25.
        """
        found = np.array([self._frequency.get(token, 0) for token in ids.tolist()], dtype=np.float64)
        idf = np.log1p((len(self._positions) - found + 0.5) / (found + 0.5))
        return (idf / idf.sum()).astype(np.float32) if len(idf) else idf.astype(np.float32)

    def scores(self, questions: Sequence[Tokens], positions: Positions) -> list[Scores]:
        """Score the passages at some positions by the weighted mean of each token's best match (MaxSim).

        A token's match is the cosine with the nearest token of the passage: Khattab and Zaharia 2020,
        here with idf weights. Returns the scores for each question; a passage without tokens scores 0,
        and so does every passage for a question without any.
        """
        rows = np.searchsorted(self._positions, positions)
        first, last = self._starts[rows], self._starts[rows + 1]
        held = last > first
        scores = [np.zeros(len(positions), dtype=np.float32) for _ in questions]
        asked = [place for place, question in enumerate(questions) if len(question.ids)]
        if not asked or not held.any():
            return scores
        vectors = np.concatenate([questions[place].vectors for place in asked])
        best = self._best_matches(vectors, first[held], last[held])
        edges = np.cumsum([len(questions[place].ids) for place in asked])[:-1]
        for place, part in zip(asked, np.split(best, edges, axis=1), strict=True):
            scores[place][held] = part @ self.weights(questions[place].ids)
        return scores

    def _best_matches(self, vectors: Vectors, first: Positions, last: Positions) -> NDArray[np.float32]:
        """Return the best cosine for each passage (rows) and vector of a token (columns)."""
        lengths = last - first
        edges = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(first - edges, lengths)
        cosines = self._tokens.codes[places].astype(np.float32) @ vectors.T
        cosines *= self._tokens.scales[places][:, np.newaxis]
        best: NDArray[np.float32] = np.maximum.reduceat(cosines, edges, axis=0)
        return best
