"""Two registers compared: which rows of one are in the other, and which of their fields are equal."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Commitment
from search_api.evaluation.annotations import AnnotatedItem
from search_api.evaluation.register import Entry, match
from tests.typesetting.traced import Drawn

FACTS = (
    "text", "kind", "number", "inferred", "meeting", "body", "body_ids", "theme", "period", "start", "end",
    "status", "coordinators", "coordinator_ids", "partners", "partner_ids",
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

    @property
    def fields(self) -> float:
        """The share of the fields of all pairs that are equal."""
        wrong = sum(len(difference.fields) for difference in self.differences)
        return 1 - wrong / (len(FACTS) * len(self.pairs) or 1)

    def _shares(self, right: int) -> tuple[float, float]:
        count = len(self.pairs)
        return right / ((count + len(self.missing)) or 1), right / ((count + len(self.extra)) or 1)

    def report(self) -> str:
        """What is missing, what is too much, and which fields differ, shortly."""
        lines = [
            f"rows {_percent(self.rows)}, with all fields {_percent(self.whole)}, fields {self.fields:.3f}"
        ]
        lines += [f"- {_named(row)}" for row in self.missing[:SHOWN]]
        lines += [f"+ {_named(row)}" for row in self.extra[:SHOWN]]
        for difference in self.differences[:SHOWN]:
            lines.append(f"~ {_named(difference.wanted)}")
            lines += [f"    {name}: {a!r} -> {b!r}" for name, (a, b) in difference.fields.items()]
        return "\n".join(lines)


def compare(wanted: Sequence[Commitment], found: Sequence[Commitment]) -> Comparison:
    """Pair two registers of one document: equal words first, then as the measure of the register does."""
    paired = _equals(wanted, found)
    rest = [i for i in range(len(wanted)) if i not in paired]
    left = sorted(set(range(len(found))) - set(paired.values()))
    entries = [Entry.of(found[n]) for n in left]
    items = [_item(wanted[i]) for i in rest]
    paired.update({rest[item]: left[entry] for item, entry in match(items, entries).items()})
    used = set(paired.values())
    return Comparison(
        tuple((wanted[i], found[n]) for i, n in sorted(paired.items())),
        tuple(row for i, row in enumerate(wanted) if i not in paired),
        tuple(row for n, row in enumerate(found) if n not in used),
    )


def _item(row: Commitment) -> AnnotatedItem:
    return AnnotatedItem(row.document, row.id, "", row.text, Entry.of(row).values)


def _equals(wanted: Sequence[Commitment], found: Sequence[Commitment]) -> dict[int, int]:
    """Pairs with the same words; of several the one with the fewest fields that differ, then the first."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(found):
        by_words[folded(row.text)].append(n)
    paired: dict[int, int] = {}
    for i, row in enumerate(wanted):
        same = by_words[folded(row.text)]
        if same:
            paired[i] = min(same, key=lambda n: len(_unequal(row, found[n])))
            same.remove(paired[i])
    return paired


def folded(words: str) -> str:
    """The letters and digits of words alone: raised digits are digits, and no hyphen or space counts."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).casefold()


def _unequal(wanted: Commitment, found: Commitment) -> dict[str, tuple[object, object]]:
    values = ((name, _value(wanted, name), _value(found, name)) for name in FACTS)
    return {
        name: (getattr(wanted, name), getattr(found, name)) for name, one, other in values if one != other
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


def misplaced(comparison: Comparison, drawn: Drawn) -> list[str]:
    """Rows whose pages are not those on which their words were typeset."""
    placed = ((wanted, found, drawn.pages_of(wanted.spans)) for wanted, found in comparison.pairs)
    return [
        f"{_named(wanted)} stands on {pages}, is said to on {found.pages}"
        for wanted, found, pages in placed
        if pages != found.pages
    ]
