"""JSON lines: one object for each commitment, with every field of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from search_api.register.rows import Row, fields_of


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write a line of UTF-8 for each row; a lone surrogate is written as its escape."""
    for row in rows:
        line = json.dumps(fields_of(row), ensure_ascii=False)
        yield line.encode("utf-8", "backslashreplace") + b"\n"
