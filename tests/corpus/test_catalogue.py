"""The catalogue is read and checked in full, and no file is taken for what it is not."""

import hashlib
import os
from pathlib import Path

import pytest

from corpus.authority import load_authority
from corpus.catalogue import DEFAULT_CATALOGUE, MAX_BYTES, load_catalogue, read_bytes, read_text
from corpus.documents import Source
from corpus.errors import CatalogueError, SourceError

TEXT = "1. First line\r\n2. Zweite Zeile: naïve ‘quotes’\n"
FIELDS = {
    "id": '"a-text"',
    "title": '"A Text"',
    "short_title": '"Text"',
    "body": '"slom"',
    "kind": '"paper"',
    "date": '"2012-10"',
    "period": "[2011, 2015]",
    "language": '"en"',
    "rights": '"not stated in the text"',
    "sha256": f'"{hashlib.sha256(TEXT.encode()).hexdigest()}"',
    "file": '"a.txt"',
}


def entry(**changes: str | None) -> str:
    fields = {**FIELDS, **changes}
    lines = [f"{name} = {value}" for name, value in fields.items() if value is not None]
    return "\n".join(["[[source]]", *lines, ""])


def catalogue(folder: Path, *entries: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text("\n".join(entries), encoding="utf-8")
    return path


def one_source(folder: Path, data: bytes | None, **changes: str | None) -> Source:
    if data is not None:
        (folder / "a.txt").write_bytes(data)
        changes.setdefault("sha256", f'"{hashlib.sha256(data).hexdigest()}"')
    return load_catalogue(catalogue(folder, entry(**changes)))[0]


def test_the_five_texts_are_there_unchanged() -> None:
    sources = load_catalogue()
    assert {source.id for source in sources} == {
        "alm-work-programme-2010-2015",
        "slom-work-plans-2012",
        "alm-work-programme-2016-2020",
        "asean-workers-protection-2017",
        "ilo-mission-report-mataram-2003",
    }
    for source in sources:
        assert read_text(source).encode("utf-8") == source.path.read_bytes()


def test_every_issuing_body_is_in_the_authority_file() -> None:
    authority = load_authority()
    for source in load_catalogue():
        assert authority.body_id(source.body) == source.body


def test_every_text_has_its_entry() -> None:
    files = set((DEFAULT_CATALOGUE.parent / "texts").glob("*.txt"))
    assert {source.path for source in load_catalogue()} == {file.resolve() for file in files}


def test_an_entry_becomes_a_source(tmp_path: Path) -> None:
    source = one_source(tmp_path, TEXT.encode())
    assert (source.id, source.body, source.year, source.period) == ("a-text", "slom", 2012, (2011, 2015))
    assert read_bytes(source) == TEXT.encode()
    assert read_text(source) == TEXT


def test_a_period_may_be_left_out(tmp_path: Path) -> None:
    assert one_source(tmp_path, None, period=None).period is None


@pytest.mark.parametrize("date", ["2012", "2012-10", "2012-10-31", "2012-02-29"])
def test_a_date_may_be_partial(tmp_path: Path, date: str) -> None:
    assert one_source(tmp_path, None, date=f'"{date}"').date == date


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": None}, "'title' is missing"),
        ({"title": '"  "'}, "'title' must be words in quotes"),
        ({"title": "7"}, "'title' must be words in quotes"),
        ({"publisher": '"X"'}, "unknown field 'publisher'"),
        ({"id": '"A Text"'}, "Write 'a-text'"),
        ({"body": '"SLOM"'}, "Write 'slom'"),
        ({"kind": '"Work Plan"'}, "Write 'work-plan'"),
        ({"date": '"2012-13"'}, "date '2012-13' is wrong"),
        ({"date": '"2013-02-29"'}, "date '2013-02-29' is wrong"),
        ({"date": '"0000"'}, "date '0000' is wrong"),
        ({"date": '"October 2012"'}, "date 'October 2012' is wrong"),
        ({"date": "2012-10-31"}, "'date' must be words in quotes"),
        ({"period": "[2015, 2011]"}, "period .* is wrong"),
        ({"period": "[2015]"}, "period .* is wrong"),
        ({"period": '["2011", "2015"]'}, "period .* is wrong"),
        ({"period": '"2011-2015"'}, "period .* is wrong"),
        ({"language": '"English"'}, "language 'English' is wrong"),
        ({"sha256": '"abc"'}, "sha256 'abc' is wrong"),
        ({"file": '"../a.txt"'}, "is outside"),
        ({"file": '"/etc/hostname"'}, "is outside"),
        ({"file": '"."'}, "is outside"),
        ({"file": r'"a\u0000b"'}, "is not a file name"),
    ],
)
def test_a_wrong_entry_is_refused_in_words(
    tmp_path: Path, changes: dict[str, str | None], complaint: str
) -> None:
    path = catalogue(tmp_path, entry(**changes))
    with pytest.raises(CatalogueError, match=complaint) as caught:
        load_catalogue(path)
    assert str(path) in str(caught.value)
    assert "entry 1" in str(caught.value)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside)
    with pytest.raises(CatalogueError, match="is outside"):
        load_catalogue(catalogue(folder, entry()))


