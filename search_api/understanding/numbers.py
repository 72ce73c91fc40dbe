"""Years, periods, ordinals and numbers of items in a question."""

from __future__ import annotations

import re

YEAR = r"(?:19|20)\d\d"
RANGE = re.compile(
    rf"\b(?:from|between)?\s*({YEAR})\s*(?:-|–|—|/|to|until|till|and|through)\s*({YEAR})\b", re.IGNORECASE
)
SINGLE = re.compile(
    rf"\b(?:(before|until|up to|prior to|since|after|from)\s+)?({YEAR})(\s+onwards?)?\b", re.IGNORECASE
)
FIRST_YEAR, LAST_YEAR = 1900, 2100

WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINAL = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)|({'|'.join(WORDS)}))\b", re.IGNORECASE)
ITEM = re.compile(
    r"\b(recommendation|action|activity|project|thematic area|area|target|goal|objective|principle"
    r"|indicator|item|paragraph|thrust|priority|conclusion)s?\s*(?:no\.?|number|nr\.?|#)?\s*"
    r"(\d{1,3}(?:\.\d{1,3})*)\b(?!\s*(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)


def years_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """Find (first year, last year, words) in a question, ranges before single years, in order.

    "before 2011" ends with 2010, "since 2010" and "2010 onwards" have no end.
    """
    found: list[tuple[int, int, str, int]] = []
    rest = text
    for match in RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if first <= last:
            found.append((first, last, match.group().strip(), match.start()))
            rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    found += [(*_bounds(match), match.group().strip(), match.start()) for match in SINGLE.finditer(rest)]
    return tuple((first, last, words) for first, last, words, _ in sorted(found, key=lambda one: one[3]))


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    sign, year = (match[1] or "").lower(), int(match[2])
    if sign in ("before", "prior to"):
        return FIRST_YEAR, year - 1
    if sign in ("until", "up to"):
        return FIRST_YEAR, year
    if sign == "after":
        return year + 1, LAST_YEAR
    return year, LAST_YEAR if sign in ("since", "from") or match[3] else year


def ordinals_in(text: str) -> tuple[int, ...]:
    """Find the ordinals of a text, in digits or words, as numbers."""
    return tuple(
        int(match[1]) if match[1] else WORDS.index(match[2].lower()) + 1 for match in ORDINAL.finditer(text)
    )


def items_in(text: str) -> tuple[tuple[str, str, str], ...]:
    """Find (noun, number, words) of the items that a question names, as "recommendation 14"."""
    return tuple((match[1].lower(), match[2], match.group()) for match in ITEM.finditer(text))
