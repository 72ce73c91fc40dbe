"""What may be asked: checks of questions, numbers of hits and filters, the same for HTTP and command line."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.answers import Filters
from corpus.authority import Authority
from corpus.errors import QuestionError, UnknownNameError
from corpus.records import CommitmentKind, PassageKind

FIRST_YEAR = 1900
LAST_YEAR = 2100
_WHITE_SPACE = frozenset("\t\n\r\v\f\x85")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a request as a person wrote them: names or ids, not yet checked."""

    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


def printable(text: str) -> str:
    """Escape control characters and lone surrogates, so that a message about bad input is itself good."""
    return "".join(char if _is_clean(char) else ascii(char)[1:-1] for char in text)


def check_question(text: str, longest: int, noun: str = "question") -> str:
    """Return the question, or whatever else the noun says, with its white space folded.

    Raises QuestionError where it is empty, longer than `longest` characters, holds a control
    character or a lone surrogate, or has neither letter nor digit.
    """
    if len(text) > longest:
        raise QuestionError(f"The {noun} has {len(text):,} characters; ask in at most {longest:,}.")
    for place, char in enumerate(text, start=1):
        if char not in _WHITE_SPACE and not _is_clean(char):
            raise QuestionError(
                f"The {noun} holds the control character U+{ord(char):04X} at place {place}; remove it."
            )
    folded = " ".join(text.split())
    if not folded:
        raise QuestionError(f"The {noun} is empty; ask in at least one word.")
    if not _WORD.search(folded):
        raise QuestionError(f"The {noun} has neither a letter nor a digit; ask in at least one word.")
    return folded


def check_k(k: int, most: int) -> int:
    """Return the number of hits asked for; raise QuestionError where it is not from 1 to `most`."""
    if not 1 <= k <= most:
        raise QuestionError(f"k is {k}; it must be from 1 to {most}.")
    return k


def check_filters(wanted: Wanted, documents: Iterable[str], authority: Authority) -> Filters:
    """Turn the filters as written into ids.

    Raises UnknownNameError for a document, kind, body or country that is not known, with the
    nearest known names, and QuestionError for years that make no period.
    """
    first, last = check_years(wanted.first_year, wanted.last_year)
    known = tuple(documents)
    kinds = tuple(dict.fromkeys(kind.value for kind in (*PassageKind, *CommitmentKind)))
    return Filters(
        documents=unique(wanted.documents, lambda name: (one_of(name, known, "document"),)),
        kinds=unique(wanted.kinds, lambda name: (one_of(name, kinds, "kind of passage or commitment"),)),
        bodies=unique(wanted.bodies, lambda name: (authority.body_id(name),)),
        countries=unique(wanted.countries, lambda name: (authority.country_id(name),)),
        first_year=first,
        last_year=last,
    )


def _is_clean(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs")


def check_years(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Return the years of a period; raise QuestionError where they make none."""
    for name, year in (("from", first), ("to", last)):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise QuestionError(f"`{name}` is {year}; give a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if first is not None and last is not None and first > last:
        raise QuestionError(f"`from` ({first}) is after `to` ({last}); exchange them.")
    return first, last


def unique(names: Iterable[str], resolve: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Resolve each name to ids and keep each id once, in order."""
    return tuple(dict.fromkeys(one for name in names for one in resolve(name)))


def one_of(name: str, known: tuple[str, ...], what: str) -> str:
    """Return the one of the known ids that a name is, in any case and with any joint between its words.

    Raises UnknownNameError with the nearest ids.
    """
    folded = name.strip().casefold()
    spellings = (folded, re.sub(r"[\s-]+", "_", folded), re.sub(r"[\s_]+", "-", folded))
    found = next((spelling for spelling in spellings if spelling in known), None)
    if found is not None:
        return found
    near = difflib.get_close_matches(folded, known, n=3, cutoff=0.5) or known
    raise UnknownNameError(f'There is no {what} "{printable(name)}"; did you mean {", ".join(near)}?')
