"""How fast long PDFs are read and how much memory that takes, beside plain pdfplumber over the same pages.

The report is set by this program: prose under headings, footnotes, and a ruled matrix on every fourth page.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import typeset
from corpus.authority import load_authority
from corpus.documents import Source
from ingest.intake.intake import Intake
from ingest.intake.limits import Limits
from search_api.adding import fingerprint

PAGES = (100, 400)
BAR = 1.3
"""How many times the pages per second of plain pdfplumber the intake is to read on two cores."""
SAMPLING = 0.05
"""Seconds between two looks at the memory of the processes that read."""


@dataclass(frozen=True, slots=True)
class Run:
    """What reading a report took: seconds; MiB of the largest process, and of all that read at one time."""

    pages: int
    seconds: float
    largest: float
    together: float

    @property
    def speed(self) -> float:
        """Pages in a second."""
        return self.pages / self.seconds


class Memory:
    """The most memory that the descendants of this process have had while it was watched, in MiB."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.largest = 0.0
        self.together = 0.0

    def look(self) -> None:
        """Take a look at every descendant."""
        sizes = [_resident(pid) for pid in _descendants(os.getpid())]
        self.largest = max([self.largest, *sizes])
        self.together = max(self.together, sum(sizes))


@contextmanager
def watched() -> Iterator[Memory]:
    """Watch the memory of this process's descendants while the block runs."""
    memory, ended = Memory(), threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLING):
            memory.look()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        ended.set()
        thread.join()


def read_here(path: Path, pages: int) -> Run:
    """Take the report in as `labour index` does: read, composed, cut into passages and commitments."""
    facts = dict.fromkeys(("title", "short_title", "rights"), "A report")
    about = {"id": path.stem, "body": "slom", "kind": "report", "date": "2020", "language": "en"}
    source = Source(**facts, **about, period=None, sha256=fingerprint(path), path=path)
    with tempfile.TemporaryDirectory() as folder, watched() as memory:
        began = time.perf_counter()
        batch = Intake(Path(folder), Limits()).take([source], load_authority(), lambda *_: None)
        seconds = time.perf_counter() - began
    (row,) = batch.report.rows
    if row.pages != pages or not row.whole:
        raise SystemExit(f"{path} was not read whole: {row}")
    return Run(pages, seconds, memory.largest, memory.together)


def read_plainly(path: Path, pages: int) -> Run:
    """Extract text and tables of every page with pdfplumber, in one process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        seconds, largest = pool.submit(extract, path).result()
    return Run(pages, seconds, largest, largest)


def extract(path: Path) -> tuple[float, float]:
    """Seconds that plain extraction takes, and the peak memory of this process in MiB."""
    import pdfplumber

    began = time.perf_counter()
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _descendants(pid: int) -> Iterator[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parents[int(entry.name)] = _parent(entry)
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    yield from found - {pid}


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _line(name: str, run: Run) -> str:
    return f"| {name} | {run.pages} | {run.speed:.1f} | {run.largest:.0f} | {run.together:.0f} |"


def main() -> None:
    """Print a table of both ways, and whether the bar is met."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    print(f"On {cores} cores; {load:.1f} other processes were at work when this began.\n")
    print("| way | pages | pages per second | largest process, MiB | all that read, MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    runs: dict[int, tuple[Run, Run]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for pages in PAGES:
            path = Path(folder) / f"report-{pages}.pdf"
            path.write_bytes(typeset(pages))
            runs[pages] = read_here(path, pages), read_plainly(path, pages)
            print(_line("labour", runs[pages][0]), flush=True)
            print(_line("pdfplumber, text and tables", runs[pages][1]), flush=True)
    ours, plain = runs[max(PAGES)]
    ratio = ours.speed / plain.speed
    growth = ours.largest / runs[min(PAGES)][0].largest
    print(f"\n{ratio:.2f} times the pages per second (bar: {BAR} on two cores).")
    times = max(PAGES) // min(PAGES)
    print(f"The largest process has {growth:.2f} times the memory for {times} times the pages.")


if __name__ == "__main__":
    main()
