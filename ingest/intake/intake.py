"""Taking files in: from the cache where they were read before, else in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, fields
from pathlib import Path

from corpus.authority import Authority
from corpus.catalogue import check_file
from corpus.documents import Document, Source
from corpus.errors import SourceError
from ingest import pipeline
from ingest.intake import cache, jobs
from ingest.intake.codec import decode
from ingest.intake.extractions import Extraction, Records
from ingest.intake.limits import Limits
from ingest.intake.report import Outcome, Report, Row
from ingest.intake.workers import Workers

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a source; where it was not refused, its extraction and its records as stored."""

    source: Source
    row: Row
    extraction: Extraction | None = None
    cut: bytes = b""

    def document(self) -> Document:
        """The document read; only of a source that was not refused."""
        assert self.extraction is not None
        return self.extraction.document(self.source)

    def records(self) -> Records:
        """The passages and commitments of the document."""
        return decode(Records, self.cut)


@dataclass(frozen=True, slots=True)
class Batch:
    """All that was taken in, in the order of the sources."""

    taken: tuple[Taken, ...]

    @property
    def report(self) -> Report:
        """A row for each source."""
        return Report(tuple(one.row for one in self.taken))

    @property
    def held(self) -> tuple[Taken, ...]:
        """Those that were not refused."""
        return tuple(one for one in self.taken if not one.row.refused)


class Intake:
    """Takes sources in, within limits, with a cache in a folder."""

    def __init__(self, folder: Path, limits: Limits, count: int | None = None) -> None:
        """Name the folder of the cache, the limits, and how many processes may run (default: one a core)."""
        self.folder = folder
        self.limits = limits
        self._count = count

    def take(self, sources: Sequence[Source], authority: Authority, progress: Progress) -> Batch:
        """Take every source in; one that is not fit costs its own row and nothing else."""
        with Workers(self.limits, self._count) as workers, ThreadPoolExecutor(workers.count) as threads:
            pending = [threads.submit(self._take, source, authority, workers) for source in sources]
            progress("reading", 0, len(sources))
            try:
                for done, _ in enumerate(as_completed(pending), start=1):
                    progress("reading", done, len(sources))
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                workers.end()
                raise
            return Batch(tuple(future.result() for future in pending))

    def _take(self, source: Source, authority: Authority, workers: Workers) -> Taken:
        try:
            check_file(source, self.limits.most_bytes)
            extraction, known = self._extraction(source, workers)
            cut = self._records(source, extraction, authority, workers)
        except SourceError as error:
            return Taken(source, refusal(source, error))
        return Taken(source, _row(source, extraction, known), extraction, cut)

    def _extraction(self, source: Source, workers: Workers) -> tuple[Extraction, bool]:
        """The extraction of a file, and whether it was known."""
        key = cache.key_of("extraction", source.sha256, source.language, pipeline.code_digest())
        kept = cache.fetch(self.folder, key)
        if kept is not None:
            return Extraction.from_bytes(kept), True
        extraction = workers.run(jobs.read_whole, source, self.limits)
        cache.store(self.folder, key, extraction.to_bytes())
        return extraction, False

    def _records(
        self, source: Source, extraction: Extraction, authority: Authority, workers: Workers
    ) -> bytes:
        facts = (getattr(source, field.name) for field in fields(source) if field.name in FACTS)
        key = cache.key_of(
            "records", extraction.body, *facts, repr(authority.entries), pipeline.code_digest()
        )
        kept = cache.fetch(self.folder, key)
        if kept is not None:
            return kept
        cut = workers.run(jobs.cut_up, source, extraction, authority)
        cache.store(self.folder, key, cut)
        return cut
