"""Each hostile file is what it claims to be; how readers take them is tested where files are taken in."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from tests.ingest import hostile


def pages_of(path: Path, password: str = "") -> int:
    with pikepdf.open(path, password=password) as pdf:
        return len(pdf.pages)


def test_the_sound_file_is_sound(tmp_path: Path) -> None:
    assert pages_of(hostile.sound(tmp_path)) == hostile.PAGES


def test_the_truncated_files_are_beginnings_of_the_sound_one(tmp_path: Path) -> None:
    whole = hostile.sound(tmp_path).read_bytes()
    parts = [path.read_bytes() for path in hostile.truncated(tmp_path)]
    assert len({len(part) for part in parts}) == hostile.CUTS
    assert all(part and len(part) < len(whole) and whole.startswith(part) for part in parts)


def test_two_hundred_bytes_are_turned_over(tmp_path: Path) -> None:
    whole, damaged = hostile.sound(tmp_path).read_bytes(), hostile.flipped(tmp_path).read_bytes()
    changed = [(a, b) for a, b in zip(whole, damaged, strict=True) if a != b]
    assert len(changed) == hostile.FLIPPED
    assert all(a ^ b == 0xFF for a, b in changed)


def test_the_encrypted_file_opens_with_its_password_alone(tmp_path: Path) -> None:
    path = hostile.encrypted(tmp_path)
    with pytest.raises(pikepdf.PasswordError):
        pages_of(path)
    assert pages_of(path, hostile.PASSWORD) == hostile.PAGES
    assert pages_of(hostile.encrypted(tmp_path, password="")) == hostile.PAGES


def test_files_that_are_no_pdf(tmp_path: Path) -> None:
    assert hostile.empty(tmp_path).stat().st_size == 0
    assert hostile.renamed_picture(tmp_path).read_bytes().startswith(b"\x89PNG")


def test_the_page_tree_points_at_itself(tmp_path: Path) -> None:
    data = hostile.circular_pages(tmp_path).read_bytes()
    ((number, kid),) = re.findall(rb"(\d+) 0 obj\n<< /Type /Pages /Kids \[(\d+) 0 R\]", data)
    assert number == kid


def test_two_thousand_empty_pages(tmp_path: Path) -> None:
    assert pages_of(hostile.empty_pages(tmp_path)) == hostile.EMPTY_PAGES


def test_the_table_has_sixty_columns(tmp_path: Path) -> None:
    with pikepdf.open(hostile.wide_table(tmp_path)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
    assert drawn.count(b" Tj") == hostile.COLUMNS * 30


def test_the_bomb_inflates_to_two_gigabytes(tmp_path: Path) -> None:
    """Its deflated block is inflated once, and the rest is so many copies of it."""
    path = hostile.bomb(tmp_path)
    assert path.stat().st_size < 8 << 20
    (start, length) = next(
        (found.end(), int(found[1]))
        for found in re.finditer(rb"/Length (\d+).*\nstream\n", path.read_bytes())
    )
    packed = path.read_bytes()[start : start + length]
    mark = packed.index(b"\x00\x00\xff\xff") + 4
    block = packed[2:mark]
    copies, tail = divmod(length - 2 - 6, len(block))
    assert (tail, packed[2 : 2 + copies * len(block)]) == (0, block * copies)
    assert copies * len(zlib.decompressobj(-15).decompress(block)) >= hostile.BOMB_BYTES


def test_a_stream_packed_by_repetition_is_a_sound_one() -> None:
    words = b"0 0 m 1 1 l S\n"
    unpacked = zlib.decompress(hostile._packed(words, 3 * hostile.CHUNK))
    assert unpacked == words * (len(unpacked) // len(words))
    assert len(unpacked) >= 3 * hostile.CHUNK


def test_the_word_bomb_is_small_and_inflates_to_a_large_document(tmp_path: Path) -> None:
    path = hostile.word_bomb(tmp_path)
    assert path.stat().st_size < 4 << 20
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("word/document.xml").file_size > hostile.WORD_BOMB_BYTES
        assert "[Content_Types].xml" in archive.namelist()


def test_the_web_page_is_fifty_thousand_elements_deep(tmp_path: Path) -> None:
    data = hostile.deep_page(tmp_path).read_bytes()
    assert data.index(b"</div>") > data.rindex(b"<div>")
    assert data.count(b"<div>") == hostile.DEPTH


def test_the_stress_set_holds_every_file_once(tmp_path: Path) -> None:
    made = hostile.stress_set(tmp_path)
    assert sorted(made) == sorted(tmp_path.iterdir())
    assert len(made) == hostile.CUTS + len(hostile.MAKERS) - 1
