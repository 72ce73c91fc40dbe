"""Small files for the intake, and sources that name them."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.documents import Source

LINES = (
    "RECOMMENDATIONS ON {word}",
    "The meeting recommended the following on {word}:",
    "1. Publish the costs of recruitment in {word};",
    "2. Inspect the rafts of district {number} every year.",
)


def source_of(path: Path, password: str = "", **facts: str) -> Source:
    """The entry of a file as it is now."""
    given = {"id": path.stem, "title": path.stem, "short_title": path.stem, "body": "slom", "kind": "paper"}
    rest = {"date": "2020", "language": "en", "rights": "-", "sha256": sha256(path)}
    return Source(**{**given, **rest, **facts}, period=None, path=path, password=password)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "0" * 64


def pdf(pages: int, encrypt: str | None = None, title: str = "") -> bytes:
    """A PDF of some pages, each with a heading and two recommendations that name its number."""
    held = BytesIO()
    canvas = Canvas(held, pagesize=A4, encrypt=encrypt, invariant=True)
    canvas.setTitle(title)
    for number in range(1, pages + 1):
        for place, line in enumerate(LINES):
            canvas.setFont("Helvetica", 14 if place == 0 else 11)
            top = 760 - 23 * (number % 7) - 30 * place  # not at one height, as running heads are
            canvas.drawString(72, top, line.format(word=word_of(number), number=number))
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def word_of(number: int) -> str:
    """A name for a page, without digits: "Dab" is page 301."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)).capitalize()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
