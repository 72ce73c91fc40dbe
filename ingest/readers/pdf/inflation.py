"""How much the compressed streams of a PDF inflate to, told without holding it in memory."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import SourceError

STEP = 1 << 20
LARGEST = 256 << 20
"""Bytes: a stream that is no picture holds a font, a page or objects; 256 MiB is ten times the largest
that is known of maps."""
EXPANDS = 1032
"""Times that zlib makes data smaller at most."""
HEAD = 2048
"""Bytes before the data of a stream that may belong to its dictionary."""
OBJECT = re.compile(rb"\sobj\b")
PICTURE = re.compile(rb"/Subtype\s*/Image")


def inflated(data: bytes | memoryview, limit: int) -> int:
    """Count the bytes that compressed data inflate to, stopping once there are more than `limit`.

    Data that are damaged, encrypted or not compressed count as far as they inflate.
    """
    unpacker = zlib.decompressobj()
    total, rest = 0, bytes(data[:STEP])
    read = len(rest)
    while rest and total <= limit and not unpacker.eof:
        try:
            total += len(unpacker.decompress(rest, STEP))
        except zlib.error:
            break
        rest = unpacker.unconsumed_tail
        if not rest:
            rest = bytes(data[read : read + STEP])
            read += len(rest)
    return total


def check_streams(path: Path, limit: int = LARGEST) -> None:
    """Raise SourceError where any stream, pictures left aside, inflates beyond all measure."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for start, end in _streams(data):
            if end - start > limit // EXPANDS and inflated(data[start:end], limit) > limit:
                raise SourceError(
                    f"{path.name}: a part of it inflates to more than {limit >> 20} MiB, as in a file made"
                    " to exhaust memory. Print it to a new PDF with a program you trust and give that."
                )


def _streams(data: mmap.mmap) -> Iterator[tuple[int, int]]:
    """Where the compressed streams stand that are no pictures."""
    at = data.find(b"stream")
    while at >= 0:
        head = data[max(0, at - HEAD) : at]
        head = OBJECT.split(head)[-1]
        end = data.find(b"endstream", at + 6)
        end = len(data) if end < 0 else end
        if b"Fl" in head and not PICTURE.search(head):
            start = at + 6
            while start < end and data[start] in b"\r\n":
                start += 1
            yield start, end
        at = data.find(b"stream", end + 9)
