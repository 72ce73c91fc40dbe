"""How much there is to interpret on a page, told before it is interpreted."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from ingest.readers.pdf.inflation import inflated

HEAVY = 8 << 20
"""Bytes of drawing instructions: a page of close print has 50 kB; pdfminer reads about 1 MB in a second."""
HEAVIEST = 64 << 20
"""Bytes: beyond this no library reads a page in the time that a reader waits."""
NESTED = 24
SHOWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
UNPACKERS = {
    "ASCII85Decode": ascii85decode,
    "A85": ascii85decode,
    "ASCIIHexDecode": asciihexdecode,
    "AHx": asciihexdecode,
}
FLATE = ("FlateDecode", "Fl")


class TooHeavy(Exception):
    """A page has more to interpret than pdfminer should be given; `hopeless` where nothing should be."""

    def __init__(self, hopeless: bool) -> None:
        super().__init__("too much is drawn on the page")
        self.hopeless = hopeless


def check_weight(page: PDFPage) -> None:
    """Raise TooHeavy for a page whose fonts or instructions, forms as often as drawn, are too large."""
    for font in _values(page.resources, "Font"):
        for stream in _font_streams(font):
            _size(stream)
    weight = sum(_weight(resolve1(part), page.resources, {}, 0) for part in page.contents)
    if weight > HEAVY:
        raise TooHeavy(hopeless=weight > HEAVIEST)


def _weight(stream: Any, resources: Any, known: dict[int, int], depth: int) -> int:
    """Bytes of instructions of a stream, with those of each form it draws."""
    if not isinstance(stream, PDFStream):
        return 0
    if depth > NESTED:
        raise TooHeavy(hopeless=True)
    total = _size(stream)
    forms = {name: form for name, form in _named(resources, "XObject") if _is_form(form)}
    if not forms:
        return total
    for found in SHOWN.finditer(stream.get_data()):
        form = forms.get(found[1].decode("latin-1"))
        if form is not None:
            if id(form) not in known:
                known[id(form)] = _weight(form, form.get("Resources") or resources, known, depth + 1)
            total += known[id(form)] + 1
        if total > HEAVIEST:
            raise TooHeavy(hopeless=True)
    return total


def _size(stream: PDFStream) -> int:
    """Bytes of a stream once inflated. Raises TooHeavy where they are beyond all measure."""
    raw = stream.get_rawdata()
    if raw is None:
        return len(stream.get_data())
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        raw = stream.decipher(stream.objid, stream.genno, raw, stream.attrs)
    for name in [getattr(name, "name", "") for name, _ in stream.get_filters()]:
        if name in UNPACKERS:
            raw = UNPACKERS[name](raw)
        elif name in FLATE:
            raw = _unpacked(raw)
        else:
            break
    return len(raw)


def _unpacked(data: bytes) -> bytes:
    """Inflate data as far as they are sound. Raises TooHeavy where there is no end to them."""
    if inflated(data, HEAVIEST) > HEAVIEST:
        raise TooHeavy(hopeless=True)
    try:
        return zlib.decompressobj().decompress(data, HEAVIEST)
    except zlib.error:
        return data


def _is_form(stream: Any) -> bool:
    kind = stream.get("Subtype") if isinstance(stream, PDFStream) else None
    return isinstance(kind, PSLiteral) and kind.name == "Form"


def _named(resources: Any, kind: str) -> Iterator[tuple[str, Any]]:
    held = resolve1(resources)
    table = resolve1(held.get(kind)) if isinstance(held, dict) else None
    if isinstance(table, dict):
        for name, value in table.items():
            yield str(name), resolve1(value)


def _values(resources: Any, kind: str) -> Iterator[Any]:
    return (value for _, value in _named(resources, kind))


def _font_streams(font: Any) -> Iterator[PDFStream]:
    """The streams that a font is read from: its program and its tables of letters."""
    if not isinstance(font, dict):
        return
    descendants = resolve1(font.get("DescendantFonts")) or []
    for part in [font, *(resolve1(each) for each in descendants[:4])]:
        descriptor = resolve1(part.get("FontDescriptor")) if isinstance(part, dict) else None
        sources = [part.get("ToUnicode"), part.get("Encoding"), part.get("CIDToGIDMap")] if part else []
        if isinstance(descriptor, dict):
            sources += [descriptor.get(name) for name in ("FontFile", "FontFile2", "FontFile3")]
        yield from (stream for stream in map(resolve1, sources) if isinstance(stream, PDFStream))
