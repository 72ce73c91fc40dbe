"""The reader of PDFs, in stages: pages to parts, which may be made side by side, and parts to a layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.elements import Element, ElementKind, Layout, Notice, Properties, Table
from ingest.readers.pdf.blocks import Block, Placed, blocks_of
from ingest.readers.pdf.contents import with_contents
from ingest.readers.pdf.cuts import mended
from ingest.readers.pdf.flow import PageFlow, flow_of
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.furniture import furniture
from ingest.readers.pdf.headings import with_headings
from ingest.readers.pdf.hyphens import Vocabulary, vocabulary
from ingest.readers.pdf.measures import measured
from ingest.readers.pdf.nesting import with_levels
from ingest.readers.pdf.notes import with_notes
from ingest.readers.pdf.opening import merged, pages, survey
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.printing import element_of
from ingest.readers.pdf.tables import find_tables, goes_on, joined

Finder = Callable[[Page], Sequence[FoundTable]]


@dataclass(frozen=True, slots=True)
class Part:
    """What some pages of a file hold: their lines and tables, not the words; and what to say of them."""

    flows: tuple[PageFlow, ...]
    notices: tuple[Notice, ...] = ()


def read(path: Path, password: str = "", language: str = "en") -> Layout:
    """Read a PDF in this process, page by page.

    `language` is the ISO 639-1 code of the words on scanned pages. Raises SourceError.
    """
    found = survey(path, password)
    part = read_part(pages(path, found, 1, found.pages, password, language))
    return assemble([part], found.properties, found.notices)


def read_part(pages: Iterable[Page], find: Finder = find_tables) -> Part:
    """Read pages one at a time, keeping none of their words. A part can be pickled.

    `find` finds the tables of a page.
    """
    flows: list[PageFlow] = []
    notices: list[Notice] = []
    for page in pages:
        flows.append(flow_of(page, find(page)))
        notices += (replace(notice, pages=(page.number,)) for notice in page.notices)
    return Part(tuple(flows), merged(notices))


def assemble(
    parts: Sequence[Part], properties: Properties | None = None, notices: Sequence[Notice] = ()
) -> Layout:
    """Make the layout of a file of the parts of all its pages, in the order of the pages.

    `properties` and `notices` are those of the whole file.
    """
    flows = [flow for part in parts for flow in part.flows]
    said = merged([*notices, *(notice for part in parts for notice in part.notices)])
    ocr = frozenset(flow.number for flow in flows if flow.ocr)
    count = max((flow.number for flow in flows), default=0)
    return Layout(tuple(_elements(flows)), count, ocr, said, properties or Properties())


def without_furniture(flows: Sequence[PageFlow]) -> list[PageFlow]:
    """Leave running heads, feet and page numbers out of the pages of a whole file."""
    left_out = furniture(flows)
    return [
        replace(flow, items=tuple(item for at, item in enumerate(flow.items) if (i, at) not in left_out))
        for i, flow in enumerate(flows)
    ]


def _elements(flows: Sequence[PageFlow]) -> Iterator[Element | Table]:
    bare = without_furniture(flows)
    measures = measured(bare)
    known = vocabulary(line for flow in bare for line in flow.lines)
    items = with_contents(with_notes(bare, measures.body))
    blocks = with_headings(blocks_of(items, measures), measures)
    for item in _with_joined(with_levels(mended(blocks, measures), measures)):
        yield from _shown(item, known)


def _with_joined(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Join tables that go on over pages, where nothing but footnotes stands between them."""
    run: list[FoundTable] = []
    notes: list[Block] = []
    for item in placed:
        if run and isinstance(item, Block) and item.kind is ElementKind.NOTE:
            notes.append(item)
            continue
        if run and not (isinstance(item, FoundTable) and goes_on(run[-1], item)):
            yield joined(run)
            yield from notes
            run, notes = [], []
        if isinstance(item, FoundTable):
            run.append(item)
        else:
            yield item
    if run:
        yield joined(run)
        yield from notes


def _shown(item: Placed, known: Vocabulary) -> Iterator[Element | Table]:
    if isinstance(item, Block):
        yield element_of(item, known)
    elif isinstance(item, FoundTable) and item.fragment:
        yield from (element for row in item.table.rows for cell in row if cell for element in cell.content)
    else:
        yield item.table
