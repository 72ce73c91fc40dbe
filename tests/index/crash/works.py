"""The kinds of work that are disturbed: a build, an index of a library with its sources, a rollback."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.authority import load_authority
from corpus.documents import Document, Source, Span
from corpus.records import Commitment, CommitmentKind, Passage, PassageKind
from index.generations import build, open_generation
from index.history import roll_back
from index.leftovers import tidy
from index.searching import Searcher
from index.toy import ToyEmbedder
from search_api.library import Library

OLD, NEW = "old", "new"
PATH = re.compile(r"PosixPath\('[^']*'\)")
"""The path of a source, which is another in each copy of a library."""
QUESTIONS = ("recruitment costs", "inspectors safety")
TEXTS = {
    "first": ("Workers on rafts are insured.", "Recruitment was studied."),
    OLD: ("Employers bear the costs of recruitment.", "Inspectors are trained in safety."),
    NEW: (
        "Recruitment costs are borne by employers alone.",
        "Inspectors of safety visit sawmills.",
        "Rafts.",
    ),
}


@dataclass(frozen=True, slots=True)
class Work:
    """How a library is made, what is done to it, and how that is done once more after it was cut short.

    It is killed at every `step`-th point.
    """

    prepare: Callable[[Path], object]
    run: Callable[[Path], object]
    again: Callable[[Path], object]
    step: int = 1


def seen(home: Path) -> object:
    """What a reader finds in a library: its records, and what it answers, as plain JSON."""
    generation = open_generation(home, ToyEmbedder())
    searcher = Searcher(generation)
    hits = [
        [(hit.passage.id, round(hit.score, 6)) for hit in searcher.search(question)] for question in QUESTIONS
    ]
    held = (generation.documents, generation.passages, generation.commitments)
    records = [[PATH.sub("", repr(record)) for record in row] for row in held]
    return [*records, [[list(hit) for hit in row] for row in hits]]


def build_state(home: Path, name: str) -> None:
    """Build a generation of the texts of a name."""
    document = Document(
        Source("plan", name, name, "almm", "plan", "2012", None, "en", "free", "0" * 64, Path("a")),
        "words",
        (Span(0, 5),),
    )
    passages = [_passage(place, text) for place, text in enumerate(TEXTS[name])]
    commitments = [_commitment(passage) for passage in passages]
    build(home, [document], passages, ToyEmbedder(), name, commitments=commitments)


def _passage(place: int, text: str) -> Passage:
    return Passage(f"plan.{place}", "plan", PassageKind.ITEM, text, (Span(0, 5),), (), place)


def _commitment(passage: Passage) -> Commitment:
    return Commitment(
        id=f"c{passage.position}",
        address=f"plan/act/{passage.position}",
        document="plan",
        kind=CommitmentKind.ACTION,
        text=passage.text,
        spans=passage.spans,
        section=(),
        position=passage.position,
        passage=passage.id,
    )


def _prepare_build(home: Path) -> None:
    for name in ("first", OLD):
        build_state(home, name)


def _prepare_rollback(home: Path) -> None:
    for name in (NEW, OLD):
        build_state(home, name)


def _roll_back(home: Path) -> None:
    roll_back(home, ToyEmbedder())


def _roll_back_unless_done(home: Path) -> None:
    if open_generation(home, ToyEmbedder()).manifest.source_digest == OLD:
        _roll_back(home)
    tidy(home)


def _prepare_index(home: Path) -> None:
    for name in ("first", OLD):
        _write_sources(home / "corpus", name)
        _index(home)
    _write_sources(home / "corpus", NEW)


def _index(home: Path) -> None:
    Library(home, home / "corpus", ToyEmbedder(), load_authority()).index()


def _write_sources(folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for place, text in enumerate(TEXTS[name]):
        (folder / f"{place}.txt").write_text(f"{text}\n", encoding="utf-8")
        facts = {
            "id": f"text-{place}", "title": text, "short_title": text, "body": "slom", "kind": "paper",
            "date": "2012", "language": "en", "rights": "-", "file": f"{place}.txt",
            "sha256": hashlib.sha256(f"{text}\n".encode()).hexdigest(),
        }  # fmt: skip
        entries.append("[[source]]\n" + "\n".join(f'{key} = "{value}"' for key, value in facts.items()))
    (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")


WORKS = {
    "build": Work(_prepare_build, lambda home: build_state(home, NEW), lambda home: build_state(home, NEW)),
    "index": Work(_prepare_index, _index, _index, step=10),
    "rollback": Work(_prepare_rollback, _roll_back, _roll_back_unless_done),
}
