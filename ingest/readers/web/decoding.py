"""Bytes of a web page into characters, by what the page says of itself."""

from __future__ import annotations

import codecs
import re

from ingest.elements import Notice

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*(?P<name>[\w.:-]{1,40})""", re.IGNORECASE)
HEAD = 4096
"""Bytes in which a page declares its encoding; the standard asks for the first 1024."""
KNOWN = re.compile(
    r"utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-(?:125\d|874)|cp(?:125\d|874)|tis-620|koi8-[ru]"
    r"|gb(?:2312|k|18030)|big5|euc-(?:jp|kr)|shift_jis|macintosh"
)
"""Encodings in which pages are written. Any other name is not looked up."""
WESTERN = "windows-1252"
"""What browsers take a page for that declares nothing or Latin-1, where it is not UTF-8."""
NAMED = dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), WESTERN) | {
    "windows-874": "cp874"
}
"""Encodings that browsers read as another, or that Python knows by another name."""
UTF8 = "utf-8"
LOST = "\ufffd"
BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
REMEDY = "Save it anew from a browser."


def decoded(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The characters of a page, and what to say of them.

    Bytes that its encoding has no character for become U+FFFD. A page that says it is UTF-8 and hardly is,
    is read as browsers read one that says nothing.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _told(data[len(mark) :], name)
    declared = _declared(data)
    if declared not in ("", UTF8):
        return _told(data, declared)
    text, notices = _told(data, UTF8)
    if not notices or _is_mostly_sound(text):
        return text, notices
    said = Notice(f"It says that it is UTF-8, and is not: it was read as {WESTERN}. Look at its accents.")
    text, notices = _told(data, WESTERN)
    return text, ((said,) if declared else ()) + notices


def _told(data: bytes, name: str) -> tuple[str, tuple[Notice, ...]]:
    text = data.decode(name, errors="replace")
    lost = text.count(LOST) - data.count(LOST.encode(UTF8)) * (name == UTF8)
    if lost <= 0:
        return text, ()
    return text, (
        Notice(f"{lost} bytes of it are no characters in {name}: {LOST} stands for each. {REMEDY}"),
    )


def _is_mostly_sound(text: str) -> bool:
    """Whether more characters beyond ASCII were made of the bytes of a page than were lost."""
    return len(BEYOND_ASCII.findall(text)) >= text.count(LOST)


def _declared(data: bytes) -> str:
    """The encoding that a page declares, as Python knows it; empty where it declares none that it knows."""
    found = DECLARED.search(data[:HEAD])
    name = found["name"].decode("ascii", errors="replace").lower() if found else ""
    name = NAMED.get(name, name)
    if not KNOWN.fullmatch(name):
        return ""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
