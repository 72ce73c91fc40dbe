"""Whether searches notice that indexes are built and published: `make bench-publish`.

As many clients as `CLIENTS` ask the development questions of `labour serve`, in a process of its own on this
machine: first while nothing else happens, then while a file that is added, changed and removed by turns in a
folder that `labour watch` follows brings a build every ten seconds, published under the clients. Every answer
is checked against the generation it names: its quotes must stand, at their spans, in the documents of it.

The library is a copy of the present one in a temporary folder, which is removed at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.asking import LABOUR
from benchmarks.serving import HOST, PAUSE_SECONDS, REPLY_SECONDS, Limits, Load, free_port, load, served
from benchmarks.tables import QUESTIONS, render_table
from corpus.errors import GenerationError, LabourError
from index.folders import vector_cache_of
from index.glimpse import folder_of
from index.opening import open_records
from search_api.bootstrap import build
from search_api.evaluation.questions import load_judged_questions
from search_api.settings import read_settings

CLIENTS = 16
SECONDS = 60.0
EVERY = 10.0
MOST = 1_000_000
"""Questions of one load, which its seconds end before."""
TIMES = 2.0
"""How many times the 95th percentile of the quiet server that of the busy one may be."""
OPTIONS = ("--settle", "0.5", "--remove-deleted", "--body", "SLOM")
KEPT = "100"
"""Generations that are kept, so that each can be checked against."""
HEAD = ("server", "seconds", "answers", "p50 ms", "p95 ms", "p99 ms", "failed", "mixed", "generations")
TEXT = """Work plan on rafts 2020

RECOMMENDATIONS

1. Insure the workers on rafts against drowning, in version {version} of this plan;
2. Publish the ceiling of recruitment costs on every raft;
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load came to: its times, the answers that no generation holds, and the generations named."""

    load: Load
    mixed: int
    generations: int


class Checker:
    """Checks answers against the generations they name; those are read once, while they are kept."""

    def __init__(self, home: Path) -> None:
        """Name the library's home."""
        self._home = home
        self._texts: dict[str, Mapping[str, str]] = {}
        self._named: list[tuple[str, dict[str, Any]]] = []
        self._lock = threading.Lock()

    def take(self, header: str, reply: dict[str, Any]) -> None:
        """Keep an answer, and the generation that its header names, to be checked when the load is over."""
        with self._lock:
            self._named.append((header, reply))

    def outcome(self, found: Load) -> Outcome:
        """Check what was kept, and forget it."""
        named, self._named = self._named, []
        mixed = sum(not self.is_of_one(header, reply) for header, reply in named)
        return Outcome(found, mixed, len({header for header, _ in named}))

    def is_of_one(self, header: str, reply: dict[str, Any]) -> bool:
        """Whether header and body name one generation, and every quote stands in it."""
        if header != reply.get("generation"):
            return False
        try:
            texts = self._read(header)
        except GenerationError:
            return False
        return all(_stands(quoted, texts) for quoted in quotes(reply))

    def _read(self, name: str) -> Mapping[str, str]:
        if name not in self._texts:
            documents = open_records(folder_of(self._home, name)).documents()
            self._texts[name] = {document.id: document.text for document in documents}
        return self._texts[name]


def quotes(value: Any) -> Iterator[dict[str, Any]]:
    """Find everything below a value of JSON that has spans of a document, and a quote or a text of them."""
    if isinstance(value, list):
        for one in value:
            yield from quotes(one)
    elif isinstance(value, dict):
        if "spans" in value and "document" in value:
            yield value
        for one in value.values():
            yield from quotes(one)


def _stands(quoted: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    text = texts.get(quoted["document"], "")
    found = "".join(text[span["start"] : span["end"]] for span in quoted["spans"])
    return bool(found == quoted.get("quote", quoted.get("text")))


@contextmanager
def asking(port: int, checker: Checker) -> Iterator[Any]:
    """Keep one connection open, ask through it, and hand every answer to the checker."""
    connection = HTTPConnection(HOST, port, timeout=REPLY_SECONDS)

    def ask(question: str) -> bool:
        try:
            body = json.dumps({"question": question})
            connection.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})
            reply = connection.getresponse()
            data = reply.read()
        except (OSError, HTTPException):
            connection.close()
            return False
        if reply.status == 200:
            checker.take(reply.headers["X-Generation"], json.loads(data))
        return reply.status == 200

    with closing(connection):
        yield ask


