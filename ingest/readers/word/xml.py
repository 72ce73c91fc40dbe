"""The XML in a Word file, parsed without entities, without the network and without deep nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from corpus.errors import SourceError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same words under another name, in files saved as "strict"."""

Node: TypeAlias = etree._Element


def w(name: str) -> str:
    """The full name of an element or attribute of a Word file."""
    return f"{{{WORD}}}{name}"


def parse(data: bytes, name: str) -> Node:
    """Parse a part of a file; raises SourceError where it is not sound XML or tries to expand entities.

    libxml2 itself refuses elements nested more than 256 deep and texts of more than 10 MB.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data.replace(STRICT, WORD.encode()), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"{name} in it is not sound XML ({error.msg}). Open it in a word processor and save it anew."
        ) from error
    if root.getroottree().docinfo.doctype:
        raise SourceError(f"{name} in it declares a document type, as no word processor does. Leave it out.")
    return root


def name_of(node: Node) -> str:
    """The local name of a node; empty for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def value(node: Node | None, name: str = "val") -> str:
    """An attribute of a node; empty where there is no such node or attribute."""
    return "" if node is None else node.get(w(name), "")


def held(node: Node | None, *path: str) -> Node | None:
    """The node at the end of a path of first children; None where the path breaks off."""
    for name in path:
        node = None if node is None else node.find(w(name))
    return node


def is_on(node: Node | None, *path: str) -> bool:
    """Whether a switch is set: present, and not "0", "false" or "off"."""
    switch = held(node, *path)
    return switch is not None and value(switch) not in ("0", "false", "off", "none")


def whole(text: str, default: int = 0) -> int:
    """A number as an attribute writes it, at most nine digits; the default for anything else."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 and text.isascii() else default


def within(node: Node, inner: frozenset[str], skipped: frozenset[str]) -> Iterator[Node]:
    """Nodes below a node, in order, that bear one of the names; nothing below those or below skipped ones."""
    waiting = list(reversed(node))
    while waiting:
        below = waiting.pop()
        name = name_of(below)
        if name in inner:
            yield below
        elif name and name not in skipped:
            waiting += reversed(below)
