"""Whether the records of a generation agree with each other and with what its manifest counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.documents import Document
from corpus.records import Commitment, Passage
from index.manifest import Counts

SHOWN = 3
"""Ids that are named of those at fault."""


def faults_of_records(
    documents: Iterable[Document],
    passages: Iterable[Passage],
    commitments: Iterable[Commitment],
    counts: Counts,
) -> Iterator[str]:
    """Say what is counted wrongly, which ids stand more than once, and which are referred to and not held."""
    held = Counter(one.id for one in documents)
    cut = [(one.id, one.document, one.parent) for one in passages]
    made = [(one.id, one.document, one.passage, one.parent, one.address) for one in commitments]
    yield from _miscounted("documents", held.total(), counts.documents)
    yield from _miscounted("passages", len(cut), counts.passages)
    yield from _miscounted("commitments", len(made), counts.commitments)
    ids = {row[0] for row in cut}
    yield from _doubled("id", [*held.elements(), *(row[0] for row in cut)])
    yield from _doubled("id", [row[0] for row in made])
    yield from _doubled("address", [row[4] for row in made])
    yield from _dangling("a passage", "document", (row[1] for row in cut), held.keys())
    yield from _dangling("a passage", "parent", (row[2] for row in cut), ids)
    yield from _dangling("a commitment", "document", (row[1] for row in made), held.keys())
    yield from _dangling("a commitment", "passage", (row[2] for row in made), ids)
    yield from _dangling("a commitment", "parent", (row[3] for row in made), {row[0] for row in made})


def _miscounted(noun: str, found: int, expected: int) -> Iterator[str]:
    if found != expected:
        yield f"holds {found} {noun}, its manifest counts {expected}"


def _doubled(noun: str, names: Iterable[str]) -> Iterator[str]:
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        yield f"gives the same {noun} to several records: {_named(twice)}"


def _dangling(noun: str, field: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    if missing := sorted(set(names) - set(known) - {""}):
        yield f"has {noun} whose {field} is not held: {_named(missing)}"


def _named(names: list[str]) -> str:
    return ", ".join([*names[:SHOWN], "..."] if len(names) > SHOWN else names)
