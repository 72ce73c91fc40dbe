"""A disk that is full or may not be written to is said, the library answers as before, and room mends it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CANNOT_BE_RUN = 77


def refusals(folder: Path, case: str) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "tests.index.crash.refused", str(folder), case]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE)
    if done.returncode == CANNOT_BE_RUN:
        pytest.skip("no file system may be mounted here")
    assert done.returncode == 0
    rows: list[dict[str, str]] = json.loads(done.stdout)
    return rows


@pytest.mark.parametrize("case", ["small files", "full disk", "read-only"])
def test_the_old_generation_serves_and_the_next_build_completes(folder: Path, case: str) -> None:
    rows = refusals(folder, case)
    for row in rows:
        assert row["error"].startswith("BuildError: "), row
        assert "run `labour index`" in row["error"] or "see that the disk has room" in row["error"], row
        assert (row["after"], row["mended"]) == ("old", "new"), row
    assert rows
