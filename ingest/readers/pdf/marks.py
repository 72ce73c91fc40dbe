"""Markers of items as they are printed in PDFs: those of all texts, and what fonts make of bullets."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.markers import Marker, Style, parse_marker
from ingest.numerals import roman_value

PICTURED = re.compile(r"([\ue000-\uf8ff➢➤➔→►▶▸▹❖◆◇✓✔✗☐☑□❑❒★☆⦁∙])\s*(?=\S)|(o)\s+(?=\S)")
"""Bullets drawn with letters of symbol fonts, or with the letter o as Word does at the second level."""
ROMAN = re.compile(r"(?P<label>(?P<number>[ivxlc]{2,7}|[IVXLC]{2,7})\.)\s+(?=\S)")
DASHES = frozenset("-–—*·")


@lru_cache(maxsize=8192)
def marker_of(text: str, after: Marker | None = None) -> Marker | None:
    """Read the marker at the head of a line (see ingest.markers.parse_marker); None where it has none."""
    marker = parse_marker(text, after)
    if marker is not None:
        return marker
    roman = ROMAN.match(text)
    if roman and roman_value(roman["number"]):
        return Marker(Style.ROMAN, roman["label"], roman["number"], True, roman.end())
    bullet = PICTURED.match(text)
    if bullet is None:
        return None
    return Marker(Style.BULLET, bullet[0].strip(), "", False, bullet.end())


def is_certain(marker: Marker) -> bool:
    """Whether a marker is one wherever a line begins with it: a bullet, but no dash or star."""
    return marker.style is Style.BULLET and marker.label not in DASHES
