"""Exact search among the vectors of passages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import BuildError, GenerationError
from index.arrays import Positions, Scores, Vectors
from index.manifest import REBUILD

if TYPE_CHECKING:
    import faiss


def write_dense(path: Path, positions: Positions, vectors: Vectors, dimension: int) -> None:
    """Write an index of unit vectors, shape (n, dimension), each known by its passage's position.

    Raises BuildError where the file cannot be written.
    """
    import faiss

    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    if len(positions):
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), positions)
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise BuildError(
            f"the dense index {path} could not be written ({error}): see that the disk has room"
        ) from error


def read_dense(path: Path, count: int, dimension: int) -> DenseIndex:
    """Read an index written by `write_dense`; GenerationError where it does not hold what it should."""
    import faiss

    faiss.omp_set_num_threads(1)  # one question is too little to share out; more only wait for each other
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise GenerationError(f"the dense index {path} cannot be read: {REBUILD}") from error
    if (index.ntotal, index.d) != (count, dimension) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
        raise GenerationError(
            f"the dense index {path} holds {index.ntotal} vectors of {index.d} components, not {count} of"
            f" {dimension}: {REBUILD}"
        )
    return DenseIndex(index)


class DenseIndex:
    """Cosine search among the vectors of a generation; safe to use from several threads."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def search(
        self, vector: Vectors, limit: int, allowed: Positions | None = None
    ) -> tuple[Positions, Scores]:
        """Return the positions nearest to a unit vector, shape (dimension,), and their cosines.

        Best first, at most `limit`, and only among `allowed` where it is given.
        """
        import faiss

        parameters = faiss.SearchParameters()
        selector = None if allowed is None else faiss.IDSelectorBatch(allowed)
        parameters.sel = selector  # which does not keep it alive: the name does
        scores, positions = self._index.search(vector[np.newaxis], max(1, limit), params=parameters)
        found = positions[0] >= 0
        return positions[0][found][:limit], scores[0][found][:limit]

    def cosines(self, vector: Vectors, positions: Positions) -> Scores:
        """Return the cosine of a unit vector with the vector at each position."""
        if not len(positions):
            return np.zeros(0, dtype=np.float32)
        rows: Vectors = self._index.reconstruct_batch(positions)
        return rows @ vector
