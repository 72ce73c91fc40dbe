"""From a Document of the text reader to the script of what its original must have looked like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.documents import LINE_BREAK, Block, BlockKind, Document, Span
from ingest.lines import split_lines, wrap_width
from ingest.readers.text import NARROW
from tests.typesetting import notes, outlines, tables
from tests.typesetting.printed import Printed, cut, printed
from tests.typesetting.script import Content, Element, Entry, Heading, Item, Lines, Script, Text

TABLE_KINDS = {BlockKind.ROW, BlockKind.FURNITURE, BlockKind.NOTE}


def script_of(document: Document) -> Script:
    """Write the script of a document: all its words, in reading order."""
    writer = _Writer(document)
    return Script(document.source.title, document.source.body, tuple(writer.elements()))


class _Writer:
    """Turns the blocks of one document into elements."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = document.blocks
        self.marks = notes.marks(document)
        self.outline = outlines.region(document)
        self.width = wrap_width(split_lines(document.text))
        self.makers: dict[BlockKind, Callable[[int], Element]] = {
            BlockKind.HEADING: self._heading,
            BlockKind.PARAGRAPH: self._paragraph,
            BlockKind.ITEM: self._item,
            BlockKind.ROW: self._lines,
            BlockKind.FURNITURE: self._lines,
            BlockKind.NOTE: self._note,
            BlockKind.DEFINITION: self._entry,
            BlockKind.CONTENTS: self._contents,
        }

    def elements(self) -> Iterator[Element]:
        at = 0
        while at < len(self.blocks):
            end = self._outline_end(at)
            if end > at and self.outline:
                yield outlines.grid(self.document, self.outline, self.make)
            elif end := self._table_end(at):
                yield tables.grid(self.document, range(at, end), self.marks.values())
                yield from (self._note(i) for i in range(at, end) if self.blocks[i].kind is BlockKind.NOTE)
            else:
                end = at + 1
                if re.search(r"\w", self.document.slice(self.blocks[at].spans)):
                    yield self._flattened(at) or self.makers[self.blocks[at].kind](at)
            at = end

    def make(self, index: int) -> Content:
        """The content of a block that stands in a cell."""
        made = self.makers[self.blocks[index].kind](index)
        assert isinstance(made, Content)
        return made

    def _outline_end(self, at: int) -> int:
        where = self.outline
        while where and at < len(self.blocks) and where.start <= self.blocks[at].spans[0].start < where.end:
            at += 1
        return at

    def _table_end(self, at: int) -> int:
        """Where the table that begins at a block ends; 0 where none begins."""
        end = at
        while end < len(self.blocks) and self.blocks[end].kind in TABLE_KINDS:
            end += 1
        rows = [block for block in self.blocks[at:end] if block.kind is BlockKind.ROW]
        starts = self.blocks[at].kind is not BlockKind.NOTE
        if not rows or not starts or not all(row.cells for row in rows):
            return 0
        while self.blocks[end - 1].kind is BlockKind.NOTE:
            end -= 1
        return end

    def _words(self, block: Block) -> Printed:
        return printed(self.document, block.spans, self.marks.values())

    def _heading(self, index: int) -> Heading | Text:
        """A heading; the line that dates a meeting and a label such as "Actions:" are lines of their own."""
        block = self.blocks[index]
        words = self._words(block).prefixed(block.label) if block.label else self._words(block)
        if block.parent is not None or block.section is None:
            return Text(words)
        before = self.blocks[index - 1]
        if before.kind is BlockKind.HEADING and before.section == block.section:
            return Text(words, bold=True)
        return Heading(words, self.document.sections[block.section].level)

    def _paragraph(self, index: int) -> Text | Lines:
        block = self.blocks[index]
        return self._lines(index) if self._narrow(block) else Text(self._words(block))

    def _narrow(self, block: Block) -> bool:
        """Whether the lines of a block were broken well before the margin, as those of a narrow table are."""
        chunks = re.split(r"\n\s*\n", self.document.slice(block.spans))
        broken = [lines[:-1] for chunk in chunks if len(lines := chunk.rstrip().split("\n")) > 1]
        limit = NARROW * self.width
        return bool(broken) and all(any(len(line.rstrip()) < limit for line in lines) for lines in broken)

    def _item(self, index: int) -> Item | Text:
        block = self.blocks[index]
        words = self._words(block)
        number = "" if block.inferred else block.number
        return Item(words, block.label, number, block.depth)

    def _lines(self, index: int) -> Lines:
        """The lines of a block as the text has them."""
        block = self.blocks[index]
        set_lines = (
            printed(self.document, [line], self.marks.values())
            for span in block.spans
            for line in _lines_of(self.document.text, span)
        )
        return Lines(tuple(line for line in set_lines if line.text))

    def _flattened(self, index: int) -> Lines | None:
        """The lines of a label that stands among rows without cells; None for anything else."""
        around = [self.blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(self.blocks)]
        among = len(around) == 2 and all(b.kind is BlockKind.ROW and not b.cells for b in around)
        return self._lines(index) if among else None

    def _note(self, index: int) -> Element:
        return notes.note(self.document, index, self.marks.get(index))

    def _entry(self, index: int) -> Entry | Text:
        block = self.blocks[index]
        words = self._words(block)
        pair = tables.entry(words, self.document.slice(block.spans))
        return Entry(*pair) if pair else Text(words)

    def _contents(self, index: int) -> Entry:
        words = self._words(self.blocks[index])
        at = words.text.rindex(" ")
        return Entry(cut(words, 0, at), cut(words, at), contents=True)


def _lines_of(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for found in LINE_BREAK.finditer(text, span.start, span.end):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, span.end)
