"""The lock says who builds, is free once that process is gone, and is never asked twice."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import LockedError
from index.folders import build_lock, lock_of, read_owner
from index.owners import dump_owner, parse_owner, this_process

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from index.folders import build_lock
with build_lock(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_owner_is_written_and_read_back() -> None:
    owner = this_process()
    assert owner.pid == os.getpid()
    assert owner.lives
    assert parse_owner(dump_owner(owner)) == owner
    assert str(owner).startswith(f"process {os.getpid()} on {owner.host}, since 20")


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"pid": 1}', "\x00"])
def test_what_is_no_owner_is_none(text: str) -> None:
    assert parse_owner(text) is None


def test_a_value_of_another_kind_is_no_owner() -> None:
    owner = dump_owner(this_process())
    assert parse_owner(owner.replace(str(os.getpid()), '"x"', 1)) is None
    assert parse_owner(owner.replace(str(os.getpid()), "-1", 1)) is None


def test_a_process_that_ended_lives_no_more() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        assert not replace(this_process(), pid=ended.pid, started="").lives  # ended, its parent not told yet
    assert not replace(this_process(), pid=ended.pid).lives


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not say when one began")
def test_a_later_process_of_the_same_id_is_another() -> None:
    assert not replace(this_process(), started="1").lives


def test_a_process_on_another_host_is_taken_to_live() -> None:
    assert replace(this_process(), host="elsewhere", pid=2**22 + 1).lives


def test_the_lock_names_who_holds_it_and_is_free_afterwards(tmp_path: Path) -> None:
    assert read_owner(tmp_path) is None
    with build_lock(tmp_path):
        assert read_owner(tmp_path) is not None
        with pytest.raises(LockedError, match=rf"at work in .* \(process {os.getpid()} on .*: wait until"):
            build_lock(tmp_path).__enter__()
    assert read_owner(tmp_path) is None
    assert lock_of(tmp_path).read_bytes() == b""


def test_the_lock_of_a_killed_process_blocks_nobody(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT)
    assert killed.returncode == -9
    left = read_owner(tmp_path)
    assert left is not None
    assert not left.lives
    with build_lock(tmp_path):
        assert read_owner(tmp_path) == replace(this_process(), since=read_owner(tmp_path).since)  # type: ignore[union-attr]
