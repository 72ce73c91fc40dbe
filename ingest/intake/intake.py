"""Taking files in: from the cache where they were read before, else in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.authority import Authority
from corpus.catalogue import check_file
from corpus.documents import Document, Source
from corpus.errors import SourceError
from ingest import pipeline
from ingest.intake import cache, jobs, spreading
from ingest.intake.codec import decode
from ingest.intake.extractions import Extraction, Records
from ingest.intake.limits import Limits, met
from ingest.intake.report import Outcome, Report, Row
from ingest.intake.workers import Workers
from ingest.readers.pdf import tesseract

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A source whose file was read, with its extraction and its `Records` as they are stored."""

    source: Source
    extraction: Extraction
    cut: bytes

    def document(self) -> Document:
        """The document, as it was read."""
        return self.extraction.document(self.source)

    def records(self) -> Records:
        """The passages and commitments of the document."""
        return decode(Records, self.cut)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was taken in, in the order of the sources, and a row for every source."""

    taken: tuple[Taken, ...]
    report: Report


class Intake:
    """Takes sources in, within limits, through a cache in a folder."""

    def __init__(self, folder: Path, limits: Limits, count: int | None = None) -> None:
        """Name the folder of the cache, the limits, and how many processes may run (default: one a core)."""
        self._folder = folder
        self.limits = limits
        self._count = count

    def take(
        self, sources: Sequence[Source], authority: Authority, progress: Progress, again: bool = False
    ) -> Batch:
        """Take every source in; one that is not fit costs its own row and nothing else.

        `again` reads every file, those that the cache holds too, and renews what it holds.
        """
        installed = None if again else tesseract.languages()
        work = partial(self._take, authority=authority, installed=installed)
        ends = self._each(sources, work, progress)
        taken = tuple(one for one, _ in ends if one is not None)
        return Batch(taken, Report(tuple(row for _, row in ends)))

    def read(self, sources: Sequence[Source]) -> tuple[tuple[Source, Extraction | SourceError], ...]:
        """Read the files of sources without cutting them up: each with what was read, or why it was not."""
        read = partial(self._read, installed=tesseract.languages())
        return tuple(zip(sources, self._each(sources, read, _silent), strict=True))

    def keys(self, sources: Sequence[Source], authority: Authority) -> frozenset[str]:
        """Name the entries of the cache that taking these sources in uses; the files are not looked at."""
        found = set()
        for source in sources:
            found.add(_key(source))
            kept = cache.fetch(self._folder, _key(source))
            if kept is not None:
                found.add(_key_of_records(source, Extraction.from_bytes(kept), authority))
        return frozenset(found)

    def purge(self, sources: Sequence[Source], authority: Authority) -> int:
        """Remove from the cache what none of these sources uses; return how many entries went."""
        return cache.purge(self._folder, self.keys(sources, authority))

    def _each(
        self, sources: Sequence[Source], work: Callable[[Source, Workers], T], progress: Progress
    ) -> tuple[T, ...]:
        """Do work on each source, as many at once as processes may run; their ends are those of the work."""
        with Workers(self.limits, self._count) as workers:
            threads = ThreadPoolExecutor(workers.count)
            try:
                pending = [threads.submit(work, source, workers) for source in sources]
                _wait(pending, progress)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
        return tuple(future.result() for future in pending)

    def _read(self, source: Source, workers: Workers, installed: frozenset[str]) -> Extraction | SourceError:
        try:
            return self._known(source, installed) or self._fresh(source, None, workers)[0]
        except SourceError as error:
            return error
        except OSError as error:
            return _trouble(source, error)

    def _take(
        self, source: Source, workers: Workers, authority: Authority, installed: frozenset[str] | None
    ) -> tuple[Taken | None, Row]:
        try:
            known = self._known(source, installed)
            if known is None:
                extraction, cut = self._fresh(source, authority, workers)
            else:
                extraction, cut = known, self._cut(source, known, authority, workers)
        except SourceError as error:
            return None, refusal(source, error)
        except OSError as error:
            return None, refusal(source, _trouble(source, error))
        return Taken(source, extraction, cut), _row(source, extraction, known is not None)

    def _known(self, source: Source, installed: frozenset[str] | None) -> Extraction | None:
        """The extraction of a file that was read before, None where it is to be read again.

        `installed` are Tesseract's languages, None where every file is to be read again. Raises SourceError
        where the file is not fit.
        """
        check_file(source, self.limits.most_bytes)
        kept = None if installed is None else cache.fetch(self._folder, _key(source))
        if kept is None or installed is None:
            return None
        extraction = Extraction.from_bytes(kept)
        return (
            extraction if extraction.head.conditions in met(self.limits, source.language, installed) else None
        )

    def _fresh(
        self, source: Source, authority: Authority | None, workers: Workers
    ) -> tuple[Extraction, bytes]:
        """Read a file, cut it up where an authority is given, and keep both."""
        extraction, cut = spreading.read(source, authority, workers)
        cache.store(self._folder, _key(source), extraction.to_bytes())
        if authority is not None:
            cache.store(self._folder, _key_of_records(source, extraction, authority), cut)
        return extraction, cut

    def _cut(self, source: Source, extraction: Extraction, authority: Authority, workers: Workers) -> bytes:
        key = _key_of_records(source, extraction, authority)
        kept = cache.fetch(self._folder, key)
        if kept is None:
            kept = workers.run(jobs.cut_up, source, extraction, authority)
            cache.store(self._folder, key, kept)
        return kept


def _key(source: Source) -> str:
    """Name the entry of a file, another one for each password, so that no file is read without its own."""
    facts = source.sha256, source.language, source.password
    return cache.key_of("extraction", *facts, pipeline.code_digest())


def _key_of_records(source: Source, extraction: Extraction, authority: Authority) -> str:
    facts = pipeline.facts_of(source)
    return cache.key_of("records", extraction.body, *facts, authority.entries, pipeline.code_digest())


def _trouble(source: Source, error: OSError) -> SourceError:
    """What the system says where a file, or the folder that it is in, cannot be looked at."""
    cause = error.strerror or type(error).__name__
    return SourceError(f"{source.path.name}: it cannot be read ({cause}). Check its path and permissions.")


def refusal(source: Source, error: SourceError) -> Row:
    """The row of a source that could not be read; its words name neither the file nor its folder."""
    name = source.path.name
    words = " ".join(str(error).split()).replace(str(source.path), name)
    words = words.removeprefix(f"{name} (source {source.id!r})").removeprefix(name).removeprefix(": ").strip()
    return Row(source.id, name, Outcome.REFUSED, error.reason, words[:1].upper() + words[1:])


def _row(source: Source, extraction: Extraction, known: bool) -> Row:
    head = extraction.head
    fresh = Outcome.WARNED if head.notices or head.unread else Outcome.READ
    return Row(
        source=source.id,
        file=source.path.name,
        outcome=Outcome.UNCHANGED if known else fresh,
        notices=head.notices,
        pages=head.pages,
        unread=head.unread,
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


def _wait(pending: Sequence[Future[T]], progress: Progress) -> None:
    progress("reading", 0, len(pending))
    for done, _ in enumerate(as_completed(pending), start=1):
        progress("reading", done, len(pending))
