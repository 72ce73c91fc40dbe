"""Where prose stands: the block with its sentences, what introduces it, and the form of its document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document, Span
from corpus.records import CommitmentKind
from ingest.commitments.agents import PERSON, Named, doer_in, named, partners_in, subject_before, tasked_in
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.periods import PERIOD, period_in
from ingest.commitments.sentences import Sentence, Words, run_in_title, sentences_of, words_of
from ingest.commitments.settings import PLAN, Setting

REPORT = re.compile(
    r"\b(?:mission[- ]report|report (?:of|on) (?:the|a)\b.*\b(?:meeting|mission|seminar|workshop|forum|conference)"
    r"|minutes|summary of proceedings)\b",
    re.IGNORECASE,
)
LONGEST = 150
"""Words: no sentence of the annotated texts has as many; a longer one is no sentence."""
QUOTED = re.compile(r"\bCommuniqu[eé]\b[^.]*\b(?:states|says|reads|stated|said)\b[^.]{0,30}$", re.IGNORECASE)
SHORTEST = 3
SAMPLE = 60_000
"""Characters from the beginning, and as many from the middle, that show whether a text is about bodies."""
BODIES_SHARE = 400
"""A text about bodies names one at least every so many words. The five name one every 12 to 30 words;
six novels and a cookery book name none."""
DATED = re.compile(
    r"(?:(?P<half>\b(?:first|second) half of )"
    r"|\b(?:by|until|before|end|in|during|from|towards|at|for|to be held (?:on|in)|the|of)\s+)$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"(?:(?<!be )\b(?:held|adopted|signed|launched|convened|dated)\s+(?:on|in)|\bsince|\bof)\s+$"
)


JOINING = re.compile(r"(?:[;,]\s*(?:and|or)?|;)\s*$")


class Form(Enum):
    """What the prose of a document is: that of a plan or paper, of a report, or of neither."""

    PLAN = "plan"
    REPORT = "report"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Found:
    """An item that a rule found in a block: a range of its words, and the fields that the rule knows."""

    kind: CommitmentKind
    start: int
    end: int
    body: str = ""
    theme: str = ""
    period: str = ""
    partners: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    number: str | None = None
    under: int | None = None


@dataclass(frozen=True)
class Place:
    """A block in its document, as the rules see it."""

    document: Document
    index: int
    setting: Setting
    form: Form
    authority: Authority
    people: Mapping[str, str]

    @property
    def block(self) -> Block:
        """The block itself."""
        return self.document.blocks[self.index]

    @cached_property
    def words(self) -> Words:
        """The words of the block."""
        return words_of(self.document, self.block)

    @cached_property
    def all_sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the block, its run-in title included."""
        return sentences_of(self.words)

    @cached_property
    def run_in(self) -> str:
        """The run-in title of the block."""
        return run_in_title(self.words, self.all_sentences)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the block that can be items: no title, none without end."""
        rest = self.all_sentences[1:] if self.run_in else self.all_sentences
        return tuple(one for one in rest if SHORTEST <= len(one.text.split()) <= LONGEST)

    @cached_property
    def lead_index(self) -> int | None:
        """Index of the block that introduces this one."""
        return self.block.parent if self.block.parent is not None else self.block.lead

    @cached_property
    def lead(self) -> str:
        """Words of the block that introduces this one, white space folded; empty where none does."""
        if self.lead_index is None:
            return ""
        return _folded(self.document, self.document.blocks[self.lead_index])[-1200:]

    @cached_property
    def title(self) -> str:
        """The nearest heading."""
        return self.setting.path[-1] if self.setting.path else ""

    @cached_property
    def number(self) -> str:
        """The printed number of the block; of a paragraph that goes on after a quotation, that of the
        paragraph which quotes."""
        if self.block.number or self.block.kind is not BlockKind.PARAGRAPH or self.index == 0:
            return self.block.number
        before = self.document.blocks[self.index - 1]
        if before.parent is None or before.section != self.block.section:
            return ""
        above = self.document.blocks[before.parent]
        return above.number if QUOTED.search(_folded(self.document, above)) else ""

    @property
    def is_listed(self) -> bool:
        """Whether the block is an item of a list that something introduces."""
        return self.block.kind is BlockKind.ITEM and self.lead_index is not None

    def named(self, sentence: Sentence) -> Named:
        """The sentence with its names masked."""
        return named(sentence.text, self.authority)

    def whole(self) -> tuple[int, int]:
        """Range of all words of the block, without what only joins it to the next item ("; and")."""
        text = self.words.text
        end = JOINING.search(text)
        return len(text) - len(text.lstrip()), end.start() if end else len(text.rstrip())

    def before(self, count: int = 12) -> Iterator[str]:
        """Words of the blocks before this one, the nearest first."""
        for block in reversed(self.document.blocks[max(0, self.index - count) : self.index]):
            yield _folded(self.document, block)

    def item(self, kind: CommitmentKind, sentence: Sentence, **fields: str) -> Found:
        """An item of a whole sentence, with who acts, with whom and when as the sentence prints them."""
        one = self.named(sentence)
        body = fields.get("body") or self.body_of(one)
        return Found(
            kind, sentence.start, sentence.end, body, fields.get("theme", ""), own_period(sentence.text),
            partners_in(one, body),
        )  # fmt: skip

    def body_of(self, sentence: Named, verb: int | None = None) -> str:
        """Who acts in a sentence: those tasked, else its subject, else its doer; as printed."""
        return self.full_name(
            tasked_in(sentence) or self._subject(sentence, verb) or doer_in(sentence), sentence
        )

    def _subject(self, sentence: Named, verb: int | None) -> str:
        places = [verb] if verb is not None else [found.start() for found in VERB.finditer(sentence.masked)]
        return next((name for at in places if (name := self.subject(sentence, at))), "")

    def subject(self, sentence: Named, at: int) -> str:
        """The subject of the verb at an offset: a body, or the body that a person named speaks for."""
        person = PERSON.search(sentence.text, max(0, at - 60), at)
        if person:
            return self.people.get(person["surname"], "")
        return subject_before(sentence, at)

    def full_name(self, name: str, sentence: Named) -> str:
        """The longer name that a short form ("the Ministers", "We", "They") stands for, printed before it."""
        if name.lower() in ("we", "they"):
            return next(iter(named(self.words.text, self.authority).organisations), name)
        if not SHORT_FORM.fullmatch(name):
            return name
        ending = re.compile(rf"(?:ASEAN|ILO|[A-Z]{{2,}})(?: [A-Z][\w-]+){{0,3}} {re.escape(name)}\b")
        for text in (sentence.text, self.words.text, *self.setting.path[::-1], *self.before()):
            found = list(ending.finditer(text))
            if found:
                return found[-1].group()
        return name


VERB = re.compile(
    r"(?:\b(?:also|probably|eventually|further)\s+)?\b(?:will|shall|would|should|can|could|may|is|are|has|have|needs?|seeks?|aims?"
    r"|agreed|decided|requested|invited|indicated|expressed|reaffirmed|called|referred|recommended|raised|noted"
    r"|provides?|prepares?|asked|urged|committed|resolved|tasked|proposed|suggested|protect|promote|encourage|work"
    r"|effectively|provide|meet|facilitate)\b"
)
SHORT_FORM = re.compile(
    r"Ministers|Leaders|Senior Officials|Secretary[- ]General|Secretariat|Committee|Network"
)


def own_period(text: str) -> str:
    """The time that a sentence sets for its item: not since when, nor when a meeting was held.

    A date counts after "by", "in", "before", "end" and their like. On the annotated prose each of the
    six printed periods is found, and none of the eleven dates of past meetings.
    """
    for found in PERIOD.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if not found.group()[0].isdigit() and not re.search(r"\d", found.group()):
            continue
        placed = DATED.search(before)
        if (PAST.search(before) and not (placed and placed["half"])) or (found.group()[0].isdigit() and placed is None):
            continue
        half = placed["half"] if placed and placed["half"] else ""
        return half + period_in(found.group())
    return ""


def _folded(document: Document, block: Block) -> str:
    return words_of(document, block).text.strip()


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


def people_of(document: Document, authority: Authority) -> dict[str, str]:
    """Whom each person speaks for: the body that opens the post printed after the name.

    "Mr. A. Tan, ILO Regional Director" gives Tan the ILO; on the annotated report the one person who
    acts for a body is told so, and the posts that open with no body ("Director, ...") give none.
    """
    found: dict[str, str] = {}
    for named_post in APPOSITION.finditer(document.text):
        mentions = authority.mentions(named_post["post"])
        if mentions and mentions[0].start == 0 and mentions[0].entry.kind in ("body", "partner"):
            found.setdefault(named_post["surname"], named_post["post"][: mentions[0].end])
    return found


def draft_of(place: Place, found: Found, key: Key, parent: Key | None) -> Draft:
    """The draft of what a rule found."""
    number = place.number if found.number is None else found.number
    spans: tuple[Span, ...] = place.words.spans(found.start, found.end)
    return Draft(
        key, found.kind, spans, number, place.block.inferred and bool(number), parent,
        " ".join(found.body.split()), found.theme, found.period, "", found.coordinators, found.partners,
    )  # fmt: skip


def places_of(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Place]:
    """Every block that holds prose, in order; none in a document that hardly names a body."""
    form = form_of(document, authority)
    if form is Form.NONE:
        return
    people = people_of(document, authority)
    for index, block in enumerate(document.blocks):
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE) and not block.cells:
            yield Place(document, index, settings[index], form, authority, people)


def is_plan(place: Place) -> bool:
    """Whether the block belongs to a plan: by the document's title or a heading above it."""
    return bool(PLAN.search(place.document.source.title)) or place.setting.says(PLAN)
