"""The folder of documents that a user has added: their files, and a catalogue of its own beside them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.catalogue import load_catalogue
from corpus.documents import Source
from corpus.errors import CatalogueError, RecordNotFoundError
from corpus.files import locked, replacing

CATALOGUE = "catalogue.toml"
HEAD = "# Documents added with `labour add`: one [[source]] for each file of this folder.\n"
ENTRY = re.compile(r"^[ \t]*\[\[source\]\]", re.MULTILINE)
REMARKS = re.compile(r"(?:^[ \t]*(?:#.*)?\n)+\Z", re.MULTILINE)
"""Blank lines and comments at the end of an entry: they are of what follows it."""
_ORDER = ("id", "title", "short_title", "body", "kind", "date", "language", "rights", "sha256")
_TOML_ESCAPES = {"\x7f": "\\u007f"}
"""What TOML forbids in a string and JSON does not escape."""


def added_of(home: Path) -> Path:
    """Return the folder of a library's home that holds what was added to it."""
    return home / "sources"


def load_added(folder: Path) -> tuple[Source, ...]:
    """Read the catalogue of a folder of added documents; none where the folder or all entries are missing.

    Raises CatalogueError as `load_catalogue` does.
    """
    path = folder / CATALOGUE
    return _entries(path) if path.exists() else ()


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold the right to change the folder, made where it is missing, until the block ends.

    Raises OutputError where it cannot be written to.
    """
    with locked(folder / ".lock"):
        yield


def add_entry(folder: Path, source: Source) -> None:
    """Append an entry to the catalogue, which is replaced whole; other entries and comments stay as they are.

    The source's file must lie in the folder. Raises CatalogueError where the entry is not one that
    `load_catalogue` takes.
    """
    path = folder / CATALOGUE
    before = _text(path) if path.exists() else HEAD
    text = f"{before.rstrip()}\n\n{entry_of(source, folder)}"
    _replace(path, text, private=bool(source.password))


def replace_entry(folder: Path, source: Source) -> None:
    """Put an entry in the place of the one of its id, whose file goes; all else stays as it is.

    The source's file must lie in the folder, beside the one that goes. Raises RecordNotFoundError where the
    catalogue has no such entry, CatalogueError as `add_entry` and `remove_entry` do.
    """
    old = _source(folder, source.id)
    path = folder / CATALOGUE
    before, after = _around(path, source.id)
    text = before + entry_of(source, folder) + ("\n" + after if after else "")
    _replace(path, text, private=bool(source.password))
    old.path.unlink(missing_ok=True)


def remove_entry(folder: Path, source_id: str) -> None:
    """Take an entry out of the catalogue and remove its file; all else stays as it is.

    Raises RecordNotFoundError where it has no such entry, CatalogueError where the entry cannot be told
    from what stands around it.
    """
    source = _source(folder, source_id)
    path = folder / CATALOGUE
    _replace(path, "".join(_around(path, source_id)))
    source.path.unlink(missing_ok=True)


def entry_of(source: Source, folder: Path) -> str:
    """Write the entry of a source whose file lies below the folder."""
    facts: dict[str, object] = {name: getattr(source, name) for name in _ORDER}
    if source.period is not None:
        facts["period"] = list(source.period)
    if source.password:
        facts["password"] = source.password
    facts["file"] = source.path.resolve().relative_to(folder.resolve()).as_posix()
    return "[[source]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in facts.items())


def _toml(value: object) -> str:
    """A value of TOML: JSON's strings are basic strings but for one character."""
    words = json.dumps(value, ensure_ascii=False)
    for letter, escape in _TOML_ESCAPES.items():
        words = words.replace(letter, escape)
    return words


def _source(folder: Path, source_id: str) -> Source:
    source = next((one for one in load_added(folder) if one.id == source_id), None)
    if source is None:
        raise RecordNotFoundError(f"No document with the id {source_id!r} was added; see `labour documents`.")
    return source


def _around(path: Path, source_id: str) -> tuple[str, str]:
    """What stands before an entry and after it."""
    text = _text(path)
    starts = [found.start() for found in ENTRY.finditer(text)]
    entries = tomllib.loads(text)["source"]
    place = next(i for i, entry in enumerate(entries) if entry.get("id") == source_id)
    end = starts[place + 1] if place + 1 < len(starts) else len(text)
    entry = REMARKS.sub("", text[starts[place] : end])
    before, after = text[: starts[place]], text[starts[place] + len(entry) :].lstrip("\n")
    if _tables(before + after) != entries[:place] + entries[place + 1 :]:
        raise CatalogueError(f"{path}: the entry {source_id!r} could not be cut out. Remove it by hand.")
    return before, after


def _tables(text: str) -> list[object] | None:
    """The entries of a catalogue's text, None where it is not TOML."""
    try:
        found: list[object] = tomllib.loads(text).get("source", [])
    except tomllib.TOMLDecodeError:
        return None
    return found


def _entries(path: Path) -> tuple[Source, ...]:
    return load_catalogue(path) if ENTRY.search(_text(path)) else ()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: the catalogue cannot be read ({error}).") from error


def _replace(path: Path, text: str, private: bool = False) -> None:
    """Check a catalogue aside and put it in place, for the owner's eyes alone where it holds a password."""
    kept = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with replacing(path) as aside:
        aside.touch(0o600)
        aside.write_text(text, encoding="utf-8")
        _entries(aside)
        aside.chmod(0o600 if private else kept)
