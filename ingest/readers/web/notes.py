"""Notes gathered at the end of a web page, put back behind what they are notes to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.elements import Element, ElementKind, Table
from ingest.readers.grids import flat

MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def in_place(elements: Sequence[Element | Table]) -> Iterator[Element | Table]:
    """Put each note behind the first element that bears its mark; one whose mark is not its own stays."""
    counts = Counter(_label(element) for element in elements)
    notes = {_label(element): element for element in elements if counts[_label(element)] == 1}
    moved: set[str] = set()
    for element in elements:
        label = _label(element)
        if not label or label not in moved:
            yield element
        if label:
            continue
        for mark in dict.fromkeys(_marks(element)):
            if mark in notes and mark not in moved:
                moved.add(mark)
                yield notes[mark]


def _label(element: Element | Table) -> str:
    is_note = isinstance(element, Element) and element.kind is ElementKind.NOTE
    return element.label if isinstance(element, Element) and is_note else ""


def _marks(element: Element | Table) -> Iterator[str]:
    """Marks of notes in the words of an element, in order."""
    for run in (run for part in flat(element) for run in part.runs):
        yield from MARKS.findall(run.text)
