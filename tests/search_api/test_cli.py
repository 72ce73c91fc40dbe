"""The command line: results on stdout, messages on stderr, exit codes as documented."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_api.bootstrap import Application
from search_api.cli.main import COMMANDS, EPILOG, ExitCode, cli
from search_api.cli.serve import listen

HEAVY = ("torch", "sentence_transformers", "faiss", "tantivy", "numpy", "pydantic", "fastapi", "uvicorn")


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    """Run a command over the small texts of `bare`."""
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=bare)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from search_api.cli.main import cli\n"
        "try: cli(['--help'])\n"
        f"except SystemExit: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Exit codes:" in done.stdout
    assert done.stderr.strip() == "[]"


def test_each_command_of_the_table_exists_and_helps() -> None:
    for name in COMMANDS:
        result = CliRunner().invoke(cli, [name, "--help"])
        assert result.exit_code == ExitCode.OK, name
        assert "Usage:" in result.stdout


def test_each_exit_code_is_documented() -> None:
    for code in ExitCode:
        assert f"\n  {code.value} " in EPILOG


def test_the_first_question_builds_the_index_and_says_so(labour: Callable[..., Result]) -> None:
    first = labour("ask", "recruitment costs")
    assert first.exit_code == ExitCode.OK
    assert "recruitment costs" in first.stdout
    assert "building" in first.stderr
    assert "building" not in first.stdout
    assert labour("ask", "recruitment costs").stderr == ""


def test_a_changed_text_is_taken_up_by_the_next_question(
    labour: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    labour("index")
    write(bare.settings.corpus, {"rafts-2020": "Workers on rafts shall be insured against drowning.\n"})
    result = labour("search", "rafts drowning")
    assert "building" in result.stderr
    assert "rafts-2020." in result.stdout


def test_ask_prints_the_json_of_the_http_interface(labour: Callable[..., Result]) -> None:
    reply = json.loads(labour("ask", "recruitment costs", "--json").stdout)
    assert reply["answered"]
    assert reply["groups"][0]["statements"][0]["citations"][0]["quote"]


def test_ask_exits_with_3_where_the_texts_do_not_say(labour: Callable[..., Result]) -> None:
    result = labour("ask", "xylophone zebra quotas")
    assert result.exit_code == ExitCode.NO_ANSWER
    assert "do not say" in result.stdout


def test_search_takes_k_and_filters(labour: Callable[..., Result]) -> None:
    result = labour("search", "recruitment costs", "-k", "2", "--document", "plans-2012", "--json")
    hits = json.loads(result.stdout)["hits"]
    assert len(hits) == 2
    assert {hit["citation"]["document"] for hit in hits} == {"plans-2012"}


def test_a_search_that_finds_nothing_says_so_on_stderr(labour: Callable[..., Result]) -> None:
    labour("index")
    result = labour("search", "recruitment", "--from", "1950", "--to", "1951")
    assert result.exit_code == ExitCode.NO_ANSWER
    assert result.stdout == ""
    assert "Nothing was found" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["ask", ""], "empty"),
        (["ask", "w" * 100_000], "100,000 characters"),
        (["ask", "a\x1b[2Jb"], "U+001B"),
        (["ask", "costs \udcff"], "U+DCFF"),
        (["search", "costs", "-k", "0"], "k is 0"),
        (["search", "costs", "-k", "10000"], "k is 10000"),
        (["search", "costs", "--document", "plan-2012"], "plans-2012"),
        (["search", "costs", "--kind", "recomendation"], "recommendation"),
        (["search", "costs", "--body", "SLOMM"], "SLOM"),
        (["ask", "costs", "--country", "Camboja"], "Cambodia"),
        (["ask", "costs", "--from", "2016", "--to", "2015"], "after `to`"),
        (["show", "nothing-here"], "nothing-here"),
        (["run", "missing.jsonl", "--output", "run.jsonl"], "missing.jsonl"),
    ],
)
def test_an_error_is_one_paragraph_on_stderr(
    labour: Callable[..., Result], arguments: list[str], reason: str
) -> None:
    labour("index")
    result = labour(*arguments)
    assert result.exit_code == ExitCode.ERROR
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr


@pytest.mark.parametrize("arguments", [["ask"], ["nonsense"], ["search", "costs", "-k", "ten"], ["run", "x"]])
def test_wrong_usage_exits_with_2(labour: Callable[..., Result], arguments: list[str]) -> None:
    assert labour(*arguments).exit_code == ExitCode.USAGE


def test_documents_and_show(labour: Callable[..., Result]) -> None:
    listed = labour("documents")
    assert "plans-2012\n" in listed.stdout
    shown = labour("show", "plans-2012")
    assert "The plans-2012 in full" in shown.stdout
    reply = json.loads(labour("documents", "--json").stdout)
    assert [document["id"] for document in reply["documents"]] == ["plans-2012", "programme-2010"]
    hit = json.loads(labour("search", "fishermen", "-k", "1", "--json").stdout)["hits"][0]["citation"]
    assert "fishermen" in labour("show", hit["passage"]).stdout
    passage = json.loads(labour("show", hit["passage"], "--json").stdout)
    assert passage["citation"] == hit


def test_index_and_status(labour: Callable[..., Result]) -> None:
    assert "generation  none" in labour("status").stdout
    assert labour("index").stdout.startswith("Built generation ")
    assert labour("index").stdout.startswith("Nothing has changed; kept generation ")
    assert json.loads(labour("index", "--rebuild", "--json").stdout)["built"]
    assert "up to date" in labour("status").stdout
    assert json.loads(labour("status", "--json").stdout)["current"]


def test_run_writes_a_line_for_each_question(labour: Callable[..., Result], tmp_path: Path) -> None:
    questions, output = tmp_path / "questions.jsonl", tmp_path / "run.jsonl"
    questions.write_text(
        '{"qid": "a", "query": "costs"}\n{"qid": "b", "query": "sawmills"}\n', encoding="utf-8"
    )
    result = labour("run", str(questions), "--output", str(output))
    assert result.exit_code == ExitCode.OK
    assert result.stdout == ""
    lines = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [line["qid"] for line in lines] == ["a", "b"]
    assert all(line["passages"] for line in lines)


def test_serve_checks_its_port_before_anything_is_built(labour: Callable[..., Result]) -> None:
    assert labour("serve", "--port", "0").exit_code == ExitCode.USAGE


def break_source(corpus: Path) -> str:
    (corpus / "plans-2012.txt").write_text("changed")
    return "plans-2012.txt"


def break_catalogue(corpus: Path) -> str:
    (corpus / "catalogue.toml").write_text("[[source]")
    return "catalogue.toml"


@pytest.mark.parametrize("spoil", [break_source, break_catalogue])
def test_an_older_index_answers_where_a_source_is_bad(
    labour: Callable[..., Result],
    bare: Application,
    write: Callable[..., None],
    spoil: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    labour("index")
    write(bare.settings.corpus, {"plans-2012": "Workers on rafts shall be insured.\n"})
    named = spoil(bare.settings.corpus)
    (tmp_path / "asked.jsonl").write_text('{"qid": "a", "query": "costs"}')
    for arguments in (
        ["ask", "recruitment costs"], ["search", "recruitment costs"], ["documents"], ["register"], ["check"],
        ["show", "plans-2012"], ["run", str(tmp_path / "asked.jsonl"), "--output", str(tmp_path / "run")],
    ):  # fmt: skip
        result = labour(*arguments)
        (warning,) = (line for line in result.stderr.splitlines() if line.startswith("Warning: "))
        assert named in warning
        assert "the older one" in warning
        assert result.exit_code != ExitCode.ERROR, arguments
    assert "recruitment costs" in labour("ask", "recruitment costs").stdout
    result = labour("index")
    assert result.exit_code == ExitCode.ERROR
    assert named in result.stderr


def test_a_bad_catalogue_is_an_error_where_there_is_no_index(
    labour: Callable[..., Result], bare: Application
) -> None:
    named = break_catalogue(bare.settings.corpus)
    result = labour("ask", "recruitment costs")
    assert result.exit_code == ExitCode.ERROR
    assert named in result.stderr
    assert "Warning" not in result.stderr


def test_the_other_sources_answer_where_one_is_bad(labour: Callable[..., Result], bare: Application) -> None:
    break_source(bare.settings.corpus)
    result = labour("ask", "recruitment costs")
    assert "Warning: 2 files: 1 read, 1 refused." in result.stderr
    assert "`labour status`" in result.stderr
    assert "every language that migrant workers speak" in " ".join(result.stdout.split())
    assert "Warning" not in labour("ask", "recruitment costs").stderr


def test_a_refused_source_is_told_wherever_one_looks(
    labour: Callable[..., Result], bare: Application
) -> None:
    break_source(bare.settings.corpus)
    result = labour("index")
    assert result.exit_code == ExitCode.PARTIAL
    told = "plans-2012 (plans-2012.txt): refused, changed. It has changed"
    for shown in (result.stdout, labour("status").stdout, labour("documents").stdout):
        assert told in " ".join(shown.split())
    replies = {name: json.loads(labour(name, "--json").stdout) for name in ("status", "index", "documents")}
    reports = (replies["status"]["report"]["rows"], replies["index"]["report"]["rows"])
    for rows in (*reports, replies["documents"]["refused"]):
        assert ("plans-2012", "changed") in {(row["source"], row["reason"]) for row in rows}


def test_serve_says_that_a_port_is_taken(labour: Callable[..., Result]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = labour("serve", "--host", "127.0.0.1", "--port", port)
    assert result.exit_code == ExitCode.ERROR
    assert f"Port {port} of host 127.0.0.1 cannot be served" in result.stderr
    assert "Serving" not in result.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "no host", "a" * 70 + ".example", ".."])
def test_serve_says_that_a_host_is_not_one(labour: Callable[..., Result], host: str) -> None:
    result = labour("serve", "--host", host, "--port", "8999")
    assert result.exit_code == ExitCode.ERROR
    assert f"Port 8999 of host {host} cannot be served" in result.stderr
    assert "Serving" not in result.stderr


def test_serve_answers_once_it_says_so_and_ends_at_ctrl_c(bare: Application) -> None:
    bare.library.index()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = "from search_api.cli.main import main; main()"
    environment = {
        **os.environ,
        "LABOUR_HOME": str(bare.settings.home),
        "LABOUR_CORPUS": str(bare.settings.corpus),
        "LABOUR_MODEL": "toy",
    }
    command = [sys.executable, "-c", code, "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr is not None
        assert f"Serving on http://127.0.0.1:{port}" in server.stderr.readline()
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET /health HTTP/1.0\r\n\r\n")
            assert client.recv(15).startswith(b"HTTP/1.1 200")
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0


def test_ctrl_c_exits_with_130(bare: Application) -> None:
    class Interrupted:
        def is_current(self) -> bool:
            raise KeyboardInterrupt

    application = replace(bare, library=Interrupted())  # type: ignore[arg-type]
    result = CliRunner().invoke(cli, ["documents"], obj=application)
    assert result.exit_code == ExitCode.INTERRUPTED
    assert "Interrupted." in result.stderr


def test_a_reader_that_goes_away_is_no_error(bare: Application) -> None:
    bare.library.index()
    code = "from search_api.cli.main import main; main()"
    environment = {
        **os.environ,
        "LABOUR_HOME": str(bare.settings.home),
        "LABOUR_CORPUS": str(bare.settings.corpus),
        "LABOUR_MODEL": "toy",
    }
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", code, "documents"], stdout=output, stderr=subprocess.PIPE, env=environment
        )
    assert done.returncode == ExitCode.BROKEN_PIPE
    assert done.stderr == b""


def labour_process(shell: str, home: Path) -> subprocess.CompletedProcess[str]:
    code = "from search_api.cli.main import main; main()"
    return subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "{code}" {shell}'],
        capture_output=True,
        text=True,
        env={**os.environ, "LABOUR_HOME": str(home), "LABOUR_MODEL": "toy"},
        check=False,
    )


def test_a_closed_output_is_no_traceback(tmp_path: Path) -> None:
    done = labour_process("status >&-", tmp_path)
    assert done.returncode == ExitCode.OK
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    done = labour_process("register --format jsonl > /dev/full", tmp_path)
    assert done.returncode == ExitCode.ERROR
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_server_accepts_sends_at_once() -> None:
    """A reply's head and body went out 40 ms apart: the socket was made without TCP_NODELAY."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
