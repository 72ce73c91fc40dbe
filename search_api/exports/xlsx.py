"""XLSX: one sheet, the heads frozen, with filters and wrapped text; the only file that imports openpyxl."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from search_api.exports.columns import COLUMNS, cells_of
from search_api.register.rows import Row

SHEET = "Commitments"
LONGEST_CELL = 32_767
"""Characters that a cell can hold; a longer text is cut and ends in an ellipsis."""
WIDTHS = {"text": 80.0, "address": 44.0, "title": 40.0, "section": 40.0, "meeting": 40.0, "theme": 30.0}
"""Widths of columns in characters; the others have DEFAULT_WIDTH."""
DEFAULT_WIDTH = 16.0
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold; a space stands for each."""
CHUNK = 1 << 16


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write the workbook to a temporary file, row by row, and yield it in pieces; every cell is text."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(SHEET)
    _lay_out(sheet)
    count = _fill(sheet, rows)
    sheet.auto_filter.ref = f"A1:{_letter(len(COLUMNS))}{count + 1}"
    with tempfile.TemporaryFile() as file:
        workbook.save(file)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _lay_out(sheet: Any) -> None:
    sheet.freeze_panes = "B2"
    for place, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[_letter(place)].width = WIDTHS.get(name, DEFAULT_WIDTH)


def _fill(sheet: Any, rows: Iterable[Row]) -> int:
    """Append the heads and the rows; return how many rows there were."""
    from openpyxl.styles import Alignment, Font

    wrapped = Alignment(wrap_text=True, vertical="top")
    bold = Font(bold=True)
    sheet.append([_cell(sheet, name, font=bold) for name in COLUMNS])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, text, alignment=wrapped) for text in cells_of(row)])
        count += 1
    return count


def _cell(sheet: Any, text: str, **style: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _writable(text) or None)
    if text:
        cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _writable(text: str) -> str:
    text = UNWRITABLE.sub(" ", text.replace("\r\n", "\n"))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(place)
    return letter
