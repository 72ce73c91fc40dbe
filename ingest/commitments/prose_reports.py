"""What a report of a meeting or a mission says should follow; one function a rule.

Counts are of the whole annotated mission report: right / found; rows that are fair either way count as
right. Thanks, attendance, what speakers explained and what papers contain are no items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import CommitmentKind as Kind
from ingest.commitments.agents import Named, doer_in, partners_in
from ingest.commitments.forms import Form, own_period
from ingest.commitments.places import QUOTED, Found, Place
from ingest.commitments.sentences import Sentence

CONCLUSIONS = re.compile(
    r"\bconclusions?\b|\bfollow[- ]?ups?\b|\bnext steps\b|\bway forward\b", re.IGNORECASE
)
FOLLOW_UP = re.compile(r"\bfollow[- ]?up|\bnext steps?\b", re.IGNORECASE)
COMMUNIQUE = re.compile(r"\bcommuniqu[eé]\b", re.IGNORECASE)
TOPIC = re.compile(r"\bOn (?:the )?(?P<topic>[^.]{3,160}?), the (?:Joint )?Communiqu", re.IGNORECASE)
RESOLVES = re.compile(
    r"\b(?:agreed|decided|requested|reaffirmed|resolved|urged|tasked|directed|committed|recommended|encouraged"
    r"|called (?:up)?on|expressed (?:their|its) (?:hope|intention|commitment|determination|support)"
    r"|renewed (?:their|its) commitment"
    r"|noted [^.]{0,60}\b(?:willingness|commitment|intention|readiness)|looked forward|undertook"
    r"|would also be made|will|shall)\b"
)
NEEDED = re.compile(
    r"\b(?:needs? to be|(?:will|would) (?:also )?be (?:needed|required|necessary)|(?:will|would|to) need to"
    r"|would need to|(?:have|has) been (?:asked|requested) to"
    r"|(?:are|is) (?:asked|requested|expected) to)\b|\bneed to involve\b"
)
POSSIBLE = re.compile(
    r"\bneed to await\b|\bindicated that\b.{0,60}\b(?:might|may|could)\b"
    r"|^(?:This|It|They|These)\b.{0,40}\b(?:provides? (?:a|the) (?:\w+ )?basis for"
    r"|(?:will|would) (?:also )?enable)\b",
    re.DOTALL,
)
RAISED = re.compile(
    r"\b(?:concerns? (?:was |were )?expressed by|expressed (?:the view|concern|interest)"
    r"|interest was expressed|referred to the need|raised the (?:issue|question|possibility)"
    r"|stressed the need|emphasi[sz]ed the need)\b",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"\b(?:[Mm]eeting|[Mm]inisters|[Ff]orum|[Cc]ommittee|[Pp]articipants|[Cc]onference|[Ww]orkshop|[Ss]eminar"
    r"|[Ww]orking [Gg]roup|[Ss]enior [Oo]fficials|[Dd]elegates|\ue000+)"
    r"(?:\s+(?:also|further|therefore|then|jointly))*\s+"
    r"(?:agreed (?:to|that|on)|decided (?:to|that|on)|resolved (?:to|that)"
    r"|(?:tasked|requested|directed|invited|urged|encouraged|assigned|mandated) (?!by\b))"
)
"""What a meeting, or a body at it, decides or asks for."""
DISCUSSED = re.compile(r"\bdiscussed with\b|\b(?:matters|issues) were discussed\b|\bdiscussions with\b")


def _is_prose(place: Place) -> bool:
    """Whether the block is prose of a report: no bullet of a list, which has its own rules."""
    return place.form is Form.REPORT and not (place.is_listed and not place.block.number)


def conclusions(place: Place) -> Iterator[Found]:
    """Every sentence of a part headed "Conclusions and follow-up" of a report.

    14 / 14. A sentence that ends in a colon only introduces its list. What is said to be follow-up,
    by the sentence that introduces it or within its paragraph, is a follow-up, the rest a conclusion.
    """
    if place.form is not Form.REPORT or not CONCLUSIONS.search(place.title):
        return
    follow = bool(FOLLOW_UP.search(place.lead) or FOLLOW_UP.search(place.words.text))
    kind = (
        Kind.FOLLOW_UP
        if follow or not re.search("conclusion", place.title, re.IGNORECASE)
        else Kind.CONCLUSION
    )
    for order, sentence in enumerate(place.sentences):
        if not sentence.text.endswith(":"):
            yield _concluded(place, kind, sentence, order)


def _concluded(place: Place, kind: Kind, sentence: Sentence, order: int) -> Found:
    """A conclusion; a line without a verb that names no doer has the one that its introduction names."""
    one = place.named(sentence)
    body = _agreed_between(one) or place.body_of(one)
    if not body and place.lead and order == 0:
        body = doer_in(place.named(Sentence(0, len(place.lead), place.lead)))
    return Found(
        kind, sentence.start, sentence.end, body, period=own_period(sentence.text),
        partners=partners_in(one, body),
    )  # fmt: skip


def _agreed_between(one: Named) -> str:
    """Those between whom something is to be, whoever decided it."""
    between = re.search(
        r"\b(?:discussions?|held|framework|dialogue|cooperation)\b[^.]{0,60}\bbetween\b", one.masked
    )
    return doer_in(one) if between else ""


def communique(place: Place) -> Iterator[Found]:
    """Sentences of a communiqué, whole or quoted, that request, agree, hope, reaffirm or call.

    6 / 6, bodies 4 / 4, themes 4 / 4. Appreciation, acknowledgement and what was only noted are left
    out; what was noted of somebody's willingness is kept.
    """
    whole = COMMUNIQUE.search(place.document.source.title) or place.setting.says(COMMUNIQUE)
    if not whole and not QUOTED.search(place.lead):
        return
    topic = _topic(place)
    for sentence in place.sentences:
        if RESOLVES.search(sentence.text):
            yield place.item(Kind.COMMUNIQUE, sentence, theme=topic)


def _topic(place: Place) -> str:
    """What the sentence that introduces a quotation is about: its emphasised words, else those after "On".

    Without one it is the heading within the communiqué.
    """
    if place.lead_index is None:
        return place.title if len(place.setting.path) > 1 else ""
    above = Place(
        place.document, place.lead_index, place.setting, place.form, place.authority, place.people
    )  # fmt: skip
    if above.words.emphasised:
        start, end = above.words.emphasised[-1]
        return " ".join(above.words.text[start:end].split())
    found = TOPIC.search(place.lead)
    return found["topic"] if found else ""


def steps_needed(place: Place) -> Iterator[Found]:
    """What needs to be done or is asked of somebody, and what a step makes possible, in a report.

    10 / 10: "need to be developed", "would need to involve", "This provides a good basis for". What
    awaits another step or is made possible by one is a conclusion, the others are follow-ups.
    """
    if not _is_prose(place) or COMMUNIQUE.search(place.title):
        return
    for sentence in place.sentences:
        possible = POSSIBLE.search(sentence.text)
        if possible or NEEDED.search(sentence.text):
            one = place.named(sentence)
            kind = Kind.CONCLUSION if possible else Kind.FOLLOW_UP
            yield place.item_by(kind, sentence, doer_in(one) or place.body_of(one), place.run_in)


def decisions(place: Place) -> Iterator[Found]:
    """What a meeting agreed or decided, or whom it asked for something, anywhere in a report of it.

    The annotated report tells such things in its conclusions and its communiqué alone, which have rules of
    their own; made-up minutes hold the others.
    """
    if not _is_prose(place) or COMMUNIQUE.search(place.title):
        return
    for sentence in place.sentences:
        one = place.named(sentence)
        if DECIDED.search(one.masked) and not sentence.text.endswith(":"):
            yield place.item(Kind.CONCLUSION, sentence)


def matters_raised(place: Place) -> Iterator[Found]:
    """Views, concerns and needs that somebody expressed, and matters discussed with somebody.

    7 / 7 in a report. "Questions were raised" without saying which, and what a presentation covered,
    are left out.
    """
    if not _is_prose(place):
        return
    for sentence in place.sentences:
        if sentence.text.endswith(":"):
            continue
        if RAISED.search(sentence.text) or DISCUSSED.search(sentence.text):
            yield _raised(place, sentence)


def _raised(place: Place, sentence: Sentence) -> Found:
    one = place.named(sentence)
    view = RAISED.search(one.text)
    body = ""
    if view:
        body = place.full_name(place.subject(one, view.start()), one) or doer_in(one)
    partners = list(partners_in(one, body))
    engaged = re.search(r"\bfor ([\ue000]+) to\b", one.masked)
    if engaged:
        partners.append(one.printed(*engaged.span(1)))
    return Found(
        Kind.ISSUE_RAISED, sentence.start, sentence.end, body, partners=tuple(dict.fromkeys(partners))
    )
