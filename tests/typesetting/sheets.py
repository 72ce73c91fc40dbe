"""Pages of a PDF: running head, page number, one or two columns, footnotes at the foot."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, PageTemplate

from tests.typesetting.traced import Traced

MARGIN = 62.0
HEAD = 30.0
GUTTER = 18.0
NOTE_GAP = 6.0
WIDTH = A4[0] - 2 * MARGIN
COLUMN = (WIDTH - GUTTER) / 2


@dataclass(frozen=True, slots=True)
class Foot:
    """A footnote of a page, or only the room of one."""

    words: Traced
    shown: bool


Notes = Mapping[int, Sequence[Foot]]
"""The footnotes of each page, by its number."""


class Columns(ActionFlowable):  # type: ignore[misc]
    """Goes on in one or two columns, from the next page on."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def apply(self, sheets: Sheets) -> None:
        """Tell the pages to come."""
        sheets.columns = self.count


class Sheets(BaseDocTemplate):  # type: ignore[misc]
    """Pages with what is common to them."""

    def __init__(self, file: io.BytesIO, title: str, author: str, columns: int, notes: Notes) -> None:
        super().__init__(file, pagesize=A4, title=title, author=author, invariant=1)
        self.running, self.columns, self.notes = title, columns, notes
        self.addPageTemplates([PageTemplate(frames=[Frame(0, 0, *A4)])])

    def handle_pageBegin(self) -> None:
        self.pageTemplate = self._sheet(self.page + 1)
        super().handle_pageBegin()

    def _sheet(self, page: int) -> PageTemplate:
        notes = self.notes.get(page, ())
        foot = MARGIN + sum(note.words.wrap(WIDTH, A4[1])[1] for note in notes) + NOTE_GAP * bool(notes)
        width = WIDTH if self.columns == 1 else COLUMN
        tall = A4[1] - MARGIN - HEAD - foot
        lefts = [MARGIN + i * (COLUMN + GUTTER) for i in range(self.columns)]
        frames = [Frame(left, foot, width, tall, 0, 0, 0, 0) for left in lefts]

        def furnish(canvas: Any, _: object) -> None:
            self._furnish(canvas, notes)

        return PageTemplate(id=f"sheet {page}", frames=frames, onPage=furnish)

    def _furnish(self, canvas: Any, notes: Sequence[Foot]) -> None:
        """Draw the running head, the page number, and the notes below a short rule."""
        canvas.saveState()
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(MARGIN, A4[1] - MARGIN, self.running)
        canvas.drawCentredString(A4[0] / 2, MARGIN / 2, str(canvas.getPageNumber()))
        shown = [note.words for note in notes if note.shown]
        at = MARGIN + sum(note.height for note in shown)
        if shown:
            canvas.setLineWidth(0.5)
            canvas.line(MARGIN, at + NOTE_GAP / 2, MARGIN + 140, at + NOTE_GAP / 2)
        for note in shown:
            at -= note.height
            note.drawOn(canvas, MARGIN, at)
        canvas.restoreState()


def bound(story: Sequence[Flowable], title: str, author: str, columns: int, notes: Notes) -> bytes:
    """Set a story on pages."""
    file = io.BytesIO()
    Sheets(file, title, author, columns, notes).build(list(story))
    return file.getvalue()
