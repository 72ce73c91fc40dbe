"""Saved searches and their news as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search_api.questions import Wanted
from search_api.reading import Reading
from search_api.rendering import WIDEST, for_terminal, one_line, render_hits, wrap
from search_api.saved.news import News
from search_api.saved.searches import SavedSearch, Searches


def render_searches(searches: Searches, width: int) -> str:
    """List the saved searches, each with its question and filters."""
    lines = (wrap(f"{one.name}: {_said(one)}", min(width, WIDEST)) for one in searches)
    return for_terminal("".join(f"{line}\n" for line in lines))


def render_news(news: Iterable[News], reading: Reading, width: int) -> str:
    """Lay out the new hits of each search, and those that could not be run; nothing for searches without."""
    return "".join(f"{part}\n" for one in news for part in _parts(one, reading, width))


def _parts(news: News, reading: Reading, width: int) -> Iterator[str]:
    if news.fault:
        fault = f"Saved search {news.search.name}: not run. {one_line(news.fault)}"
        yield for_terminal(wrap(fault, min(width, WIDEST)))
    if news.hits:
        noun = "new hit" if len(news.hits) == 1 else "new hits"
        yield for_terminal(f"Saved search {news.search.name}: {len(news.hits)} {noun}.\n")
        yield render_hits(news.hits, reading, width)


def _said(search: SavedSearch) -> str:
    literal = " --literal" if search.literal else ""
    return f"{search.question}{_options(search.wanted)}{literal}"


def _options(wanted: Wanted) -> str:
    rows = (
        ("document", wanted.documents), ("kind", wanted.kinds), ("body", wanted.bodies),
        ("country", wanted.countries), ("from", (wanted.first_year,)), ("to", (wanted.last_year,)),
    )  # fmt: skip
    return "".join(f" --{name} {value}" for name, values in rows for value in values if value is not None)
