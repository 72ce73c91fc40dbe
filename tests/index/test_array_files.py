"""Arrays read from their files a few rows at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.array_files import ArrayFile

SHAPES = st.tuples(st.integers(0, 9), st.integers(1, 4))


@given(shape=SHAPES, kind=st.sampled_from(["i1", "f4", "i8"]), data=st.data())
def test_rows_are_those_that_were_saved(
    shape: tuple[int, int], kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    array = np.arange(shape[0] * shape[1]).reshape(shape).astype(kind)
    path = tmp_path_factory.mktemp("arrays") / "a.npy"
    np.save(path, array)
    file = ArrayFile(path)
    first = data.draw(st.integers(0, len(file)))
    last = data.draw(st.integers(first, len(file)))
    read = file.rows(first, last)
    assert len(file) == shape[0]
    assert read.dtype == file.dtype == array.dtype
    assert np.array_equal(read, array[first:last])


def test_it_is_read_though_it_was_removed(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.arange(5))
    file = ArrayFile(path)
    path.unlink()
    assert file.rows(1, 3).tolist() == [1, 2]


@pytest.mark.parametrize("cut", [0, 4, 20, -1])
def test_a_file_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.arange(5))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises((ValueError, OSError)):
        ArrayFile(path)


def test_a_file_cut_while_it_is_in_use_gives_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.arange(5))
    file = ArrayFile(path)
    with path.open("r+b") as held:
        held.truncate(path.stat().st_size - 8)
    with pytest.raises(OSError, match="ends 8 bytes before row 5"):
        file.rows(0, 5)
