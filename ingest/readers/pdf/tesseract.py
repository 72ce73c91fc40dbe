"""Words recognised from a picture by Tesseract, a program of its own that need not be there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence

from ingest.readers.pdf.page import Word

PROGRAM = "tesseract"
LIMIT = 120.0
"""Seconds for a page; one of close print takes 3 to 6."""
SUREST_SPECK = 20.0
"""Of a hundred: what is recognised with less confidence is dirt and the grain of pictures."""
NAMES = {
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "id": "ind",
    "ja": "jpn",
    "km": "khm",
    "ko": "kor",
    "lo": "lao",
    "ms": "msa",
    "my": "mya",
    "nl": "nld",
    "pt": "por",
    "ta": "tam",
    "th": "tha",
    "tl": "fil",
    "vi": "vie",
    "zh": "chi_sim",
}
"""Tesseract's names of languages, by ISO 639-1 code: those of South-East Asia and of their texts."""
FALLBACK = "eng"


def languages() -> frozenset[str]:
    """The languages that Tesseract can recognise here; empty where it is not installed."""
    program = shutil.which(PROGRAM)
    if not program:
        return frozenset()
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=LIMIT, check=True)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(told.stdout.decode("utf-8", "replace").split("\n")[1:]) - {"", "osd"}


def chosen(language: str, installed: frozenset[str]) -> str:
    """Tesseract's language for one of an ISO 639-1 code: its own, else English; empty where none is there."""
    name = NAMES.get(language, language)
    if not installed:
        return ""
    return name if name in installed else FALLBACK


def recognise(picture: bytes, language: str, scale: float) -> tuple[Word, ...]:
    """Recognise the words of a picture in a language of Tesseract's, in points at `scale` dots to a point.

    Raises OSError where the program fails, TimeoutError where it takes too long.
    """
    arguments = [PROGRAM, "stdin", "stdout", "-l", language, "--dpi", str(round(scale * 72)), "tsv"]
    limited = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            arguments, input=picture, capture_output=True, timeout=LIMIT, check=True, env=limited
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError("Tesseract took too long") from error
    except subprocess.SubprocessError as error:
        raise OSError("Tesseract failed") from error
    return tuple(_words(done.stdout.decode("utf-8", "replace"), scale))


def _words(table: str, scale: float) -> Iterator[Word]:
    """Read Tesseract's table: a line of print (level 4) stands before its words (level 5)."""
    line: tuple[float, float] = (0.0, 0.0)
    head, *rows = (row.split("\t") for row in table.split("\n"))
    for row in (dict(zip(head, values, strict=True)) for values in rows if len(values) == len(head)):
        left, top, right, bottom = _box(row, scale)
        if row["level"] == "4":
            line = top, bottom
        elif row["level"] == "5" and float(row["conf"]) >= SUREST_SPECK and row["text"].strip():
            yield _word(" ".join(row["text"].split()), (left, top, right, bottom), line)


def _box(row: Mapping[str, str], scale: float) -> Sequence[float]:
    left, top, width, height = (int(row[name]) / scale for name in ("left", "top", "width", "height"))
    return left, top, left + width, top + height


def _word(text: str, box: tuple[float, float, float, float], line: tuple[float, float]) -> Word:
    """A word as high as its line, as fonts make it, unless the line is crooked."""
    left, top, right, bottom = box
    if line[1] - line[0] <= 2 * (bottom - top):
        top, bottom = line
    return Word(text, (left, top, right, bottom), bottom - top)
