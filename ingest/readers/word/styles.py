"""Styles of a Word file: what a paragraph or its words take from the style that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.word.xml import Node, held, is_on, value, w, whole

HEADING = re.compile(r"^heading (?P<level>[1-9])$", re.IGNORECASE)
CONTENTS = re.compile(r"^toc (?:[1-9])$", re.IGNORECASE)
BODY_TEXT = 9
"""The outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by their id, and the id of the one that paragraphs have which name none."""

    nodes: dict[str, Node] = field(default_factory=dict)
    default: str = ""

    def chain(self, name: str) -> Iterator[Node]:
        """A style and those it is based on, the nearest first."""
        seen: set[str] = set()
        name = name or self.default
        while name in self.nodes and name not in seen:
            seen.add(name)
            yield self.nodes[name]
            name = value(held(self.nodes[name], "basedOn"))

    def name(self, style: str) -> str:
        """The name of a style as users know it, in English for those that come with the program."""
        return next((value(held(node, "name")) for node in self.chain(style)), "")

    def is_contents(self, paragraph: Node) -> bool:
        """Whether a paragraph is an entry of the table of contents."""
        return bool(CONTENTS.match(self.name(style_of(paragraph))))

    def level(self, paragraph: Node) -> int:
        """Level of a heading from 1; 0 for what is none."""
        style = style_of(paragraph)
        own = held(paragraph, "pPr", "outlineLvl")
        outline = own if own is not None else self._first(style, "pPr", "outlineLvl")
        if outline is not None:
            level = whole(value(outline), BODY_TEXT)
            return level + 1 if 0 <= level < BODY_TEXT else 0
        for node in self.chain(style):
            name = value(held(node, "name"))
            found = HEADING.match(name)
            if found or name.lower() == "title":
                return int(found["level"]) if found else 1
        return 0

    def numbering(self, style: str) -> tuple[str, str]:
        """Id of the list that a style belongs to, and the level that it names; empty where it has none."""
        node = self._first(style, "pPr", "numPr")
        return value(held(node, "numId")), value(held(node, "ilvl"))

    def is_strong(self, run: Node, paragraph: Node) -> bool:
        """Whether the words of a run are bold or underlined, by themselves or by their styles."""
        own = held(run, "rPr")
        styles = (value(held(own, "rStyle")), style_of(paragraph))
        return any(self._set(name, own, styles) for name in ("b", "u"))

    def _set(self, name: str, own: Node | None, styles: tuple[str, str]) -> bool:
        if held(own, name) is not None:
            return is_on(own, name)
        for style in styles:
            node = self._first(style, "rPr", name) if style or style is styles[-1] else None
            if node is not None:
                return is_on(node.getparent(), name)
        return False

    def _first(self, style: str, *path: str) -> Node | None:
        found = (held(node, *path) for node in self.chain(style))
        return next((node for node in found if node is not None), None)


def style_of(paragraph: Node) -> str:
    """Id of the style that a paragraph names; empty where it names none."""
    return value(held(paragraph, "pPr", "pStyle"))


def styles_of(root: Node | None) -> Styles:
    """The styles of a file."""
    nodes = {value(node, "styleId"): node for node in (root.iter(w("style")) if root is not None else ())}
    defaults = (
        key
        for key, node in nodes.items()
        if value(node, "type") == "paragraph" and value(node, "default") in ("1", "true")
    )
    return Styles(nodes, next(defaults, ""))
