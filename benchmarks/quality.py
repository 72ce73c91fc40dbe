"""How good the ranking is on the development questions, beside simpler ones and with parts switched off.

`make bench-quality`. The weights stay as they are where a part is switched off.

Every ranking is asked in the same way and by the same code: up to 50 passages a question, the same
candidates by words and by vectors, the same estimate of confidence. Only what differs is named.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.tables import QUESTIONS, render_table
from benchmarks.windows import WORDS, cut_windows
from corpus.records import Commitment, Passage
from corpus.understanding import Understanding
from index.embedding import Embedder
from index.generations import build as build_generation
from index.generations import open_generation
from index.ranking import Ranking
from index.searching import Searcher
from index.sentence_models import NO_ADAPTER
from index.signals import NAMES
from search_api import running
from search_api.bootstrap import Application, build, choose_embedder
from search_api.evaluation.measures import Reply, Report, Retrieved, evaluate
from search_api.evaluation.questions import JudgedQuestion, load_judged_questions
from search_api.evaluation.resampling import mean_interval
from search_api.reading import Reading

BASELINE = Ranking(weights=(("bm25", 1.0), ("dense", 1.0)), fusion="reciprocal_rank")
"""Words and vectors by reciprocal rank, k = 60: what is commonly tried first."""
SERVED = "as served"
ALONE = ("bm25", "dense", "coverage", "late")
PARTS = {
    "late interaction": ("late", "topic"),
    "BM25": ("bm25", "coverage"),
    "dense search": ("dense",),
    "the topic": ("topic",),
}
"""Parts that are signals; the others need another index or another way of asking."""
HEAD = ("ranking", "success@1", "nDCG@10", "evidence", "abstention", "loss of nDCG@10 (95 %)")


@dataclass(frozen=True, slots=True)
class Entrant:
    """A ranking that is measured: its name in the table, the generation it searches, its searcher."""

    name: str
    reading: Reading


def measure(reading: Reading, questions: Sequence[JudgedQuestion]) -> Report:
    """Put every question to a reading, as `labour run` does, and measure the replies."""
    asked = [running.Question(question.qid, question.query) for question in questions]
    lines = running.run(asked, reading, lambda _stage, _done, _total: None)
    replies = {
        line["qid"]: Reply(
            line["confidence"],
            tuple(Retrieved(passage["document"], passage["text"]) for passage in line["passages"]),
        )
        for line in lines
    }
    return evaluate(questions, replies)


def entrants(application: Application, embedder: Embedder, home: Path) -> Iterator[Entrant]:
    """Yield the ranking as served, simpler ones, and the one served with each of its parts switched off.

    What must be indexed anew is, in folders of `home`.
    """
    served = application.library.reading()
    yield Entrant(SERVED, served)
    yield Entrant(
        f"{WORDS}-word windows, BM25 and dense by reciprocal rank",
        windows(served, embedder, home / "windows"),
    )
    for name in ALONE:
        yield Entrant(f"{name} alone", ranked(served, Ranking(weights=((name, 1.0),))))
    equal = Ranking(weights=tuple((name, 1.0) for name in NAMES))
    yield Entrant("without the learned weights (all signals alike)", ranked(served, equal))
    for part, names in PARTS.items():
        kept = tuple(pair for pair in Ranking().weights if pair[0] not in names)
        yield Entrant(f"without {part}", ranked(served, Ranking(weights=kept)))
    yield Entrant("without understanding", Literal(served.generation, served.searcher, served.authority))
    yield Entrant("without records", indexed(served, embedder, home / "records", commitments=()))
    bare = [replace(p, section=(), lead="", parent_text="", cells=()) for p in served.passages]
    yield Entrant("without context", indexed(served, embedder, home / "context", passages=bare))
    plain = choose_embedder(application.settings.model, NO_ADAPTER)
    yield Entrant("without the adapter", indexed(served, plain, home / "adapter"))


class Literal(Reading):
    """A reading that takes questions by their words alone."""

    def understand(self, question: str) -> Understanding:
        """Understand nothing beside the words."""
        return Understanding()


def ranked(reading: Reading, ranking: Ranking) -> Reading:
    """Search the same generation by another ranking."""
    return Reading(reading.generation, Searcher(reading.generation, ranking), reading.authority)


def indexed(
    reading: Reading,
    embedder: Embedder,
    home: Path,
    passages: Sequence[Passage] | None = None,
    commitments: Sequence[Commitment] | None = None,
) -> Reading:
    """Index the same documents with other passages, other commitments or another model."""
    records = reading.commitments if commitments is None else commitments
    build_generation(
        home, reading.documents, passages or reading.passages, embedder, "part", commitments=records
    )
    generation = open_generation(home, embedder)
    return Reading(generation, Searcher(generation), reading.authority)


def windows(reading: Reading, embedder: Embedder, home: Path) -> Reading:
    """Index the same texts, cut into windows, in `home`, and search them by the baseline's ranking."""
    passages = [window for document in reading.documents for window in cut_windows(document)]
    build_generation(home, reading.documents, passages, embedder, "windows")
    generation = open_generation(home, embedder)
    return Reading(generation, Searcher(generation, BASELINE), reading.authority)


def row(name: str, report: Report, served: Report) -> tuple[str, ...]:
    """The figures of a report, in the order of `HEAD`."""
    scores = report.overall
    values = (scores.success, scores.ndcg, scores.evidence, report.abstention)
    return (name, *(f"{value:.3f}" for value in values), _loss(report, served))


def _loss(report: Report, served: Report) -> str:
    """What is lost of nDCG@10 against the ranking served, with its interval; nothing for itself."""
    if report is served:
        return ""
    pairs = [(served.by_question[qid].ndcg, scores.ndcg) for qid, scores in report.by_question.items()]
    losses = np.array([before - after for before, after in pairs])
    interval = mean_interval(losses)
    return f"{losses.mean():+.3f} [{interval.low:+.3f}, {interval.high:+.3f}]"


def table(found: Iterable[Entrant], questions: Sequence[JudgedQuestion]) -> str:
    """Measure each entrant, the one served first, and lay the figures out, a row for each."""
    rows: list[tuple[str, ...]] = []
    served: Report | None = None
    for entrant in found:
        report = measure(entrant.reading, questions)
        served = served or report
        rows.append(row(entrant.name, report, served))
    return render_table(HEAD, rows)


def main() -> None:
    """Bring the index up to date and print the table."""
    application = build()
    application.library.ensure_index()
    embedder = choose_embedder(application.settings.model)
    questions = load_judged_questions(QUESTIONS)
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(table(entrants(application, embedder, Path(folder)), questions) + "\n")


if __name__ == "__main__":
    main()
