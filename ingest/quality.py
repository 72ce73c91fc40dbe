"""What was read from a document, looked over: gaps, items without words, rows and records in doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import Document
from corpus.records import Commitment, Passage, PassageKind
from ingest.numerals import letter_value, roman_value
from ingest.passages import share_covered

THRESHOLD = 0.8
"""The score below which a document is not to be trusted unread.

The five texts score 0.82 to 0.99 as they are. With their lines shuffled within six, or within forty, two
columns read across, or half of the digits misread, the four of them that have numbers and tables fall
to 0.25 to 0.78 (16 of 16 below the threshold); with a fifth of the lines lost, to 0.59 to 0.85 (2 of 4);
with a twentieth lost, to 0.79 to 0.91 (1 of 4). The fifth text, prose without numbers, never falls below
0.96: where nothing is numbered, little can be checked.
"""
LISTED = frozenset(PassageKind) - {PassageKind.CONTENTS, PassageKind.NOTE, PassageKind.DEFINITION}
"""Kinds of passage whose numbers count: footnotes and glossaries are not numbered through."""
NUMBER = re.compile(r"[A-Za-z]{1,5}|\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: what it is, the line (from 1) it stands on, and what it is about."""

    line: int
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of finding among `of` candidates; `share` (0..1) of them is sound."""

    name: str
    of: int
    findings: tuple[Finding, ...] = ()

    @property
    def share(self) -> float:
        """The share of the candidates without a finding; 1 where there are no candidates."""
        return 1 - len(self.findings) / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """The quality of what was read from a document.

    `covered` is the share of its printed characters that stand in a passage; the rest are headings
    without a number of their own, which are context, page furniture, and what was lost. `restored` are
    the numbers that the print lost and their place in the list gave back; they do not count.
    """

    document: str
    covered: float
    checks: tuple[Check, ...]
    restored: tuple[Finding, ...] = ()
    threshold: float = THRESHOLD

    @property
    def score(self) -> float:
        """The share covered times the share that is sound of each check, 0..1."""
        score = self.covered
        for check in self.checks:
            score *= check.share
        return score

    @property
    def passed(self) -> bool:
        """Whether the score reaches the threshold."""
        return self.score >= self.threshold


def report(document: Document, passages: Sequence[Passage], commitments: Sequence[Commitment]) -> Report:
    """Look over what was read from a document; the records are all of that document."""
    listed = [passage for passage in passages if passage.kind in LISTED]
    return Report(
        document=document.id,
        covered=share_covered(document, passages),
        checks=(
            _numbering(listed),
            _blank(listed, commitments),
            _unmapped(listed, commitments),
            _doubtful(commitments),
        ),
        restored=tuple(_finding(one, f"{one.number} is not printed") for one in listed if one.inferred),
    )


def _numbering(passages: Sequence[Passage]) -> Check:
    """Numbers that do not follow the one before: 7 then 9. A list may begin anew at its first number.

    Numbers follow each other within one list: under one item, in one part of the document, in one
    form, over the headings between. Numbers inferred from the place in the list count as there.
    """
    lists: defaultdict[tuple[object, ...], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.number:
            lists[_list_of(passage)].append(passage)
    found = [_gap(before, after) for row in lists.values() for before, after in pairwise(row)]
    numbered = sum(map(len, lists.values()))
    return Check("numbering", numbered, tuple(finding for finding in found if finding is not None))


def _list_of(passage: Passage) -> tuple[object, ...]:
    heading = passage.kind == PassageKind.HEADING
    return passage.section[:1], passage.parent, heading, _form(passage.number)


def _form(number: str) -> str:
    """Digits, digits with points, or letters of one case: numbers of one list share it."""
    if number.isdecimal():
        return "digits"
    return "letters" if number.islower() else "capitals" if number.isupper() else "points"


def _gap(before: Passage, after: Passage) -> Finding | None:
    if _follows(before.number, after.number) or _begins(after.number):
        return None
    return Finding(after.lines[0], after.id, f"{before.number} is followed by {after.number}")


def _follows(before: str, after: str) -> bool:
    return any(value(after) == value(before) + 1 for value in _values(before, after))


def _begins(number: str) -> bool:
    return any(value(number) == 1 for value in _values(number, number))


def _values(before: str, after: str) -> Iterator[Callable[[str], int]]:
    """The ways to read two numbers, each giving both a value above 0; what is none of them has no gap."""
    readings = (_plain, letter_value, roman_value, _last_part)
    yield from (reading for reading in readings if reading(before) and reading(after))


def _plain(number: str) -> int:
    return int(number[:9]) if number.isdecimal() else 0


def _last_part(number: str) -> int:
    """The last part of a number with points."""
    return int(number.rpartition(".")[2][:9]) if re.fullmatch(r"\d+(?:\.\d+)+", number) else 0


def _blank(passages: Sequence[Passage], commitments: Sequence[Commitment]) -> Check:
    """Items of which no word is left beside their number."""
    records: list[Passage | Commitment] = [*passages, *commitments]
    blank = [_finding(one, "no words") for one in records if not _has_words(one)]
    return Check("words", len(records), tuple(blank))


def _has_words(record: Passage | Commitment) -> bool:
    words: list[str] = re.findall(r"[^\W_]+", record.text)
    return words != [record.number] and bool(words)


def _unmapped(passages: Sequence[Passage], commitments: Sequence[Commitment]) -> Check:
    """Rows that gave no commitment, in tables of which other rows did.

    A table that gave none, such as a list of participants, is not a table of commitments.
    """
    mapped = {commitment.passage for commitment in commitments}
    tables: defaultdict[tuple[object, ...], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.kind == PassageKind.ROW:
            tables[passage.section, passage.lead].append(passage)
    rows = [row for table in tables.values() if _any(table, mapped) for row in table]
    return Check(
        "rows", len(rows), tuple(_finding(row, "no commitment") for row in rows if row.id not in mapped)
    )


def _any(table: Iterable[Passage], mapped: set[str]) -> bool:
    return any(row.id in mapped for row in table)


def _doubtful(commitments: Sequence[Commitment]) -> Check:
    """Commitments that say that they need review."""
    doubtful = [
        Finding(one.lines[0], one.address, one.needs_review) for one in commitments if one.needs_review
    ]
    return Check("review", len(commitments), tuple(doubtful))


def _finding(record: Passage | Commitment, words: str) -> Finding:
    name = record.address if isinstance(record, Commitment) else record.id
    return Finding(record.lines[0], name, words)
