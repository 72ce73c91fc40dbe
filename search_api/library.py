"""The library: the sources, the index made from them, and the records that the index holds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from corpus.added import added_of, load_added
from corpus.authority import Authority
from corpus.catalogue import load_catalogue, refuse_twice
from corpus.documents import Source
from corpus.errors import CatalogueError, GenerationError, SourceError
from index.building import Progress, build_from
from index.embedding import Embedder
from index.folders import build_lock, read_pointer
from index.generations import Generation, current_digest, open_generation
from index.glimpse import folder_of
from index.history import KEPT, Rollback, read_rollback, roll_back
from index.leftovers import tidy
from index.measuring import Clock
from index.reranking import Reranker
from index.searching import Searcher
from index.supplies import Built
from ingest.intake.cache import cache_of
from ingest.intake.intake import Intake
from ingest.intake.limits import Limits
from ingest.intake.report import Report
from search_api.describing import NOTHING, Indexing, Status
from search_api.gathering import Gathered, digest_of
from search_api.reading import Reading

logger = logging.getLogger(__name__)

DEFAULT_LIMITS = Limits()
ATTEMPTS = 5
"""How often another generation may be published while one is opened."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


class Library:
    """The sources of one catalogue, what was added to them, and the index, under one home folder."""

    def __init__(
        self,
        home: Path,
        corpus: Path,
        embedder: Embedder,
        authority: Authority,
        limits: Limits = DEFAULT_LIMITS,
        reranker: Reranker | None = None,
        keep: int = KEPT,
    ) -> None:
        """Name the folders and the parts; nothing is read yet.

        Files are read within the limits, and `keep` generations stay on the disk.
        """
        self._reranker = reranker
        self._keep_generations = keep
        self.home = home
        self.corpus = corpus
        self._embedder = embedder
        self._authority = authority
        self.intake = Intake(cache_of(home), limits)
        self._lock = threading.Lock()
        self._reading: Reading | None = None
        self._fault = ""

    @property
    def embedder(self) -> Embedder:
        """The model that the index is to be made with."""
        return self._embedder

    def sources(self) -> tuple[Source, ...]:
        """Return the catalogue's entries, then those of added documents.

        Raises CatalogueError where one cannot be read, or both have an entry of one id.
        """
        path = self.corpus / "catalogue.toml"
        sources = (*load_catalogue(path), *self.added())
        refuse_twice(path, "id", [source.id for source in sources])
        return sources

    def added(self) -> tuple[Source, ...]:
        """Return the entries of the documents that were added; raises CatalogueError."""
        return load_added(added_of(self.home))

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
        return found if found is not None and self._is_of(found, self._present_digest()) else None

    def ensure_index(self, progress: Progress = _silent) -> Indexing | None:
        """Build the index where there is none or its sources have changed; return None where it stands."""
        return None if self.is_current() else self.index(progress=progress)

    def index(self, rebuild: bool = False, progress: Progress = _silent) -> Indexing:
        """Build and publish a generation, unless one of the same sources, code and model is there.

        Every source is checked against its fingerprint, and read where it has not been before. One that
        cannot be read is left out, with a row in the report that says why. What builds that were cut short
        left behind is removed. `rebuild` reads and builds all the same, and takes nothing over from before.

        From before the sources are read until the index is published nobody else builds, so that none of
        older sources follows one of newer; where there is nothing to do, nothing is written. Raises
        CatalogueError, ModelError, LockedError at once where another builds, or BuildError, and SourceError
        where no source can be read; the index that was there goes on serving.
        """
        clock = Clock()
        found = None if rebuild else self._undisturbed(progress, clock)
        return found or self._brought_up_to_date(rebuild, progress, clock)

    def holds(self, sources: Sequence[Source], report: Report) -> bool:
        """Whether the published index was made from these sources by this code and model, and lacks of them
        just what the report says cannot be read: there is then nothing to build.
        """
        if not self._is_made_from(digest_of(sources)):
            return False
        try:
            return report.same_content(self.reading().report)
        except GenerationError:
            return False

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

    def earlier(self, name: str) -> Reading:
        """Open another generation that is kept, beside the one that answers.

        Raises GenerationNotFoundError where it is not there or has been deleted, and GenerationError where
        it cannot be opened.
        """
        folder_of(self.home, name)
        return self._opened(open_generation(self.home, self._embedder, name))

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
        if found is None or not self._is_of(found, made_of):
            return False
        return current_digest(self.home) is not None

    def _is_of(self, rollback: Rollback, made_of: str) -> bool:
        model = (self._embedder.model_id, self._embedder.revision)
        return (rollback.sources, rollback.model, rollback.revision) == (made_of, *model)

    def _newest(self) -> Reading:
        """Return the reading in hand where it is of the published generation, else open that one."""
        if self._reading is not None and self._reading.name == read_pointer(self.home):
            return self._reading
        generation = self._published()
        logger.info("opened generation %s", generation.name)
        return self._opened(generation)

    def _published(self) -> Generation:
        """Open the published generation; where others are published meanwhile, and it goes, open the last."""
        for _ in range(ATTEMPTS):
            name = read_pointer(self.home)
            try:
                return open_generation(self.home, self._embedder, name)
            except GenerationError:
                if read_pointer(self.home) == name:
                    raise
        return open_generation(self.home, self._embedder)

    def _opened(self, generation: Generation) -> Reading:
        return Reading(generation, Searcher(generation, reranker=self._reranker), self._authority)

    def _keep(self, reading: Reading, fault: str) -> None:
        if fault != self._fault:
            logger.warning("generation %s goes on serving: %s", reading.name, fault)
            self._fault = fault

    def _is_made_from(self, made_of: str) -> bool:
        return current_digest(self.home) == (made_of, self._embedder.model_id, self._embedder.revision)

    def _undisturbed(self, progress: Progress, clock: Clock) -> Indexing | None:
        """Describe the index where there is nothing to build, without locking; None where there may be."""
        with clock("checking"):
            if not self._is_made_from(digest_of(self.sources())):
                return None
        gathered = self._gathered(progress, clock)
        with clock("checking"):
            if not self.holds(gathered.sources, gathered.report):
                return None
            tidy(self.home)
        return self._indexing(gathered, False, clock)

    def _brought_up_to_date(self, rebuild: bool, progress: Progress, clock: Clock) -> Indexing:
        with build_lock(self.home):
            gathered = self._gathered(progress, clock, rebuild)
            with clock("checking"):
                built = rebuild or not self.holds(gathered.sources, gathered.report)
            if built:
                clock.add(self._build(gathered, rebuild, progress).seconds)
            return self._indexing(gathered, built, clock)

    def _gathered(self, progress: Progress, clock: Clock, again: bool = False) -> Gathered:
        with clock("reading"):
            sources = self.sources()
            gathered = Gathered(sources, self.intake.take(sources, self._authority, progress, again))
        if not gathered.batch.taken:
            first = gathered.report.rows[0]
            raise SourceError(f"None of the sources can be read. {first.file}: {first.words}")
        return gathered

    def _build(self, gathered: Gathered, rebuild: bool, progress: Progress) -> Built:
        return build_from(
            self.home,
            gathered.supplies(),
            self._embedder,
            gathered.made_of,
            progress,
            gathered.report.to_json(),
            self._keep_generations,
            rebuild=rebuild,
        )

    def _indexing(self, gathered: Gathered, built: bool, clock: Clock) -> Indexing:
        with clock("opening"):
            reading = self.reading()
        counts = len(reading.documents), len(reading.passages), len(reading.commitments)
        return Indexing(reading.name, built, *counts, gathered.report, gathered.sources, clock.times())

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
            report=reading.report if reading else NOTHING,
            rolled_back_from=rollback.left if rollback else "",
        )
