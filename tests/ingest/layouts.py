"""Layouts that a test makes up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.documents import Document
from ingest.composing import compose
from ingest.elements import Element, ElementKind, Layout, Run, Table, TableCell
from ingest.outline import outlined
from tests.ingest.reading import SOURCE


def run(text: str, page: int = 0, top: float = 0.0, left: float = 0.0, right: float = 100.0) -> Run:
    """A run on a page, in a box ten points high; without a box on page 0."""
    return Run(text, page, (left, top, right, top + 10) if page else None)


def parts(layout: Layout) -> list[Any]:
    """The elements and tables of a layout, of which a test knows which are which."""
    return list(layout.elements)


def heading(text: str, level: int = 1, label: str = "") -> Element:
    return Element(ElementKind.HEADING, (Run(text),), level, label)


def paragraph(*texts: str | Run, strong: bool = False) -> Element:
    runs = tuple(Run(text) if isinstance(text, str) else text for text in texts)
    return Element(ElementKind.PARAGRAPH, runs, strong=strong)


def item(text: str, label: str, level: int = 0) -> Element:
    return Element(ElementKind.ITEM, (Run(text),), level, label)


def note(text: str, label: str) -> Element:
    return Element(ElementKind.NOTE, (Run(text),), label=label)


def cell(*content: str | Element, rows: int = 1, columns: int = 1) -> TableCell:
    parts = (paragraph(part) if isinstance(part, str) else part for part in content if part != "")
    return TableCell(tuple(parts), rows, columns)


def table(*rows: Sequence[str | TableCell | None], header: int = 0) -> Table:
    return Table(
        tuple(tuple(cell(one) if isinstance(one, str) else one for one in row) for row in rows), header
    )


def composed(*elements: Element | Table, pages: int = 0) -> Document:
    """The document of some elements."""
    return outlined(SOURCE, compose(Layout(elements, pages)))
