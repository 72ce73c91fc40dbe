"""The cache gives back what it was given, or nothing."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from ingest.intake import cache

KEY = cache.key_of("a", 1)
DATA = b"words " * 1000


def test_what_is_stored_is_fetched(tmp_path: Path) -> None:
    assert cache.fetch(tmp_path / "cache", KEY) is None
    cache.store(tmp_path / "cache", KEY, DATA)
    assert cache.fetch(tmp_path / "cache", KEY) == DATA
    (path,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    assert path.stat().st_size < len(DATA)


def test_a_key_tells_its_facts_apart() -> None:
    keys = [
        cache.key_of(*facts) for facts in (("ab", "c"), ("a", "bc"), ("abc",), ("ab", "c", ""), (1, 2), (12,))
    ]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("place", [0, 70, -1])
def test_a_damaged_entry_is_as_good_as_none(
    tmp_path: Path, place: int, caplog: pytest.LogCaptureFixture
) -> None:
    cache.store(tmp_path, KEY, DATA)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        assert cache.fetch(tmp_path, KEY) is None
    assert "damaged" in caplog.text


def test_an_entry_under_another_name_is_none(tmp_path: Path) -> None:
    other = cache.key_of("b")
    cache.store(tmp_path, KEY, DATA)
    (tmp_path / other[:2]).mkdir(exist_ok=True)
    (tmp_path / KEY[:2] / KEY).rename(tmp_path / other[:2] / other)
    assert cache.fetch(tmp_path, other) is None


def test_a_disk_that_refuses_costs_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "cache").write_text("not a folder")
    cache.store(tmp_path / "cache", KEY, DATA)
    assert "cannot be written" in caplog.text
