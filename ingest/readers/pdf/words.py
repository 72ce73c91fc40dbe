"""Letters to words: by their gaps, baselines and sizes, in the order in which they are drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ingest.readers.pdf.drawn import Glyph
from ingest.readers.pdf.page import Word

GAP = 0.15
"""Of the font's size: a space is 0.25 wide in most fonts and 0.2 in tight justification; kerning moves
letters by less than 0.1."""
BACK = 0.35
"""Of the font's size: how far kerning, or an accent of its own, may step back."""
SHIFT = 0.15
"""Of the font's size: letters of one word stand on one baseline and differ less in size."""
DOUBLED = 0.12
"""Of the font's size: a letter printed twice so near is printed once, to look bold."""

Printed = tuple[str, float, int, int]
"""A word, its size, and where it stands in steps that depend on the size."""

BOLD = re.compile(r"bold|black|heavy|semibd|demi(?!\w*italic$)|^CMBX|^SFBX|-B$|-Bd|,B$", re.IGNORECASE)
DINGBATS = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
UNMAPPED = re.compile(r"\(cid:\d+\)")
CLEAN: dict[int, str | None] = {
    **dict.fromkeys((*range(32), 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xD800, 0xE000))),
    **dict.fromkeys((0x02, 0xAD, 0xFFFE), "-"),
    **{0xFB00 + i: form for i, form in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
}
"""Ligatures are spelt out, a soft hyphen that is printed is a hyphen, and what cannot be seen goes."""


@lru_cache(maxsize=4096)
def is_bold(font: str) -> bool:
    """Whether the name of a font says that it is bold."""
    return bool(BOLD.search(plain_name(font)))


@lru_cache(maxsize=4096)
def plain_name(font: str) -> str:
    """The name of a font without the tag of a subset ("ABCDEF+")."""
    return re.sub(r"^[A-Z]{6}\+", "", font)


def words_of(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """Group upright letters into words; a word printed twice in one place comes once."""
    seen: set[Printed] = set()
    for group in _groups(glyphs):
        word = _word(group)
        if word and not _again(word, seen):
            yield word


def _groups(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    current: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text.isspace() or not glyph.text:
            if current:
                yield current
                current = []
        elif not current or not _goes_on(current[-1], glyph):
            if current:
                yield current
            current = [glyph]
        elif not _doubles(current[-1], glyph):
            current.append(glyph)
    if current:
        yield current


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = before.size
    return (
        -BACK * size <= glyph.x0 - before.x1 <= GAP * size
        and abs(glyph.y - before.y) <= SHIFT * size
        and abs(glyph.size - size) <= SHIFT * size
        and abs(glyph.bottom - before.bottom) <= 2 * SHIFT * size
    ) or _doubles(before, glyph)


def _doubles(before: Glyph, glyph: Glyph) -> bool:
    near = DOUBLED * before.size
    same = abs(glyph.x0 - before.x0) <= near and abs(glyph.y - before.y) <= near
    return same and glyph.text == before.text


def _word(group: list[Glyph]) -> Word | None:
    text = "".join([glyph.text for glyph in group])
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", text.translate(CLEAN))
    first = group[0]
    if UNMAPPED.fullmatch(text) or (len(text) == 1 and not text.isdigit() and DINGBATS.search(first.font)):
        text = "•" if not 0xE000 <= ord(text[0]) <= 0xF8FF else text
    if not text.strip():
        return None
    box = first.x0, min(g.top for g in group), group[-1].x1, max(g.bottom for g in group)
    strong = sum(is_bold(glyph.font) for glyph in group) * 2 > len(group)
    return Word(text.strip(), box, first.size, strong, plain_name(first.font))


def _again(word: Word, seen: set[Printed]) -> bool:
    """Whether the same word stands in its size within a tenth of it already; remembers it if not."""
    size = round(word.size, 1)
    step = max(0.5, DOUBLED * size)
    x, y = round(word.box[0] / step), round(word.box[1] / step)
    if any((word.text, size, x + i, y + j) in seen for i in (-1, 0, 1) for j in (-1, 0, 1)):
        return True
    seen.add((word.text, size, x, y))
    return False
