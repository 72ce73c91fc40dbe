"""Items of the register as people annotated them in the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError
from corpus.records import CommitmentKind
from search_api.evaluation.objects import field, read_objects, text_field

Values = Mapping[str, tuple[str, ...]]
"""What is printed of an item, by field: one value, of names each, none where nothing is printed.

Of an annotated item, `kind` holds every kind that is right.
"""

PRINTED = {
    "number": "number",
    "body": "body",
    "theme": "theme",
    "period": "year_or_period",
    "status": "status",
}
"""Fields of one value, with their names in the file."""
NAMES = ("coordinators", "partners")
"""Fields of several names."""
FIELDS = ("kind", *PRINTED, *NAMES)
"""Every field that is compared."""


@dataclass(frozen=True, slots=True)
class AnnotatedItem:
    """An item of a document: its quote, the section it stands in, and what is printed of it.

    A `neutral` item need not be found. `partial` says that only some sections of its document were
    annotated. `id` is empty where the annotator gave none.
    """

    document: str
    id: str
    section: str
    quote: str
    values: Values
    neutral: bool = False
    partial: bool = False


def load_annotated_items(path: Path) -> tuple[AnnotatedItem, ...]:
    """Read a file of annotated items, one JSON object a line; blank lines are passed over.

    Raises QuestionFileError naming the file, the line and what is wrong with it.
    """
    items = tuple(_item(where, fields) for where, fields in read_objects(path))
    if not items:
        raise QuestionFileError(f"{path}: no annotated item in it. Write one JSON object a line.")
    return items


def _item(where: str, fields: Mapping[str, Any]) -> AnnotatedItem:
    return AnnotatedItem(
        document=text_field(where, fields, "document"),
        id=_optional(where, fields, "id"),
        section=_optional(where, fields, "section"),
        quote=text_field(where, fields, "quote"),
        values=_values(where, fields),
        neutral=_flag(where, fields, "neutral"),
        partial=_flag(where, fields, "partial"),
    )


def _values(where: str, fields: Mapping[str, Any]) -> Values:
    printed = {name: _optional(where, fields, named) for name, named in PRINTED.items()}
    return {
        "kind": _kinds(where, fields),
        **{name: (value,) if value else () for name, value in printed.items()},
        **{name: _texts(where, fields, name) for name in NAMES},
    }


def _kinds(where: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds that are right: `kinds` where the file lists several, else `kind`."""
    kinds = _texts(where, fields, "kinds") or (text_field(where, fields, "kind"),)
    known = {kind.value for kind in CommitmentKind}
    for kind in kinds:
        if kind not in known:
            raise QuestionFileError(
                f"{where}: kind {kind!r} is none of {', '.join(sorted(known))}. Correct it."
            )
    return kinds


def _texts(where: str, fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    if fields.get(name) is None:
        return ()
    values = field(where, fields, name, list)
    if not all(isinstance(value, str) for value in values):
        raise QuestionFileError(f"{where}: {name!r} holds something other than texts. Correct it.")
    return tuple(values)


def _optional(where: str, fields: Mapping[str, Any], name: str) -> str:
    return "" if fields.get(name) is None else str(field(where, fields, name, str))


def _flag(where: str, fields: Mapping[str, Any], name: str) -> bool:
    return name in fields and bool(field(where, fields, name, bool))
