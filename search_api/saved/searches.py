"""The saved searches of a library, kept in one file of its home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import SavedSearchError
from corpus.files import locked
from search_api.files import write_whole
from search_api.questions import Wanted, printable

LONGEST_NAME = 80
MOST = 200
"""Searches that may be saved: each is run twice after every build, some hundredths of a second each."""


NO_FILTERS = Wanted()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question and its filters, as they were typed, under a name."""

    name: str
    question: str
    wanted: Wanted = NO_FILTERS
    literal: bool = False


Searches = tuple[SavedSearch, ...]
_SEARCHES: TypeAdapter[Searches] = TypeAdapter(Searches)


def file_of(home: Path) -> Path:
    """Return the file that holds the saved searches."""
    return home / "saved.json"


def load_searches(home: Path) -> Searches:
    """Read the saved searches, in the order in which they were saved; raises SavedSearchError."""
    path = file_of(home)
    try:
        return _SEARCHES.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as error:
        raise SavedSearchError(
            f"{path} does not hold saved searches ({str(error).splitlines()[0]}). Mend it or move it away."
        ) from error


def add_search(home: Path, search: SavedSearch) -> None:
    """Save a search; raises SavedSearchError where its name cannot be used or is taken."""
    name = search.name
    if not name.strip() or len(name) > LONGEST_NAME or printable(name) != name:
        raise SavedSearchError(
            f"{printable(name)[:LONGEST_NAME]!r} is no name: take 1 to {LONGEST_NAME} printable characters."
        )

    def added(searches: Searches) -> Searches:
        if any(one.name == name for one in searches):
            raise SavedSearchError(f"A search is saved as {name!r} already; remove it, or take another name.")
        if len(searches) >= MOST:
            raise SavedSearchError(f"{MOST} searches are saved, which is the most; remove one first.")
        return (*searches, search)

    _change(home, added)


def remove_search(home: Path, name: str) -> None:
    """Forget a search; raises SavedSearchError where none is saved under the name."""
    _change(home, lambda searches: tuple(one for one in searches if one != search_named(searches, name)))


def search_named(searches: Searches, name: str) -> SavedSearch:
    """Return the search of a name; raises SavedSearchError where there is none."""
    found = next((one for one in searches if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in searches) or "none"
        raise SavedSearchError(f"No search is saved as {printable(name)!r}; there are: {known}.")
    return found


def _change(home: Path, change: Callable[[Searches], Searches]) -> None:
    with locked(home / "saved.lock"):
        write_whole(file_of(home), [_SEARCHES.dump_json(change(load_searches(home)), indent=2)])
