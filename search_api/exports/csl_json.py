"""CSL-JSON, which Zotero and every program that reads Citation Style Language take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from search_api.exports.references import Reference
from search_api.register.rows import Row


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write one array with an item for each row."""
    yield b"["
    for place, row in enumerate(rows):
        item = json.dumps(_item(Reference.of(row)), ensure_ascii=False, indent=1)
        yield (",\n" if place else "\n").encode() + item.encode()
    yield b"\n]\n"


def _item(reference: Reference) -> dict[str, Any]:
    """The fields of an item, after the schema csl-data.json of the Citation Style Language 1.0."""
    return {
        "id": reference.key,
        "type": "chapter",
        "title": reference.title,
        "container-title": reference.container,
        "author": [{"literal": name} for name in reference.authors],
        "publisher": reference.publisher,
        "issued": {"date-parts": [list(reference.date)]},
        "locator": reference.locator,
        "language": reference.language,
        "note": reference.note,
    }
