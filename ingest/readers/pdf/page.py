"""What is printed on a page of a PDF: words and rules with their places, whichever library found them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.documents import Box
from ingest.elements import Notice


@dataclass(frozen=True, slots=True)
class Word:
    """Letters printed without a space between them.

    `box` is in points from the top left of the page as it is read (after rotation); `size` is the height
    of the font in points; `bold` is told from the font's name.
    """

    text: str
    box: Box
    size: float
    bold: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, or an edge of a filled or stroked rectangle: horizontal or vertical, in points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether the rule runs along a line of text."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """One page, turned upright: its number from 1, its size in points, its words and rules.

    `pictured` tells that a picture covers most of it; `ocr` that its words were recognised from one;
    `notices` what was out of the ordinary in reading it, in words that name no page.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictured: bool = False
    ocr: bool = False
    notices: tuple[Notice, ...] = ()
