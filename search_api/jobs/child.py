"""The process that does jobs: it begins, does what is queued, and ends, so that the server only serves."""

from __future__ import annotations

import os

from search_api import bootstrap
from search_api.jobs.store import Store
from search_api.jobs.working import work
from search_api.settings import Settings

NICENESS = 5
"""Priority given up: questions are answered first."""


def main(settings: str) -> None:
    """Do the jobs of the library that some settings, as JSON, name; the environment is not asked."""
    os.nice(NICENESS)
    application = bootstrap.build(Settings.model_validate_json(settings))
    work(application, Store(application.settings.home))
