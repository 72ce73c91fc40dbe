"""Run in a process of its own that has everything imported: it forks children that are killed at their work.

    python -m tests.index.crash.warm FOLDER WORK CAMPAIGN

WORK is one of `WORKS`; CAMPAIGN is "points" (a kill before each write, rename, fsync ...), "losses" (the same
from the first fsync on, and what was not written through to the disk is then cut) or "instants" (kills at 200
random moments). Prints a JSON list with what became of the library after each kill.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import faiss  # noqa: F401 - imported before the forks, so that no child spends its time on it
import tantivy  # noqa: F401 - as above

from index.checking.findings import State
from index.checking.generations import check_generations
from index.folders import read_owner
from index.leftovers import leftovers
from index.toy import ToyEmbedder
from tests.index.crash.killer import Killer
from tests.index.crash.works import NEW, OLD, WORKS, Work, seen

KILLS = 200
TRIES, LATE = 5 * KILLS, 0.98
WORKERS = 2
SEED = 20120


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the library after one kill; `fault` is empty where all was well."""

    killed_at: str
    killed: bool
    serving: str
    fault: str


def forked(task: Callable[[], object]) -> int:
    """Do a task in a child and return its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        task()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(child: int) -> int:
    """Wait for a child; 0 where it did its task, -9 where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Campaign:
    """Kills of one kind of work, each in a copy of the same library."""

    def __init__(self, folder: Path, work: Work) -> None:
        self.folder = folder
        self.work = work
        self.start = folder / "start"
        self.undisturbed = folder / "undisturbed"

    def prepare(self) -> None:
        """Make the library that every kill starts from, and what the work makes of it undisturbed."""
        assert ended(forked(lambda: self.work.prepare(self.start))) == 0
        shutil.copytree(self.start, self.undisturbed)
        assert ended(forked(lambda: self.work.run(self.undisturbed))) == 0
        for name, home in ((OLD, self.start), (NEW, self.undisturbed)):
            assert ended(forked(self._writing(self.folder / name, partial(seen, home)))) == 0

    def points(self) -> list[str]:
        """Name the points that the work passes."""
        home = self._copy("points")
        assert ended(self._child(home, -1, listing=self.folder / "listed")) == 0
        names: list[str] = json.loads((self.folder / "listed").read_text())
        return names

    def at_point(self, number: int, name: str, lossy: bool) -> Outcome:
        """Kill before a point and look what is left, after a loss of what was not written through."""
        home = self._copy(f"point-{number}")
        code = ended(self._child(home, number))
        if lossy:
            self._lose(home)
        return self._outcome(home, f"{number}: {name}", code)

    def at_instant(self, number: int, delay: float) -> Outcome:
        """Kill after a delay in seconds, whatever is being done then."""
        home = self._copy(f"instant-{number}")
        child = forked(lambda: self.work.run(home))
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        return self._outcome(home, f"{1000 * delay:.2f} ms", ended(child))

    def duration(self) -> float:
        """Seconds that the work takes in a child: the middle one of three."""
        times = []
        for number in range(3):
            home = self._copy(f"timed-{number}")
            begin = time.perf_counter()
            assert ended(forked(partial(self.work.run, home))) == 0
            times.append(time.perf_counter() - begin)
        return sorted(times)[1]

    def _copy(self, name: str) -> Path:
        home = self.folder / name
        shutil.copytree(self.start, home)
        return home

    def _child(self, home: Path, last: int, listing: Path | None = None) -> int:
        def task() -> None:
            killer = Killer(last, os.open(f"{home}.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND))
            killer.watch()
            self.work.run(home)
            sys.setprofile(None)
            if listing is not None:
                listing.write_text(json.dumps(killer.passed))

        return forked(task)

    def _lose(self, home: Path) -> None:
        """Cut every new file that was not written through, as a loss of power may.

        Those of the caches are left alone: SQLite writes them through by itself, unseen.
        """
        synced = set(Path(f"{home}.log").read_text().splitlines())
        held = {(path.stat().st_size, path.stat().st_mtime_ns) for path in self.start.rglob("*")}
        for path in home.rglob("*"):
            facts = path.stat()
            known = f"{facts.st_ino} {facts.st_size} {facts.st_mtime_ns}" in synced
            if path.is_dir() or known or "cache" in path.relative_to(home).parts:
                continue
            if (facts.st_size, facts.st_mtime_ns) not in held:
                os.truncate(path, facts.st_size // 2)

    def _outcome(self, home: Path, name: str, code: int) -> Outcome:
        found = home.with_name(f"{home.name}.found")
        checked = ended(forked(self._writing(found, lambda: self._examined(home))))
        outcome = json.loads(found.read_text()) if checked == 0 else {"serving": "", "fault": "not examined"}
        shutil.rmtree(home)
        return Outcome(name, code == -signal.SIGKILL, **outcome)

    def _examined(self, home: Path) -> dict[str, str]:
        """What answers after a kill, and what is wrong then or after the work was done once more."""
        answers = {name: json.loads((self.folder / name).read_text()) for name in (OLD, NEW)}
        serving, faults = "", []
        try:
            now = seen(home)
            serving = next((name for name, answer in answers.items() if answer == now), "")
            faults += [] if serving else ["it answers neither as before nor as after"]
            faults += [str(c.faults) for c in check_generations(home, ToyEmbedder()) if c.state != State.OK]
            self.work.again(home)
            faults += [] if seen(home) == answers[NEW] else ["done again, it does not answer as undisturbed"]
            faults += [f"{path} was left" for path in leftovers(home)]
            faults += ["the lock names its owner"] if read_owner(home) else []
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
        return {"serving": serving, "fault": "; ".join(faults)}

    def _writing(self, path: Path, task: Callable[[], object]) -> Callable[[], object]:
        return lambda: path.write_text(json.dumps(task()))


def kills(campaign: Campaign, kind: str, worker: int) -> Iterator[Outcome]:
    """Every kill that falls to one of the workers."""
    if kind == "instants":
        yield from _instants(campaign, worker)
        return
    names = campaign.points()
    first = names.index("fsync") if kind == "losses" else 0
    for number in range(first, len(names), campaign.work.step)[worker::WORKERS]:
        yield campaign.at_point(number, names[number], lossy=kind == "losses")


def _instants(campaign: Campaign, worker: int) -> Iterator[Outcome]:
    """Random instants spread over the time that the work takes, until enough of them hit it.

    A kill that comes too late shows that the work takes less time now than when it was measured.
    """
    chance, duration, hits = random.Random(SEED + worker), campaign.duration(), 0
    for number in range(TRIES // WORKERS):
        outcome = campaign.at_instant(number, chance.uniform(0, duration))
        yield outcome
        duration *= 1.0 if outcome.killed else LATE
        hits += outcome.killed
        if hits == KILLS // WORKERS:
            return


def main(folder: Path, work: str, kind: str) -> None:
    """Divide a campaign among the workers and print what they found."""
    os.environ["OMP_NUM_THREADS"] = "1"

    def task(worker: int) -> None:
        own = folder / f"{work}-{kind}-{worker}"
        own.mkdir()
        campaign = Campaign(own, WORKS[work])
        campaign.prepare()
        found = [asdict(outcome) for outcome in kills(campaign, kind, worker)]
        (folder / f"{worker}.json").write_text(json.dumps(found))

    children = [forked(partial(task, worker)) for worker in range(WORKERS)]
    codes = [ended(child) for child in children]
    if any(codes):
        sys.exit("a worker failed")
    rows = [row for worker in range(WORKERS) for row in json.loads((folder / f"{worker}.json").read_text())]
    sys.stdout.write(json.dumps(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
