"""What the adapter is worth on documents that it was not trained on: `make bench-adapter`.

An adapter is trained with the passages of some documents set aside, neither shown nor asked for. Then
questions about these documents alone are asked among their passages, by the model as it comes and with
that adapter: the written questions that bear on them, and the development questions that do.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np

from benchmarks.tables import render_table
from corpus.answers import Filters
from index.ranking import Ranking
from index.searching import Searcher
from index.sentence_models import NO_ADAPTER
from search_api.bootstrap import build
from search_api.evaluation.questions import DEVELOPMENT_QUESTIONS
from search_api.learning.adapters import train_adapter
from search_api.learning.examples import WRITTEN_QUESTIONS, Graded, load_graded
from search_api.learning.readings import reading_by
from search_api.reading import Reading

ASIDE = ("alm-work-programme-2016-2020", "asean-workers-protection-2017", "ilo-mission-report-mataram-2003")
"""The three shorter documents: a programme, a paper and a report."""
CUTOFF = 10
GOOD = 2
SETS = (("written", WRITTEN_QUESTIONS), ("development", DEVELOPMENT_QUESTIONS))
HEAD = ("questions", "number", "signal", "as it comes", "with the adapter")


def about(questions: Sequence[Graded], reading: Reading) -> tuple[Graded, ...]:
    """Keep of each question the grades in the documents set aside, and the questions with a good one."""
    kept = []
    for question in questions:
        grades = {p: g for p, g in question.grades.items() if reading.passages[p].document in ASIDE}
        if any(grade >= GOOD for grade in grades.values()):
            kept.append(Graded(question.qid, question.query, question.type, grades))
    return tuple(kept)


def ndcg(questions: Sequence[Graded], reading: Reading, signal: str) -> float:
    """Mean nDCG@10 of one signal alone among the passages of the documents set aside."""
    places = {passage.id: place for place, passage in enumerate(reading.passages)}
    searcher = Searcher(reading.generation, Ranking(weights=((signal, 1.0),)))
    values = []
    for question in questions:
        hits = searcher.search(question.query, CUTOFF, Filters(documents=ASIDE))
        found = [question.grades.get(places[hit.passage.id], 0) for hit in hits]
        ideal = sorted(question.grades.values(), reverse=True)[:CUTOFF]
        values.append(_gain(found) / _gain(ideal))
    return fmean(values)


def _gain(grades: Sequence[int]) -> float:
    discounts = 1 / np.log2(np.arange(2, len(grades) + 2))
    return float((2.0 ** np.array(grades) - 1) @ discounts)


def _silent(*_progress: object) -> None:
    """Report nothing."""


def main() -> None:
    """Train, ask and print the table; takes about ten minutes."""
    application = build()
    with tempfile.TemporaryDirectory() as folder:
        plain = reading_by(application, Path(folder) / "plain", NO_ADAPTER, _silent)
        path = Path(folder) / "aside.safetensors"
        written = load_graded(WRITTEN_QUESTIONS, plain)
        train_adapter(written, plain, path, {}, _silent, frozenset(ASIDE))
        adapted = reading_by(application, Path(folder) / "adapted", str(path), _silent)
        rows = []
        for name, file in SETS:
            asked = about(load_graded(file, plain), plain)
            for signal in ("dense", "late"):
                values = (ndcg(asked, reading, signal) for reading in (plain, adapted))
                rows.append((name, str(len(asked)), signal, *(f"{value:.3f}" for value in values)))
        sys.stdout.write(render_table(HEAD, rows) + "\n")


if __name__ == "__main__":
    main()
