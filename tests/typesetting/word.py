"""A script typeset as a Word document: heading styles, automatic numbering, merged cells, real footnotes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from tests.typesetting.numbering import Numbering, number_paragraph
from tests.typesetting.printed import Printed
from tests.typesetting.script import Content, Entry, Grid, Heading, Item, Note, Script, Text

INDENT = Pt(18)
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FIRST_NOTE = 2
"""Notes 0 and 1 are the rules that separate notes from the text."""


def typeset(script: Script) -> bytes:
    """Typeset a script."""
    return _Writer(script).written()


class _Writer:
    """Writes the elements of one script into a document."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.document: Any = Document()
        self.numbering = Numbering(self.document.part.numbering_part)
        self.notes = {note.anchor: (i, note) for i, note in enumerate(script.notes, start=FIRST_NOTE)}

    def written(self) -> bytes:
        document, script = self.document, self.script
        document.core_properties.title, document.core_properties.author = script.title, script.author
        document.sections[0].header.paragraphs[0].text = script.title
        for element in script.elements:
            match element:
                case Note():
                    continue
                case Grid():
                    self._table(element)
                case Entry():
                    self._entry(element)
                case _:
                    self._content(element, document)
        self._add_footnotes()
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    def _content(self, content: Content, into: Any, paragraph: Any = None) -> None:
        """Write a heading, paragraph or item into a document or cell, in a new paragraph if none is given."""
        paragraph = paragraph or into.add_paragraph()
        match content:
            case Heading():
                self.numbering.close()
                paragraph.style = f"Heading {content.level}"
                self._runs(paragraph, content.words)
            case Item():
                self._item(paragraph, content)
            case Text():
                self._runs(paragraph, content.words, content.bold, content.underlined)

    def _item(self, paragraph: Any, item: Item) -> None:
        number = self.numbering.of(item)
        if number is None:
            paragraph.paragraph_format.left_indent = INDENT * (item.depth + 1)
            paragraph.paragraph_format.first_line_indent = -INDENT
            self._runs(paragraph, item.whole)
        else:
            paragraph.style = "List Paragraph"
            number_paragraph(paragraph, number, item.depth)
            self._runs(paragraph, item.words)

    def _runs(self, paragraph: Any, words: Printed, bold: bool = False, underlined: bool = False) -> None:
        """Write the words; where a mark of a footnote stands, the note is put in its place."""
        marks = 0
        for part, high, origin in _parts(words, set(self.notes)):
            if high and origin in self.notes:
                self._refer(paragraph, origin)
                marks = len(self.notes[origin][1].mark) - 1
            elif high and marks:
                marks -= 1
            else:
                run = paragraph.add_run(part)
                run.bold, run.underline = bold or None, underlined or None
                run.font.superscript = high or None
                if origin in self.notes:
                    self._refer(paragraph, origin)

    def _refer(self, paragraph: Any, anchor: int) -> None:
        number, note = self.notes[anchor]
        custom = "" if note.mark.isdigit() else ' w:customMarkFollows="1"'
        mark = f"<w:t>{escape(note.mark)}</w:t>" if custom else ""
        paragraph._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference{custom} w:id="{number}"/>{mark}</w:r>'
            )
        )

    def _table(self, grid: Grid) -> None:
        table = self.document.add_table(len(grid.rows), len(grid.rows[0]), style="Table Grid")
        for row in list(table.rows)[: grid.header]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        cells = [list(row.cells) for row in table.rows]
        for n, row in enumerate(grid.rows):
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                first, last = cells[n][column], cells[n + cell.rows - 1][column + cell.columns - 1]
                merged = first.merge(last) if first is not last else first
                self.numbering.close()
                for i, content in enumerate(cell.content):
                    self._content(content, merged, None if i else merged.paragraphs[0])
        self.numbering.close()

    def _entry(self, entry: Entry) -> None:
        paragraph = self.document.add_paragraph()
        stops = paragraph.paragraph_format.tab_stops
        if entry.contents:
            stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        else:
            stops.add_tab_stop(Cm(4))
        paragraph.add_run(f"{entry.first.text}\t{entry.second.text}")

    def _add_footnotes(self) -> None:
        if not self.notes:
            return
        package = self.document.part.package
        uri = PackURI("/word/footnotes.xml")
        part = Part(uri, FOOTNOTES, _footnotes(self.script).encode(), package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnotes(script: Script) -> str:
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in enumerate(("separator", "continuationSeparator"))
    )
    notes = "".join(_footnote(i, note) for i, note in enumerate(script.notes, start=FIRST_NOTE))
    return f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{rules}{notes}</w:footnotes>'


def _footnote(number: int, note: Note) -> str:
    mark = "<w:footnoteRef/>" if note.mark.isdigit() else f"<w:t>{escape(note.mark)}</w:t>"
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{mark}</w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note.words.text)}</w:t></w:r></w:p></w:footnote>'
    )


def _parts(words: Printed, anchors: set[int]) -> Iterator[tuple[str, bool, int]]:
    """The words in runs: whether each is raised, and the offset of the character that ends or is a mark."""
    start, seen = 0, 0
    for place, letter in enumerate(words.text):
        if letter == " ":
            continue
        origin, high = words.origins[seen], seen in words.raised
        seen += 1
        if origin not in anchors and not high:
            continue
        before = words.text[start:place] if high else words.text[start : place + 1]
        yield from _run(words, before, high, letter, origin)
        start = place + 1
    if words.text[start:]:
        yield words.text[start:], False, -1


def _run(
    words: Printed, before: str, high: bool, letter: str, origin: int
) -> Iterator[tuple[str, bool, int]]:
    if before:
        yield before, False, -1 if high else origin
    if high:
        yield letter, True, origin
