"""Sentences of a block: where they end, and where they stand in the stored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.commitments.sentences import run_in_title, sentences_of, words_of
from tests.ingest.commitments.prose_reading import block_of

PROSE = st.text(alphabet=st.sampled_from('ABab .?!()[]"’”1,;:\n*e.g'), max_size=120)


def sentences(text: str) -> list[str]:
    return [one.text for one in sentences_of(words_of(*block_of(text)))]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("We met. They agreed.", ["We met.", "They agreed."]),
        (
            "Fees, e.g. The Fee Act, apply (i.e. All of it).",
            ["Fees, e.g. The Fee Act, apply (i.e. All of it)."],
        ),
        (
            "Mr. A. Tan met Ms. B. Lim. H.E. the Minister spoke.",
            ["Mr. A. Tan met Ms. B. Lim.", "H.E. the Minister spoke."],
        ),
        ("It grew 2.5 per cent. See no. 81 of it.", ["It grew 2.5 per cent.", "See no. 81 of it."]),
        ("It was agreed. [The rest would wait.]", ["It was agreed.", "The rest would wait."]),
        ("He said “We go.” They went.", ["He said “We go.”", "They went."]),
        ("Issued since 2007.4 It goes on.", ["Issued since 2007.4", "It goes on."]),
        ("It is so.3 They agreed.", ["It is so.3", "They agreed."]),
        ("He said “We go.”3 They went.", ["He said “We go.”3", "They went."]),
        ("a line. that goes on", ["a line. that goes on"]),
        ("Fees, levies, etc. Then it ends.", ["Fees, levies, etc.", "Then it ends."]),
    ],
)
def test_a_sentence_ends_at_a_stop_that_ends_it(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


def test_a_run_in_title_is_the_emphasised_opening_of_a_paragraph() -> None:
    text = "(a) ***Rural Pay.*** Ms. Tan explained it. More is needed."
    at = text.index("Rural"), text.index("***", 10)
    words = words_of(*block_of(text, at, (at[1] + 3, len(text))))
    assert run_in_title(words, sentences_of(words)) == "Rural Pay"


def test_a_plain_first_sentence_is_no_run_in_title() -> None:
    words = words_of(*block_of("Rural Pay. Ms. Tan explained it."))
    assert run_in_title(words, sentences_of(words)) == ""


def test_words_on_both_sides_of_a_page_break_stay_apart() -> None:
    text = "social security\n\n42\n\nreview and more"
    document, block = block_of(text, (0, 15), (text.index("review"), len(text)))
    words = words_of(document, block)
    assert words.text == "social security review and more"
    assert document.slice(words.spans(7, 22)) == "securityreview"


@given(PROSE)
def test_sentences_stand_in_order_and_leave_out_only_white_space_and_brackets(text: str) -> None:
    words = words_of(*block_of(text))
    at, left_out = 0, ""
    for one in sentences_of(words):
        assert at <= one.start <= one.end
        assert words.text[one.start : one.end] == one.text
        left_out += words.text[at : one.start]
        at = one.end
    assert set(left_out + words.text[at:]) <= set(" []")


@given(PROSE, st.data())
def test_spans_hold_the_words_they_stand_for(text: str, data: st.DataObject) -> None:
    document, block = block_of(text)
    words = words_of(document, block)
    start = data.draw(st.integers(0, len(words.text)))
    end = data.draw(st.integers(start, len(words.text)))
    held = document.slice(words.spans(start, end))
    assert " ".join(held.split()) == " ".join(words.text[start:end].split())
