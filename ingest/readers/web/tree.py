"""The tree of a web page as a stream: elements that open and close, and the text between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Open:
    """An element begins; attributes without a value have an empty one. `id` is its own among the page's."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True)
class Close:
    """The element opened last ends."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags."""

    words: str


Event = Open | Close | Text


class Page:
    """A parsed page."""

    def __init__(self, text: str) -> None:
        self._parser = LexborHTMLParser(text)

    def head(self) -> tuple[str, dict[str, str]]:
        """The title, and the contents of the meta elements by their names in lower case."""
        title = self._parser.css_first("head title")
        named: dict[str, str] = {}
        for node in self._parser.css("meta[content]"):
            held = _attributes(node)
            named.setdefault((held.get("name") or held.get("property") or "").lower(), held["content"])
        return (title.text() if title else ""), named

    def held(self, selector: str, names: str) -> Iterator[dict[str, str]]:
        """Attributes of what a CSS selector finds within the first element that another finds."""
        root = self._parser.css_first(selector)
        for node in root.css(names) if root is not None else ():
            yield _attributes(node)

    def events(self, selector: str) -> Iterator[Event]:
        """Everything in the first element that a CSS selector finds, itself included; none without one."""
        root = self._parser.css_first(selector)
        node = root
        while node is not None and root is not None:
            if node.is_element_node:
                yield Open(_name(node), _attributes(node), node.mem_id)
            elif node.is_text_node:
                yield Text(node.text_content or "")
            child = node.first_child if node.is_element_node else None
            if child is not None:
                node = child
                continue
            if node.is_element_node:
                yield Close(_name(node))
            while node is not None and node.mem_id != root.mem_id and node.next is None:
                node = node.parent
                if node is not None:
                    yield Close(_name(node))
            node = None if node is None or node.mem_id == root.mem_id else node.next


def _name(node: LexborNode) -> str:
    return (node.tag or "").lower()


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name.lower(): value or "" for name, value in node.attributes.items()}
