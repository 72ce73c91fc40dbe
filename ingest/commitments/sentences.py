"""A block's words cut into sentences, each with the exact ranges of the stored text that hold it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Block, Document, Span

ABBREVIATIONS = frozenset(
    {
        "mr", "mrs", "ms", "messrs", "dr", "prof", "no", "nos", "vs", "eg", "ie", "e.g", "i.e", "h.e",
        "etc", "al", "st", "art", "arts", "para", "paras", "fig", "ca", "cf", "inc", "ltd", "vol", "p",
        "pp", "viz", "approx", "dept", "gov", "hon", "lt", "col", "gen", "jr", "sr",
    }
)  # fmt: skip
"""Words after which a full stop ends no sentence. "etc" does end one before a capital that follows."""
ENDING = frozenset({"etc", "al", "inc", "ltd"})
"""Abbreviations that end a sentence where a capital follows."""
RAISED = "[¹²³⁴⁵⁶⁷⁸⁹⁰]"
STOP = re.compile(
    rf"(?P<mark>(?<![.?!])[.?!]++)(?P<note>\d{{1,2}}(?!\d|[.,]\d)|{RAISED}{{1,3}})?(?P<close>[\"”’')\]]*+)"
    rf"(?:(?<=[\"”’')\]])\d{{1,2}}(?=\s|$)|{RAISED}{{1,3}})?(?P<gap>\s+|(?=\[)|$)"
    rf"|(?<=[a-z)])(?P<closed>\]{RAISED}{{0,3}})(?P<gap2>\s+|$)"
)
OPENING = re.compile(r"[\[(\"“‘']*(?:[A-Z\d]|I\b)")
LAST_WORD = re.compile(r"([\w.]{1,12})$")
INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]$")
RUN = re.compile(r"\s+|\S+")
EMPHASIS = "*_"
TITLE_WORDS = 9
"""Longest run-in title; the longest of the annotated texts has four words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a block as one text, white space folded, and where each character is stored.

    `offsets[i]` is the place of `text[i]` in the stored text; `spans` are the ranges of the block.
    `breaks` holds the offsets in `text` of the spaces that stand for a line break; `emphasised` the
    ranges in `text` that are printed between `*` or `_`.
    """

    text: str
    offsets: Sequence[int]
    block_spans: tuple[Span, ...]
    breaks: frozenset[int] = frozenset()
    emphasised: tuple[tuple[int, int], ...] = ()

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Ranges of the stored text that hold the characters from `start` up to `end`."""
        if start >= end:
            return ()
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        cut = (Span(max(first, span.start), min(last, span.end)) for span in self.block_spans)
        return tuple(span for span in cut if span.start < span.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its range in `Words.text`, white space and brackets around it left out."""

    start: int
    end: int
    text: str


def words_of(document: Document, block: Block) -> Words:
    """Join the ranges of a block into one text, each run of white space as one space."""
    parts: list[str] = []
    offsets = array("q")
    breaks: list[int] = []
    marked: list[tuple[int, int]] = []
    spans = tuple(sorted(block.spans))
    for index, span in enumerate(spans):
        if index and _is_broken(document.text, spans[index - 1].end, span.start):
            parts.append(" ")
            offsets.append(spans[index - 1].end)
        begins = len(offsets)
        for run in RUN.finditer(document.text, span.start, span.end):
            blank = run.group().isspace()
            if blank and parts and parts[-1] == " ":
                continue
            if blank and "\n" in run.group():
                breaks.append(len(offsets))
            parts.append(" " if blank else run.group())
            offsets.extend((run.start(),) if blank else range(run.start(), run.end()))
        if _is_emphasised(document.text, span):
            marked.append((begins, len(offsets)))
    return Words("".join(parts), offsets, spans, frozenset(breaks), tuple(marked))


def _is_broken(text: str, end: int, start: int) -> bool:
    """Whether two words meet at the gap between two ranges that holds white space."""
    touching = not text[end - 1 : end].isspace() and not text[start : start + 1].isspace()
    return touching and any(char.isspace() for char in text[end : min(start, end + 80)])


def _is_emphasised(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return bool(before and after) and before in EMPHASIS and after in EMPHASIS


def sentences_of(words: Words) -> tuple[Sentence, ...]:
    """Cut a block's words at full stops, question and exclamation marks that end a sentence.

    None ends after an abbreviation (e.g., Mr., no.), an initial, within a decimal or before a word in
    lower case. A footnote mark and closing quotes or brackets go with the sentence before them.
    """
    return tuple(_trimmed(words.text, start, end) for start, end in _ranges(words.text) if end > start)


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in STOP.finditer(text):
        if _ends(text, stop):
            yield start, stop.end()
            start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def _ends(text: str, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 8]
    if not following:
        return True
    if not OPENING.match(following):
        return False
    if stop["mark"] != ".":
        return True
    found = LAST_WORD.search(text, max(0, stop.start() - 13), stop.start())
    word = found[1].lower().strip(".") if found else ""
    if word in ABBREVIATIONS:
        return word in ENDING
    return not INITIAL.search(text[max(0, stop.start() - 3) : stop.start()])


def _trimmed(text: str, start: int, end: int) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if text[start : start + 1] == "[" and text[end - 1 : end] == "]":
        start, end = start + 1, end - 1
    return Sentence(start, end, text[start:end])


def run_in_title(words: Words, sentences: tuple[Sentence, ...]) -> str:
    """The title that a paragraph opens with ("*Informal Economy.* Ms. ..."), without its stop; or nothing.

    It alone is printed with emphasis, stands before another sentence, and has at most nine words.
    """
    if len(sentences) < 2 or len(sentences[0].text.split()) > TITLE_WORDS:
        return ""
    first = sentences[0]
    after = sentences[1].start
    held = any(start <= first.start and first.end <= end <= after for start, end in words.emphasised)
    return " ".join(first.text.rstrip(" .:").split()) if held else ""
