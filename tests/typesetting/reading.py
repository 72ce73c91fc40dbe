"""Reading a typeset file as the intake does, in this process."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from corpus.documents import Document, Source
from ingest.composing import compose
from ingest.outline import outlined

READERS = {".pdf": "ingest.readers.pdf.reader", ".docx": "ingest.readers.docx", ".html": "ingest.readers.html"}
"""The module that reads files of each suffix."""


def read_file(path: Path, source: Source) -> Document:
    """Read a file by its suffix as a document of a source; the test is skipped where no reader is there yet."""
    name = READERS[path.suffix]
    try:
        reader = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        pytest.skip(f"there is no {name} yet")
    return outlined(source, compose(reader.read(path)))
