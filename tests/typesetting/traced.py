"""Paragraphs that report on which page of a PDF each of their words is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from corpus.documents import Span
from tests.typesetting.printed import ADDED, Printed

CIRCLES = "Circles"


@dataclass(slots=True)
class Drawn:
    """On which page each character of the stored text was drawn, by its offset."""

    pages: dict[int, int] = field(default_factory=dict)

    def pages_of(self, spans: Sequence[Span]) -> tuple[int, ...]:
        """The pages on which the words of spans stand, in order."""
        offsets = (offset for span in spans for offset in range(span.start, span.end))
        return tuple(sorted({self.pages[offset] for offset in offsets if offset in self.pages}))


class Traced(Paragraph):  # type: ignore[misc]
    """A paragraph that notes the page of its characters when it is drawn; its parts do so too."""

    origins: tuple[int, ...] = ()
    drawn: Drawn | None = None

    def split(self, width: float, height: float) -> list[Traced]:
        parts: list[Traced] = super().split(width, height)
        at = 0
        for part in parts:
            count = sum(map(_count, part.frags))
            part.origins, part.drawn = self.origins[at : at + count], self.drawn
            at += count
        return parts

    def draw(self) -> None:
        if self.drawn is not None:
            page = self.canv.getPageNumber()
            self.drawn.pages.update((offset, page) for offset in self.origins if offset != ADDED)
        super().draw()


def _count(fragment: Any) -> int:
    """The characters of a fragment other than spaces; one left by a split holds words or parts."""
    if isinstance(fragment, list):
        words = [part for _, part in fragment[1:]]
    else:
        words = fragment.words if hasattr(fragment, "words") else [fragment.text]
    return sum(len("".join(word.split())) for word in words)


def traced(words: Printed, style: ParagraphStyle, drawn: Drawn, marker: str = "", **tags: bool) -> Traced:
    """Make the paragraph of some words; `tags` are the names of inline tags around all of it."""
    markup = "".join(_raised(part) if high else _plain(part) for part, high in words.pieces())
    for tag in (name for name, wanted in tags.items() if wanted):
        markup = f"<{tag}>{markup}</{tag}>"
    paragraph = Traced(markup, _with_marker(style, marker), bulletText=marker or None)
    paragraph.origins, paragraph.drawn = words.origins, drawn
    return paragraph


def raised(words: str) -> Printed:
    """Words that stand in no text, set as superscripts."""
    return Printed(words, (ADDED,) * len(words), frozenset(range(len(words))))


def _with_marker(style: ParagraphStyle, marker: str) -> ParagraphStyle:
    if not needs_circles(marker):
        return style
    circles()
    return ParagraphStyle(f"{style.name}-circle", style, bulletFontName=CIRCLES)


def needs_circles(words: str) -> bool:
    """Whether the words hold the round bullet that the standard fonts lack."""
    return "○" in words


def _raised(words: str) -> str:
    return f'<super rise="3" size="6">{escape(words)}</super>'


def _plain(words: str) -> str:
    return escape(words)


@cache
def circles() -> None:
    """Make a font that draws the round bullet with an "o", as word processors do."""
    font: Any = TTFont(CIRCLES, "Vera.ttf")
    glyphs = font.face.charToGlyph
    glyphs[ord("○")] = glyphs[ord("o")]
    font.face.charWidths[ord("○")] = font.face.charWidths[ord("o")]
    pdfmetrics.registerFont(font)
