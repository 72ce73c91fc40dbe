"""The word diff: which words of a text stayed, went and came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 2000
"""Words of a text above which only its like beginning and end are kept: comparing can take their square."""


class Mark(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row with one fate, joined by single spaces."""

    mark: Mark
    words: str


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """Divide two texts into runs of words that were kept, removed or added; none where the words are alike.

    The runs that are not added make up the words before, those not removed the words after.
    """
    old, new = before.split(), after.split()
    if old == new:
        return ()
    return tuple(Run(mark, " ".join(words)) for mark, words in _runs(old, new) if words)


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, Sequence[str]]]:
    if max(len(old), len(new)) > MOST_WORDS:
        yield from _ends_kept(old, new)
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Mark.KEPT, old[i:j]
        else:
            yield Mark.REMOVED, old[i:j]
            yield Mark.ADDED, new[k:m]


def _ends_kept(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, Sequence[str]]]:
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield Mark.KEPT, old[:head]
    yield Mark.REMOVED, old[head : len(old) - tail]
    yield Mark.ADDED, new[head : len(new) - tail]
    yield Mark.KEPT, old[len(old) - tail :]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the words that two lists begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))
