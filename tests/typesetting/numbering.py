"""Automatic numbering of a Word document: which list each item belongs to, and the parts that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.markers import Marker, Style, parse_marker
from tests.typesetting.script import Item

FORMATS = {Style.DECIMAL: "decimal", Style.LETTER: "lowerLetter", Style.ROMAN: "lowerRoman"}
SYMBOLS = {"•": ("\uf0b7", "Symbol"), "○": ("o", "Courier New")}
INDENT = 360


@dataclass(frozen=True, slots=True)
class _Open:
    """The list that an item was put in, with the item's marker."""

    number: int
    marker: Marker


@dataclass(slots=True)
class Numbering:
    """Puts items into lists: an item goes on with the open list of its depth if its number is the next."""

    part: Any
    open: dict[int, _Open] = field(default_factory=dict)

    def of(self, item: Item) -> int | None:
        """The list of an item; None for a marker that automatic numbering cannot print."""
        before = self.open.get(item.depth)
        marker = parse_marker(f"{item.marker} x", before.marker if before else None)
        if marker is None or marker.style in (Style.DOTTED, Style.LABEL):
            return None
        self.open = {depth: held for depth, held in self.open.items() if depth < item.depth}
        goes_on = before and before.marker.form == marker.form and before.marker.style is marker.style
        if before and goes_on and (marker.style is Style.BULLET or before.marker.value + 1 == marker.value):
            number = before.number
        else:
            number = self._begin(marker, item.depth)
        self.open[item.depth] = _Open(number, marker)
        return number

    def close(self) -> None:
        """End the open lists, as a heading does."""
        self.open.clear()

    def _begin(self, marker: Marker, depth: int) -> int:
        """Define a list that begins with a marker."""
        root = self.part.element
        number = 1000 + len(root)
        first_list = root.find(qn("w:num"))
        first_list.addprevious(parse_xml(_definition(number, marker, depth)))
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
        return number


def number_paragraph(paragraph: Any, number: int, depth: int) -> None:
    """Put a paragraph into a list."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def _definition(number: int, marker: Marker, depth: int) -> str:
    levels = "".join(_level(marker, level) for level in range(depth + 1))
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'


def _level(marker: Marker, depth: int) -> str:
    left = INDENT * (depth + 1)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{marker.value or 1}"/>{_look(marker, depth)}'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{INDENT}"/></w:pPr>{_font(marker)}</w:lvl>'
    )


def _look(marker: Marker, depth: int) -> str:
    if marker.style is Style.BULLET:
        symbol, _ = SYMBOLS.get(marker.label, (marker.label, ""))
        return f'<w:numFmt w:val="bullet"/><w:lvlText w:val="{symbol}"/>'
    form = FORMATS[marker.style]
    if marker.number.isupper():
        form = form.replace("lower", "upper")
    pattern = re.sub(re.escape(marker.number), f"%{depth + 1}", marker.label)
    return f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'


def _font(marker: Marker) -> str:
    if marker.style is not Style.BULLET or marker.label not in SYMBOLS:
        return ""
    font = SYMBOLS[marker.label][1]
    return f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
