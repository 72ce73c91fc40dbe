"""Bibliographic facts of a document, proposed from its own first page and its file's properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.authority import Authority
from corpus.documents import BlockKind, Document
from ingest.commitments.addresses import ACRONYM
from ingest.elements import Properties

FIRST = 3000
"""Characters of a text that are taken for its first page where it has no shorter one."""
LONGEST_TITLE = 250
LONGEST_SHORT = 60
LONGEST_KIND = 2
"""Words of a heading that may name a kind of document and nothing else."""
WHOLE = "asean"
"""Body that is named in almost every text: a narrower one named beside it is rather the issuer."""
KINDS = (
    (r"work programmes?", "work-programme"),
    (r"work plans", "work-plans"),
    (r"work plan", "work-plan"),
    (r"plans? of action|action plans?", "action-plan"),
    (r"mission report", "mission-report"),
    (r"recommendations?", "recommendations"),
    (r"declaration", "declaration"),
    (r"communiqu[eé]", "communique"),
    (r"statement", "statement"),
    (r"guidelines?|guidance", "guidelines"),
    (r"report|proceedings", "report"),
    (r"paper", "paper"),
)
"""Words of a title and the kind of document they tell of, the telling before the general."""
OTHER_KIND = "document"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join(MONTHS)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = re.compile(rf"\b(?P<day>\d{{1,2}})(?:\s*[-–]\s*\d{{1,2}})?\s+(?P<month>{_MONTH}),?\s+{_YEAR}\b", re.I)
MONTH = re.compile(rf"\b(?P<month>{_MONTH}),?\s+{_YEAR}\b", re.IGNORECASE)
PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–—/]|to)\s*((?:19|20)\d\d)\b")
YEAR = re.compile(rf"\b{_YEAR}\b")

PLAN = re.compile(r"\b(?:work programme|work plan|action plan|plan of action)s?\b", re.IGNORECASE)
LONGEST_LINE = 20
"""Words of a line on a cover, imprints included; longer ones are prose and name other dates and bodies."""
UNLIKE_TITLE = re.compile(r"[.;:,]$|@|www\.|https?:|^contents$|^table of contents", re.IGNORECASE)
TITLE, COVER, PAGE, PROPERTIES = "the title", "the cover", "the first page", "the file's properties"
HEADING, LINE, FILE = "a heading", "the first line", "the file's name"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it was found; empty where nothing was."""

    value: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a document seems to be; `date` is an ISO date, maybe partial, `period` "2010-2015"."""

    title: Fact
    body: Fact
    kind: Fact
    date: Fact
    period: Fact


def propose(document: Document, properties: Properties, authority: Authority, file: Path) -> Proposal:
    """Propose the facts of a document; one that nothing tells is empty, but for title and kind."""
    blocks = _first_blocks(document)
    title = _title(blocks, properties, file)
    cover = "\n".join(words for _, words in blocks if len(words.split()) <= LONGEST_LINE)
    page = "\n".join(words for _, words in blocks)
    return Proposal(
        title=title,
        body=_body(((title.value, TITLE), (cover, COVER), (page, PAGE)), authority),
        kind=_kind(((title.value, TITLE), (cover, COVER))),
        date=_date(title.value, cover, properties),
        period=_period(title.value),
    )


def short_title(title: str) -> str:
    """Cut a title at its first colon, unless only a kind stands before it, and between words.

    A long one that gives an acronym is that, with the plan and the period: "ACMW Work Plan 2016-2020".
    """
    head, _, rest = title.partition(": ")
    if rest and _is_kind_alone(head):
        head = rest
    if len(head) <= LONGEST_SHORT:
        return head
    if acronym := ACRONYM.search(head):
        plan, period = PLAN.search(head), PERIOD.search(head)
        parts = (acronym[1], plan[0] if plan else "", period[0] if period else "")
        return " ".join(part for part in parts if part)
    return head[: LONGEST_SHORT + 1].rpartition(" ")[0] or head[:LONGEST_SHORT]


def _first_blocks(document: Document) -> list[tuple[BlockKind, str]]:
    """Kind and folded words of the blocks of the first page."""
    end = min(document.pages[0].end, document.pages[0].start + FIRST)
    blocks = (block for block in document.blocks if block.spans and block.spans[0].start < end)
    return [(block.kind, " ".join(document.slice(block.spans).split())) for block in blocks]


def _title(blocks: Sequence[tuple[BlockKind, str]], properties: Properties, file: Path) -> Fact:
    """The file's own title where it is printed; else the first heading above prose to name a kind, or any."""
    own = " ".join(properties.title.split())[:LONGEST_TITLE]
    if own and any(own.casefold() in words.casefold() for _, words in blocks):
        return Fact(own, PROPERTIES)
    likely = [(kind, words) for kind, words in blocks if _may_be_title(words)]
    headings = [words for kind, words in likely if kind is BlockKind.HEADING]
    telling = [words for words in _before_prose(blocks) if len(words.split()) > 3 and _kind_in(words)]
    candidates = (
        *(Fact(_with_next(words, likely), HEADING) for words in (*telling, *headings)),
        Fact(own, PROPERTIES),
        *(Fact(words, LINE) for _, words in likely),
        Fact(file.stem, FILE),
    )
    return next(fact for fact in candidates if fact.value)


