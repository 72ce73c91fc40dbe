"""Files made to harm, or harmed: each must end as a row of the report, whatever it does to its reader."""

from __future__ import annotations

import itertools
import random
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from tests.ingest.intake.files import pdf

MIB = 1024 * 1024
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"


def hand_made(page: str, stream: bytes, filters: str = "/FlateDecode", count: str = "1") -> bytes:
    """A PDF of three objects and one stream, without a table of references."""
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            f"2 0 obj<</Type/Pages/Kids[3 0 R]/Count {count}>>endobj\n".encode(),
            f"3 0 obj{page}endobj\n".encode(),
            f"4 0 obj<</Length {len(stream)}/Filter{filters}>>stream\n".encode(),
            stream,
            b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        )
    )


def bombs() -> Iterator[tuple[str, bytes]]:
    """Files that grow when they are read, or never end."""
    once = zlib.compress(b" " * 64 * MIB, 9)
    yield "stream-bomb.pdf", hand_made(PAGE, once)
    yield "nested-bomb.pdf", hand_made(PAGE, zlib.compress(once, 9), "[/FlateDecode/FlateDecode]")
    yield (
        "many-words.pdf",
        hand_made(PAGE, zlib.compress(b"BT /F 9 Tf 72 700 Td (word) Tj ET\n" * 300_000, 9)),
    )
    yield "own-parent.pdf", hand_made("<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>", b"", "[]", "99999999")
    yield "deep.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 200_000 + b"\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield "zip-bomb.docx", word(b"<w:t>" + b" " * 256 * MIB + b"</w:t>")
    yield "laughs.docx", word(laughs())
    yield "deep.docx", word(b"<w:p>" * 100_000)
    yield "deep.html", b"<html><body>" + b"<div>" * 200_000 + b"words"
    yield (
        "wide.html",
        b"<table><tr><td colspan=100000 rowspan=65534>a</td></tr>" + b"<tr><td>b</td></tr>" * 5000,
    )
    yield "one-line.txt", b"1. word (a) - " * 70_000
    yield "brackets.txt", b"(" * 300_000
    yield "spaces.txt", (b" " * 5000 + b"\n") * 100 + b"1. x"
    yield "numbers.txt", b"\n".join(b"%d." % number for number in range(60_000))
    yield "tabs.txt", b"\t".join([b"cell"] * 400) * 100


def word(body: bytes) -> bytes:
    """A Word file whose document is these bytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return held.getvalue()


def laughs() -> bytes:
    """Entities that stand for each other, ten to one, ten deep."""
    names = "abcdefghij"
    pairs = itertools.pairwise(names)
    lines = "".join(f'<!ENTITY {later} "{f"&{former};" * 10}">' for former, later in pairs)
    return f'<!DOCTYPE w [<!ENTITY a "ha">{lines}]><w>&j;</w>'.encode()


def flipped(count: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Copies of one sound PDF, each with some bytes changed, or cut, at places drawn from the seed."""
    sound = pdf(2, title="Work Plan of SLOM")
    draw = random.Random(seed)
    for number in range(count):
        data = bytearray(sound)
        for _ in range(draw.choice((1, 4, 32))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        if number % 10 == 0:
            del data[draw.randrange(len(data)) :]
        yield f"flipped-{number}.pdf", bytes(data) or b"%PDF"
