"""Bringing the index up to date, and telling what that changed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Source
from corpus.errors import GenerationError, SavedSearchError
from index.building import Progress
from index.folders import read_pointer
from index.glimpse import sources_in
from index.measuring import Clock
from search_api.bootstrap import Application
from search_api.changes.changes import Changes
from search_api.changes.comparing import compare
from search_api.describing import Indexing
from search_api.library import Library
from search_api.reading import Reading
from search_api.saved.news import News, news_of
from search_api.saved.searches import load_searches
from search_api.updating.standings import Standings, standings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing the index up to date did, beside what the indexing itself says.

    `standings` tell of every document and `times` of every stage, in seconds. `changes` is None where
    nothing was built, or there was no index before that can be read; `news` are of the saved searches.
    """

    indexing: Indexing
    standings: Standings
    times: tuple[tuple[str, float], ...]
    changes: Changes | None = None
    news: tuple[News, ...] = ()


def update(application: Application, progress: Progress, rebuild: bool = False) -> Update:
    """Bring the index up to date, compare it with the one before, and run the saved searches on both.

    Raises what `Library.index` raises.
    """
    library, clock = application.library, Clock()
    before = _published(library)
    done = library.index(rebuild, progress)
    clock.add(done.seconds)
    refused = {row.source for row in done.report.refused}
    if not done.built:
        read = [source for source in done.sources if source.id not in refused]
        return Update(done, standings(read, done.sources, refused), clock.times())
    with clock("comparing"):
        progress("comparing", 0, 1)
        new = library.reading()
        held, changes = _compared(library, before, new)
        news = () if before is None else _news(application, before, new)
        found = standings(held, done.sources, refused)
        progress("comparing", 1, 1)
    return Update(done, found, clock.times(), changes, news)


def _published(library: Library) -> str | None:
    try:
        return read_pointer(library.home)
    except GenerationError:
        return None


def _compared(library: Library, before: str | None, new: Reading) -> tuple[Sequence[Source], Changes | None]:
    """The entries of the documents in the index before, and what changed since; nothing without one."""
    if before is None:
        return (), None
    try:
        return sources_in(library.home, before), compare(library.home, new, before)
    except GenerationError as error:
        logger.warning("the generation before cannot be compared with: %s", error)
        return (), None


def _news(application: Application, before: str, new: Reading) -> tuple[News, ...]:
    """Run the saved searches on both generations; where that cannot be, the index that was built stays."""
    try:
        searches = load_searches(application.library.home)
        if not searches:
            return ()
        return news_of(application, searches, application.library.earlier(before), new)
    except (GenerationError, SavedSearchError) as error:
        logger.warning("the saved searches were not run: %s", error)
        return ()
