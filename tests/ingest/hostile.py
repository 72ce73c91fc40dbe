"""Files made to break readers: damaged, encrypted, mislabelled, or far larger than they look.

Every function writes into a folder, the same bytes on every run but for the salts of encryption, and
returns what it wrote.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

SEED = 20121008
PAGES = 10
CUTS = 20
FLIPPED = 200
EMPTY_PAGES = 2_000
COLUMNS = 60
DEPTH = 50_000
BOMB_BYTES = 2 * 1024**3
"""What the one stream of the bomb inflates to."""
WORD_BOMB_BYTES = 256 * 1024**2
"""What the one part of the Word bomb inflates to: deflating more takes seconds."""
PASSWORD = "ratify"
CHUNK = 1 << 20
PARAGRAPH = "Member States are encouraged to ratify the conventions on labour inspection."


def sound(folder: Path) -> Path:
    """The sound PDF of ten pages that the damaged ones are made from."""
    return _written(folder / "sound.pdf", _sound_bytes())


def truncated(folder: Path) -> list[Path]:
    """The sound PDF cut off at twenty places, from its first bytes to its last."""
    data = _sound_bytes()
    cuts = [len(data) * part // (CUTS + 1) for part in range(1, CUTS + 1)]
    return [_written(folder / f"truncated-{i:02d}.pdf", data[:cut]) for i, cut in enumerate(cuts)]


def flipped(folder: Path) -> Path:
    """The sound PDF with two hundred bytes turned over."""
    data = bytearray(_sound_bytes())
    for at in random.Random(SEED).sample(range(len(data)), FLIPPED):
        data[at] ^= 0xFF
    return _written(folder / "flipped.pdf", bytes(data))


def encrypted(folder: Path, password: str = PASSWORD) -> Path:
    """The sound PDF encrypted; with an empty password anyone may open it."""
    path = folder / ("encrypted.pdf" if password else "encrypted-open.pdf")
    with pikepdf.open(io.BytesIO(_sound_bytes())) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=password, R=6))
    return path


def empty(folder: Path) -> Path:
    """A file without a byte."""
    return _written(folder / "empty.pdf", b"")


def renamed_picture(folder: Path) -> Path:
    """A PNG that is called a PDF."""
    file = io.BytesIO()
    Image.new("L", (64, 64), 200).save(file, "PNG")
    return _written(folder / "picture.pdf", file.getvalue())


def circular_pages(folder: Path) -> Path:
    """A page tree whose only child is itself."""
    return _written(
        folder / "circular.pdf",
        _assembled(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
        ),
    )


def empty_pages(folder: Path) -> Path:
    """Two thousand pages with nothing on them."""
    path = folder / "empty-pages.pdf"
    _canvas(path, EMPTY_PAGES, lambda canvas: None)
    return path


def wide_table(folder: Path) -> Path:
    """A ruled table of sixty columns."""
    path = folder / "wide.pdf"
    _canvas(path, 1, _wide)
    return path


def bomb(folder: Path) -> Path:
    """A page whose content inflates to two gigabytes: a file of a few megabytes."""
    packed = _packed(b"0 0 m 1 1 l S\n", BOMB_BYTES)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return _written(
        folder / "bomb.pdf",
        _assembled(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            content,
        ),
    )


def word_bomb(folder: Path) -> Path:
    """A Word file of a megabyte whose document inflates to a quarter of a gigabyte."""
    path = folder / "bomb.docx"
    file = io.BytesIO()
    Document().save(file)
    with (
        zipfile.ZipFile(file) as sound_file,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
    ):
        for name in sound_file.namelist():
            if name == "word/document.xml":
                _write_bomb(out, name)
            else:
                out.writestr(zipfile.ZipInfo(name), sound_file.read(name), zipfile.ZIP_DEFLATED)
    return path


def deep_page(folder: Path) -> Path:
    """A web page of fifty thousand elements, each inside the one before."""
    return _written(folder / "deep.html", b"<html><body>" + b"<div>" * DEPTH + b"x" + b"</div>" * DEPTH)


MAKERS: tuple[Callable[[Path], Path | list[Path]], ...] = (
    truncated,
    flipped,
    encrypted,
    empty,
    renamed_picture,
    circular_pages,
    empty_pages,
    wide_table,
    bomb,
    word_bomb,
    deep_page,
)


def stress_set(folder: Path) -> list[Path]:
    """Write every hostile file."""
    made = (maker(folder) for maker in MAKERS)
    return [path for each in made for path in (each if isinstance(each, list) else [each])]


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _sound_bytes() -> bytes:
    file = io.BytesIO()
    _canvas(file, PAGES, _lines, packed=False)
    return file.getvalue()


def _canvas(file: Path | io.BytesIO, pages: int, draw: Callable[[Any], None], packed: bool = True) -> None:
    name = str(file) if isinstance(file, Path) else file
    canvas = Canvas(name, pagesize=A4, invariant=1, pageCompression=int(packed))
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()


def _lines(canvas: Any) -> None:
    for i in range(40):
        canvas.drawString(72, 770 - 17 * i, f"{i + 1}. {PARAGRAPH}")


def _wide(canvas: Any) -> None:
    canvas.setFont("Helvetica", 4)
    edges = [20 + 9.2 * i for i in range(COLUMNS + 1)]
    rows = [800 - 12 * i for i in range(31)]
    canvas.grid(edges, rows)
    for top in rows[:-1]:
        for i, left in enumerate(edges[:-1]):
            canvas.drawString(left + 1, top - 8, str(i))


def _assembled(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first its catalogue."""
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    )


def _chunks(words: bytes, size: int) -> Iterator[bytes]:
    chunk = words * (CHUNK // len(words) + 1)
    for at in range(0, size, len(chunk)):
        yield chunk[: size - at]


def _packed(words: bytes, size: int) -> bytes:
    """So many bytes of the same words, deflated without ever being held whole.

    One chunk is deflated and its block repeated: each ends on a byte, and refers to nothing before it.
    """
    chunk = words * (CHUNK // len(words) + 1)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    count = -(-size // len(chunk))
    return b"\x78\x9c" + block * count + b"\x03\x00" + _adler(chunk, count)


def _adler(chunk: bytes, count: int) -> bytes:
    """The checksum of a chunk repeated, from that of one: sums of bytes, and of those sums."""
    modulus, one = 65521, zlib.adler32(chunk)
    low, high = (one & 0xFFFF) - 1, one >> 16
    a, b = 1, 0
    for _ in range(count):
        b = (b + high + len(chunk) * (a - 1)) % modulus
        a = (a + low) % modulus
    return (b << 16 | a).to_bytes(4, "big")


def _write_bomb(out: zipfile.ZipFile, name: str) -> None:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with out.open(entry, "w") as part:
        part.write(
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        )
        for chunk in _chunks(b"<w:p><w:r><w:t>ratify</w:t></w:r></w:p>", WORD_BOMB_BYTES):
            part.write(chunk)
        part.write(b"</w:body></w:document>")
