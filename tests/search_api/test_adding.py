"""Documents are added and removed, with what they are proposed, and nothing else is touched."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import SourceError
from search_api.adding import add, proposed
from search_api.bootstrap import Application
from search_api.cli import watch
from search_api.cli.main import ExitCode, cli
from search_api.given import Given
from tests.ingest.intake.files import pdf

TEXT = """WORK PLAN OF THE SLOM-WG ON RAFTS

Jakarta, May 2016

RECOMMENDATIONS

The meeting recommended the following:
1. Publish the costs of rafts;
2. Inspect the rafts.
"""


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    return lambda *arguments, **options: CliRunner().invoke(
        cli, list(map(str, arguments)), obj=bare, **options
    )


@pytest.fixture
def sources(bare: Application) -> Path:
    return bare.settings.home / "sources"


@pytest.fixture
def rafts(tmp_path: Path) -> Path:
    path = tmp_path / "rafts.txt"
    path.write_text(TEXT)
    return path


def catalogue(folder: Path) -> str:
    path = folder / "catalogue.toml"
    return path.read_text() if path.exists() else ""


def test_a_document_is_added_found_and_removed(
    labour: Callable[..., Result], bare: Application, rafts: Path, sources: Path
) -> None:
    held = catalogue(bare.settings.corpus)
    result = labour("add", rafts, "--yes")
    assert result.exit_code == ExitCode.OK
    shown = " ".join(result.stdout.split())
    assert "title: WORK PLAN OF THE SLOM-WG ON RAFTS (a heading)" in shown
    assert "body: slom-wg (the title)" in shown
    assert "date: 2016-05 (the cover)" in shown
    assert "labour index" in result.stderr
    assert (sources / "work-plan-of-the-slom-wg-on-rafts.txt").read_text() == TEXT
    assert "work-plan-of-the-slom-wg-on-rafts" in labour("documents").stdout
    assert "Publish the costs of rafts" in " ".join(labour("search", "costs of rafts").stdout.split())
    assert labour("remove", "work-plan-of-the-slom-wg-on-rafts").exit_code == ExitCode.OK
    assert [path.name for path in sources.iterdir() if not path.name.startswith(".")] == ["catalogue.toml"]
    assert "rafts" not in labour("documents").stdout
    assert catalogue(bare.settings.corpus) == held


def test_what_is_given_wins(labour: Callable[..., Result], bare: Application, rafts: Path) -> None:
    facts = {
        "id": "rafts", "title": "On “Rafts”", "short-title": "Rafts", "body": "ACMW", "kind": "paper",
        "date": "2015-02", "period": "2015-2019", "language": "id", "rights": "free",
    }  # fmt: skip
    options = [word for name, value in facts.items() for word in (f"--{name}", value)]
    assert labour("add", rafts, "--yes", *options).exit_code == ExitCode.OK
    (source,) = bare.library.added()
    assert (source.id, source.title, source.short_title, source.body) == (
        "rafts",
        "On “Rafts”",
        "Rafts",
        "acmw",
    )
    assert (source.kind, source.date, source.period) == ("paper", "2015-02", (2015, 2019))
    assert (source.language, source.rights) == ("id", "free")


def test_a_dry_run_and_a_no_add_nothing(labour: Callable[..., Result], rafts: Path, sources: Path) -> None:
    assert "WORK PLAN" in labour("add", rafts, "--dry-run").stdout
    assert "WORK PLAN" in labour("add", rafts, input="n\n").stdout
    assert labour("add", rafts).exit_code == ExitCode.ERROR
    assert catalogue(sources) == ""
    assert labour("add", rafts, input="y\n").exit_code == ExitCode.OK
    assert "rafts" in catalogue(sources)


def test_the_same_bytes_are_not_added_twice(
    labour: Callable[..., Result], bare: Application, rafts: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_text(TEXT)
    result = labour("add", rafts, twin, "--yes")
    assert result.exit_code == ExitCode.PARTIAL
    assert "twin.txt: refused, held already. The same bytes are held already" in " ".join(
        result.stderr.split()
    )
    assert len(bare.library.added()) == 1
    held = bare.settings.corpus / "plans-2012.txt"
    assert "'plans-2012'" in labour("add", held, "--yes", "--body", "slom", "--date", "2012").stderr


def test_another_text_of_the_same_title_gets_another_id(
    labour: Callable[..., Result], bare: Application, rafts: Path
) -> None:
    labour("add", rafts, "--yes")
    rafts.write_text(f"{TEXT}3. Go.\n")
    assert labour("add", rafts, "--yes").exit_code == ExitCode.OK
    names = [source.id for source in bare.library.added()]
    assert names == ["work-plan-of-the-slom-wg-on-rafts", "work-plan-of-the-slom-wg-on-rafts-2"]
    rafts.write_text(f"{TEXT}4. Stop.\n")
    result = labour("add", rafts, "--yes", "--id", names[0])
    assert result.exit_code == ExitCode.PARTIAL
    assert "is taken" in result.stderr


def test_the_good_files_are_added_where_others_are_refused(
    labour: Callable[..., Result], bare: Application, rafts: Path, tmp_path: Path
) -> None:
    bad = {
        "empty.txt": b"",
        "locked.pdf": pdf(1, encrypt="s3cret"),
        "dateless.txt": b"ON THE RAFTS OF ACMW\n\nWords.\n",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    result = labour("add", *(tmp_path / name for name in bad), tmp_path / "gone.pdf", rafts, "--yes")
    assert result.exit_code == ExitCode.PARTIAL
    told = " ".join(result.stderr.split())
    for name, reason in {
        "empty.txt": "empty", "locked.pdf": "encrypted", "dateless.txt": "date unknown", "gone.pdf": "missing"
    }.items():  # fmt: skip
        assert f"{name}: refused, {reason}" in told
    assert "Give it with --date" in told
    assert [source.title for source in bare.library.added()] == ["WORK PLAN OF THE SLOM-WG ON RAFTS"]


def test_adding_may_index_at_once_and_reads_once(labour: Callable[..., Result], rafts: Path) -> None:
    result = labour("add", rafts, "--yes", "--index")
    assert "of 3 documents" in result.stdout
    assert "3 files: 2 read, 1 unchanged." in result.stdout


def test_a_password_is_kept_and_never_shown(
    labour: Callable[..., Result], bare: Application, tmp_path: Path, sources: Path
) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(pdf(2, encrypt="s3cret"))
    (tmp_path / "secret").write_text("s3cret\n")
    given = ("--body", "slom", "--date", "2020", "--id", "locked")
    result = labour("add", path, "--yes", "--index", "--password-file", tmp_path / "secret", *given)
    assert result.exit_code == ExitCode.OK
    assert 'password = "s3cret"' in catalogue(sources)
    shown = [
        result.output,
        *(labour(*words).output for words in (("documents",), ("show", "locked"), ("status",))),
    ]
    shown += [labour(*words, "--json").output for words in (("documents",), ("show", "locked"), ("index",))]
    assert not [words for words in shown if "s3cret" in words]
    for kept in (path for path in bare.settings.home.rglob("*") if path.is_file()):
        assert kept.name == "catalogue.toml" or b"s3cret" not in kept.read_bytes(), kept


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--id", "../../evil"), "lower-case words"),
        (("--id", "x" * 61), "60 characters"),
        (("--period", "2015 to 2019"), "2010-2015"),
        (("--unknown", "x"), "No such option"),
    ],
)
def test_wrong_options_are_told(
    labour: Callable[..., Result], rafts: Path, options: tuple[str, ...], complaint: str
) -> None:
    result = labour("add", rafts, *options)
    assert result.exit_code == ExitCode.USAGE
    assert complaint in result.stderr


def test_facts_of_one_document_are_not_given_to_two(
    labour: Callable[..., Result], rafts: Path, tmp_path: Path
) -> None:
    for option in ("--title", "--short-title", "--date", "--id"):
        result = labour("add", rafts, tmp_path / "other.txt", option, "x")
        assert result.exit_code == ExitCode.USAGE
        assert option in result.stderr


def test_a_malformed_fact_leaves_nothing_behind(
    labour: Callable[..., Result], rafts: Path, sources: Path
) -> None:
    result = labour("add", rafts, "--yes", "--date", "May 2016")
    assert result.exit_code == ExitCode.ERROR
    assert "2012-10-31" in result.stderr
    assert [path.name for path in sources.iterdir() if not path.name.startswith(".")] == []
    assert "SLOM" in labour("add", rafts, "--yes", "--body", "SLOMM").stderr


def test_a_document_of_the_corpus_is_not_removed(labour: Callable[..., Result], bare: Application) -> None:
    before = catalogue(bare.settings.corpus)
    result = labour("remove", "plans-2012")
    assert result.exit_code == ExitCode.ERROR
    assert "take its entry out there" in result.stderr
    assert catalogue(bare.settings.corpus) == before
    assert labour("remove", "nothing-here").exit_code == ExitCode.ERROR


def test_an_id_of_both_catalogues_is_refused(
    labour: Callable[..., Result], bare: Application, rafts: Path
) -> None:
    labour("add", rafts, "--yes", "--id", "rafts")
    path = bare.settings.corpus / "catalogue.toml"
    path.write_text(path.read_text().replace('id = "plans-2012"', 'id = "rafts"'))
    result = labour("index")
    assert result.exit_code == ExitCode.ERROR
    assert "two entries have the id 'rafts'" in result.stderr


def test_what_a_file_says_cannot_steer_the_terminal(labour: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "evil.pdf"
    path.write_bytes(pdf(1, title="Work Plan \x1b[2J of SLOM"))
    assert "\x1b" not in labour("add", path, "--dry-run", "--date", "2020").output
    assert json.loads(labour("status", "--json").stdout)["sources"] == 2


@pytest.mark.parametrize("name", ["catalogue.toml", ".lock", "rafts.TOML", "rafts"])
def test_no_file_takes_the_place_of_the_catalogue(
    labour: Callable[..., Result], bare: Application, rafts: Path, tmp_path: Path, sources: Path, name: str
) -> None:
    labour("add", rafts, "--yes")
    evil = tmp_path / "evil" / name
    evil.parent.mkdir()
    evil.write_text(TEXT.replace("RAFTS", "BOATS"))
    result = labour("add", evil, "--yes", "--id", "catalogue")
    assert result.exit_code == ExitCode.OK
    assert [source.id for source in bare.library.added()] == [
        "work-plan-of-the-slom-wg-on-rafts",
        "catalogue",
    ]
    assert (sources / "catalogue.txt").read_text() == evil.read_text()


def test_a_file_that_no_entry_names_is_left_alone_and_in_nobodys_way(
    labour: Callable[..., Result], bare: Application, rafts: Path, sources: Path
) -> None:
    sources.mkdir(parents=True)
    (sources / "rafts.txt").write_text("Something else.")
    assert labour("add", rafts, "--yes", "--id", "rafts").exit_code == ExitCode.OK
    assert (sources / "rafts.txt").read_text() == "Something else."
    (source,) = bare.library.added()
    assert source.path.read_text() == TEXT


def test_a_copy_that_was_cut_short_is_taken_up(
    labour: Callable[..., Result], bare: Application, rafts: Path, sources: Path
) -> None:
    sources.mkdir(parents=True)
    (sources / "rafts.txt").write_text(TEXT)
    assert labour("add", rafts, "--yes", "--id", "rafts").exit_code == ExitCode.OK
    assert bare.library.added()[0].path == (sources / "rafts.txt").resolve()


def test_a_copy_is_on_the_disk_before_its_entry_is(
    labour: Callable[..., Result], rafts: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noted(descriptor: int) -> None:
        done.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)

    monkeypatch.setattr(os, "fsync", noted)
    assert labour("add", rafts, "--yes", "--id", "rafts").exit_code == ExitCode.OK
    assert [name.split(".")[1] if name.startswith(".") else name for name in done] == [
        "rafts",
        sources.name,
        "catalogue",
        sources.name,
    ]


def test_adding_with_an_index_exits_as_indexing_does(
    labour: Callable[..., Result], bare: Application, rafts: Path
) -> None:
    (bare.settings.corpus / "plans-2012.txt").unlink()
    assert labour("add", rafts, "--yes", "--index").exit_code == ExitCode.PARTIAL


@pytest.mark.parametrize("command", [("add", "rafts.txt", "--yes"), ("remove", "x"), ("watch", ".")])
def test_a_home_that_cannot_be_written_is_told(
    labour: Callable[..., Result],
    bare: Application,
    rafts: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    bare.settings.home.touch()
    monkeypatch.chdir(rafts.parent)
    monkeypatch.setattr(watch, "_follow", lambda *_: None)
    result = labour(*command)
    assert result.exit_code == ExitCode.ERROR
    assert isinstance(result.exception, SystemExit)
    assert str(bare.settings.home) in result.stderr


def test_whatever_the_system_refuses_is_told_in_words(
    labour: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, rafts: Path
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/sys/\udcffx")

    monkeypatch.setattr("search_api.cli.remove.remove", refused)
    result = labour("remove", "x")
    assert result.exit_code == ExitCode.ERROR
    assert "/sys/\\udcffx: Permission denied." in result.stderr


def test_a_name_too_long_for_the_disk_is_refused(bare: Application, rafts: Path) -> None:
    (found,), _ = proposed(bare.library, bare.authority, [rafts], Given(id="x" * 300))
    with pytest.raises(SourceError, match="cannot be copied"):
        add(bare.library, found)


def test_a_title_from_a_name_that_is_not_utf8_is_escaped(
    labour: Callable[..., Result], bare: Application, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/p\xff.txt"))
    path.write_text("Some words, lower; case.\n")
    result = labour("add", path, "--yes", "--body", "slom", "--date", "2020")
    assert result.exit_code == ExitCode.OK
    assert bare.library.added()[0].title == "p\\udcff"
