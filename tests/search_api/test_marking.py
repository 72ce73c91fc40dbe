"""The part of a quote that is marked is a sentence of it, the one that holds most of what was asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Span
from index.lexical import Term
from search_api.answering.marking import part_of, sentences_of, words_in

QUOTE = "The forum met in Bali. Employers shall bear the costs of recruitment. It closed."


def stems(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;").lower() for word in text.split())


def terms(*words: str) -> tuple[Term, ...]:
    return tuple(Term(word, (word,), (), 1.0) for word in words)


def test_the_sentence_that_holds_most_is_marked() -> None:
    part = part_of(QUOTE, terms("recruitment", "costs", "bali"), stems)
    assert QUOTE[part.start : part.end] == "Employers shall bear the costs of recruitment."


def test_the_whole_quote_where_no_sentence_holds_anything() -> None:
    assert part_of(QUOTE, terms("fishing"), stems) == Span(0, len(QUOTE))


def test_the_words_held_are_those_typed() -> None:
    assert words_in(QUOTE, terms("costs", "fishing"), stems) == ("costs",)


@given(st.text(alphabet="Ab.;? \n(", max_size=60))
def test_sentences_are_slices_in_order_without_overlap(quote: str) -> None:
    edge = 0
    for span in sentences_of(quote):
        assert edge <= span.start < span.end <= len(quote)
        assert quote[span.start : span.end].strip() == quote[span.start : span.end]
        edge = span.end
    covered = "".join(quote[span.start : span.end] for span in sentences_of(quote))
    assert "".join(covered.split()) == "".join(quote.split())
