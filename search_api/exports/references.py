"""A commitment as a reference: what a bibliography needs to cite it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Self

from search_api.register.rows import Row

LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a bibliography, each field on one line.

    `title` is the commitment's own words, shortened; `container` the document; `authors` the responsible
    bodies, else the issuer; `date` that of the document, as (year, month, day) as far as it is known;
    `locator` the section, the number and the lines; `note` the permanent address.
    """

    key: str
    title: str
    container: str
    authors: tuple[str, ...]
    publisher: str
    date: tuple[int, ...]
    locator: str
    note: str
    language: str

    @classmethod
    def of(cls, row: Row) -> Self:
        """Make the reference of a row."""
        one = row.commitment
        kind = one.kind.value.replace("_", " ")
        number = f"[{one.number}]" if one.inferred else one.number
        where = (*one.section, f"{kind} {number}" if number else "", row.place)
        return cls(
            key=one.address,
            title=textwrap.shorten(_line(one.text), LONGEST_TITLE, placeholder=" ..."),
            container=_line(row.source.title),
            authors=tuple(map(_line, row.authors)),
            publisher=_line(row.issuer),
            date=tuple(map(int, row.source.date.split("-"))),
            locator=", ".join(filter(None, map(_line, where))),
            note=one.address,
            language=row.source.language,
        )


def _line(text: str) -> str:
    """Fold white space, and leave out what no text file holds."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in clean).split())
