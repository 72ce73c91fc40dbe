"""The catalogue of added documents takes entries in and lets them go, and leaves the rest as it was."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.added import add_entry, changing, entry_of, load_added, remove_entry, replace_entry
from corpus.documents import Source
from corpus.errors import CatalogueError, RecordNotFoundError


def source_in(folder: Path, name: str = "rafts-2020", **facts: object) -> Source:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(name)
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    source = Source(
        name,
        "On Rafts",
        "Rafts",
        "slom",
        "paper",
        "2020-05",
        None,
        "en",
        "free",
        sha256,
        folder / f"{name}.txt",
    )
    return replace(source, **facts)  # type: ignore[arg-type]


def test_a_folder_without_a_catalogue_holds_nothing(tmp_path: Path) -> None:
    assert load_added(tmp_path / "nowhere") == ()


def test_an_entry_reads_back(tmp_path: Path) -> None:
    first = source_in(tmp_path, period=(2016, 2020))
    second = source_in(tmp_path, "boats", title='A "quoted" title \\ with C:\\n')
    for source in (first, second):
        add_entry(tmp_path, source)
    assert load_added(tmp_path) == (first, second)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_title_is_written_as_toml(title: str) -> None:
    source = Source("a", title, "A", "slom", "paper", "2020", None, "en", "-", "0" * 64, Path("/x/a.txt"))
    (entry,) = tomllib.loads(entry_of(source, Path("/x")))["source"]
    assert entry["title"] == title


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    add_entry(tmp_path, source_in(tmp_path))
    path = tmp_path / "catalogue.toml"
    path.write_text(path.read_text() + "\n# A remark of mine.\n")
    before = path.read_text()
    add_entry(tmp_path, source_in(tmp_path, "boats"))
    assert path.read_text().startswith(before)
    remove_entry(tmp_path, "boats")
    assert path.read_text().strip() == before.strip()
    assert not (tmp_path / "boats.txt").exists()


def test_a_remark_before_the_next_entry_stays_when_one_is_removed(tmp_path: Path) -> None:
    add_entry(tmp_path, source_in(tmp_path))
    path = tmp_path / "catalogue.toml"
    path.write_text(path.read_text() + "\n# Of the boats.\n")
    boats = source_in(tmp_path, "boats")
    add_entry(tmp_path, boats)
    remove_entry(tmp_path, "rafts-2020")
    assert "# Of the boats.\n" in path.read_text()
    assert load_added(tmp_path) == (boats,)
    remove_entry(tmp_path, "boats")
    assert load_added(tmp_path) == ()


def test_a_wrong_entry_leaves_the_catalogue_as_it_was(tmp_path: Path) -> None:
    add_entry(tmp_path, source_in(tmp_path))
    before = (tmp_path / "catalogue.toml").read_bytes()
    for wrong in (
        {"date": "May 2020"},
        {"id": "rafts-2020", "path": tmp_path / "other.txt"},
        {"language": "English"},
    ):
        with pytest.raises(CatalogueError):
            add_entry(tmp_path, source_in(tmp_path, "boats", **wrong))
    assert (tmp_path / "catalogue.toml").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "boats.txt",
        "catalogue.toml",
        "rafts-2020.txt",
    ]


def test_an_entry_that_hides_another_in_its_words_is_not_cut(tmp_path: Path) -> None:
    add_entry(tmp_path, source_in(tmp_path))
    path = tmp_path / "catalogue.toml"
    path.write_text(path.read_text().replace('rights = "free"', 'rights = """\n[[source]]\n"""'))
    with pytest.raises(CatalogueError, match="Remove it by hand"):
        remove_entry(tmp_path, "rafts-2020")
    assert (tmp_path / "rafts-2020.txt").exists()


def test_what_was_not_added_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(RecordNotFoundError, match="'boats'"):
        remove_entry(tmp_path, "boats")


def test_a_password_is_for_the_owner_alone(tmp_path: Path) -> None:
    source = source_in(tmp_path, password="s3cret")
    assert "s3cret" not in repr(source)
    add_entry(tmp_path, source)
    assert (tmp_path / "catalogue.toml").stat().st_mode & 0o077 == 0
    add_entry(tmp_path, source_in(tmp_path, "boats"))
    assert (tmp_path / "catalogue.toml").stat().st_mode & 0o077 == 0
    assert load_added(tmp_path)[0].password == "s3cret"


def test_changing_makes_the_folder(tmp_path: Path) -> None:
    with changing(tmp_path / "home" / "sources"):
        assert (tmp_path / "home" / "sources").is_dir()


def test_an_entry_is_replaced_in_its_place(tmp_path: Path) -> None:
    for name in ("rafts-2020", "boats"):
        add_entry(tmp_path, source_in(tmp_path, name))
    path = tmp_path / "catalogue.toml"
    path.write_text(path.read_text().replace("\n\n[[", "\n\n# Of the boats.\n[["))
    old, boats = load_added(tmp_path)
    new = replace(source_in(tmp_path, "new"), id=old.id)
    replace_entry(tmp_path, new)
    assert load_added(tmp_path) == (new, boats)
    assert "# Of the boats.\n[[" in path.read_text()
    assert not old.path.exists()
    with pytest.raises(RecordNotFoundError):
        replace_entry(tmp_path, source_in(tmp_path, "ships"))
    with pytest.raises(CatalogueError):
        replace_entry(tmp_path, replace(source_in(tmp_path, "newer"), id=old.id, date="soon"))
    assert load_added(tmp_path) == (new, boats)
