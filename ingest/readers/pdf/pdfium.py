"""Pages as PDFium finds them: the second reading that the first is checked by, and pictures of pages."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from corpus.documents import Box
from ingest.readers.pdf.drawn import Drawn, Frame, Glyph, direction
from ingest.readers.pdf.quiet import quietly
from ingest.readers.pdf.rules import THIN, edges_of

MOST_GLYPHS = 200_000
"""Letters of a page: a page of the smallest legible print has 30,000."""
MOST_PATHS = 50_000
DESCENT = 0.22
"""Of the font's size: how far its longest letters reach below the line, 0.21 to 0.24 in common fonts."""
LARGEST_PICTURE = 25_000_000
"""Pixels: an A3 page at 300 dots to the inch has 17 million."""


@contextmanager
def opened(path: Path, password: str = "") -> Iterator[Any]:
    """Open a PDF; yields None where PDFium cannot read it. Raises PermissionError for a wrong password."""
    with quietly():
        document = _document(path, password)
    try:
        yield document
    finally:
        if document is not None:
            document.close()


def _document(path: Path, password: str) -> Any:
    try:
        return pypdfium2.PdfDocument(path, password=password or None)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise PermissionError("the password does not open it") from error
    except (OSError, ValueError):
        pass
    return None


def count(document: Any) -> int:
    """Count the pages, 0 where the last of them is not there; no page is read for it."""
    number = len(document) if document is not None else 0
    if not number:
        return 0
    try:
        document.get_page_size(number - 1)
    except pypdfium2.PdfiumError:
        return 0
    return number


def metadata(document: Any) -> dict[str, str]:
    """Give what the file says of itself, as PDF names it ("Title", "CreationDate")."""
    return dict(document.get_metadata_dict(skip_empty=True)) if document is not None else {}


@contextmanager
def _page(document: Any, number: int) -> Iterator[tuple[Any, Any]]:
    page = document[number - 1]
    try:
        text = page.get_textpage()
        try:
            yield page, text
        finally:
            text.close()
    finally:
        page.close()


def text_of(document: Any, number: int) -> str:
    """Give the words of a page, empty where it cannot be opened."""
    try:
        with _page(document, number) as (_, text):
            return str(text.get_text_range(count=min(text.count_chars(), MOST_GLYPHS)))
    except pypdfium2.PdfiumError:
        return ""


def drawn_on(document: Any, number: int) -> Drawn:
    """Read the page of a number from 1. Raises PdfiumError where it cannot be opened."""
    with quietly(), _page(document, number) as (page, text):
        frame = _frame(page)
        segments, pictures, curves = _shapes(page, frame)
        return Drawn(*frame.size, _unsplit(_glyphs(text, frame)), segments, pictures, curves)


def _frame(page: Any) -> Frame:
    crop, media = page.get_cropbox(), page.get_mediabox()
    box = max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])
    return Frame(box if box[2] > box[0] and box[3] > box[1] else media, page.get_rotation())


def _glyphs(text: Any, frame: Frame) -> Iterator[Glyph]:
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    for i in range(min(text.count_chars(), MOST_GLYPHS)):
        letter = raw.FPDFText_GetUnicode(text, i)
        if raw.FPDFText_IsGenerated(text, i) == 1 or not raw.FPDFText_GetLooseCharBox(text, i, rect):
            yield Glyph(" ", 0, 0, 0, 0, 0, 0, 0, "", 0)
            continue
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        length = raw.FPDFText_GetFontInfo(text, i, name, 256, flags)
        turn, scale = _turn(text, i, frame.rotation)
        size = raw.FPDFText_GetFontSize(text, i) * scale
        box = frame.upright(*_box(rect, size, x.value, y.value, (turn + frame.rotation // 90) % 4))
        font = name.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
        yield Glyph(_letter(letter), *box, *frame.point(x.value, y.value), size, font, turn)


def _unsplit(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Join the letters that PDFium makes of one ligature, all at one place, into one again."""
    joined: list[Glyph] = []
    for glyph in glyphs:
        last = joined[-1] if joined else None
        if last and glyph.font and glyph[5:7] == last[5:7]:
            joined[-1] = last._replace(text=last.text + glyph.text)
        else:
            joined.append(glyph)
    return joined


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _box(rect: Any, size: float, x: float, y: float, turn: int) -> Box:
    """The box of a letter as high as its font, since PDFium's own is only as high as the letter."""
    low, high = DESCENT * size, (1 - DESCENT) * size
    ways: dict[int, Box] = {
        0: (rect.left, y - low, rect.right, y + high),
        1: (x - high, rect.bottom, x + low, rect.top),
        2: (rect.left, y - high, rect.right, y + low),
        3: (x - low, rect.bottom, x + high, rect.top),
    }
    return ways.get(turn, (rect.left, rect.bottom, rect.right, rect.top))


def _turn(text: Any, i: int, rotation: int) -> tuple[int, float]:
    """The turn of a letter on the page as it is read, and what its font's size is multiplied by."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, i, matrix):
        return 0, 1.0
    turn = direction(matrix.a, matrix.b)
    scale = math.hypot(matrix.c, matrix.d)
    return (turn if turn < 0 else (turn - rotation // 90) % 4), scale


def _shapes(page: Any, frame: Frame) -> tuple[list[Box], list[Box], int]:
    segments: list[Box] = []
    pictures: list[Box] = []
    curves = 0
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for i, shape in enumerate(page.get_objects(filter=kinds, max_depth=1)):
        if i >= MOST_PATHS:
            break
        box = frame.upright(*shape.get_bounds())
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
        elif min(box[2] - box[0], box[3] - box[1]) <= THIN or _is_frame(shape):
            segments += edges_of(box)
        else:
            curves += 1
    return segments, pictures, curves


def _is_frame(shape: Any) -> bool:
    """Whether a shape is a rectangle that is stroked: five points or four, all joined by straight lines."""
    points = raw.FPDFPath_CountSegments(shape)
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    if points not in (4, 5) or not stroke.value:
        return False
    kinds = [raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(shape, i)) for i in range(1, points)]
    return all(kind == raw.FPDF_SEGMENT_LINETO for kind in kinds)


def picture(document: Any, number: int, dots: int) -> tuple[bytes, float]:
    """Render a page in grey as a PGM file; also gives how many of its dots make a point.

    `dots` are those of an inch, fewer where the page is so large that its picture would be too.
    """
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(dots / 72, (LARGEST_PICTURE / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        rows = bytes(bitmap.buffer)
        lines = (rows[i : i + bitmap.width] for i in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        head = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        return head + b"".join(lines), scale
    finally:
        page.close()
