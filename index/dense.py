"""Search among the vectors of passages: exact while they are few, by sketches and a second look beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BuildError, GenerationError
from index.arrays import Positions, Scores, Vectors
from index.layout import Layout
from index.manifest import REBUILD
from index.threads import one_for_each_question

if TYPE_CHECKING:
    import faiss

VECTORS, SEARCHABLE, SKETCH = "vectors.npy", "searchable.npy", "sketch.faiss"
EXACT_UP_TO = 50_000
"""Vectors that are compared one by one: some 5 ms on one core, and 75 MB of 384 components."""
PER_PART = 256
"""Vectors of a part that its sketches put forward at least."""
LOOKED_AT = 4000
"""Vectors that are compared exactly after the sketches. For the development questions among 1,000,000 vectors
drawn near to those of the five texts, recall@10 is 0.991; it is 0.990 with 3,000 and 0.968 with 2,000."""
SKETCHED = 64
"""Sketches are of a multiple of so many components, the last ones zero."""
AT_ONCE = 65_536
"""Vectors that are read together where all are compared."""


def write_dense(folder: Path, vectors: Vectors, searchable: NDArray[np.bool_]) -> None:
    """Write the vectors of a part, a row for each passage, and the sketches of those a search can return.

    Raises BuildError where they cannot be written.
    """
    import faiss

    try:
        np.save(folder / VECTORS, vectors, allow_pickle=False)
        np.save(folder / SEARCHABLE, searchable, allow_pickle=False)
        faiss.write_index(_sketches(vectors[searchable]), str(folder / SKETCH))
    except (OSError, RuntimeError) as error:
        raise BuildError(
            f"the vectors {folder} could not be written ({error}): see that the disk has room"
        ) from error


def _sketches(vectors: Vectors) -> faiss.Index:
    """Sketch vectors: a bit a component, by RaBitQ (Gao and Long 2024) around the origin."""
    import faiss

    width = -(-vectors.shape[1] // SKETCHED) * SKETCHED
    index = faiss.IndexRaBitQFastScan(width, faiss.METRIC_INNER_PRODUCT)
    index.train(np.zeros((2, width), dtype=np.float32))
    if len(vectors):
        index.add(_widened(vectors, width))
    return index


def _widened(vectors: Vectors, width: int) -> Vectors:
    return np.ascontiguousarray(np.pad(vectors, ((0, 0), (0, width - vectors.shape[1]))), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class DensePart:
    """The vectors of a part, mapped from their file, which rows are searchable, and the file of sketches."""

    vectors: Vectors
    rows: NDArray[np.int64]
    sketches: Path


def read_dense(folder: Path, rows: int, searchable: int, dimension: int) -> DensePart:
    """Open what `write_dense` wrote; GenerationError where it does not hold what it should."""
    try:
        vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
        mask = np.load(folder / SEARCHABLE, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise GenerationError(f"the vectors {folder} cannot be read ({error}): {REBUILD}") from error
    if vectors.shape != (rows, dimension) or mask.shape != (rows,) or mask.sum() != searchable:
        raise GenerationError(
            f"the vectors {folder} have shape {vectors.shape}, not {(rows, dimension)}: {REBUILD}"
        )
    return DensePart(np.asarray(vectors), np.flatnonzero(mask), folder / SKETCH)


class DenseIndex:
    """Cosine search among the vectors of a generation; safe to use from several threads.

    Up to `exact_up_to` searchable vectors are compared one by one. Of more, sketches put forward
    LOOKED_AT, which are then compared exactly.
    """

    def __init__(self, parts: Sequence[DensePart], layout: Layout, exact_up_to: int = EXACT_UP_TO) -> None:
        one_for_each_question()
        self._parts = parts
        self._layout = layout
        self._exact_up_to = exact_up_to
        self._flat = self._made_flat() if self.exact else None
        self._sketches = [] if self.exact else self._sketched()

    @property
    def exact(self) -> bool:
        """Tell whether every vector is compared."""
        return sum(len(part.rows) for part in self._parts) <= self._exact_up_to

    def search(
        self, vector: Vectors, limit: int, allowed: Positions | None = None
    ) -> tuple[Positions, Scores]:
        """Return the positions nearest to a unit vector, shape (dimension,), and their cosines.

        Best first, at most `limit`, and only among `allowed` where it is given.
        """
        if self._flat is not None:
            return _search_flat(self._flat, vector, limit, allowed)
        if allowed is not None and len(allowed) <= self._exact_up_to:
            allowed = allowed[self._searchable[allowed]]
            return _best(allowed, self.cosines(vector, allowed), limit)
        wanted = max(LOOKED_AT, limit)
        if allowed is not None:
            wanted = wanted * len(self._layout) // len(allowed)
        found = self._sketched_nearest(vector, wanted)
        if allowed is not None:
            found = np.intersect1d(found, allowed)
        return _best(found, self.cosines(vector, found), limit)

    def cosines(self, vector: Vectors, positions: Positions) -> Scores:
        """Return the cosine of a unit vector with the vector at each position."""
        return self._gathered(positions) @ vector

    def nearest_of_all(self, vectors: Vectors, limit: int) -> NDArray[np.int64]:
        """Compare every vector with some unit vectors, and return the nearest positions, shape (k, limit)."""
        best = np.full((len(vectors), limit), -2, dtype=np.float32)
        places = np.full((len(vectors), limit), -1, dtype=np.int64)
        for part, held in enumerate(self._parts):
            for at in range(0, len(held.rows), AT_ONCE):
                rows = held.rows[at : at + AT_ONCE]
                scores = np.hstack([best, vectors @ held.vectors[rows].T])
                own = np.broadcast_to(self._layout.places(part, rows), (len(vectors), len(rows)))
                chosen = np.argpartition(-scores, limit - 1, axis=1)[:, :limit]
                best = np.take_along_axis(scores, chosen, axis=1)
                places = np.take_along_axis(np.hstack([places, own]), chosen, axis=1)
        return places

    def sample(self, count: int) -> Vectors:
        """Return unit vectors half-way between two searchable ones, evenly spaced."""
        positions = np.flatnonzero(self._searchable)
        chosen = self._gathered(positions[:: max(1, len(positions) // count)][:count])
        between = chosen + np.roll(chosen, 1, axis=0)
        unit: Vectors = between / np.maximum(np.linalg.norm(between, axis=1, keepdims=True), 1e-9)
        return unit

    @cached_property
    def _searchable(self) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._layout), dtype=bool)
        for part, held in enumerate(self._parts):
            mask[self._layout.places(part, held.rows)] = True
        return mask

    def _made_flat(self) -> faiss.Index:
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(self._parts[0].vectors.shape[1]))
        positions = np.flatnonzero(self._searchable)
        if len(positions):
            index.add_with_ids(self._gathered(positions), positions)
        return index

    def _gathered(self, positions: Positions) -> Vectors:
        vectors = np.empty((len(positions), self._parts[0].vectors.shape[1]), dtype=np.float32)
        for part, members, rows in self._layout.groups(positions):
            vectors[members] = np.take(self._parts[part].vectors, rows, axis=0)
        return vectors

    def _sketched(self) -> list[Any]:
        import faiss

        try:
            return [faiss.read_index(str(part.sketches)) for part in self._parts]
        except RuntimeError as error:
            raise GenerationError(f"the sketches of vectors cannot be read ({error}): {REBUILD}") from error

    def _sketched_nearest(self, vector: Vectors, wanted: int) -> Positions:
        """Return the positions that the sketches hold to be nearest, ascending."""
        each = max(PER_PART, 2 * wanted // len(self._parts))
        widened = _widened(vector[np.newaxis], self._sketches[0].d)
        estimates, places = [], []
        for part, (held, sketches) in enumerate(zip(self._parts, self._sketches, strict=True)):
            if not len(held.rows):
                continue
            scores, rows = sketches.search(widened, min(each, len(held.rows)))
            found = rows[0] >= 0
            estimates.append(scores[0][found])
            places.append(self._layout.places(part, held.rows[rows[0][found]]))
        joined = np.concatenate(estimates)
        order = np.argpartition(-joined, min(wanted, len(joined)) - 1)[:wanted]
        nearest: Positions = np.sort(np.concatenate(places)[order])
        return nearest


def _search_flat(
    index: faiss.Index, vector: Vectors, limit: int, allowed: Positions | None
) -> tuple[Positions, Scores]:
    import faiss

    parameters = faiss.SearchParameters()
    selector = None if allowed is None else faiss.IDSelectorBatch(allowed)
    parameters.sel = selector  # which does not keep it alive: the name does
    scores, positions = index.search(vector[np.newaxis], max(1, limit), params=parameters)
    found = positions[0] >= 0
    return positions[0][found][:limit], scores[0][found][:limit]


def _best(positions: Positions, scores: Scores, limit: int) -> tuple[Positions, Scores]:
    order = np.lexsort((positions, -scores))[:limit]
    return positions[order], scores[order]