def _with_next(heading: str, likely: Sequence[tuple[BlockKind, str]]) -> str:
    """A heading that only names a kind ("MISSION REPORT"), with the line below it, which says of what."""
    lines = [words for _, words in likely]
    below = lines[lines.index(heading) + 1 :]
    if not _is_kind_alone(heading) or not below:
        return heading
    joined = f"{heading}: {below[0]}"
    return heading if DAY.search(below[0]) or len(joined) > LONGEST_TITLE else joined


def _is_kind_alone(words: str) -> bool:
    return len(words.split()) <= LONGEST_KIND and bool(_kind_in(words))


def _before_prose(blocks: Sequence[tuple[BlockKind, str]]) -> Iterator[str]:
    """The headings that may be titles above the first words that are longer than a line of a cover."""
    for kind, words in blocks:
        if kind is BlockKind.HEADING:
            if _may_be_title(words):
                yield words
        elif len(words.split()) > LONGEST_LINE:
            return


def _may_be_title(words: str) -> bool:
    return len(words.split()) > 1 and len(words) <= LONGEST_TITLE and not UNLIKE_TITLE.search(words)


def _body(texts: Sequence[tuple[str, str]], authority: Authority) -> Fact:
    """The first body that a text names, one narrower than ASEAN before it; else an organisation."""
    for names in (authority.bodies_in, authority.partners_in):
        for text, origin in texts:
            narrow = [name for name in names(text) if name != WHOLE]
            if narrow:
                return Fact(narrow[0], origin)
    named = (origin for text, origin in texts if WHOLE in authority.bodies_in(text))
    return next((Fact(WHOLE, origin) for origin in named), Fact())


def _kind(texts: Sequence[tuple[str, str]]) -> Fact:
    found = ((_kind_in(text), origin) for text, origin in texts)
    return next((Fact(kind, origin) for kind, origin in found if kind), Fact(OTHER_KIND, "no telling word"))


def _kind_in(text: str) -> str:
    found = (kind for pattern, kind in KINDS if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE))
    return next(found, "")


def _date(title: str, cover: str, properties: Properties) -> Fact:
    """The day or month on the cover, else the year in the title, the file's date, a year on the cover."""
    for pattern in (DAY, MONTH):
        if found := pattern.search(f"{title}\n{cover}"):
            return Fact(_iso(found), COVER)
    if found := YEAR.search(title):
        return Fact(found["year"], TITLE)
    if properties.created:
        return Fact(properties.created, PROPERTIES)
    found = YEAR.search(cover)
    return Fact(found["year"], COVER) if found else Fact()


def _period(title: str) -> Fact:
    found = PERIOD.search(title)
    return Fact(f"{found[1]}-{found[2]}", TITLE) if found and found[1] <= found[2] else Fact()


def _iso(found: re.Match[str]) -> str:
    year, month = int(found["year"]), MONTHS.index(found["month"].capitalize()) + 1
    try:
        return date(year, month, int(found.groupdict().get("day") or 0)).isoformat()
    except ValueError:
        return f"{year}-{month:02}"
