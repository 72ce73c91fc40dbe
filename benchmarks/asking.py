"""How long a question takes, as a command and in a running process: `make bench-ask`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from benchmarks.tables import QUESTIONS, render_table
from index.embedding import Embedder
from search_api import asking
from search_api.bootstrap import Application, build, choose_embedder
from search_api.evaluation.questions import load_judged_questions
from search_api.questions import Wanted

LABOUR = Path(sys.executable).with_name("labour")
QUESTION = "what has been recommended on recruitment costs"
K = 10

Timed = tuple[str, ...]
"""What was timed, and its figures as printed."""


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """Wall time of a piece of work."""
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile, interpolated between the times; there must be two or more."""
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def call(home: Path, *arguments: str) -> None:
    """Run `labour` in a process of its own over a home folder; raises where it does not exit with 0."""
    environment = {**os.environ, "LABOUR_HOME": str(home)}
    subprocess.run([LABOUR, *arguments], env=environment, check=True, capture_output=True)


def time_commands(home: Path) -> Iterator[Timed]:
    """Time the command line; `home` must be empty, so that the first question builds the index."""
    for name, arguments in (
        ("`labour ask`, first (builds the index)", ("ask", QUESTION)),
        ("`labour ask`, second", ("ask", QUESTION)),
        ("`labour --help`", ("--help",)),
    ):
        yield name, f"{seconds(call, home, *arguments):.2f}"


def time_questions(application: Application, embedder: Embedder, questions: Sequence[str]) -> Iterator[Timed]:
    """Time each question in this process: search, answer, and for comparison the vectors alone."""
    reading = application.library.reading()

    def dense(question: str) -> None:
        vector = embedder.embed([question]).vectors[0]
        reading.generation.dense.search(vector, K)

    def search(question: str) -> None:
        asking.search(application, reading, question, K, Wanted())

    def ask(question: str) -> None:
        asking.ask(application, reading, question, Wanted())

    for name, work in (("dense search alone", dense), ("search", search), ("ask", ask)):
        work(questions[0])  # loads what is loaded on first use
        times = [seconds(work, question) for question in questions]
        yield name, *(f"{1000 * time:.1f}" for time in percentiles(times))


def main() -> None:
    """Print both tables, over an index that is built for them and removed."""
    questions = [question.query for question in load_judged_questions(QUESTIONS)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        commands = render_table(("command", "seconds"), time_commands(home))
        settings = build().settings.model_copy(update={"home": home})
        embedder = choose_embedder(settings.model)
        rows = time_questions(build(settings, embedder), embedder, questions)
        sys.stdout.write(f"{commands}\n\n{render_table(('in one process', 'p50 ms', 'p95 ms'), rows)}\n")


if __name__ == "__main__":
    main()
