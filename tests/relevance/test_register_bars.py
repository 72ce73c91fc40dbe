"""The register of the five texts on the annotated items: is what is printed found, and nothing else?"""

from collections.abc import Mapping

import pytest

from corpus.authority import Authority
from corpus.catalogue import DEFAULT_CATALOGUE
from corpus.documents import Document
from corpus.records import Passage
from ingest import pipeline
from search_api.evaluation.annotations import load_annotated_items
from search_api.evaluation.register import Entry, RegisterReport, evaluate_register
from search_api.evaluation.reports import diagnose_register

ITEMS = DEFAULT_CATALOGUE.parent / "evaluation" / "register.dev.jsonl"
BARS = {"recall": 0.97, "precision": 0.95, "fields": 0.95}


@pytest.fixture(scope="module")
def report(
    documents: Mapping[str, Document], passages: Mapping[str, tuple[Passage, ...]], authority: Authority
) -> RegisterReport:
    entries = [
        Entry.of(commitment)
        for name, document in documents.items()
        for commitment in pipeline.commitments(document, authority, passages[name])
    ]
    return evaluate_register(load_annotated_items(ITEMS), entries)


@pytest.mark.parametrize("measure", BARS)
def test_the_register_stands_above_its_bar(measure: str, report: RegisterReport) -> None:
    assert getattr(report.overall, measure).share >= BARS[measure], diagnose_register(report)


def test_every_text_is_judged_and_two_of_them_whole(
    report: RegisterReport, documents: Mapping[str, Document]
) -> None:
    assert set(report.by_document) == set(documents)
    assert sum(scores.precision.total > 0 for scores in report.by_document.values()) == 2
    assert sum(scores.recall.total for scores in report.by_document.values()) >= 250
