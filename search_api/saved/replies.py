"""The JSON of saved searches and their news."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from search_api.holdings import Generation
from search_api.reading import Reading
from search_api.replies import HitView
from search_api.saved.news import News
from search_api.saved.searches import Searches
from search_api.schemas import View


class WantedView(View):
    """The filters of a saved search, as they were typed."""

    documents: tuple[str, ...]
    kinds: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    first_year: int | None
    last_year: int | None


class SavedSearchView(View):
    """A question and its filters, under a name."""

    name: str
    question: str
    wanted: WantedView
    literal: bool


class SearchesReply(View):
    """The saved searches, in the order in which they were saved."""

    searches: tuple[SavedSearchView, ...]

    @classmethod
    def of(cls, searches: Searches) -> Self:
        """View searches."""
        return cls(searches=tuple(map(SavedSearchView.model_validate, searches)))


class NewsView(View):
    """A saved search with its new hits, or the reason for which it could not be run."""

    search: SavedSearchView
    fault: str
    hits: tuple[HitView, ...]

    @classmethod
    def of(cls, news: News, reading: Reading) -> Self:
        """View the news of a search in a reading."""
        hits = enumerate(news.hits, start=1)
        return cls(
            search=SavedSearchView.model_validate(news.search),
            fault=news.fault,
            hits=tuple(HitView.of(rank, hit, reading) for rank, hit in hits),
        )


class NewsReply(View):
    """What saved searches find that they did not find in the generation `since`."""

    generation: Generation
    since: Annotated[str, Field(description="The generation compared with.")]
    news: tuple[NewsView, ...]

    @classmethod
    def of(cls, news: tuple[News, ...], reading: Reading, since: str) -> Self:
        """View the news of a reading."""
        views = tuple(NewsView.of(one, reading) for one in news)
        return cls(generation=reading.name, since=since, news=views)
