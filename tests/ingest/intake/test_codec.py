"""What is kept on disk reads back as it was, and what is not what it should be is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Block, BlockKind, Cell, Placement, Section, Span
from ingest.intake.codec import decode, encode
from ingest.intake.extractions import Body

spans = st.builds(Span, st.integers(0, 9**9), st.integers(0, 9**9))
boxes = st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4)
texts = st.text(st.characters())  # lone surrogates included
bodies = st.builds(
    Body,
    texts,
    st.tuples(spans),
    st.tuples(st.builds(Section, texts, st.tuples(spans), st.integers(), st.none() | st.integers())),
    st.tuples(
        st.builds(
            Block, st.sampled_from(BlockKind), st.tuples(spans), section=st.none() | st.integers(),
            inferred=st.booleans(), cells=st.tuples(st.builds(Cell, texts, st.tuples(spans), st.booleans())),
        )
    ),
    st.tuples(st.builds(Placement, spans, st.integers(), st.none() | boxes)),
    st.tuples(st.integers()),
)  # fmt: skip


@given(bodies)
def test_a_body_reads_back_as_it_was(body: Body) -> None:
    assert decode(Body, encode(body)) == body


@given(bodies)
def test_what_is_written_has_no_line_break(body: Body) -> None:
    assert b"\n" not in encode(body)


@dataclass(frozen=True, slots=True)
class Held:
    count: int
    names: frozenset[str]


def test_a_set_reads_back_as_one() -> None:
    held = Held(2, frozenset({"b", "a"}))
    assert decode(Held, encode(held)) == held
    assert encode(held) == encode(replace(held, names=frozenset({"a", "b"})))


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"[1]", b'["1", []]', b"[true, []]", b"[1, 2]", b"[1, [2]]", b'[1, ["a"], 3]', b"7"],
)
def test_what_is_not_one_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json says it in words of its own
        decode(Held, data)
