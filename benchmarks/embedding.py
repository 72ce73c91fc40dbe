"""How fast passages and questions are embedded, and how alike the vectors: `make bench-embedding`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.asking import Timed, call, seconds
from benchmarks.tables import QUESTIONS, render_table
from corpus.authority import load_authority
from corpus.catalogue import load_catalogue
from corpus.errors import LabourError
from index.arrays import Vectors
from index.context import embedded_text
from index.onnx_models import OnnxEmbedder
from index.sentence_models import DEFAULT_MODEL, SentenceEmbedder, load_embedder
from ingest import pipeline
from search_api.evaluation.questions import load_judged_questions

ROUNDS = 3
"""Times that each way embeds all passages, in turn, so that what else the machine does falls on all alike."""
COLD = 5
PASSAGES = ("passages by", "a second", "ratio", "least cosine", "mean cosine")
QUERIES = ("a question by", "p50 ms", "least cosine to bulk", "mean cosine to bulk")
QUESTION = "what has been recommended on recruitment costs"


def passages() -> list[str]:
    """What is embedded of every passage of the catalogue's texts."""
    authority, texts = load_authority(), []
    for source in load_catalogue():
        for passage in pipeline.passages(pipeline.read(source), authority):
            texts.append(embedded_text(passage, source.title))
    return texts


def alternating(
    ways: Sequence[Callable[[], object]], rounds: int, clock: Callable[..., float] = seconds
) -> list[list[float]]:
    """Time each way once a round, one after the other; seconds of each way by round."""
    times = [[clock(way) for way in ways] for _ in range(rounds)]
    return [list(row) for row in zip(*times, strict=True)]


def alike(one: Vectors, other: Vectors) -> tuple[float, float]:
    """Least and mean cosine of the rows of two arrays of the same shape."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    cosines = (one * other).sum(axis=1) / lengths
    return float(cosines.min()), float(cosines.mean())


def time_passages(embedder: SentenceEmbedder, texts: list[str], rounds: int = ROUNDS) -> Iterator[Timed]:
    """Time `SentenceTransformer.encode` as shipped and the building of an index, and compare the vectors.

    The rates are of the fastest round; the ratio is the middle one of those of the rounds.
    """
    shipped = embedder.model.encode(texts, show_progress_bar=False)
    made = embedder.embed(texts).vectors
    ways = (
        lambda: embedder.model.encode(texts, show_progress_bar=False),
        lambda: embedder.embed(texts),
    )
    before, now = alternating(ways, rounds)
    least, mean = alike(np.asarray(shipped), made)
    ratio = median(one / other for one, other in zip(before, now, strict=True))
    yield "`SentenceTransformer.encode`", f"{len(texts) / min(before):.1f}", "1.00", "", ""
    yield "building", f"{len(texts) / min(now):.1f}", f"{ratio:.2f}", f"{least:.5f}", f"{mean:.5f}"


def time_queries(embedder: SentenceEmbedder, questions: list[str], folder: Path) -> Iterator[Timed]:
    """Time one question at a time by torch and by the graph that an index keeps, and compare the vectors."""
    embedder.export(folder)
    graph = OnnxEmbedder(folder, embedder.model_id, embedder.revision, embedder.dimension)
    for name, one in (("torch", embedder), ("ONNX", graph)):
        one.embed(questions[:1])
        times = [seconds(one.embed, [question]) for question in questions]
        found = np.concatenate([one.embed([question]).vectors for question in questions])
        least, mean = alike(embedder.embed(questions).vectors, found)
        yield name, f"{1000 * median(times):.1f}", f"{least:.5f}", f"{mean:.5f}"


def cold_start(home: Path) -> float:
    """Seconds of `labour ask` in a process of its own over an index that is there: the middle one of some."""
    call(home, "index")
    return median(seconds(call, home, "ask", QUESTION) for _ in range(COLD))


def main() -> int:
    """Print the figures; return 1, with the reason on stderr, where something fails."""
    try:
        embedder = load_embedder(DEFAULT_MODEL)
        assert isinstance(embedder, SentenceEmbedder)
        questions = [question.query for question in load_judged_questions(QUESTIONS)]
        with tempfile.TemporaryDirectory() as folder:
            bulk = render_table(PASSAGES, time_passages(embedder, passages()))
            single = render_table(QUERIES, time_queries(embedder, questions, Path(folder) / "encoder"))
            cold = cold_start(Path(folder) / "home")
    except LabourError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    sys.stdout.write(f"{bulk}\n\n{single}\n\n`labour ask` from a cold start: {cold:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
