"""What kind of prose a document holds, who speaks for whom in it, and the times that its sentences set."""

from __future__ import annotations

import re
from enum import Enum

from corpus.authority import Authority
from corpus.documents import Document
from ingest.commitments.periods import PERIOD, period_in

REPORT = re.compile(
    r"\b(?:mission[- ]report|minutes"
    r"|report (?:of|on) (?:the|a)\b.*\b(?:meeting|mission|seminar|workshop|forum|conference)"
    r"|summary of proceedings)\b",
    re.IGNORECASE,
)
SAMPLE = 60_000
"""Characters from the beginning, and as many from the middle, that show whether a text is about bodies."""
BODIES_SHARE = 400
"""A text about bodies names one, or ASEAN, at least once in so many words; the five texts do so once in 26
to 37."""
DATED = re.compile(
    r"(?:(?P<half>\b(?:first|second) half of )"
    r"|\b(?:by|until|before|end|in|during|from|towards|at|for|to be held (?:on|in)|the|of)\s+)$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"(?:(?<!be )\b(?:held|adopted|signed|launched|convened|dated)\s+(?:on|in)|\bsince|\bof)\s+$"
)


class Form(Enum):
    """What the prose of a document is: that of a plan or paper, of a report, or of neither."""

    PLAN = "plan"
    REPORT = "report"
    NONE = "none"


def form_of(document: Document, authority: Authority) -> Form:
    """The form of a document's prose, by its titles; NONE where it hardly names a body.

    Without the last clause a novel's "You will ..." and a recipe's "should be added" would be read.
    """
    if not _is_about_bodies(document.text, authority):
        return Form.NONE
    titles = (document.source.title, document.source.kind, *(one.title for one in document.sections[:8]))
    return Form.REPORT if any(REPORT.search(title) for title in titles) else Form.PLAN


def _is_about_bodies(text: str, authority: Authority) -> bool:
    middle = max(SAMPLE, len(text) // 2)
    sample = text[:SAMPLE] + text[middle : middle + SAMPLE]
    named_bodies = sum(mention.entry.kind == "body" for mention in authority.mentions(sample))
    asean = len(re.findall(r"\bASEAN\b", sample))
    return max(named_bodies, asean) * BODIES_SHARE >= max(BODIES_SHARE, len(sample.split()))


APPOSITION = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr)\.?\s+(?:[A-Z][\w.-]*\s+){0,3}?(?P<surname>[A-Z][\w-]+),\s+(?P<post>[A-Z][^,;()]{2,60})"
)

WE = "We"
SPEAKERS = re.compile(
    r"\bWe,\s+(?:the\s+)?(?P<who>[A-Z][^,.;:]{3,100}?)(?=\s*[,(]|\s+(?:have |hereby |having )?\w+ed\b)"
)
"""Who issues a declaration or a communiqué: "We, the Labour Ministers of ASEAN, convened ..."."""


def people_of(document: Document, authority: Authority) -> dict[str, str]:
    """Whom each person speaks for: the body that opens the post printed after the name.

    "Mr. A. Tan, ILO Regional Director" gives Tan the ILO; on the annotated report the one person who
    acts for a body is told so, and the posts that open with no body ("Director, ...") give none.
    Under WE stand those who say "we".
    """
    found: dict[str, str] = {}
    if speakers := SPEAKERS.search(document.text):
        found[WE] = " ".join(speakers["who"].split())
    for named_post in APPOSITION.finditer(document.text):
        mentions = authority.mentions(named_post["post"])
        if mentions and mentions[0].start == 0 and mentions[0].entry.kind in ("body", "partner"):
            found.setdefault(named_post["surname"], named_post["post"][: mentions[0].end])
    return found


def own_period(text: str) -> str:
    """The time that a sentence sets for its item: not since when, nor when a meeting was held.

    A date counts after "by", "in", "before", "end" and their like. On the annotated prose each of the
    six printed periods is found. Years since which something is, and dates on which a meeting was held,
    are no periods of the item.
    """
    for found in PERIOD.finditer(text):
        placed = DATED.search(text, max(0, found.start() - 40), found.start())
        half = placed["half"] if placed and placed["half"] else ""
        if half or _is_set(text, found, placed is not None):
            return half + period_in(found.group())
    return ""


def _is_set(text: str, found: re.Match[str], placed: bool) -> bool:
    """Whether a date is one that the sentence sets; "annual" and "ongoing" alone are none."""
    if not any(char.isdigit() for char in found.group()):
        return False
    if PAST.search(text, max(0, found.start() - 40), found.start()) or text[: found.start()] == "In ":
        return False
    return placed or not found.group()[0].isdigit()
