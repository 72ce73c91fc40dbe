"""Arrays of which a few rows are wanted at a time, read from their files and not mapped.

What is mapped counts as memory of the process once it was touched, sixteen pages for each that is; of files
larger than the memory that a server may take, that is too much.
"""

from __future__ import annotations

import os
import weakref
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ArrayFile:
    """The rows of an array in a .npy file; safe to use from several threads, also after it was removed."""

    def __init__(self, path: Path) -> None:
        """Open a file; OSError where it cannot be, ValueError where it is no array or is cut short."""
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            if version != (1, 0):
                raise ValueError(f"{path} is of version {version} of its format, not (1, 0)")
            shape, by_columns, self.dtype = np.lib.format.read_array_header_1_0(file)
            self._start = file.tell()
            self._descriptor = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._descriptor)
        self._count, self._shape = shape[0], shape[1:]
        self._width = self.dtype.itemsize * prod(self._shape)
        held = os.fstat(self._descriptor).st_size
        if by_columns or held != self._start + self._count * self._width:
            raise ValueError(f"{path} holds {held} bytes, which are not {shape} of {self.dtype} by rows")

    def __len__(self) -> int:
        return int(self._count)

    def rows(self, first: int, last: int) -> NDArray[Any]:
        """Read the rows from `first` up to `last`, which is left out."""
        wanted = (last - first) * self._width
        read = os.pread(self._descriptor, wanted, self._start + first * self._width)
        if len(read) != wanted:
            raise OSError(f"the file ends {wanted - len(read)} bytes before row {last}")
        return np.frombuffer(read, dtype=self.dtype).reshape(last - first, *self._shape)
