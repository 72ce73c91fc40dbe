"""labour register, labour show ADDRESS and labour check."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from search_api.bootstrap import Application
from search_api.cli.main import ExitCode, cli
from search_api.exports.formats import FORMATS
from search_api.register.register import Register


@pytest.fixture
def labour(held: Application) -> Callable[..., Result]:
    """Run a command over the register made by hand."""
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=held)


def test_the_table_shows_address_words_and_facts(labour: Callable[..., Result]) -> None:
    result = labour("register", "--kind", "activity")
    assert result.exit_code == ExitCode.OK
    assert result.stderr == ""
    text = " ".join(result.stdout.split())
    assert text.startswith("plans-2012/hiv/1 Activity 1: Seminar on HIV Body: SLOM-WG-HIV; period: 2011;")
    assert "coordinator: Indonesia; partners: ILO, civil society" in text
    assert "status: completed" in text
    assert "programme-2010" not in text


def test_doubts_are_shown(labour: Callable[..., Result]) -> None:
    text = labour("register", "--review").stdout
    assert "Recommendation [15]" in text
    assert "Needs review: the date could be of the row above" in text


def test_json_lines_go_to_stdout(labour: Callable[..., Result], register: Register) -> None:
    result = labour("register", "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["address"] for line in lines] == [one.address for one in register.commitments]


def test_a_listing_goes_on_where_it_stopped(labour: Callable[..., Result]) -> None:
    first = labour("register", "--format", "jsonl", "--limit", "5")
    assert "8 pass in all" in first.stderr
    (cursor,) = re.findall(r"--cursor (\S+)", first.stderr)
    second = labour("register", "--format", "jsonl", "--limit", "5", "--cursor", cursor)
    assert second.stderr == ""
    addresses = [json.loads(line)["address"] for part in (first, second) for line in part.stdout.splitlines()]
    assert len(addresses) == len(set(addresses)) == 8


def test_facets_are_counted(labour: Callable[..., Result]) -> None:
    text = labour("register", "--facets", "--document", "plans-2012").stdout
    assert text.startswith("5 commitments\n")
    assert re.search(r"^kind\n +3  recommendation\n +2  activity\n", text, re.MULTILINE)
    reply = json.loads(labour("register", "--facets", "--format", "jsonl").stdout)
    assert reply["total"] == 8
    assert {facet["name"] for facet in reply["facets"]} >= {"body", "country", "year"}


@pytest.mark.parametrize("form", ["table", *FORMATS])
def test_a_file_is_written_whole(labour: Callable[..., Result], tmp_path: Path, form: str) -> None:
    path = tmp_path / "register.out"
    path.write_text("old")
    result = labour("register", "--format", form, "--output", str(path))
    assert result.exit_code == ExitCode.OK
    assert result.stdout == ""
    assert f"Wrote {path}" in result.stderr
    assert b"plans-2012" in path.read_bytes() or form == "xlsx"
    assert list(tmp_path.iterdir()) == [path]


def test_xlsx_goes_through_a_pipe(labour: Callable[..., Result]) -> None:
    result = labour("register", "--format", "xlsx", "--text", "recruit*")
    assert len(list(load_workbook(io.BytesIO(result.stdout_bytes)).active.iter_rows())) == 3


def test_xlsx_is_not_written_to_a_terminal(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    code = "from search_api.cli.main import main; main()"
    environment = {**os.environ, "LABOUR_HOME": str(tmp_path), "LABOUR_MODEL": "toy"}
    done = subprocess.run(
        [sys.executable, "-c", code, "register", "--format", "xlsx"],
        stdout=follower,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    os.close(leader)
    os.close(follower)
    assert done.returncode == ExitCode.USAGE
    assert b"--output" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_csv_keeps_its_line_ends(labour: Callable[..., Result]) -> None:
    data = labour("register", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    texts = [line["text"] for line in csv.DictReader(io.StringIO(data, newline=""))]
    assert "Inspect plantations\ntwice a year;" in texts


def test_nothing_found_exits_with_3(labour: Callable[..., Result]) -> None:
    result = labour("register", "--from", "1950", "--to", "1951")
    assert result.exit_code == ExitCode.NO_ANSWER
    assert result.stdout == ""
    assert "No commitment passes" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["register", "--body", "SLOMM"], ExitCode.ERROR, "SLOM"),
        (["register", "--theme", "zzz"], ExitCode.ERROR, "theme"),
        (["register", "--cursor", "zzz"], ExitCode.ERROR, "cursor"),
        (["register", "--text", "?"], ExitCode.ERROR, "The text has neither"),
        (["register", "--output", "missing/folder/x.csv"], ExitCode.ERROR, "cannot be written"),
        (["register", "--format", "docx"], ExitCode.USAGE, "csl-json"),
        (["register", "--facets", "--format", "csv"], ExitCode.USAGE, "--facets"),
        (["register", "--limit", "0"], ExitCode.USAGE, "--limit"),
        (["show", "plans-2012/afml-5/rec/99"], ExitCode.ERROR, "rec/99"),
        (["check", "nothing"], ExitCode.ERROR, "nothing"),
    ],
)
def test_misuse_is_explained(
    labour: Callable[..., Result], arguments: list[str], code: ExitCode, reason: str
) -> None:
    result = labour(*arguments)
    assert result.exit_code == code
    assert result.stdout == ""
    assert reason in result.stderr


def test_show_takes_an_address(labour: Callable[..., Result]) -> None:
    text = " ".join(labour("show", "plans-2012/afml-5/rec/14").stdout.split())
    assert text.startswith("plans-2012/afml-5/rec/14 Recommendation 14")
    assert "“Publish recruitment costs in Viet Nam;”" in text
    assert "Meeting: THE 5th FORUM, SIEM REAP, 9-10 OCTOBER 2012" in text
    assert "Under it: Recommendation: - Show costs" in text
    assert "Passage: Publish recruitment costs" in text
    child = " ".join(labour("show", "plans-2012/afml-5/rec/14/1").stdout.split())
    assert "Under: Recommendation 14: Publish" in child
    row = " ".join(labour("show", "plans-2012/hiv/1").stdout.split())
    assert "Period: 2011 (2011-01-01 to 2011-12-31)" in row
    reply = json.loads(labour("show", "plans-2012/afml-5/rec/14", "--json").stdout)
    assert reply["children"][0]["parent"] == "plans-2012/afml-5/rec/14"


def test_a_hit_shows_what_its_commitments_say(labour: Callable[..., Result]) -> None:
    text = " ".join(labour("search", "seminar HIV dialogue", "-k", "1").stdout.split())
    assert "Activity 1. Body: SLOM-WG-HIV; period: 2011; coordinator: Indonesia; partners: ILO" in text
    assert "Activity. Body: assigned responsible bodies; period: 2012-2014; status: completed" in text


def test_check_reports_and_exits_by_the_threshold(labour: Callable[..., Result]) -> None:
    result = labour("check")
    assert "plans-2012: score" in result.stdout
    assert "programme-2010: score" in result.stdout
    assert "the date could be of the row above" in result.stdout
    reports = {one["document"]: one for one in json.loads(labour("check", "--json").stdout)["reports"]}
    for name, report in reports.items():
        alone = labour("check", name)
        assert alone.exit_code == (ExitCode.OK if report["passed"] else ExitCode.BELOW_THRESHOLD)
        assert report["passed"] == (report["score"] >= report["threshold"])
    assert {report["passed"] for report in reports.values()} == {True, False}
