"""How fast the server answers one client and many, beside plain dense search: `make bench-serve`.

The server is `labour serve` in a process of its own on this machine, asked over connections that stay
open. Plain dense search is the same model and the same vectors, nearest ten, called by as many threads
in the process that measures: no HTTP, no words, no answer.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import chain
from statistics import quantiles
from time import perf_counter, sleep
from typing import IO
from urllib.parse import urlencode

from benchmarks.asking import LABOUR, K
from benchmarks.tables import QUESTIONS, render_table
from corpus.errors import LabourError
from index.embedding import Embedder
from search_api.bootstrap import build, choose_embedder
from search_api.evaluation.questions import load_judged_questions
from search_api.reading import Reading

HOST = "127.0.0.1"
CLIENTS = (1, 8, 32)
HEAD = ("asked", "clients", "p50 ms", "p95 ms", "p99 ms", "a second", "errors")
START_SECONDS = 120.0
STOP_SECONDS = 10.0
REPLY_SECONDS = 30.0
PAUSE_SECONDS = 0.1

Ask = Callable[[str], bool]
"""Put one question and wait for the reply; True where it came as it should."""
Client = Callable[[], AbstractContextManager[Ask]]
"""Makes what one client asks through, and closes it after."""


class ServerError(LabourError):
    """The server that was to be measured did not start."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a load ends: after so many seconds or so many questions, whichever is first.

    What is being answered then is waited for.
    """

    seconds: float = 4.0
    questions: int = 2000


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to: the wall time of each reply that came as it should, errors, and all the time."""

    times: tuple[float, ...]
    errors: int
    seconds: float


class _Turns:
    """Deals questions out to clients, each the next one, until a limit is reached."""

    def __init__(self, questions: Sequence[str], limits: Limits) -> None:
        self._questions = questions
        self._left = limits.questions
        self._end = perf_counter() + limits.seconds
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[str]:
        while (place := self._take()) and perf_counter() < self._end:
            yield self._questions[place % len(self._questions)]

    def _take(self) -> int:
        with self._lock:
            place = self._left
            self._left = max(0, place - 1)
            return place


def load(client: Client, questions: Sequence[str], clients: int, limits: Limits) -> Load:
    """Let as many clients ask at once, each waiting for its reply before it asks again."""
    start = perf_counter()
    turns = _Turns(questions, limits)
    with ThreadPoolExecutor(clients) as threads:
        rows = threads.map(lambda _: _ask_in_turn(client, turns), range(clients))
        outcomes = tuple(chain.from_iterable(rows))
    seconds = perf_counter() - start
    times = tuple(time for time, answered in outcomes if answered)
    return Load(times, len(outcomes) - len(times), seconds)


def _ask_in_turn(client: Client, turns: _Turns) -> list[tuple[float, bool]]:
    """Ask until there is no turn left; return the time of each question and whether it was answered."""
    outcomes = []
    with client() as ask:
        for question in turns:
            start = perf_counter()
            answered = ask(question)
            outcomes.append((perf_counter() - start, answered))
    return outcomes


def row(name: str, clients: int, found: Load) -> tuple[str, ...]:
    """The figures of a load, in the order of `HEAD`; no percentiles of fewer than two replies."""
    cuts = quantiles(found.times, n=100, method="inclusive") if len(found.times) > 1 else None
    percentiles = [f"{1000 * cuts[place - 1]:.1f}" if cuts else "-" for place in (50, 95, 99)]
    rate = len(found.times) / found.seconds
    return name, str(clients), *percentiles, f"{rate:.1f}", str(found.errors)


def http_clients(port: int) -> dict[str, Client]:
    """Clients of the server on this machine that ask for an answer and for hits, by what they ask."""

    def post_ask(connection: HTTPConnection, question: str) -> None:
        body = json.dumps({"question": question})
        connection.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})

    def get_search(connection: HTTPConnection, question: str) -> None:
        connection.request("GET", f"/v1/search?{urlencode({'q': question, 'k': K})}")

    return {
        "POST /v1/ask": lambda: _connected(port, post_ask),
        "GET /v1/search": lambda: _connected(port, get_search),
    }


@contextmanager
def _connected(port: int, send: Callable[[HTTPConnection, str], None]) -> Iterator[Ask]:
    """Keep one connection open; where it breaks, the next question opens another."""
    connection = HTTPConnection(HOST, port, timeout=REPLY_SECONDS)

    def ask(question: str) -> bool:
        try:
            send(connection, question)
            reply = connection.getresponse()
            reply.read()
        except (OSError, HTTPException):
            connection.close()
            return False
        return reply.status == 200

    with closing(connection):
        yield ask


def dense_client(reading: Reading, embedder: Embedder) -> Client:
    """A client that embeds the question in this process and looks up the nearest vectors, no more."""

    def ask(question: str) -> bool:
        vector = embedder.embed([question]).vectors[0]
        reading.generation.dense.search(vector, K)
        return True

    return lambda: nullcontext(ask)


@contextmanager
def served(command: Sequence[str | os.PathLike[str]], port: int) -> Iterator[None]:
    """Run a server while it is asked: start it, wait until it is ready, and end it whatever happens.

    Raises ServerError, with what the server printed, where it ends or is not ready within START_SECONDS.
    """
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=printed)
        try:
            _await_ready(process, port, printed)
            yield
        finally:
            _end(process)


def _await_ready(process: subprocess.Popen[bytes], port: int, printed: IO[bytes]) -> None:
    end = perf_counter() + START_SECONDS
    while perf_counter() < end and process.poll() is None:
        if _is_ready(port):
            return
        sleep(PAUSE_SECONDS)
    printed.seek(0)
    said = printed.read().decode(errors="replace").strip() or "nothing"
    raise ServerError(
        f"the server did not become ready on port {port}; it printed: {said}."
        " Put that right, or try again where the port was taken."
    )


def _is_ready(port: int) -> bool:
    with closing(HTTPConnection(HOST, port, timeout=REPLY_SECONDS)) as connection:
        try:
            connection.request("GET", "/ready")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Find a port of this machine on which nothing listens now."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def rows(
    clients: dict[str, Client], questions: Sequence[str], counts: Sequence[int], limits: Limits
) -> Iterator[tuple[str, ...]]:
    """Load each client in turn with each number at once, after one question for what loads on first use."""
    for name, client in clients.items():
        with client() as ask:
            ask(questions[0])
        for count in counts:
            yield row(name, count, load(client, questions, count, limits))


def main() -> int:
    """Bring the index up to date and print the table; return 1, with the reason on stderr, where it fails."""
    try:
        application = build()
        application.library.ensure_index()
        questions = [question.query for question in load_judged_questions(QUESTIONS)]
        embedder = choose_embedder(application.settings.model)
        alone = {"dense search, in process": dense_client(application.library.reading(), embedder)}
        port = free_port()
        with served((LABOUR, "serve", "--host", HOST, "--port", str(port)), port):
            over_http = list(rows(http_clients(port), questions, CLIENTS, Limits()))
        in_process = list(rows(alone, questions, CLIENTS, Limits()))
    except LabourError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    sys.stdout.write(render_table(HEAD, [*over_http, *in_process]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
