"""What a Word file shows that is no text of its own: pictures, and parts in other formats."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.elements import Notice
from ingest.readers.word.xml import Node, name_of, whole, within

SHOWN = frozenset({"drawing", "pict", "object", "altChunk"})
UNSHOWN = frozenset({"del", "moveFrom", "Fallback"})
PICTURES = frozenset({"blip", "imagedata", "chart", "relIds"})
"""Pictures of either kind, charts, and diagrams."""
LEAST = 1_800_000
"""Units of a Word file, 360,000 to a centimetre: words in a picture lower or narrower are a logo's."""

PICTURED = Notice(
    "It holds pictures, charts or diagrams, whose words were not read. Where these matter, save the file as"
    " PDF and recognise the words in its pictures, for example with ocrmypdf."
)
EMBEDDED = Notice(
    "Other files are embedded in it, such as sheets of a workbook, which were not read. Open them and save"
    " each as PDF or text."
)
ATTACHED = Notice(
    "Parts of it are whole files of another format, which a word processor takes in when it opens the file;"
    " they were not read. Open it in a word processor and save it anew."
)


def unread(document: Node) -> tuple[Notice, ...]:
    """Tell what of a document was not read, each kind once."""
    found = set(_kinds(document))
    return tuple(notice for notice in (PICTURED, EMBEDDED, ATTACHED) if notice in found)


def _kinds(document: Node) -> Iterator[Notice]:
    for node in within(document, SHOWN, UNSHOWN):
        if name_of(node) == "altChunk":
            yield ATTACHED
        elif name_of(node) == "object":
            yield EMBEDDED
        elif _is_picture(node):
            yield PICTURED


def _is_picture(node: Node) -> bool:
    names = {name_of(below): below for below in node.iter()}
    extent = names.get("extent")
    sides = (0, 0) if extent is None else (whole(extent.get("cx", "")), whole(extent.get("cy", "")))
    return not PICTURES.isdisjoint(names) and (extent is None or min(sides) >= LEAST)
