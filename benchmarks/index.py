"""How large an index can become: `make bench-index`, for 10,000, 100,000 and 1,000,000 passages.

The passages are those of the corpus, recombined (see `benchmarks.recombined`); nothing is embedded but the
questions. `SIZES="10000 100000"` limits the sizes. Each size is built in a folder that is removed afterwards;
a million passages take some 12 GB there (TMPDIR names another disk) and some twenty minutes.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.recombined import DOCUMENT, Recombined
from benchmarks.tables import QUESTIONS, render_table
from corpus.errors import LabourError
from corpus.records import Passage, PassageKind
from index.embedding import Embedder, Embeddings
from index.folders import build_lock, vector_cache_of
from index.generations import Built, Generation, build_from, open_generation
from index.measuring import NEAREST
from index.searching import Searcher
from index.supplies import Content
from index.vectors import Kept, cached_vectors
from search_api.bootstrap import build, choose_embedder
from search_api.evaluation.questions import load_judged_questions
from search_api.library import Library

SIZES = (10_000, 100_000, 1_000_000)
WARM_UP = 5
"""Questions asked before the clock runs."""
MEGA, GIGA = 2**20, 2**30


class Prepared:
    """An embedder that has seen its texts before, and gives what it gave then."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model_id, self.revision, self.dimension = (
            embedder.model_id, embedder.revision, embedder.dimension,
        )  # fmt: skip
        self._seen: dict[tuple[str, ...], Embeddings] = {}

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Embed texts, those seen before in no time."""
        key = tuple(texts)
        if key not in self._seen:
            self._seen[key] = self._embedder.embed(texts)
        return self._seen[key]


def recombined(library: Library, embedder: Embedder) -> Recombined:
    """Prepare the recombining of a library's passages; its vectors come from the cache or are made."""
    held = library.reading().generation
    rows: list[Passage] = []
    kept: list[Kept] = []
    for document in held.documents:
        content = Content(document, held.records.passages_of(document.id))
        made = cached_vectors(vector_cache_of(library.home), content.texts(), embedder, lambda *_: None)
        rows += [one for one in content.passages if one.kind != PassageKind.CONTENTS]
        kept += made
    return Recombined(held.documents[0], rows, [held.commitments_of(one.id) for one in rows], kept)


