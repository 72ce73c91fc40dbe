"""Who notices a damaged file: whoever opens a small index; of a large one a full check, or a sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import GenerationError
from index.manifest import BLOCK_BYTES, BLOCKS, check_files, facts_of, read_manifest, write_manifest
from tests.index.conftest import Library

SIZE = 4 * BLOCKS * BLOCK_BYTES


@pytest.fixture
def folder(library: Library) -> Path:
    """A generation with a large file beside its own."""
    name = library.build_texts("Some words.")
    folder = library.home / "generations" / name
    (folder / "large").write_bytes(bytes(SIZE))
    return folder


def check(folder: Path, **options: bool) -> None:
    check_files(folder, read_manifest(folder), **options)


@pytest.mark.parametrize("at", [0, BLOCK_BYTES - 1, SIZE - 1, SIZE - BLOCK_BYTES, 3 * BLOCK_BYTES])
def test_a_flipped_bit_is_noticed(folder: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = read_manifest(folder)
    facts = replace(manifest, files=facts_of(folder))
    write_manifest(folder, facts)
    check(folder)
    with (folder / "large").open("r+b") as file:
        file.seek(at)
        file.write(b"\x01")
    for whole in (True, None):  # as a whole, and where the size of the index decides: this one is small
        with pytest.raises(GenerationError, match="large has changed"):
            check_files(folder, facts, whole)
    monkeypatch.setattr("index.manifest.WHOLE_BYTES", 0)
    if at == 3 * BLOCK_BYTES:  # between the blocks that are looked at: only a full check reads it
        check_files(folder, facts)
    else:
        with pytest.raises(GenerationError, match="large has changed"):
            check_files(folder, facts)


def test_files_taken_over_are_not_hashed_again(folder: Path) -> None:
    known = {fact.path: fact for fact in facts_of(folder)}
    (folder / "large").write_bytes(b"other")
    assert {fact.path: fact for fact in facts_of(folder, known)} == known
    assert facts_of(folder) != tuple(known.values())
