"""Thematic areas in the first column of a matrix: named once, filled down, sometimes torn over rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.pieces import FUNCTION_WORDS

LABEL = re.compile(r"^\W*(?:\d{1,2}(?:\.\d+)*\.?\s+|[IVX]{1,4}\.\s+|(?=[A-Z]))")
GHOST = 0.7
"""Likeness (Ratcliff and Obershelp) at which a cell is a misread repetition of the end of the one above."""

LONGEST_GHOST = 4
"""Words."""


def bare(theme: str) -> str:
    """A theme without its printed number."""
    words = " ".join(theme.split())
    found = LABEL.match(words)
    return words[found.end() :] if found else words


def whole(themes: Sequence[str], text: str) -> dict[str, str]:
    """Full name of each theme cell of a table, in order of appearance; `text` is the whole document.

    A cell that ends in a word that needs another, or that makes with the next one a name that stands
    elsewhere in the document, is the first half of a name; one that repeats the end of the cell above,
    letter for letter or misread, is no name of its own. `text` is searched case aside.
    """
    folded = " ".join(text.casefold().split())
    names: dict[str, str] = {}
    group: list[str] = []
    for theme in themes:
        if group and _belongs(names[group[0]], theme, folded):
            name = names[group[0]]
            group.append(theme)
            full = name if _is_ghost(name, theme) else f"{name} {theme}"
            names.update(dict.fromkeys(group, full))
        else:
            group = [theme]
            names[theme] = theme
    return names


def _belongs(name: str, theme: str, folded: str) -> bool:
    if name.split()[-1].casefold() in FUNCTION_WORDS or _is_ghost(name, theme):
        return True
    return f"{name} {theme}".casefold() in folded


def _is_ghost(name: str, theme: str) -> bool:
    tail = name[-len(theme) :]
    if len(theme.split()) > LONGEST_GHOST or len(theme) >= len(name):
        return False
    return SequenceMatcher(None, tail.casefold(), theme.casefold()).ratio() >= GHOST
