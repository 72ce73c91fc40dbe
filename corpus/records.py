"""What the corpus is cut into: passages, the units that are searched and quoted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.documents import Box, Span


class PassageKind(StrEnum):
    """What a passage is: what the text makes of it where it says so, else its form."""

    RECOMMENDATION = "recommendation"
    ACTION = "action"
    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"
    DEFINITION = "definition"
    NOTE = "note"
    HEADING = "heading"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of meaning, word for word, with the context it stands in.

    `text` is the slices at `spans` of the document's stored text, joined. `section` is the path of
    headings from the outermost. `lead` is the sentence that introduces the list, `parent` the id
    of the passage of the item above and `parent_text` its words. `cells` are (column head, words)
    of a table row, values carried down included. `lines` are the first and last line (from 1) in
    the stored text. `bodies` and `countries` are ids of the authority file; `years` are the first
    and last year that the passage, else its meeting, else its document, speaks of.
    """

    id: str
    document: str
    kind: PassageKind
    text: str
    spans: tuple[Span, ...]
    section: tuple[str, ...]
    position: int
    number: str = ""
    inferred: bool = False
    lead: str = ""
    parent: str = ""
    parent_text: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    pages: tuple[int, ...] = (1,)
    lines: tuple[int, int] = (1, 1)
    places: tuple[tuple[int, Box], ...] = ()
    bodies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
