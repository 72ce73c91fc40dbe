"""Writing a part: the records, vectors, tokens and words of some documents."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.errors import BuildError
from index.arrays import Vectors
from index.bags import Words, write_bags
from index.dense import DensePart, read_dense, write_dense
from index.late import LatePart, read_late, write_late
from index.layout import number
from index.measuring import Clock
from index.opening import BAGS, LATE, LEXICAL, RECORDS
from index.outline import PARTS, Held, Part, Segment
from index.planning import Item, Moved
from index.postings import postings_of
from index.segments import Entry, stemmer, write_segments
from index.store import RecordFile, write_records
from index.supplies import Content, Supply, refuse_twice
from index.tokens import PackedTokens, squeeze
from index.vectors import Kept

VectorsOf = Callable[[Sequence[str]], Iterable[Kept]]
"""Gives vector and tokens of each text, in their order."""
SEGMENTS = "segments"
"""Folder of the lexical index of the part being written."""


@dataclass(frozen=True, slots=True)
class _Embedded:
    """A document with a vector and the tokens of each passage; of one not searchable, nothing but zeros."""

    content: Content
    vectors: Vectors
    tokens: list[PackedTokens]


@dataclass(frozen=True, slots=True)
class _Source:
    """A part of the generation before, opened to be read from."""

    part: Part
    records: RecordFile
    dense: DensePart
    late: LatePart


class Writer:
    """Writes the parts of one generation."""

    def __init__(
        self,
        folder: Path,
        before: Path | None,
        kept: Sequence[Part],
        vectors_of: VectorsOf,
        dimension: int,
        squeezed: bool,
        clock: Clock,
    ) -> None:
        """Take the folder of the generation and of the one before, and the parts taken over from that."""
        self._folder = folder
        self._before = before
        self._vectors_of = vectors_of
        self._dimension = dimension
        self._squeezed = squeezed
        self._clock = clock
        self._files = [RecordFile(part.folder(folder) / RECORDS) for part in kept]
        self._source = cache(self._opened)
        self.template: Path | None = None

    def write(self, serial: int, items: Sequence[Item]) -> Part:
        """Write the part of some documents, and return what it is."""
        contents = self._contents(items)
        embedded = self._embedded(items, contents)
        folder = self._folder / PARTS / str(serial)
        folder.mkdir()
        self._write_records(folder, contents)
        with self._clock("vectors"):
            searchable = np.array(list(chain.from_iterable(one.searchable for one in contents)), dtype=bool)
            write_dense(folder, np.concatenate([one.vectors for one in embedded]), searchable)
        with self._clock("token vectors"):
            write_late(folder / LATE, list(chain.from_iterable(one.tokens for one in embedded)))
        segments = self._write_words(folder, serial, contents)
        held = (_held(item, content) for item, content in zip(items, contents, strict=True))
        return Part(serial, tuple(held), segments)

    def close(self) -> None:
        """Remove what was only needed while writing."""
        shutil.rmtree(self._folder / SEGMENTS, ignore_errors=True)

    def _contents(self, items: Sequence[Item]) -> list[Content]:
        with self._clock("reading"):
            contents = [item.load() if isinstance(item, Supply) else self._moved(item) for item in items]
        self._refuse_known(contents)
        return contents

    def _moved(self, item: Moved) -> Content:
        source = self._source(item.part)
        first_passage, first_commitment = _firsts(item)
        document = source.records.document(item.held.id)
        if document is None:
            raise BuildError(f"the index before has lost {item.held.id}: run `labour index --rebuild`")
        return Content(
            document,
            tuple(source.records.passages(first_passage, item.held.passages)),
            tuple(source.records.commitments(first_commitment, item.held.commitments)),
        )

    def _opened(self, part: Part) -> _Source:
        assert self._before is not None
        folder = part.folder(self._before)
        searchable = sum(held.searchable for held in part.documents)
        return _Source(
            part,
            RecordFile(folder / RECORDS),
            read_dense(folder, part.passages, searchable, self._dimension),
            read_late(folder / LATE, part.passages),
        )

    def _refuse_known(self, contents: Sequence[Content]) -> None:
        """Raise BuildError where a record has the name of another, here or in the parts written before."""
        names = {
            ("passages", "id"): [one.id for content in contents for one in content.passages],
            ("commitments", "id"): [one.id for content in contents for one in content.commitments],
            ("commitments", "address"): [one.address for content in contents for one in content.commitments],
        }
        for (table, column), own in names.items():
            known = chain.from_iterable(file.known(table, column, own) for file in self._files)
            refuse_twice(column, chain(own, known))

    def _embedded(self, items: Sequence[Item], contents: Sequence[Content]) -> list[_Embedded]:
        new = [content for item, content in zip(items, contents, strict=True) if isinstance(item, Supply)]
        with self._clock("embedding"):
            texts = list(chain.from_iterable(content.texts() for content in new))
            made = iter(self._vectors_of(texts))
        pairs = zip(items, contents, strict=True)
        return [
            self._carried(item, content) if isinstance(item, Moved) else self._spread(content, made)
            for item, content in pairs
        ]

    def _carried(self, item: Moved, content: Content) -> _Embedded:
        source = self._source(item.part)
        first, _ = _firsts(item)
        rows = range(first, first + item.held.passages)
        tokens = [source.late.of_row(row) for row in rows]
        return _Embedded(content, np.array(source.dense.vectors[rows.start : rows.stop]), tokens)

    def _spread(self, content: Content, made: Iterator[Kept]) -> _Embedded:
        """Give each passage its vector and tokens, in the form in which they are kept."""
        dimension = self._dimension
        vectors = np.zeros((len(content.passages), dimension), dtype=np.float32)
        nothing = PackedTokens(
            np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros((0, dimension), np.int8)
        )
        tokens = [nothing] * len(content.passages)
        for row, found in enumerate(content.searchable):
            if found:
                kept = next(made)
                vectors[row], tokens[row] = kept.vector, kept.tokens
        return _Embedded(content, vectors, self._formed(tokens))

    def _formed(self, tokens: list[PackedTokens]) -> list[PackedTokens]:
        with self._clock("token vectors"):
            return squeeze_all(tokens) if self._squeezed and tokens else tokens

    def _write_records(self, folder: Path, contents: Sequence[Content]) -> None:
        with self._clock("records"):
            rows = (pair for one in contents for pair in zip(one.passages, one.commitments_in(), strict=True))
            write_records(
                folder / RECORDS,
                [one.document for one in contents],
                chain.from_iterable(one.passages for one in contents),
                chain.from_iterable(one.commitments for one in contents),
                postings_of(rows),
            )
        self._files.append(RecordFile(folder / RECORDS))

    def _write_words(self, folder: Path, serial: int, contents: Sequence[Content]) -> tuple[Segment, ...]:
        words = list(chain.from_iterable(content.words() for content in contents))
        with self._clock("bags"):
            write_bags(folder / BAGS, words, stemmer())
        with self._clock("lexical"):
            self.template = self._folder / SEGMENTS / str(serial)
            self.template.parent.mkdir(exist_ok=True)
            segments = write_segments(self.template, _entries(serial, words))
            for segment in segments:
                for path in self.template.glob(f"{segment.id}.*"):
                    path.rename(self._folder / LEXICAL / path.name)
        return segments


def squeeze_all(tokens: Sequence[PackedTokens]) -> list[PackedTokens]:
    """Squeeze the tokens of several passages in one go."""
    edges = np.cumsum([len(one.ids) for one in tokens])[:-1]
    whole = squeeze(
        PackedTokens(
            np.concatenate([one.ids for one in tokens]),
            np.concatenate([one.scales for one in tokens]),
            np.concatenate([one.codes for one in tokens]),
        )
    )
    rows = zip(*(np.split(array, edges) for array in (whole.ids, whole.scales, whole.codes)), strict=True)
    return [PackedTokens(*row) for row in rows]


def _entries(serial: int, words: Sequence[Words | None]) -> Iterator[Entry]:
    return (Entry(number(serial, row), one) for row, one in enumerate(words) if one is not None)


def _firsts(item: Moved) -> tuple[int, int]:
    """Return the rows at which a document's passages and commitments begin in its part."""
    passages = commitments = 0
    for held in item.part.documents:
        if held == item.held:
            break
        passages, commitments = passages + held.passages, commitments + held.commitments
    return passages, commitments


def _held(item: Item, content: Content) -> Held:
    if isinstance(item, Moved):
        return item.held
    return Held(
        item.id, item.digest, len(content.passages), sum(content.searchable), len(content.commitments)
    )
