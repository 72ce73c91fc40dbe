"""Lines to blocks: which lines are one paragraph, item, heading or footnote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.elements import ElementKind
from ingest.markers import Marker, Style
from ingest.readers.pdf.contents import Contents
from ingest.readers.pdf.endings import apart, breaks, starts_low
from ingest.readers.pdf.flow import Item
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.marks import marker_of
from ingest.readers.pdf.measures import Measures
from ingest.readers.pdf.notes import NoteLine


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are one paragraph, item, heading or footnote.

    `skip` counts the characters of the first line before its words, which `label` shows; `level` is as
    in ingest.elements.Element.
    """

    kind: ElementKind
    lines: tuple[Line, ...]
    marker: Marker | None = None
    label: str = ""
    skip: int = 0
    level: int = 0

    @property
    def text(self) -> str:
        """Its words, line after line, without the label."""
        return " ".join([line.text for line in self.lines])[self.skip :]

    @property
    def strong(self) -> bool:
        """Whether all of it is bold or underlined."""
        return all(line.strong for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its first line, in points."""
        return self.lines[0].size


Placed = Block | FoundTable | Contents


def blocks_of(items: Iterable[Item | NoteLine | Contents], measures: Measures) -> list[Placed]:
    """Group lines into blocks, in reading order; what is no line stays where it is."""
    builder = _Builder(measures)
    placed = [block for item in items for block in builder.take(item)]
    return [*placed, *builder.flush()]


class _Builder:
    """Takes items one by one; remembers the last numbered marker, which the next may follow."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.lines: list[Line] = []
        self.marker: Marker | None = None
        self.note: NoteLine | None = None
        self.after: Marker | None = None

    def take(self, item: Item | NoteLine | Contents) -> Iterator[Placed]:
        """Take the next item; yield the blocks that it ends."""
        if isinstance(item, Line):
            yield from self._take_line(item)
        elif isinstance(item, NoteLine):
            if item.mark or self.note is None or apart(self.lines[-1], item.line):
                yield from self.flush()
                self.note = item
            self.lines.append(item.line)
        else:
            yield from self.flush()
            yield item

    def _take_line(self, line: Line) -> Iterator[Placed]:
        own = marker_of(line.text, self.after)
        if self.note or not self.lines or breaks(self.lines, self.marker, line, own, self.measures):
            yield from self.flush()
            self.marker = own
            self.after = own if own and own.number else self.after
        self.lines.append(line)

    def flush(self) -> Iterator[Placed]:
        """Yield the block that is being built, if any."""
        if self.lines:
            yield self._block(tuple(self.lines))
        self.lines, self.marker, self.note = [], None, None

    def _block(self, lines: tuple[Line, ...]) -> Block:
        if self.note:
            return Block(ElementKind.NOTE, lines, None, self.note.mark, self.note.length)
        marker = self.marker
        if marker is None:
            return Block(ElementKind.PARAGRAPH, lines)
        label = lines[0].text[: marker.length].strip()
        return Block(ElementKind.ITEM, lines, marker, label, marker.length)


def is_plain_number(marker: Marker) -> bool:
    """Whether a marker may number a heading: "1.", "2.3", "A." or "IV.", not "(a)" or a bullet."""
    return marker.style is not Style.BULLET and marker.bare and ")" not in marker.label


def begins_low(block: Block) -> bool:
    """Whether the words of a block begin with a small letter."""
    return starts_low(block.lines[0].text[block.skip :])
