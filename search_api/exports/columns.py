"""The columns of a table of commitments, the same in CSV and XLSX, and what a cell may begin with."""

from __future__ import annotations

from collections.abc import Callable

from corpus.records import Commitment
from search_api.register.rows import Row

SEPARATOR = "; "
"""Between several values in one cell."""
PATH_SEPARATOR = " > "
"""Between the headings that a commitment stands under, the outermost first."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters at which spreadsheets begin to calculate (OWASP, CSV Injection)."""
APOSTROPHE = "'"

COLUMNS: dict[str, Callable[[Row], str]] = {
    "address": lambda row: row.commitment.address,
    "document": lambda row: row.commitment.document,
    "title": lambda row: row.source.title,
    "kind": lambda row: row.commitment.kind.value,
    "number": lambda row: row.commitment.number,
    "text": lambda row: row.commitment.text,
    "body": lambda row: row.commitment.body,
    "theme": lambda row: row.commitment.theme,
    "period": lambda row: row.commitment.period,
    "start": lambda row: row.commitment.start,
    "end": lambda row: row.commitment.end,
    "status": lambda row: row.commitment.status,
    "coordinators": lambda row: SEPARATOR.join(row.commitment.coordinators),
    "partners": lambda row: SEPARATOR.join(row.commitment.partners),
    "section": lambda row: PATH_SEPARATOR.join(row.commitment.section),
    "meeting": lambda row: _meeting(row.commitment),
    "place": lambda row: row.place,
    "pages": lambda row: SEPARATOR.join(map(str, row.commitment.pages)),
    "parent": lambda row: row.parent,
    "needs_review": lambda row: row.commitment.needs_review,
    "body_ids": lambda row: SEPARATOR.join(row.commitment.body_ids),
    "coordinator_ids": lambda row: SEPARATOR.join(row.commitment.coordinator_ids),
    "partner_ids": lambda row: SEPARATOR.join(row.commitment.partner_ids),
    "number_inferred": lambda row: "yes" if row.commitment.inferred else "",
    "id": lambda row: row.commitment.id,
    "passage": lambda row: row.commitment.passage,
    "ocr": lambda row: "yes" if row.commitment.ocr else "",
}
"""Each column and what stands in it. New columns go to the end: people's sheets count on the order."""


def cells_of(row: Row) -> list[str]:
    """The cells of a row, each safe to open in a spreadsheet."""
    return [safe(column(row)) for column in COLUMNS.values()]


def safe(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would calculate, or that begins with one itself.

    Taking one leading apostrophe away gives the text back exactly.
    """
    return APOSTROPHE + text if text.startswith((*FORMULA_STARTS, APOSTROPHE)) else text


def _meeting(commitment: Commitment) -> str:
    meeting = commitment.meeting
    return "" if meeting is None else ", ".join(filter(None, (meeting.name, meeting.place, meeting.date)))