def build_size(home: Path, source: Recombined, size: int, embedder: Embedder, first: int = 0) -> Built:
    """Build the documents up to a size, those from the number `first` on being new."""

    def vectors_of(texts: Sequence[str]) -> Iterable[Kept]:
        numbers = [next(pending) for _ in range(len(texts) // DOCUMENT)]
        return source.vectors(iter(numbers))

    pending = iter(range(first, size // DOCUMENT))
    with build_lock(home):
        return build_from(home, source.supplies(size), embedder, f"{size} passages", vectors_of=vectors_of)


def served(home: Path) -> dict[str, float]:
    """Measure searching in a process of its own, and return the figures by name."""
    command = (sys.executable, "-m", "benchmarks.index", "--serve", str(home))
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def serve(home: Path) -> dict[str, float]:
    """Open the generation under a home and ask it the development questions, with and without embedding."""
    embedder = choose_embedder(build().settings.model)
    start = perf_counter()
    generation = open_generation(home, embedder)
    figures = {"open": perf_counter() - start}
    questions = [question.query for question in load_judged_questions(QUESTIONS)]
    figures |= _latencies("with", generation, questions)
    prepared = Prepared(generation.questions)
    known = replace(generation, questions=prepared)
    for question in questions:
        Searcher(known).search(question)
    figures |= _latencies("without", known, questions)
    figures |= _memory()
    return figures | {"recall": _recall(generation, questions)}  # after the memory: it reads every vector


def _latencies(name: str, generation: Generation, questions: Sequence[str]) -> dict[str, float]:
    searcher = Searcher(generation)
    for question in questions[:WARM_UP]:
        searcher.search(question)
    times = []
    for question in questions:
        start = perf_counter()
        Searcher(generation).search(question)
        times.append(perf_counter() - start)
    return {f"{name} p{q}": 1000 * float(np.quantile(times, q / 100)) for q in (50, 95, 99)}


def _recall(generation: Generation, questions: Sequence[str]) -> float:
    vectors = generation.questions.embed(questions).vectors
    exact = generation.dense.nearest_of_all(vectors, NEAREST)
    found = (generation.dense.search(vector, NEAREST)[0] for vector in vectors)
    return float(np.mean([np.isin(row, own).mean() for row, own in zip(exact, found, strict=True)]))


def _memory() -> dict[str, float]:
    """The peak of what the process held, mapped files and all, and what of its own it holds now, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    facts = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    return {name: 1024.0 * int(facts[name][0]) for name in ("VmHWM", "RssAnon")}


def size_on_disk(folder: Path) -> int:
    """Add up the files under a folder, one with several names once."""
    facts = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum({(fact.st_dev, fact.st_ino): fact.st_size for fact in facts}.values())


def measure(source: Recombined, size: int, embedder: Embedder) -> tuple[dict[str, float], Built]:
    """Build an index of a size, add a document, and search in it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        start = perf_counter()
        built = build_size(home, source, size, embedder)
        figures = {"build": perf_counter() - start, "disk": float(size_on_disk(home))}
        figures["building"] = 1024.0 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = perf_counter()
        added = build_size(home, source, size + DOCUMENT, embedder, first=size // DOCUMENT)
        figures["add"] = perf_counter() - start
        sys.stderr.write(f"{size:,} added: {dict(added.seconds)}\n")
        return figures | served(home), built


ROWS: tuple[tuple[str, str, float, str], ...] = (
    ("build, s", "build", 1, ".0f"),
    ("on disk, GB", "disk", GIGA, ".2f"),
    ("peak memory of building, GB", "building", GIGA, ".1f"),
    ("add a document of 200 passages, s", "add", 1, ".1f"),
    ("open, s", "open", 1, ".1f"),
    ("search p50, ms", "without p50", 1, ".0f"),
    ("search p95, ms", "without p95", 1, ".0f"),
    ("search p99, ms", "without p99", 1, ".0f"),
    ("search with embedding p50, ms", "with p50", 1, ".0f"),
    ("search with embedding p95, ms", "with p95", 1, ".0f"),
    ("search with embedding p99, ms", "with p99", 1, ".0f"),
    ("recall@10 of the vectors", "recall", 1, ".3f"),
    ("peak memory of serving, with mapped files, GB", "VmHWM", GIGA, ".2f"),
    ("memory of serving, without mapped files, GB", "RssAnon", GIGA, ".2f"),
)
"""What is printed: a name, the figure, what it is divided by, and its format."""


def table(sizes: Sequence[int], figures: Sequence[dict[str, float]], builds: Sequence[Built]) -> str:
    """Lay out what was measured, a column for each size."""
    head = ("", *(f"{size:,}" for size in sizes))
    rows = [(name, *(format(one[key] / by, form) for one in figures)) for name, key, by, form in ROWS]
    stages = dict.fromkeys(stage for built in builds for stage, _ in built.seconds)
    for stage in stages:
        rows.append((f"build: {stage}, s", *(f"{dict(built.seconds).get(stage, 0):.1f}" for built in builds)))
    return render_table(head, rows)


def machine() -> str:
    """Say what the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGA
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.machine()}, {platform.system()}"


def main() -> int:
    """Print the table; return 1, with the reason on stderr, where something fails."""
    if sys.argv[1:2] == ["--serve"]:
        sys.stdout.write(json.dumps(serve(Path(sys.argv[2]))) + "\n")
        return 0
    sizes = [int(size) for size in os.environ.get("SIZES", "").split()] or list(SIZES)
    try:
        application = build()
        application.library.ensure_index()
        embedder = choose_embedder(application.settings.model)
        source = recombined(application.library, embedder)
        measured = [measure(source, size, embedder) for size in sizes]
    except LabourError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    figures, builds = zip(*measured, strict=True)
    sys.stdout.write(f"{table(sizes, figures, builds)}\n\n{machine()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
