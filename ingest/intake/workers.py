"""Processes that each do one job on one file, within limits, and whose end costs nothing but that job."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerContext
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, concurrent

from corpus.errors import SourceError
from ingest.intake.limits import Limits, confine

T = TypeVar("T")

TOO_SLOW = "too slow"
OUT_OF_MEMORY = "out of memory"
CRASHED = "crashed"
PRELOADED = [
    "__main__",
    "ingest.intake.jobs",
    "ingest.readers.pdf.reader",
    "ingest.readers.docx",
    "ingest.readers.html",
]
"""Modules that the server of processes holds, so that none of these has to import them."""
SCRATCH = "labour-reading-"
"""How the names of folders begin in which jobs keep temporary files, decrypted copies of PDFs among them."""
NUMBERS = itertools.count(1)
LONGEST_CAUSE = 200
"""Characters of an unforeseen error that are passed on."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a job could not be done: a reason in a word or three, cause and remedy in words."""

    reason: str
    words: str


class Workers:
    """Runs jobs in processes of their own, so many at once; a context that ends them all at its end.

    A job is a function of a module, called in a fresh process that a server forks: it never holds what
    the caller has loaded, and its memory goes back when it is done.
    """

    def __init__(self, limits: Limits, count: int | None = None) -> None:
        """Take the limits of each process, and how many may run at once (default: one a core)."""
        self.limits = limits
        self.count = count or _cores()
        self._slots = threading.BoundedSemaphore(self.count)
        self._name = f"reading-{next(NUMBERS)}"
        self._lock = threading.Lock()
        self._ended = False

    def __enter__(self) -> Self:
        """Begin; processes start with the first job."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every process that still runs."""
        with self._lock:
            self._ended = True
        for child in multiprocessing.active_children():
            if child.name == self._name:
                child.terminate()

    def run(self, job: Callable[..., T], *arguments: Any, share: int = 1) -> T:
        """Do a job in a process of its own, when one is free, and return what it returns.

        It may take the time of the limits, or one of so many shares of it.

        What it leaves in its folder for temporary files is removed, however it ends. Raises SourceError with
        the reason and remedy where the job raises one, fails, takes too long or too much memory, or its
        process dies.
        """
        limits = replace(self.limits, seconds=max(1, self.limits.seconds // share))
        with self._slots, tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as scratch:
            try:
                done = self.start(job, *arguments, limits=limits, scratch=scratch).result()
            except TimeoutError as error:
                raise _too_slow(limits) from error
            except ProcessExpired as error:
                raise _expired(error.exitcode, limits) from error
        if isinstance(done, Failed):
            raise SourceError(done.words, done.reason)
        result: T = done
        return result

    def start(
        self, job: Callable[..., Any], *arguments: Any, limits: Limits | None = None, scratch: str = ""
    ) -> ProcessFuture[Any]:
        """Begin a job at once; return its future, whose result may be `Failed`; CancelledError once ended.

        It is held to the limits of all jobs or its own; `scratch` is its folder for temporary files, by
        default the system's.
        """
        limits = limits or self.limits
        with self._lock:
            if self._ended:
                raise CancelledError
            call = concurrent.process(  # type: ignore[call-overload]
                name=self._name,
                timeout=limits.seconds,
                context=_context(),  # its stub calls it mp_context, which is not taken
            )(attempt)
            future: ProcessFuture[Any] = call(limits, scratch, job, arguments)
            return future


def attempt(limits: Limits, scratch: str, job: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Do a job within the limits; return what it returns, or why it failed. Runs in the job's process."""
    if scratch:
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
    confine(limits)
    try:
        return job(*arguments)
    except SourceError as error:
        return Failed(error.reason, str(error))
    except MemoryError:
        return _failed(_out_of_memory(limits))
    except RecursionError:
        return Failed("unreadable", "Its structure is nested too deeply. Save it anew, or export it as text.")
    except Exception as error:
        cause = f"{type(error).__name__}: {error}"[:LONGEST_CAUSE]
        return Failed("unreadable", f"It cannot be read ({cause}). Open it and save it anew, or export it.")


def _cores() -> int:
    """The cores that this process may use; all of them where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _failed(error: SourceError) -> Failed:
    return Failed(error.reason, str(error))


def _too_slow(limits: Limits) -> SourceError:
    return SourceError(
        f"Reading it took more than {limits.seconds} s. Raise LABOUR_READ_SECONDS, or divide the file.",
        TOO_SLOW,
    )


def _out_of_memory(limits: Limits) -> SourceError:
    return SourceError(
        f"Reading it took more than {limits.memory} MiB of memory. Raise LABOUR_READ_MEMORY_MB, or divide"
        " the file.",
        OUT_OF_MEMORY,
    )


def _expired(code: int | None, limits: Limits) -> SourceError:
    if code == -signal.SIGXCPU:
        return _too_slow(limits)
    how = signal.Signals(-code).name if code and code < 0 else f"exit code {code}"
    return SourceError(
        f"What read it broke down ({how}), by a damaged file or for want of memory. Open it and save it anew,"
        " or raise LABOUR_READ_MEMORY_MB.",
        CRASHED,
    )
