"""Files of JSON objects, one a line, and their fields; what is wrong is named by its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError


def read_objects(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each object of a file with the place to name in errors; blank lines are passed over.

    Raises QuestionFileError naming the file, the line and what is wrong with it.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read as UTF-8 text ({error}). Name another file."
        ) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{path}, line {number}"
            yield where, _object(where, line)


def field(where: str, fields: Mapping[str, Any], name: str, kind: type) -> Any:
    """The value of a field; raises QuestionFileError where it is missing or of another type."""
    value = fields.get(name)
    if not isinstance(value, kind):
        raise QuestionFileError(f"{where}: {name!r} is missing or is not a {kind.__name__}. Correct it.")
    return value


def text_field(where: str, fields: Mapping[str, Any], name: str) -> str:
    """The words of a field; raises QuestionFileError where it is missing, no text, or without a word."""
    value = field(where, fields, name, str)
    if not any(letter.isalnum() for letter in value):
        raise QuestionFileError(f"{where}: {name!r} is empty. Fill it in.")
    return str(value)


def _object(where: str, line: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionFileError(f"{where}: not JSON ({error}). Correct the line.") from error
    if not isinstance(fields, Mapping):
        raise QuestionFileError(f"{where}: not a JSON object. Write {{...}}.")
    return fields
