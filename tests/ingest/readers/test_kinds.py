"""What a file is, told from its bytes."""

import codecs
import hashlib
import zipfile

import pytest

from corpus.documents import Source
from corpus.errors import SourceError
from ingest.pipeline import transcribe
from ingest.readers import text as text_reader
from ingest.readers.kinds import FileType, file_type
from tests.ingest.readers.word_files import paragraph, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def source_of(path):
    """A catalogue entry of a file."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Source("a", "A", "A", "slom", "paper", "2012", None, "en", "free", sha256, path)


@pytest.fixture
def of(tmp_path):
    """Tell what some bytes are, whatever the name of their file."""

    def tell(data):
        path = tmp_path / "misleading.pdf.png"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return file_type(path)

    return tell


def zipped(tmp_path, *names):
    path = tmp_path / "a.bin"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


@pytest.mark.parametrize(("data", "kind"), [
    (b"%PDF-1.7\n\xff\xfe", FileType.PDF),
    (b"\x00" * 900 + b"%PDF-1.4", FileType.PDF),
    (codecs.BOM_UTF8 + b"%PDF-1.4", FileType.PDF),
    (b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\n%\xe2\xe3\n1 0 obj", FileType.PDF),
    ("A file that begins with %PDF-1.4 is a PDF.", FileType.TEXT),
    ("Marks of files:\n%PDF-1.4 for one.", FileType.TEXT),
    ('<p align="center"><img src="logo.png"></p>\n\n# A plan\n\nWords', FileType.TEXT),
    ("<div>\n\n| Aim | Body |\n|-----|------|\n| a | b |", FileType.TEXT),
    ("<!doctype html><pre>\n# A plan\n</pre>", FileType.HTML),
    ("<script>x = 1</script><p>Words", FileType.HTML),
    ("<header><h1>Plan</h1></header>", FileType.HTML),
    ("<!DOCTYPE html><p>x", FileType.HTML),
    ('<?xml version="1.0"?>\n<!-- made -->\n<html xmlns="x">', FileType.HTML),
    ("  <h1>A plan</h1>", FileType.HTML),
    ("<HTML>Coopération".encode("latin-1"), FileType.HTML),
    ("<html>".encode("utf-16"), FileType.HTML),
    ("Words of a plan.", FileType.TEXT),
    ("# A plan\n\n- <b>one</b>", FileType.TEXT),
    ("<div class='x'>", FileType.HTML),
    ("<!-- a note -->\n" * 60 + "# A plan\n\n1. Go.\n", FileType.TEXT),
    ("<!-- a note -->\n" * 60 + "<p>Words", FileType.HTML),
    ("<u>Gender</u> equality", FileType.TEXT),
    ("BM is a name, and so is GI", FileType.TEXT),
    (codecs.BOM_UTF8 + "Coopération".encode(), FileType.TEXT),
    ("Coopération".encode("utf-16"), FileType.TEXT),
    (("é" * 5000).encode(), FileType.TEXT),
    ("one\ftwo\r\n\tthree", FileType.TEXT),
])  # fmt: skip
def test_a_file_is_what_its_bytes_say(of, data, kind):
    assert of(data) is kind


@pytest.mark.parametrize(("data", "cause", "remedy", "reason"), [
    (b"", "is empty", "Restore", "empty"),
    (b" \n\t", "white space", "Restore", "empty"),
    (b"\x89PNG\r\n\x1a\n", "PNG picture", "Recognise", "unknown type"),
    (b"\xff\xd8\xff\xe0", "JPEG picture", "Recognise", "unknown type"),
    (b"II*\x00\x08", "TIFF picture", "Recognise", "unknown type"),
    (b"BM\xf6\x00\x00\x00\x00\x00\xff", "BMP picture", "Recognise", "unknown type"),
    (b"{\\rtf1 words}", "Rich Text", "docx", "unknown type"),
    (b"\x1f\x8b\x08", "gzip", "Unpack", "unknown type"),
    (OLE + b"\x00" * 600, "old Office", "docx", "unknown type"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password", "encrypted"),
    (b"PK\x03\x04broken", "damaged zip", "anew", "damaged"),
    ("Coopération".encode("latin-1"), "no text in UTF-8", "Convert", "unknown type"),
    (b"words \x00\x01\x02\x03", "no text", "Convert", "unknown type"),
    (b"\x7fELF\x02\x01\x01" + b"\x00" * 50, "no text", "Convert", "unknown type"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_with_a_remedy(of, data, cause, remedy, reason):
    with pytest.raises(SourceError, match=cause) as caught:
        of(data)
    assert remedy in str(caught.value)
    assert caught.value.reason == reason
    assert "misleading.pdf.png" in str(caught.value)


@pytest.mark.parametrize(("names", "cause"), [
    (["[Content_Types].xml", "xl/workbook.xml"], "Excel"),
    (["[Content_Types].xml", "ppt/presentation.xml"], "PowerPoint"),
    (["mimetype", "content.xml"], "OpenDocument"),
    (["META-INF/container.xml"], "EPUB"),
    (["[Content_Types].xml"], "without a document"),
    (["a.txt", "b.pdf"], "zip archive"),
    ([], "zip archive"),
])  # fmt: skip
def test_other_zips_are_named(tmp_path, names, cause):
    with pytest.raises(SourceError, match=cause):
        file_type(zipped(tmp_path, *names))


def test_word_files_are_told_by_their_document(tmp_path):
    assert file_type(write(tmp_path / "a.txt", paragraph("Words"))) is FileType.DOCX
    assert file_type(zipped(tmp_path, "word/document2.xml")) is FileType.DOCX


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            file_type(path)


def test_characters_that_nothing_prints_are_no_part_of_a_text_and_are_told_of(tmp_path):
    (tmp_path / "a").write_text("Publish\0 all costs.\x1f\n" + "Inspect all rafts.\n" * 20)
    found = transcribe(source_of(tmp_path / "a"))
    assert found.text.startswith("Publish\ufffd all costs.\ufffd\n")
    assert found.notices[0].words.startswith("2 characters of it are signs for machines")


@pytest.mark.parametrize(("data", "pages"), [
    ("one\ftwo\f", ["one\f", "two\f"]), ("one\ftwo", ["one\f", "two"]), ("one\f\f", ["one\f", "\f"]),
])  # fmt: skip
def test_a_form_feed_at_the_end_begins_no_page(tmp_path, data, pages):
    (tmp_path / "a").write_text(data)
    found = transcribe(source_of(tmp_path / "a"))
    assert [found.text[page.start : page.end] for page in found.pages] == pages


@pytest.mark.parametrize(("data", "text"), [
    ("Coopération.".encode("utf-16"), "Coopération."),
    ("Coopération.".encode("utf-8-sig"), "Coopération."),
    (b"<!doctype html><p>Words.", "Words.\n"),
])  # fmt: skip
def test_each_kind_has_its_reader(tmp_path, data, text):
    path = tmp_path / "a"
    path.write_bytes(data)
    assert transcribe(source_of(path)).text == text


def test_the_reader_of_word_files_is_registered(tmp_path):
    path = write(tmp_path / "a", paragraph("Words"))
    assert transcribe(source_of(path)).text == "Words\n"


@pytest.mark.parametrize(("data", "cause"), [
    (b" \n", "only white space"), ("é".encode("latin-1"), "not UTF-8"), ("aé".encode()[:2], "not UTF-8"),
])  # fmt: skip
def test_a_text_that_cannot_be_read_is_refused(tmp_path, data, cause):
    path = tmp_path / "a"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause):
        text_reader.read(path)
