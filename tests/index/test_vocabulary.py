"""Misspelt words find the nearest word of the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vocabulary import Vocabulary, edit_distance

short = st.text("abc", max_size=6)


def recursive_distance(left: str, right: str) -> int:
    if not left or not right:
        return len(left) + len(right)
    best = min(
        recursive_distance(left[1:], right) + 1,
        recursive_distance(left, right[1:]) + 1,
        recursive_distance(left[1:], right[1:]) + (left[0] != right[0]),
    )
    if left[:2] == right[1::-1] and len(left) > 1 and len(right) > 1:
        best = min(best, recursive_distance(left[2:], right[2:]) + 1)
    return best


@given(st.text("abc", max_size=4), st.text("abc", max_size=4))
def test_the_distance_is_that_of_its_definition(left: str, right: str) -> None:
    assert edit_distance(left, right) == recursive_distance(left, right)


@given(short, short)
def test_the_distance_is_symmetric_and_0_only_for_the_same(left: str, right: str) -> None:
    assert edit_distance(left, right) == edit_distance(right, left)
    assert (edit_distance(left, right) == 0) == (left == right)


@given(st.lists(st.text("abcé", min_size=1, max_size=9)), st.text("abcé", min_size=4, max_size=9))
def test_the_quick_look_misses_nothing(words: list[str], word: str) -> None:
    found = Vocabulary(words).corrections(word)
    near = [w for w in words if len(w) >= 4 and (w[0] == word[0] or w[:2] == word[1::-1])]
    distances = {other: edit_distance(word, other) for other in near}
    limit = 2 if len(word) >= 8 else 1
    nearest = min(distances.values(), default=9)
    assert sorted(set(found)) == sorted(w for w, d in distances.items() if d == nearest <= limit)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("migrnat", ["migrant"]),  # a swap is one edit
        ("imgrant", ["migrant"]),  # also of the first two letters
        ("recruitmnet", ["recruitment"]),
        ("recritmnet", ["recruitment"]),  # two edits in a long word
        ("migrrrnt", ["migrant"]),
        ("migxxnt", []),  # two edits in a short one
        ("deport", []),  # another word, not a misspelling of report
        ("osh", []),
        ("2011", []),
        ("", []),
    ],
)
def test_corrections(typed: str, found: list[str]) -> None:
    vocabulary = Vocabulary(["migrant", "recruitment", "report", "2010", "oshnet", "ost"])
    assert vocabulary.corrections(typed) == found


def test_only_the_nearest_words_are_taken() -> None:
    assert Vocabulary(["inspection", "inspections", "inspectors"]).corrections("inspectoin") == ["inspection"]
