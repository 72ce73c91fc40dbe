"""What an index is made of: the sources, with what was read of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import index
from corpus.documents import Source
from corpus.ids import digest, folder_digest
from index.supplies import Content, Supply, content_of
from ingest import pipeline
from ingest.intake.intake import Batch, Taken
from ingest.intake.report import Report

INDEXING = Path(index.__file__).parent


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sources as they were at one time, and what was taken in of each."""

    sources: tuple[Source, ...]
    batch: Batch

    @property
    def report(self) -> Report:
        """What became of each source."""
        return self.batch.report

    @property
    def made_of(self) -> str:
        """The digest of the sources and the code."""
        return digest_of(self.sources)

    def supplies(self) -> list[Supply]:
        """Supply the index with every document that could be read."""
        return [supply_of(taken) for taken in self.batch.taken]


def digest_of(sources: Iterable[Source], indexing: Path = INDEXING) -> str:
    """Fingerprint of what an index is made of but for the model: the sources and the code.

    Of code, what cuts and extracts (in ingest and corpus) and what is in the folder `indexing`.
    """
    return digest((pipeline.digest(sources), folder_digest(indexing)), size=32)


def supply_of(taken: Taken) -> Supply:
    """Supply the index with a document that was taken in; it is read only where the index lacks it."""
    state = hashlib.sha256(repr(taken.source).encode("utf-8", "surrogatepass"))
    state.update(taken.extraction.body)
    state.update(taken.cut)

    def load() -> Content:
        records = taken.records()
        return content_of(taken.document(), records.passages, records.commitments)

    return Supply(taken.source.id, state.hexdigest(), None, load)
