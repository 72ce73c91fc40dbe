"""What bringing the index up to date did or would do: as JSON, and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Self

from pydantic import Field

from search_api.changes.changes import ChangeKind, Changes
from search_api.changes.rendering import summary as summary_of_changes
from search_api.holdings import IndexReply, RowView
from search_api.reading import Reading
from search_api.rendering import INDENT, WIDEST, for_terminal, wrap
from search_api.reporting import render_report, render_rows
from search_api.saved.rendering import render_news
from search_api.saved.replies import NewsView
from search_api.schemas import View
from search_api.updating.plan import Plan
from search_api.updating.purge import Purged
from search_api.updating.standings import Standing, Standings
from search_api.updating.update import Update

MOST_NAMES = 10
"""Documents of one standing that are named; the rest are counted."""

Ids = Annotated[tuple[str, ...], Field(description="Ids of documents.")]


class StandingsView(View):
    """The documents by what became of them since the index before."""

    added: Ids
    changed: Ids
    removed: Ids
    unchanged: Ids
    refused: Ids

    @classmethod
    def of(cls, found: Standings) -> Self:
        """View standings."""
        return cls(**{standing.value: found.of(standing) for standing in Standing})


class CountsView(View):
    """How many commitments are new, changed and gone since a generation."""

    since: str
    new: int
    changed: int
    gone: int

    @classmethod
    def of(cls, changes: Changes) -> Self:
        """Count changes."""
        return cls(since=changes.since, **{kind.value: changes.count(kind) for kind in ChangeKind})


class PurgedView(View):
    """What was dropped of documents that are no longer held."""

    vectors: int
    extractions: int
    generations: tuple[str, ...]
    files: tuple[str, ...]


class UpdateReply(IndexReply):
    """The generation that is served now, and all that changed with it."""

    standings: StandingsView
    seconds: Annotated[dict[str, float], Field(description="How long each stage took.")]
    changes: Annotated[CountsView | None, Field(description="Null where there is nothing to compare.")]
    news: tuple[NewsView, ...]
    purged: PurgedView | None

    @classmethod
    def after(cls, update: Update, reading: Reading, purged: Purged | None = None) -> Self:
        """View what bringing the index up to date did."""
        done = IndexReply.of(update.indexing)
        return cls(
            **{name: getattr(done, name) for name in IndexReply.model_fields},
            standings=StandingsView.of(update.standings),
            seconds={stage: round(seconds, 3) for stage, seconds in update.times},
            changes=None if update.changes is None else CountsView.of(update.changes),
            news=tuple(NewsView.of(one, reading) for one in update.news),
            purged=None if purged is None else PurgedView.model_validate(purged),
        )


class PlanReply(View):
    """What bringing the index up to date would do."""

    builds: Annotated[bool, Field(description="Whether an index would be built.")]
    standings: StandingsView
    refused: tuple[RowView, ...]

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """View a plan."""
        rows = tuple(map(RowView.model_validate, plan.refused))
        return cls(builds=plan.builds, standings=StandingsView.of(plan.standings), refused=rows)


def render_update(update: Update, reading: Reading, width: int, purged: Purged | None = None) -> str:
    """Lay out what was done: the generation, the documents, the files, the times, and what changed."""
    return "".join(_parts(update, reading, width, purged))


def render_plan(plan: Plan, width: int) -> str:
    """Lay out what would be done."""
    cause = "none of the sources can be read." if plan.barren else "the index is up to date."
    head = "An index would be built." if plan.builds else f"Nothing would be built: {cause}"
    lines = [head, *_standings(plan.standings)]
    return _paragraphs(lines, width) + render_rows(plan.refused, width)


def _parts(update: Update, reading: Reading, width: int, purged: Purged | None) -> Iterator[str]:
    done = update.indexing
    what = "Built" if done.built else "Nothing has changed; kept"
    held = f"{done.passages:,} passages and {done.commitments:,} commitments"
    head = f"{what} generation {done.generation}: {held} of {done.documents} documents."
    yield _paragraphs([head, *_standings(update.standings)], width)
    yield render_report(done.report, width)
    if done.built:
        yield _paragraphs([_times(update.times)], width)
    if update.changes is not None:
        yield _paragraphs([f"{summary_of_changes(update.changes)} `labour changes` lists them."], width)
    yield render_news(update.news, reading, width)
    if purged is not None:
        yield _paragraphs([_purged(purged)], width)


def _standings(found: Standings) -> Iterator[str]:
    for standing in Standing:
        names = found.of(standing)
        if names and standing is not Standing.UNCHANGED:
            more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
            yield f"{standing.value}: {', '.join(names[:MOST_NAMES])}{more}"
    yield "documents: " + ", ".join(f"{len(found.of(one)):,} {one.value}" for one in Standing)


def _times(times: Iterable[tuple[str, float]]) -> str:
    return "seconds: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in times)


def _purged(purged: Purged) -> str:
    generations = f"; generations {', '.join(purged.generations)}" if purged.generations else ""
    files = f"; files that nothing named: {', '.join(purged.files)}" if purged.files else ""
    return f"purged: {purged.vectors:,} vectors, {purged.extractions:,} extractions{generations}{files}"


def _paragraphs(lines: Iterable[str], width: int) -> str:
    width = min(width, WIDEST)
    shown = [wrap(line, width, INDENT if place else "") for place, line in enumerate(lines)]
    return for_terminal("".join(f"{line}\n" for line in shown))
