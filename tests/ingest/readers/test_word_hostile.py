"""Word files that are damaged, or made to do harm."""

import re
import zipfile

import pytest

from corpus.errors import SourceError
from ingest.composing import compose
from ingest.readers import zips
from ingest.readers.docx import read
from ingest.readers.word import package
from tests.ingest.readers.word_files import SPACES, cell, paragraph, row, table, write


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.docx"


def refused(path, words):
    with pytest.raises(SourceError, match=words) as caught:
        read(path)
    assert path.name in str(caught.value)
    assert re.search(r"\. [A-Z][a-z]+ .*\.$", str(caught.value)), "no remedy"


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(f"word/{name}.xml", data)
    return path


def test_what_is_no_zip_is_refused(path):
    path.write_bytes(b"words")
    refused(path, "damaged zip")


def test_a_cut_off_file_is_refused(path):
    write(path, paragraph("Words"))
    path.write_bytes(path.read_bytes()[:200])
    refused(path, "damaged zip")


def test_spoilt_data_is_refused(path):
    write(path, paragraph("Words " * 500))
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 60
    data[at : at + 30] = b"\xff" * 30
    path.write_bytes(bytes(data))
    refused(path, "damaged zip")


def test_a_missing_file_is_refused(path):
    refused(path, "cannot be read")


def test_a_zip_without_a_document_is_refused(path):
    refused(zipped(path, other="<a/>"), "has no document")


def test_a_document_without_words_is_refused(path):
    refused(write(path, paragraph("")), "holds no words")


def test_xml_that_is_not_sound_is_refused(path):
    refused(zipped(path, document="<w:document"), "not sound XML")


def test_entities_are_not_expanded(path):
    bomb = "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]>"
    refused(zipped(path, document=f"{bomb}<w:document {SPACES}>&c;</w:document>"), "document type")
    read_file = f"<!DOCTYPE a [<!ENTITY b SYSTEM 'file://{path}'>]><w:document {SPACES}>&b;</w:document>"
    refused(zipped(path, document=read_file), "document type")


def test_tags_nested_without_end_are_refused(path):
    refused(zipped(path, document="<a>" * 5000 + "</a>" * 5000), "not sound XML")


def test_a_part_that_would_unpack_to_too_much_is_not_unpacked(path, monkeypatch):
    refused(zipped(path, document=b" " * (package.SMALL + 1)), "would unpack to more")
    monkeypatch.setattr(package, "LARGEST_PART", 100)
    refused(write(path, paragraph("Words " * 50)), "would unpack to more")


def test_a_part_that_lies_about_its_size_is_cut_off(path, monkeypatch):
    write(path, paragraph("Words " * 500))
    monkeypatch.setattr(package, "LARGEST_PART", 2000)
    monkeypatch.setattr(package, "_check", lambda entry: None)
    refused(path, "would unpack to more")


def test_a_zip_of_too_many_files_is_refused_before_it_is_opened(path, monkeypatch):
    write(path, paragraph("Words"))
    monkeypatch.setattr(zips, "LARGEST_DIRECTORY", 10)
    refused(path, "more than 10000 files")
    monkeypatch.undo()
    monkeypatch.setattr(zips, "MOST_ENTRIES", 2)
    refused(path, "more than 2 files")


def test_an_encrypted_part_is_refused(path):
    write(path, paragraph("Words"))
    data = bytearray(path.read_bytes())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    path.write_bytes(bytes(data))
    refused(path, "encrypted")


def test_a_table_of_too_many_places_is_refused(path):
    wide = '<w:gridSpan w:val="999999999"/>'
    rows = row(cell("a", properties=wide)) * 9000
    refused(write(path, table(rows)), "9000 rows and 1000 columns")


def test_numbers_that_no_one_writes_do_no_harm(path):
    strange = '<w:gridSpan w:val="-5"/><w:vMerge w:val="x"/>'
    before = '<w:gridBefore w:val="99999999999999999999"/>'
    found = read(
        write(path, table(row(cell("a", properties=strange), properties=before), row(cell("b"), cell("c"))))
    )
    assert compose(found).text.split() == ["a", "b", "c"]


def test_tables_in_tables_are_read_as_deep_as_the_parser_goes(path):
    inner = "Words"
    for _ in range(60):
        inner = table(row(cell(inner)))
    assert compose(read(write(path, inner))).text == "Words\n"


def test_a_long_file_is_read(path):
    found = read(write(path, "".join(paragraph(f"Words {n}") for n in range(5000))))
    assert len(found.elements) == 5000
    assert len(compose(found).pieces) == 5000
