"""Exact search among vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BuildError, GenerationError
from index.dense import DenseIndex, read_dense, write_dense

POSITIONS = np.array([1, 4, 6], dtype=np.int64)
VECTORS = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)
ASKED = np.array([0.8, 0.6], dtype=np.float32)


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    write_dense(tmp_path / "dense", POSITIONS, VECTORS, 2)
    return read_dense(tmp_path / "dense", 3, 2)


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
    path = tmp_path / "dense"
    write_dense(path, POSITIONS, VECTORS, 2)
    with pytest.raises(GenerationError, match=r"holds 3 vectors of 2 components, not 4 of 2.*--rebuild"):
        read_dense(path, 4, 2)
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(GenerationError, match=r"cannot be read.*labour index --rebuild"):
        read_dense(path, 3, 2)


def test_an_index_that_cannot_be_written_is_a_build_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="could not be written"):
        write_dense(tmp_path / "absent" / "dense", POSITIONS, VECTORS, 2)


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    write_dense(tmp_path / "dense", POSITIONS[:0], VECTORS[:0], 2)
    assert read_dense(tmp_path / "dense", 0, 2).search(ASKED, 3)[0].tolist() == []
