"""A table as it was found on a page, with the geometry that joining it over pages needs."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.documents import Box
from ingest.elements import Table


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table and where it stands: the words whose centre lies in `box` on `page` are its own.

    `edges` are the places of its column edges in points, one more than it has columns; `last` is the
    page it ends on; `closed` tells whether a rule closes it at the foot.
    """

    page: int
    box: Box
    table: Table
    edges: tuple[float, ...]
    last: int
    closed: bool = True

    @property
    def fragment(self) -> bool:
        """Whether it has one row only: a table where it goes on over a page break, otherwise text."""
        return len(self.table.rows) < 2
