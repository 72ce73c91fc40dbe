"""What commitments are filtered and counted by: a function for each, from a commitment to its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.authority import Authority, normalise
from corpus.ids import fold
from corpus.records import OPEN_END, Commitment, Passage


@dataclass(frozen=True, slots=True)
class Setting:
    """What the functions look at beside a commitment; open periods run to the year `latest`."""

    authority: Authority
    passage: Callable[[str], Passage | None]
    latest: int
    ids_of: Callable[[str], frozenset[str]]


def _document(commitment: Commitment, _setting: Setting) -> tuple[str, ...]:
    return (commitment.document,)


def _kind(commitment: Commitment, _setting: Setting) -> tuple[str, ...]:
    return (commitment.kind.value,)


def _body(commitment: Commitment, _setting: Setting) -> tuple[str, ...]:
    """Ids of the responsible bodies; the words as printed where the authority file knows none of them."""
    return commitment.body_ids or _given(fold(commitment.body))


def _theme(commitment: Commitment, _setting: Setting) -> tuple[str, ...]:
    return _given(fold(commitment.theme))


def _status(commitment: Commitment, _setting: Setting) -> tuple[str, ...]:
    return _given(normalise(commitment.status))


def _country(commitment: Commitment, setting: Setting) -> tuple[str, ...]:
    """Member states among the coordinators, the bodies and the partners, and those that the words name.

    The words are read only where the passage that they stand in names a member state.
    """
    known = {entry.id for entry in setting.authority.countries}
    parties = (*commitment.coordinator_ids, *commitment.body_ids, *commitment.partner_ids)
    passage = setting.passage(commitment.passage)
    named: tuple[str, ...] = ()
    if passage is None or passage.countries:
        named = setting.authority.countries_in(commitment.text)
    return tuple(dict.fromkeys([*(party for party in parties if party in known), *named]))


def _partner(commitment: Commitment, setting: Setting) -> tuple[str, ...]:
    """Ids of the partners, and the words as printed of each that the authority file does not know."""
    ids = frozenset(commitment.partner_ids)
    unknown = (fold(name) for name in commitment.partners if ids.isdisjoint(setting.ids_of(name)))
    return tuple(dict.fromkeys([*commitment.partner_ids, *unknown]))


def _year(commitment: Commitment, setting: Setting) -> tuple[str, ...]:
    """Every year of the period."""
    if commitment.years is None:
        return ()
    first, last = commitment.years
    return tuple(map(str, range(first, (setting.latest if last == OPEN_END else last) + 1)))


FACETS: dict[str, Callable[[Commitment, Setting], tuple[str, ...]]] = {
    "document": _document,
    "kind": _kind,
    "body": _body,
    "theme": _theme,
    "status": _status,
    "country": _country,
    "partner": _partner,
    "year": _year,
}
"""Each facet and the values that a commitment has of it."""


def _given(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def ids_named(name: str, authority: Authority) -> frozenset[str]:
    """Ids of the entries that a printed name is, or mentions."""
    entry = authority.named(name)
    mentioned = {mention.entry.id for mention in authority.mentions(name)}
    return frozenset(mentioned if entry is None else {entry.id, *mentioned})


def printed_labels(commitment: Commitment) -> tuple[tuple[str, str, str], ...]:
    """Facet, value and words to show for it, of each value that is words of the text."""
    words = (
        ("body", commitment.body),
        ("theme", commitment.theme),
        *(("partner", name) for name in commitment.partners),
    )
    shown = [(facet, fold(text), " ".join(text.split())) for facet, text in words if text]
    return (*shown, ("status", normalise(commitment.status), commitment.status))
