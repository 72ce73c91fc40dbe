"""What the folder of a lexical index says of itself, read without the engine, which would write there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.errors import GenerationError
from index.manifest import REBUILD

SEGMENTS = "meta.json"
"""Where the engine lists its segments."""
LOCKS = (".tantivy-meta.lock", ".tantivy-writer.lock")
"""Files that the engine makes in its folder whenever it opens the index."""


def count_held(folder: Path) -> int:
    """Count the passages of an index by the engine's list of its segments.

    Raises GenerationError where that list cannot be read.
    """
    try:
        listed = json.loads((folder / SEGMENTS).read_text(encoding="utf-8"))["segments"]
        return sum(map(_count, listed))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerationError(f"the lexical index {folder} cannot be read ({error}): {REBUILD}") from error


def _count(segment: dict[str, Any]) -> int:
    deleted = segment["deletes"]
    return int(segment["max_doc"]) - (int(deleted["num_deleted_docs"]) if deleted else 0)
