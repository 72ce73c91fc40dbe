"""Builds at the same time, and a clock that goes backwards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from index.folders import read_owner, read_pointer
from index.history import read_history, roll_back
from index.leftovers import leftovers
from index.toy import ToyEmbedder
from tests.index.crash.works import NEW, OLD, build_state, seen

ROOT = Path(__file__).parents[3]
BUILDS = 4
SLOW = """
import sys
from pathlib import Path
from index.folders import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
RIVAL = """
import sys
from pathlib import Path
from corpus.errors import LockedError
from tests.index.crash.works import build_state
sys.stdin.readline()
try:
    build_state(Path(sys.argv[1]), sys.argv[2])
    print("built")
except LockedError as error:
    print(error)
"""
BACKWARDS = """
import datetime, itertools, json, sys, time
from pathlib import Path

days = itertools.count()

class Backwards(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) - datetime.timedelta(days=next(days))

datetime.datetime = Backwards
time.time = lambda: 2e9 - 86400 * next(days)
time.time_ns = lambda: int(time.time() * 1e9)

from index.folders import read_pointer
from index.history import read_history
from index.manifest import read_manifest
from tests.index.crash.works import NEW, OLD, build_state

home = Path(sys.argv[1])
for name in (NEW, "first", OLD):
    build_state(home, name)
created = [read_manifest(home / "generations" / name).created for name in read_history(home)]
print(json.dumps({"history": read_history(home), "current": read_pointer(home), "created": created}))
"""


def started(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_build_is_told_who_builds_and_the_index_answers_meanwhile(folder: Path) -> None:
    home = folder / "home"
    build_state(home, OLD)
    answer = seen(home)
    with started(SLOW, str(home)) as holder, started(RIVAL, str(home), NEW) as rival:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told, _ = rival.communicate("go\n")
        assert f"another build is at work in {home} (process {holder.pid} on " in told
        assert seen(home) == answer
        holder.kill()
    build_state(home, NEW)
    assert seen(home) != answer
    assert read_owner(home) is None


def test_of_many_builds_at_once_each_is_done_or_refused(folder: Path) -> None:
    home = folder / "home"
    build_state(home, OLD)
    rivals = [started(RIVAL, str(home), NEW) for _ in range(BUILDS)]
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    told = [rival.communicate()[0] for rival in rivals]
    assert all(words == "built\n" or "another build is at work" in words for words in told)
    assert "built\n" in told
    build_state(folder / "sound", NEW)
    assert seen(home) == seen(folder / "sound")
    assert leftovers(home) == ()


def test_names_and_order_do_not_depend_on_the_clock(folder: Path) -> None:
    home, other = folder / "backwards", folder / "forwards"
    done = subprocess.run(
        [sys.executable, "-c", BACKWARDS, str(home)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["created"] == sorted(found["created"], reverse=True)
    for name in (NEW, "first", OLD):
        build_state(other, name)
    assert (tuple(found["history"]), found["current"]) == (read_history(other), read_pointer(other))
    for place in (home, other):
        roll_back(place, ToyEmbedder())
    assert seen(home) == seen(other)
