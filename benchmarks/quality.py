"""How good the ranking is on the development questions, beside simpler ones: `make bench-quality`.

Every ranking is asked in the same way and by the same code: up to 50 passages a question, the same
candidates by words and by vectors, the same estimate of confidence. Only what differs is named.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import QUESTIONS, render_table
from benchmarks.windows import WORDS, cut_windows
from index.embedding import Embedder
from index.generations import build as build_generation
from index.generations import open_generation
from index.searching import Ranking, Searcher
from index.signals import PRIORS, SIGNALS
from search_api import running
from search_api.bootstrap import Application, build, choose_embedder
from search_api.evaluation.measures import Reply, Report, Retrieved, evaluate
from search_api.evaluation.questions import JudgedQuestion, load_judged_questions
from search_api.reading import Reading

BASELINE = Ranking(weights=(("bm25", 1.0), ("dense", 1.0)), fusion="reciprocal_rank")
"""Words and vectors by reciprocal rank, k = 60: what is commonly tried first."""
HEAD = ("ranking", "success@1", "nDCG@10", "evidence", "abstention")


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
    """Yield the windows, each signal alone, the ranking without its priors, and the ranking as served.

    The windows are indexed in `home`.
    """
    served = application.library.reading()
    yield Entrant(f"{WORDS}-word windows, BM25 and dense by reciprocal rank", windows(served, embedder, home))
    for name in (name for name in SIGNALS if name not in PRIORS):
        alone = ranked(served, embedder, Ranking(weights=((name, 1.0),)))
        yield Entrant(f"passages, {name} alone", alone)
    plain = Ranking(weights=tuple(pair for pair in Ranking().weights if pair[0] not in PRIORS))
    yield Entrant(f"passages, all but {' and '.join(sorted(PRIORS))}", ranked(served, embedder, plain))
    yield Entrant("passages, all signals, as served", served)


def ranked(reading: Reading, embedder: Embedder, ranking: Ranking) -> Reading:
    """Search the same generation by another ranking."""
    return Reading(reading.generation, Searcher(reading.generation, embedder, ranking), reading.authority)


def windows(reading: Reading, embedder: Embedder, home: Path) -> Reading:
    """Index the same texts, cut into windows, in `home`, and search them by the baseline's ranking."""
    passages = [window for document in reading.documents for window in cut_windows(document)]
    build_generation(home, reading.documents, passages, embedder, "windows")
    generation = open_generation(home, embedder)
    return Reading(generation, Searcher(generation, embedder, BASELINE), reading.authority)


def row(name: str, report: Report) -> tuple[str, ...]:
    """The figures of a report, in the order of `HEAD`."""
    scores = report.overall
    values = (scores.success, scores.ndcg, scores.evidence, report.abstention)
    return (name, *(f"{value:.3f}" for value in values))


def table(found: Iterable[Entrant], questions: Sequence[JudgedQuestion]) -> str:
    """Measure each entrant and lay the figures out, a row for each."""
    return render_table(HEAD, [row(entrant.name, measure(entrant.reading, questions)) for entrant in found])


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
