"""What a file is, told from its bytes and never from its name."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from corpus.errors import SourceError
from ingest.readers.text import decoded
from ingest.readers.zips import open_zip


class FileType(StrEnum):
    """Files that can be read; Markdown counts as text."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TEXT = "text"


HEAD = 8192
"""Bytes that are looked at, but for the names in a zip."""
PDF_WITHIN = 1024
"""Bytes in which a PDF says that it is one; readers of PDFs look no further."""
OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
AS_PDF = "Save it as PDF or text."
RECOGNISE = "Recognise its words and save it as PDF with a text layer, for example with ocrmypdf."
SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG picture", RECOGNISE),
    (b"\xff\xd8\xff", "a JPEG picture", RECOGNISE),
    (b"GIF8", "a GIF picture", RECOGNISE),
    (b"II*\0", "a TIFF picture", RECOGNISE),
    (b"MM\0*", "a TIFF picture", RECOGNISE),
    (b"BM", "a BMP picture", RECOGNISE),
    (b"{\\rtf", "a file in Rich Text Format", "Open it in a word processor and save it as .docx."),
    (b"\x1f\x8b", "packed by gzip", "Unpack it and name the file in it."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it and name the files in it."),
    (b"Rar!", "a RAR archive", "Unpack it and name the files in it."),
    (b"%!PS", "a PostScript file", "Convert it to PDF."),
)
UNKNOWN, DAMAGED = "unknown type", "damaged"
EMPTY, BLANK = ("is empty", "empty"), ("holds nothing but white space", "empty")
"""What is the matter with a file, in words and for the report."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLE_SEARCHED = 1024 * 1024
"""Bytes in which the list of parts of an old Office file is looked for."""
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
CONTENTS = "[Content_Types].xml"
PARTS = (
    (re.compile(r"word/document\d*\.xml"), "word"),
    (re.compile(r"xl/workbook\.(?:xml|bin)"), "an Excel workbook"),
    (re.compile(r"ppt/presentation\.xml"), "a PowerPoint presentation"),
    (re.compile(r"content\.xml"), "an OpenDocument file"),
    (re.compile(r"META-INF/container\.xml"), "an EPUB book"),
)
MARKUP = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    r"<(?:(?P<sure>!doctype\s+html|html|head|body|title|meta|script|style|link)|div|p|h[1-6]|table|article|main"
    r"|section|ul|ol|center|font|header|nav|span|pre|blockquote)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a web page begins; a text in which tags are left over begins with words."""
MARKDOWN = re.compile(r"^(?:#{1,6} |\|?[ \t]*+:?-++:?[ \t]*+\|[ \t:|-]*+$|```)", re.MULTILINE)
"""Lines that no web page has: a heading, the line below the heads of a table, the mark of code."""
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS = 0.01
"""Share of control characters in a text; form feeds and line breaks are none."""


def file_type(path: Path) -> FileType:
    """Tell what a file is.

    Raises SourceError that names what the file seems to be, and what to do, where it cannot be read.
    """
    head = _head(path)
    if not head.strip(b"\0\t\n\f\r "):
        raise _refused(path, *(EMPTY if not head else BLANK), "Restore the file.")
    if _says_pdf(head):
        return FileType.PDF
    for signature, name, remedy in SIGNATURES:
        if head.startswith(signature) and not (signature == b"BM" and _is_text(head)):
            raise _refused(path, f"is {name}", UNKNOWN, remedy)
    if head.startswith(OLE):
        raise _old_office(path)
    if head.startswith(ZIP):
        return _in_zip(path)
    return _text(path, head)


def _head(path: Path, length: int = HEAD) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as error:
        raise _refused(
            path, f"cannot be read ({error.strerror})", "unreadable", "Check its path and permissions."
        ) from error


def _refused(path: Path, cause: str, reason: str, remedy: str) -> SourceError:
    return SourceError(f"{path.name} {cause}. {remedy}", reason)


def _old_office(path: Path) -> SourceError:
    """Why an OLE file is refused: Office puts its encrypted files in one, and wrote its old ones so."""
    if ENCRYPTED in _head(path, OLE_SEARCHED):
        return _refused(
            path, "is encrypted", "encrypted", "Open it with its password and save it without one."
        )
    return _refused(
        path, "is an old Office file (.doc, .xls or .ppt)", UNKNOWN, f"Save it as .docx. {AS_PDF}"
    )


def _in_zip(path: Path) -> FileType:
    try:
        with open_zip(path) as archive:
            names = archive.namelist()
    except SourceError as error:
        raise SourceError(f"{path.name} cannot be read: {error}", error.reason) from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _refused(
            path, f"is a damaged zip ({error})", DAMAGED, "Fetch or save the file anew."
        ) from error
    for form, what in PARTS:
        if any(form.fullmatch(name) for name in names):
            if what == "word":
                return FileType.DOCX
            raise _refused(path, f"is {what}", UNKNOWN, AS_PDF)
    if CONTENTS in names:
        cause = "is an Office file without a document in it"
        raise _refused(path, cause, DAMAGED, f"Save it as .docx. {AS_PDF}")
    raise _refused(path, "is a zip archive", UNKNOWN, "Unpack it and name the files in it.")


def _text(path: Path, head: bytes) -> FileType:
    words = _decoded(head)
    if words is None:
        if _says_html(head):
            return FileType.HTML
        remedy = f"Convert it to UTF-8 where it is a text. {AS_PDF}"
        raise _refused(path, "is no text in UTF-8, and of no kind that can be read", UNKNOWN, remedy)
    return FileType.HTML if _is_page(words) else FileType.TEXT


def _says_pdf(head: bytes) -> bool:
    """Whether the mark of a PDF stands near the beginning; behind words, on a line that objects follow."""
    before, mark, after = head[:PDF_WITHIN].partition(b"%PDF-")
    if not mark or not (_decoded(before) or "").strip():
        return bool(mark)
    return before.endswith((b"\n", b"\r")) and OBJECT.search(after + head[PDF_WITHIN:]) is not None


def _says_html(head: bytes) -> bool:
    """Whether bytes that are not UTF-8 begin as a web page does, which names its own encoding."""
    return b"\0" not in head and _is_page(head.decode("latin-1"))


def _is_page(words: str) -> bool:
    """Whether a text begins as a web page does; one of Markdown may begin with a tag that lays out words."""
    found = MARKUP.match(words)
    return found is not None and bool(found["sure"] or not MARKDOWN.search(words))


def _is_text(head: bytes) -> bool:
    return _decoded(head) is not None


def _decoded(head: bytes) -> str | None:
    """The characters of the beginning of a text; None where it is none."""
    words = decoded(head, whole=False)
    if words is None or len(CONTROLS.findall(words)) > MOST_CONTROLS * len(words):
        return None
    return words
