"""Letters to words: by their gaps, baselines and sizes, in the order in which they are drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

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
LATEST = 200
"""Words of the same letters that a word is compared with, latest first: a page has 60 of its commonest."""

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
    seen: dict[str, list[Word]] = {}
    for group in _groups(glyphs):
        word = _word(group)
        if word and not _again(word, seen):
            yield word


def _groups(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Cut letters at spaces and wherever one does not go on with the word before it."""
    current: list[Glyph] = []
    end = foot = line = size = 0.0
    for glyph in glyphs:
        text, x0, _, x1, bottom, _, y, height, _, _ = glyph
        if text.isspace() or not text:
            if current:
                yield current
                current = []
            continue
        near = SHIFT * size
        if (
            current
            and -BACK * size <= x0 - end <= GAP * size
            and -near <= y - line <= near
            and -near <= height - size <= near
            and -2 * near <= bottom - foot <= 2 * near
        ):
            if text == current[-1].text and _doubles(current[-1], glyph):
                continue
        elif current:
            if _doubles(current[-1], glyph):
                continue
            yield current
            current = []
        current.append(glyph)
        end, foot, line, size = x1, bottom, y, height
    if current:
        yield current


def _doubles(before: Glyph, glyph: Glyph) -> bool:
    near = DOUBLED * before.size
    same = abs(glyph.x0 - before.x0) <= near and abs(glyph.y - before.y) <= near
    return same and glyph.text == before.text


def _word(group: list[Glyph]) -> Word | None:
    letters, x0s, tops, x1s, bottoms, _, _, sizes, fonts, _ = zip(*group, strict=True)
    text = "".join(letters)
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", text.translate(CLEAN)).strip()
    font = fonts[0]
    if UNMAPPED.fullmatch(text) or (len(text) == 1 and _is_ornament(text, font)):
        text = "•"
    if not text:
        return None
    strong = (
        is_bold(font) if fonts.count(font) * 2 > len(fonts) else sum(map(is_bold, fonts)) * 2 > len(fonts)
    )
    box = x0s[0], min(tops), x1s[-1], max(bottoms)
    return Word(text, box, sizes[0], strong, plain_name(font))


def _is_ornament(letter: str, font: str) -> bool:
    """Whether a letter of its own in a font of ornaments stands for a bullet that has no letter."""
    return not letter.isdigit() and not "\ue000" <= letter <= "\uf8ff" and bool(DINGBATS.search(font))


def _again(word: Word, seen: dict[str, list[Word]]) -> bool:
    """Whether the same word stands as good as there already; remembers it if not."""
    x, y = word.box[:2]
    near = max(0.5, DOUBLED * word.size)
    same = seen.setdefault(word.text, [])
    for other in islice(reversed(same), LATEST):
        if -near <= other.box[1] - y <= near and -near <= other.box[0] - x <= near:
            return True
    same.append(word)
    return False
