"""The report that reading is measured on, and the measuring."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.ingest import Run, read_here, read_plainly, watched
from benchmarks.report import typeset


def test_the_report_is_the_same_each_time() -> None:
    assert typeset(3) == typeset(3)
    assert len(typeset(8)) > len(typeset(3))


def test_both_ways_read_all_pages(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(typeset(4))
    for read in (read_here, read_plainly):
        run = read(path, 4)
        assert run.pages == 4
        assert run.speed > 0
        assert run.largest <= run.together


def test_memory_is_that_of_the_processes_begun(tmp_path: Path) -> None:
    code = "held = bytearray(b'1' * 64 * 2**20); input()"
    with watched() as memory, subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as child:
        while memory.largest < 64:
            memory.look()
        child.communicate(b"\n")
    assert memory.together >= memory.largest >= 64


def test_speed_is_pages_in_a_second() -> None:
    assert Run(100, 50.0, 1.0, 1.0).speed == 2.0
