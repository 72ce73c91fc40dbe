"""Items of lists that a sentence or a heading of the narrative introduces; one function a rule.

Counts are of the annotated sections of the five texts: right / found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import BlockKind
from corpus.records import CommitmentKind as Kind
from ingest.commitments.agents import doer_in, named, partners_in
from ingest.commitments.periods import period_in
from ingest.commitments.places import Found, Place

INTRODUCES = r"[^.]{0,200}(?::|namely,?|noting)\s*$"
RAISED = re.compile(
    r"\b(?:questions|issues|concerns|comments|points|matters)\b[^.]*\b(?:raised|put|made)\b"
    r"(?:[^.]*\.\s*(?:These|They)\b)?" + INTRODUCES,
    re.IGNORECASE,
)
GOALS = re.compile(r"\bgoals\b", re.IGNORECASE)
OBJECTIVE = re.compile(r"\b(?:objectives?|vision(?: \d{4})?|mission|purpose)$", re.IGNORECASE)
OVERALL = re.compile(r"^overall objective$|^vision\b|^mission$", re.IGNORECASE)
CONCERNS = re.compile(r"\bpriorit(?:y|ies)\b", re.IGNORECASE)
MONITORING = re.compile(
    r"\bmonitoring\b|\bevaluation mechanism\b|\breview of (?:the )?progress\b", re.IGNORECASE
)
IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)\W*(?:and)?\W*$")
TAIL = 120
TITLE_WORDS = 8
"""A longer title that says "monitoring" is about something else, or a sentence."""


def issues_raised(place: Place) -> Iterator[Found]:
    """Bullets under "questions and issues raised ... included:"; who raised it stands in brackets.

    6 / 6, bodies 6 / 6. Matters that a presentation "covered" are findings, not issues.
    """
    if place.is_listed and RAISED.search(place.lead):
        who = IN_BRACKETS.search(place.words.text[-TAIL:])
        body = who[1] if who else ""
        partners = partners_in(place.named(place.all_sentences[0]), body)
        yield Found(Kind.ISSUE_RAISED, *place.whole(), body, partners=partners)


def goals_under_priorities(place: Place) -> Iterator[Found]:
    """Under a heading that names goals: the first paragraph of a numbered part is a priority, its
    numbered lines are its goals.

    3 / 3, bodies 2 / 2. Paragraphs after the lines are the tails of cells and notes: left out.
    """
    head = _heading(place)
    if head is None or not any(GOALS.search(title) for title in place.setting.path):
        return
    block = place.document.blocks[head]
    if not block.number or place.block.parent is not None:
        return
    if place.index == head + 1 and place.block.kind is BlockKind.PARAGRAPH:
        start, end = place.whole()
        yield Found(Kind.PRIORITY, start, end, number=block.number)
    elif place.block.kind is BlockKind.ITEM and place.block.number:
        yield _goal(place, head + 1)


def _goal(place: Place, under: int) -> Found:
    start, end = place.whole()
    one = place.named(place.all_sentences[0])
    opening = re.match(r"[\ue000\ue001]+", one.masked)
    body = one.printed(*opening.span()) if opening else ""
    return Found(Kind.GOAL, start, end, body, partners=partners_in(one, body), under=under)


def _heading(place: Place) -> int | None:
    """Index of the nearest heading before the block, where both are of one section."""
    for index in range(place.index - 1, max(-1, place.index - 60), -1):
        block = place.document.blocks[index]
        if block.kind is BlockKind.HEADING:
            return index if block.section == place.block.section else None
    return None


def objectives_under_headings(place: Place) -> Iterator[Found]:
    """Lines under a heading that ends in "objectives" or "vision": objectives.

    7 / 7. The heading "Overall Objective" may stand one level up.
    """
    if place.block.parent is not None or not place.setting.path or place.block.kind is BlockKind.NOTE:
        return
    above = place.setting.path[-2:-1]
    under = OBJECTIVE.search(place.title) or any(OVERALL.search(title) for title in above)
    head = _heading(place)
    first = head is not None and place.index == head + 1
    if (
        under
        and (first or place.block.kind is BlockKind.ITEM)
        and not place.words.text.rstrip().endswith(":")
    ):
        start, end = place.whole()
        period = period_in(place.title)
        yield Found(Kind.OBJECTIVE, start, end, period=period)


ROW_HEAD = re.compile(r"\s*(?P<head>[A-Z][a-z]+(?:-[a-z]+)*(?: and [a-z]+)?)\s+(?=[A-Z][a-z])")


def concerns_by_pillar(place: Place) -> Iterator[Found]:
    """Under a heading in capitals that names priorities: a row head, then a priority a printed line.

    A line that begins in lower case goes on with the one before. 10 / 10 in the second set, on the one
    table of this form.
    """
    text = place.words.text
    if (
        place.block.kind is not BlockKind.PARAGRAPH
        or not place.title.isupper()
        or not CONCERNS.search(place.title)
    ):
        return
    head = ROW_HEAD.match(text)
    if head is None or re.search(r"[.:](?:\s|$)", text):
        return
    starts = [head.end(), *(at + 1 for at in sorted(place.words.breaks) if text[at + 1 : at + 2].isupper())]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        stripped = len(text[start:end].rstrip())
        if stripped:
            yield Found(Kind.PRIORITY, start, start + stripped, theme=head["head"], number="")


def monitoring(place: Place) -> Iterator[Found]:
    """Under a heading or a numbered line that names monitoring: sentences that commit, and list items.

    13 / 13 with bodies 10 / 10 (one is fair either way). A sentence that only explains is left out.
    """
    by_heading = _is_on_monitoring(place.title) and place.setting.meeting is None
    chain = _above(place)
    by_line = any(MONITORING.search(text) and text.rstrip().endswith(":") for text in chain)
    if not by_heading and not by_line:
        return
    if place.is_listed:
        yield _monitored(place, chain)
    elif by_heading:
        for sentence in place.sentences:
            if re.search(r"\b(?:will|shall|is to|are to|should)\b(?! be noted)", sentence.text):
                yield place.item(Kind.MONITORING, sentence)


def _is_on_monitoring(title: str) -> bool:
    return len(title.split()) <= TITLE_WORDS and bool(MONITORING.search(title))


def _monitored(place: Place, chain: list[str]) -> Found:
    start, end = place.whole()
    one = place.named(place.all_sentences[0])
    introduced = re.search(r":\s*$", chain[0])
    body = doer_in(one) or ("" if introduced else place.body_of(named(chain[0], place.authority)))
    return Found(
        Kind.MONITORING, start, end, body, period=period_in(place.words.text), partners=partners_in(one, body)
    )


def _above(place: Place) -> list[str]:
    """Words of the blocks that this one stands under, the nearest first."""
    found: list[str] = []
    index = place.lead_index
    while index is not None and len(found) < 6:
        block = place.document.blocks[index]
        found.append(" ".join(place.document.slice(block.spans).split())[-400:])
        index = block.parent
    return found
