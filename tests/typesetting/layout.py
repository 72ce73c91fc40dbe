"""A script as the layout that a reader without fault would find, to test what follows the readers."""

from __future__ import annotations

from ingest.elements import Element, ElementKind, Layout, Run, Table, TableCell
from tests.typesetting.printed import SUPERSCRIPTS, Printed
from tests.typesetting.script import Content, Entry, Grid, GridCell, Heading, Item, Note, Script, Text
from tests.typesetting.script import Element as Scripted


def layout(script: Script) -> Layout:
    """Lay a script out without pages; notes stand where the script has them."""
    return Layout(tuple(_found(element) for element in script.elements))


def _found(element: Scripted) -> Element | Table:
    match element:
        case Note():
            label = "".join(SUPERSCRIPTS[int(mark)] if mark.isdigit() else mark for mark in element.mark)
            return Element(ElementKind.NOTE, _runs(element.words), label=label)
        case Entry():
            return Element(ElementKind.PARAGRAPH, (Run(f"{element.first.text} {element.second.text}"),))
        case Grid():
            rows = tuple(tuple(_cell(cell) for cell in row) for row in element.rows)
            return Table(rows, element.header)
    return _content(element)


def _content(content: Content) -> Element:
    match content:
        case Heading():
            return Element(ElementKind.HEADING, _runs(content.words), level=content.level)
        case Item():
            return Element(ElementKind.ITEM, _runs(content.words), level=content.depth, label=content.marker)
        case Text():
            strong = content.bold or content.underlined
            return Element(ElementKind.PARAGRAPH, _runs(content.words), strong=strong)


def _cell(cell: GridCell | None) -> TableCell | None:
    if cell is None:
        return None
    return TableCell(tuple(_content(content) for content in cell.content), cell.rows, cell.columns)


def _runs(words: Printed) -> tuple[Run, ...]:
    return (Run("".join(_raised(part) if high else part for part, high in words.pieces())),)


def _raised(part: str) -> str:
    return "".join(SUPERSCRIPTS[int(letter)] if letter.isdigit() else letter for letter in part)
