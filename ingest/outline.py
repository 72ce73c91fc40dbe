"""From pieces to a Document: the tree of sections, and blocks with their place in lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.documents import Block, BlockKind, Document, Section, Source
from ingest import headings, nesting, numbering
from ingest.markers import Marker, Style
from ingest.nesting import Form, Item
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
PARTS = re.compile(
    r"(?:actions?|activit(?:y|ies)|measures?|(?:expected )?out(?:puts?|comes?)|tasks?)\s*:", re.I
)
"""Labels of what a plan says under each of its numbered aims."""


@dataclass(slots=True)
class _Outline:
    """What is open while the pieces are read in order.

    `interrupted` tells that a paragraph came after the last item, `inside` in how many items a layout
    shows it; `inner` is the last of those in items, where it introduces a list.
    """

    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    open_sections: list[tuple[int, int]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    interrupted: bool = False
    inside: int = 0
    inner: int | None = None
    numbered: tuple[int, list[tuple[int, int]]] = (0, [])
    lead: int | None = None
    owner: int | None = None
    label: int | None = None
    labels: set[str] = field(default_factory=set)
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
    continued = nesting.continued(fixed, ranks)
    state = _Outline()
    for i, (piece, rank) in enumerate(zip(fixed, ranks, strict=True)):
        if rank == headings.DATELINE:
            _extend_title(state, piece)
        elif rank:
            _add_heading(state, piece, rank)
        elif piece.kind is not PieceKind.TEXT:
            _add_plain(state, piece)
        elif piece.marker is not None:
            _add_item(state, piece, piece.marker, inserted=i in insertions, continued=i in continued)
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
    if piece.depth and _stands_inside(state, piece.depth):
        _add_inner(state, piece, piece.depth)
        return
    if state.items and _is_label(piece) and _owns(state, piece):
        _add_label(state, piece, state.items[0].block)
        del state.items[1:]
        return
    parent, introduces = state.owner, _introduces(piece)
    at = state.add(BlockKind.PARAGRAPH, piece, parent=parent, lead=None if parent is None else state.label)
    if parent is None:
        state.interrupted, state.inside = True, 0
        state.lead = at if introduces else None
    elif introduces:
        del state.items[1:]
        state.items.append(Item((Style.LABEL.value, False), 0, at))


def _introduces(piece: Piece) -> bool:
    return piece.words.rstrip().endswith(":")


def _is_label(piece: Piece) -> bool:
    """Whether a line such as "Actions:" only names what follows."""
    return _introduces(piece) and len(piece.words.split()) <= LONGEST_LABEL


def _owns(state: _Outline, piece: Piece) -> bool:
    """Whether a label belongs to the open list: in a layout, where this goes on or the label is known.

    There a line that ends in a colon may as well begin something new.
    """
    told = PARTS.fullmatch(piece.words.strip()) is not None or piece.words in state.labels
    return piece.depth is None or state.items[0].continued or told


def _add_label(state: _Outline, piece: Piece, owner: int) -> None:
    """Add a label of what belongs to an item, which owns the paragraphs that follow."""
    state.labels.add(piece.words)
    state.owner = owner
    state.label = state.add(BlockKind.HEADING, piece, parent=owner)


def _stands_inside(state: _Outline, depth: int) -> bool:
    """Whether the items are open in which a layout shows a paragraph."""
    return any(item.depth is not None and item.depth < depth for item in state.items)


def _add_inner(state: _Outline, piece: Piece, depth: int) -> None:
    """Add a paragraph that is part of an open item."""
    while state.items[-1].depth is None or state.items[-1].depth >= depth:
        state.items.pop()
    parent = state.items[-1].block
    if _is_label(piece):
        _add_label(state, piece, parent)
        return
    lead = state.label if state.owner == parent else None
    at = state.add(BlockKind.PARAGRAPH, piece, parent=parent, lead=lead)
    state.interrupted, state.inside = True, depth
    state.inner = at if _introduces(piece) else None


def _add_item(state: _Outline, piece: Piece, marker: Marker, inserted: bool, continued: bool) -> None:
    form = nesting.form_of(piece, marker)
    if inserted:
        parent = state.items[0].block if state.items else None
        state.add(BlockKind.ITEM, piece, parent=parent, depth=1)
        return
    if piece.depth is not None:
        lead = _open_at(state, form, marker, piece.depth)
    else:
        lead = _open_by_form(state, form, marker)
    parent = state.items[-1].block if state.items else None
    at = state.add(BlockKind.ITEM, piece, parent=parent, lead=lead, depth=len(state.items))
    state.items.append(Item(form, marker.value, at, lead, piece.depth, continued))


def _open_by_form(state: _Outline, form: Form, marker: Marker) -> int | None:
    """Close the items that one whose depth is not known does not stand below; returns what leads to it."""
    resumed = _resume(state, form, marker)
    level = _level(state, form, marker)
    if level == 0 and marker.style is not Style.BULLET:
        state.owner = None
    old_lead = state.items[0].lead if resumed else state.lead
    del state.items[level:]
    if not state.items:
        return old_lead
    return state.label if state.owner == state.items[-1].block else None


def _open_at(state: _Outline, form: Form, marker: Marker, depth: int) -> int | None:
    """Close the items that one of known depth does not stand below; returns what leads to it.

    An item goes on with the list of the last one of its depth and form, but after a paragraph only where
    its number is the next one.
    """
    interrupted, state.interrupted = state.interrupted and depth >= state.inside, False
    introducing = {state.owner, len(state.blocks) - 1 if state.introduces else None}
    level = nesting.level_of(state.items, marker, form, depth, introducing)
    beside = state.items[level] if level < len(state.items) else None
    goes_on = beside is not None and nesting.is_of(beside, form, depth)
    if beside and goes_on and (not interrupted or beside.value + 1 == marker.value > 1):
        del state.items[level:]
        lead = beside.lead
    else:
        state.items = [item for item in state.items[:level] if item.depth is not None or not interrupted]
        lead = _lead(state, interrupted, after=beside is not None and beside.depth == depth)
    if all(item.block != state.owner for item in state.items):
        state.owner = None
    return lead


def _lead(state: _Outline, interrupted: bool, after: bool) -> int | None:
    """What leads to a new list below the items that are open; nothing right `after` another list."""
    if interrupted:
        return state.inner if state.inside else state.lead
    if not state.items:
        return None if after else state.lead
    return state.label if state.owner == state.items[-1].block else None


def _resume(state: _Outline, form: Form, marker: Marker) -> bool:
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


def _level(state: _Outline, form: Form, marker: Marker) -> int:
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
