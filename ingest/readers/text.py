"""The text reader: plain text as extraction tools leave it, hard-wrapped or a line a paragraph."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.documents import Span
from corpus.errors import SourceError
from ingest import fenced, flattened, glossary, piped, referenced, tabbed, tally
from ingest.elements import Notice
from ingest.footnotes import References, is_footnote, is_rule, references
from ingest.initials import spared
from ingest.lines import Line, running_heads, split_lines, wrap_width
from ingest.markers import Marker, numbers_on, parse_marker
from ingest.markup import BOLD, HASHES, UNDERLINED, words_between
from ingest.pieces import FINISHED, Piece, PieceKind, continues, joined
from ingest.regions import Region
from ingest.transcripts import Transcript

NARROW = 0.75
"""A line that ends before this share of the margin was broken on purpose, or by a narrow column;
the last line of a paragraph tells nothing."""

UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f]")
BULLET_START = re.compile(r"\s*[•◦○●▪■\uf0a7\uf0b7\uf0d8-]")
LEGEND = re.compile(r"^\s*(?P<term>\d{1,3}|[A-Z][\w/&-]{1,11})\s+:\s+\S")
INLINE_BULLET = re.compile(r"^(?P<label>\s*[A-Z][\w-]*(?:\s[\w-]+){0,3})\s+(?=[•●▪■]\s)")
PAGE_BREAK = re.compile(r" [A-Z]")
PAGE_TURN = re.compile(r" [a-z]")


Cutter = Callable[[Sequence[Line], str], list[Piece]]
"""Cuts the lines of a region into pieces of the stored text."""

REGIONS = (fenced, piped, referenced, flattened, tally, glossary)
"""Modules that find regions of their kind and cut them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive lines of one sort.

    `gap` tells that a blank line or a page break stands before them, `below_rule` that the rule
    above footnotes does. `cutter` is the reader of a table or glossary that takes the lines whole.
    """

    lines: tuple[Line, ...]
    gap: bool = True
    below_rule: bool = False
    cutter: Cutter | None = None


def read(path: Path) -> Transcript:
    """Read a file of text; raises SourceError where it is not UTF-8, nor UTF-16 that says so, or blank."""
    try:
        text = decoded(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read ({error.strerror}). Check its permissions.") from error
    if text is None:
        raise SourceError(f"{path.name} is not UTF-8. Convert it, for example with iconv.")
    if not text.strip():
        raise SourceError(f"{path.name} holds only white space. Restore its words.")
    printed, count = UNPRINTED.subn("\ufffd", text)
    words = (
        f"{count} characters of it are signs for machines, not letters: \ufffd stands for each. Save it anew."
    )
    return replace(transcribe(printed), notices=(Notice(words),) * bool(count))


def decoded(data: bytes, whole: bool = True) -> str | None:
    """The characters of a text in UTF-8, or in UTF-16 that says so, without its mark; None for anything else.

    Where the data is not `whole`, its last character may be cut off.
    """
    name = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(name)().decode(data, final=whole)
    except UnicodeDecodeError:
        return None


def transcribe(text: str) -> Transcript:
    """Read a stored text: its pages at its form feeds, its pieces by the look of its lines.

    A form feed at the very end, as pdftotext writes one after each page, begins none.
    """
    pages = page_spans(text)
    if len(pages) > 1 and not pages[-1]:
        pages = pages[:-1]
    return Transcript(text, pages, read_pieces(text))


def page_spans(text: str) -> tuple[Span, ...]:
    """Cut a text at its form feeds; a text without any is one page."""
    cuts = [0, *(found.end() for found in re.finditer("\f", text)), len(text)]
    return tuple(Span(start, end) for start, end in itertools.pairwise(cuts))


def read_pieces(text: str) -> tuple[Piece, ...]:
    """Cut a stored text into pieces in reading order."""
    lines = split_lines(text)
    cutter = _LineCutter(text, wrap_width(lines), references(text))
    pieces: list[Piece] = []
    rows: list[tuple[Line, ...]] = []
    for group in _groups(lines, cutter.width):
        if "\t" in group.lines[0].text and not group.cutter:
            rows.append(group.lines)
            continue
        pieces += tabbed.pieces_of(rows, text)
        rows = []
        pieces += group.cutter(group.lines, text) if group.cutter else cutter.pieces_of(group)
    pieces += tabbed.pieces_of(rows, text)
    return finished(pieces, text)


def _groups(lines: Sequence[Line], width: int) -> Iterator[Group]:
    heads = running_heads(lines)
    at = 0
    for region, cutter in regions_of(lines):
        yield from _plain_groups(lines[at : region.first], width, frozenset(i - at for i in heads))
        yield Group(tuple(lines[region.first : region.last + 1]), cutter=cutter)
        at = region.last + 1
    yield from _plain_groups(lines[at:], width, frozenset(i - at for i in heads))


def regions_of(lines: Sequence[Line]) -> Iterator[tuple[Region, Cutter]]:
    """Regions of all kinds in the order of the text; of two that overlap, the first begun wins."""
    found = [(region, module.pieces_of) for module in REGIONS for region in module.find(lines)]
    last = -1
    for region, cutter in sorted(found, key=lambda pair: (pair[0].first, -pair[0].last)):
        if region.first > last:
            yield region, cutter
            last = region.last


def _plain_groups(lines: Sequence[Line], width: int, heads: frozenset[int]) -> Iterator[Group]:
    current: list[Line] = []
    gap, below = True, False
    for i, line in enumerate(lines):
        apart = line.blank or i in heads
        if current and (apart or _breaks(current[-1], line, width)):
            yield Group(tuple(current), gap, below)
            current, gap, below = [], True, False
        if not apart:
            current.append(line)
        elif is_rule(line.text):
            below = True
    if current:
        yield Group(tuple(current), gap, below)


def _breaks(before: Line, line: Line, width: int) -> bool:
    """Whether a new group starts at a line: a table begins or ends, a heading of Markdown, or a page.

    In hard-wrapped text a page break that extraction turned into one leading space is told from a
    continued sentence by its capital letter.
    """
    if ("\t" in before.text) != ("\t" in line.text):
        return True
    if HASHES.match(before.text) or HASHES.match(line.text):
        return True
    return bool(width) and bool(PAGE_BREAK.match(line.text)) and not before.text.startswith(" ")


def split_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Cut a line where the label of a row stands before the first bullet of its cell."""
    for line in lines:
        found = INLINE_BULLET.match(line.text)
        if found:
            yield Line(line.text[: found.end("label")], line.start)
            yield Line(line.text[found.end() :], line.start + found.end())
        else:
            yield line


