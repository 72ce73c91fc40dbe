"""What the elements of a web page are for: blocks, emphasis, tables, notes, and what is no text."""

from __future__ import annotations

import re
from collections.abc import Mapping

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hgroup", "hr", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table"}
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ol", "ul", "menu"})
TABLES = frozenset({"table", "dl"})
CELLS = frozenset({"td", "th", "dt", "dd"})
SECTIONS = frozenset({"main", "article", "section"})
UNREAD = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "iframe", "object", "embed", "svg", "math"}
    | {
        "canvas",
        "audio",
        "video",
        "select",
        "textarea",
        "button",
        "input",
        "datalist",
        "map",
        "dialog",
        "del",
    }
)
EMPHATIC = frozenset({"b", "strong", "u", "th", "caption"})
STRONG_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|text-decoration[^;]*\bunderline")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
NOTES = re.compile(
    r"(?<!\S)(?:doc-)?(?:foot|end)notes?(?:-(?:list|item|text|body|section))?(?!\S)", re.IGNORECASE
)
BACK = re.compile(r"\b(?:doc-backlink|footnote-back(?:ref)?|headerlink)\b", re.IGNORECASE)


def is_notes(attributes: Mapping[str, str]) -> bool:
    """Whether an element says that it holds notes."""
    return bool(attributes) and bool(NOTES.search(_named(attributes)))


def is_unread(name: str, attributes: Mapping[str, str], inside: bool, noted: bool) -> bool:
    """Whether an element is hidden, no text, or belongs to the frame of the page.

    `inside` tells that it stands in a part of the text, where a header is one of that part; `noted` that
    it stands among notes.
    """
    if name in UNREAD or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if HIDDEN.search(attributes.get("style", "")) or (name == "a" and BACK.search(_named(attributes))):
        return True
    framing = name == "aside" or (name in ("header", "footer") and not inside)
    return framing and not (noted or is_notes(attributes))


def _named(attributes: Mapping[str, str]) -> str:
    return " ".join(attributes.get(name, "") for name in ("class", "id", "role"))
