"""The library: the sources, the index made from them, and the records that the index holds."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from corpus.authority import Authority
from corpus.catalogue import load_catalogue, read_text
from corpus.documents import Document, Source
from corpus.errors import GenerationError
from corpus.records import Commitment, Passage
from index.building import Progress, build
from index.embedding import Embedder
from index.folders import read_pointer
from index.generations import current_digest, open_generation
from index.searching import Searcher
from ingest import pipeline
from search_api.reading import Reading

logger = logging.getLogger(__name__)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Indexing:
    """What `Library.index` did: the generation now served, and whether it was built just now."""

    generation: str
    built: bool
    documents: int
    passages: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Status:
    """How a library stands; `generation` is empty where there is no index, `fault` says why."""

    home: Path
    corpus: Path
    model: str
    sources: int
    generation: str
    documents: int
    passages: int
    commitments: int
    current: bool
    fault: str = ""


class Library:
    """The sources of one catalogue and the index under one home folder."""

    def __init__(self, home: Path, corpus: Path, embedder: Embedder, authority: Authority) -> None:
        """Name the folders and the parts; nothing is read yet."""
        self.home = home
        self.corpus = corpus
        self._embedder = embedder
        self._authority = authority
        self._lock = threading.Lock()
        self._reading: Reading | None = None

    def sources(self) -> tuple[Source, ...]:
        """Return the catalogue's entries; raise CatalogueError where it cannot be read."""
        return load_catalogue(self.corpus / "catalogue.toml")

    def is_current(self) -> bool:
        """Tell whether the index was made from these sources by this code and this model.

        Reads the catalogue, not the texts. Raises CatalogueError.
        """
        return self._is_made_from(pipeline.digest(self.sources()))

    def ensure_index(self, progress: Progress = _silent) -> Indexing | None:
        """Build the index where there is none or its sources have changed; return None where it stands."""
        return None if self.is_current() else self.index(progress=progress)

    def index(self, rebuild: bool = False, progress: Progress = _silent) -> Indexing:
        """Build and publish a generation, unless one of the same sources, code and model is there.

        Every source is read and checked against its fingerprint in either case. `rebuild` builds
        all the same. Raises CatalogueError, SourceError, ModelError or BuildError; the index that
        was there goes on serving.
        """
        sources = self.sources()
        for source in sources:
            read_text(source)
        digest = pipeline.digest(sources)
        built = rebuild or not self._is_made_from(digest)
        if built:
            self._build(sources, digest, progress)
        reading = self.reading()
        return Indexing(
            reading.name, built, len(reading.documents), len(reading.passages), len(reading.commitments)
        )

    def reading(self) -> Reading:
        """Pin the current generation, opening it where another has been published since.

        Raises GenerationError where there is none, or it is damaged or of another model.
        """
        with self._lock:
            if self._reading is None or self._reading.name != read_pointer(self.home):
                generation = open_generation(self.home, self._embedder)
                self._reading = Reading(generation, Searcher(generation, self._embedder), self._authority)
                logger.info("opened generation %s", generation.name)
            return self._reading

    def status(self) -> Status:
        """Describe the library in figures; a missing or damaged index is described, not raised."""
        sources = self.sources()
        try:
            reading = self.reading()
            current = self.is_current()
        except GenerationError as error:
            return self._status(len(sources), fault=str(error))
        return self._status(len(sources), reading=reading, current=current)

    def _is_made_from(self, digest: str) -> bool:
        return current_digest(self.home) == (digest, self._embedder.model_id, self._embedder.revision)

    def _build(self, sources: tuple[Source, ...], digest: str, progress: Progress) -> None:
        documents: list[Document] = []
        passages: list[Passage] = []
        commitments: list[Commitment] = []
        for done, source in enumerate(sources):
            progress("reading", done, len(sources))
            documents.append(pipeline.read(source))
            found = pipeline.passages(documents[-1], self._authority)
            passages.extend(found)
            commitments.extend(pipeline.commitments(documents[-1], self._authority, found))
        progress("reading", len(sources), len(sources))
        build(self.home, documents, passages, self._embedder, digest, progress, commitments)

    def _status(
        self, sources: int, reading: Reading | None = None, current: bool = False, fault: str = ""
    ) -> Status:
        return Status(
            home=self.home,
            corpus=self.corpus,
            model=self._embedder.model_id,
            sources=sources,
            generation=reading.name if reading else "",
            documents=len(reading.documents) if reading else 0,
            passages=len(reading.passages) if reading else 0,
            commitments=len(reading.commitments) if reading else 0,
            current=current,
            fault=fault,
        )
