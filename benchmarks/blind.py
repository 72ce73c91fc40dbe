"""The second set of annotated items: whole sections, annotated by one who had not seen the rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.tables import ITEMS
from search_api.evaluation.annotations import load_annotated_items
from search_api.evaluation.register import Entry, RegisterScores, evaluate_register

BLIND = ITEMS.with_name("register.blind.jsonl")
"""The items annotated without sight of the rules."""
SECTIONS = BLIND.with_suffix(".lines.json")
"""First and last line of each section that was annotated whole, by document."""

Ranges = Mapping[str, Sequence[tuple[int, int]]]


def load_sections(path: Path = SECTIONS) -> Ranges:
    """Read which lines of which document were annotated."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return {document: [(first, last) for first, last in ranges] for document, ranges in held.items()}


def scores_in(
    sections: Ranges, entries: Iterable[tuple[Entry, int]], items: Path = BLIND
) -> Mapping[str, RegisterScores]:
    """The measures by document and over all, of the entries whose first line stands in the sections.

    The sections were annotated whole, so that precision is judged in them.
    """
    held = [
        entry
        for entry, line in entries
        if any(first <= line <= last for first, last in sections.get(entry.document, ()))
    ]
    wanted = [replace(item, partial=False) for item in load_annotated_items(items)]
    report = evaluate_register(wanted, held)
    return {**report.by_document, "all": report.overall}
