"""What is measured on a register: recall, precision and the share of field values.

An entry of the register *finds* an annotated item of its document when it holds enough of the
quote's word trigrams and is not much longer: an item is not a page. One entry finds one item. Items
that need not be found ask for nothing, but to find them is no error.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from corpus.records import Commitment
from search_api.evaluation.annotations import FIELDS, NAMES, AnnotatedItem, Values
from search_api.words import Trigram, trigrams_of, words_of

SHARE = 0.6
"""Share of a quote's trigrams that an entry must hold to find it."""
SPARE_WORDS = 200
"""Words by which an entry may be longer than the quote."""
CONTAINING = frozenset({"body", "theme", "period"})
"""Fields that are right also where other words stand with the printed ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register: its document, its own words, and what it says is printed of it."""

    document: str
    text: str
    values: Values

    @classmethod
    def of(cls, commitment: Commitment) -> Self:
        """Lay out a commitment for measuring."""
        one = commitment
        single = {
            "kind": one.kind.value, "number": one.number, "body": one.body, "theme": one.theme,
            "period": one.period, "status": one.status,
        }  # fmt: skip
        values = {name: (value,) if value else () for name, value in single.items()}
        names = {"coordinators": one.coordinators, "partners": one.partners}
        return cls(one.document, one.text, {**values, **names})


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a number of things are right."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """The right ones' share, NaN where there is nothing to judge."""
        return self.right / self.total if self.total else math.nan


@dataclass(frozen=True, slots=True)
class RegisterScores:
    """The measures over one document or several; precision is over those annotated whole alone."""

    recall: Tally
    precision: Tally
    by_field: Mapping[str, Tally]

    @property
    def fields(self) -> Tally:
        """The share of values over all fields."""
        tallies = self.by_field.values()
        return Tally(sum(tally.right for tally in tallies), sum(tally.total for tally in tallies))


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """The measures over all annotated documents and by document, and everything that went wrong.

    `missed` are the items not found, `extra` the entries of whole documents that found nothing,
    `wrong` each item with its entry and the field whose value the entry does not carry.
    """

    overall: RegisterScores
    by_document: Mapping[str, RegisterScores]
    missed: tuple[AnnotatedItem, ...]
    extra: tuple[Entry, ...]
    wrong: tuple[tuple[AnnotatedItem, Entry, str], ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """One document's items with the entries that found them, and its entries that found nothing."""

    pairs: tuple[tuple[AnnotatedItem, Entry | None], ...]
    entries: int
    extra: tuple[Entry, ...]


def evaluate_register(items: Iterable[AnnotatedItem], entries: Iterable[Entry]) -> RegisterReport:
    """Measure a register on annotated items; entries of documents without any are left out."""
    wanted: dict[str, list[AnnotatedItem]] = defaultdict(list)
    for item in items:
        wanted[item.document].append(item)
    given: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        given[entry.document].append(entry)
    judged = {document: _judge(held, given[document]) for document, held in sorted(wanted.items())}
    pairs = [pair for one in judged.values() for pair in one.pairs]
    return RegisterReport(
        overall=_scores(judged.values()),
        by_document={document: _scores([one]) for document, one in judged.items()},
        missed=tuple(item for item, entry in pairs if entry is None),
        extra=tuple(entry for one in judged.values() for entry in one.extra),
        wrong=tuple(_wrong(pairs)),
    )


def match(items: Sequence[AnnotatedItem], entries: Sequence[Entry]) -> dict[int, int]:
    """Pair items with the entries that find them, one to one, by their places.

    Pairs are made in the order of how sure they are: an item that must be found before one that need
    not, then the quote best covered, then most fields in agreement, then the shortest entry. What is
    still equal is told apart by the entry's words and values, never by its place in the register.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, item, _, entry in sorted(_candidates(items, entries)):
        if item not in found and entry not in taken:
            found[item] = entry
            taken.add(entry)
    return found


def agrees(name: str, wanted: tuple[str, ...], given: tuple[str, ...]) -> bool:
    """Whether the values given of a field are, or hold, the printed ones; `wanted` must not be empty."""
    if name == "kind":
        return bool(given) and given[0] in wanted
    if name in NAMES:
        return _folded(wanted) <= _folded(given)
    printed, said = words_of(wanted[0]), words_of(" ".join(given))
    return printed == said or (name in CONTAINING and set(printed) <= set(said))


_Rank = tuple[bool, float, int, int]
_Candidate = tuple[_Rank, int, tuple[str, str], int]


def _candidates(items: Sequence[AnnotatedItem], entries: Sequence[Entry]) -> Iterator[_Candidate]:
    """Every entry that could find an item: its rank, the item, the entry's content, the entry."""
    held = [(len(words), trigrams_of(words)) for words in (words_of(entry.text) for entry in entries)]
    for place, item in enumerate(items):
        words = words_of(item.quote)
        quoted = trigrams_of(words)
        for at, (entry, (length, trigrams)) in enumerate(zip(entries, held, strict=True)):
            covered = _covered(quoted, trigrams)
            if entry.document == item.document and covered >= SHARE and length <= len(words) + SPARE_WORDS:
                rank = (item.neutral, -covered, -len(_right(item, entry)), length)
                yield rank, place, (entry.text, str(sorted(entry.values.items()))), at


def _covered(quoted: frozenset[Trigram], held: frozenset[Trigram]) -> float:
    return len(quoted & held) / len(quoted)


def _printed(item: AnnotatedItem) -> tuple[str, ...]:
    """The fields of which the item prints a value."""
    return tuple(name for name in FIELDS if item.values.get(name))


def _right(item: AnnotatedItem, entry: Entry) -> frozenset[str]:
    """The printed fields whose values the entry carries."""
    return frozenset(
        name for name in _printed(item) if agrees(name, item.values[name], entry.values.get(name, ()))
    )


def _folded(names: Iterable[str]) -> set[tuple[str, ...]]:
    return {tuple(words_of(name)) for name in names}


def _judge(items: Sequence[AnnotatedItem], entries: Sequence[Entry]) -> _Judged:
    """Judge the register of one document; of one annotated in part, no entry counts as too many."""
    found = match(items, entries)
    pairs = tuple(
        (item, entries[found[place]] if place in found else None)
        for place, item in enumerate(items)
        if not item.neutral
    )
    if any(item.partial for item in items):
        return _Judged(pairs, 0, ())
    used = set(found.values())
    return _Judged(pairs, len(entries), tuple(e for at, e in enumerate(entries) if at not in used))


def _scores(judged: Iterable[_Judged]) -> RegisterScores:
    held = tuple(judged)
    pairs = [pair for one in held for pair in one.pairs]
    entries, extra = sum(one.entries for one in held), sum(len(one.extra) for one in held)
    found = [(item, entry) for item, entry in pairs if entry is not None]
    tallies = {name: _field_tally(name, found) for name in FIELDS}
    return RegisterScores(
        recall=Tally(len(found), len(pairs)),
        precision=Tally(entries - extra, entries),
        by_field={name: tally for name, tally in tallies.items() if tally.total},
    )


def _field_tally(name: str, found: Iterable[tuple[AnnotatedItem, Entry]]) -> Tally:
    printed = [(item, entry) for item, entry in found if item.values.get(name)]
    return Tally(sum(name in _right(item, entry) for item, entry in printed), len(printed))


def _wrong(
    pairs: Iterable[tuple[AnnotatedItem, Entry | None]],
) -> Iterator[tuple[AnnotatedItem, Entry, str]]:
    for item, entry in pairs:
        if entry is not None:
            right = _right(item, entry)
            yield from ((item, entry, name) for name in _printed(item) if name not in right)
