"""The names in a sentence, hidden behind masks of the same length.

One pattern then serves for all names, and offsets stay those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.authority import Authority

ORG, STATE, TERM = "\ue000", "\ue001", "\ue002"
"""Masks of organisations, of member states and their governments, and of other known terms."""
ANY = f"[{ORG}{STATE}{TERM}]+"
KNOWN = f"[{ORG}{STATE}]+"

GROUPS = frozenset({"ams", "clmv", "plus-three"})
"""Terms of the authority file that stand for groups of countries."""

PLAIN = frozenset({"ngo", "cso"})
"""Terms that stay as they are: words for partners, not names."""

_ASEAN = re.compile(r"\bASEAN\b(?![’'])")
_STATES = re.compile(r"\b(?:ASEAN )?Member (?:States|Countries)\b|\bGovernment of(?= [A-Z])")
_MINISTRY = re.compile(
    r"(?:\b[A-Z]\w+['’]s )?\bMinistr(?:y|ies) of [A-Z][a-z]+(?:(?:, | and |, and )[A-Z][a-z]+)*"
)
_BRACKETED = re.compile(r"\s*\((?!see\b|e\.?g|i\.?e|which\b)(?:[A-Z][\w-]*|[\w-]+(?: [\w-]+){0,2})\)")
_TAIL = re.compile(r"(?:[ /][A-Z][A-Za-z]+){1,4}(?![\w])")
_THING = re.compile(
    r"(?:Conventions?|Codes?|Projects?|Programmes?|Programs?|Conferences?|Summits?|Competition|Charter|Report"
    r"|Declarations?|Consensus|Instruments?|Guidelines|Plans?|Communit(?:y|ies)|Blueprints?|Vision|Database"
    r"|Agreements?|Frameworks?|Forum|Workshops?|Items?|Agenda|Work|Statement|Net|Compendium|Awards?)$"
)
_ORDINAL = re.compile(r"\b(?:\d{1,2}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth)\s+$")


@dataclass(frozen=True)
class Named:
    """A sentence and the names in it: `masked` has the same length as `text`."""

    text: str
    masked: str

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Organisations and states named, as printed."""
        return tuple(self.printed(m.start(), m.end()) for m in re.finditer(KNOWN, self.masked))

    def printed(self, start: int, end: int) -> str:
        """The words of a range, white space folded, a leading article left out."""
        words = " ".join(self.text[start:end].split()).strip(" ,;")
        return re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)


def named(text: str, authority: Authority) -> Named:
    """Hide the names of a text behind masks; "ASEAN" and "Member States" count as names."""
    chars = list(text)
    for start, end, mask in _found(text, authority):
        if chars[start] not in (ORG, STATE, TERM):
            start, end, mask = _widened(text, start, end, mask)
            chars[start:end] = mask * (end - start)
    return Named(text, "".join(chars))


def _found(text: str, authority: Authority) -> Iterator[tuple[int, int, str]]:
    for found in _MINISTRY.finditer(text):
        yield *found.span(), ORG
    for mention in authority.mentions(text):
        kind = mention.entry.kind
        if mention.entry.id in PLAIN:
            continue
        grouped = kind == "country" or mention.entry.id in GROUPS
        mask = STATE if grouped else TERM if kind == "term" else ORG
        yield mention.start, mention.end, mask
    for found in _STATES.finditer(text):
        yield *found.span(), STATE
    for found in _ASEAN.finditer(text):
        yield *found.span(), ORG


def _widened(text: str, start: int, end: int, mask: str) -> tuple[int, int, str]:
    """Take in the rest of a name ("ILO Jakarta", "ILO/EASMAT") and what stands beside it in brackets."""
    ordinal = _ORDINAL.search(text, max(0, start - 12), start)
    start = ordinal.start() if ordinal else start
    tail = _TAIL.match(text, end)
    if tail:
        end = tail.end()
        mask = TERM if _THING.search(tail.group()) else mask
    bracket = _BRACKETED.match(text, end)
    return start, bracket.end() if bracket else end, mask
