"""Adding documents to a library: what they are is proposed, and then their files and entries are kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from os.path import lexists
from pathlib import Path
from typing import Any

from corpus.added import add_entry, added_of, changing, remove_entry, replace_entry
from corpus.authority import Authority
from corpus.documents import Source
from corpus.errors import LabourError, RecordNotFoundError, SourceError
from corpus.files import replacing, sha256_of
from corpus.ids import slug
from ingest.elements import Notice
from ingest.intake.extractions import Extraction
from ingest.intake.intake import refusal
from ingest.intake.metadata import Fact, Proposal, propose, short_title
from ingest.intake.report import Outcome, Row
from ingest.readers.kinds import FileType, file_type
from search_api.given import LONGEST_ID, Given
from search_api.library import Library

LANGUAGE = "en"
RIGHTS = "not recorded"
DIGITS = 12
"""Of a fingerprint, in the name of a copy whose plain name is taken."""
ENDINGS = {FileType.PDF: ".pdf", FileType.DOCX: ".docx", FileType.HTML: ".html", FileType.TEXT: ".txt"}
GIVEN = "as given"
ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file that can be added: its entry, where each fact comes from, and how it was read."""

    file: Path
    source: Source
    origins: Mapping[str, str]
    row: Row


def proposed(
    library: Library, authority: Authority, files: Sequence[Path], given: Given
) -> tuple[tuple[Proposed, ...], tuple[Row, ...]]:
    """Read files within the limits and propose an entry for each; rows tell of those left out, and why.

    Nothing is written but the cache. Raises CatalogueError, and UnknownNameError where the body given is
    not one.
    """
    given = replace(given, body=authority.body_id(given.body)) if given.body else given
    held = {source.sha256: source.id for source in library.sources()}
    ids = set(held.values())
    found: list[Proposed] = []
    rows: list[Row] = []
    read = library.intake.read([_provisional(file, given) for file in files])
    for file, (source, outcome) in zip(files, read, strict=True):
        try:
            if isinstance(outcome, SourceError):
                raise outcome
            one = _proposed(file, source, outcome, given, authority, ids, held)
        except SourceError as error:
            rows.append(refusal(source, error))
            continue
        held[one.source.sha256] = one.source.id
        ids.add(one.source.id)
        found.append(one)
    return tuple(found), tuple(rows)


def add(library: Library, one: Proposed) -> Source:
    """Copy a file into the library's folder of added documents and write its entry; return it.

    Raises SourceError where the file cannot be copied, has changed since it was read, or its id or its
    bytes have been added meanwhile; CatalogueError where a fact that was given is malformed.
    """
    folder = added_of(library.home)
    with changing(folder):
        _refuse_held(one, {source.sha256: source.id for source in library.sources()})
        kept = _placed(one, folder, library.added())
        _copy(one.file, kept)
        with _unless_kept(kept, library):
            add_entry(folder, kept)
    return kept


def exchange(library: Library, one: Proposed) -> Source:
    """Put a file in the place of the document of the same id that was added; return its entry.

    The old file and entry stay until the new ones are safe. Raises what `add` raises, and
    RecordNotFoundError where no document was added under the id.
    """
    folder = added_of(library.home)
    with changing(folder):
        _refuse_held(one, {source.sha256: source.id for source in library.sources()}, one.source.id)
        kept = _placed(one, folder, library.added())
        _copy(one.file, kept)
        with _unless_kept(kept, library):
            replace_entry(folder, kept)
    return kept


def remove(library: Library, document: str) -> None:
    """Remove the entry and the file of a document that was added.

    Raises RecordNotFoundError where none was added under that id.
    """
    if document in {source.id for source in library.sources()} - {one.id for one in library.added()}:
        raise RecordNotFoundError(
            f"{document!r} is of the catalogue {library.corpus / 'catalogue.toml'}, not added; take its entry"
            " out there."
        )
    folder = added_of(library.home)
    with changing(folder):
        remove_entry(folder, document)


def _provisional(file: Path, given: Given) -> Source:
    """A source good enough to read a file by: what it is will be known afterwards."""
    language = given.language or LANGUAGE
    facts = dict.fromkeys(("title", "short_title", "body", "kind", "date", "rights"), "")
    return Source(
        file.name, **facts, period=None, language=language, sha256=fingerprint(file), path=file,
        password=given.password,
    )  # fmt: skip


def fingerprint(file: Path) -> str:
    """SHA-256 of a file; empty where it cannot be read, which reading it will tell."""
    try:
        return sha256_of(file)
    except OSError:
        return ""


