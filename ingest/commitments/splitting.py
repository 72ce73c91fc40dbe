"""Several activities in one cell: where one ends and the next begins."""

from __future__ import annotations

import re
from itertools import pairwise

SENTENCE_END = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z\d])|(?:(?<= \d\.)|(?<=\d{4}\.)|(?<=\)))\s+(?=[A-Z])")
AFTER_ACRONYM = re.compile(r"(?<= [A-Z]{3})(?<!ASEAN)\s+(?=[A-Z][a-z]+)|(?<= [A-Z]{4})\s+(?=[A-Z][a-z]+)")
NEW_PHRASE = re.compile(r"(?:[A-Z][a-z]+\s+){1,2}(?:for|to|of|on)\b")
LINKING = re.compile(r"\b(?:of|with|for|on|to|in)\b")
NUMBERED = re.compile(r"(?:^|(?<=\s))\s*(?P<number>\d{1,2})[.)]\s+(?=[A-Z])")
POINTER = re.compile(r"^recommendations?\b.*\b(?:annex|appear)", re.IGNORECASE)
GOES_ON = re.compile(r"^(?:for this purpose|this|these|it|the topic|the meeting)\b", re.IGNORECASE)


def activities_in(cell: str) -> list[tuple[int, int]]:
    """Offsets of the activities in a cell.

    A full stop or closing bracket before a capital ends one ("Third Conference ... . Fourth Conference
    (2014)"), and so does an acronym that ends a phrase before a capitalised noun with its own
    preposition ("... with CBM Guidelines for ..."). A sentence that only points to an annex is none.
    On the annotated matrices both pairs are told apart and no single activity is cut. Where a cell numbers
    its activities, the numbers part them and nothing else.
    """
    numbered = _numbered(cell)
    if numbered:
        return list(pairwise((*numbered, len(cell))))
    cuts = [0, *(found.end() for found in SENTENCE_END.finditer(cell)), *_phrase_cuts(cell), len(cell)]
    edges = sorted(set(cuts))
    parts: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        words = cell[start:end].strip()
        if parts and GOES_ON.match(words):
            parts[-1] = (parts[-1][0], end)
        elif words and not POINTER.match(words):
            parts.append((start, end))
    return parts


def _numbered(cell: str) -> list[int]:
    """Where a cell's activities begin that are numbered one after the other from its first words on."""
    found = list(NUMBERED.finditer(cell))
    if len(found) < 2 or cell[: found[0].start()].strip():
        return []
    first = int(found[0]["number"])
    counted = all(int(one["number"]) == first + place for place, one in enumerate(found))
    return [one.start("number") for one in found] if counted else []


def _phrase_cuts(cell: str) -> list[int]:
    return [
        found.end()
        for found in AFTER_ACRONYM.finditer(cell)
        if NEW_PHRASE.match(cell, found.end()) and LINKING.search(cell[: found.start()])
    ]
