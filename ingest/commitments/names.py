"""Names in a cell: stacked, listed or joined, taken apart into one entry each, as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.authority import Authority

SEPARATOR = re.compile(r"\s*(?:[,;&]\s*(?:and\s+)?|\s+and\s+)\s*")
ROLE = re.compile(r"\s*\((?!e\.?g)(?![A-Z]{2,})[A-Za-z ]{3,20}\)")
NOTE_MARK = re.compile(r"\s*[¹²³⁴⁵⁶⁷⁸⁹]")
JOINS = frozenset({"of", "for", "with", "in", "on", "by", "to", "the", "and", "no", "associated", "as", "at"})
TO_BE_CONFIRMED = re.compile(r"^\W*(?:T\.?\s*B\.?\s*C\.?|to be confirmed|all)\W*$", re.IGNORECASE)
TAIL = re.compile(r"\s*(?:Secretariat|Member States|Countries|\([A-Z][\w-]*\))")


def names_in(cell: str, authority: Authority) -> tuple[str, ...]:
    """Take the names of a cell apart: at commas, "and" and "&", and where stacked lines were joined.

    Names that the authority file knows are never cut; one after a preposition belongs to the phrase
    before it ("business coalitions in ASEAN Member States"). A role in brackets ("(Publication)") and
    footnote marks are left out; acronyms in brackets are kept.
    """
    return tuple(dict.fromkeys(name for group in groups_in(cell, authority) for name in group))


def groups_in(cell: str, authority: Authority) -> tuple[tuple[str, ...], ...]:
    """Take a cell apart as `names_in` does, the names of one stacked line together."""
    text = " ".join(NOTE_MARK.sub(" ", ROLE.sub(" ", cell)).split())
    if not text or TO_BE_CONFIRMED.match(text):
        return ()
    cuts = sorted({0, len(text), *_stacked(text, authority)})
    parts = _rejoined([text[a:b] for a, b in pairwise(cuts)])
    groups = (tuple(_clean(name) for name in _listed(part, authority)) for part in parts)
    return tuple(named for group in groups if (named := tuple(name for name in group if name)))


def _rejoined(parts: Sequence[str]) -> list[str]:
    """Put parts together again where a comma, "&" or "and" joins them: they were listed, not stacked."""
    groups: list[str] = []
    for part in parts:
        joined = bool(groups) and re.search(r"(?:[,;&]|\band)\s*$", groups[-1])
        if joined or (groups and re.match(r"\s*(?:[,;&]|and\b)", part)):
            groups[-1] += part
        else:
            groups.append(part)
    return groups


def _clean(name: str) -> str:
    """Mend a name broken at a hyphen; empty where nothing of a name is left."""
    return re.sub(r"(?<=-) ", "", name) if re.search(r"\w", name) else ""


def _stacked(text: str, authority: Authority) -> set[int]:
    """Offsets at which a new stacked name begins."""
    starts: set[int] = set()
    covered = 0
    for mention in authority.mentions(text):
        if mention.entry.kind == "term" or mention.start < covered or _in_brackets(text, mention.start):
            continue
        if _depends(text[max(starts, default=0) : mention.start]):
            continue
        starts.add(mention.start)
        tail = TAIL.match(text, mention.end)
        covered = tail.end() if tail else mention.end
        if _is_new(text[covered:]):
            starts.add(covered + len(text[covered:]) - len(text[covered:].lstrip()))
    return starts | _phrase_starts(text, starts)


def _depends(before: str) -> bool:
    """Whether the words before a name tie it to their phrase: a preposition, or "and" within a phrase."""
    words = before.split()
    if not words:
        return False
    last = words[-1].lower()
    if last == "and":
        return any(word.lower() in JOINS for word in words[:-1])
    return last in JOINS or last.endswith(("-", "/"))


def _in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _is_new(rest: str) -> bool:
    """Whether the words after a name begin another one, rather than go on with it."""
    return bool(re.match(r"\s+[A-Z]", rest)) and not SEPARATOR.match(rest)


def _phrase_starts(text: str, known: set[int]) -> set[int]:
    """Offsets of capitalised words that begin a phrase after an acronym: "... and AIDS | Business ..."."""
    found = set()
    for match in re.finditer(r"(?<=[A-Z]{2})(?<!ASEAN) (?=[A-Z][a-z]+ [a-z])", text):
        if not any(match.end() <= start <= match.end() + 1 for start in known):
            found.add(match.end())
    return found


def _listed(part: str, authority: Authority) -> list[str]:
    """Cut a part at commas and "and", unless brackets or a phrase hold it together."""
    pieces: list[str] = []
    at = 0
    for found in SEPARATOR.finditer(part):
        head = part[at : found.start()].strip()
        joins = found.group().strip() in ("and", "&")
        if _in_brackets(part, found.start()) or (joins and not _is_name(head, authority)):
            continue
        pieces.append(head)
        at = found.end()
    return [piece for piece in (*pieces, part[at:].strip()) if piece]


def _is_name(head: str, authority: Authority) -> bool:
    """Whether words are one name that can stand alone, not the beginning of a phrase."""
    mentions = authority.mentions(head)
    whole = any(mention.start == 0 and mention.end >= len(head) - 1 for mention in mentions)
    return whole or not any(word in JOINS for word in head.split())
