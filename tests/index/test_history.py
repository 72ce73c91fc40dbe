"""The order of generations is written down, a policy says which stay, and a rollback holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import BuildError, GenerationError, LockedError
from index.folders import build_lock, read_pointer
from index.generations import open_generation
from index.history import read_history, read_rollback, retained, roll_back
from index.toy import ToyEmbedder


def folders(library) -> set[str]:
    return {path.name for path in (library.home / "generations").iterdir()}


def built(library, *digests: str, **fields) -> list[str]:
    return [library.build_texts(f"Words of {digest}.", digest=digest, **fields) for digest in digests]


@pytest.mark.parametrize(
    ("history", "current", "new", "keep", "expected"),
    [
        ((), None, "a", 2, ("a",)),
        (("a",), "a", "b", 2, ("a", "b")),
        (("a", "b"), "b", "c", 2, ("b", "c")),
        (("a", "b"), "b", "c", 3, ("a", "b", "c")),
        (("a", "b"), "a", "c", 3, ("a", "c")),
        (("a", "b"), None, "c", 2, ("b", "c")),
        (("a", "b"), "b", "a", 2, ("b", "a")),
    ],
)
def test_the_policy(history, current, new, keep, expected) -> None:
    assert retained(history, current, new, keep) == expected


def test_as_many_stay_as_asked_for_in_their_order(library) -> None:
    names = built(library, "one", "two", "three", "four", keep=3)
    assert read_history(library.home) == tuple(names[1:])
    assert folders(library) == set(names[1:])


def test_the_one_before_is_gone_back_to_and_the_one_left_stays_until_the_next_build(library) -> None:
    first, second = built(library, "one", "two")
    done = roll_back(library.home, library.embedder)
    assert (done.to, done.left, done.sources) == (first, second, "two")
    assert open_generation(library.home, library.embedder).name == first
    assert read_rollback(library.home) == done
    assert folders(library) == {first, second}
    (third,) = built(library, "three")
    assert read_history(library.home) == (first, third)
    assert folders(library) == {first, third}
    assert read_rollback(library.home) is None
    assert not (library.home / "ROLLED_BACK").exists()


def test_one_may_go_back_again_while_there_is_one_before(library) -> None:
    names = built(library, "one", "two", "three", keep=3)
    assert [roll_back(library.home, library.embedder).to for _ in range(2)] == [names[1], names[0]]
    with pytest.raises(GenerationError, match=f"no generation before {names[0]} in .*labour index"):
        roll_back(library.home, library.embedder)
    assert read_pointer(library.home) == names[0]


def test_without_an_index_there_is_nothing_to_go_back_to(library) -> None:
    with pytest.raises(GenerationError, match="no generation before the first"):
        roll_back(library.home, library.embedder)
    assert not library.home.exists()


def test_a_damaged_one_before_is_refused_and_nothing_moves(library) -> None:
    first, second = built(library, "one", "two")
    (library.home / "generations" / first / "manifest.json").write_bytes(b"")
    with pytest.raises(GenerationError, match="cannot be read"):
        roll_back(library.home, library.embedder)
    assert read_pointer(library.home) == second
    assert read_rollback(library.home) is None


def test_a_damaged_current_one_is_left(library) -> None:
    first, second = built(library, "one", "two")
    (library.home / "generations" / second / "manifest.json").unlink()
    assert roll_back(library.home, library.embedder).to == first
    assert open_generation(library.home, library.embedder).name == first


def test_the_one_before_of_another_model_is_refused(library) -> None:
    class Other(ToyEmbedder):
        model_id = "other"

    built(library, "one")
    (second,) = built(library, "two", embedder=Other())
    with pytest.raises(GenerationError, match="made with the model toy"):
        roll_back(library.home, Other())
    assert read_pointer(library.home) == second


def test_a_rollback_waits_for_no_build(library) -> None:
    _, second = built(library, "one", "two")
    with build_lock(library.home), pytest.raises(LockedError, match=f"process {os.getpid()} on"):
        roll_back(library.home, library.embedder)
    assert read_pointer(library.home) == second


def test_a_disk_that_refuses_is_said(library) -> None:
    _, second = built(library, "one", "two")
    (library.home / "CURRENT.new").mkdir()
    with pytest.raises(BuildError, match=r"could not be moved.*labour rollback"):
        roll_back(library.home, library.embedder)
    assert read_pointer(library.home) == second


def test_the_same_sources_need_no_mark(library) -> None:
    built(library, "one", "one")
    roll_back(library.home, library.embedder, "one")
    assert read_rollback(library.home) is None


@pytest.mark.parametrize("words", ["", "{", "[]", "{}", '{"to": 1}', "\x00"])
def test_a_mark_that_is_none_counts_for_nothing(library, words: str) -> None:
    built(library, "one", "two")
    roll_back(library.home, library.embedder)
    (library.home / "ROLLED_BACK").write_text(words)
    assert read_rollback(library.home) is None


def test_an_order_that_is_lost_is_made_out_from_the_folders(library) -> None:
    first, second = built(library, "one", "two")
    for spoil in (Path.unlink, lambda path: path.write_bytes(b"\xff\xfe")):
        spoil(library.home / "HISTORY")
        assert read_history(library.home) == (first, second)
    (third,) = built(library, "three")
    assert read_history(library.home) == (second, third)


def test_a_generation_that_was_never_published_is_none_to_go_back_to(library) -> None:
    first, second = built(library, "one", "two")
    (library.home / "generations" / "0123").mkdir()
    assert read_history(library.home) == (first, second)
    built(library, "three")
    assert "0123" not in folders(library)


def test_the_order_follows_neither_from_names_nor_from_clocks(library) -> None:
    names = built(library, "one", "two", "three", keep=3)
    for age, name in enumerate(names):
        os.utime(library.home / "generations" / name, (10**9 - age, 10**9 - age))
    assert read_history(library.home) == tuple(names)
    assert roll_back(library.home, library.embedder).to == names[1]


def test_a_damaged_generation_is_not_kept(library) -> None:
    first, second = built(library, "one", "two")
    (library.home / "generations" / second / "manifest.json").write_bytes(b"")
    (third,) = built(library, "three")
    assert read_history(library.home) == (first, third)
    assert folders(library) == {first, third}
