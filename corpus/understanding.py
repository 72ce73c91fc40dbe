"""How a question was understood: what it states about what it seeks, beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """What a question can state about the passages that answer it.

    COORDINATOR, PARTNER and BODY are parties in a role, PARTY is one named without a role. SECTION is
    a meeting or plan that has a heading of its own. FIELD is a fact that is asked for: what has it
    answers better than what has it not.
    """

    DOCUMENT = "document"
    SECTION = "section"
    BODY = "body"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    PARTY = "party"
    YEAR = "year"
    STATUS = "status"
    KIND = "kind"
    NUMBER = "number"
    FIELD = "field"


ANY = "*"
"""Stands for every kind."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a question states: any of `values` of a facet; `words` are the question's own.

    Values are ids of the authority file for parties, "first-last" for years, `section_key` for
    sections, `numbered` for numbers, and names of fields of a commitment for FIELD. What is asked for
    with "only" is a filter, the rest a preference.
    """

    facet: Facet
    values: tuple[str, ...]
    words: str
    only: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a question.

    `conditions` are met by some passage; `unmet` name a meeting, programme or number that these
    texts do not hold. `topic` is what the question is about once the conditions are taken out of it.
    `expansions` pair a name as typed with its other name, `spellings` a member state's name as typed with
    the one that is searched, `corrections` a word with those taken for it.
    """

    conditions: tuple[Condition, ...] = ()
    unmet: tuple[Condition, ...] = ()
    topic: str = ""
    expansions: tuple[tuple[str, str], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


def section_key(document: str, heading: str) -> str:
    """Name a section by its document and its outermost heading, folded."""
    return f"{document}/{' '.join(heading.casefold().split())}"


def numbered(number: str, kind: str = ANY) -> str:
    """Name the items of a number, of one kind or of any: "recommendation 14", "* 14"."""
    return f"{kind} {number}"


def years_of(value: str) -> tuple[int, int]:
    """Read the first and the last year of a value of YEAR, "first-last"."""
    first, last = value.split("-")
    return int(first), int(last)
