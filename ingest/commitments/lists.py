"""Items of lists that a meeting or a plan draws up: recommendations, actions, initiatives, indicators ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document
from corpus.records import CommitmentKind
from ingest.commitments.agents import doer_in, subject_before
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.names import names_in
from ingest.commitments.periods import period_in, periods_in
from ingest.commitments.phrases import named, partners_in
from ingest.commitments.settings import Setting
from ingest.commitments.status import status_in
from ingest.commitments.themes import bare

INTRODUCED: tuple[tuple[re.Pattern[str], CommitmentKind], ...] = (
    (re.compile(r"^actions?\s*:$", re.IGNORECASE), CommitmentKind.ACTION),
    (re.compile(r"^(?!.*\brecommend).*\bfollowing actions\s*:$", re.IGNORECASE), CommitmentKind.ACTION),
    (re.compile(r"\bprinciples?\b.*:$", re.IGNORECASE), CommitmentKind.PRINCIPLE),
    (re.compile(r"\binitiatives? will be\b.*:$", re.IGNORECASE), CommitmentKind.INITIATIVE),
    (
        re.compile(r"\bfollowing\b.*\bwill (?:also )?be undertaken\b.*:$", re.IGNORECASE),
        CommitmentKind.ACTION,
    ),
    (re.compile(r"\bpriorit(?:y areas|ies)\b[^.]*$", re.IGNORECASE), CommitmentKind.PRIORITY),
    (re.compile(r"\bundertake projects\b.*:$", re.IGNORECASE), CommitmentKind.PROJECT),
    (re.compile(r"\bimplementation and monitoring\b.*:$", re.IGNORECASE), CommitmentKind.MONITORING),
    (re.compile(r"\brecommend(?:s|ed|ations?)?\b", re.IGNORECASE), CommitmentKind.RECOMMENDATION),
    (re.compile(r"\b(?:objectives?|aims?)\b[^.;]*:$", re.IGNORECASE), CommitmentKind.OBJECTIVE),
    (re.compile(r"\bgoals?\b[^.;]*:$", re.IGNORECASE), CommitmentKind.GOAL),
    (re.compile(r"\btargets?\b[^.;]*:$", re.IGNORECASE), CommitmentKind.TARGET),
)
"""What the items of a list are, by the words that introduce it: the nearest lead, parent or heading counts,
and of its words the first form here that matches."""

INTRODUCES = re.compile(r"(?::|\bnamely,?)$")
HEADED: tuple[tuple[re.Pattern[str], CommitmentKind], ...] = (
    (re.compile(r"\bindicators\b", re.IGNORECASE), CommitmentKind.INDICATOR),
    (re.compile(r"\blabour sector actions\b|\bpriority concerns\b", re.IGNORECASE), CommitmentKind.ACTION),
    (re.compile(r"\brecommendations\b", re.IGNORECASE), CommitmentKind.RECOMMENDATION),
)
"""What the items of a list are, by the heading over it, where no words introduce it."""

DIGEST = re.compile(r"\bsummary\b", re.IGNORECASE)
RECOMMENDING = re.compile(r"\brecommend(?:s|ed)\b", re.IGNORECASE)
DIRECTED = re.compile(
    r"\brecommend(?:s|ed)\s+(?:to\s+)?the\s+(?P<who>.+?)(?=\s+for\s+(?:consideration|advice)|[,:;])"
)
MODAL = re.compile(r"\s+(?:should|shall|must|could|needs?|will)\b")
BETWEEN = re.compile(r"\bin cooperation between (?P<who>.+?)(?=\s+to\s+|[.;])")
APPOINTED = re.compile(
    r"^(?:[Aa]ppoint|[Rr]ecommend|[Rr]equest|[Ii]nvite)\s+(?:the\s+)?"
    r"(?P<who>[A-Z][\w ]+?)\s+to\s+(?:coordinate|host|lead)\b"
)
CITED = re.compile(
    r"\b(?:work (?:programme|plan)s?|conventions?|declaration|blueprint|no\.?\s*\d+)\W{0,3}"
    r"(?:for\s+)?(?:of\s+)?\(?"
    r"(?:no\.?\s*\d+,?\s*)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\)?",
    re.IGNORECASE,
)
"""A programme or instrument named with its own year, which is no date of the item."""
DEADLINE = re.compile(r"\b(?:by|from|for|in)\s+(?=(?:19|20)\d\d)")
ASIDE = re.compile(r"\([^()]*\)")
CARRIED_OUT = frozenset({CommitmentKind.INITIATIVE, CommitmentKind.PROJECT, CommitmentKind.ACTION})
"""Kinds that carry out the theme which the heading over them names."""
SHORT_LABEL = 7
"""Words: a line this short that ends in a colon only heads the items below it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What an item is, and to whom the words that introduce it are directed."""

    kind: CommitmentKind
    addressed: str


class _Reader:
    """Reads the lists of one document."""

    def __init__(self, document: Document, settings: Sequence[Setting], authority: Authority) -> None:
        self.document = document
        self.settings = settings
        self.authority = authority
        self.found: dict[int, Draft] = {}
        self.folds: dict[int, str] = {}
        self.introductions: dict[int | None, _Place | None] = {}
        self.with_items = {block.parent for block in document.blocks if block.parent is not None}
        self.last_of = {
            block.section: i for i, block in enumerate(document.blocks) if block.kind is not BlockKind.HEADING
        }

    def words(self, i: int | None) -> str:
        """Words of a block with white space folded, made once: a lead serves every item of its list."""
        if i is None:
            return ""
        if i not in self.folds:
            self.folds[i] = " ".join(self.document.slice(self.document.blocks[i].spans).split())
        return self.folds[i]

    def read(self) -> Iterator[Draft]:
        for i, block in enumerate(self.document.blocks):
            if not self.is_candidate(i, block):
                continue
            place = self.place(i, block)
            if place is not None and not self.is_label(i):
                self.found[i] = self.draft(i, block, place)
                yield self.found[i]

    def is_candidate(self, i: int, block: Block) -> bool:
        if block.kind is BlockKind.PARAGRAPH:
            return block.lead is not None and block.parent is not None
        return block.kind is BlockKind.ITEM and not block.cells

    def is_label(self, i: int) -> bool:
        """Whether a short line only heads the items below it ("Responsibilities of sending countries:")."""
        words = self.words(i)
        return i in self.with_items and words.endswith(":") and len(words.split()) <= SHORT_LABEL

    def place(self, i: int, block: Block) -> _Place | None:
        """What introduces an item: its lead, its parent, what introduces the parent, or the heading."""
        for source in (block.lead, block.parent):
            introduced = self.introduced(source)
            if introduced is not None:
                return introduced
        if block.parent is not None:
            above = self.document.blocks[block.parent]
            if block.parent in self.found:
                return _Place(self.found[block.parent].kind, self.found[block.parent].body)
            return self.place(block.parent, above) if above.kind is BlockKind.ITEM else None
        return self.introduced(self.over_headings(block)) or self.headed(i)

    def over_headings(self, block: Block) -> int | None:
        """The last block above the headings that part a list, unless the item only numbers on from it.

        "... projects under each of these thrusts:" introduces the lettered items under every thrust.
        """
        section = None if block.section is None else self.document.sections[block.section]
        above = self.last_of.get(section.parent) if section and section.parent is not None else None
        if above is None or (self.document.blocks[above].number.isdigit() and block.number.isdigit()):
            return None
        return above

    def introduced(self, source: int | None) -> _Place | None:
        """What a block that ends in a colon says that the items after it are; found once for all of them."""
        if source not in self.introductions:
            words = self.words(source)
            kind = next((kind for form, kind in INTRODUCED if form.search(words)), None)
            found = _Place(kind, self.addressed(words)) if kind and INTRODUCES.search(words) else None
            self.introductions[source] = found
        return self.introductions[source]

    def headed(self, i: int) -> _Place | None:
        path = self.settings[i].path[-3:]
        for title in reversed(path):
            kind = next((kind for form, kind in HEADED if form.search(title)), None)
            if kind is not None:
                if DIGEST.search(title) and not RECOMMENDING.search(self.words(i)):
                    return None
                return _Place(kind, "")
        return None

    def addressed(self, words: str) -> str:
        """To whom a list is directed: "recommended to the ... Working Group (SLOM-WG) for consideration"."""
        found = DIRECTED.search(words)
        if not found:
            return ""
        names = [mention for mention in self.authority.mentions(found["who"]) if mention.entry.kind != "term"]
        return names[-1].entry.label if names else ""

    def draft(self, i: int, block: Block, place: _Place) -> Draft:
        words = self.words(i)
        parent = self.parent_of(block)
        body = self.body(words, place, i)
        dated = CITED.sub(" ", words)
        deadline = DEADLINE.search(dated)
        return Draft(
            (i, 0),
            place.kind,
            block.spans,
            number=block.number,
            inferred=block.inferred,
            parent=parent,
            body=body,
            theme=self.theme(i, place.kind),
            period=period_in(dated[deadline.end() :]) if deadline else next(iter(periods_in(dated)), ""),
            status=status_in(words),
            coordinators=self.coordinators(words),
            partners=partners_in(named(words, self.authority), body),
        )

    def parent_of(self, block: Block) -> Key | None:
        """The draft an item stands under, over labels that are none."""
        above = block.parent
        while above is not None and above not in self.found:
            above = self.document.blocks[above].parent
        return self.found[above].key if above is not None else None

    def body(self, words: str, place: _Place, i: int) -> str:
        """Who is to act: those the item names, those it is directed to, or the owner of the section."""
        shared = BETWEEN.search(words)
        if shared:
            return ", ".join(self.labels(shared["who"]))
        acts = self.acting(words)
        if acts:
            return acts
        return place.addressed or self.settings[i].owner or doer_in(named(words, self.authority))

    def acting(self, words: str) -> str:
        """The body that an item begins with as the one who should act; member states at large are none."""
        words = ASIDE.sub(_blank, words)
        modal = MODAL.search(words)
        if not modal or modal.start() > 120:
            return ""
        subject = subject_before(named(words, self.authority), modal.start())
        labels = [name for name in names_in(subject, self.authority) if self.is_body(name)]
        return ", ".join(labels)

    def is_body(self, name: str) -> bool:
        kinds = {mention.entry.kind for mention in self.authority.mentions(name)}
        return bool(kinds & {"body", "partner"}) or name == "ASEAN"

    def labels(self, words: str) -> list[str]:
        found = (mention.entry for mention in self.authority.mentions(words) if mention.entry.kind == "body")
        return list(dict.fromkeys(entry.label for entry in found))

    def coordinators(self, words: str) -> tuple[str, ...]:
        found = APPOINTED.search(words)
        return names_in(found["who"], self.authority) if found else ()

    def theme(self, i: int, kind: CommitmentKind) -> str:
        """The heading over an item that carries out a plan, or the label of its row in a table."""
        path = self.settings[i].path
        if len(path) < 2 or self.settings[i].meeting:
            return ""
        tabled = any(form.search(path[-2]) for form, kind in HEADED if kind is CommitmentKind.ACTION)
        return bare(path[-1]) if tabled or kind in CARRIED_OUT else ""


def _blank(aside: re.Match[str]) -> str:
    return " " * len(aside.group())


def items(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Items of every list that its lead, parent or heading makes one of commitments."""
    yield from _Reader(document, settings, authority).read()
