"""What the register is narrowed to: as a person wrote it, and as ids and values that are known."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from corpus.authority import Authority, normalise
from corpus.errors import UnknownNameError
from corpus.ids import fold
from corpus.records import CommitmentKind
from search_api.questions import check_question, check_years, one_of, printable, unique
from search_api.register.words import terms_of


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a request as a person wrote them; an empty field narrows nothing.

    Several values of one field widen it. `text` holds words and "phrases", all of which must stand in a
    commitment, its headings or its theme. `needs_review` keeps what is in doubt, or (False) what is not.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    text: str = ""
    needs_review: bool | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters checked: `values` are (facet, its values, one of which must hold)."""

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    terms: tuple[str, ...] = ()
    needs_review: bool | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a filter may name: the entries of the authority file, and what the register prints.

    `values` gives the values that a facet has in the register, `label` the words to show for one.
    """

    authority: Authority
    documents: tuple[str, ...]
    values: Callable[[str], Collection[str]]
    label: Callable[[str, str], str]
    longest: int


def check(asked: Asked, known: Known) -> Selection:
    """Turn the filters as written into values that are known.

    Raises UnknownNameError for a name that neither the authority file nor the register knows, with
    the nearest that they know, and QuestionError for years or a text that cannot be asked for.
    """
    first, last = check_years(asked.first_year, asked.last_year)
    kinds = tuple(kind.value for kind in CommitmentKind)
    written: tuple[tuple[str, tuple[str, ...], Callable[[str], Iterable[str]]], ...] = (
        ("document", asked.documents, lambda name: (one_of(name, known.documents, "document"),)),
        ("kind", asked.kinds, lambda name: (one_of(name, kinds, "kind of commitment"),)),
        ("body", asked.bodies, lambda name: _party(name, "body", known)),
        ("theme", asked.themes, lambda name: _themes(name, known)),
        ("country", asked.countries, lambda name: (known.authority.country_id(name),)),
        ("partner", asked.partners, lambda name: _party(name, "partner", known)),
        ("status", asked.statuses, lambda name: _status(name, known)),
    )
    values = ((facet, unique(names, resolve)) for facet, names, resolve in written if names)
    terms = terms_of(check_question(asked.text, known.longest, "text")) if asked.text else ()
    return Selection(tuple(values), first, last, terms, asked.needs_review)


def _party(name: str, facet: str, known: Known) -> tuple[str, ...]:
    """A body, country or partner by any of its names, else the words of the register."""
    entry = known.authority.named(name)
    if entry is not None and entry.kind != "term":
        return (entry.id,)
    if fold(name) in known.values(facet):
        return (fold(name),)
    entries = (entry for entry in known.authority.entries if entry.kind != "term")
    names = {spelling: entry.label for entry in entries for spelling in entry.names}
    raise _unknown(name, facet, {**names, **_labels(facet, known)})


def _themes(name: str, known: Known) -> tuple[str, ...]:
    """The theme of that name, else every theme that holds all its words."""
    themes = known.values("theme")
    if fold(name) in themes:
        return (fold(name),)
    words = fold(name).split()
    found = tuple(theme for theme in themes if words and all(word in theme for word in words))
    if not found:
        raise _unknown(name, "theme", _labels("theme", known))
    return found


def _status(name: str, known: Known) -> tuple[str, ...]:
    if normalise(name) not in known.values("status"):
        raise _unknown(name, "status", _labels("status", known))
    return (normalise(name),)


def _labels(facet: str, known: Known) -> dict[str, str]:
    return {known.label(facet, value): known.label(facet, value) for value in known.values(facet)}


def _unknown(name: str, noun: str, labels: dict[str, str]) -> UnknownNameError:
    """Name the nearest of what is known; `labels` are spellings and what to show for each."""
    folded = {fold(spelling): label for spelling, label in labels.items()}
    near = difflib.get_close_matches(fold(name)[:100], folded, n=9, cutoff=0.0)
    shown = list(dict.fromkeys(folded[spelling] for spelling in near))[:3]
    known = f"did you mean {', '.join(shown)}?" if shown else "the register has none."
    return UnknownNameError(f'There is no {noun} "{printable(name[:100])}"; {known}')
