"""What a library finds drawn on a page, before it is grouped into words and rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.documents import Box

ASLANT = -1
"""The turn of a glyph that runs neither along an edge of the page nor across it."""


class Glyph(NamedTuple):
    """One drawn letter: its box and origin in points from the top left of the upright page.

    `turn` counts the quarter turns against the clock by which its line runs off the horizontal.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    size: float
    font: str
    turn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that stands on a page: letters, straight segments and pictures, in the order drawn.

    `curves` counts the shapes that are neither; words drawn as outlines leave nothing else.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    segments: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    curves: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: the part of the user space that is seen, and the clockwise turn in degrees."""

    box: Box
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Take a point of the user space to points from the top left of the page as it is read."""
        left, low, right, high = self.box
        if self.rotation == 90:
            return y - low, x - left
        if self.rotation == 180:
            return right - x, y - low
        if self.rotation == 270:
            return high - y, right - x
        return x - left, high - y

    def upright(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Take a box of the user space to one from the top left of the page as it is read."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def moved(box: Box, right: float, down: float) -> Box:
    """Move a box by points to the right and down."""
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def direction(a: float, b: float) -> int:
    """Quarter turns against the clock of a line that runs by `a` to the right and by `b` up."""
    if abs(b) <= 0.1 * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= 0.1 * abs(b):
        return 1 if b > 0 else 3
    return ASLANT
