"""PDFs for the tests of the reader, typeset on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from ingest.elements import TableCell
from ingest.readers.pdf import opening
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.header import words_in
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.tables import find_tables

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
SENTENCES = [
    "Member States promote decent work for all",
    "Recruitment costs are borne by employers and not by workers",
    "Labour inspection is extended to fishing vessels",
    "Social protection covers workers in the informal economy",
]


def drawn(path: Path, *draw: Callable[[Canvas], Any], size: tuple[float, float] = A4) -> Path:
    """Write a PDF of one page for each function, which draws on it."""
    canvas = Canvas(str(path), pagesize=size)
    for page in draw:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def lines(*texts: str, x: float = 72, top: float = 72, step: float = 14) -> Callable[[Canvas], None]:
    """Draw lines of text one below the other, from a place given from the top left of an A4 page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for i, text in enumerate(texts):
            canvas.drawString(x, A4[1] - top - i * step, text)

    return draw


def tabled(path: Path, *tables: Any, size: tuple[float, float] = A4) -> Path:
    """Write a PDF with each of the flowables on a page of its own."""
    flow = [each for table in tables for each in (table, PageBreak())]
    SimpleDocTemplate(str(path), pagesize=size).build(flow[:-1])
    return path


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float], *styles: Any, grid: bool = True) -> Table:
    """A table of paragraphs, with a rule around each cell unless `grid` is False."""
    cells = [[Paragraph(cell, BODY) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return Table(cells, colWidths=list(widths), style=[*(GRID if grid else GRID[1:]), *styles])


def read(path: Path, **options: Any) -> list[Page]:
    """All pages of a PDF."""
    survey = opening.survey(path)
    return list(opening.pages(path, survey, 1, survey.pages, **options))


def found(path: Path) -> list[FoundTable]:
    """All tables of a PDF."""
    return [each for page in read(path) for each in find_tables(page)]


def shown(each: FoundTable) -> list[list[str | None]]:
    """The words of each cell of a table, None in places that are covered."""
    return [[None if cell is None else words_in(cell) for cell in row] for row in each.table.rows]


def texts(page: Page) -> list[str]:
    """The words of a page."""
    return [word.text for word in page.words]


def cell(each: FoundTable, row: int, column: int) -> TableCell:
    """The cell that begins at a place."""
    found = each.table.rows[row][column]
    assert found is not None
    return found
