"""The reader of Word files (.docx, .docm): headings, lists with their numbers, tables, notes, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import SourceError
from ingest.elements import Element, ElementKind, Layout, Properties, Run, Table, TableCell
from ingest.readers.grids import flat
from ingest.readers.word.numbering import Counter, lists_of
from ingest.readers.word.package import Package, open_package
from ingest.readers.word.paragraphs import Noted, NoteNumbers, Words, words_of
from ingest.readers.word.styles import Styles, styles_of
from ingest.readers.word.tables import table
from ingest.readers.word.unread import unread
from ingest.readers.word.xml import Node, held, name_of, value, w, within

BLOCKS = frozenset({"p", "tbl"})
PARAGRAPHS = frozenset({"p"})
PROPERTIES = frozenset({"sectPr", "sdtPr", "tcPr", "del", "moveFrom", "Fallback"})
PAGE = re.compile(r"\d{1,4}|[ivxl]{1,6}")
FEWEST_ENTRIES = 3
"""Paragraphs that end in a tab and a page number, to be a table of contents."""
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read(path: Path) -> Layout:
    """Read a Word file. It has no pages: runs are on page 0 and without boxes.

    Raises SourceError where the file is damaged, encrypted, too large when unpacked, or without words.
    """
    package = open_package(path)
    try:
        elements = tuple(_listed(_Reader.of(package).blocks(package.document)))
    except SourceError as error:
        raise SourceError(f"{path.name} cannot be read: {error}", error.reason) from error
    if not elements:
        raise SourceError(
            f"{path.name} holds no words. If its pages are pictures, save it as PDF and recognise its words."
        )
    return Layout(elements, notices=unread(package.document), properties=_properties(package.properties))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of a table of contents, until it is known that there are several."""

    title: str
    page: str
    paragraph: Element


Block = Element | Table | _Entry


@dataclass(slots=True)
class _Reader:
    """Reads the blocks of one file in order, since numbers of lists and notes are counted."""

    styles: Styles
    counter: Counter
    notes: dict[Noted, Node]
    numbers: NoteNumbers = field(default_factory=NoteNumbers)

    @classmethod
    def of(cls, package: Package) -> _Reader:
        """Make the reader of a package."""
        styles = styles_of(package.styles)
        counter = Counter(lists_of(package.numbering), styles)
        return cls(styles, counter, _notes(package))

    def blocks(self, root: Node) -> Iterator[Block]:
        """Paragraphs and tables below a node, each followed by its text boxes and its notes."""
        for node in within(root, BLOCKS, PROPERTIES):
            if name_of(node) == "p":
                yield from self._paragraph(node)
            else:
                yield from self._table(node)

    def _table(self, node: Node) -> Iterator[Element | Table]:
        """A table, then the notes that its cells refer to."""
        notes: list[Element] = []

        def content(cell: Node) -> tuple[Element, ...]:
            found = list(_flat(self.blocks(cell)))
            notes.extend(element for element in found if element.kind is ElementKind.NOTE)
            return tuple(element for element in found if element.kind is not ElementKind.NOTE)

        yield table(node, content)
        yield from notes

    def _paragraph(self, node: Node) -> Iterator[Block]:
        words = words_of(node, self.styles, self.numbers)
        if words.text.strip():
            label, depth = self.counter.label(node) or ("", 0)
            yield self._element(node, words, label, depth)
        elif not _is_deleted(node):
            self.counter.label(node)
        for box in words.boxes:
            yield from self.blocks(box)
        for note in words.notes:
            yield from self._note(*note)

    def _element(self, node: Node, words: Words, label: str, depth: int) -> Element | _Entry:
        level = self.styles.level(node)
        run = tuple(Run(line) for line in words.text.split("\n"))
        if level and not self.styles.is_contents(node):
            return Element(ElementKind.HEADING, run, level, label, words.strong)
        if label:
            made = Element(ElementKind.ITEM, run, depth, label, words.strong)
        else:
            made = Element(ElementKind.PARAGRAPH, run, depth, strong=words.strong)
        title, _, page = (part.strip() for part in words.text.rstrip().rpartition("\t"))
        return _Entry(f"{label} {title}".strip(), page, made) if title and PAGE.fullmatch(page) else made

    def _note(self, note: Noted, mark: str) -> Iterator[Element]:
        """A note as one line behind its mark, where it is referred to first."""
        body = self.notes.pop(note, None)
        paragraphs = within(body, PARAGRAPHS, PROPERTIES) if body is not None else ()
        runs = tuple(self._note_run(node) for node in paragraphs)
        if any(run.text.strip() for run in runs):
            yield Element(ElementKind.NOTE, runs, label=mark)

    def _note_run(self, node: Node) -> Run:
        label, _ = self.counter.label(node) or ("", 0)
        return Run(f"{label} {words_of(node, self.styles, NoteNumbers()).text}")


def _is_deleted(paragraph: Node) -> bool:
    """Whether a paragraph was deleted or moved away, and is shown no more once that is accepted."""
    return any(held(paragraph, "pPr", "rPr", name) is not None for name in ("del", "moveFrom"))


def _flat(blocks: Iterable[Block]) -> Iterator[Element]:
    """Elements of blocks, those in the cells of tables one after the other."""
    for block in blocks:
        yield from flat(block.paragraph if isinstance(block, _Entry) else block)


def _notes(package: Package) -> dict[Noted, Node]:
    found = {}
    for kind, root in (("footnote", package.footnotes), ("endnote", package.endnotes)):
        for node in root.iterchildren(w(kind)) if root is not None else ():
            found[Noted(kind, value(node, "id"))] = node
    return found


def _listed(blocks: Iterable[Block]) -> Iterator[Element | Table]:
    """Make entries that follow each other a table of contents; a few alone are paragraphs."""
    run: list[_Entry] = []
    for block in blocks:
        if isinstance(block, _Entry):
            run.append(block)
            continue
        yield from _contents(run)
        run = []
        yield block
    yield from _contents(run)


def _contents(run: Sequence[_Entry]) -> Iterator[Element | Table]:
    if len(run) < FEWEST_ENTRIES:
        yield from (entry.paragraph for entry in run)
        return
    yield Table(tuple((_cell(entry.title), _cell(entry.page)) for entry in run))


def _cell(words: str) -> TableCell:
    return TableCell((Element(ElementKind.PARAGRAPH, (Run(words),)),))


def _properties(root: Node | None) -> Properties:
    """Title, author and date that the file states."""
    said = {name_of(node): (node.text or "").strip() for node in (root if root is not None else ())}
    date = DATE.match(said.get("created", ""))
    return Properties(said.get("title", ""), said.get("creator", ""), date.group() if date else "")
