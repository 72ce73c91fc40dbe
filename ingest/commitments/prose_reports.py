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
    r"|noted [^.]{0,60}\b(?:willingness|commitment|intention|readiness)|looked forward|undertook"
    r"|would also be made|will|shall)\b"
)
NEEDED = re.compile(
    r"\b(?:needs? to be|(?:will|would) (?:also )?be (?:needed|required|necessary)|(?:will|would|to) need to"
    r"|would need to|(?:have|has) been (?:asked|requested) to"
    r"|(?:are|is) (?:asked|requested|expected) to)\b|,? need to (?:await|involve)\b"
)
PROPOSED = re.compile(
    r"\bit (?:was|is) (?:suggested|proposed|recommended|agreed|decided) that\b", re.IGNORECASE
)
PLANNED = re.compile(r"\b(?:to be held|planned|scheduled|forthcoming)\b[^.]*\b(?:19|20)\d\d\b")
RECALLED = re.compile(r"\bmakes? a similar call\b|\brepeats? (?:its|the|their) (?:call|request)\b")
FURTHER = re.compile(
    r"^(?:This|It|They|These)\b.{0,40}\b(?:provides? (?:a|the) (?:\w+ )?basis for|will (?:also )?enable"
    r"|would enable|opens? the way|will allow)\b",
    re.DOTALL,
)
MIGHT = re.compile(r"\bindicated that\b.{0,60}\b(?:might|may|could|would|will)\b", re.DOTALL)
RAISED = re.compile(
    r"\b(?:concerns? (?:was |were )?expressed by|expressed (?:the view|concern|interest)"
    r"|interest was expressed|referred to the need|raised the (?:issue|question|possibility)"
    r"|stressed the need|emphasi[sz]ed the need)\b",
    re.IGNORECASE,
)
DISCUSSED = re.compile(
    r"\bdiscussed with\b|\bmatters were discussed\b|\bissues were discussed\b"
    r"|\b(?:in|held) discussions with\b|\bmet with\b.{0,80}\bto discuss\b",
    re.DOTALL,
)
INVITED = re.compile(r"\((?P<aside>[^()]{3,200}\binvited\b[^()]{5,160}\bto\b[^()]+)\)")
INVITES = re.compile(
    r"\binvited (?:the )?[^,.;]{2,60}? to (?:attend|participate|join|send|visit|take part)\b"
)


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
    """Sentences of a paragraph quoted from a communiqué that request, agree, hope, reaffirm or call.

    6 / 6, bodies 4 / 4, themes 4 / 4. Appreciation, acknowledgement and what was only noted are left
    out; what was noted of somebody's willingness is kept.
    """
    if not (QUOTED.search(place.lead) or COMMUNIQUE.search(place.title)):
        return
    topic = _topic(place)
    for sentence in place.sentences:
        if RESOLVES.search(sentence.text):
            yield place.item(Kind.COMMUNIQUE, sentence, theme=topic)


def _topic(place: Place) -> str:
    """What the sentence that introduces a quotation is about: its emphasised words, else those after "On"."""
    if place.lead_index is None:
        return ""
    above = Place(
        place.document, place.lead_index, place.setting, place.form, place.authority, place.people
    )  # fmt: skip
    if above.words.emphasised:
        start, end = above.words.emphasised[-1]
        return " ".join(above.words.text[start:end].split())
    found = TOPIC.search(place.lead)
    return found["topic"] if found else ""


def invitations(place: Place) -> Iterator[Found]:
    """Invitations, "Mr. X invited the Secretariat to attend", also as an aside in brackets: follow-ups.

    1 / 1 with body, partner and date: who invites acts, for the body whose post the text gives. "Were
    invited to", "then invited Mr. Y to present" tell what happened: dropped.
    """
    if place.form is not Form.REPORT:
        return
    for sentence in place.sentences:
        for aside in INVITED.finditer(sentence.text):
            start, end = sentence.start + aside.start("aside"), sentence.start + aside.end("aside")
            yield _invited(place, Sentence(start, end, aside["aside"]))
        if INVITES.search(sentence.text) and not INVITED.search(sentence.text):
            yield _invited(place, sentence)


def _invited(place: Place, sentence: Sentence) -> Found:
    one = place.named(sentence)
    verb = re.search(r"\binvited\b", one.masked)
    body = place.subject(one, verb.start()) if verb else ""
    return Found(
        Kind.FOLLOW_UP, sentence.start, sentence.end, body, period=own_period(sentence.text),
        partners=partners_in(one, body),
    )  # fmt: skip


def steps_needed(place: Place) -> Iterator[Found]:
    """What needs to be done, was suggested or is asked of somebody, in the prose of a report.

    8 / 8: "need to be developed", "will be needed", "it was suggested that", "would need to involve".
    "Invited to participate" tells of the meeting itself. A sentence on what awaits another is a
    conclusion, the others are follow-ups.
    """
    if not _is_prose(place) or COMMUNIQUE.search(place.title):
        return
    for sentence in place.sentences:
        text = sentence.text
        if RECALLED.search(text):
            yield place.item(Kind.COMMUNIQUE, sentence)
        elif NEEDED.search(text) or PROPOSED.search(text) or PLANNED.search(text):
            kind = Kind.CONCLUSION if re.search(r"\bneed to await\b", text) else Kind.FOLLOW_UP
            yield place.item_by(kind, sentence, _needed_of(place, sentence), place.run_in)


def _needed_of(place: Place, sentence: Sentence) -> str:
    one = place.named(sentence)
    return doer_in(one) or place.body_of(one)


def prospects(place: Place) -> Iterator[Found]:
    """What a report says a step makes possible, and what somebody indicated might follow: conclusions.

    3 / 3: "This provides a good basis for", "It will also enable", "indicated that this might be".
    """
    if not _is_prose(place):
        return
    for sentence in place.sentences:
        if FURTHER.search(sentence.text) or MIGHT.search(sentence.text):
            one = place.named(sentence)
            body = (doer_in(one) if FURTHER.search(sentence.text) else "") or place.body_of(one)
            yield place.item_by(Kind.CONCLUSION, sentence, body)


def matters_raised(place: Place) -> Iterator[Found]:
    """Views, concerns and needs that somebody expressed, and matters discussed with somebody.

    8 / 8 in a report. "Questions were raised" without saying which, and what a presentation covered,
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
