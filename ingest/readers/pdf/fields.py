"""Form fields of a page of a PDF: what was typed into them or chosen, as words at the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from textwrap import wrap
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from corpus.documents import Box
from ingest.readers.pdf.page import Word

MOST_FIELDS = 2_000
"""Fields of a page; a register with one for each cell has a few hundred."""
MOST_LETTERS = 100_000
"""Of the values of a page; a page of close print has 10,000."""
MOST_CHOICES = 1_000
DEEPEST = 16
"""Groups within groups that a field takes its value from."""
HIDDEN = 0b100010
"""Flags of an annotation that is not shown."""
MULTILINE, PASSWORD = 1 << 12, 1 << 13
"""Flags of a field of text."""
FONT_SIZE = re.compile(rb"(?P<size>\d{1,4}(?:\.\d{1,9})?)\s+Tf\b")
LARGEST = 12.0
"""Points: how large viewers set a value whose field does not say, where it has the room."""
WIDTH = 0.5
"""Of the font's size: how wide a letter is on average."""
LEADING = 1.2
UTF8 = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with a value: `box` is in the user space of the page, `size` that of the font, 0 for any."""

    value: str
    box: Box
    size: float = 0.0
    multiline: bool = False


def filled_on(page: PDFPage) -> Iterator[Filled]:
    """Fields of text and of choices on a page that are shown and hold a value; ticks are left out."""
    held = resolve1(page.annots)
    left = MOST_LETTERS
    for one in islice(held if isinstance(held, list) else (), MOST_FIELDS):
        found = _filled(resolve1(one))
        if found and len(found.value) <= left:
            left -= len(found.value)
            yield found


def _filled(annotation: Any) -> Filled | None:
    if not isinstance(annotation, Mapping) or _name(annotation.get("Subtype")) != "Widget":
        return None
    flags = _whole(_inherited(annotation, "Ff"))
    rect = [resolve1(number) for number in resolve1(annotation.get("Rect")) or ()]
    if _whole(annotation.get("F")) & HIDDEN or len(rect) != 4 or not all(map(_is_number, rect)):
        return None
    value = _value(annotation, flags)
    x0, y0, x1, y1 = map(float, rect)
    size = FONT_SIZE.search(_bytes(_inherited(annotation, "DA")))
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    multiline = bool(flags & MULTILINE)
    return Filled(value, box, float(size["size"]) if size else 0.0, multiline) if value else None


def _value(annotation: Mapping[str, Any], flags: int) -> str:
    kind, held = _name(_inherited(annotation, "FT")), _inherited(annotation, "V")
    if kind == "Tx" and not flags & PASSWORD:
        return _text(held)
    if kind != "Ch":
        return ""
    options = _inherited(annotation, "Opt")
    pairs = [resolve1(one) for one in (options if isinstance(options, list) else ())[:MOST_CHOICES]]
    shown = {_text(one[0]): _text(one[1]) for one in pairs if isinstance(one, list) and len(one) == 2}
    chosen = [_text(one) for one in (held if isinstance(held, list) else [held])[:MOST_CHOICES]]
    return "\n".join(shown.get(one, one) for one in chosen if one)


def _inherited(field: Mapping[str, Any], key: str) -> Any:
    """What a field, or a group that it belongs to, states."""
    held: Any = field
    for _ in range(DEEPEST):
        if not isinstance(held, Mapping):
            break
        if key in held:
            return resolve1(held[key])
        held = resolve1(held.get("Parent"))
    return None


def _text(value: Any) -> str:
    data = _bytes(value)[: 4 * MOST_LETTERS]
    words = data[3:].decode("utf-8", "replace") if data.startswith(UTF8) else decode_text(data)
    return "\n".join(" ".join(line.split()) for line in re.split(r"\r\n|[\r\n]", words)).strip("\n")


def _bytes(value: Any) -> bytes:
    value = resolve1(value)
    return value if isinstance(value, bytes) else b""


def _name(value: Any) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _whole(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) and value >= 0 else 0


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and abs(value) < 1e6


def words_in(field: Filled, box: Box) -> Iterator[Word]:
    """Set the value of a field in its box, given from the top left of the page as it is read."""
    left, top, right, bottom = box
    lines = field.value.split("\n")
    size = field.size or min(LARGEST, max(1.0, bottom - top) / LEADING / len(lines))
    if field.multiline:
        room = max(1, int((right - left) / (WIDTH * size)))
        lines = [part for line in lines for part in wrap(line, room, break_long_words=False) or [""]]
    step = min(LEADING * size, max(1.0, bottom - top) / len(lines))
    start = top if field.multiline else (top + bottom - step * len(lines)) / 2
    for i, line in enumerate(lines):
        yield from _set(line, left, start + i * step, right, min(size, step))


def _set(line: str, left: float, top: float, right: float, size: float) -> Iterator[Word]:
    """Set the words of a line, narrower where they would reach out of the box."""
    letter = min(WIDTH * size, (right - left) / max(1, len(line)))
    for found in re.finditer(r"\S+", line):
        x0, x1 = left + found.start() * letter, left + found.end() * letter
        yield Word(found.group(), (x0, top, x1, top + size), size)
