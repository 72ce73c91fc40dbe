"""Paragraphs that begin with what they are: "Objective: To enhance ...", "Indicator 1.2: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import CommitmentKind as Kind
from ingest.commitments.forms import Form, own_period
from ingest.commitments.places import SHORTEST, Found, Place

LABEL = re.compile(
    r"^\W*(?:(?:overall|strategic|specific|main|key|immediate|intermediate|development) )?"
    r"(?P<noun>goal|objective|aim|target|indicator|key result area|result|priority)s?"
    r"(?:\s+(?P<number>\d+(?:\.\d+)*))?\s*[:–]\s+(?=\S)",
    re.IGNORECASE,
)
KINDS = {
    "goal": Kind.GOAL,
    "objective": Kind.OBJECTIVE,
    "aim": Kind.OBJECTIVE,
    "target": Kind.TARGET,
    "indicator": Kind.INDICATOR,
    "key result area": Kind.KEY_RESULT_AREA,
    "result": Kind.KEY_RESULT_AREA,
    "priority": Kind.PRIORITY,
}


def labelled(place: Place) -> Iterator[Found]:
    """A paragraph of a plan after its label, with the number that the label has.

    None of the five texts prints one; made-up plans do.
    """
    found = LABEL.match(place.words.text)
    if place.form is not Form.PLAN or not found:
        return
    start, end = found.end(), place.whole()[1]
    words = place.words.text[start:end]
    if len(words.split()) >= SHORTEST and not words.endswith(":"):
        number = found["number"] or place.number
        yield Found(KINDS[found["noun"].lower()], start, end, period=own_period(words), number=number)
