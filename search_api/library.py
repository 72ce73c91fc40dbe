"""The library: the sources, the index made from them, and the records that the index holds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import index
from corpus.authority import Authority
from corpus.catalogue import load_catalogue, read_text
from corpus.documents import Document, Source
from corpus.errors import CatalogueError, GenerationError
from corpus.ids import digest, folder_digest
from corpus.records import Commitment, Passage
from index.building import Progress, build
from index.embedding import Embedder
from index.folders import read_pointer, refuse_second_build
from index.generations import current_digest, open_generation
from index.history import KEPT, Rollback, read_rollback, roll_back
from index.leftovers import tidy
from index.reranking import Reranker
from index.searching import Searcher
from ingest import pipeline
from search_api.reading import Reading

logger = logging.getLogger(__name__)

INDEXING = Path(index.__file__).parent


def digest_of(sources: Iterable[Source], indexing: Path = INDEXING) -> str:
    """Fingerprint of what an index is made of but for the model: the sources and the code.

    Of code, what cuts and extracts (in ingest and corpus) and what is in the folder `indexing`.
    """
    return digest((pipeline.digest(sources), folder_digest(indexing)), size=32)


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
    """How a library stands.

    `generation` is the one that answers, empty where there is none; `fault` says why it is not the
    one published. `rolled_back_from` is the one that it was gone back from and answers in place of.
    """

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
    rolled_back_from: str = ""


class Library:
    """The sources of one catalogue and the index under one home folder."""

    def __init__(
        self,
        home: Path,
        corpus: Path,
        embedder: Embedder,
        authority: Authority,
        reranker: Reranker | None = None,
        keep: int = KEPT,
    ) -> None:
        """Name the folders and the parts; nothing is read yet. `keep` generations stay on the disk."""
        self._reranker = reranker
        self._keep_generations = keep
        self.home = home
        self.corpus = corpus
        self._embedder = embedder
        self._authority = authority
        self._lock = threading.Lock()
        self._reading: Reading | None = None
        self._fault = ""

    @property
    def embedder(self) -> Embedder:
        """The model that the index is to be made with."""
        return self._embedder

    def sources(self) -> tuple[Source, ...]:
        """Return the catalogue's entries; raise CatalogueError where it cannot be read."""
        return load_catalogue(self.corpus / "catalogue.toml")

    def is_current(self) -> bool:
        """Tell whether the index was made from these sources by this code and this model, or is to stay
        though it was not, since a rollback.

        Reads the catalogue, not the texts. Raises CatalogueError.
        """
        made_of = digest_of(self.sources())
        return self._is_made_from(made_of) or self._stays_against(made_of)

    def rollback(self) -> Rollback:
        """Go back to the generation before; it answers until `index` is called or the sources change.

        Raises GenerationError where there is none or it cannot be opened, LockedError during a build.
        """
        return roll_back(self.home, self._embedder, self._present_digest())

    def rolled_back(self) -> Rollback | None:
        """Return the rollback because of which an older generation answers, None where there is none."""
        found = read_rollback(self.home)
        return found if found is not None and self._holds(found, self._present_digest()) else None

    def ensure_index(self, progress: Progress = _silent) -> Indexing | None:
        """Build the index where there is none or its sources have changed; return None where it stands."""
        return None if self.is_current() else self.index(progress=progress)

    def index(self, rebuild: bool = False, progress: Progress = _silent) -> Indexing:
        """Build and publish a generation, unless one of the same sources, code and model is there.

        Every source is read and checked against its fingerprint in either case, and what builds that were
        cut short left behind is removed. `rebuild` builds all the same. Raises CatalogueError, SourceError,
        ModelError, LockedError or BuildError; the index that was there goes on serving.
        """
        sources = self.sources()
        for source in sources:
            read_text(source)
        made_of = digest_of(sources)
        built = rebuild or not self._is_made_from(made_of)
        if built:
            refuse_second_build(self.home)
            self._build(sources, made_of, progress)
        else:
            tidy(self.home)
        reading = self.reading()
        return Indexing(
            reading.name, built, len(reading.documents), len(reading.passages), len(reading.commitments)
        )

    def reading(self) -> Reading:
        """Pin the current generation, opening it where another has been published since.

        A reading in hand goes on being given where the current generation cannot be opened; the log
        says so once for each cause. Raises GenerationError where there is none in hand, and no
        generation, or one that is damaged or of another model.
        """
        with self._lock:
            try:
                self._reading = self._newest()
                self._fault = ""
            except GenerationError as error:
                if self._reading is None:
                    raise
                self._keep(self._reading, str(error))
            return self._reading

    def status(self) -> Status:
        """Describe the library in figures; a missing or damaged index is described, not raised."""
        sources = self.sources()
        try:
            reading = self.reading()
            current = self._is_made_from(digest_of(sources))
        except GenerationError as error:
            return self._status(len(sources), fault=str(error))
        return self._status(len(sources), reading, current, self._fault)

    def _present_digest(self) -> str:
        """Digest of the present sources, empty where the catalogue cannot be read."""
        try:
            return digest_of(self.sources())
        except CatalogueError:
            return ""

    def _stays_against(self, made_of: str) -> bool:
        found = read_rollback(self.home)
        if found is None or not self._holds(found, made_of):
            return False
        return current_digest(self.home) is not None

    def _holds(self, rollback: Rollback, made_of: str) -> bool:
        model = (self._embedder.model_id, self._embedder.revision)
        return (rollback.sources, rollback.model, rollback.revision) == (made_of, *model)

    def _newest(self) -> Reading:
        """Return the reading in hand where it is of the published generation, else open that one."""
        if self._reading is not None and self._reading.name == read_pointer(self.home):
            return self._reading
        generation = open_generation(self.home, self._embedder)
        logger.info("opened generation %s", generation.name)
        return Reading(generation, Searcher(generation, reranker=self._reranker), self._authority)

    def _keep(self, reading: Reading, fault: str) -> None:
        if fault != self._fault:
            logger.warning("generation %s goes on serving: %s", reading.name, fault)
            self._fault = fault

    def _is_made_from(self, made_of: str) -> bool:
        return current_digest(self.home) == (made_of, self._embedder.model_id, self._embedder.revision)

    def _build(self, sources: tuple[Source, ...], made_of: str, progress: Progress) -> None:
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
        build(
            self.home,
            documents,
            passages,
            self._embedder,
            made_of,
            progress,
            commitments,
            self._keep_generations,
        )

    def _status(
        self, sources: int, reading: Reading | None = None, current: bool = False, fault: str = ""
    ) -> Status:
        rollback = self.rolled_back()
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
            rolled_back_from=rollback.left if rollback else "",
        )
