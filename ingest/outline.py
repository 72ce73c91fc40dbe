"""From pieces to a Document: the tree of sections, and blocks with their place in lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.documents import Block, BlockKind, Document, Section, Source
from ingest import headings, numbering
from ingest.markers import Marker, Style
from ingest.pieces import Piece, PieceKind
from ingest.transcripts import Transcript

KINDS = {
    PieceKind.ROW: BlockKind.ROW,
    PieceKind.DEFINITION: BlockKind.DEFINITION,
    PieceKind.NOTE: BlockKind.NOTE,
    PieceKind.CONTENTS: BlockKind.CONTENTS,
    PieceKind.FURNITURE: BlockKind.FURNITURE,
}
LONGEST_LABEL = 3
"""Words of a line such as "Actions:" that only names what follows."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of an open list: the form and value of its marker, its block, and what led to its list."""

    form: tuple[str, bool]
    value: int
    block: int
    lead: int | None = None


@dataclass(slots=True)
class _Outline:
    """What is open while the pieces are read in order."""

    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    open_sections: list[tuple[int, int]] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    interrupted: bool = False
    numbered: tuple[int, list[tuple[int, int]]] = (0, [])
    lead: int | None = None
    owner: int | None = None
    label: int | None = None
    narrow_table: bool = False
    introduces: bool = False

    @property
    def section(self) -> int | None:
        return self.open_sections[-1][1] if self.open_sections else None

    def add(self, kind: BlockKind, piece: Piece, **place: int | None) -> int:
        marker = piece.marker
        self.introduces = piece.words.rstrip().endswith(":")
        self.blocks.append(
            Block(
                kind,
                piece.spans,
                section=self.section,
                parent=place.get("parent"),
                lead=place.get("lead"),
                depth=place.get("depth") or 0,
                label=marker.label if marker else "",
                number=marker.number if marker else "",
                inferred=bool(marker and marker.inferred),
                cells=piece.cells,
            )
        )
        return len(self.blocks) - 1


def outlined(source: Source, transcript: Transcript) -> Document:
    """Build the Document of a transcript from its pieces."""
    ranks = headings.ranks(transcript.pieces)
    fixed = numbering.restored(transcript.pieces, ranks)
    insertions = numbering.quoted(fixed)
    state = _Outline()
    for i, (piece, rank) in enumerate(zip(fixed, ranks, strict=True)):
        if rank == headings.DATELINE:
            _extend_title(state, piece)
        elif rank:
            _add_heading(state, piece, rank)
        elif piece.kind is not PieceKind.TEXT:
            _add_plain(state, piece)
        elif piece.marker is not None:
            _add_item(state, piece, piece.marker, inserted=i in insertions)
        else:
            _add_paragraph(state, piece)
    return Document(
        source,
        transcript.text,
        transcript.pages,
        tuple(state.sections),
        tuple(state.blocks),
        transcript.places,
        tuple(sorted(transcript.ocr)),
    )


def _add_heading(state: _Outline, piece: Piece, depth: int) -> None:
    state.narrow_table = depth == headings.TABLE and piece.kind is not PieceKind.LABEL
    number = piece.marker.value if piece.marker and piece.marker.style is Style.DECIMAL else 0
    if number > 1 and state.numbered[0] == number - 1 and not piece.level:
        state.open_sections = list(state.numbered[1])
    while state.open_sections and state.open_sections[-1][0] >= depth:
        state.open_sections.pop()
    if number:
        state.numbered = (number, list(state.open_sections))
    title = " ".join(piece.words.split())
    state.sections.append(Section(title, piece.spans, len(state.open_sections) + 1, state.section))
    state.open_sections.append((depth, len(state.sections) - 1))
    state.add(BlockKind.HEADING, piece)
    state.items.clear()
    state.interrupted = False
    state.owner = None
    if depth < headings.SENTENCE:
        state.lead = None


def _extend_title(state: _Outline, piece: Piece) -> None:
    """Add the line that says when and where a meeting was held to the heading above it."""
    at = state.open_sections[-1][1]
    old = state.sections[at]
    title = f"{old.title}, {' '.join(piece.words.split())}"
    state.sections[at] = Section(title, (*old.spans, *piece.spans), old.level, old.parent)
    state.add(BlockKind.HEADING, piece)


def _add_plain(state: _Outline, piece: Piece) -> None:
    """Add a row, note or page head; the repeated head of a table ends the group of rows before it."""
    in_group = state.open_sections and state.open_sections[-1][0] == headings.TABLE and not state.narrow_table
    if piece.kind is PieceKind.FURNITURE and in_group:
        state.open_sections.pop()
    state.add(KINDS[piece.kind], piece)


def _add_paragraph(state: _Outline, piece: Piece) -> None:
    if state.narrow_table and not piece.narrow:
        state.open_sections.pop()
        state.narrow_table = False
    introduces = piece.words.rstrip().endswith(":")
    if introduces and len(piece.words.split()) <= LONGEST_LABEL and state.items:
        state.owner = state.items[0].block
        del state.items[1:]
        state.label = state.add(BlockKind.HEADING, piece, parent=state.owner)
        return
    parent = state.owner
    at = state.add(BlockKind.PARAGRAPH, piece, parent=parent, lead=None if parent is None else state.label)
    if parent is None:
        state.interrupted = True
        state.lead = at if introduces else None
    elif introduces:
        del state.items[1:]
        state.items.append(_Item((Style.LABEL.value, False), 0, at))


def _add_item(state: _Outline, piece: Piece, marker: Marker, inserted: bool) -> None:
    bullet = marker.style is Style.BULLET
    form = (marker.style + marker.form, bullet and piece.starts_low)
    if inserted:
        parent = state.items[0].block if state.items else None
        state.add(BlockKind.ITEM, piece, parent=parent, depth=1)
        return
    resumed = _resume(state, form, marker)
    level = _level(state, form, marker)
    if level == 0 and not bullet:
        state.owner = None
    old_lead = state.items[0].lead if resumed else state.lead
    del state.items[level:]
    parent = state.items[-1].block if state.items else None
    lead = old_lead if parent is None else state.label if state.owner == parent else None
    at = state.add(BlockKind.ITEM, piece, parent=parent, lead=lead, depth=level)
    state.items.append(_Item(form, marker.value, at, lead))


def _resume(state: _Outline, form: tuple[str, bool], marker: Marker) -> bool:
    """Whether an item goes on with a list that a paragraph interrupted: its number is the next one.

    Where it is not, the open lists are closed.
    """
    if not state.interrupted:
        return False
    state.interrupted = False
    if marker.value > 1 and any(item.form == form and item.value + 1 == marker.value for item in state.items):
        return True
    state.items.clear()
    return False


def _level(state: _Outline, form: tuple[str, bool], marker: Marker) -> int:
    """How deep an item stands: beside the open item of its form, else below the last one.

    Bullets that differ from the last ones by their first letter alone stand below them only where
    those introduce a list; indents are no help, since they change at every page break.
    """
    forms = [item.form for item in state.items]
    if form in forms:
        return forms.index(form)
    if marker.style is Style.DECIMAL and not state.introduces:
        return 0
    if forms and forms[-1][0] == form[0] and not state.introduces:
        return len(forms) - 1
    return len(forms)