def _begins(run: Sequence[Line], line: Line, width: int) -> bool:
    """Whether a line begins a new piece rather than going on with the run before it."""
    marked = parse_marker(line.text) or numbers_on(run[0].text, line.text)
    if marked and _may_begin(run[-1], line, width):
        return True
    if LEGEND.match(line.text):
        return True
    if not width:
        return not line.text.strip()[:1].islower()
    return bool(PAGE_TURN.match(line.text)) and bool(FINISHED.search(run[-1].text.rstrip()))


def _may_begin(before: Line, line: Line, width: int) -> bool:
    """Whether a marker in mid-group is one, not a number that a wrapped line happens to start with."""
    if BULLET_START.match(line.text) or not width:
        return True
    ended = re.search(r"[.;:!?)]$", before.text.rstrip())
    return bool(ended) or len(before.text.rstrip()) < NARROW * width


class _LineCutter:
    """Cuts groups of lines into pieces; remembers the last numbered marker, which the next may follow."""

    def __init__(self, text: str, width: int, marks: References) -> None:
        self.text = text
        self.width = width
        self.marks = marks
        self.after: Marker | None = None

    def pieces_of(self, group: Group) -> list[Piece]:
        runs: list[list[Line]] = []
        for line in split_labels(group.lines):
            if runs and not _begins(runs[-1], line, self.width):
                runs[-1].append(line)
            else:
                runs.append([line])
        return [self._piece(run, group, gap=group.gap and not i) for i, run in enumerate(runs)]

    def _piece(self, run: Sequence[Line], group: Group, gap: bool) -> Piece:
        hashes = HASHES.match(run[0].text)
        start, end = run[0].start + (hashes.end() if hashes else 0), run[-1].end
        raw = self.text[start:end]
        kind = PieceKind.HEADING if hashes else self._kind(raw, group)
        marker = parse_marker(raw, self.after) if kind in (PieceKind.TEXT, PieceKind.HEADING) else None
        self.after = marker if marker and marker.number else self.after
        spans = words_between(self.text, start + (marker.length if marker else 0), end)
        words = "".join(self.text[span.start : span.end] for span in spans)
        if not re.search(r"[^\W_]", words):
            kind = PieceKind.FURNITURE
        elif self.text[end : end + 1].strip("\r\n\f"):
            kind = PieceKind.LABEL
        strong = bool(UNDERLINED.match(raw) or BOLD.match(raw))
        level = hashes.group().count("#") if hashes else 0
        return Piece(kind, spans, words, marker, gap, _is_narrow(run, self.width), strong, level)

    def _kind(self, raw: str, group: Group) -> PieceKind:
        if is_footnote(raw, group.below_rule, self.marks):
            return PieceKind.NOTE
        return PieceKind.DEFINITION if LEGEND.match(raw) else PieceKind.TEXT


def _is_narrow(run: Sequence[Line], width: int) -> bool:
    return bool(width) and any(len(line.text.rstrip()) < NARROW * width for line in run[:-1] or run)


Join = Callable[[Piece, Piece, bool], bool]
"""Whether the second piece goes on with the first; True last where a note or page head stands between."""


def finished(pieces: Sequence[Piece], text: str, goes_on: Join = continues) -> tuple[Piece, ...]:
    """Pieces with initials given back to their names, and those that a page break tore apart joined."""
    return tuple(_mended(spared(pieces, text), text, goes_on))


def _mended(pieces: Sequence[Piece], text: str, goes_on: Join) -> Iterator[Piece]:
    """Join pieces that a page break or a footnote tore apart; what stood between follows them."""
    parts: list[Piece] = []
    held: list[Piece] = []
    for piece in pieces:
        if piece.kind in (PieceKind.NOTE, PieceKind.FURNITURE):
            held.append(piece)
        elif parts and piece.kind is PieceKind.TEXT and goes_on(parts[-1], piece, bool(held)):
            parts.append(piece)
        else:
            yield from [joined(parts, text)] if parts else []
            yield from held
            parts, held = [piece], []
    yield from [joined(parts, text)] if parts else []
    yield from held
