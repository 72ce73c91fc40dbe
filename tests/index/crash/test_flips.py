"""A bit that flips in any file of the index is noticed, with the remedy, or changes no answer."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from corpus.errors import GenerationError
from index.folders import read_pointer
from index.manifest import FILE_NAME, read_manifest
from tests.index.crash.works import NEW, OLD, build_state, seen

BITS = 5
"""Bits that flip in each file, one at a time."""
REFUSED = "refused"
ORDER = ("CURRENT", "HISTORY", "build.lock")


@pytest.fixture
def home(folder: Path) -> Path:
    for name in ("first", OLD):
        build_state(folder / "home", name)
    return folder / "home"


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)


def answered(home: Path) -> object:
    """What a library answers, or that it refuses and says what to do."""
    try:
        return seen(home)
    except GenerationError as error:
        return REFUSED if "run `labour index" in str(error) else str(error)


def places(path: Path, chance: random.Random) -> set[int]:
    """The first and the last bit of a file, and some between."""
    last = 8 * path.stat().st_size - 1
    return {0, last, *(chance.randint(0, last) for _ in range(BITS - 2))} if last > 0 else set()


def test_in_a_file_of_the_generation(home: Path) -> None:
    generation, chance = home / "generations" / str(read_pointer(home)), random.Random(6)
    names = [fact.path for fact in read_manifest(generation).files]
    for name in [*names, FILE_NAME]:
        for place in places(generation / name, chance):
            flip(generation / name, place)
            with pytest.raises(GenerationError, match=r"run `labour index --rebuild`"):
                seen(home)
            flip(generation / name, place)
    assert len(names) > BITS
    assert seen(home)


@pytest.mark.parametrize("name", ORDER)
def test_in_a_file_that_orders_them(home: Path, folder: Path, name: str) -> None:
    """The pointer is refused or the same; the order and the lock are only of use to the next build."""
    answer = seen(home)
    for place in range(8 * (home / name).stat().st_size):
        flip(home / name, place)
        assert answered(home) in ([answer] if name != "CURRENT" else [answer, REFUSED])
        flip(home / name, place)


@pytest.mark.parametrize("name", ["CURRENT", "HISTORY", "cache/vectors.sqlite"])
def test_the_next_build_is_none_the_worse(home: Path, folder: Path, name: str) -> None:
    build_state(folder / "sound", NEW)
    chance = random.Random(6)
    for number, place in enumerate(places(home / name, chance)):
        damaged = Path(shutil.copytree(home, folder / f"{number}"))
        flip(damaged / name, place)
        build_state(damaged, NEW)
        assert seen(damaged) == seen(folder / "sound")
