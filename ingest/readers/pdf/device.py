"""What pdfminer draws on: letters come as glyphs at once, without an object of the layout for each."""

from __future__ import annotations

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.utils import Matrix

from ingest.readers.pdf.drawn import Glyph, direction


class GlyphDevice(PDFPageAggregator):
    """Collects the letters of a page, moved by `right` and turned over at `down`, in points."""

    def __init__(self, manager: PDFResourceManager, right: float, down: float) -> None:
        super().__init__(manager)
        self.right, self.down = right, down
        self.glyphs: list[Glyph] = []

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Take a letter; returns how far the next one stands from it, in the units of the text."""
        if font.is_vertical():
            step = super().render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)
            self._take_placed(font)
            return step
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = f"(cid:{cid})"
        width = font.char_width(cid) * fontsize * scaling
        low = font.get_descent() * fontsize + rise
        self.glyphs.append(self._glyph(text, matrix, (0, low, width, low + fontsize), font.fontname))
        return width

    def _take_placed(self, font: PDFFont) -> None:
        """Take the letter that pdfminer has placed last, of a font that runs down the page."""
        item = self.cur_item._objs.pop()
        if isinstance(item, LTChar):
            unmoved = (1, 0, 0, 1, 0, 0)
            self.glyphs.append(self._glyph(item.get_text(), unmoved, item.bbox, font.fontname))

    def _glyph(
        self, text: str, matrix: Matrix, box: tuple[float, float, float, float], name: object
    ) -> Glyph:
        a, b, c, d, e, f = matrix
        x0, y0, x1, y1 = box
        x, y = e + self.right, self.down - f
        font = name if isinstance(name, str) else ""
        if b == 0 == c and a > 0 < d:
            size = d * (y1 - y0)
            bottom = y - d * y0
            return Glyph(text, x + a * x0, bottom - size, x + a * x1, bottom, x, y, size, font, 0)
        across = [a * s + c * t for s in (x0, x1) for t in (y0, y1)]
        up = [b * s + d * t for s in (x0, x1) for t in (y0, y1)]
        turn = direction(a, b)
        left, right, top, bottom = x + min(across), x + max(across), y - max(up), y - min(up)
        size = right - left if turn in (1, 3) else bottom - top
        return Glyph(text, left, top, right, bottom, x, y, size, font, turn)
