"""Which commitment of one generation is which of another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.records import Commitment

Pair = tuple[Commitment, Commitment]
Key = Callable[[Commitment], Hashable]

LIKE = 0.6
"""Share of words in common (difflib's ratio) from which two texts are one, reworded. Of 596 commitments
in the five texts, 56 have another that is as like as that, and 57 one of 0.5: the likest are paired first."""
RUN = 3
"""Words in a row that texts must share to be compared at all."""
COMMON = 40
"""Runs of words in more texts than this are turns of phrase, and put forward no pair."""
CANDIDATES = 5
"""Texts compared with each, those that share most runs first; so the work grows with their number alone."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Commitments that both generations hold, those that are gone, and those that are new."""

    both: tuple[Pair, ...]
    gone: tuple[Commitment, ...]
    new: tuple[Commitment, ...]


def pairs_of(old: Sequence[Commitment], new: Sequence[Commitment]) -> Pairs:
    """Pair commitments by id, then address, then number and theme, and last by likeness of their words.

    All but the first two look within one document and kind alone, and a key must be of one commitment on
    either side.
    """
    both: list[Pair] = []
    for key in (_id, _address, _numbered):
        found, old, new = _by_key(old, new, key)
        both.extend(found)
    found = list(_by_words(old, new))
    both.extend(found)
    held = {id(one) for pair in both for one in pair}
    return Pairs(
        tuple(both),
        tuple(one for one in old if id(one) not in held),
        tuple(one for one in new if id(one) not in held),
    )


def _id(one: Commitment) -> Hashable:
    return one.id


def _address(one: Commitment) -> Hashable:
    return one.address


def _numbered(one: Commitment) -> Hashable:
    meeting = one.meeting.name if one.meeting else ""
    return (one.document, one.kind, meeting, one.theme, one.number) if one.number else None


def _by_key(
    old: Sequence[Commitment], new: Sequence[Commitment], key: Key
) -> tuple[list[Pair], Sequence[Commitment], Sequence[Commitment]]:
    """Pair those whose key is not None and theirs alone on either side; return the rest with them."""
    ours, theirs = _unique(old, key), _unique(new, key)
    common = ours.keys() & theirs.keys()
    return (
        [(one, theirs[name]) for name, one in ours.items() if name in common],
        [one for one in old if key(one) not in common],
        [one for one in new if key(one) not in common],
    )


def _unique(commitments: Sequence[Commitment], key: Key) -> dict[Hashable, Commitment]:
    counts = Counter(map(key, commitments))
    return {name: one for one in commitments if (name := key(one)) is not None and counts[name] == 1}


def _by_words(old: Sequence[Commitment], new: Sequence[Commitment]) -> Iterator[Pair]:
    """Pair the likest first, each commitment once."""
    scored = sorted(_scored(old, new), key=lambda row: (-row[0], row[1], row[2]))
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, i, j in scored:
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            yield old[i], new[j]


def _scored(old: Sequence[Commitment], new: Sequence[Commitment]) -> Iterator[tuple[float, int, int]]:
    """Likeness, place in the old and place in the new of each pair that is like enough."""
    holding: defaultdict[Hashable, set[int]] = defaultdict(set)
    for i, one in enumerate(old):
        for run in _phrases(one):
            holding[run].add(i)
    for j, one in enumerate(new):
        rows = (row for run in _phrases(one) if len(row := holding.get(run, set())) <= COMMON)
        for i, _ in Counter(i for row in rows for i in sorted(row)).most_common(CANDIDATES):
            likeness = _likeness(old[i], one)
            if likeness >= LIKE:
                yield likeness, i, j


def _phrases(one: Commitment) -> Iterator[Hashable]:
    words = one.text.casefold().split()
    for start in range(max(1, len(words) - RUN + 1)):
        yield one.document, one.kind, *words[start : start + RUN]


def _likeness(one: Commitment, other: Commitment) -> float:
    matcher = SequenceMatcher(None, one.text.casefold().split(), other.text.casefold().split())
    return matcher.ratio() if matcher.quick_ratio() >= LIKE else 0.0
