"""From the blocks of a Document to passages: units of meaning with the context they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus.authority import Authority, Mention
from corpus.documents import Block, BlockKind, Cell, Document
from corpus.ids import fold, passage_id
from corpus.records import Passage, PassageKind

FORMS = {
    BlockKind.HEADING: PassageKind.HEADING,
    BlockKind.PARAGRAPH: PassageKind.PARAGRAPH,
    BlockKind.ITEM: PassageKind.ITEM,
    BlockKind.ROW: PassageKind.ROW,
    BlockKind.DEFINITION: PassageKind.DEFINITION,
    BlockKind.NOTE: PassageKind.NOTE,
    BlockKind.CONTENTS: PassageKind.CONTENTS,
}
YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
SHORT_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s*[-–/]\s*(?P<last>\d\d)(?!\d)")
ACTION_LABEL = re.compile(r"^actions?\s*:$", re.IGNORECASE)
RECOMMENDS = re.compile(r"\brecommend(?:s|ed|ations?)?\b", re.IGNORECASE)
RECOMMENDATIONS = re.compile(r"\brecommendations?\b", re.IGNORECASE)


def years_in(text: str) -> tuple[int, int] | None:
    """First and last year that a text names ("2013/14" included); None where it names none."""
    years = [int(found.group()) for found in YEAR.finditer(text)]
    for found in SHORT_YEAR.finditer(text):
        last = int(found["first"][:2] + found["last"])
        years += [last] if last >= int(found["first"]) else []
    return (min(years), max(years)) if years else None


def _is_searched(block: Block) -> bool:
    """Whether a block is a passage: any but page furniture and plain headings.

    A heading with a letter or number of its own ("(b) Promote transparency ...") says something.
    """
    return block.kind is not BlockKind.FURNITURE and (
        block.kind is not BlockKind.HEADING or bool(block.number)
    )


class _Cutter:
    """Cuts one document; holds what every passage of it needs."""

    def __init__(self, document: Document, authority: Authority) -> None:
        self.document = document
        self.authority = authority
        self.folds: dict[int, str] = {}
        self.recommending: dict[int, bool] = {}
        self.headed: dict[int | None, tuple[str, ...]] = {}

    @cached_property
    def searched(self) -> list[int]:
        blocks = self.document.blocks
        return [i for i, block in enumerate(blocks) if block.spans and _is_searched(block)]

    @cached_property
    def ids(self) -> dict[int, str]:
        """Passage id of each block that is a passage."""
        seen: Counter[tuple[tuple[str, ...], str]] = Counter()
        named = {}
        for i in self.searched:
            path, words = self.path(i), self.words(i)
            key = (tuple(map(fold, path)), fold(words))
            named[i] = passage_id(self.document.id, path, words, seen[key])
            seen[key] += 1
        return named

    def words(self, i: int | None) -> str:
        return "" if i is None else self.document.slice(self.document.blocks[i].spans)

    def folded(self, i: int | None) -> str:
        """Words of a block with white space folded, made once: a lead serves every item of its list."""
        if i is None:
            return ""
        if i not in self.folds:
            self.folds[i] = " ".join(self.words(i).split())
        return self.folds[i]

    def says_recommend(self, i: int) -> bool:
        if i not in self.recommending:
            self.recommending[i] = bool(RECOMMENDS.search(self.words(i)))
        return self.recommending[i]

    def path(self, i: int) -> tuple[str, ...]:
        return self.document.path_of(self.document.blocks[i].section)

    def cells(self, block: Block) -> tuple[tuple[str, str], ...]:
        """Head and words of each cell; the parts of a cell broken over rows stand a space apart."""
        return tuple((cell.head, self.cell_words(cell)) for cell in block.cells)

    def cell_words(self, cell: Cell) -> str:
        return " ".join(" ".join(self.document.slice((span,)) for span in cell.spans).split())

    def kind(self, block: Block) -> PassageKind:
        """What the text makes of a block: a recommendation where its list or section says so."""
        if block.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH):
            return FORMS[block.kind]
        if ACTION_LABEL.match(self.folded(block.lead)):
            return PassageKind.ACTION
        if block.kind is BlockKind.ITEM and self.recommends(block):
            return PassageKind.RECOMMENDATION
        return FORMS[block.kind]

    def recommends(self, block: Block) -> bool:
        """Whether an item is introduced as a recommendation, or the list that it is part of is."""
        blocks = self.document.blocks
        if block.parent is not None:
            above = blocks[block.parent]
            return self.says_recommend(block.parent) or self.recommends(above)
        if block.lead is not None and not ACTION_LABEL.match(self.folded(block.lead)):
            return self.says_recommend(block.lead)
        return any(RECOMMENDATIONS.search(title) for title in self.document.path_of(block.section)[-2:])

    def bodies_above(self, section: int | None) -> tuple[str, ...]:
        """Bodies that the headings over a section name, found once for all that stands in it."""
        if section not in self.headed:
            self.headed[section] = self.authority.bodies_in(" ".join(self.document.path_of(section)))
        return self.headed[section]

    def years(self, own: str, path: Iterable[str]) -> tuple[int, int] | None:
        """Years of the words themselves, else of the nearest heading, else of the document."""
        for text in (own, *reversed(tuple(path))):
            found = years_in(text)
            if found:
                return found
        source = self.document.source
        return source.period or (source.year, source.year)

    def passage(self, position: int, i: int) -> Passage:
        block = self.document.blocks[i]
        path, cells = self.path(i), self.cells(block)
        pages = self.document.pages_of(block.spans)
        own = " ".join((self.words(i), *(words for _, words in cells)))
        named = self.authority.mentions(own)
        return Passage(
            id=self.ids[i],
            document=self.document.id,
            kind=self.kind(block),
            text=self.words(i),
            spans=block.spans,
            section=path,
            position=position,
            number=block.number,
            inferred=block.inferred,
            lead=self.folded(block.lead),
            parent=self.ids.get(block.parent, "") if block.parent is not None else "",
            parent_text=self.folded(block.parent),
            cells=cells,
            pages=pages,
            lines=self.document.lines_of(block.spans),
            places=self.document.places_of(block.spans),
            ocr=self.document.is_recognised(pages),
            bodies=_ids(named, "body", self.bodies_above(block.section)),
            countries=_ids(named, "country"),
            years=self.years(own, path),
        )


def _ids(named: Iterable[Mention], kind: str, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Ids of the entries of a kind in order of first mention, and then those of `more`, each once."""
    own = (mention.entry.id for mention in named if mention.entry.kind == kind)
    return tuple(dict.fromkeys((*own, *more)))


def cut(document: Document, authority: Authority) -> tuple[Passage, ...]:
    """Cut a document into its passages, in reading order; plain headings and page furniture are none."""
    cutter = _Cutter(document, authority)
    return tuple(cutter.passage(position, i) for position, i in enumerate(cutter.searched))


def share_covered(document: Document, passages: Sequence[Passage]) -> float:
    """Share of the printed characters of a document that stand in a passage."""
    printed = sum(not letter.isspace() for letter in document.text)
    held = {at for passage in passages for span in passage.spans for at in range(span.start, span.end)}
    return sum(not document.text[at].isspace() for at in held) / printed if printed else 1.0
