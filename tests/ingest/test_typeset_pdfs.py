"""PDFs that showed faults of the reader, each typeset from a script of a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import BlockKind
from ingest.composing import compose
from ingest.elements import Element, ElementKind, Layout, Table
from ingest.outline import outlined
from ingest.readers.pdf.reader import read
from tests.ingest.reading import SOURCE
from tests.typesetting.flattened import added
from tests.typesetting.pdf import typeset
from tests.typesetting.printed import Printed
from tests.typesetting.script import Element as Scripted
from tests.typesetting.script import Grid, GridCell, Heading, Item, Note, Script, Text

HEADS = ("Area", "Activity", "Coordinator")
TITLE = "A work plan of the subsidiary bodies"
SENTENCE = (
    "Each member shall report in writing on the steps that it has taken to promote decent work for all."
)
PROSE = [Text(added(SENTENCE))] * 4


def row(*cells: str) -> tuple[GridCell, ...]:
    return tuple(GridCell((Text(added(words)),) if words else ()) for words in cells)


def grid(rows: int) -> Grid:
    """A table of so many rows, the last of them cut by the foot of the page if there is no room for it."""
    body = [
        row(f"{i}.", f"Hold the seminar of year {i} on inspection in small firms.", "Viet Nam")
        for i in range(rows)
    ]
    return Grid((row(*HEADS), *body), header=1)


def layout_of(tmp_path: Path, *elements: Scripted, two_columns: bool = False) -> Layout:
    path = tmp_path / "a.pdf"
    path.write_bytes(typeset(Script(TITLE, "", elements), two_columns).data)
    return read(path)


def tables(layout: Layout) -> list[Table]:
    return [element for element in layout.elements if isinstance(element, Table)]


def words(layout: Layout) -> list[str]:
    """The words of each element that is no table."""
    found = (element for element in layout.elements if isinstance(element, Element))
    return [" ".join(run.text for run in element.runs) for element in found]


def noted(text: str, anchor: int) -> Text:
    """A paragraph that ends in a raised "1", which stands at an offset of a text."""
    count = len(text.replace(" ", ""))
    return Text(Printed(f"{text}1", (*range(anchor - count, anchor), anchor), frozenset({count})))


@pytest.fixture
def with_note(tmp_path: Path) -> Layout:
    """A table over two pages, on the first of which a footnote stands."""
    anchor = noted("The plan is a draft.", 500)
    note = Note(added("It was tabled in 2012."), "1", 500, marked=True)
    return layout_of(tmp_path, *PROSE, anchor, grid(50), note)


def test_a_footnote_does_not_part_a_table_from_its_rest(with_note: Layout) -> None:
    (table,) = tables(with_note)
    assert len(table.rows) == 51
    assert [e.kind for e in with_note.elements if isinstance(e, Element)][-1] is ElementKind.NOTE


def test_the_label_of_a_footnote_stands_on_its_page(with_note: Layout) -> None:
    document = outlined(SOURCE, compose(with_note))
    (note,) = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    assert document.slice(note.spans).startswith("¹")
    assert document.pages_of(note.spans) == (1,)


def test_the_running_head_of_a_file_of_two_pages_is_left_out(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, *PROSE, grid(50))
    assert layout.pages == 2
    assert not any(TITLE in found for found in words(layout))
    assert len(tables(layout)) == 1


def test_lists_in_two_columns_are_no_table(tmp_path: Path) -> None:
    items = [Item(added(f"{SENTENCE} It does so in year {i}."), f"{i}.", str(i), 0) for i in range(1, 40)]
    layout = layout_of(tmp_path, Heading(added("Reports"), 1), *items, two_columns=True)
    assert not tables(layout)
    assert [e.label for e in layout.elements if isinstance(e, Element) and e.label] == [
        f"{i}." for i in range(1, 40)
    ]
