"""The examination of a library: its folder, its generations, and its sources; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from corpus.catalogue import check_file
from corpus.documents import Source
from corpus.errors import CatalogueError, ModelError, SavedSearchError, SourceError
from index.checking.findings import INDEX, Check, Fault, State, checked, skipped
from index.checking.folders import check_folder
from index.checking.generations import check_generations
from search_api.bootstrap import Application, choose_reranker
from search_api.library import Library
from search_api.saved.searches import file_of, load_searches
from search_api.schemas import View
from search_api.settings import NO_RERANKER
from search_api.strays import strays_of

STALE = "the current index is damaged, or was not made from these sources, by this program and this model"


def examine(application: Application) -> tuple[Check, ...]:
    """Carry out every check on a library and its sources, in the order in which they are printed."""
    library = application.library
    folder, generations = check_folder(library.home), check_generations(library.home, library.embedder)
    own = (_saved(library), *_reranker(application.settings.reranker), _strays(library))
    return (*folder, *generations, *own, *_check_sources(library))


def is_sound(checks: tuple[Check, ...]) -> bool:
    """Whether nothing is wrong."""
    return all(check.state != State.WRONG for check in checks)


def _saved(library: Library) -> Check:
    try:
        searches = load_searches(library.home)
    except SavedSearchError as error:
        return checked("saved", "", [Fault(str(error), f"run `rm {file_of(library.home)}`, then save anew")])
    return checked("saved", f"{len(searches):,} searches", ())


def _reranker(name: str) -> Iterator[Check]:
    """Check that a reranker is there, where one is set."""
    if name == NO_RERANKER:
        return
    try:
        choose_reranker(name)
    except ModelError as error:
        yield checked("reranker", name, [Fault(str(error), "name another model in LABOUR_RERANKER")])
    else:
        yield checked("reranker", name, ())


def _strays(library: Library) -> Check:
    try:
        found = strays_of(library.home)
    except CatalogueError:
        return skipped("strays", "the catalogue cannot be read")
    faults = [
        Fault(f"nothing names {path}", "run `labour index --purge`, which removes it") for path in found
    ]
    return checked("strays", "added files without an entry, uploads cut short", faults)


def _check_sources(library: Library) -> Iterator[Check]:
    try:
        sources = library.sources()
    except CatalogueError as error:
        yield checked("sources", "", [Fault(str(error), f"correct the catalogue, then {INDEX}")])
        yield skipped("up to date", "the catalogue cannot be read")
        return
    unfit = _unfit(sources, library.intake.limits.most_bytes)
    yield checked("sources", f"{len(sources):,} in {library.corpus}", unfit)
    yield _currency(library)


def _unfit(sources: tuple[Source, ...], most: int) -> Iterator[Fault]:
    for source in sources:
        try:
            check_file(source, most)
        except SourceError as error:
            yield Fault(str(error), f"restore the file or correct its entry, then {INDEX}")


def _currency(library: Library) -> Check:
    try:
        if not library.is_current():
            return checked("up to date", "", [Fault(STALE, INDEX)])
        rollback = library.rolled_back()
    except ModelError:
        return skipped("up to date", "the model is not there")
    return checked("up to date", f"a rollback from {rollback.left} holds" if rollback else "", ())


class FaultView(View):
    """One thing that is wrong, and what to do about it."""

    what: str
    remedy: str


class CheckView(View):
    """What was looked at, how that ended, what was found there, and what is wrong with it."""

    name: str
    state: State
    found: str
    faults: tuple[FaultView, ...]


class DoctorReply(View):
    """Every check on the library; it is sound where none found anything wrong."""

    sound: bool
    checks: tuple[CheckView, ...]

    @classmethod
    def of(cls, checks: tuple[Check, ...]) -> Self:
        """View the checks."""
        return cls(sound=is_sound(checks), checks=tuple(map(CheckView.model_validate, checks)))
