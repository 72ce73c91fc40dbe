"""The commitments of one generation, ready to be filtered, counted and paged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.authority import Authority
from corpus.errors import RecordNotFoundError
from corpus.records import OPEN_END, Commitment
from index.generations import Generation
from search_api.register.facets import FACETS, Setting, ids_named, printed_labels
from search_api.register.filters import Asked, Known, Selection, check
from search_api.register.paging import make_cursor, read_cursor
from search_api.register.rows import Row
from search_api.register.words import searchable

Places = NDArray[np.int64]
"""Places of commitments in their generation, from 0, ascending."""
NO_YEARS = (OPEN_END, 0)
"""What overlaps no period."""
EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the selected commitments have a value of a facet; `label` is the value for a reader."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values that the selected commitments have, most frequent first, years in their order.

    `without` counts those that have none. A commitment has one document, kind, theme and status at
    most, so that these counts add up to the total; of bodies, countries, partners and years it may
    have several.
    """

    name: str
    counts: tuple[Count, ...]
    without: int


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a listing: how many there are in all, the rows, and the cursor of the next page, if any."""

    total: int
    rows: tuple[Row, ...]
    next: str


class Register:
    """The commitments of a generation in the order of the catalogue and of each text.

    Safe to use from several threads. What filters and counts need is made on first use: 100,000
    commitments then take about 2 seconds, once, and a filter some milliseconds, or for a text some
    tens of them.
    """

    def __init__(self, generation: Generation, authority: Authority) -> None:
        """Hold a generation; nothing is made yet."""
        self._generation = generation
        self._authority = authority

    @property
    def commitments(self) -> Sequence[Commitment]:
        """Every commitment, in the order of the register."""
        return self._generation.commitments

    def check(self, asked: Asked, longest: int) -> Selection:
        """Turn filters as written into known values; raises as `filters.check` does.

        `longest` is the most characters that a text may have.
        """
        documents = tuple(document.id for document in self._generation.documents)
        known = Known(self._authority, documents, self._values, self._label, longest)
        return check(asked, known)

    def select(self, selection: Selection = EVERYTHING) -> Places:
        """Find the commitments that pass every filter."""
        mask = np.ones(len(self.commitments), dtype=bool)
        for facet, values in selection.values:
            mask &= self._holding(facet, values)
        first, last = selection.first_year, selection.last_year
        if first is not None or last is not None:
            years = self._years
            mask &= (years[:, 0] <= (OPEN_END if last is None else last)) & (years[:, 1] >= (first or 0))
            mask &= years[:, 0] <= years[:, 1]
        if selection.needs_review is not None:
            mask &= self._doubtful == selection.needs_review
        return self._saying(np.flatnonzero(mask), selection.terms)

    def count(self, places: Places) -> tuple[Facet, ...]:
        """Count the values that the commitments at some places have of each facet."""
        mask = np.zeros(len(self.commitments), dtype=bool)
        mask[places] = True
        return tuple(self._counted(name, mask) for name in FACETS)

    def page(self, selection: Selection, places: Places, limit: int, cursor: str = "") -> Page:
        """Return at most `limit` of the commitments selected, from the cursor on.

        Raises CursorError where the cursor is not of this generation and selection.
        """
        first = read_cursor(cursor, self._generation.name, selection) if cursor else 0
        rest = places[np.searchsorted(places, first) :]
        more = make_cursor(self._generation.name, selection, int(rest[limit])) if len(rest) > limit else ""
        return Page(len(places), tuple(self.rows(rest[:limit])), more)

    def rows(self, places: Places) -> Iterator[Row]:
        """Lay out the commitments at some places, one by one."""
        return map(self.row, (self.commitments[place] for place in places))

    def row(self, commitment: Commitment) -> Row:
        """Lay out a commitment with what its document and its parent say."""
        document = self._generation.document(commitment.document)
        if document is None:
            raise RecordNotFoundError(f"{commitment.document}, the document of {commitment.id}, is not held.")
        parent = self._generation.commitment(commitment.parent)
        return Row.of(commitment, document, "" if parent is None else parent.address, self._authority)

    def _holding(self, facet: str, values: Iterable[str]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.commitments), dtype=bool)
        for value in values:
            mask[self._postings[facet].get(value, [])] = True
        return mask

    def _saying(self, places: Places, terms: tuple[str, ...]) -> Places:
        if not terms:
            return places
        texts = self._texts
        held = [place for place in places.tolist() if all(term in texts[place] for term in terms)]
        return np.array(held, dtype=np.int64)

    def _counted(self, name: str, mask: NDArray[np.bool_]) -> Facet:
        postings = self._postings[name]
        found = [(value, int(mask[places].sum())) for value, places in postings.items()]
        counts = [Count(value, self._label(name, value), count) for value, count in found if count]
        any_value = np.zeros(len(mask), dtype=bool)
        for places in postings.values():
            any_value[places] = True
        ordered = sorted(counts, key=_by_year if name == "year" else _by_count)
        return Facet(name, tuple(ordered), int((mask & ~any_value).sum()))

    def _values(self, facet: str) -> Collection[str]:
        return self._postings[facet]

    def _label(self, facet: str, value: str) -> str:
        """Words to show for a value: the authority file's label, else what the text prints."""
        if facet in ("body", "country", "partner"):
            entry = self._entries.get(value)
            if entry is not None:
                return entry
        return self._printed.get((facet, value), value)

    @cached_property
    def _postings(self) -> dict[str, dict[str, Places]]:
        """Places of the commitments that have each value of each facet."""
        setting = self._setting()
        found: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
        for place, commitment in enumerate(self.commitments):
            for name, values in FACETS.items():
                for value in values(commitment, setting):
                    found[name][value].append(place)
        return {name: {v: np.array(p, dtype=np.int64) for v, p in row.items()} for name, row in found.items()}

    def _setting(self) -> Setting:
        periods = (one.years for one in self.commitments)
        latest = max((y for years in periods if years for y in years if y != OPEN_END), default=0)
        ids_of: Callable[[str], frozenset[str]] = cache(lambda name: ids_named(name, self._authority))
        return Setting(self._authority, self._generation.passage, latest, ids_of)

    @cached_property
    def _entries(self) -> dict[str, str]:
        return {entry.id: entry.label for entry in self._authority.entries}

    @cached_property
    def _printed(self) -> dict[tuple[str, str], str]:
        """What the texts print for a value; of several spellings the first."""
        found: dict[tuple[str, str], str] = {}
        for commitment in self.commitments:
            for facet, value, words in printed_labels(commitment):
                found.setdefault((facet, value), words)
        return found

    @cached_property
    def _years(self) -> NDArray[np.int64]:
        """First and last year of each commitment, shape (n, 2)."""
        rows = [one.years or NO_YEARS for one in self.commitments]
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def _doubtful(self) -> NDArray[np.bool_]:
        return np.array([bool(one.needs_review) for one in self.commitments], dtype=bool)

    @cached_property
    def _texts(self) -> list[str]:
        return list(map(searchable, self.commitments))


def _by_count(count: Count) -> tuple[int, str]:
    return -count.count, count.value


def _by_year(count: Count) -> tuple[int, str]:
    return int(count.value), ""
