"""Exact search among vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BuildError, GenerationError
from index.dense import VECTORS as VECTORS_FILE
from index.dense import DenseIndex, read_dense, write_dense
from index.layout import Layout, Run
from index.measuring import recall_of

SEARCHABLE = np.array([False, True, False, False, True, False, True])
VECTORS = np.zeros((7, 2), dtype=np.float32)
VECTORS[SEARCHABLE] = np.array([[1, 0], [0.6, 0.8], [0, 1]])
LAYOUT = Layout([1], [7], {"plan": Run(0, 0, 7)})
ASKED = np.array([0.8, 0.6], dtype=np.float32)


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    write_dense(tmp_path, VECTORS, SEARCHABLE)
    return DenseIndex([read_dense(tmp_path, 7, 3, 2)], LAYOUT)


def test_the_nearest_come_first_with_their_cosine(index: DenseIndex) -> None:
    positions, cosines = index.search(ASKED, 2)
    assert positions.tolist() == [4, 1]
    assert cosines == pytest.approx([0.96, 0.8])


def test_only_allowed_positions_are_found(index: DenseIndex) -> None:
    allowed = np.array([0, 1, 6], dtype=np.int64)
    assert index.search(ASKED, 9, allowed)[0].tolist() == [1, 6]
    assert index.search(ASKED, 9, allowed[:0])[0].tolist() == []


def test_cosines_are_those_of_the_search(index: DenseIndex) -> None:
    positions, cosines = index.search(ASKED, 9)
    assert index.cosines(ASKED, positions) == pytest.approx(cosines)
    assert index.cosines(ASKED, positions[:0]).tolist() == []


def test_an_index_that_cannot_be_read_or_holds_something_else_is_refused(tmp_path: Path) -> None:
    write_dense(tmp_path, VECTORS, SEARCHABLE)
    for rows, searchable, dimension in ((8, 3, 2), (7, 2, 2), (7, 3, 4)):
        with pytest.raises(GenerationError, match=r"have shape \(7, 2\).*--rebuild"):
            read_dense(tmp_path, rows, searchable, dimension)
    path = tmp_path / VECTORS_FILE
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(GenerationError, match=r"cannot be read.*labour index --rebuild"):
        read_dense(tmp_path, 7, 3, 2)


def test_an_index_that_cannot_be_written_is_a_build_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="could not be written"):
        write_dense(tmp_path / "absent", VECTORS, SEARCHABLE)


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    write_dense(tmp_path, VECTORS, np.zeros(7, dtype=bool))
    index = DenseIndex([read_dense(tmp_path, 7, 0, 2)], LAYOUT)
    assert index.search(ASKED, 3)[0].tolist() == []


@pytest.fixture
def many(tmp_path: Path) -> tuple[DenseIndex, DenseIndex]:
    """An exact index and a sketched one of the same vectors in two parts, some of them not searched."""
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((600, 96)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    searchable = rng.random(600) < 0.9
    parts = []
    for name, rows in (("a", slice(0, 250)), ("b", slice(250, 600))):
        (tmp_path / name).mkdir()
        write_dense(tmp_path / name, vectors[rows], searchable[rows])
        held = int(searchable[rows].sum())
        parts.append(read_dense(tmp_path / name, len(vectors[rows]), held, 96))
    layout = Layout([4, 2], [250, 350], {"y": Run(1, 0, 350), "x": Run(0, 0, 250)})
    return DenseIndex(parts, layout), DenseIndex(parts, layout, exact_up_to=10)


def test_sketches_find_what_a_comparison_with_all_finds(many: tuple[DenseIndex, DenseIndex]) -> None:
    exact, sketched = many
    assert exact.exact
    assert not sketched.exact
    assert recall_of(exact) == 1
    assert recall_of(sketched) == 1  # fewer vectors than are looked at again
    for vector in exact.sample(20):
        expected, cosines = exact.search(vector, 10)
        positions, found = sketched.search(vector, 10)
        assert set(positions) == set(expected)
        assert found == pytest.approx(cosines, abs=1e-6)


def test_sketches_find_only_what_is_allowed(many: tuple[DenseIndex, DenseIndex]) -> None:
    exact, sketched = many
    for allowed in (np.array([5]), np.arange(0, 600, 3), np.arange(600)):
        vector = exact.sample(1)[0]
        assert (
            sketched.search(vector, 10, allowed)[0].tolist() == exact.search(vector, 10, allowed)[0].tolist()
        )


def test_a_recall_is_the_share_that_is_found(many: tuple[DenseIndex, DenseIndex], monkeypatch) -> None:
    _, sketched = many
    monkeypatch.setattr("index.dense.LOOKED_AT", 12)
    monkeypatch.setattr("index.dense.PER_PART", 12)
    assert 0.3 < recall_of(sketched) < 1
