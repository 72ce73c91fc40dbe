"""A small register made by hand, in an index with the toy embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.authority import load_authority
from corpus.documents import Document, Source, Span
from corpus.records import Commitment, CommitmentKind, Meeting, Passage, PassageKind
from index.building import build
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.http.app import create_app
from search_api.library import Library
from search_api.reading import Reading
from search_api.register.register import Register
from search_api.settings import Settings

PLANS = """THE 5th FORUM, 9-10 OCTOBER 2012, SIEM REAP
14. Publish recruitment costs in Viet Nam;
- Show costs before signing & pay {all} of 100% of them;
15. Inspect plantations
twice a year;
Seminar on HIV\x0cDialogue on OSH
"""
PROGRAMME = """WORK PROGRAMME 2010-2015
Train labour inspectors in "safety" at sawmills
=1+1 recruits a working group on recruitment, on-site
+66 is the number to call, a colleague said
"""


def document(document_id: str, title: str, date: str, text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = Path(f"{document_id}.txt")
    facts = (document_id, f"{title}, in full", title, "slom", "paper", date, None, "en", "-", digest, path)
    return Document(Source(*facts), text, (Span(0, len(text)),))


DOCUMENTS = (
    document("plans-2012", "Plans 2012", "2012-10", PLANS),
    document("programme-2010", "Programme 2010-2015", "2010", PROGRAMME),
)
FORUM = Meeting("THE 5th FORUM", "SIEM REAP", "9-10 OCTOBER 2012")


def place(held: Document, words: str) -> dict[str, Any]:
    start = held.text.index(words)
    first = 1 + held.text.count("\n", 0, start)
    return {
        "document": held.id,
        "text": words,
        "spans": (Span(start, start + len(words)),),
        "lines": (first, first + words.count("\n")),
        "position": start,
        "section": (held.text.split("\n")[0],),
    }


def passage(held: Document, words: str, name: str, **fields: Any) -> Passage:
    values = {"id": f"{held.id}.{name}", "kind": PassageKind.ITEM, **place(held, words), **fields}
    return Passage(**values)


def commitment(held: Document, words: str, name: str, kind: CommitmentKind, **fields: Any) -> Commitment:
    facts = {"id": f"{held.id}.c-{name}", "address": f"{held.id}/{name}", "kind": kind}
    return Commitment(**{**facts, **place(held, words), "passage": f"{held.id}.p-{name}", **fields})


def passages() -> tuple[Passage, ...]:
    plans, programme = DOCUMENTS
    first = passage(
        plans,
        "Publish recruitment costs in Viet Nam;",
        "p-afml-5/rec/14",
        number="14",
        countries=("viet-nam",),
    )
    return (
        first,
        passage(
            plans,
            "- Show costs before signing & pay {all} of 100% of them;",
            "p-afml-5/rec/14/1",
            parent=first.id,
            parent_text=first.text,
        ),
        passage(plans, "Inspect plantations\ntwice a year;", "p-afml-5/rec/15", number="15"),
        passage(plans, "Seminar on HIV\x0cDialogue on OSH", "p-row", kind=PassageKind.ROW),
        passage(programme, 'Train labour inspectors in "safety" at sawmills', "p-act/1"),
        passage(programme, "=1+1 recruits a working group on recruitment, on-site", "p-act/2"),
        passage(programme, "+66 is the number to call, a colleague said", "p-act/3"),
    )


def commitments() -> tuple[Commitment, ...]:
    plans, programme = DOCUMENTS
    recommended, activity = CommitmentKind.RECOMMENDATION, CommitmentKind.ACTIVITY
    first = commitment(
        plans,
        "Publish recruitment costs in Viet Nam;",
        "afml-5/rec/14",
        recommended,
        number="14",
        meeting=FORUM,
        body="ACMW",
        body_ids=("acmw",),
    )
    return (
        first,
        commitment(
            plans,
            "- Show costs before signing & pay {all} of 100% of them;",
            "afml-5/rec/14/1",
            recommended,
            parent=first.id,
            meeting=FORUM,
            body="ACMW",
            body_ids=("acmw",),
        ),
        commitment(
            plans,
            "Inspect plantations\ntwice a year;",
            "afml-5/rec/15",
            recommended,
            number="15",
            inferred=True,
            meeting=FORUM,
            status="on-going",
            needs_review="the date could be of the row above",
        ),
        commitment(
            plans,
            "Seminar on HIV",
            "hiv/1",
            activity,
            passage="plans-2012.p-row",
            number="1",
            body="SLOM-WG-HIV",
            body_ids=("slom-wg-hiv",),
            theme="Skilled and\nAdaptable Workforce",
            period="2011",
            start="2011-01-01",
            end="2011-12-31",
            coordinators=("Indonesia",),
            coordinator_ids=("indonesia",),
            partners=("ILO", "civil society"),
            partner_ids=("ilo",),
        ),
        commitment(
            plans,
            "Dialogue on OSH",
            "osh/1",
            activity,
            passage="plans-2012.p-row",
            body="assigned responsible bodies",
            theme="Adaptable Workforce Dialogue",
            period="2012-2014",
            start="2012-01-01",
            end="2014-12-31",
            status="completed",
            partners=("Civil\nSociety", "Japan"),
        ),
        commitment(
            programme,
            'Train labour inspectors in "safety" at sawmills',
            "act/1",
            CommitmentKind.ACTION,
            number="1",
            theme="Inspection",
            body="SLOM",
            body_ids=("slom",),
            period="2014 onwards",
            start="2014-01-01",
            status="ongoing",
        ),
        commitment(
            programme,
            "=1+1 recruits a working group on recruitment, on-site",
            "act/2",
            CommitmentKind.ACTION,
            number="2",
            partners=("@home", "ILO"),
            partner_ids=("ilo",),
        ),
        commitment(programme, "+66 is the number to call, a colleague said", "act/3", CommitmentKind.ACTION),
    )


def make_application(home: Path, held: Sequence[Commitment], digest: str) -> Application:
    """Index commitments and put the application over them together."""
    build(home, DOCUMENTS, passages(), ToyEmbedder(), digest, commitments=held)
    authority = load_authority()
    settings = Settings(home=home, corpus=home, model="toy")
    return Application(settings, authority, Library(home, home, ToyEmbedder(), authority))


class Current(Library):
    """A library whose index, made by hand, is taken for up to date."""

    def is_current(self) -> bool:
        return True


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """An application over the register made by hand."""
    made = make_application(tmp_path_factory.mktemp("register"), commitments(), "by-hand")
    library = Current(made.settings.home, made.settings.home, ToyEmbedder(), made.authority)
    return Application(made.settings, made.authority, library)


@pytest.fixture(scope="session")
def held_reading(held: Application) -> Reading:
    return held.library.reading()


@pytest.fixture(scope="session")
def register(held_reading: Reading) -> Register:
    return held_reading.register


@pytest.fixture(scope="session")
def client(held: Application) -> Iterator[TestClient]:
    with TestClient(create_app(held), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def reading_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Commitment]], Reading]:
    """Make a reading of other commitments of the same documents."""
    return lambda held: make_application(tmp_path_factory.mktemp("other"), held, "other").library.reading()
