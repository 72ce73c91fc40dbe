"""What a generation is built from, a document at a time, and what building it did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.documents import Document
from corpus.errors import BuildError
from corpus.records import Commitment, Passage, PassageKind
from index.bags import Words
from index.context import context_parts, embedded_text
from index.store import content_digest


@dataclass(frozen=True, slots=True)
class Content:
    """A document with its passages and its commitments, both in the order of their `position`."""

    document: Document
    passages: tuple[Passage, ...]
    commitments: tuple[Commitment, ...] = ()

    @property
    def searchable(self) -> tuple[bool, ...]:
        """Tell for each passage whether a search can return it: a table of contents only points."""
        return tuple(passage.kind != PassageKind.CONTENTS for passage in self.passages)

    def words(self) -> list[Words | None]:
        """Return what is indexed of each passage, None where no search can return it."""
        title = self.document.source.title
        rows = zip(self.passages, self.searchable, strict=True)
        return [Words(one.text, context_parts(one, title)) if found else None for one, found in rows]

    def texts(self) -> list[str]:
        """Return what a model reads of each passage that a search can return."""
        title = self.document.source.title
        rows = zip(self.passages, self.searchable, strict=True)
        return [embedded_text(one, title) for one, found in rows if found]

    def commitments_in(self) -> list[tuple[Commitment, ...]]:
        """Return the commitments that stand in each passage."""
        found: defaultdict[str, list[Commitment]] = defaultdict(list)
        for one in self.commitments:
            found[one.passage].append(one)
        return [tuple(found.get(passage.id, ())) for passage in self.passages]


def content_of(document: Document, passages: Iterable[Passage], commitments: Iterable[Commitment]) -> Content:
    """Put the records of a document into their order."""
    return Content(
        document,
        tuple(sorted(passages, key=lambda one: one.position)),
        tuple(sorted(commitments, key=lambda one: one.position)),
    )


@dataclass(frozen=True, slots=True)
class Supply:
    """A document to be held: its id, a digest that changes when anything of it does, and how to load it.

    `passages` is how many it has; where that is not known, it is loaded to be counted. What the generation
    before holds under the same digest is not loaded.
    """

    id: str
    digest: str
    passages: int | None
    load: Callable[[], Content]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the generation's name, the ids of documents by what became of them, and its time.

    `unchanged` ones were taken over from the generation before; `seconds` are of wall time by stage, and come
    to all that the build took: what has no stage of its own is "writing".
    """

    name: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    seconds: tuple[tuple[str, float], ...]


def supplies_of(
    documents: Sequence[Document], passages: Sequence[Passage], commitments: Sequence[Commitment]
) -> list[Supply]:
    """Make a supply of each document from records at hand; BuildError where they contradict each other."""
    _check(documents, passages, commitments)
    own: defaultdict[str, list[Passage]] = defaultdict(list)
    held: defaultdict[str, list[Commitment]] = defaultdict(list)
    for passage in passages:
        own[passage.document].append(passage)
    for commitment in commitments:
        held[commitment.document].append(commitment)
    return [_supply(document, own[document.id], held[document.id]) for document in documents]


def _supply(document: Document, passages: list[Passage], commitments: list[Commitment]) -> Supply:
    content = content_of(document, passages, commitments)
    digest = content_digest(content.document, content.passages, content.commitments)
    return Supply(document.id, digest, len(passages), lambda: content)


def _check(
    documents: Sequence[Document], passages: Sequence[Passage], commitments: Sequence[Commitment]
) -> None:
    known = {document.id for document in documents}
    for noun, records in (("passage", passages), ("commitment", commitments)):
        for record in records:
            if record.document not in known:
                raise BuildError(
                    f"{noun} {record.id} is of {record.document!r}, not one of the documents: index both"
                )
    refuse_twice("id", chain((d.id for d in documents), (p.id for p in passages)))
    refuse_twice("id", (one.id for one in commitments))
    refuse_twice("address", (one.address for one in commitments))


def refuse_twice(noun: str, names: Iterable[str]) -> None:
    """Raise BuildError where a name is there twice."""
    for name, count in Counter(names).items():
        if count > 1:
            raise BuildError(f"{count} records have the {noun} {name}: give each {noun} once")