class Publisher:
    """Brings a build about every so often: `labour watch` follows a folder whose one file comes and goes."""

    def __init__(self, inbox: Path, settings: Mapping[str, str], every: float) -> None:
        """Take the folder to be watched, and the settings of the watcher."""
        self._file = inbox / "rafts.txt"
        self._command = ("env", *_words(settings), str(LABOUR), "watch", str(inbox), *OPTIONS)
        self._every = every
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=work) for work in (self._listen, self._change)]
        self.lines: list[str] = []

    def __enter__(self) -> Publisher:
        """Start the watcher, and wait until it has built once: what it loads then, it keeps."""
        self._watch = subprocess.Popen(
            self._command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._threads[0].start()
        self._write(0)
        while not self.built and self._watch.poll() is None:
            self._stop.wait(PAUSE_SECONDS)
        return self

    def begin(self) -> None:
        """Begin to bring builds about."""
        self._threads[1].start()

    def __exit__(self, *_: object) -> None:
        """End the watcher, and what it is at."""
        self._stop.set()
        self._watch.terminate()
        self._watch.wait()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    @property
    def built(self) -> int:
        """How many indexes were built."""
        return sum(line.startswith("Built generation") for line in self.lines)

    @property
    def faults(self) -> list[str]:
        """What the watcher said that it should not have."""
        return [line for line in self.lines if line.startswith(("refused ", "the index: ", "Error"))]

    def _change(self) -> None:
        """Change the file twice, remove it, and add it again, by turns."""
        for version in count(1):
            if version % 4 == 3:
                self._file.unlink()
            else:
                self._write(version)
            if self._stop.wait(self._every):
                return

    def _write(self, version: int) -> None:
        self._file.write_text(TEXT.format(version=version), encoding="utf-8")

    def _listen(self) -> None:
        self.lines.extend(line.strip() for line in self._watch.stdout or ())


def p95(found: Load) -> float:
    """The 95th percentile of the times of a load, in seconds."""
    return quantiles(found.times, n=100, method="inclusive")[94]


def row(name: str, outcome: Outcome) -> tuple[str, ...]:
    """The figures of a load, in the order of `HEAD`."""
    found = outcome.load
    cuts = quantiles(found.times, n=100, method="inclusive")
    percentiles = [f"{1000 * cuts[place - 1]:.1f}" for place in (50, 95, 99)]
    counts = (found.errors, outcome.mixed, outcome.generations)
    return name, f"{found.seconds:.0f}", str(len(found.times)), *percentiles, *map(str, counts)


def verdict(quiet: Outcome, busy: Outcome, faults: Sequence[str]) -> list[str]:
    """Say what is not as it should be; nothing where all is."""
    ratio = p95(busy.load) / p95(quiet.load)
    failed, mixed = quiet.load.errors + busy.load.errors, quiet.mixed + busy.mixed
    found = {
        f"{failed} requests failed": failed > 0,
        f"{mixed} answers are of no one generation": mixed > 0,
        f"the 95th percentile is {ratio:.2f} times that of the quiet server": ratio > TIMES,
        "no generation was taken up": busy.generations < 2,
        **{f"a build failed: {fault}": True for fault in faults},
    }
    return [words for words, true in found.items() if true]


def measure(folder: Path, seconds: float, every: float) -> tuple[Outcome, Outcome, Publisher]:
    """Load the server while it is left alone, and again while indexes are published."""
    settings, inbox = _settings(folder), folder / "inbox"
    inbox.mkdir()
    questions = [question.query for question in load_judged_questions(QUESTIONS)]
    checker = Checker(folder / "home")
    publisher = Publisher(inbox, settings, every)
    port, limits = free_port(), Limits(seconds, MOST)
    subprocess.run([LABOUR, "index"], env={**os.environ, **settings}, check=True, capture_output=True)
    with served(("env", *_words(settings), str(LABOUR), "serve", "--port", str(port)), port):
        load(lambda: asking(port, checker), questions, CLIENTS, Limits(seconds / 10, MOST))
        checker.outcome(Load((), 0, 0.0))
        with publisher:
            quiet = checker.outcome(load(lambda: asking(port, checker), questions, CLIENTS, limits))
            publisher.begin()
            busy = checker.outcome(load(lambda: asking(port, checker), questions, CLIENTS, limits))
    return quiet, busy, publisher


def _settings(folder: Path) -> dict[str, str]:
    """Copy the present library into a folder, its vectors with it; return the settings that name the copy."""
    present = read_settings()
    build(present).library.ensure_index()
    shutil.copytree(present.corpus, folder / "corpus", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    cache = vector_cache_of(folder / "home")
    cache.parent.mkdir(parents=True)
    shutil.copyfile(vector_cache_of(present.home), cache)
    home, corpus = str(folder / "home"), str(folder / "corpus")
    return {"LABOUR_HOME": home, "LABOUR_CORPUS": corpus, "LABOUR_KEEP_GENERATIONS": KEPT}


def _words(settings: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}={value}" for name, value in settings.items())


def main() -> int:
    """Print the table; return 1, with the reason on stderr, where anything is not as it should be."""
    seconds = float(os.environ.get("SECONDS") or SECONDS)
    try:
        with tempfile.TemporaryDirectory() as folder:
            quiet, busy, publisher = measure(Path(folder), seconds, EVERY)
    except (LabourError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    sys.stdout.write(render_table(HEAD, [row("quiet", quiet), row("publishing", busy)]) + "\n")
    ratio = p95(busy.load) / p95(quiet.load)
    sys.stdout.write(
        f"{publisher.built} indexes were built in all; the 95th percentile is {ratio:.2f} times that of the"
        " quiet server.\n"
    )
    faults = verdict(quiet, busy, publisher.faults)
    sys.stderr.write("".join(f"Not as it should be: {words}\n" for words in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
