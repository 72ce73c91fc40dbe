"""A script typeset as a PDF: headings by size, hanging items, ruled tables, footnotes at the foot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, PageBreak

from tests.typesetting.breaking import broken
from tests.typesetting.printed import ADDED, Printed
from tests.typesetting.ruled import ruled
from tests.typesetting.script import Content, Element, Entry, Grid, Heading, Item, Note, Script, Text
from tests.typesetting.sheets import COLUMN, WIDTH, Columns, Foot, bound
from tests.typesetting.traced import Drawn, Traced, raised, traced

INDENT = 20.0
MOST_PASSES = 8
BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=10.5, leading=13, spaceAfter=6, alignment=TA_JUSTIFY,
    bulletFontName="Times-Roman", bulletFontSize=10.5,
)  # fmt: skip
HEADINGS = tuple(
    ParagraphStyle(
        f"heading {level}", fontName=font, fontSize=size, leading=size * 1.2, spaceBefore=8, spaceAfter=5,
        keepWithNext=1,
    )
    for level, (font, size) in enumerate(
        [("Times-Bold", 16), ("Times-Bold", 13), ("Times-Bold", 11.5), ("Times-BoldItalic", 11)], start=1
    )
)  # fmt: skip
CELL = ParagraphStyle("cell", BODY, alignment=0, fontSize=8, leading=9.6, spaceAfter=0, bulletFontSize=8)
NOTE = ParagraphStyle("note", BODY, fontSize=8, leading=9.6, spaceAfter=0)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A file with the page on which each character of the stored text was drawn."""

    data: bytes
    drawn: Drawn


def typeset(script: Script, two_columns: bool = False) -> Typeset:
    """Typeset a script; tables span the page also where the text runs in two columns.

    The notes stand on the page of their marks, which is known once the pages are made: they are made
    again until no mark moves. A page keeps the room of a note whose mark that very room drove away.
    """
    columns = 2 if two_columns else 1
    held: dict[Note, int] = {}
    room: dict[int, set[Note]] = defaultdict(set)
    for _ in range(MOST_PASSES):
        drawn = Drawn()
        feet = {
            page: [_foot(note, drawn, held[note] == page) for note in script.notes if note in kept]
            for page, kept in room.items()
        }
        story = list(_story(script, drawn, columns))
        data = bound(story, script.title, script.author, columns, feet)
        found = {note: drawn.pages[note.anchor] for note in script.notes}
        if found == held:
            return Typeset(data, drawn)
        held = found
        for note, page in held.items():
            room[page].add(note)
    raise AssertionError(f"{script.title}: footnotes move their own marks from page to page")


def _foot(note: Note, drawn: Drawn, here: bool) -> Foot:
    return Foot(traced(_with_mark(note), NOTE, drawn), here)


def _with_mark(note: Note) -> Printed:
    mark = raised(note.mark) if note.mark.isdigit() else Printed(note.mark, (ADDED,) * len(note.mark))
    words = note.words.prefixed(note.mark)
    return Printed(words.text, words.origins, mark.raised | words.raised)


def _story(script: Script, drawn: Drawn, columns: int) -> Iterator[Flowable]:
    for element in script.elements:
        if isinstance(element, Note):
            continue
        if isinstance(element, Grid) and columns > 1:
            yield from (Columns(1), PageBreak(), *_flowables(element, drawn), Columns(columns), PageBreak())
        else:
            yield from _flowables(element, drawn, WIDTH if columns == 1 else COLUMN)


def _flowables(element: Element, drawn: Drawn, width: float = WIDTH) -> Iterator[Flowable]:
    match element:
        case Heading():
            yield traced(element.words, HEADINGS[min(element.level, len(HEADINGS)) - 1], drawn)
        case Grid():
            yield ruled(
                element, width, CELL.leading, _measured, lambda content, space: _cell(content, space, drawn)
            )
        case Entry():
            yield _entry(element, drawn, width)
        case _:
            assert not isinstance(element, Note)
            yield _paragraph(element, BODY, drawn)


def _paragraph(content: Text | Item, style: ParagraphStyle, drawn: Drawn) -> Traced:
    if isinstance(content, Item):
        words, marker, hanging = _hanging(content, style)
        return traced(words, hanging, drawn, marker)
    return traced(content.words, style, drawn, b=content.bold, u=content.underlined)


def _hanging(item: Item, style: ParagraphStyle) -> tuple[Printed, str, ParagraphStyle]:
    """Words and marker of an item: it hangs left of them, but a label such as "Project:" begins them."""
    scale = style.fontSize / BODY.fontSize
    left, hang = INDENT * item.depth * scale, INDENT * scale
    if item.marker.endswith(":"):
        return item.whole, "", ParagraphStyle("label", style, leftIndent=left + hang, firstLineIndent=-hang)
    return item.words, item.marker, ParagraphStyle("item", style, leftIndent=left + hang, bulletIndent=left)


def _cell(content: Content, width: float, drawn: Drawn) -> list[Traced]:
    """The lines of a paragraph or item in a cell."""
    assert isinstance(content, Text | Item), "a cell holds paragraphs and items"
    words, marker, style = _hanging(content, CELL) if isinstance(content, Item) else (content.words, "", CELL)
    bold = isinstance(content, Text) and content.bold
    underlined = isinstance(content, Text) and content.underlined
    space = width - style.leftIndent
    lines = broken(
        words, "Times-Bold" if bold else CELL.fontName, CELL.fontSize, (space - style.firstLineIndent, space)
    )
    further = ParagraphStyle("further", style, firstLineIndent=0)
    made = [
        traced(line, further if i else style, drawn, "" if i else marker, b=bold, u=underlined)
        for i, line in enumerate(lines)
    ]
    for line in made:
        line.wrap(width + 2, 10 * CELL.leading)
    return made


def _measured(word: str) -> float:
    return float(stringWidth(word, "Times-Bold", CELL.fontSize))


def _entry(entry: Entry, drawn: Drawn, width: float) -> Flowable:
    """A line of a glossary with its term hanging, or of contents with a leader of dots to the page number."""
    if not entry.contents:
        term = max(90.0, stringWidth(entry.first.text, BODY.fontName, BODY.fontSize) + 8)
        style = ParagraphStyle("entry", BODY, leftIndent=term, firstLineIndent=-term, spaceAfter=2)
        return _Defined(entry, style, drawn)
    dots = "." * 8
    words = Printed(
        f"{entry.first.text} {dots} {entry.second.text}",
        (*entry.first.origins, *(ADDED,) * len(dots), *entry.second.origins),
    )
    return traced(words, ParagraphStyle("contents", BODY, alignment=0, rightIndent=30, spaceAfter=3), drawn)


class _Defined(Flowable):  # type: ignore[misc]
    """A term with its meaning in a second column beside it."""

    def __init__(self, entry: Entry, style: ParagraphStyle, drawn: Drawn) -> None:
        super().__init__()
        plain = ParagraphStyle("term", style, leftIndent=0, firstLineIndent=0, alignment=0)
        self.left = style.leftIndent
        self.term, self.meaning = traced(entry.first, plain, drawn), traced(entry.second, plain, drawn)
        self.spaceAfter = style.spaceAfter

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        tall = self.meaning.wrap(width - self.left, height)[1]
        self.height = max(tall, self.term.wrap(self.left, height)[1])
        return self.width, self.height

    def draw(self) -> None:
        for part, left in ((self.term, 0.0), (self.meaning, self.left)):
            part.drawOn(self.canv, left, self.height - part.height)
