"""From a Document of the text reader to the script of what its original must have looked like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.documents import Block, BlockKind, Document
from corpus.records import Commitment
from ingest.lines import split_lines, wrap_width
from ingest.readers.text import NARROW
from tests.typesetting import flattened, notes, outlines, tables
from tests.typesetting.printed import Printed, cut, printed
from tests.typesetting.script import Content, Element, Entry, Grid, Heading, Item, Script, Text

TABLE_KINDS = {BlockKind.ROW, BlockKind.FURNITURE, BlockKind.NOTE}


def script_of(document: Document, register: Sequence[Commitment]) -> Script:
    """Write the script of a document: all its words, in reading order.

    Of tables that the text holds as bare lines the `register` tells the cells.
    """
    writer = _Writer(document, register)
    return Script(document.source.title, document.source.body, tuple(writer.elements()))


class _Writer:
    """Turns the blocks of one document into elements."""

    def __init__(self, document: Document, register: Sequence[Commitment]) -> None:
        self.document = document
        self.register = register
        self.blocks = document.blocks
        self.marks = notes.marks(document)
        self.outline = outlines.region(document)
        self.width = wrap_width(split_lines(document.text))
        self.tables = (self._outline_at, self._matrix_at, self._flattened_at, self._columns_at)
        self.makers: dict[BlockKind, Callable[[int], Element]] = {
            BlockKind.HEADING: self._heading,
            BlockKind.PARAGRAPH: self._paragraph,
            BlockKind.ITEM: self._item,
            BlockKind.NOTE: self._note,
            BlockKind.DEFINITION: self._entry,
            BlockKind.CONTENTS: self._contents,
        }

    def elements(self) -> Iterator[Element]:
        at = 0
        while at < len(self.blocks):
            found = next(filter(None, (table(at) for table in self.tables)), None)
            if found:
                end, grid = found
                yield grid
                yield from (self._note(i) for i in range(at, end) if self.blocks[i].kind is BlockKind.NOTE)
            else:
                end = at + 1
                if re.search(r"\w", self.document.slice(self.blocks[at].spans)):
                    yield self.makers[self.blocks[at].kind](at)
            at = end

    def make(self, index: int) -> Content:
        """The content of a block that stands in a cell."""
        made = self.makers[self.blocks[index].kind](index)
        assert isinstance(made, Content)
        return made

    def _outline_at(self, at: int) -> tuple[int, Grid] | None:
        """The table whose cells hold outlines, if a block begins it, and the block after it."""
        where, end = self.outline, at
        while where and end < len(self.blocks) and where.start <= self.blocks[end].spans[0].start < where.end:
            end += 1
        return (end, outlines.grid(self.document, where, self.make)) if where and end > at else None

    def _matrix_at(self, at: int) -> tuple[int, Grid] | None:
        """A table with a row for each record."""
        end = self._run(at, lambda block: block.kind in TABLE_KINDS)
        rows = [block for block in self.blocks[at:end] if block.kind is BlockKind.ROW]
        if not rows or not all(row.cells for row in rows):
            return None
        return end, tables.grid(self.document, range(at, end), self.marks.values())

    def _flattened_at(self, at: int) -> tuple[int, Grid] | None:
        """A table that the text holds as bare lines; labels among them look like headings."""
        end = self._run(at, lambda block: block.kind in TABLE_KINDS | {BlockKind.HEADING})
        while end > at and self.blocks[end - 1].kind is not BlockKind.ROW:
            end -= 1
        rows = [row for block in self.blocks[at:end] for row in self._rows(block)]
        bare = self.blocks[at].kind is BlockKind.FURNITURE and rows
        return (end, flattened.matrix(self.document, rows)) if bare else None

    def _columns_at(self, at: int) -> tuple[int, Grid] | None:
        """Paragraphs in narrow lines that begin with the theme of the rows in them: a table of two columns.

        A heading that stands over nothing else heads the columns.
        """
        first = at + (self.blocks[at].kind is BlockKind.HEADING)
        end = self._run(first, self._is_themed)
        if end == first or self._heads_more(at, end):
            return None
        head = self.blocks[at] if first > at else None
        rows = [self._rows(block) for block in self.blocks[first:end]]
        return end, flattened.columns(self.document, head, rows)

    def _heads_more(self, at: int, end: int) -> bool:
        """Whether the section of a heading goes on after the table."""
        heading = self.blocks[at].kind is BlockKind.HEADING
        return heading and end < len(self.blocks) and self.blocks[end].section == self.blocks[at].section

    def _run(self, at: int, wanted: Callable[[Block], bool]) -> int:
        """Where the run of blocks ends that begins at one; notes at its ends do not belong to it."""
        end = at
        while end < len(self.blocks) and wanted(self.blocks[end]):
            end += 1
        while end > at and self.blocks[end - 1].kind is BlockKind.NOTE:
            end -= 1
        return at if end > at and self.blocks[at].kind is BlockKind.NOTE else end

    def _rows(self, block: Block) -> tuple[Commitment, ...]:
        return flattened.rows_in(block, self.register)

    def _is_themed(self, block: Block) -> bool:
        if block.kind is not BlockKind.PARAGRAPH or not self._narrow(block):
            return False
        themes = {row.theme for row in self._rows(block)}
        words = " ".join(self.document.slice(block.spans).split())
        return len(themes) == 1 and "" not in themes and words.startswith(themes.pop())

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

    def _paragraph(self, index: int) -> Text:
        return Text(self._words(self.blocks[index]))

    def _narrow(self, block: Block) -> bool:
        """Whether the lines of a block were broken well before the margin, as those of a narrow table are."""
        chunks = re.split(r"\n\s*\n", self.document.slice(block.spans))
        broken = [lines[:-1] for chunk in chunks if len(lines := chunk.rstrip().split("\n")) > 1]
        limit = NARROW * self.width
        return bool(broken) and all(any(len(line.rstrip()) < limit for line in lines) for lines in broken)

    def _item(self, index: int) -> Item:
        block = self.blocks[index]
        words = self._words(block)
        number = "" if block.inferred else block.number
        return Item(words, block.label, number, block.depth)

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
