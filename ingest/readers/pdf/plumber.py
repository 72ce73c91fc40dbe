"""Pages as pdfplumber opens them and pdfminer, on which it stands, draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.layout import LTCurve, LTFigure, LTImage, LTItem, LTLine, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfplumber.pdf import PDF

from corpus.documents import Box
from ingest.readers.pdf.device import GlyphDevice
from ingest.readers.pdf.drawn import Drawn, Frame, moved
from ingest.readers.pdf.fields import filled_on, words_in
from ingest.readers.pdf.page import Word
from ingest.readers.pdf.quiet import quietly
from ingest.readers.pdf.rules import edges_of
from ingest.readers.pdf.weighing import check_weight

RENEWED = 64
"""Pages after which the fonts kept are dropped, so that a file with fonts of its own on each page does not
fill the memory."""
DEEPEST = 24
"""Forms within forms that are followed."""
WHOLE = 0.98
"""Share of the page: a filled rectangle of this size is its background."""


def count(path: Path, password: str = "") -> int:
    """Count the pages that pdfplumber shows; 0 where it cannot read the file."""
    with quietly():
        try:
            with path.open("rb") as file:
                return len(pdfplumber.open(file, password=password).pages)
        except Exception:
            return 0


@contextmanager
def opened(path: Path, first: int, last: int, password: str = "") -> Iterator[PDF]:
    """Open a PDF for the pages `first` to `last`, which alone are made."""
    wanted: Any = range(first, last + 1)
    with path.open("rb") as file:
        with quietly():
            pdf = pdfplumber.open(file, pages=wanted, password=password)
        yield pdf


def drawn_on(pdf: PDF, number: int) -> Drawn:
    """Read the page of a number from 1; raises whatever pdfplumber raises, TooHeavy before it starts."""
    with quietly():
        page = pdf.pages[number - pdf.pages[0].page_number].page_obj
        try:
            check_weight(page)
            return _drawn(page, pdf.rsrcmgr)
        finally:
            _forget(pdf, number)


def fields_on(pdf: PDF, number: int, width: float) -> tuple[Word, ...]:
    """Read what the form fields of a page hold, at their places; raises whatever pdfplumber raises.

    `width` is that of the page as it is read; where its print lay on its side, it was turned.
    """
    page = pdf.pages[number - pdf.pages[0].page_number].page_obj
    if not page.annots:
        return ()
    with quietly():
        frame = _frame(page, width)
        left, top, _, _ = _shown(frame, page)
        try:
            return tuple(
                word
                for field in filled_on(page)
                for word in words_in(field, moved(frame.upright(*field.box), -left, -top))
            )
        finally:
            _forget(pdf, number)


def _frame(page: PDFPage, width: float) -> Frame:
    """How a page is shown so that it is as wide as it was read."""
    frames = [Frame(_ordered(page.mediabox), turn) for turn in (page.rotate, 0, 90)]
    shown = (_shown(frame, page) for frame in frames)
    fits = (frame for frame, box in zip(frames, shown, strict=True) if abs(box[2] - box[0] - width) < 1)
    return next(fits, frames[0])


def _forget(pdf: PDF, number: int) -> None:
    """Drop what pdfminer keeps of a page: its streams, and from time to time the fonts."""
    pdf.doc._cached_objs.clear()
    if number % RENEWED == 0:
        pdf.rsrcmgr = PDFResourceManager()


def _drawn(page: PDFPage, manager: PDFResourceManager) -> Drawn:
    whole = Frame(_ordered(page.mediabox), page.rotate)
    left, top, right, bottom = _shown(whole, page)
    device = GlyphDevice(manager, -left, whole.size[1] - top)
    PDFPageInterpreter(manager, device).process_page(page)
    taken = _Collector(right - left, bottom - top, device.right, device.down)
    taken.take(device.get_result(), 0)
    return Drawn(taken.width, taken.height, device.glyphs, taken.segments, taken.pictures, taken.curves)


def _shown(whole: Frame, page: PDFPage) -> Box:
    """The part of the page that is shown, all of it where what the file says of it makes no sense."""
    left, top, right, bottom = whole.upright(*_ordered(page.cropbox))
    left, top = max(0.0, left), max(0.0, top)
    right, bottom = min(whole.size[0], right), min(whole.size[1], bottom)
    return (left, top, right, bottom) if right - left >= 1 and bottom - top >= 1 else (0.0, 0.0, *whole.size)


def _ordered(box: Iterable[float]) -> Box:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Collector:
    """Takes shapes and pictures, whose origin is at the bottom left, to places from the top left."""

    def __init__(self, width: float, height: float, right: float, down: float) -> None:
        self.width, self.height = width, height
        self.right, self.down = right, down
        self.segments: list[Box] = []
        self.pictures: list[Box] = []
        self.curves = 0

    def take(self, items: Iterable[LTItem], depth: int) -> None:
        """Take all objects of a page or form, and those of the forms within."""
        for item in items:
            if isinstance(item, LTCurve):
                self._shape(item)
            elif isinstance(item, LTImage):
                self.pictures.append(self._box(item))
            elif isinstance(item, LTFigure) and depth < DEEPEST:
                self.take(item, depth + 1)

    def _shape(self, item: LTCurve) -> None:
        if not _seen(item):
            return
        if isinstance(item, LTLine):
            self.segments.append(self._box(item))
        elif isinstance(item, LTRect):
            box = self._box(item)
            if (box[2] - box[0]) * (box[3] - box[1]) < WHOLE * self.width * self.height:
                self.segments += edges_of(box)
        else:
            self.curves += 1
            self.segments += self._straight(item)

    def _straight(self, item: LTCurve) -> Iterator[Box]:
        """The straight sides of a shape that run along an edge of the page."""
        last: Any = None
        path: Any = item.original_path or ()
        for command, *points in path:
            end: Any = points[-1] if points else path[0][1]
            if command in "lh" and last and (abs(last[0] - end[0]) < 0.1 or abs(last[1] - end[1]) < 0.1):
                x0, y0, x1, y1 = _ordered((*last, *end))
                yield x0 + self.right, self.down - y1, x1 + self.right, self.down - y0
            last = end

    def _box(self, item: Any) -> Box:
        return item.x0 + self.right, self.down - item.y1, item.x1 + self.right, self.down - item.y0


def _seen(item: LTCurve) -> bool:
    """Whether a shape shows on white paper."""
    if item.stroke:
        return True
    colour = item.non_stroking_color
    parts = colour if isinstance(colour, tuple) else (colour,)
    white = (0, 0, 0, 0) if len(parts) == 4 else (1,) * len(parts)
    return item.fill and parts != white
