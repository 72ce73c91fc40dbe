"""The library: the sources, the index made from them, and the records that the index holds."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.answers import Filters
from corpus.authority import Authority
from corpus.catalogue import load_catalogue, read_text
from corpus.documents import Document, Source
from corpus.errors import GenerationError, RecordNotFoundError
from corpus.records import Passage, PassageKind
from index.building import Progress, build
from index.embedding import Embedder
from index.filtering import admits
from index.folders import read_pointer
from index.generations import Generation, current_digest, open_generation
from index.searching import Searcher
from ingest import pipeline

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
    current: bool
    fault: str = ""


class Reading:
    """One generation, pinned for the whole of a request, with the searcher over it."""

    def __init__(self, generation: Generation, searcher: Searcher) -> None:
        """Pin a generation and the searcher that was made for it."""
        self.generation = generation
        self.searcher = searcher

    @property
    def name(self) -> str:
        """The name of the generation."""
        return self.generation.name

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order of the catalogue."""
        return self.generation.documents

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in the order of the documents and of each document's text."""
        return self.generation.passages

    def document(self, document_id: str) -> Document:
        """Return the document of that id; raise RecordNotFoundError where there is none."""
        document = self.generation.document(document_id)
        if document is None:
            raise RecordNotFoundError(f"No document has the id {document_id!r}; list the documents.")
        return document

    def passage(self, passage_id: str) -> Passage:
        """Return the passage of that id; raise RecordNotFoundError where there is none."""
        passage = self.generation.passage(passage_id)
        if passage is None:
            raise RecordNotFoundError(f"No passage has the id {passage_id!r}; search again for it.")
        return passage

    def record(self, record_id: str) -> Document | Passage:
        """Return the document or passage of that id; raise RecordNotFoundError where there is none."""
        record = self.generation.document(record_id) or self.generation.passage(record_id)
        if record is None:
            raise RecordNotFoundError(f"Neither document nor passage has the id {record_id!r}; search again.")
        return record

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Return a document's passages in its order; raise RecordNotFoundError where it is not held."""
        self.document(document_id)
        return self._by_document.get(document_id, ())

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """Return the passages before and after one in its document, None at either end."""
        row = self._by_document[passage.document]
        place = self._places[passage.id]
        before = row[place - 1] if place > 0 else None
        after = row[place + 1] if place + 1 < len(row) else None
        return before, after

    def parts(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the passages of the items directly under one, in the order of the document."""
        return tuple(other for other in self._by_document[passage.document] if other.parent == passage.id)

    def within(self, filters: Filters) -> tuple[Passage, ...]:
        """Return the passages that a search looks through: all that pass the filters, but no contents."""
        return tuple(
            passage
            for passage in self.passages
            if passage.kind != PassageKind.CONTENTS and admits(filters, passage)
        )

    def sections_of(self, document_id: str) -> tuple[tuple[str, ...], ...]:
        """Return the paths of headings that a document's passages stand under, each once, in order."""
        return tuple(dict.fromkeys(passage.section for passage in self.passages_of(document_id)))

    @cached_property
    def _by_document(self) -> dict[str, tuple[Passage, ...]]:
        rows: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            rows[passage.document].append(passage)
        return {document: tuple(row) for document, row in rows.items()}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {passage.id: place for row in self._by_document.values() for place, passage in enumerate(row)}


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
        return Indexing(reading.name, built, len(reading.documents), len(reading.passages))

    def reading(self) -> Reading:
        """Pin the current generation, opening it where another has been published since.

        Raises GenerationError where there is none, or it is damaged or of another model.
        """
        with self._lock:
            if self._reading is None or self._reading.name != read_pointer(self.home):
                generation = open_generation(self.home, self._embedder)
                self._reading = Reading(generation, Searcher(generation, self._embedder))
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
        for done, source in enumerate(sources):
            progress("reading", done, len(sources))
            documents.append(pipeline.read(source))
            passages.extend(pipeline.passages(documents[-1], self._authority))
        progress("reading", len(sources), len(sources))
        build(self.home, documents, passages, self._embedder, digest, progress)

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
            current=current,
            fault=fault,
        )
