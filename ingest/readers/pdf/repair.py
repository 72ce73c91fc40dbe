"""Copies of damaged or encrypted PDFs, written anew so that other libraries can read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from ingest.readers.pdf.quiet import quietly


@contextmanager
def copied(path: Path, password: str = "") -> Iterator[Path | None]:
    """Write a PDF anew without its encryption; yields None where pikepdf cannot read it."""
    with TemporaryDirectory(prefix="labour-pdf-") as folder:
        copy = Path(folder) / "copy.pdf"
        yield copy if _rewritten(path, copy, password) else None


def _rewritten(path: Path, copy: Path, password: str) -> bool:
    try:
        with quietly(), pikepdf.open(path, password=password) as pdf:
            if not len(pdf.pages):
                return False
            pdf.save(copy, encryption=False)
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError, RecursionError):
        return False
    return True
