"""Of which parts a generation is made, and which documents stand in each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import GenerationError
from index.manifest import REBUILD

OUTLINE = "outline.json"
PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Held:
    """A document in a part: a digest of all that was stored of it, and how many records it has.

    `searchable` counts the passages that a search can return.
    """

    id: str
    digest: str
    passages: int
    searchable: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of the lexical index, and how many passages it holds."""

    id: str
    passages: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents, one after the other, with everything that is stored of them.

    A part is never changed: the next generation has it too, by hard links, or has none of it. `serial`
    is a number that no other part of the generation, nor of the one before it, has.
    """

    serial: int
    documents: tuple[Held, ...]
    segments: tuple[Segment, ...]

    @property
    def passages(self) -> int:
        """How many passages stand in the part."""
        return sum(held.passages for held in self.documents)

    def folder(self, generation: Path) -> Path:
        """Return the folder of the part in that of a generation."""
        return generation / PARTS / str(self.serial)


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a generation, and the ids of its documents in the order of the texts.

    `squeezed` says whether token vectors are kept in two bits a component, `code` is a fingerprint of the
    code that made the parts.
    """

    parts: tuple[Part, ...]
    order: tuple[str, ...]
    squeezed: bool
    code: str

    def held(self) -> Iterator[tuple[Part, Held]]:
        """Yield every document with its part."""
        return ((part, held) for part in self.parts for held in part.documents)


def write_outline(folder: Path, outline: Outline) -> None:
    """Write the outline into its generation's folder."""
    (folder / OUTLINE).write_text(json.dumps(asdict(outline)), encoding="utf-8")


def read_outline(folder: Path) -> Outline:
    """Read a generation's outline; GenerationError where it cannot be read."""
    try:
        facts = json.loads((folder / OUTLINE).read_text(encoding="utf-8"))
        return Outline(
            tuple(map(_part, facts["parts"])),
            tuple(facts["order"]),
            bool(facts["squeezed"]),
            str(facts["code"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerationError(f"{folder / OUTLINE} cannot be read ({error}): {REBUILD}") from error


def _part(facts: dict[str, object]) -> Part:
    documents, segments = facts["documents"], facts["segments"]
    assert isinstance(documents, list)
    assert isinstance(segments, list)
    serial = facts["serial"]
    assert isinstance(serial, int)
    return Part(serial, tuple(Held(**one) for one in documents), tuple(Segment(**one) for one in segments))
