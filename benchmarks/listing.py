"""The plain alternative to the register: every list item and every table row is an entry, without fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search_api.evaluation.register import Entry

MARKED = re.compile(
    r"\s*(?:[-–•◦○●▪■*]|[\uf0a7\uf0b7\uf0d8]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,5})[.)])\s+(?P<words>.*\w.*)"
)
"""A line that opens with a bullet, a number or a letter, as a list is printed."""
CELLS = re.compile(r"\S.*(?:\t|\|).*\w")
"""A line of two cells or more."""


def list_lines(document: str, text: str) -> Iterator[Entry]:
    """Yield an entry for each line of a document's text that is printed as a list item or a table row."""
    for line in text.splitlines():
        marked = MARKED.fullmatch(line)
        if marked or CELLS.match(line):
            yield Entry(document, marked["words"] if marked else line, {})
