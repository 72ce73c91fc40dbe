"""Commitments in running prose: every rule in the order in which it is asked, and what they find."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from corpus.authority import Authority
from corpus.documents import Document
from ingest.commitments import prose_labels, prose_lists, prose_plans, prose_reports
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.places import Found, Place, draft_of, places_of
from ingest.commitments.settings import Setting

Rule = Callable[[Place], Iterator[Found]]

RULES: Final[tuple[Rule, ...]] = (
    prose_lists.issues_raised,
    prose_lists.goals_under_priorities,
    prose_lists.objectives_under_headings,
    prose_lists.concerns_by_pillar,
    prose_lists.monitoring,
    prose_labels.labelled,
    prose_reports.communique,
    prose_reports.conclusions,
    prose_reports.steps_needed,
    prose_reports.matters_raised,
    prose_reports.decisions,
    prose_plans.closing_commitments,
    prose_plans.listed_in_sentences,
    prose_plans.projects_named,
    prose_plans.suggestions,
    prose_plans.goals_stated,
    prose_plans.commitments,
)
"""Earlier rules win: a range that one has found is not given to a later one."""


NEAR = 8
"""Ranges are compared with so many on each side: a sentence holds no more asides than that."""


def prose(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Find the commitments of a document's paragraphs, numbered paragraphs, bullets and notes.

    `settings` are those of the document's blocks, in order. Rows, definitions, contents and page
    furniture are left alone. A draft's parent is the first draft of the block that its own stands
    under. The work is linear in the length of the text.
    """
    first: dict[int, Key] = {}
    for place in places_of(document, settings, authority):
        for ordinal, found in enumerate(_found(place)):
            key = (place.index, ordinal)
            above = found.under if found.under is not None else place.block.parent
            parent = first.get(above) if above is not None else None
            first.setdefault(place.index, key)
            yield draft_of(place, found, key, parent)


def _found(place: Place) -> list[Found]:
    """What the rules find in a block, in the order of the text; an aside may stand within a sentence."""
    kept: list[Found] = []
    for rule in RULES:
        for one in rule(place):
            at = bisect_left(kept, (one.start, -one.end), key=_order)
            if not any(_same(one, other) for other in kept[max(0, at - NEAR) : at + NEAR]):
                kept.insert(at, one)
    return kept


def _order(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _same(one: Found, other: Found) -> bool:
    """Whether two ranges overlap, and neither is an aside (much shorter) within the other."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    longer = max(one.end - one.start, other.end - other.start)
    return shared > 0 and 3 * shared > longer
