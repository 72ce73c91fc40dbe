"""Who holds the right to build, as written in the lock, and whether that process still lives."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

PROCESSES = Path("/proc")
STATE, STARTED = 0, 19
"""Places in /proc/PID/stat after the name: the process's state, and its start in ticks since the boot."""
ENDED = frozenset("ZX")
"""States of a process that has ended and is only remembered."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A process that builds: its id and host, its start as the host counts it, and since when it builds.

    `started` tells it from a later process of the same id and is empty where the host does not say;
    `since` is an ISO time in UTC, for people only.
    """

    pid: int
    host: str
    started: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"

    @property
    def lives(self) -> bool:
        """Whether the process is still there; one on another host is taken to be."""
        if self.host != platform.node():
            return True
        return _exists(self.pid) and (not self.started or _started(self.pid) == self.started)


def this_process() -> Owner:
    """Describe the process that asks."""
    pid = os.getpid()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Owner(pid, platform.node(), _started(pid), now)


def dump_owner(owner: Owner) -> str:
    """Return an owner as a line of JSON."""
    return json.dumps(asdict(owner)) + "\n"


def parse_owner(text: str) -> Owner | None:
    """Read an owner back; None where the text is none, as that of a lock that is free."""
    try:
        facts = json.loads(text)
        owner = Owner(**facts)
    except (ValueError, TypeError):
        return None
    kinds = (isinstance(owner.pid, int), *(isinstance(one, str) for one in (owner.host, owner.started)))
    return owner if all(kinds) and owner.pid > 0 else None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return _stat(pid)[STATE : STATE + 1] not in [[state] for state in ENDED]


def _started(pid: int) -> str:
    """When a process began, in ticks since the boot; empty where the system does not say."""
    return "".join(_stat(pid)[STARTED : STARTED + 1])


def _stat(pid: int) -> list[str]:
    """The fields of a process after its name, which may hold spaces and brackets; none where unknown."""
    try:
        return (PROCESSES / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (OSError, ValueError):
        return []
