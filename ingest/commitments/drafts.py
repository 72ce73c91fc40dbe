"""Drafts: what a rule finds, before ids, addresses and the authority file."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.documents import Span
from corpus.records import CommitmentKind

Key = tuple[int, int]
"""Index of the block that a draft stands in, and its place among the drafts of that block."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as a rule found it; every field as printed, empty where the text does not state it.

    `parent` is the key of the draft it stands under. `review` says why a field may be wrong.
    """

    key: Key
    kind: CommitmentKind
    spans: tuple[Span, ...]
    number: str = ""
    inferred: bool = False
    parent: Key | None = None
    body: str = ""
    theme: str = ""
    period: str = ""
    status: str = ""
    coordinators: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    review: str = ""
