"""The examination of a library: its folder, its generations, and its sources; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from corpus.catalogue import read_bytes
from corpus.documents import Source
from corpus.errors import CatalogueError, SourceError
from index.checking.findings import INDEX, Check, Fault, State, checked, skipped
from index.checking.folders import check_folder
from index.checking.generations import check_generations
from search_api.library import Library
from search_api.schemas import View


def examine(library: Library) -> tuple[Check, ...]:
    """Carry out every check on a library and its sources, in the order in which they are printed."""
    folder, generations = check_folder(library.home), check_generations(library.home, library.embedder)
    return (*folder, *generations, *_check_sources(library))


def is_sound(checks: tuple[Check, ...]) -> bool:
    """Whether nothing is wrong."""
    return all(check.state != State.WRONG for check in checks)


def _check_sources(library: Library) -> Iterator[Check]:
    try:
        sources = library.sources()
    except CatalogueError as error:
        yield checked("sources", "", [Fault(str(error), f"correct the catalogue, then {INDEX}")])
        yield skipped("up to date", "the catalogue cannot be read")
        return
    yield checked("sources", f"{len(sources):,} in {library.corpus}", _unfit(sources))
    yield _currency(library)


def _unfit(sources: tuple[Source, ...]) -> Iterator[Fault]:
    for source in sources:
        try:
            read_bytes(source)
        except SourceError as error:
            yield Fault(str(error), f"restore the file or correct its entry, then {INDEX}")


def _currency(library: Library) -> Check:
    if library.is_current():
        rollback = library.rolled_back()
        return checked("up to date", f"a rollback from {rollback.left} holds" if rollback else "", ())
    stale = "the current index is damaged, or was not made from these sources, by this program and this model"
    return checked("up to date", "", [Fault(stale, INDEX)])


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
