"""The process that does jobs: it begins, does what is queued, and ends, so that the server only serves."""

from __future__ import annotations

import os
import signal

from search_api import bootstrap
from search_api.jobs.store import Store
from search_api.jobs.working import work
from search_api.settings import Settings

ENDED = 128 + signal.SIGTERM
"""Exit code of a process that was asked to end."""
NICENESS = 5
"""Priority given up: questions are answered first."""


def main(settings: str) -> None:
    """Do the jobs of the library that some settings, as JSON, name; the environment is not asked.

    Ends in order on SIGTERM. Ctrl-C is for the server, which then ends this process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    os.nice(NICENESS)
    application = bootstrap.build(Settings.model_validate_json(settings))
    work(application, Store(application.settings.home))


def _end(_number: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(ENDED)
