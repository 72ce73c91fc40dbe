"""The commitments that are new, changed or gone from one generation to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Commitment
from index.glimpse import Held
from search_api.changes.fields import FieldChange, changed_fields
from search_api.changes.pairing import pairs_of
from search_api.changes.wording import Run, word_diff

_Place = tuple[int, int, int]


class ChangeKind(StrEnum):
    """What became of a commitment."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One commitment that is not what it was.

    `before` is None where it is new and `after` where it is gone. `words` are the runs of its text, empty
    where the words are the same or one side is missing; `fields` those fields that read otherwise.
    """

    kind: ChangeKind
    before: Commitment | None
    after: Commitment | None
    words: tuple[Run, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def commitment(self) -> Commitment:
        """The commitment as it is now, or was last."""
        one = self.after or self.before
        if one is None:
            raise ValueError("a change has a commitment before it, after it, or both")
        return one


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes from the generation `since` to the generation `now`, in the order of the texts."""

    since: str
    now: str
    items: tuple[Change, ...]

    def count(self, kind: ChangeKind) -> int:
        """Count the changes of a kind."""
        return sum(change.kind is kind for change in self.items)


def changes_between(old: Held, new: Held) -> Changes:
    """Compare the registers of two generations; documents that only the old one holds come last."""
    order = _order(old, new)
    items = sorted(_changes(old, new), key=lambda change: _place(change, order))
    return Changes(old.name, new.name, tuple(items))


def _changes(old: Held, new: Held) -> Iterator[Change]:
    pairs = pairs_of(old.commitments, new.commitments)
    for before, after in pairs.both:
        words, fields = word_diff(before.text, after.text), changed_fields(before, after)
        if words or fields:
            yield Change(ChangeKind.CHANGED, before, after, words, fields)
    yield from (Change(ChangeKind.GONE, one, None) for one in pairs.gone)
    yield from (Change(ChangeKind.NEW, None, one) for one in pairs.new)


def _order(old: Held, new: Held) -> dict[str, int]:
    names = dict.fromkeys((*new.documents, *old.documents))
    return {name: place for place, name in enumerate(names)}


def _place(change: Change, order: dict[str, int]) -> _Place:
    one = change.commitment
    return order.get(one.document, len(order)), one.position, change.after is not None