@pytest.mark.parametrize(
    ("second", "complaint"), [({"file": '"b.txt"'}, "the id 'a-text'"), ({"id": '"b"'}, "the file")]
)
def test_two_entries_may_not_share(tmp_path: Path, second: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(CatalogueError, match=f"two entries have {complaint}"):
        load_catalogue(catalogue(tmp_path, entry(), entry(**second)))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b'[[source]]\nid = "x\n', "not valid TOML: .*line 2"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", r"no \[\[source\]\] entry"),
        (b"source = []", r"no \[\[source\]\] entry"),
        (b"source = [1]", "entry 1 is not a table"),
        (b'[source]\nid = "x"', r"no \[\[source\]\] entry"),
        (b'[[sources]]\nid = "x"', "unknown table 'sources'"),
    ],
)
def test_a_malformed_catalogue_is_refused_in_words(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=complaint):
        load_catalogue(path)


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no catalogue here"):
        load_catalogue(tmp_path / "catalogue.toml")
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (None, "there is no such file"),
        (b"", "it is empty"),
        (b" \n\t\r\n", "only white space"),
        (b"na\xefve", r"not UTF-8 \(byte 2\)"),
    ],
)
def test_a_useless_file_is_refused_in_words(tmp_path: Path, data: bytes | None, complaint: str) -> None:
    source = one_source(tmp_path, data)
    with pytest.raises(SourceError, match=complaint) as caught:
        read_text(source)
    assert str(source.path) in str(caught.value)
    assert "'a-text'" in str(caught.value)


def test_a_changed_file_is_refused_with_both_fingerprints(tmp_path: Path) -> None:
    source = one_source(tmp_path, TEXT.encode())
    source.path.write_bytes(TEXT.encode() + b" ")
    with pytest.raises(SourceError, match="it has changed") as caught:
        read_bytes(source)
    assert source.sha256 in str(caught.value)
    assert hashlib.sha256(TEXT.encode() + b" ").hexdigest() in str(caught.value)


def test_a_folder_or_a_pipe_is_no_text(tmp_path: Path) -> None:
    source = one_source(tmp_path, None)
    source.path.mkdir()
    with pytest.raises(SourceError, match="not a regular file"):
        read_bytes(source)
    source.path.rmdir()
    os.mkfifo(source.path)
    with pytest.raises(SourceError, match="not a regular file"):
        read_bytes(source)


def test_an_enormous_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    source = one_source(tmp_path, None)
    with source.path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # sparse: takes no room on the disk
    with pytest.raises(SourceError, match="over the"):
        read_bytes(source)
