"""Tables that go on over page breaks."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.pdf.found import FoundTable


def goes_on(before: FoundTable, after: FoundTable) -> bool:
    """Whether a table on the next page has the same columns and so goes on with the one before.

    That nothing but furniture stands between them is for the caller to know.
    """
    raise NotImplementedError


def joined(run: Sequence[FoundTable]) -> FoundTable:
    """Join tables of which each goes on with the one before; one table alone comes back as it is."""
    raise NotImplementedError
