"""Paragraphs of a Word file: their words as shown, the notes they refer to, and the text boxes on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.superscripts import raised
from ingest.readers.word.numbering import bullet
from ingest.readers.word.styles import Styles
from ingest.readers.word.xml import Node, held, is_on, name_of, value, within

RUNS = frozenset({"r", "txbxContent"})
LEAVES = frozenset({"t", "tab", "br", "cr", "noBreakHyphen", "sym", "footnoteReference", "endnoteReference"})
BOXES = frozenset({"txbxContent"})
UNSHOWN = frozenset({"del", "moveFrom", "pPr", "rPr", "rt", "Fallback", "sdtPr"})
"""What is not shown: deleted or moved words, properties, readings above characters, and the second of
two drawings of one box."""
SIGNS = {"f0fc": "✓", "f0fe": "✓", "f0fb": "✗", "f0e0": "→"}
"""Characters of the Wingdings font; bullets of other fonts are known to the lists."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A reference to a note: "footnote" or "endnote", and the id of the note."""

    kind: str
    id: str


@dataclass(slots=True)
class NoteNumbers:
    """Marks of the notes of each kind, numbered in the order in which they are referred to."""

    marks: dict[Noted, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def mark(self, note: Noted) -> str:
        """The mark of a note in superscript digits."""
        if note not in self.marks:
            self.counts[note.kind] += 1
            self.marks[note] = raised(str(self.counts[note.kind]))
        return self.marks[note]


@dataclass(frozen=True, slots=True)
class Words:
    """What a paragraph shows: its words with tabs and line breaks, whether all are bold or underlined, its
    notes and boxes.

    A note comes with its mark, which is empty where the author chose one that stands in the words.
    """

    text: str
    strong: bool = False
    notes: tuple[tuple[Noted, str], ...] = ()
    boxes: tuple[Node, ...] = ()


def words_of(paragraph: Node, styles: Styles, numbers: NoteNumbers) -> Words:
    """Read the words of a paragraph; a note's mark stands in them as superscript digits."""
    parts: list[str] = []
    strong: list[bool] = []
    notes: list[tuple[Noted, str]] = []
    boxes: list[Node] = []
    for run in within(paragraph, RUNS, UNSHOWN):
        if name_of(run) in BOXES:
            boxes.append(run)
        elif not is_on(run, "rPr", "vanish"):
            words = "".join(_leaves(run, numbers, notes))
            parts.append(raised(words) if _is_raised(run) else words)
            strong += [styles.is_strong(run, paragraph)] if words.strip() else []
            boxes += within(run, BOXES, UNSHOWN)
    return Words("".join(parts), bool(strong) and all(strong), tuple(notes), tuple(boxes))


def _is_raised(run: Node) -> bool:
    return value(held(run, "rPr", "vertAlign")) == "superscript"


def _leaves(run: Node, numbers: NoteNumbers, notes: list[tuple[Noted, str]]) -> Iterator[str]:
    for leaf in within(run, LEAVES, UNSHOWN | BOXES):
        name = name_of(leaf)
        if name == "t":
            yield (leaf.text or "").replace("\n", " ")
        elif name == "sym":
            yield _sign(value(leaf, "char"))
        elif name.endswith("Reference"):
            yield _mark(leaf, name.removesuffix("Reference"), numbers, notes)
        else:
            yield {"noBreakHyphen": "-", "tab": "\t"}.get(name, "\n")


def _mark(leaf: Node, kind: str, numbers: NoteNumbers, notes: list[tuple[Noted, str]]) -> str:
    """The mark of a note in superscript digits; one that the author chose stands in the words after it."""
    note = Noted(kind, value(leaf, "id"))
    chosen = value(leaf, "customMarkFollows") in ("1", "true", "on")
    notes.append((note, "" if chosen else numbers.mark(note)))
    return notes[-1][1]


def _sign(code: str) -> str:
    """A character of a font of signs: known ones, bullets, and what is an ordinary character."""
    code = code.lower()
    if code in SIGNS:
        return SIGNS[code]
    number = int(code, 16) if len(code) == 4 and all(digit in "0123456789abcdef" for digit in code) else 0
    if 0xF000 <= number <= 0xF0FF:
        return bullet(chr(number))
    return chr(number) if number >= ord(" ") and not 0xD800 <= number <= 0xDFFF else ""
