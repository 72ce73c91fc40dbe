"""What saved searches find in one generation and did not find in the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.answers import Hit
from corpus.errors import LabourError, UnknownNameError
from search_api import asking
from search_api.bootstrap import Application
from search_api.reading import Reading
from search_api.saved.searches import SavedSearch

DEPTH = 20
"""Hits of each search that are looked at, in either generation."""


@dataclass(frozen=True, slots=True)
class News:
    """A saved search with the hits that are new, best first, or why it could not be run."""

    search: SavedSearch
    hits: tuple[Hit, ...]
    fault: str = ""


def news_of(
    application: Application, searches: Iterable[SavedSearch], old: Reading, new: Reading
) -> tuple[News, ...]:
    """Run searches on both generations.

    A hit is new where its passage was not among the first 20 of the old generation and is of a document
    that is new or has changed: another order of what was there is no news.
    """
    moved = _moved(old, new)
    return tuple(_news(application, search, old, new, moved) for search in searches)


def _moved(old: Reading, new: Reading) -> frozenset[str]:
    """Ids of the documents whose bytes the old generation did not hold under the same id."""
    before = {document.id: document.source.sha256 for document in old.documents}
    return frozenset(one.id for one in new.documents if before.get(one.id) != one.source.sha256)


def _news(
    application: Application, search: SavedSearch, old: Reading, new: Reading, moved: frozenset[str]
) -> News:
    try:
        found = _hits(application, search, new)
    except LabourError as error:
        return News(search, (), str(error))
    known = {hit.passage.id for hit in _hits_before(application, search, old)}
    hits = (hit for hit in found if hit.passage.document in moved and hit.passage.id not in known)
    return News(search, tuple(hits))


def _hits_before(application: Application, search: SavedSearch, old: Reading) -> tuple[Hit, ...]:
    """The hits in the old generation; none where it lacks a document that the search is narrowed to."""
    try:
        return _hits(application, search, old)
    except UnknownNameError:
        return ()


def _hits(application: Application, search: SavedSearch, reading: Reading) -> tuple[Hit, ...]:
    k = min(DEPTH, application.settings.max_k)
    return tuple(asking.search(application, reading, search.question, k, search.wanted, search.literal).hits)
