"""Where prose stands: the block with its sentences, what introduces it, and the form of its document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document, Span
from corpus.records import CommitmentKind
from ingest.commitments.agents import PERSON, Named, doer_in, named, partners_in, subject_before, tasked_in
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.forms import WE, Form, form_of, own_period, people_of
from ingest.commitments.sentences import Sentence, Words, run_in_title, sentences_of, words_of
from ingest.commitments.settings import Setting

LONGEST = 150
"""Words: no sentence of the annotated texts has as many; a longer one is no sentence."""
QUOTED = re.compile(r"\bCommuniqu[eé]\b[^.]*\b(?:states|says|reads|stated|said)\b[^.]{0,30}$", re.IGNORECASE)
SHORTEST = 4
"""Words: the shortest sentence of the annotated texts that is an item has ten."""
NEARBY = 4_000
BLOCKS_BEFORE = 12
"""A full name is looked for in so many blocks before its short form, so many characters of each."""
JOINING = re.compile(r"(?:[;,]\s*(?:and|or)?|;)\s*$")


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
        """The printed number of the block; a paragraph after a quotation has that of the one which quotes."""
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
        """The sentence, or the beginning of one without end, with its names masked."""
        return named(sentence.text[:NEARBY], self.authority)

    def whole(self) -> tuple[int, int]:
        """Range of all words of the block, without what only joins it to the next item ("; and")."""
        text = self.words.text
        end = JOINING.search(text)
        return len(text) - len(text.lstrip()), end.start() if end else len(text.rstrip())

    def item(self, kind: CommitmentKind, sentence: Sentence, theme: str = "") -> Found:
        """An item of a whole sentence, with who acts, with whom and when as the sentence prints them."""
        return self.item_by(kind, sentence, self.body_of(self.named(sentence)), theme)

    def item_by(self, kind: CommitmentKind, sentence: Sentence, body: str, theme: str = "") -> Found:
        """An item of a whole sentence, whose body the rule knows."""
        partners = partners_in(self.named(sentence), body)
        return Found(kind, sentence.start, sentence.end, body, theme, own_period(sentence.text), partners)

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
        """The longer name that a short form ("the Ministers", "We") stands for, printed before it."""
        if name.lower() in ("we", "they"):
            speakers = self.people.get(WE, "") if name.lower() == "we" else ""
            return speakers or next(iter((*sentence.organisations, *self._first_named)), name)
        if SHORT_FORM.fullmatch(name) and name not in self._full_names:
            self._full_names[name] = self._look_up(name)
        return self._full_names.get(name, name)

    @cached_property
    def _full_names(self) -> dict[str, str]:
        return {}

    @cached_property
    def _first_named(self) -> tuple[str, ...]:
        return named(self.words.text[:NEARBY], self.authority).organisations[:1]

    def _look_up(self, name: str) -> str:
        ending = re.compile(rf"(?:[A-Z]{{2,}})(?: [A-Z][\w-]+){{0,3}} {re.escape(name)}\b")
        blocks = self.document.blocks[max(0, self.index - BLOCKS_BEFORE) : self.index]
        before = (_folded(self.document, block)[-NEARBY:] for block in reversed(blocks))
        for text in (self.words.text[:NEARBY], *reversed(self.setting.path), *before):
            found = ending.findall(text)
            if found:
                return str(found[-1])
        return name


VERB = re.compile(
    r"(?:\b(?:also|probably|eventually|further)\s+)?\b(?:will|shall|would|should|can|could|may|is|are|has|have"
    r"|needs?|seeks?|aims?"
    r"|agreed|decided|requested|invited|indicated|expressed|reaffirmed|renewed|called|referred|recommended|raised|noted"
    r"|provides?|prepares?|asked|urged|committed|resolved|tasked|proposed|suggested|protect|promote|encourage|work"
    r"|effectively|provide|meet|facilitate)\b"
)
SHORT_FORM = re.compile(
    r"Ministers|Leaders|Senior Officials|Secretary[- ]General|Secretariat|Committee|Network"
)


def _folded(document: Document, block: Block) -> str:
    return words_of(document, block).text.strip()


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
