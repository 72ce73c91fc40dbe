"""Adapters trained on written questions: one for each fold, without its questions, and one on all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.records import PassageKind
from index.adapter.lora import save
from index.adapter.training import Example, Report, Settings, Trainer, without
from index.context import embedded_text
from index.sentence_models import default_folder
from search_api.learning.examples import Graded
from search_api.reading import Reading

COMMAND = "labour learn adapter"


def train_adapter(
    questions: Sequence[Graded],
    reading: Reading,
    path: Path,
    facts: dict[str, object],
    report: Report,
    documents_aside: frozenset[str] = frozenset(),
) -> None:
    """Train an adapter of the default model on questions and write it with its provenance.

    Passages of `documents_aside` are neither shown nor asked for.
    """
    places = [place for place, _ in _searchable(reading)]
    rows = {place: row for row, place in enumerate(places)}
    examples = [
        Example(question.query, {rows[place]: grade for place, grade in question.grades.items()})
        for question in questions
        if question.grades
    ]
    aside = frozenset(rows[place] for place in places if reading.passages[place].document in documents_aside)
    texts = [text for _, text in _searchable(reading)]
    if aside:
        examples = without(examples, aside)
    settings = Settings()
    trainer = Trainer(default_folder(), texts, settings, aside)
    trainer.train(examples, report)
    save(trainer.layers, path, {**facts, "settings": asdict(settings), "examples": len(examples)})


def _searchable(reading: Reading) -> Iterator[tuple[int, str]]:
    """The place of each passage that a search can return, and what a model reads of it."""
    titles = {document.id: document.source.title for document in reading.documents}
    for place, passage in enumerate(reading.passages):
        if passage.kind != PassageKind.CONTENTS:
            yield place, embedded_text(passage, titles[passage.document])
