"""Markers of list items: what is printed before the words of an item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.numerals import letter_value, roman_value


class Style(StrEnum):
    """The form of a marker; items of one list share it."""

    BULLET = "bullet"
    DECIMAL = "decimal"
    DOTTED = "dotted"
    LETTER = "letter"
    ROMAN = "roman"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed marker: its style, its words as printed, its number alone, and where it ends.

    `bare` is True where no dash or bullet stands before the number; `length` counts the characters
    of the line up to the item's first word; `inferred` that the number is not printed but follows
    from the place in the list.
    """

    style: Style
    label: str
    number: str
    bare: bool
    length: int
    inferred: bool = False

    @property
    def form(self) -> str:
        """How the marker is printed, whatever its number: "(x)", "x.", or the kind of bullet.

        Dash and round bullet count as one form: extraction swaps them at page breaks.
        """
        if self.style is Style.BULLET:
            return "•" if self.label in "•-–—·*" else self.label
        return re.sub(r"[0-9A-Za-z]+", "x", self.label)

    @property
    def value(self) -> int:
        """The marker's place in its list, from 1; 0 where it has none."""
        if self.style is Style.DECIMAL:
            return int(self.number)
        if self.style is Style.ROMAN:
            return roman_value(self.number)
        return letter_value(self.number) if self.style is Style.LETTER else 0


BULLETS = "•◦○●▪■‣⁃·–—"
LEADING = re.compile(r"\s*(\d{1,6})\.\s")
LONGEST = 3
"""Digits of a number that marks an item whatever stands before it; one with more may be a year."""
PATTERN = re.compile(
    rf"""\s*
    (?P<bullet>[{BULLETS}]\s+|[-*]\s+|[\uf0a7\uf0b7\uf0d8]\s*)?
    (?P<emphasis>\*{{1,3}}(?=\(?[0-9A-Za-z]{{1,4}}[.)]))?
    (?P<label>
        (?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\.?(?=\s+[^a-z\s%])
      | (?P<decimal>\d{{1,6}})\.(?=\s|\D)(?!\d)
      | (?P<paren>\()?(?P<mark>\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})\)(?=\s|$)
      | (?P<letter>[A-Za-z])\.(?=\s)
    )?\s*""",
    re.VERBOSE,
)


LABEL = re.compile(
    r"[(\[]?(?:(?P<dotted>\d{1,4}(?:\.\d{1,4})+)|(?P<decimal>\d{1,6})|(?P<roman>[ivxlc]{2,9}|[IVXLC]{2,9}))[.)\]]*"
)
"""A label that is a number; only where a layout shows that it is a label, else "1200." may be a year."""


def labelled(label: str) -> Marker:
    """The marker of an item whose label is known; of one in words ("Article 3") the label is all of it."""
    found = LABEL.fullmatch(label)
    style, number = Style.LABEL, ""
    if found and found["dotted"]:
        style, number = Style.DOTTED, found["dotted"]
    elif found and found["decimal"]:
        style, number = Style.DECIMAL, found["decimal"]
    elif found and roman_value(found["roman"]):
        style, number = Style.ROMAN, found["roman"]
    return Marker(style, label, number, bare=True, length=len(label) + 1)


def parse_marker(text: str, after: Marker | None = None) -> Marker | None:
    """Read the marker at the head of a line; None where the line has none.

    `after` is the marker of the item before, which tells whether "i)" is the ninth letter or the
    first Roman number, and whether "1000." is a number of the list or a year.
    """
    found = PATTERN.match(text)
    if not found or not (found["bullet"] or found["label"]):
        return None
    if not text[found.end() :].strip():
        return None
    if len(found["decimal"] or "") > LONGEST and not _is_next(found["decimal"], after):
        length = max(found.end("bullet"), found.end("emphasis"))
        return Marker(Style.BULLET, found["bullet"].strip(), "", False, length) if found["bullet"] else None
    label = (found["label"] or found["bullet"] or "").strip()
    style, number = _style(found, after)
    return Marker(style, label, number, bare=not found["bullet"], length=found.end())


def _is_next(number: str, after: Marker | None) -> bool:
    return after is not None and after.style is Style.DECIMAL and after.value + 1 == int(number)


def numbers_on(before: str, line: str) -> bool:
    """Whether a line begins with the number that comes after the one that another begins with."""
    first, second = LEADING.match(before), LEADING.match(line)
    return first is not None and second is not None and int(first[1]) + 1 == int(second[1])


def _style(found: re.Match[str], after: Marker | None) -> tuple[Style, str]:
    if found["dotted"]:
        return Style.DOTTED, found["dotted"]
    if found["decimal"]:
        return Style.DECIMAL, found["decimal"]
    mark = found["mark"] or found["letter"] or ""
    if not mark:
        return Style.BULLET, ""
    if mark.isdigit():
        return Style.DECIMAL, mark
    return (Style.ROMAN if _is_roman(mark, after) else Style.LETTER), mark


def _is_roman(mark: str, after: Marker | None) -> bool:
    value = roman_value(mark)
    if not value:
        return False
    if after is not None and after.style is Style.LETTER and after.value + 1 == letter_value(mark):
        return False
    if len(mark) > 1:
        return True
    continues = after is not None and after.style is Style.ROMAN and after.value + 1 == value
    return value == 1 or continues


def alike(marker: Marker, before: Marker) -> Marker:
    """A marker read as the one before it in its list is: "i." after "h." or "e." is a letter."""
    letters = {Style.LETTER, Style.ROMAN} == {marker.style, before.style}
    fits = letter_value(marker.number) if before.style is Style.LETTER else roman_value(marker.number)
    return replace(marker, style=before.style) if letters and fits and marker.form == before.form else marker
