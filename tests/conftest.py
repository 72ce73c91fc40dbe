"""Options and fixtures that all tests share."""

from __future__ import annotations

import pytest

from corpus.authority import Authority, load_authority
from corpus.catalogue import DEFAULT_CATALOGUE, load_catalogue
from corpus.documents import Document
from corpus.records import Passage
from ingest import pipeline


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-goldens",
        action="store_true",
        help="write the golden files anew from what the code does now; read the difference before committing",
    )


@pytest.fixture(scope="session")
def authority() -> Authority:
    """The system's own authority file."""
    return load_authority()


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    """The five texts, read, by id."""
    return {source.id: pipeline.read(source) for source in load_catalogue(DEFAULT_CATALOGUE)}


@pytest.fixture(scope="session")
def passages(documents: dict[str, Document], authority: Authority) -> dict[str, tuple[Passage, ...]]:
    """The passages of the five texts, by document id."""
    return {name: pipeline.passages(document, authority) for name, document in documents.items()}
