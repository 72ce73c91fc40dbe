"""RIS, which reference managers have read since the 1980s: a tag and a value on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search_api.exports.references import Reference
from search_api.register.rows import Row


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write a record of type CHAP (part of a larger work) for each row, in UTF-8 with CR LF."""
    for row in rows:
        lines = (f"{tag}  - {value}" for tag, value in _fields(Reference.of(row)))
        yield ("\r\n".join(lines) + "\r\n\r\n").encode()


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    year, month, day = (*map(str, reference.date), "", "")[:3]
    yield "TY", "CHAP"
    yield "ID", reference.key
    yield "TI", reference.title
    yield "T2", reference.container
    for name in reference.authors:
        yield "AU", f"{name},"  # a comma with nothing after it: a name without first names
    yield "PB", reference.publisher
    yield "PY", year
    yield "DA", f"{year}/{month.zfill(2) if month else ''}/{day.zfill(2) if day else ''}/"
    yield "SE", reference.locator
    yield "LA", reference.language
    yield "N1", reference.note
    yield "ER", ""
