"""Ids that are functions of content and structural path, never of position alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DIGEST_BYTES = 6


def fold(text: str) -> str:
    """Fold case and white space, so that a re-wrapped line keeps its id."""
    return " ".join(text.casefold().split())


def digest(parts: Iterable[str], size: int = DIGEST_BYTES) -> str:
    """Hash the parts in order (blake2b) to `size` bytes of hexadecimal."""
    state = hashlib.blake2b(digest_size=size)
    for part in parts:
        state.update(part.encode("utf-8", "surrogatepass"))
        state.update(b"\x1f")
    return state.hexdigest()


def passage_id(document: str, section: tuple[str, ...], text: str, occurrence: int = 0) -> str:
    """Name a passage by its document, its section path and its words.

    `occurrence` counts the passages before it that have the same three (0 for the first).
    """
    suffix = () if occurrence == 0 else (str(occurrence),)
    key = digest((document, *map(fold, section), fold(text), *suffix))
    return f"{document}.{key}"


@cache
def folder_digest(folder: Path) -> str:
    """Fingerprint of the code in a folder: SHA-256 over the relative names and bytes of its *.py files.

    Read once in the life of a process, as the code itself is.
    """
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        data = path.read_bytes()
        state.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        state.update(data)
    return state.hexdigest()


def slug(text: str) -> str:
    """Lower-case words and digits joined by hyphens, as used in addresses."""
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))
