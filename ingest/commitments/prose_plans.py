"""Sentences of plans and papers that commit a body; one function a rule.

Counts are of the annotated sections of the five texts: right / found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import BlockKind
from corpus.records import CommitmentKind as Kind
from ingest.commitments.agents import Named, doer_in, partners_in, tasked_in
from ingest.commitments.forms import Form, own_period
from ingest.commitments.places import Found, Place
from ingest.commitments.sentences import Sentence
from ingest.commitments.settings import PLAN

ADVERB = r"(?:\s+(?:also|therefore|then|now|jointly|subsequently|eventually|further|thus|continue to))*"
DONE = (
    r"(?:adopted|aligned|analy[sz]ed|assessed|assigned|broadened|carried out|circulated|collected|compiled"
    r"|completed|conducted|considered|continued|convened|coordinated|created|determined|developed|discussed|disseminated"
    r"|drafted|endorsed|enhanced|established|examined|expanded|explored|extended|finali[sz]ed|formulated|given"
    r"|harmoni[sz]ed|held|identified|implemented|improved|initiated|integrated|invited|issued|launched"
    r"|maintained|mobili[sz]ed|monitored|organi[sz]ed|pooled|prepared|presented|prioriti[sz]ed|produced|promoted"
    r"|proposed|provided|published|pursued|reported|reviewed|revised|set up|shared|signed|sought|strengthened"
    r"|submitted|supported|synthesi[sz]ed|tasked|tracked|translated|undertaken|updated|upgraded)"
)
"""What is done to a measure. "Reduced" and "generated" tell effects ("protection ... will be reduced")."""
RELATIVE = r"(?<!that )(?<!which )(?<!who )(?<!where )"
PASSIVE = re.compile(
    rf"{RELATIVE}\b(?:will|shall|would|may|can|could|should|is to|are to){ADVERB} be{ADVERB} {DONE}\b"
    rf"|\b(?:is|are) (?:expected|scheduled|planned|envisaged|due) (?:to be {DONE}\b|at\b|in\b|for\b)"
    r"|\bit is expected that\b.{0,200}\bwill\b",
    re.DOTALL,
)
ACTIVE = re.compile(
    rf"{RELATIVE}\b(?P<also>also\s+)?(?:will|shall|should|may also|can also|would|is to|are to|needs? to)\b"
)
MEASURE = re.compile(rf"{ADVERB}(?: be)?{ADVERB} {DONE}\b")
ASKED = re.compile(
    r"\b(?:also )?(?:will|shall|may|can|should)(?: also)? be (?:tasked|invited|requested|asked)\b"
)
REQUESTED = re.compile(
    r"\b(?:is|are)(?: also| hereby| further| therefore)?"
    r" (?:requested|invited|encouraged|urged|called upon|asked) to\b"
)
GOES_ON = re.compile(r"\bwill(?:\s+also)?\s+continue\b")
SEEKS = re.compile(r"\b(?:also\s+)?(?:seeks?|aims?|intends?|commits?|plans)\s+to\b")
STANDING = re.compile(
    r"\b(?:provides? (?:\w+ )?(?:support|assistance)\b"
    r"|(?:is|are) (?:collaborating|developing|preparing|organi[sz]ing|implementing)\b"
    r"|\w+s (?:annually|biannually|every \w+|regularly)\b)"
)
DECIDED = re.compile(
    r"\b(?:(?:has|have|had)\s+)?(?:also\s+)?(?:agreed|decided|resolved|recommended|assigned|tasked|requested)\s+"
    r"(?=that\b|to\b|the\b)"
)
NOTED = re.compile(r"\bnoted\b[^.;]{0,40}\bthat\b")
AIMS = re.compile(r"^(?:It|They|The [^,.;:]{1,60}) aims? to\b")
GOAL = re.compile(
    r"\b(?:[Oo]verall |[Mm]ain |[Kk]ey )?(?P<noun>[Gg]oal|[Oo]bjective|[Pp]urpose|[Aa]im)s?\b"
    r"[^,;:.]{0,80}\b(?:is|are|was|will be|would be) to\b"
)
INTRODUCING = re.compile(r"(?::|\bnamely)\s*$")
PROJECT = re.compile(
    r"\b(?:includes? the project\b|\bproject which is\b|\b(?:another|one) (?:important )?project\b)", re.I
)
COORDINATOR = re.compile(
    r"\bwith ([\ue000\ue001]+(?:(?:,| and) [\ue000\ue001]+)*) as (?:the )?"
    r"(?:country |lead )?(?:coordinators?|countr(?:y|ies))"
)
OWNING = re.compile(r"\bunder (?:the )?(?:auspices of (?:the )?)?([\ue000]+)(?= |,|\.|$)")
LISTED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.PROJECT, re.compile(r"\bprojects\b[^.:;]*\bsuch as\s+(?:the project on (?:the )?)?(?=[^.;]*;)")),
    (Kind.PRIORITY, re.compile(r"\bpriorities\b[^.:;]*:\s*")),
    (Kind.KEY_RESULT_AREA, re.compile(r"\bkey results?\b[^:;]*\bare:\s*(?=[^.;]*;)")),
)
"""Words after which a sentence lists items of one kind."""
SUGGESTS = re.compile(
    r"\b(?:I|[Ww]e) (?:would )?(?:think|believe|suggest|propose|recommend)\b.{0,300}"
    r"\b(?:should|could|might|must)\b"
    r"|\b[Ii]t (?:may|might|could|would|will) (?:also )?be (?:important|useful|helpful|desirable|advisable"
    r"|necessary|good|worthwhile|possible) to\b"
    r"|\b(?:[Aa]nother|[Oo]ne|[Aa] further|[Aa] possible) (?:way|approach|option|possibility|step)\b.{0,60}"
    r"\bis to\b",
    re.DOTALL,
)
SUGGESTED_TOO = re.compile(r"\b(?:should|could|might)\b")
EXAMPLE = re.compile(r"^(?:For (?:example|instance),\s*)(?=with\b|by\b|through\b)")
CLOSES = re.compile(
    r"\b(?:participants|[Ff]orum|[Mm]eeting|[Ww]orkshop|[Ss]eminar|[Cc]onference) (?:also )?agreed that\b"
    r"|\bprogress\b.{0,120}\bwill be (?:reported|shared|presented|reviewed)\b",
    re.DOTALL,
)
CLOSES_TOO = re.compile(r"\b(?:will|shall|should|could|may)\b")


def closing_commitments(place: Place) -> Iterator[Found]:
    """A paragraph after the recommendations of a meeting: "The participants agreed that the progress
    ... will be reported to the next forum", and the sentences with it that say what to prepare.

    3 / 3 with the owner of the part as body, 2 / 2 partners and 1 / 1 year. The paragraph that
    introduces the recommendations ends in a colon, and so does not count.
    """
    text = place.words.text
    if place.setting.meeting is None or place.block.kind is not BlockKind.PARAGRAPH or place.block.label:
        return
    if place.block.parent is not None or INTRODUCING.search(text) or not CLOSES.search(text):
        return
    for sentence in place.sentences:
        if CLOSES_TOO.search(sentence.text):
            yield place.item_by(Kind.RECOMMENDATION, sentence, place.setting.owner)


def listed_in_sentences(place: Place) -> Iterator[Found]:
    """In "projects under the X work plan such as A with Indonesia as country coordinator; B; C" or "the
    following priorities ...: a, b, and c": an item each.

    4 / 4 with owners and coordinators; the other priorities, and key result areas, are fair either way.
    """
    if place.form is Form.REPORT or place.setting.meeting is not None:
        return
    for kind, form in LISTED:
        listed = form.search(place.words.text)
        if listed:
            yield from _parts_of(place, kind, listed.end())


def _parts_of(place: Place, kind: Kind, at: int) -> Iterator[Found]:
    """The parts of the sentence that goes on at an offset, with their coordinators and owner."""
    order = next((n for n, one in enumerate(place.sentences) if one.start < at < one.end), None)
    if order is None:
        return
    sentence = place.sentences[order]
    one = place.named(sentence)
    owner = _owner(one) or (_owners(place.named(place.sentences[order - 1])) if order else "")
    mark = ";" if ";" in sentence.text[at - sentence.start :] else ","
    for start, end in _parts(sentence.text, at - sentence.start, mark):
        who = COORDINATOR.search(one.masked, start, end)
        names = re.split(r",| and ", one.printed(*who.span(1))) if who else []
        yield Found(
            kind, sentence.start + start, sentence.start + end, owner, number="",
            coordinators=tuple(name.strip() for name in names),
        )  # fmt: skip


def _owners(one: Named) -> str:
    """Those whom "They" stands for in the sentence after."""
    return ", ".join(dict.fromkeys(name for name in one.organisations if name != "ASEAN"))


def projects_named(place: Place) -> Iterator[Found]:
    """A sentence that names one project: "includes the project to ...", "Another project is ...".

    2 / 2 in the second set.
    """
    if place.form is Form.REPORT or place.setting.meeting is not None:
        return
    for sentence in place.sentences:
        if PROJECT.search(sentence.text):
            owner = _owner(place.named(sentence))
            yield Found(Kind.PROJECT, sentence.start, sentence.end, owner, period=own_period(sentence.text))


def _owner(one: Named) -> str:
    owner = OWNING.search(one.masked)
    return one.printed(*owner.span(1)) if owner else next(iter(one.organisations), "")


def _parts(text: str, at: int, mark: str) -> list[tuple[int, int]]:
    """Ranges of the parts of a list from an offset on, "and" and white space around them left out."""
    pattern = rf"{mark}\s*(?:and\s+)?"
    cuts = [found.span() for found in re.finditer(pattern, text[at:])]
    starts = [at, *(at + end for _, end in cuts)]
    ends = [*(at + start for start, _ in cuts), len(text)]
    return [
        (a, a + len(text[a:b].rstrip(" .\n")))
        for a, b in zip(starts, ends, strict=True)
        if text[a:b].strip(" .\n")
    ]


def suggestions(place: Place) -> Iterator[Found]:
    """Suggestions: "I think ... we should", "It may also be important to", "Another way, perhaps, is to".

    5 / 5. In a paragraph with one of these, "should" and "could" suggest too, and so does an example
    that only adds with whom ("For example, with ...").
    """
    if place.form is Form.REPORT or place.setting.meeting is not None or place.is_listed:
        return
    if not SUGGESTS.search(place.words.text):
        return
    for sentence in place.sentences:
        example = EXAMPLE.match(sentence.text)
        if example:
            for start, end in _parts(sentence.text, example.end(), ";"):
                part = Sentence(sentence.start + start, sentence.start + end, sentence.text[start:end])
                yield place.item(Kind.SUGGESTION, part)
        elif SUGGESTS.search(sentence.text) or SUGGESTED_TOO.search(sentence.text):
            one = place.named(sentence)
            yield Found(Kind.SUGGESTION, sentence.start, sentence.end, partners=partners_in(one, ""))


def goals_stated(place: Place) -> Iterator[Found]:
    """Goals and aims: "The goal is to ...", "The purpose of the workshop will be to ...", "It aims to ...".

    2 / 2 in the second set, where three more are fair either way.
    """
    if place.form is Form.REPORT or place.setting.meeting is not None or _is_a_list_item(place):
        return
    for sentence in place.sentences:
        stated = GOAL.search(sentence.text)
        if (stated or AIMS.match(sentence.text)) and not INTRODUCING.search(sentence.text):
            kind = Kind.GOAL if stated and stated["noun"].lower() == "goal" else Kind.OBJECTIVE
            yield place.item(kind, sentence, theme=_theme(place))


def _theme(place: Place) -> str:
    named = len(place.setting.path) > 1 and not place.title.endswith(":") and not PLAN.search(place.title)
    return place.title if named else ""


def commitments(place: Place) -> Iterator[Found]:
    """A sentence of a plan or paper in which a body will, shall, is to or seeks to do something, or in
    which a measure will be taken.

    9 / 9 with bodies 6 / 6, themes 8 / 8 and partners 3 / 3. A verb of effect ("will be reduced"), a
    "will" in a clause that only describes ("that will promote") are left out.
    """
    if place.form is Form.REPORT or place.setting.meeting is not None or _is_a_list_item(place):
        return
    for sentence in place.sentences:
        if INTRODUCING.search(sentence.text):
            continue
        one = place.named(sentence)
        body = _committing(place, one)
        if body is not None:
            yield place.item_by(Kind.COMMITMENT, sentence, body, theme=_theme(place))


def _is_a_list_item(place: Place) -> bool:
    """Whether the block is a line of a list, numbered or not; a bullet of several sentences is prose."""
    if not place.block.number and len(place.all_sentences) > 1:
        return False
    return place.is_listed or (place.block.kind is BlockKind.ITEM and not place.block.number.isdigit())


def _committing(place: Place, one: Named) -> str | None:
    """Who commits, empty where nobody is named; None where the sentence commits no one to anything.

    The subject of a measure that will be taken does not act; who is tasked or invited does.
    """
    measure = PASSIVE.search(one.masked) or GOES_ON.search(one.masked)
    for form in (ACTIVE, REQUESTED, SEEKS, STANDING, DECIDED):
        for found in form.finditer(one.masked):
            if MEASURE.match(one.masked, found.end()) or _only_describes(one, found):
                continue
            if place.subject(one, found.start()):
                return place.body_of(one, found.start())
    if measure is None:
        return None
    asked = ASKED.search(one.masked)
    if asked:
        return place.body_of(one, asked.start())
    return place.full_name(tasked_in(one) or doer_in(one), one)


def _only_describes(one: Named, verb: re.Match[str]) -> bool:
    """Whether a verb tells what something is, or what a meeting took note of."""
    if NOTED.search(one.masked, 0, verb.start()):
        return True
    return bool(
        re.match(r"\s+(?:become|have|be (?:ongoing|able|a|an|the)|involve)\b", one.masked[verb.end() :])
    )
