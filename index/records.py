"""The passages and commitments of a generation, read when they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Generic, TypeVar, overload

from corpus.documents import Document, Source
from corpus.records import Commitment, Passage
from index.layout import Layout, Run
from index.store import RecordFile

Record = TypeVar("Record")
Found = TypeVar("Found")
Facts = TypeVar("Facts", bound=tuple[str, ...])
KEPT = 20_000
"""Records of each sort that are kept once read: of passages some 60 MB."""
AT_ONCE = 1000
"""Records that are read together where all are gone through."""

Fetch = Callable[[int, int, int], list[Record]]
"""Reads from a part, from a row on, so many records."""


class Rows(Sequence[Record], Generic[Record]):
    """Records in the order of the documents and of each one's text; safe to use from several threads."""

    def __init__(self, runs: Sequence[Run], fetch: Fetch[Record]) -> None:
        """Take the runs of the documents in their order, and what reads a part."""
        self._runs = runs
        self._edges = list(accumulate((run.count for run in runs), initial=0))
        self._fetch = fetch
        self._one = lru_cache(maxsize=KEPT)(self._read)

    def __len__(self) -> int:
        return self._edges[-1]

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Record, ...]: ...

    def __getitem__(self, place: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(place, slice):
            return tuple(self._one(one) for one in range(*place.indices(len(self))))
        at = range(len(self))[place]
        return self._one(at)

    def __iter__(self) -> Iterator[Record]:
        for run in self._runs:
            for first in range(run.first, run.first + run.count, AT_ONCE):
                yield from self._fetch(run.part, first, min(AT_ONCE, run.first + run.count - first))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = object.__hash__

    def _read(self, place: int) -> Record:
        document = bisect_right(self._edges, place) - 1
        run = self._runs[document]
        return self._fetch(run.part, run.first + place - self._edges[document], 1)[0]


class Records:
    """The records of a generation by place, by id, by address and by document."""

    def __init__(self, files: Sequence[RecordFile], passages: Layout, commitments: Layout) -> None:
        """Take the files of the parts, and the layouts of the passages and of the commitments."""
        self._files = files
        self._layouts = passages, commitments
        self.passages: Rows[Passage] = Rows(
            tuple(passages.runs.values()), lambda part, first, count: files[part].passages(first, count)
        )
        self.commitments: Rows[Commitment] = Rows(tuple(commitments.runs.values()), self._fetch_commitments)
        self.passage = lru_cache(maxsize=KEPT)(self._passage)
        self.commitment = lru_cache(maxsize=KEPT)(self._commitment)
        self.commitments_of = lru_cache(maxsize=KEPT)(self._commitments_of)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the documents, in the order of the texts."""
        return tuple(self._layouts[0].runs)

    def documents(self) -> tuple[Document, ...]:
        """Read every document, in the order of the texts."""
        held = {document.id: document for file in self._files for document in file.documents()}
        return tuple(held[name] for name in self._layouts[0].runs)

    def sources(self) -> tuple[Source, ...]:
        """Read the entry of every document, in the order of the texts."""
        held = {source.id: source for file in self._files for source in file.sources()}
        return tuple(held[name] for name in self._layouts[0].runs)

    def commitments_without(self, documents: Collection[str]) -> Sequence[Commitment]:
        """The commitments of all but some documents, in the order of the texts."""
        runs = (run for name, run in self._layouts[1].runs.items() if name not in documents)
        return Rows(tuple(runs), self._fetch_commitments)

    def passages_of(self, document: str) -> tuple[Passage, ...]:
        """Return a document's passages in its order, none where it is not held."""
        places = self._layouts[0].of_document(document)
        return self.passages[places.start : places.stop]

    def commitments_in(self, document: str) -> tuple[Commitment, ...]:
        """Return a document's commitments in its order, none where it is not held."""
        places = self._layouts[1].of_document(document)
        return self.commitments[places.start : places.stop]

    def headings(self) -> list[tuple[str, str]]:
        """List the outermost headings, (document, heading), in the order of the texts."""
        return self._in_order(pair for file in self._files for pair in file.headings())

    def meetings(self) -> list[tuple[str, str, str]]:
        """List (document, outermost heading, place of the meeting), the last one of a heading last."""
        return self._in_order(facts for file in self._files for facts in file.meetings())

    def _in_order(self, rows: Iterable[Facts]) -> list[Facts]:
        order = {document: place for place, document in enumerate(self._layouts[0].runs)}
        return sorted(rows, key=lambda facts: order[facts[0]])

    def _fetch_commitments(self, part: int, first: int, count: int) -> list[Commitment]:
        return self._files[part].commitments(first, count)

    def _passage(self, name: str) -> Passage | None:
        return self._found(name, lambda file: file.passage(name))

    def _commitment(self, name: str) -> Commitment | None:
        return self._found(name, lambda file: file.commitment(name))

    def _commitments_of(self, passage: str) -> tuple[Commitment, ...]:
        return tuple(self._found(passage, lambda file: file.commitments_of(passage)) or ())

    def _found(self, name: str, find: Callable[[RecordFile], Found | None]) -> Found | None:
        """Look into each part, first into that of the document whose id the name begins with."""
        run = self._layouts[0].runs.get(name.rpartition(".")[0])
        likely = () if run is None else (self._files[run.part],)
        for file in (*likely, *self._files):
            if found := find(file):
                return found
        return None
