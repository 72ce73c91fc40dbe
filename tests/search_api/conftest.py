"""A small library built from texts in memory, with the toy embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.authority import load_authority
from corpus.documents import Document, Source, Span
from corpus.ids import passage_id
from corpus.records import Passage, PassageKind
from index.building import build
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.library import Library
from search_api.reading import Reading
from search_api.settings import Settings

FOURTH = "THE 4th FORUM ON MIGRANT LABOUR, 24-25 OCTOBER 2011, BALI"
FIFTH = "THE 5th FORUM ON MIGRANT LABOUR, 9-10 OCTOBER 2012, SIEM REAP"
PROGRAMME = "WORK PROGRAMME 2010-2015"
CONCLUSIONS = "CONCLUSIONS AND FOLLOW-UP"
SHARED = "Publish the ceiling of recruitment costs in every language that migrant workers speak."

PLANS_TEXT = f"""CONTENTS
Recruitment costs ........ 4

{FOURTH}

1. Study how recruitment costs
   weigh on returning fishermen;
2. {SHARED}

{FIFTH}

1. Reduce recruitment costs by law and publish recruitment costs yearly;
- Recruitment agencies shall show costs before any contract is signed;
3. Inspect plantations twice a year with Cambodia.
"""

PROGRAMME_TEXT = f"""{PROGRAMME}

{SHARED}

Senior officials (SLOM) train labour inspectors in safety at sawmills.
"""

MISSION_TEXT = f"""{CONCLUSIONS}

The mission welcomed the seminar on social security in Lombok.
"""


def make_document(document_id: str, title: str, year: int, text: str) -> Document:
    """Make a document of one page."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    path = Path(f"{document_id}.txt")
    source = Source(
        document_id, f"{title}, in full", title, "slom", "paper", f"{year}", None, "en", "-", sha256, path
    )
    return Document(source, text, (Span(0, len(text)),))


def make_passage(
    document: Document, start: str, end: str, section: str, kind: PassageKind, position: int, **fields: object
) -> Passage:
    """Make the passage that begins with the first words given and ends with the last."""
    first = document.text.index(start)
    spans = (Span(first, document.text.index(end, first) + len(end)),)
    text = document.slice(spans)
    path = (section,) if section else ()
    return Passage(
        id=passage_id(document.id, path, text),
        document=document.id,
        kind=kind,
        text=text,
        spans=spans,
        section=path,
        position=position,
        lines=document.lines_of(spans),
        **fields,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    return (
        make_document("plans-2012", "Plans 2012", 2012, PLANS_TEXT),
        make_document("programme-2010", "Programme 2010-2015", 2010, PROGRAMME_TEXT),
        make_document("mission-2003", "Mission 2003", 2003, MISSION_TEXT),
    )


@pytest.fixture(scope="session")
def passages(documents: tuple[Document, ...]) -> tuple[Passage, ...]:
    plans, programme, mission = documents
    recommended, paragraph = PassageKind.RECOMMENDATION, PassageKind.PARAGRAPH
    first = make_passage(plans, "1. Reduce", "yearly;", FIFTH, recommended, 3, number="1", years=(2012, 2012))
    return (
        make_passage(plans, "Recruitment costs ..", "4", "", PassageKind.CONTENTS, 0),
        make_passage(plans, "1. Study", "fishermen;", FOURTH, recommended, 1, number="1", years=(2011, 2011)),
        make_passage(plans, "2. Publish", "speak.", FOURTH, recommended, 2, number="2", years=(2011, 2011)),
        first,
        make_passage(
            plans, "- Recruitment agencies", "signed;", FIFTH, recommended, 4,
            number="2", inferred=True, parent=first.id, parent_text=first.text, years=(2012, 2012),
        ),
        make_passage(
            plans, "3. Inspect", "Cambodia.", FIFTH, recommended, 5,
            number="3", countries=("cambodia",), years=(2012, 2012),
        ),
        make_passage(programme, "Publish", "speak.", PROGRAMME, paragraph, 0, years=(2010, 2015)),
        make_passage(
            programme, "Senior", "sawmills.", PROGRAMME, PassageKind.ROW, 1,
            cells=(("Who", "Senior officials"),), lead="Actions:", bodies=("slom",), years=(2010, 2015),
        ),
        make_passage(mission, "The mission", "Lombok.", CONCLUSIONS, paragraph, 0, years=(2003, 2003)),
    )  # fmt: skip


@pytest.fixture(scope="session")
def application(
    tmp_path_factory: pytest.TempPathFactory, documents: tuple[Document, ...], passages: tuple[Passage, ...]
) -> Application:
    """An application over an index that is only read."""
    home = tmp_path_factory.mktemp("home")
    build(home, documents, passages, ToyEmbedder(), "by-hand")
    return make_application(home, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def reading(application: Application) -> Reading:
    return application.library.reading()


@pytest.fixture(scope="session")
def find(passages: tuple[Passage, ...]) -> Callable[[str], Passage]:
    """Find the one passage that holds some words."""

    def holding(words: str) -> Passage:
        (found,) = (passage for passage in passages if words in passage.text)
        return found

    return holding


@pytest.fixture
def bare(tmp_path: Path) -> Application:
    """An application over two small texts in a folder, without an index yet."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_corpus(corpus, {"plans-2012": PLANS_TEXT, "programme-2010": PROGRAMME_TEXT})
    return make_application(tmp_path / "home", corpus)


@pytest.fixture
def write() -> Callable[[Path, dict[str, str]], None]:
    """Write texts and the catalogue that names them into a folder, in place of those there."""
    return write_corpus


def make_application(home: Path, corpus: Path) -> Application:
    """Put an application together with the toy embedder."""
    authority = load_authority()
    settings = Settings(home=home, corpus=corpus, model="toy")
    return Application(settings, authority, Library(home, corpus, ToyEmbedder(), authority))


def write_corpus(folder: Path, texts: dict[str, str]) -> None:
    """Write texts and the catalogue that names them."""
    entries = [_entry(folder, name, text.encode()) for name, text in texts.items()]
    (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")


def _entry(folder: Path, name: str, data: bytes) -> str:
    path = folder / f"{name}.txt"
    if (
        not path.exists() or path.read_bytes() != data
    ):  # one that stays is not touched: somebody may be reading it
        path.write_bytes(data)
    facts = {
        "id": name, "title": f"The {name} in full", "short_title": name, "body": "slom", "kind": "paper",
        "date": name[-4:], "language": "en", "rights": "-", "sha256": hashlib.sha256(data).hexdigest(),
        "file": f"{name}.txt",
    }  # fmt: skip
    return "[[source]]\n" + "\n".join(f'{key} = "{value}"' for key, value in facts.items())
