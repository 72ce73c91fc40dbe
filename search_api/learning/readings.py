"""Readings by the adapters of the folds: the index as it would be, had a fold's questions not been seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.errors import ModelError
from index.sentence_models import DEFAULT_MODEL, load_embedder
from search_api.bootstrap import Application
from search_api.library import Library
from search_api.reading import Reading


def adapter_of(work: Path, fold: int) -> Path:
    """Name the adapter that was trained without a fold."""
    return work / f"fold-{fold}.safetensors"


def reading_without(
    application: Application, work: Path, fold: int, report: Callable[[str, int, int], None]
) -> Reading:
    """Index the sources by the adapter that has not seen a fold; raises ModelError where there is none."""
    adapter = adapter_of(work, fold)
    if not adapter.is_file():
        raise ModelError(f"there is no adapter {adapter}: run `labour learn adapter` first")
    return reading_by(application, work / f"index-{fold}", str(adapter), report)


def reading_by(
    application: Application, home: Path, adapter: str, report: Callable[[str, int, int], None]
) -> Reading:
    """Index the sources in a folder by the default model with an adapter."""
    embedder = load_embedder(DEFAULT_MODEL, adapter)
    library = Library(home, application.settings.corpus, embedder, application.authority)
    library.ensure_index(report)
    return library.reading()
