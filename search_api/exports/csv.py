"""CSV (RFC 4180): UTF-8 with the mark at its head by which spreadsheets know it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from search_api.exports.columns import COLUMNS, cells_of
from search_api.register.rows import Row


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write the mark and the heads, then a record for each row.

    Line breaks within a text are kept, in quotation marks; a lone surrogate is written as its escape.
    """
    yield codecs.BOM_UTF8 + _record(list(COLUMNS))
    for row in rows:
        yield _record(cells_of(row))


def _record(cells: list[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode("utf-8", "backslashreplace")
