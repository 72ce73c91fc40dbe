"""Folders are followed: files are added, replaced and, where that is wished, removed."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner

from corpus.errors import LockedError
from index.folders import build_lock
from search_api.bootstrap import Application
from search_api.cli import watch
from search_api.cli.main import ExitCode, cli
from search_api.given import Given
from search_api.rendering import for_terminal
from search_api.updating.update import Update
from search_api.watching.folders import files_in
from search_api.watching.lock import watch_lock
from search_api.watching.origins import load_origins
from search_api.watching.watcher import FIRST_PAUSE, Rules, Watcher

RAFTS = "Work plan on rafts 2020\n\nWorkers on rafts shall be insured against drowning by law.\n"
SOON = Rules(folders=(), settle=0.0, given=Given(body="slom", date="2020"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


class Lines(list[str]):
    """What a watcher said, and how often it built."""

    built = 0

    def build(self, _done: Update) -> None:
        self.built += 1


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
def watcher(bare: Application, inbox: Path, lines: Lines) -> Callable[..., Watcher]:
    """Make a watcher of the inbox."""

    def make(clock: Callable[[], float] = monotonic, **rules: object) -> Watcher:
        found = replace(SOON, folders=(inbox,), **rules)  # type: ignore[arg-type]
        return Watcher(bare, found, lines.append, lines.build, clock)

    return make


def held(bare: Application) -> set[str]:
    return {document.id for document in bare.library.reading().documents}


def test_files_that_are_there_and_that_come_are_added_with_one_build_each(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    for i in range(3):
        (inbox / f"plan{i}.txt").write_text(f"Plan {i} on rafts 2020\n\n{RAFTS}", encoding="utf-8")
    follow = watcher()
    follow.sync()
    assert lines.built == 1
    name = "work-plan-on-rafts-2020"
    assert {name, f"{name}-2", f"{name}-3"} <= held(bare)
    (inbox / "below").mkdir()
    (inbox / "below" / "more.txt").write_text("More of it 2020\n\nInspect plantations.\n", encoding="utf-8")
    follow.sync()
    assert lines.built == 2
    assert len(held(bare)) == 6
    follow.sync()
    assert (lines.built, len(lines)) == (2, 4)


def test_what_a_watcher_has_added_is_known_to_the_next(
    inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "plan.txt").write_text(RAFTS, encoding="utf-8")
    watcher().sync()
    watcher().sync()
    assert (lines.built, len(lines)) == (1, 1)


def test_a_file_that_changed_replaces_its_document(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    file = inbox / "plan.txt"
    file.write_text(RAFTS, encoding="utf-8")
    follow = watcher()
    follow.sync()
    file.write_text(RAFTS.replace("drowning", "capsizing"), encoding="utf-8")
    follow.sync()
    assert lines[-1].startswith("replaced work-plan-on-rafts-2020")
    reading = bare.library.reading()
    assert "capsizing" in reading.document("work-plan-on-rafts-2020").text
    assert len(reading.documents) == 3


def test_a_file_that_changed_into_nonsense_leaves_its_document(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    file = inbox / "plan.txt"
    file.write_text(RAFTS, encoding="utf-8")
    follow = watcher()
    follow.sync()
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    follow.sync()
    assert lines[-1].startswith("refused")
    assert "work-plan-on-rafts-2020" in held(bare)


@pytest.mark.parametrize("remove", [False, True])
def test_a_file_that_has_gone_is_removed_where_that_is_wished(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines, remove: bool
) -> None:
    file = inbox / "plan.txt"
    file.write_text(RAFTS, encoding="utf-8")
    (inbox / "empty.txt").touch()
    follow = watcher(remove=remove)
    follow.sync()
    file.unlink()
    follow.sync()
    (inbox / "more.txt").write_text("More of it 2020\n\nInspect plantations.\n", encoding="utf-8")
    follow.sync()
    follow.sync()
    told = ["refused", "added", "removed" if remove else "kept", "added"]
    assert [line.split()[0] for line in lines] == told
    assert ("work-plan-on-rafts-2020" in held(bare)) is not remove


def test_nothing_is_removed_where_the_folder_itself_has_gone(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher]
) -> None:
    (inbox / "plan.txt").write_text(RAFTS, encoding="utf-8")
    follow = watcher(remove=True)
    follow.sync()
    inbox.rename(inbox.with_name("elsewhere"))
    follow.sync()
    assert "work-plan-on-rafts-2020" in held(bare)


RAFT, BOAT = RAFTS, RAFTS.replace("rafts", "boats")
RAFT_ID, BOAT_ID = "work-plan-on-rafts-2020", "work-plan-on-boats-2020"


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("remove", [False, True])
def test_a_file_that_was_renamed_keeps_its_document(
    bare: Application,
    inbox: Path,
    watcher: Callable[..., Watcher],
    lines: Lines,
    remove: bool,
    restarted: bool,
) -> None:
    (inbox / "a.txt").write_text(RAFT, encoding="utf-8")
    follow = watcher(remove=remove)
    follow.sync()
    for name in ("b.txt", "0.txt"):
        next(inbox.iterdir()).rename(inbox / name)
        follow = watcher(remove=remove) if restarted else follow
        follow.sync()
    assert [line.split()[0] for line in lines] == ["added", "moved", "moved"]
    assert RAFT_ID in held(bare)
    (inbox / "0.txt").write_text(BOAT, encoding="utf-8")
    follow.sync()
    assert lines[-1].startswith(f"replaced {RAFT_ID}")


def test_of_two_copies_one_may_go(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text(RAFT, encoding="utf-8")
    follow = watcher(remove=True)
    follow.sync()
    (inbox / "a.txt").unlink()
    follow.sync()
    assert [line.split()[0] for line in lines] == ["added", "held", "moved"]
    assert RAFT_ID in held(bare)


def test_files_that_change_places_keep_their_documents(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    one, other = inbox / "a.txt", inbox / "b.txt"
    one.write_text(RAFT, encoding="utf-8")
    other.write_text(BOAT, encoding="utf-8")
    follow = watcher(remove=True)
    follow.sync()
    one.rename(inbox / "c.txt")
    other.rename(one)
    (inbox / "c.txt").rename(other)
    follow.sync()
    assert [line.split()[0] for line in lines] == ["added", "added", "moved", "moved"]
    assert {RAFT_ID, BOAT_ID} <= held(bare)


def test_a_file_overwritten_with_what_is_held_elsewhere_loses_its_document(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "a.txt").write_text(RAFT, encoding="utf-8")
    (inbox / "b.txt").write_text(BOAT, encoding="utf-8")
    follow = watcher(remove=True)
    follow.sync()
    (inbox / "a.txt").write_text(BOAT, encoding="utf-8")
    follow.sync()
    assert f"removed {RAFT_ID}: {inbox / 'a.txt'} holds {BOAT_ID} now" in lines
    assert RAFT_ID not in held(bare)
    assert BOAT_ID in held(bare)


@pytest.mark.parametrize("name", ["0.txt", "b.txt"])
def test_a_file_moved_aside_for_a_new_one_is_held_beside_it(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], name: str
) -> None:
    (inbox / "a.txt").write_text(RAFT, encoding="utf-8")
    follow = watcher(remove=True)
    follow.sync()
    (inbox / "a.txt").rename(inbox / name)
    (inbox / "a.txt").write_text(BOAT, encoding="utf-8")
    follow.sync()
    follow.sync()
    texts = {document.text for document in bare.library.reading().documents}
    assert {RAFT, BOAT} <= texts


def test_nothing_is_removed_before_every_file_is_known(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "a.txt").write_text(RAFT, encoding="utf-8")
    os.utime(inbox / "a.txt", (1, 1))
    follow = watcher(remove=True, settle=60.0)
    follow.sync()
    (inbox / "a.txt").unlink()
    (inbox / "b.txt").write_text(RAFT, encoding="utf-8")
    follow.sync()
    assert len(lines) == 1
    os.utime(inbox / "b.txt", (1, 1))
    follow.sync()
    assert lines[1].startswith(f"moved {RAFT_ID}")


def test_nothing_is_removed_where_a_folder_is_empty_all_at_once(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "a.txt").write_text(RAFT, encoding="utf-8")
    (inbox / "b.txt").write_text(BOAT, encoding="utf-8")
    follow = watcher(remove=True)
    follow.sync()
    for path in inbox.iterdir():
        path.unlink()
    follow.sync()
    follow.sync()
    assert len(lines) == 3
    assert "is empty, as where a disk is not mounted" in lines[2]
    assert {RAFT_ID, BOAT_ID} <= held(bare)


def test_a_document_stays_until_what_replaces_it_is_safe(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = inbox / "a.txt"
    file.write_text(RAFT, encoding="utf-8")
    follow = watcher()
    follow.sync()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file.write_text(RAFTS.replace("drowning", "capsizing"), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        follow.sync()
    (source,) = bare.library.added()
    assert source.path.read_text(encoding="utf-8") == RAFT
    follow.sync()
    (source,) = bare.library.added()
    assert source.id == RAFT_ID
    assert "capsizing" in source.path.read_text(encoding="utf-8")
    assert len(list(source.path.parent.glob("[!.]*"))) == 2


def test_a_name_that_is_not_utf8_is_refused_with_a_line(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    Path(os.fsdecode(os.fsencode(inbox) + b"/\xff.txt")).write_text(RAFT, encoding="utf-8")
    (inbox / "b.txt").write_text(BOAT, encoding="utf-8")
    follow = watcher()
    follow.sync()
    follow.sync()
    assert [line.split()[0] for line in lines] == ["added", "refused"]
    assert "not UTF-8" in lines[1]
    assert "\ufffd.txt" in for_terminal(lines[1])


def test_a_document_that_did_not_come_from_the_folder_is_left_alone(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    data = (bare.settings.corpus / "plans-2012.txt").read_bytes()
    (inbox / "copy.txt").write_bytes(data)
    follow = watcher(remove=True)
    follow.sync()
    assert lines == [f"held already as plans-2012: {inbox / 'copy.txt'}"]
    (inbox / "copy.txt").unlink()
    follow.sync()
    assert "plans-2012" in held(bare)


def test_one_bad_file_costs_its_own_line(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (inbox / "b.bin").write_bytes(bytes(range(256)) * 8)
    (inbox / "c.txt").write_text(RAFTS, encoding="utf-8")
    (inbox / "d.txt").write_text("", encoding="utf-8")
    follow = watcher()
    follow.sync()
    follow.sync()
    assert [line.split()[0] for line in lines] == ["refused", "refused", "added", "refused"]
    assert "work-plan-on-rafts-2020" in held(bare)


def test_a_file_that_is_still_written_is_waited_for(
    inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    file = inbox / "plan.txt"
    file.write_text(RAFTS, encoding="utf-8")
    follow = watcher(settle=60.0)
    follow.sync()
    assert follow.due
    assert lines == []
    os.utime(file, (1, 1))
    follow.sync()
    assert len(lines) == 1


def test_a_file_of_the_future_is_not_waited_for(
    inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "plan.txt").write_text(RAFTS, encoding="utf-8")
    os.utime(inbox / "plan.txt", (4e9, 4e9))
    watcher(settle=60.0).sync()
    assert len(lines) == 1


def test_a_build_in_the_way_is_named_once_and_waited_for(
    bare: Application, inbox: Path, watcher: Callable[..., Watcher], lines: Lines
) -> None:
    (inbox / "plan.txt").write_text(RAFTS, encoding="utf-8")
    now = [0.0]
    follow = watcher(clock=lambda: now[0])
    bare.settings.home.mkdir()
    with build_lock(bare.settings.home):
        follow.sync()
        assert not follow.due
        now[0] += FIRST_PAUSE
        assert follow.due
        follow.sync()
    now[0] += FIRST_PAUSE
    assert not follow.due
    now[0] += FIRST_PAUSE
    assert follow.due
    assert [line for line in lines if f"process {os.getpid()}" in line] == lines[1:]
    assert len(lines) == 2
    follow.sync()
    assert (lines.built, follow.due) == (1, False)


def test_hidden_and_passing_files_links_and_the_library_itself_are_not_looked_at(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in (
        ".hidden",
        "~$plan.docx",
        "plan.pdf.part",
        "plan.txt~",
        "x.crdownload",
        ".git/x",
        "home/sources/a",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / "plan.txt").write_text("x", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "plan.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert list(files_in([tmp_path], home)) == [tmp_path / "plan.txt"]


@pytest.mark.parametrize("name", ["home", "home/sources", "home/sources/below"])
def test_the_library_itself_is_not_watched(
    bare: Application, inbox: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_follow", lambda *_: None)
    folder = bare.settings.home.parent / name
    folder.mkdir(parents=True)
    link = inbox.with_name("link")
    link.symlink_to(folder)
    for path in (folder, link):
        result = CliRunner().invoke(cli, ["watch", str(inbox), str(path)], obj=bare)
        assert result.exit_code == ExitCode.USAGE
        assert "of the library itself" in result.stderr


@pytest.mark.parametrize("content", ["", "{", '[{"document": 1}]'])
def test_origins_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "watched.json").write_text(content, encoding="utf-8")
    assert load_origins(tmp_path, ()) == ()


def test_a_second_watcher_is_told_of_the_first(tmp_path: Path) -> None:
    with (
        watch_lock(tmp_path),
        pytest.raises(LockedError, match=f"process {os.getpid()} on"),
        watch_lock(tmp_path),
    ):
        pass
    with watch_lock(tmp_path):
        pass


@contextmanager
def watching(bare: Application, inbox: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `labour watch` in a process of its own."""
    home, corpus = str(bare.settings.home), str(bare.settings.corpus)
    settings = {
        "LABOUR_HOME": home, "LABOUR_CORPUS": corpus, "LABOUR_MODEL": "toy",
    }  # fmt: skip
    code = f"import sys; sys.path[:0] = {sys.path!r}; from search_api.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "watch", str(inbox), "--settle", "0.1", "--body", "slom"],
        env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_follows_a_folder_until_it_is_ended(
    bare: Application, inbox: Path, number: signal.Signals
) -> None:
    with watching(bare, inbox) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Watching ")
        assert process.stdout.readline().startswith("Built generation")
        (inbox / "plan.txt").write_text(RAFTS, encoding="utf-8")
        while not (line := process.stdout.readline()).startswith("added "):
            assert line
        with watching(bare, inbox) as second:
            words = second.communicate(timeout=60)[1]
            assert second.returncode == 1
            assert f"process {process.pid}" in words
        while "Commitments since" not in (line := process.stdout.readline()):
            assert line
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert err == "Ended.\n"
    assert "work-plan-on-rafts-2020" in held(bare)
