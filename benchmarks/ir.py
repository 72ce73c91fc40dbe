"""How the ranking does on a test collection of another field: `make bench-ir`.

Each document is one passage: title and text together, without any context, as is usual for the figures
published on such collections. It is indexed and searched by the code that serves the five texts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter

from benchmarks.quality import PARTS
from benchmarks.tables import render_table
from benchmarks.trec import Collection, load_collection
from corpus.documents import Document, Source, Span
from corpus.errors import LabourError
from corpus.ids import digest
from corpus.records import Passage, PassageKind
from index.arrays import Positions
from index.building import Progress, build
from index.embedding import Embedder
from index.opening import Generation, open_generation
from index.ranking import Ranking
from index.searching import Searcher
from index.words import Question, read_question
from search_api.bootstrap import choose_embedder
from search_api.cli.options import progress_bar
from search_api.evaluation.measures import Reply, Retrieved
from search_api.evaluation.trec import PREFIX, trec_values
from search_api.settings import read_settings

NAME = "collection"
DEPTH = 100
"""Documents ranked for each query: what R@100 looks at."""
MEASURES = ("nDCG@10", "R@100", "RR@10")
"""What is reported, as ir_measures defines it."""
HEAD = ("ranking", *MEASURES, "seconds a query")

Rank = Callable[[str], Sequence[str]]
"""From the words of a query, without quotation marks, to the ids of at most DEPTH documents, best first."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The means over all queries: each of `MEASURES` (0..1), and the wall time of a query in seconds."""

    measures: tuple[float, ...]
    seconds: float


def index(
    home: Path, documents: Mapping[str, str], embedder: Embedder, progress: Progress | None = None
) -> Generation:
    """Index a collection in `home` and open it; raises BuildError or ModelError where that fails."""
    document, passages = _library(documents)
    source_digest = digest(f"{name} {words}" for name, words in documents.items())
    build(home, [document], passages, embedder, source_digest, progress)
    return open_generation(home, embedder)


def rankings(generation: Generation, embedder: Embedder) -> Iterator[tuple[str, Rank]]:
    """Yield each ranking with its name: words, vectors, tokens, all but tokens, and all, as served.

    The first two ask their index alone. Late interaction orders the candidates of both.
    """
    yield "BM25", lambda query: _by_words(generation, query)
    yield "dense", lambda query: _by_vectors(generation, embedder, query)
    plain = tuple(pair for pair in Ranking().weights if pair[0] not in PARTS["late interaction"])
    for name, ranking in (
        ("late", Ranking(weights=(("late", 1.0),))),
        ("fused without late", Ranking(weights=plain)),
        ("full", Ranking()),
    ):
        yield name, _searched(Searcher(generation, ranking))


def measure(collection: Collection, rank: Rank) -> Scores:
    """Put every query to a ranking, once before for what is loaded on first use, and score it."""
    queries = {name: _unquoted(query) for name, query in collection.queries.items()}
    rank(next(iter(queries.values())))
    start = perf_counter()
    found = {name: rank(query) for name, query in queries.items()}
    seconds = perf_counter() - start
    values = trec_values(collection.grades, {name: _reply(ranked) for name, ranked in found.items()})
    means = tuple(fmean(values[PREFIX + measure].values()) for measure in MEASURES)
    return Scores(means, seconds / len(queries))


def _reply(ranked: Sequence[str]) -> Reply:
    return Reply(0.0, tuple(Retrieved(NAME, "", document) for document in ranked))


def row(name: str, scores: Scores) -> tuple[str, ...]:
    """The figures of a ranking, in the order of `HEAD`."""
    return (name, *(f"{value:.3f}" for value in scores.measures), f"{scores.seconds:.4f}")


def summary(collection: Collection, embedder: Embedder) -> str:
    """Say in a sentence what was searched, by which model, and what of it could not be found."""
    absent = f"; {collection.absent} judged documents are not among them" if collection.absent else ""
    return (
        f"{len(collection.documents)} documents, {len(collection.queries)} queries that some document"
        f" answers{absent}; {embedder.model_id}, revision {embedder.revision}."
    )


def _library(documents: Mapping[str, str]) -> tuple[Document, list[Passage]]:
    """Make one document of all, a line break between two, and a passage of each, in their order."""
    text = "\n".join(documents.values())
    passages, start = [], 0
    for position, (name, words) in enumerate(documents.items()):
        spans = (Span(start, start + len(words)),)
        kind = PassageKind.PARAGRAPH
        passages.append(Passage(f"{NAME}.{name}", NAME, kind, words, spans, (), position))
        start += len(words) + 1
    source = Source(NAME, "", "", "", "", "", None, "", "", digest((text,)), Path(NAME))
    return Document(source, text, (Span(0, len(text)),)), passages


def _by_words(generation: Generation, query: str) -> list[str]:
    terms = generation.lexical.terms(Question(query))
    positions, _ = generation.lexical.search(terms, Ranking().boosts, DEPTH)
    return _names(generation, positions)


def _by_vectors(generation: Generation, embedder: Embedder, query: str) -> list[str]:
    vector = embedder.embed([query]).vectors[0]
    positions, _ = generation.dense.search(vector, DEPTH)
    return _names(generation, positions)


def _searched(searcher: Searcher) -> Rank:
    return lambda query: [_name(hit.passage) for hit in searcher.search(query, DEPTH)]


def _names(generation: Generation, positions: Positions) -> list[str]:
    return [_name(generation.passages[position]) for position in positions.tolist()]


def _name(passage: Passage) -> str:
    return passage.id.removeprefix(f"{NAME}.")


def _unquoted(query: str) -> str:
    """Drop quotation marks: a collection's queries do not mean them as a demand, as a person's do."""
    return read_question(query).text


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.ir", description="Measure rankings on a collection.")
    parser.add_argument("--documents", type=Path, required=True, help="JSON lines with _id, title, text")
    parser.add_argument("--queries", type=Path, required=True, help="JSON lines with _id, text")
    parser.add_argument("--qrels", type=Path, required=True, help="judgments, as of BEIR or of TREC")
    return parser.parse_args(words)


def run(collection: Collection, embedder: Embedder, home: Path) -> str:
    """Index a collection in `home`, measure each ranking, and lay the figures out."""
    with progress_bar() as progress:
        generation = index(home, collection.documents, embedder, progress)
    rows = [row(name, measure(collection, rank)) for name, rank in rankings(generation, embedder)]
    return f"{summary(collection, embedder)}\n\n{render_table(HEAD, rows)}\n"


def main(words: Sequence[str] | None = None) -> int:
    """Print the table for the collection named; return 1, with the reason on stderr, where it cannot be."""
    given = _arguments(words)
    try:
        collection = load_collection(given.documents, given.queries, given.qrels)
        embedder = choose_embedder(read_settings().model)
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(run(collection, embedder, Path(folder)))
    except LabourError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
