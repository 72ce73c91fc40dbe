"""Small documents and passages, and generations of them made with the toy embedder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Document, Source, Span
from corpus.records import Commitment, CommitmentKind, Passage, PassageKind
from index.generations import build, open_generation
from index.ranking import Ranking
from index.searching import Searcher
from index.toy import ToyEmbedder

TEXTS = (
    "Sending countries shall reduce recruitment costs borne by migrant workers.",
    "The cost of recruitment agencies was discussed by social partners.",
    "Labour inspectors receive training on occupational safety and health.",
    "HIV prevention and care in the workplace.",
    "Portability of social security benefits for migrants.",
)


def make_passage(place: int, text: str, document: str = "plan", **fields: Any) -> Passage:
    """Make a passage that stands at a place of its own."""
    values: dict[str, Any] = {
        "id": f"{document}.{place}",
        "document": document,
        "kind": PassageKind.PARAGRAPH,
        "text": text,
        "spans": (Span(place, place + 1),),
        "section": (),
        "position": place,
    }
    return Passage(**{**values, **fields})


def make_commitment(place: int, passage: Passage, **fields: Any) -> Commitment:
    """Make a commitment that stands in a passage."""
    values: dict[str, Any] = {
        "id": f"c{place}",
        "address": f"{passage.document}/act/{place}",
        "document": passage.document,
        "kind": CommitmentKind.ACTION,
        "text": passage.text,
        "spans": passage.spans,
        "section": (),
        "position": place,
        "passage": passage.id,
    }
    return Commitment(**{**values, **fields})


def make_document(document_id: str = "plan", title: str = "Plan") -> Document:
    """Make a document of one page."""
    source = Source(
        document_id, title, title, "almm", "plan", "2012-10", None, "en", "free", "0" * 64, Path("a")
    )
    return Document(source, "words", (Span(0, 5),))


class Library:
    """A home folder with what it takes to build in it and to search it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.embedder = ToyEmbedder()

    def build(self, passages: Sequence[Passage], digest: str = "one", **fields: Any) -> str:
        documents = [make_document(name) for name in dict.fromkeys(passage.document for passage in passages)]
        arguments: dict[str, Any] = {"embedder": self.embedder, "source_digest": digest, **fields}
        return build(self.home, documents, passages, **arguments).name

    def build_texts(self, *texts: str, **fields: Any) -> str:
        return self.build([make_passage(place, text) for place, text in enumerate(texts)], **fields)

    def searcher(self, ranking: Ranking | None = None) -> Searcher:
        generation = open_generation(self.home, self.embedder)
        return Searcher(generation, ranking)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "home")


@pytest.fixture(scope="session")
def texts() -> tuple[str, ...]:
    return TEXTS


@pytest.fixture(scope="session")
def passage() -> Callable[..., Passage]:
    return make_passage


@pytest.fixture(scope="session")
def commitment() -> Callable[..., Commitment]:
    return make_commitment


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    return make_document
