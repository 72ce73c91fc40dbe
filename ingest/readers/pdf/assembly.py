"""What is drawn on a page to the page: turned so that most of it reads from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus.documents import Box
from ingest.elements import Notice
from ingest.readers.pdf.drawn import ASLANT, Drawn, Glyph
from ingest.readers.pdf.page import Page, Rule, Word
from ingest.readers.pdf.rules import rules_of
from ingest.readers.pdf.words import words_of

PICTURED = 0.5
"""Share of the page: a scan fills it, but for margins that the scanner cut off."""
SIDEWAYS = Notice("Words printed sideways or aslant, outside any frame of lines, were left out.")
OUTSIDE = Notice("Words outside the part of the page that is shown were left out.")

Turn = Callable[[float, float], tuple[float, float]]


def assembled(number: int, drawn: Drawn) -> Page:
    """Make a page of what is drawn on it."""
    drawn = _upright(drawn)
    rules = rules_of(drawn.segments)
    words = list(words_of(glyph for glyph in drawn.glyphs if not glyph.turn))
    framed, lost = _sideways(drawn, rules)
    shown = [word for word in words + framed if _shown(word, drawn)]
    notices = (SIDEWAYS,) * lost + (OUTSIDE,) * (len(shown) < len(words + framed))
    pictured = _covered(drawn) >= PICTURED
    return Page(number, drawn.width, drawn.height, tuple(shown), rules, pictured, notices=notices)


def _shown(word: Word, drawn: Drawn) -> bool:
    x0, top, x1, bottom = word.box
    return 0 <= x0 + x1 <= 2 * drawn.width and 0 <= top + bottom <= 2 * drawn.height


def _covered(drawn: Drawn) -> float:
    """The share of the page that pictures cover; where they overlap it is counted twice."""
    shown = (_within(box, drawn) for box in drawn.pictures)
    area = sum(max(0, x1 - x0) * max(0, bottom - top) for x0, top, x1, bottom in shown)
    return area / max(1.0, drawn.width * drawn.height)


def _within(box: Box, drawn: Drawn) -> Box:
    return max(0, box[0]), max(0, box[1]), min(drawn.width, box[2]), min(drawn.height, box[3])


def _upright(drawn: Drawn) -> Drawn:
    if not any(glyph.turn for glyph in drawn.glyphs):
        return drawn
    turns = Counter(glyph.turn for glyph in drawn.glyphs if not glyph.text.isspace())
    most = max(turns, key=lambda turn: turns[turn], default=0)
    return drawn if most in (0, ASLANT) else _turned(drawn, most)


def _turned(drawn: Drawn, quarters: int) -> Drawn:
    """Turn a page clockwise by quarters."""
    width, height = drawn.width, drawn.height
    turn = _turn(width, height, quarters)
    return replace(
        drawn,
        width=height if quarters % 2 else width,
        height=width if quarters % 2 else height,
        glyphs=[_moved(glyph, turn, quarters) for glyph in drawn.glyphs],
        segments=[_box(box, turn) for box in drawn.segments],
        pictures=[_box(box, turn) for box in drawn.pictures],
    )


def _turn(width: float, height: float, quarters: int) -> Turn:
    turns: dict[int, Turn] = {
        1: lambda x, y: (height - y, x),
        2: lambda x, y: (width - x, height - y),
        3: lambda x, y: (y, width - x),
    }
    return turns[quarters]


def _box(box: Sequence[float], turn: Turn) -> Box:
    (a, b), (c, d) = turn(box[0], box[1]), turn(box[2], box[3])
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _moved(glyph: Glyph, turn: Turn, quarters: int) -> Glyph:
    x, y = turn(glyph.x, glyph.y)
    way = glyph.turn if glyph.turn == ASLANT else (glyph.turn - quarters) % 4
    return Glyph(glyph.text, *_box(glyph[1:5], turn), x, y, glyph.size, glyph.font, way)


def _sideways(drawn: Drawn, rules: Sequence[Rule]) -> tuple[list[Word], bool]:
    """Read the lines printed sideways in a frame of rules, each as one word; tell whether any was lost."""
    aside = [glyph for glyph in drawn.glyphs if glyph.turn]
    kept: list[Word] = []
    lost = any(glyph.turn in (ASLANT, 2) and not glyph.text.isspace() for glyph in aside)
    for quarters in (1, 3):
        glyphs = [glyph for glyph in aside if glyph.turn == quarters]
        turned = _turned(replace(drawn, glyphs=glyphs, segments=[], pictures=[]), quarters)
        back = _turn(turned.width, turned.height, 4 - quarters)
        runs = [replace(run, box=_box(run.box, back)) for run in _runs(words_of(turned.glyphs))]
        framed = [run for run in runs if _framed(run, rules)]
        kept += framed
        lost = lost or len(framed) < len(runs)
    return kept, lost


def _runs(words: Iterable[Word]) -> list[Word]:
    runs: list[Word] = []
    for word in words:
        last = runs[-1] if runs else None
        if last and 0 <= word.box[0] - last.box[2] <= word.size and abs(word.box[3] - last.box[3]) < 1:
            box = last.box[0], min(last.box[1], word.box[1]), word.box[2], max(last.box[3], word.box[3])
            runs[-1] = replace(last, text=f"{last.text} {word.text}", box=box)
        else:
            runs.append(word)
    return runs


def _framed(word: Word, rules: Sequence[Rule]) -> bool:
    """Whether rules stand on all four sides of a word, each along the whole of it."""
    x0, top, x1, bottom = word.box
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    above = [rule.top > y for rule in rules if rule.horizontal and rule.x0 <= x <= rule.x1]
    beside = [rule.x0 > x for rule in rules if not rule.horizontal and rule.top <= y <= rule.bottom]
    return len(set(above)) == 2 and len(set(beside)) == 2
