"""Windows are exact slices that hold every word once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.windows import cut_windows
from corpus.documents import Document, Source, Span
from search_api.answering.citing import cite, verify


def document_of(text: str) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = Source("d", "D", "D", "slom", "paper", "2012", None, "en", "-", sha256, Path("d.txt"))
    return Document(source, text, (Span(0, len(text)),))


@given(st.text(alphabet="ab \n,", max_size=200), st.integers(1, 7))
def test_windows_hold_every_word_once_and_can_be_cited(text: str, words: int) -> None:
    document = document_of(text)
    windows = cut_windows(document, words)
    assert [word for window in windows for word in window.text.split()] == text.split()
    for window in windows:
        verify(document, cite(document, window))
        assert len(window.text.split()) <= words
    assert len({window.id for window in windows}) == len(windows)


def test_only_the_last_window_is_short() -> None:
    lengths = [len(window.text.split()) for window in cut_windows(document_of("word " * 250))]
    assert lengths == [120, 120, 10]


def test_a_text_without_words_has_no_window() -> None:
    assert cut_windows(document_of(" \n")) == ()
