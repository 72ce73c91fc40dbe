"""The catalogue of the texts we hold, and the only way to read their files."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.documents import Source
from corpus.errors import CatalogueError, SourceError
from corpus.files import sha256_of
from corpus.ids import slug

DEFAULT_CATALOGUE = Path(__file__).with_name("catalogue.toml")
MAX_BYTES = 256 * 1024 * 1024
"""A larger file is taken for a mistake: the longest text of this kind is far below 1 MiB."""

_TEXT_FIELDS = (
    "id", "title", "short_title", "body", "kind", "date", "language", "rights", "sha256", "file",
)  # fmt: skip
_SLUG_FIELDS = ("id", "body", "kind")
_ALL_FIELDS = frozenset(_TEXT_FIELDS) | {"period", "password"}
_PATTERNS = {
    "language": (re.compile(r"[a-z]{2,3}"), "an ISO 639 code such as en"),
    "sha256": (re.compile(r"[0-9a-f]{64}"), "64 hexadecimal digits in lower case, as sha256sum prints them"),
}


def load_catalogue(path: Path = DEFAULT_CATALOGUE) -> tuple[Source, ...]:
    """Read a catalogue and check every field of every entry; the files are not opened.

    Raises CatalogueError naming the catalogue, the entry, what is wrong and how to put it right.
    """
    entries = _entries(path)
    sources = tuple(_source(path, place, entry) for place, entry in enumerate(entries, start=1))
    refuse_twice(path, "id", [source.id for source in sources])
    refuse_twice(path, "file", [str(source.path) for source in sources])
    return sources


def check_file(source: Source, most: int = MAX_BYTES) -> None:
    """Check that a source's file is the very file that the catalogue describes, of `most` bytes at most.

    Raises SourceError where it is missing, not a regular file, empty, too large or changed.
    """
    _check_size(source, most)
    try:
        found = sha256_of(source.path)
    except OSError as error:
        raise _trouble(source, f"it cannot be read ({error.strerror})", "Check its permissions.") from error
    if found != source.sha256:
        raise _trouble(
            source,
            f"it has changed: the catalogue says sha256 {source.sha256}, the file has {found}",
            "Restore the file; or, if the change is meant, write the new sha256 in the catalogue.",
            "changed",
        )


def read_bytes(source: Source) -> bytes:
    """Read a source's file; raises SourceError as `check_file` does."""
    check_file(source)
    return source.path.read_bytes()


def read_text(source: Source) -> str:
    """Decode a source's file as UTF-8, every character as stored, line ends included.

    Raises SourceError as `read_bytes` does, and where the bytes are not UTF-8 or only white space.
    """
    try:
        text = read_bytes(source).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _trouble(
            source,
            f"it is not UTF-8 (byte {error.start})",
            "Convert the file and update its sha256.",
            "not UTF-8",
        ) from error
    if not text.strip():
        raise _trouble(source, "it holds only white space", "Restore the text, or remove the entry.", "empty")
    return text


def _entries(path: Path) -> list[Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: there is no catalogue here. Create it or name another.") from error
    except OSError as error:
        raise CatalogueError(f"{path}: the catalogue cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: not valid TOML: {error}. Correct the line named.") from error
    strange = sorted(set(data) - {"source"})
    if strange:
        raise CatalogueError(f"{path}: unknown table {strange[0]!r}. Only [[source]] entries belong here.")
    entries = data.get("source", [])
    if not isinstance(entries, list) or not entries:
        raise CatalogueError(f"{path}: no [[source]] entry. Add one for each text.")
    return entries


def _source(path: Path, place: int, entry: object) -> Source:
    if not isinstance(entry, Mapping):
        raise CatalogueError(f"{path}: entry {place} is not a table. Write it as [[source]].")
    where = f"{path}: entry {place} ({entry.get('id', 'without id')})"
    texts = _texts(where, entry)
    for field in _SLUG_FIELDS:
        if slug(texts[field]) != texts[field]:
            raise CatalogueError(
                f"{where}: {field} {texts[field]!r} is not lower-case words and digits joined by hyphens."
                f" Write {slug(texts[field])!r}."
            )
    for field, (pattern, wanted) in _PATTERNS.items():
        if not pattern.fullmatch(texts[field]):
            raise CatalogueError(f"{where}: {field} {texts[field]!r} is wrong. Write {wanted}.")
    _check_date(where, texts["date"])
    return Source(
        path=_file(path, where, texts.pop("file")),
        period=_period(where, entry.get("period")),
        password=_password(where, entry.get("password", "")),
        **texts,
    )


def _texts(where: str, entry: Mapping[str, object]) -> dict[str, str]:
    unknown = sorted(set(entry) - _ALL_FIELDS)
    if unknown:
        raise CatalogueError(
            f"{where}: unknown field {unknown[0]!r}. Known: {', '.join(sorted(_ALL_FIELDS))}."
        )
    found: dict[str, str] = {}
    for field in _TEXT_FIELDS:
        value = entry.get(field)
        if value is None:
            raise CatalogueError(f"{where}: field {field!r} is missing. Add it.")
        if not isinstance(value, str) or not value.strip():
            raise CatalogueError(f"{where}: field {field!r} must be words in quotes, not {value!r}.")
        found[field] = value
    return found


def _check_date(where: str, date: str) -> None:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", date) or not _is_day(date + "2000-01-01"[len(date) :]):
        raise CatalogueError(f"{where}: date {date!r} is wrong. Write it as 2012, 2012-10 or 2012-10-31.")


def _is_day(date: str) -> bool:
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def _period(where: str, value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    match value:
        case [int(first), int(last)] if 1000 <= first <= last <= 9999:
            return first, last
    raise CatalogueError(f"{where}: period {value!r} is wrong. Write two years in order, as [2010, 2015].")


def _password(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise CatalogueError(f"{where}: password must be in quotes. Correct it.")
    return value


def _file(path: Path, where: str, name: str) -> Path:
    folder = path.parent.resolve()
    try:
        file = (folder / name).resolve()
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{where}: file {name!r} is not a file name. Correct it.") from error
    if folder not in file.parents:
        raise CatalogueError(f"{where}: file {name!r} is outside {folder}. Move the file below that folder.")
    return file


def refuse_twice(path: Path, field: str, values: list[str]) -> None:
    """Raise CatalogueError where two entries share the value of a field."""
    twice = next((value for place, value in enumerate(values) if value in values[:place]), None)
    if twice is not None:
        raise CatalogueError(f"{path}: two entries have the {field} {twice!r}. Give each its own.")


def _check_size(source: Source, most: int) -> None:
    if not source.path.exists():
        raise _trouble(source, "there is no such file", "Restore it, or remove its entry.", "missing")
    if not source.path.is_file():
        raise _trouble(source, "it is not a regular file", "Put the text itself in its place.", "missing")
    size = source.path.stat().st_size
    if size == 0:
        raise _trouble(source, "it is empty", "Restore the text, or remove its entry.", "empty")
    if size > most:
        raise _trouble(
            source, f"it has {size} bytes, over the {most} allowed", "Divide the file.", "too large"
        )


def _trouble(source: Source, cause: str, remedy: str, reason: str = "unreadable") -> SourceError:
    return SourceError(f"{source.path} (source {source.id!r}): {cause}. {remedy}", reason)
