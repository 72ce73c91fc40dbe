"""Headings: which pieces are one, and how deep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ingest.markers import Style
from ingest.pieces import Piece, PieceKind

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec"
)
DATE = re.compile(rf"\b\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+(?:{MONTHS})\s+(?:19|20)\d\d\b", re.IGNORECASE)
CAPTION = re.compile(r"^(?:table|figure|box)\s+\d+\b", re.IGNORECASE)
ASIDE = re.compile(r"^(?:notes?|sources?|remarks?)\s*:", re.IGNORECASE)
PART = re.compile(r"^(?:annex|appendix|part|chapter|list of)\b", re.IGNORECASE)

BARE_PART = re.compile(r"^(?:annex|appendix|part|chapter|section)\s+[\dA-Z]{1,3}$", re.IGNORECASE)

LONGEST = 34
"""Words: the longest heading of the five texts has 33 (the work plan of a committee with a long name)."""
LONGEST_SENTENCE = 20
LONGEST_NUMBERED = 6
LONGEST_DATELINE = 10
LONGEST_NARROW = 60
"""Rows: more narrow lines than this are a text in a narrow column, not a table."""

NONE, TOP, SECOND, TITLE, SENTENCE, LETTERED, TABLE, DATELINE = range(8)
"""How deep a heading is; TABLE heads rows of a table alone, DATELINE is a line under a
heading that belongs to it: when and where, or the title of a numbered part."""

MOST_ENTRIES = 400
LISTED_SHARE = 0.8
LISTED_START = 4
"""Words: a heading whose first four are those of an entry of the contents is that entry."""


def ranks(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """How deep each piece is as a heading: TOP (a part of the document) to LETTERED, or NONE.

    A heading directly under one of rank TOP is its second line, or its dateline. Where levels are known,
    they are the ranks.
    """
    titles = _contents(pieces)
    found: list[int] = []
    narrow_until = known = 0
    for i in range(len(pieces)):
        if i < narrow_until:
            found.append(NONE)
            continue
        if i and found[-1] == TOP and _completes(pieces[i - 1], pieces[i]):
            found.append(DATELINE)
            continue
        below_top = bool(found) and found[-1] in (TOP, DATELINE)
        own = _below(known, _rank(pieces, i, titles, below_top), pieces[i])
        known = pieces[i].level or known
        rows = _narrow_rows(pieces, i + 1) if own else 0
        if rows:
            own, narrow_until = TABLE, i + 1 + rows
        below = below_top or bool(i and pieces[i - 1].level)
        found.append(DATELINE if own and below and is_dateline(pieces[i].words) else own)
    return tuple(found)


def _below(known: int, rank: int, piece: Piece) -> int:
    """Rank of a heading: one that is guessed stands below the last whose level is known."""
    if not known or piece.level or rank not in (TOP, SECOND, TITLE, SENTENCE):
        return rank
    return max(rank, min(known + 1 + (rank == SENTENCE), LETTERED))


def _completes(part: Piece, piece: Piece) -> bool:
    """Whether a piece is the title of the part that the line above only numbers ("Annex 1")."""
    plain = piece.kind is PieceKind.TEXT and piece.marker is None and not piece.finished
    return bool(BARE_PART.match(part.words)) and plain and not piece.starts_low and _may_be(piece)


def _contents(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], ...]:
    """Words of each entry of the table of contents, page number left out."""
    entries = (piece.words.split("\t")[0] for piece in pieces if piece.kind is PieceKind.CONTENTS)
    return tuple(_words(entry) for entry in islice(entries, MOST_ENTRIES))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]{4,}", text.casefold()))


def is_dateline(words: str) -> bool:
    """Whether a line says no more than when and where a meeting was held."""
    return bool(DATE.search(words)) and len(words.split()) <= LONGEST_DATELINE


def _rank(pieces: Sequence[Piece], i: int, titles: Sequence[tuple[str, ...]], below_top: bool) -> int:
    piece = pieces[i]
    if piece.kind is PieceKind.LABEL:
        return TABLE
    if piece.kind is PieceKind.HEADING:
        if piece.level > TOP and _heads_bare_rows(pieces, i + 1):
            return TABLE
        return min(piece.level, LETTERED) or (SENTENCE if piece.strong else TITLE)
    if piece.kind is not PieceKind.TEXT or piece.starts_low or (piece.depth and piece.marker is None):
        return NONE
    if ASIDE.match(piece.words):
        return TITLE if piece.words.rstrip().endswith(":") else NONE
    if piece.finished:
        return TOP if piece.marker is None and _in_contents(piece.words, titles) else NONE
    if piece.marker is not None:
        return _marked_rank(pieces, i)
    if not piece.gap or piece.hanging or not _may_be(piece):
        return NONE
    return _plain_rank(pieces, i, titles, below_top)


def _heads_bare_rows(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a table without heads of its columns follows, whose title the heading then is."""
    after = pieces[at] if at < len(pieces) else None
    return after is not None and after.kind is PieceKind.ROW and not any(cell.head for cell in after.cells)


