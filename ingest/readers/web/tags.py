"""The tags of a page counted before it is parsed: what is nested too deep, or would grow, is refused."""

from __future__ import annotations

import re

from corpus.errors import SourceError

TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)")
DEEPEST = 4_000
"""Tags within tags. The parser takes time by the square of it: 10 ms at this depth, 5 s at 50,000."""
MOST_NODES = 2_000_000
"""Nodes that the page would make; a page of 1,000 printed pages makes about 100,000."""
CLOSED_BY_OTHERS = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup"}
    | {"rp", "rt", "html", "head", "body"}
    | {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements that end by themselves, so that a start without an end nests nothing."""
FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
"""Elements that a parser opens anew in every block until they are closed."""


def check(text: str) -> None:
    """Raise SourceError where a page is nested deeper, or would make more nodes, than can be read."""
    depth = formatting = nodes = 0
    for found in TAG.finditer(text):
        name = found["name"].lower()
        step = -1 if found["close"] else 1
        if name in FORMATTING:
            formatting = max(0, formatting + step)
        if name not in CLOSED_BY_OTHERS:
            depth = max(0, depth + step)
        nodes += 1 + formatting
        if depth > DEEPEST:
            raise SourceError(f"its tags are nested more than {DEEPEST} deep. Save the page as text or PDF.")
        if nodes > MOST_NODES:
            raise SourceError("it has too many tags, or tags that are never closed. Save it as text or PDF.")
