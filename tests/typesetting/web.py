"""A script typeset as a web page: headings, nested lists, tables with merged cells, raised note marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from ingest.markers import Marker, Style, parse_marker
from tests.typesetting.printed import Printed
from tests.typesetting.script import (
    Content,
    Element,
    Entry,
    Grid,
    GridCell,
    Heading,
    Item,
    Note,
    Script,
    Text,
)

TYPES = {Style.DECIMAL: "1", Style.LETTER: "a", Style.ROMAN: "i"}
PLAIN = re.compile(r"[0-9A-Za-z]+\.")
"""A marker that a browser prints by itself."""


def typeset(script: Script) -> bytes:
    """Typeset a script; notes stand at the end of the page."""
    notes = "".join(_note(note) for note in script.notes)
    foot = f'<footer class="footnotes"><hr>{notes}</footer>' if notes else ""
    body = "".join(_elements(element for element in script.elements if not isinstance(element, Note)))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(script.title)}</title>'
        f'<meta name="author" content="{escape(script.author)}"></head>'
        f"<body><header><nav><a href='/'>Home</a></nav></header><main>{body}{foot}</main></body></html>"
    ).encode()


def _elements(elements: Iterable[Element]) -> Iterator[str]:
    """Each element in turn; items and lines of a glossary that follow one another share a list."""
    for kind, group in itertools.groupby(elements, key=_kind):
        held = list(group)
        if kind == "list":
            yield _lists([item for item in held if isinstance(item, Item)])
        elif kind == "glossary":
            yield f"<dl>{''.join(_entry(entry) for entry in held if isinstance(entry, Entry))}</dl>"
        else:
            yield from map(_element, held)


def _kind(element: Element) -> str:
    if isinstance(element, Item):
        return "list"
    return "glossary" if isinstance(element, Entry) and not element.contents else ""


def _element(element: Element) -> str:
    match element:
        case Heading():
            return f"<h{element.level}>{_words(element.words)}</h{element.level}>"
        case Entry():
            return f"<p>{_words(element.first)} {'.' * 6} {_words(element.second)}</p>"
        case Grid():
            return _table(element)
        case Text():
            return f"<p>{_emphasised(element)}</p>"
    raise AssertionError(f"no element of its own: {element!r}")


def _emphasised(text: Text) -> str:
    words = _words(text.words)
    words = f"<strong>{words}</strong>" if text.bold else words
    return f"<u>{words}</u>" if text.underlined else words


def _words(words: Printed) -> str:
    return "".join(f"<sup>{escape(part)}</sup>" if high else escape(part) for part, high in words.pieces())


def _note(note: Note) -> str:
    mark = f"<sup>{note.mark}</sup>" if note.mark.isdigit() else note.mark
    return f"<p>{mark} {_words(note.words)}</p>"


def _entry(entry: Entry) -> str:
    return f"<dt>{_words(entry.first)}</dt><dd>{_words(entry.second)}</dd>"


def _lists(items: Sequence[Item]) -> str:
    """The lists of consecutive items: deeper ones inside the item before them, a new list for each form."""
    depth = min(item.depth for item in items)
    starts = [i for i, item in enumerate(items) if item.depth == depth]
    first = _lists(items[: starts[0]]) if starts[0] else ""
    entries = [(items[a], items[a + 1 : b]) for a, b in itertools.pairwise([*starts, len(items)])]
    made, open_tag, before = [first], "", None
    for item, inner in entries:
        marker = parse_marker(f"{item.marker} x", before)
        if open_tag and not _goes_on(before, marker):
            made.append(_closing(open_tag))
            open_tag = ""
        if not open_tag:
            open_tag = _opening(marker)
            made.append(open_tag)
        label = "" if _is_automatic(marker) else f"{escape(item.marker)} "
        made.append(f"<li>{label}{_words(item.words)}{_lists(inner) if inner else ''}</li>")
        before = marker
    return "".join([*made, _closing(open_tag)])


def _goes_on(before: Marker | None, marker: Marker | None) -> bool:
    if before is None or marker is None or not _is_automatic(marker):
        return before is marker or (before is not None and marker is not None and before.form == marker.form)
    return (
        before.form == marker.form
        and before.style is marker.style
        and before.value + bool(marker.value) == marker.value
    )


def _is_automatic(marker: Marker | None) -> bool:
    if marker is None:
        return False
    return marker.style is Style.BULLET or (marker.style in TYPES and bool(PLAIN.fullmatch(marker.label)))


def _opening(marker: Marker | None) -> str:
    if marker is None or not _is_automatic(marker):
        return '<ul style="list-style: none">'
    if marker.style is Style.BULLET:
        return "<ul>"
    form = TYPES[marker.style]
    return f'<ol type="{form.upper() if marker.number.isupper() else form}" start="{marker.value}">'


def _closing(tag: str) -> str:
    return f"</{tag[1:3]}>"


def _table(grid: Grid) -> str:
    head = "".join(_row(row, "th") for row in grid.rows[: grid.header])
    body = "".join(_row(row, "td") for row in grid.rows[grid.header :])
    return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _row(row: Sequence[GridCell | None], tag: str) -> str:
    return f"<tr>{''.join(_cell(cell, tag) for cell in row if cell)}</tr>"


def _cell(cell: GridCell, tag: str) -> str:
    merged = "".join(
        f' {name}="{count}"'
        for name, count in (("rowspan", cell.rows), ("colspan", cell.columns))
        if count > 1
    )
    return f"<{tag}{merged}>{_inside(cell.content)}</{tag}>"


def _inside(content: Sequence[Content]) -> str:
    """What a cell holds: one paragraph without a tag of its own, as pages write it."""
    if len(content) == 1 and isinstance(content[0], Text):
        return _emphasised(content[0])
    return "".join(_elements(content))
