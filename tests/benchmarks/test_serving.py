"""What loads a server, against small servers on this machine. No time is asserted."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks import serving
from benchmarks.serving import Limits, Load
from index.toy import ToyEmbedder
from search_api.bootstrap import Application

FEW = Limits(seconds=20, questions=12)
READY = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


class Handler(BaseHTTPRequestHandler):
    """Answers what it is asked, and refuses what speaks of rafts."""

    protocol_version = "HTTP/1.1"
    connections: set[int]
    lines: list[str]

    def do_GET(self) -> None:
        self._reply("rafts" in self.path)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._reply(b"rafts" in body or self.headers["Content-Type"] != "application/json")

    def _reply(self, refused: bool) -> None:
        self.connections.add(self.client_address[1])
        self.lines.append(self.requestline)
        self.send_response(422 if refused else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def answering() -> Iterator[tuple[int, type[Handler]]]:
    """Serve on a free port, and give what was asked and over how many connections."""
    handler = type("Recording", (Handler,), {"connections": set(), "lines": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port, handler
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("name", ["POST /v1/ask", "GET /v1/search"])
def test_clients_ask_over_one_connection_each(name: str) -> None:
    with answering() as (port, handler):
        found = serving.load(serving.http_clients(port)[name], ["fees", "season"], 3, FEW)
    assert (len(found.times), found.errors) == (12, 0)
    assert len(handler.lines) == 12
    assert all(line.startswith(name) for line in handler.lines)
    assert 1 <= len(handler.connections) <= 3


def test_refusals_are_errors_and_have_no_time() -> None:
    with answering() as (port, _):
        found = serving.load(serving.http_clients(port)["GET /v1/search"], ["fees", "rafts"], 1, FEW)
    assert (len(found.times), found.errors) == (6, 6)


def test_a_server_that_is_gone_is_an_error_not_a_crash() -> None:
    client = serving.http_clients(serving.free_port())["POST /v1/ask"]
    found = serving.load(client, ["fees"], 2, Limits(seconds=20, questions=4))
    assert (found.times, found.errors) == ((), 4)
    assert serving.row("gone", 2, found)[2:] == ("-", "-", "-", "0.0", "4")


def test_a_load_ends_with_its_time() -> None:
    found = serving.load(lambda: nullcontext(bool), ["fees"], 2, Limits(seconds=0, questions=10))
    assert (found.times, found.errors) == ((), 0)


def test_a_load_goes_round_the_questions() -> None:
    asked: list[str] = []

    def ask(question: str) -> bool:
        asked.append(question)
        return True

    serving.load(lambda: nullcontext(ask), ["a", "b", "c"], 1, FEW)
    assert {name: asked.count(name) for name in "abc"} == {"a": 4, "b": 4, "c": 4}


def test_a_row_sums_a_load_up() -> None:
    found = Load(tuple(place / 1000 for place in range(101)), 2, 10.0)
    assert serving.row("x", 8, found) == ("x", "8", "50.0", "95.0", "99.0", "10.1", "2")
    assert len(serving.HEAD) == 7


def test_dense_search_is_loaded_by_itself(application: Application) -> None:
    alone = {"dense": serving.dense_client(application.library.reading(), ToyEmbedder())}
    rows = list(serving.rows(alone, ["recruitment fees", "rafts"], (1, 2), FEW))
    assert [(row[0], row[1], row[-1]) for row in rows] == [("dense", "1", "0"), ("dense", "2", "0")]


def test_a_server_is_ended_even_where_asking_fails(tmp_path: Path) -> None:
    script = tmp_path / "ready.py"
    script.write_text(READY, encoding="utf-8")
    port = serving.free_port()

    def fail_while_it_runs() -> None:
        with serving.served((sys.executable, script, str(port)), port):
            assert listens(port)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_while_it_runs()
    assert not listens(port)


def test_a_server_that_does_not_start_is_told_with_what_it_said() -> None:
    command = (sys.executable, "-c", "raise SystemExit('no luck today')")
    with (
        pytest.raises(serving.ServerError, match="it printed: no luck today"),
        serving.served(command, serving.free_port()),
    ):
        pytest.fail("it was never ready")
