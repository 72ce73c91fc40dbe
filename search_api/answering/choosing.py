"""Which hits belong to the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.answers import Hit
from corpus.records import PassageKind


@dataclass(frozen=True, slots=True)
class Limits:
    """How far an answer reaches down the list of hits.

    `pool` hits are looked at; one belongs to the answer when its score is at least `share` of the
    best one's; `most` is the largest number of statements, `nearest` the number of passages offered
    where there is no answer. Broad questions have twenty good passages and more, narrow ones have
    one, so the number is left to the scores and only its maximum is fixed.
    """

    pool: int = 60
    share: float = 0.75
    most: int = 25
    nearest: int = 5


LIMITS = Limits()

QUOTABLE = frozenset(PassageKind) - {PassageKind.CONTENTS}
"""Kinds of passage that say something; a line of a table of contents only points."""


def quotable(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Keep the hits that say something, in their order."""
    return tuple(hit for hit in hits if hit.passage.kind in QUOTABLE)


def choose(hits: Sequence[Hit], limits: Limits = LIMITS) -> tuple[Hit, ...]:
    """Keep the hits (best first) whose score is close enough to the best one's."""
    if not hits:
        return ()
    floor = limits.share * hits[0].score
    return tuple(hit for hit in hits if hit.score >= floor)[: limits.most]
