"""Bytes of a web page into characters, by what the page says of itself."""

from __future__ import annotations

import codecs
import re

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
LATIN = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})


def decoded(data: bytes) -> str:
    """The characters of a page; bytes that its encoding has no character for become U+FFFD."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    declared = _declared(data)
    if declared:
        return data.decode(declared, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(WESTERN, errors="replace")


def _declared(data: bytes) -> str:
    found = DECLARED.search(data[:HEAD])
    name = found["name"].decode("ascii", errors="replace").lower() if found else ""
    if name in LATIN:
        return WESTERN
    return name if KNOWN.fullmatch(name) else ""
