"""A Word file as a package: a zip whose sizes are checked before anything in it is unpacked."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from ingest.readers.word.xml import Node, parse
from ingest.readers.zips import open_zip

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of one unpacked part that is read; the text of a 1,000-page book is about a third of it."""
HIGHEST_RATIO = 400
"""Times a part of more than a mebibyte may have been packed: a table of 20,000 like rows reaches 150."""
SMALL = 1024 * 1024
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
REMEDY = "Open it in a word processor and save it as .docx, or export it as PDF."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

BESIDE = ("styles", "numbering", "footnotes", "endnotes")
"""Parts that are read beside the document."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that are read, each None where the file has none."""

    document: Node
    styles: Node | None = None
    numbering: Node | None = None
    footnotes: Node | None = None
    endnotes: Node | None = None
    properties: Node | None = None


def open_package(path: Path) -> Package:
    """Unpack and parse the parts of a Word file.

    Raises SourceError where the file is no zip, is encrypted, lacks its document, or would unpack to more
    than the limits above allow.
    """
    try:
        with open_zip(path) as archive:
            return _package(archive)
    except SourceError as error:
        raise SourceError(f"{path.name} cannot be read: {error}", error.reason) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SourceError(f"{path.name} is a damaged zip ({error}). {REMEDY}", "damaged") from error
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read ({error.strerror or error}). {REMEDY}") from error


def _package(archive: zipfile.ZipFile) -> Package:
    roots = _relations(archive, "")
    main = roots.get("officeDocument", "word/document.xml")
    document = _part(archive, main)
    if document is None:
        raise SourceError(f"it has no document ({main}). {REMEDY}")
    parts = _relations(archive, main)
    found = {name: _part(archive, parts[name]) for name in BESIDE if name in parts}
    return Package(document, properties=_part(archive, roots.get("core", "docProps/core.xml")), **found)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Where the parts that belong to a part stand, by their kind."""
    folder, name = posixpath.split(part)
    root = _part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for node in root if root is not None else ():
        kind = _kind(node.get("Type", ""))
        if kind and node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))
            found.setdefault(kind, target.lstrip("/"))
    return found


def _kind(form: str) -> str:
    if form == CORE:
        return "core"
    return next((form[len(base) :] for base in (OFFICE, STRICT_OFFICE) if form.startswith(base)), "")


def _part(archive: zipfile.ZipFile, name: str) -> Node | None:
    """A part unpacked and parsed; None where the package has none of the name."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    _check(entry)
    with archive.open(entry) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise _too_large(name)
    return parse(data, name)


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        words = f"{entry.filename} in it is encrypted. Save the file without a password."
        raise SourceError(words, "encrypted")
    if entry.compress_type not in PACKINGS:
        raise SourceError(f"{entry.filename} in it is packed in an unusual way. {REMEDY}")
    packed = entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size)
    if entry.file_size > LARGEST_PART or (packed and entry.file_size > SMALL):
        raise _too_large(entry.filename)


def _too_large(name: str) -> SourceError:
    return SourceError(f"{name} in it would unpack to more than can be read. Split the file in several.")
