"""The points of a program at which the disk may change, and a kill before one of them."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

NAMES = frozenset(("replace", "rename", "link", "symlink", "unlink", "remove", "mkdir", "rmdir"))
CONTENTS = frozenset(("truncate", "ftruncate", "write", "pwrite", "sendfile"))
"""Functions of the operating system that change the names in a folder, or what is in a file."""
WRITES = frozenset(("write", "writelines", "flush", "truncate", "close", "__exit__"))
"""Methods of a file open for writing after which more of it may be on the disk."""
STORES = frozenset(("tofile", "execute", "executemany", "executescript", "commit", "__exit__"))
INDEXES = frozenset(("add_document", "commit", "wait_merging_threads", "write_index"))
"""Functions of NumPy and SQLite, and of tantivy and faiss, that write, or lead to it."""
LIBRARIES = ("numpy", "sqlite3", "tantivy", "faiss")


class Killer:
    """Counts the points that a child passes, and kills it before the one of a number."""

    def __init__(self, last: int, log: int) -> None:
        self.passed: list[str] = []
        self.last = last
        self.log = log
        self.fsync = os.fsync

    def watch(self) -> None:
        """Look at every call of a function in C, every opening of a file, and every fsync."""
        os.fsync = self.synced  # type: ignore[assignment]
        sys.addaudithook(self.opened)
        sys.setprofile(self.called)

    def opened(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            self.point(f"open {Path(os.fsdecode(arguments[0])).name}")

    def called(self, frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call" and frame.f_code.co_filename != __file__ and changes(function):
            self.point(f"{function.__name__} in {Path(frame.f_code.co_filename).name}:{frame.f_lineno}")

    def point(self, name: str) -> None:
        if len(self.passed) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed.append(name)

    def synced(self, descriptor: int) -> None:
        """In place of os.fsync: what it was called for is noted as written through."""
        self.point("fsync")
        self.fsync(descriptor)
        facts = os.fstat(descriptor)
        os.write(self.log, f"{facts.st_ino} {facts.st_size} {facts.st_mtime_ns}\n".encode())


def changes(function: Any) -> bool:
    """Whether a function in C may change a file."""
    owner = getattr(function, "__self__", None)
    name = function.__name__
    if isinstance(owner, ModuleType) and owner.__name__ == "posix":
        return name in NAMES | CONTENTS
    if isinstance(owner, io.IOBase):
        return name in WRITES and not owner.closed and owner.writable()
    module = getattr(function, "__module__", None) or type(owner).__module__
    return name in STORES | INDEXES and str(module).lstrip("_").startswith(LIBRARIES)
