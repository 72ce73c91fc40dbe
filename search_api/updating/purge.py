"""Dropping what is kept of documents that are no longer held: vectors, extractions, generations, files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import BuildError, GenerationError
from index.context import embedded_text
from index.folders import build_lock, generations_of, vector_cache_of
from index.glimpse import names_in, sources_in
from index.vectors import purge as purge_vectors
from search_api.bootstrap import Application
from search_api.library import Library
from search_api.reading import Reading
from search_api.strays import drop_strays


@dataclass(frozen=True, slots=True)
class Purged:
    """What was dropped: vectors and extractions, counted, the names of generations, and files that nothing
    named, by their paths in the home.
    """

    vectors: int
    extractions: int
    generations: tuple[str, ...]
    files: tuple[str, ...]


def purge(application: Application) -> Purged:
    """Drop the cache entries of no document that is held or named by the catalogues, and with them the
    generations that hold bytes which the present one does not; there is then none to return to. Files that
    no entry names and uploads that were cut short go too.

    Raises GenerationError where there is no index, CatalogueError, LockedError where a build is at work, and
    BuildError where something cannot be removed.
    """
    home = application.library.home
    with build_lock(home):
        try:
            return _purge(application)
        except OSError as error:
            raise BuildError(
                f"not all could be purged in {home} ({error}): see that this user may remove it, then run"
                " `labour index --purge` again"
            ) from error


def _purge(application: Application) -> Purged:
    library = application.library
    reading = library.reading()
    dropped = tuple(_with_others(library, reading))
    for name in dropped:
        shutil.rmtree(generations_of(library.home) / name)
    vectors = purge_vectors(vector_cache_of(library.home), _texts(reading))
    extractions = library.intake.purge(library.sources(), application.authority)
    files = (str(path.relative_to(library.home)) for path in drop_strays(library.home))
    return Purged(vectors, extractions, dropped, tuple(files))


def _with_others(library: Library, reading: Reading) -> Iterator[str]:
    """Name the generations that hold a document which the present one does not, or that cannot be read."""
    living = {document.source.sha256 for document in reading.documents}
    for name in names_in(library.home):
        try:
            sources = () if name == reading.name else sources_in(library.home, name)
        except GenerationError:
            yield name
            continue
        if any(source.sha256 not in living for source in sources):
            yield name


def _texts(reading: Reading) -> Iterator[str]:
    titles = {document.id: document.source.title for document in reading.documents}
    for passage in reading.passages:
        yield embedded_text(passage, titles[passage.document])
