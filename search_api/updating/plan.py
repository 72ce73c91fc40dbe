"""What bringing the index up to date would do, found out without writing anything in the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.catalogue import check_file
from corpus.documents import Source
from corpus.errors import GenerationError, SourceError
from index.folders import read_pointer
from index.glimpse import sources_in
from ingest.intake.intake import Intake, refusal
from ingest.intake.report import Outcome, Report, Row
from search_api.library import Library
from search_api.updating.standings import Standings, is_same, standings


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of every document, the rows of those that would be refused, and whether to build.

    `barren` tells that nothing is built since none of the sources can be read.
    """

    standings: Standings
    refused: tuple[Row, ...]
    builds: bool
    barren: bool = False


def plan(library: Library) -> Plan:
    """Say what `Library.index` would do: files that are new are read, into a cache that is thrown away.

    Of those that the index holds already it takes for granted that they would be read as they were then.
    Raises CatalogueError.
    """
    sources, old = library.sources(), _held(library)
    before = {source.id: source for source in old}
    kept = [source for source in sources if is_same(before.get(source.id), source)]
    fresh = [source for source in sources if source not in kept]
    rows = {row.source: row for row in (*_kept(kept, library), *_fresh(fresh, library))}
    report = Report(tuple(rows[source.id] for source in sources))
    barren = all(row.refused for row in report.rows)
    found = standings(old, sources, {row.source for row in report.refused})
    return Plan(found, report.refused, not (barren or library.holds(sources, report)), barren)


def _held(library: Library) -> Sequence[Source]:
    """The entries of the documents in the published index; none where it cannot be read."""
    try:
        name = read_pointer(library.home)
        return sources_in(library.home, name) if name else ()
    except GenerationError:
        return ()


def _kept(sources: Sequence[Source], library: Library) -> Iterator[Row]:
    """The rows of documents that are held, as they were written when the index was made."""
    known = {row.source: row for row in _last_report(library).rows}
    for source in sources:
        try:
            check_file(source, library.intake.limits.most_bytes)
        except SourceError as error:
            yield refusal(source, error)
        else:
            yield known.get(source.id) or Row(source.id, source.path.name, Outcome.UNCHANGED)


def _last_report(library: Library) -> Report:
    try:
        return library.reading().report
    except GenerationError:
        return Report()


def _fresh(sources: Sequence[Source], library: Library) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        for source, read in Intake(Path(folder), library.intake.limits).read(sources):
            if isinstance(read, SourceError):
                yield refusal(source, read)
            else:
                yield Row(source.id, source.path.name, Outcome.READ, unread=read.head.unread)
