"""Jobs that behave as hostile files make readers behave."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.errors import SourceError


def hang() -> None:
    time.sleep(600)


def hang_with_child(note: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    note.write_text(str(child.pid))
    child.wait()


def litter() -> str:
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(["mktemp"]) as program:
        program.wait()
        return folder


def litter_and_hang(note: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "decrypted.pdf").write_text("words")
        note.write_text(folder)
        hang()


def hoard() -> None:
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def recurse() -> None:
    recurse()


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def refuse() -> None:
    raise SourceError("It is encrypted. Give its password.", "encrypted")


def shout() -> str:
    print("words on stdout")
    print("words on stderr", file=sys.stderr)
    return "done"


def modules() -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in sys.modules)
