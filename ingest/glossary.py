"""Lists of abbreviations printed as lines: an acronym, then what it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Span
from ingest.lines import Line
from ingest.markup import trim
from ingest.pieces import Piece, PieceKind
from ingest.regions import Region

TITLE = re.compile(r"^\W*(?:list of\s+)?(?:abbreviations|acronyms|glossary)\b.{0,40}$", re.IGNORECASE)
NUMBERED = re.compile(r"\s*\d+\.\s")
FEWEST = 3
LONGEST_ENTRY = 6
"""Lines over which an entry may run on."""


def is_entry(line: str) -> bool:
    """Whether a line begins an entry: "AHSOM ASEAN Heads of ..."."""
    words = line.split()
    if len(words) < 2 or sum(letter.isupper() for letter in words[0]) < 2:
        return False
    return words[0].rstrip("s").upper() == words[0].rstrip("s") and words[1][:1].isupper()


def find(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Find the lists of abbreviations: a line that names one, then entries and their continuations."""
    regions: list[Region] = []
    for i, line in enumerate(lines):
        after_last = not regions or i > regions[-1].last
        if after_last and "\t" not in line.text and TITLE.match(line.text.strip()):
            last, entries = _entries_below(lines, i)
            if entries >= FEWEST:
                regions.append(Region(i + 1, last))
    return tuple(regions)


def _entries_below(lines: Sequence[Line], title: int) -> tuple[int, int]:
    """Index of the last line of the list under a title, and how many entries it has."""
    last, entries, since = title, 0, 0
    for j in range(title + 1, len(lines)):
        if "\t" in lines[j].text or NUMBERED.match(lines[j].text) or since > LONGEST_ENTRY:
            break
        if is_entry(lines[j].text):
            entries, since = entries + 1, 0
        elif not lines[j].blank:
            since += 1
        last = last if lines[j].blank or since > LONGEST_ENTRY else j
    return last, entries


def pieces_of(lines: Sequence[Line], text: str) -> list[Piece]:
    """Cut the lines of a list of abbreviations into its entries."""
    starts = [i for i, line in enumerate(lines) if is_entry(line.text)]
    pieces = []
    for first, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        spans = trim(text, (Span(lines[first].start, lines[after - 1].end),))
        words = "".join(text[span.start : span.end] for span in spans)
        pieces.append(Piece(PieceKind.DEFINITION, spans, words, gap=True))
    return pieces
