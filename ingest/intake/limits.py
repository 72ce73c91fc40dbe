"""What a process that reads a file may use, and how it is held to that."""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ingest.readers.pdf import tesseract

MIB = 1024 * 1024
SPARE_SECONDS = 60
"""A reading process that nobody ends any more is ended by the system after so much more processor time."""
NETWORK = frozenset({"connect", "getaddrinfo", "gethostbyname", "gethostbyaddr", "sendto", "sendmsg", "bind"})
"""Audit events of the module socket by which a program reaches another."""
ANY = ""
"""Conditions of a reading that depends on none."""
NEVER = "to be tried again"
"""Conditions that no reading is under: what a moment's load or a passing failure lost is tried again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file: its size in MiB and its pages; and of each process that reads it or a part of it.

    A process has `memory` MiB of address space, the program itself included (which takes about 150), and
    `seconds` of time. A page of a ruled matrix takes up to a second to read, so that a part of 40 pages
    has several times what it needs.
    """

    memory: int = 2048
    seconds: int = 300
    pages: int = 2000
    size: int = 256

    @property
    def most_bytes(self) -> int:
        """The largest file in bytes."""
        return self.size * MIB


def met(limits: Limits, language: str, installed: frozenset[str]) -> tuple[str, str, str]:
    """The conditions that a reading of a file in a language meets: any; those of its pictures; and all.

    They decide how pictures are recognised (`installed` are Tesseract's languages) and which pages can be
    read at all: under other conditions these are tried again.
    """
    pictured = f"recognised as {tesseract.chosen(language, installed) or 'nothing'}"
    return ANY, pictured, f"{limits}; {pictured}"


def confine(limits: Limits) -> None:
    """Hold this process to the limits, for good: memory, processor time, no core file, no network, silence.

    A system that knows no bound of one of these (macOS of memory) goes without it.

    Programs that it starts (for OCR) inherit all but the refusal of the network, and end with it.
    """
    _limit(resource.RLIMIT_AS, limits.memory * MIB)
    _limit(resource.RLIMIT_CPU, limits.seconds + SPARE_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_refuse_network)
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end_with_children)
    _silence()


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def _refuse_network(event: str, _arguments: tuple[Any, ...]) -> None:
    module, _, what = event.partition(".")
    if module == "socket" and what in NETWORK:
        raise PermissionError("a process that reads files may not use the network")


def _end_with_children(_signal: int, _frame: object) -> None:
    os.killpg(0, signal.SIGKILL)


def _silence() -> None:
    """Keep what libraries print away from the terminal: what matters is in the report."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