def _proposed(
    file: Path,
    source: Source,
    extraction: Extraction,
    given: Given,
    authority: Authority,
    taken: set[str],
    held: Mapping[str, str],
) -> Proposed:
    if source.sha256 in held:
        raise _already(file, held[source.sha256])
    document = extraction.document(source)
    facts = _facts(given, propose(document, extraction.head.properties, authority, file))
    for name in ("body", "date"):
        if not facts[name].value:
            raise SourceError(
                f"Its first page does not tell its {name}. Give it with --{name}.", f"{name} unknown"
            )
    values: dict[str, Any] = {name: _utf8(fact.value) for name, fact in facts.items()}
    values["period"] = _period(values["period"])
    entry = replace(source, **values, id=given.id or _free_id(values["title"], file, taken))
    row = Row(file.name, file.name, Outcome.READ, "", "", *_said(extraction))
    origins = {name: fact.origin for name, fact in facts.items()}
    return Proposed(file, entry, {"id": GIVEN if given.id else "the title", **origins}, row)


def _said(extraction: Extraction) -> tuple[tuple[Notice, ...], int, tuple[int, ...]]:
    head = extraction.head
    return head.notices, head.pages, head.unread


def _facts(given: Given, proposal: Proposal) -> dict[str, Fact]:
    """Each fact as it was given, else as it is proposed, else as it is assumed."""
    title = Fact(given.title, GIVEN) if given.title else proposal.title
    others = {
        "short_title": Fact(short_title(title.value), "the title"),
        "body": proposal.body,
        "kind": proposal.kind,
        "date": proposal.date,
        "period": proposal.period,
        "language": Fact(LANGUAGE, ASSUMED),
        "rights": Fact(RIGHTS, ASSUMED),
    }
    told = {name: Fact(getattr(given, name), GIVEN) for name in others if getattr(given, name)}
    return {"title": title, **others, **told}


def _utf8(value: str) -> str:
    """A value with what UTF-8 cannot hold, as in some names of files, written as escapes."""
    return value.encode("utf-8", "backslashreplace").decode()


def _period(value: str) -> tuple[int, int] | None:
    first, _, last = value.partition("-")
    return (int(first), int(last or first)) if value else None


def _free_id(title: str, file: Path, taken: set[str]) -> str:
    words = slug(title) or slug(file.stem) or "document"
    base = words
    if len(words) > LONGEST_ID:
        base = words[: LONGEST_ID + 1].rpartition("-")[0] or words[:LONGEST_ID]
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _refuse_held(one: Proposed, held: Mapping[str, str], instead: str = "") -> None:
    """Refuse what is held, or has the id of another document than the one that it goes instead of."""
    if one.source.sha256 in held:
        raise _already(one.file, held[one.source.sha256])
    if one.source.id != instead and one.source.id in held.values():
        raise SourceError(
            f"{one.file.name}: the id {one.source.id!r} is taken. Give another with --id.", "id taken"
        )


def _already(file: Path, name: str) -> SourceError:
    return SourceError(f"{file.name}: the same bytes are held already, as {name!r}.", "held already")


def _placed(one: Proposed, folder: Path, added: Iterable[Source]) -> Source:
    """The entry with the path of the copy, in place of no other file.

    Its ending tells what the file is, whatever it was called. A file that no entry names and that has the
    same bytes was left by an addition that was cut short.
    """
    names, ending = {source.path.name for source in added}, ENDINGS[file_type(one.file)]
    plain = folder / f"{one.source.id}{ending}"
    free = plain.name not in names and (not lexists(plain) or fingerprint(plain) == one.source.sha256)
    path = plain if free else folder / f"{one.source.id}.{one.source.sha256[:DIGITS]}{ending}"
    return replace(one.source, path=path)


@contextmanager
def _unless_kept(kept: Source, library: Library) -> Iterator[None]:
    """Remove the copy again where its entry could not be written."""
    try:
        yield
    except (LabourError, OSError):
        if kept.path.name not in {source.path.name for source in library.added()}:
            kept.path.unlink(missing_ok=True)
        raise


def _copy(file: Path, kept: Source) -> None:
    """Copy a file, through to the disk or not at all, and check that it is the one that was read."""
    try:
        with replacing(kept.path) as aside:
            shutil.copyfile(file, aside)
            if sha256_of(aside) != kept.sha256:
                raise SourceError(f"{file.name}: changed while it was added. Add it again.", "changed")
    except OSError as error:
        raise SourceError(
            f"{file.name}: cannot be copied to {kept.path.parent} ({error.strerror}). See that the folder can"
            " be written to.",
            "not copied",
        ) from error
