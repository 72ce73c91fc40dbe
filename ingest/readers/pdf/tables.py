"""Tables of a page, with or without rules, and tables that go on over pages."""

from __future__ import annotations

from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.joining import goes_on, joined
from ingest.readers.pdf.page import Page

__all__ = ["FoundTable", "find_tables", "goes_on", "joined"]


def find_tables(page: Page) -> tuple[FoundTable, ...]:
    """Find the tables of a page, from top to bottom; none lies within another."""
    raise NotImplementedError
