"""Two registers compared: which rows of one are in the other, and which of their fields are equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.documents import Span
from corpus.records import Commitment
from search_api.evaluation.annotations import AnnotatedItem
from search_api.evaluation.register import Entry, match

FACTS = (
    "text", "kind", "number", "inferred", "meeting", "body", "body_ids", "theme", "period", "start", "end", "status",
    "coordinators", "coordinator_ids", "partners", "partner_ids",
)  # fmt: skip
"""The fields that say what is printed; the others tell where in the file it stands."""
SHOWN = 12
"""Rows of each sort that a report names."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of which some fields are not equal: the values wanted and found, by field."""

    wanted: Commitment
    found: Commitment
    fields: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows wanted and found, paired one to one."""

    pairs: tuple[tuple[Commitment, Commitment], ...]
    missing: tuple[Commitment, ...]
    extra: tuple[Commitment, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The pairs that are not equal in every field."""
        made = (Difference(wanted, found, _unequal(wanted, found)) for wanted, found in self.pairs)
        return tuple(difference for difference in made if difference.fields)

    @property
    def rows(self) -> tuple[float, float]:
        """Recall and precision of rows by their words alone."""
        return self._shares(len(self.pairs))

    @property
    def whole(self) -> tuple[float, float]:
        """Recall and precision of rows that are right in every field."""
        return self._shares(len(self.pairs) - len(self.differences))

    def _shares(self, right: int) -> tuple[float, float]:
        count = len(self.pairs)
        return right / ((count + len(self.missing)) or 1), right / ((count + len(self.extra)) or 1)

    def report(self) -> str:
        """What is missing, what is too much, and which fields differ, shortly."""
        lines = [f"rows {_percent(self.rows)}, with all fields {_percent(self.whole)}"]
        lines += [f"- {_named(row)}" for row in self.missing[:SHOWN]]
        lines += [f"+ {_named(row)}" for row in self.extra[:SHOWN]]
        for difference in self.differences[:SHOWN]:
            lines.append(f"~ {_named(difference.wanted)}")
            lines += [f"    {name}: {a!r} -> {b!r}" for name, (a, b) in difference.fields.items()]
        return "\n".join(lines)


def compare(wanted: Sequence[Commitment], found: Sequence[Commitment]) -> Comparison:
    """Pair two registers of one document by their words, as the measure of the register does."""
    entries = [Entry.of(row) for row in found]
    items = [AnnotatedItem(row.document, row.id, "", row.text, Entry.of(row).values) for row in wanted]
    paired = match(items, entries)
    used = set(paired.values())
    return Comparison(
        tuple((wanted[item], found[entry]) for item, entry in sorted(paired.items())),
        tuple(row for item, row in enumerate(wanted) if item not in paired),
        tuple(row for entry, row in enumerate(found) if entry not in used),
    )


def folded(words: str) -> str:
    """The letters and digits of words alone: raised digits are digits, and no hyphen or space counts."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).casefold()


def _unequal(wanted: Commitment, found: Commitment) -> dict[str, tuple[object, object]]:
    values = ((name, _value(wanted, name), _value(found, name)) for name in FACTS)
    return {
        name: (getattr(wanted, name), getattr(found, name))
        for name, one, other in values
        if one != other
    }


def _value(row: Commitment, name: str) -> object:
    value = getattr(row, name)
    if name == "meeting" and value is not None:
        return tuple(folded(part) for part in (value.name, value.place, value.date))
    if isinstance(value, tuple):
        return tuple(sorted(folded(part) for part in value))
    return folded(value) if isinstance(value, str) else value


def _named(row: Commitment) -> str:
    return f"{row.kind.value} {row.number} {' '.join(row.text.split())[:70]!r}"


def _percent(shares: tuple[float, float]) -> str:
    return " / ".join(f"{share:.3f}" for share in shares)


def misplaced(
    pairs: Sequence[tuple[Commitment, Commitment]], pages_of: Mapping[tuple[Span, ...], tuple[int, ...]]
) -> list[str]:
    """Rows whose pages are not those on which their words were typeset."""
    return [
        f"{_named(wanted)} stands on {pages_of[wanted.spans]}, is said to on {found.pages}"
        for wanted, found in pairs
        if pages_of[wanted.spans] != found.pages
    ]