def _may_be(piece: Piece) -> bool:
    words = piece.words.split()
    return 0 < len(words) <= LONGEST and any(letter.isalpha() for letter in piece.words)


def _marked_rank(pieces: Sequence[Piece], i: int) -> int:
    """Rank of a piece with a marker: a lettered line over numbered items, or a short numbered title."""
    piece = pieces[i]
    marker = piece.marker
    after = pieces[i + 1].marker if i + 1 < len(pieces) else None
    if marker is None or not marker.bare or piece.cells:
        return NONE
    if piece.depth is not None and _is_listed(pieces, i):
        return NONE
    if _is_capital(piece):
        return TOP
    if marker.style is Style.LETTER:
        changes = after is not None and after.style in (Style.DECIMAL, Style.BULLET)
        return LETTERED if changes else NONE
    short = len(piece.words.split()) <= LONGEST_NUMBERED and is_title_case(piece.words)
    return SENTENCE if marker.style is Style.DECIMAL and short and piece.gap else NONE


def _is_capital(piece: Piece) -> bool:
    return piece.words.upper() == piece.words and len(piece.words.split()) > 1


def _is_listed(pieces: Sequence[Piece], i: int) -> bool:
    """Whether an item of known depth is one of a list: inside another, or next to one, or to a part of one.

    Else, or where it is bold among items that are not, or in capitals over items that stand further in, it
    may be a heading that was numbered as an item is.
    """
    own = pieces[i]
    beside = [pieces[at] for at in (i - 1, i + 1) if 0 <= at < len(pieces)]
    items = [one for one in beside if one.marker is not None and one.depth is not None]
    if _is_capital(own) and not own.depth:
        return any(one.depth == 0 for one in items)
    if own.strong:
        return bool(own.depth) or any(one.strong for one in items)
    return bool(own.depth or items) or any(one.depth for one in beside)


def _plain_rank(pieces: Sequence[Piece], i: int, titles: Sequence[tuple[str, ...]], below_top: bool) -> int:
    piece, words = pieces[i], pieces[i].words
    if CAPTION.match(words):
        return TITLE
    caps = words.upper() == words
    if DATE.search(words) and not is_dateline(words):
        return TOP
    if below_top and not PART.match(words):
        return SECOND if caps or is_title_case(words) else SENTENCE
    if DATE.search(words) or PART.match(words) or _in_contents(words, titles):
        return TOP
    if caps:
        return SECOND if titles else TOP
    if is_title_case(words):
        return TOP if _numbering_starts(pieces, i + 1) and not piece.strong else TITLE
    return SENTENCE if piece.strong or len(words.split()) <= LONGEST_SENTENCE else NONE


def is_title_case(words: str) -> bool:
    """Whether all longer words start with a capital."""
    longer = re.findall(r"[^\W\d_]{4,}", words)
    return all(word[0].isupper() for word in longer) if longer else words[:1].isupper()


def _in_contents(words: str, titles: Sequence[tuple[str, ...]]) -> bool:
    """Whether the table of contents lists the heading, give or take a few words."""
    own = _words(words)
    if len(own) < 2:
        return False
    for title in titles:
        shared = len(set(own) & set(title))
        if shared >= LISTED_SHARE * len(set(own)) and shared >= LISTED_SHARE * len(set(title)):
            return True
        if len(own) > LISTED_START and own[:LISTED_START] == title[:LISTED_START]:
            return True
    return False


def _numbering_starts(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the next paragraph is numbered 1, as at the head of a part."""
    marker = pieces[at].marker if at < len(pieces) else None
    return marker is not None and marker.style is Style.DECIMAL and marker.value == 1 and marker.bare


def _narrow_rows(pieces: Sequence[Piece], at: int) -> int:
    """How many rows of a flattened narrow table stand here: two or more narrow pieces, then a wide one."""
    for count, piece in enumerate(islice(pieces, at, None)):
        if piece.kind is not PieceKind.TEXT or piece.marker is not None or count > LONGEST_NARROW:
            return 0
        if not piece.narrow:
            return count if count > 1 else 0
    return 0
