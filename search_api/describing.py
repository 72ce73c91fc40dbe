"""What a library tells of itself: what indexing did, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Source
from ingest.intake.report import Report

NOTHING = Report()


@dataclass(frozen=True, slots=True)
class Indexing:
    """What `Library.index` did: the generation now served, whether it was built just now, and the report.

    `sources` are those that it found, whether or not they could be read; `seconds` are of wall time by stage.
    """

    generation: str
    built: bool
    documents: int
    passages: int
    commitments: int
    report: Report
    sources: tuple[Source, ...]
    seconds: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How a library stands.

    `generation` is the one that answers, empty where there is none; `fault` says why it is not the
    one published. `report` tells what became of the sources when it was made. `rolled_back_from` is the
    one that it was gone back from and answers in place of.
    """

    home: Path
    corpus: Path
    model: str
    sources: int
    generation: str
    documents: int
    passages: int
    commitments: int
    current: bool
    fault: str = ""
    report: Report = NOTHING
    rolled_back_from: str = ""
