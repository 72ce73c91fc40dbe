"""A long PDF, or one whose reading broke down, read by several processes, each some of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING

from corpus.authority import Authority
from corpus.documents import Source
from corpus.errors import SourceError
from ingest.intake import jobs
from ingest.intake.jobs import PART, Long, Lost, Pages, Whole
from ingest.intake.workers import CRASHED, OUT_OF_MEMORY, TOO_SLOW, Workers

if TYPE_CHECKING:
    from ingest.readers.pdf.opening import Survey

EIGHTHS = 8
"""Ranges that a short PDF is cut into when reading it whole has failed."""
FEW = PART // EIGHTHS
"""Pages that are given up together where they take too long."""
HURRIED = 4
"""Shares of the time, one of which each eighth has: twice in all what the range had, so that pages without
end stay bounded, and by default 75 s for 5 scans, of which a page takes 3 to 10 s."""
HEAD = 1024
"""Bytes within which readers of PDF look for the mark that begins one."""


def read(source: Source, authority: Authority | None, workers: Workers) -> Whole:
    """Read a file, a PDF by several processes where one is not enough; raises SourceError.

    A range of pages that cannot be read is halved until the pages at fault are found; one that takes too
    long is cut into eighths once, with a quarter of the time for each, and what takes too long again is
    given up. They cost a notice, as long as any page can be read.
    """
    try:
        found = workers.run(jobs.read_whole, source, authority, workers.limits)
    except SourceError as error:
        if error.reason not in (CRASHED, OUT_OF_MEMORY, TOO_SLOW) or not _is_pdf(source):
            raise
        survey = workers.run(jobs.survey_of, source, workers.limits)
        if survey.pages < 2:
            raise
        return _spread(source, survey, -(-survey.pages // EIGHTHS), authority, workers)
    return _spread(source, found.survey, PART, authority, workers) if isinstance(found, Long) else found


def _spread(
    source: Source, survey: Survey, size: int, authority: Authority | None, workers: Workers
) -> Whole:
    """Read a PDF in ranges of so many pages."""

    def read_range(first: int) -> tuple[Pages | Lost, ...]:
        return tuple(_pages(source, survey, first, min(first + size - 1, survey.pages), workers))

    with ThreadPoolExecutor(workers.count) as threads:
        parts = list(chain.from_iterable(threads.map(read_range, range(1, survey.pages + 1, size))))
    lost = [part for part in parts if isinstance(part, Lost)]
    if len(lost) == len(parts):
        raise SourceError(lost[0].words, lost[0].reason)
    return workers.run(jobs.assemble, source, survey, parts, authority, workers.limits)


def _pages(
    source: Source, survey: Survey, first: int, last: int, workers: Workers, share: int = 1
) -> Iterator[Pages | Lost]:
    try:
        yield workers.run(jobs.read_pages, source, survey, first, last, share=share)
    except SourceError as error:
        slow = error.reason == TOO_SLOW
        size = -(-(last - first + 1) // (EIGHTHS if slow else 2))
        if first == last or (slow and last - first < FEW):
            yield Lost(first, last, str(error), error.reason)
            return
        for start in range(first, last + 1, size):
            end = min(start + size - 1, last)
            yield from _pages(source, survey, start, end, workers, HURRIED if slow else share)


def _is_pdf(source: Source) -> bool:
    with source.path.open("rb") as file:
        return b"%PDF" in file.read(HEAD)
