"""The thread of a server that sees to it that jobs are done, in a process of their own."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable

from search_api.jobs import child
from search_api.jobs.store import Store
from search_api.settings import Settings

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""How often is looked for jobs that another server queued."""
STOP_SECONDS = 10.0
LONGEST_PAUSE = 60.0
"""The pause after a process that failed doubles up to this."""
TICK = 0.1

Run = Callable[[threading.Event], bool]
"""Does what is queued, and ends early where the event is set; False where it failed."""


class Worker:
    """Runs what does the jobs whenever there are any, one at a time."""

    def __init__(self, store: Store, run: Run) -> None:
        """Take the store, and what does the jobs in it; nothing runs yet."""
        self._store = store
        self._run = run
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin with the jobs that an earlier server left."""
        self._thread.start()

    def wake(self) -> None:
        """Say that a job was queued."""
        self._wake.set()

    def stop(self) -> None:
        """End, and end what does the jobs; what it was at is begun again by the next server."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(2 * STOP_SECONDS)

    def _loop(self) -> None:
        pause = LOOK_SECONDS
        while not self._stop.is_set():
            self._wake.clear()
            done = self._do()
            pause = LOOK_SECONDS if done else min(2 * pause, LONGEST_PAUSE)
            if done:
                self._wake.wait(pause)
            else:
                self._stop.wait(pause)

    def _do(self) -> bool:
        """Do what is queued; whatever fails is left for the next time, and the thread lives."""
        try:
            self._store.tidy()
            return not self._store.pending() or self._run(self._stop)
        except Exception:
            logger.exception("jobs cannot be done at the moment; this is tried again")
            return False


def in_a_process(settings: Settings) -> Run:
    """Make what does the jobs of a library in a process of its own, which is ended with the server."""
    facts = settings.model_dump_json(exclude={"api_key"})
    context = multiprocessing.get_context("spawn")

    def run(stop: threading.Event) -> bool:
        process = context.Process(target=child.main, args=(facts,), name="labour jobs")
        process.start()
        while process.is_alive() and not stop.is_set():
            process.join(TICK)
        if process.is_alive():
            process.terminate()
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
        elif process.exitcode:
            logger.error("what does the jobs ended with exit code %s; it is begun again", process.exitcode)
        return process.exitcode == 0

    return run
