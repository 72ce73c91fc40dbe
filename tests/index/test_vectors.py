"""The cache of vectors does only the work that is missing, and never stands in the way."""

from __future__ import annotations

import logging
import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BuildError, ModelError
from index.embedding import Embeddings
from index.tokens import unpack
from index.toy import ToyEmbedder
from index.vectors import CHUNK, cached_vectors, fault_of, purge


class Counting(ToyEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self, model_id: str = "toy", revision: str = "1") -> None:
        self.model_id = model_id
        self.revision = revision
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]):
        self.asked.extend(texts)
        return super().embed(texts)


def silent(done: int, total: int) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.sqlite"


def test_only_what_is_missing_is_embedded(path: Path) -> None:
    embedder = Counting()
    cached_vectors(path, ["migrant workers", "labour inspection"], embedder, silent)
    embedder.asked.clear()
    texts = ["labour inspection", "safety", "migrant workers"]
    kept = cached_vectors(path, texts, embedder, silent)
    assert embedder.asked == ["safety"]
    made = ToyEmbedder().embed(texts)
    np.testing.assert_array_equal([one.vector for one in kept], made.vectors)
    for one, tokens in zip(kept, made.tokens, strict=True):
        np.testing.assert_array_equal(one.tokens.ids, tokens.ids)
        np.testing.assert_allclose(unpack(one.tokens), tokens.vectors, atol=0.01)


def test_a_text_that_occurs_twice_is_embedded_once(path: Path) -> None:
    embedder = Counting()
    kept = cached_vectors(path, ["safety", "safety"], embedder, silent)
    assert embedder.asked == ["safety"]
    assert len(kept) == 2


@pytest.mark.parametrize("other", [Counting("other", "1"), Counting("toy", "2")])
def test_another_model_or_revision_shares_nothing(path: Path, other: Counting) -> None:
    cached_vectors(path, ["safety"], Counting(), silent)
    cached_vectors(path, ["safety"], other, silent)
    assert other.asked == ["safety"]


def test_no_texts_make_no_vectors(path: Path) -> None:
    assert cached_vectors(path, [], Counting(), silent) == ()


def test_progress_counts_the_distinct_texts(path: Path) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"safety {n}" for n in range(CHUNK + 1)]
    cached_vectors(path, [*texts, texts[0]], Counting(), lambda done, total: told.append((done, total)))
    assert told == [(0, CHUNK + 1), (CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_what_was_done_before_a_crash_is_kept(path: Path) -> None:
    def crash(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    texts = [f"safety {n}" for n in range(CHUNK + 1)]
    with pytest.raises(KeyboardInterrupt):
        cached_vectors(path, texts, Counting(), crash)
    embedder = Counting()
    cached_vectors(path, texts, embedder, silent)
    assert len(embedder.asked) == 1


@pytest.mark.parametrize("damage", ["not a database at all, whatever its name says" * 9, ""])
def test_a_cache_that_is_no_database_is_set_aside_with_a_word(
    path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_text(damage)
    with caplog.at_level(logging.WARNING):
        kept = cached_vectors(path, ["safety"], Counting(), silent)
    assert len(kept) == 1
    aside = path.with_name("vectors.sqlite.corrupt")
    assert aside.exists() == bool(damage)
    assert ("damaged" in caplog.text) == bool(damage)


def test_a_cache_with_damaged_pages_is_set_aside(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    texts = [f"safety {n}" for n in range(40)]
    cached_vectors(path, texts, Counting(), silent)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    embedder = Counting()
    cached_vectors(path, texts, embedder, silent)
    assert len(embedder.asked) == 40
    assert "starting anew" in caplog.text


def test_a_cache_of_an_earlier_version_is_begun_anew(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE vectors (model TEXT, revision TEXT, hash BLOB, vector BLOB)")
    embedder = Counting()
    assert len(cached_vectors(path, ["safety"], embedder, silent)) == 1
    assert embedder.asked == ["safety"]


@pytest.mark.parametrize(
    ("column", "blob"),
    [
        ("vector", b"\0" * 3),
        ("vector", b"\0" * 4 * 677),
        ("vector", b"\xff" * 4 * 677),
        ("ids", b"\0" * 5),
        ("scales", b""),
        ("codes", b"\0"),
    ],
)
def test_a_damaged_vector_is_made_anew(path: Path, column: str, blob: bytes) -> None:
    cached_vectors(path, ["safety"], Counting(), silent)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE vectors SET {column} = ?", (blob,))
    embedder = Counting()
    [kept] = cached_vectors(path, ["safety"], embedder, silent)
    assert embedder.asked == ["safety"]
    np.testing.assert_array_equal(kept.vector, ToyEmbedder().embed(["safety"]).vectors[0])


def test_a_model_that_breaks_its_word_is_refused(path: Path) -> None:
    class Short(ToyEmbedder):
        dimension = 3

        def embed(self, texts: Sequence[str]):
            return Embeddings(np.ones((len(texts), 2), dtype=np.float32), ())

    with pytest.raises(ModelError, match=r"shape \(1, 2\) where \(1, 3\)"):
        cached_vectors(path, ["safety"], Short(), silent)


def test_a_bit_that_flips_anywhere_is_never_a_wrong_vector(path: Path) -> None:
    texts = [f"safety {n}" for n in range(4)]
    made = cached_vectors(path, texts, Counting(), silent)
    whole, chance = path.read_bytes(), random.Random(2012)
    places = [*range(0, 8 * 100, 7), *(chance.randrange(8 * len(whole)) for _ in range(150))]
    for place in places:
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        path.write_bytes(damaged)
        found = cached_vectors(path, texts, Counting(), silent)
        for one, other in zip(made, found, strict=True):
            np.testing.assert_array_equal(one.vector, other.vector)
            np.testing.assert_array_equal(unpack(one.tokens), unpack(other.tokens))


def test_a_cache_that_says_it_may_not_be_written_is_set_aside(path: Path) -> None:
    cached_vectors(path, ["safety"], Counting(), silent)
    damaged = bytearray(path.read_bytes())
    damaged[18] = 9  # the version of writers, of which SQLite knows two
    path.write_bytes(damaged)
    assert len(cached_vectors(path, ["safety", "labour"], Counting(), silent)) == 2
    assert path.with_name("vectors.sqlite.corrupt").exists()


def spoil_the_head(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def spoil_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = random.Random(7).randbytes(len(content) - 4096)
    path.write_bytes(content)


def empty_it(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("spoil", [spoil_the_head, spoil_a_page, empty_it])
def test_purging_a_damaged_cache_removes_it(path: Path, spoil: Callable[[Path], None]) -> None:
    texts = [f"words {number} of some length" for number in range(200)]
    cached_vectors(path, texts, Counting(), silent)
    assert fault_of(path) == ""
    spoil(path)
    assert fault_of(path)
    assert purge(path, texts) == 0
    assert not path.exists()
    assert fault_of(path) == ""


def test_purging_a_cache_in_use_is_a_clear_error_and_checking_it_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_vectors(path, ["safety"], Counting(), silent)
    monkeypatch.setattr("index.vectors.WAIT_SECONDS", 0.01)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BuildError, match=r"purged \(database is locked\).*nothing else uses it"):
            purge(path, [])
        assert fault_of(path) == ""
    assert purge(path, []) == 1


def test_checking_a_cache_writes_nothing(path: Path) -> None:
    cached_vectors(path, ["safety"], Counting(), silent)
    before = {one: one.stat().st_mtime_ns for one in (path, path.parent)}
    assert fault_of(path) == ""
    assert {one: one.stat().st_mtime_ns for one in (path, path.parent)} == before
