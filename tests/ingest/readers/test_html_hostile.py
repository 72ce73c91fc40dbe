"""Web pages that are empty, torn, or made to do harm."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.composing import compose
from ingest.readers import html
from ingest.readers.html import read
from ingest.readers.web import tags
from tests.ingest.layouts import parts

TAGS = re.findall(
    r"\w+",
    "p div b a table tr td th ul ol li dl dt dd sup br pre h1 span footer caption thead svg math template"
    " select script title font form section frameset noscript plaintext",
)


def written(tmp_path, text):
    path = tmp_path / "a.html"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    return path


def refused(path, words):
    with pytest.raises(SourceError, match=words) as caught:
        read(path)
    assert path.name in str(caught.value)
    assert re.search(r"\. [A-Z].*\.$", str(caught.value)), "no remedy"


def test_a_page_without_words_is_refused(tmp_path):
    refused(written(tmp_path, "<script>document.write('x')</script>"), "holds no words")
    refused(written(tmp_path, ""), "holds no words")


def test_a_missing_page_is_refused(tmp_path):
    refused(tmp_path / "none.html", "cannot be read")


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "my-element"])
def test_tags_nested_without_end_are_refused(tmp_path, tag):
    refused(written(tmp_path, f"<{tag}>" * 50_000 + "x"), "nested more|never closed")


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "blockquote", "font", "section"])
def test_tags_nested_deep_are_read(tmp_path, tag):
    depth = 1_000
    found = compose(read(written(tmp_path, f"<{tag}>" * depth + "Words")))
    assert found.text.split()[-1] == "Words"


def test_tags_that_would_be_opened_anew_in_every_block_are_refused(tmp_path):
    fonts = "".join(f"<font color=#{n:06}>" for n in range(300))
    refused(written(tmp_path, fonts + "<p>x" * 10_000), "never closed")


def test_tags_without_number_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tags, "MOST_NODES", 100)
    refused(written(tmp_path, "<p>x" * 101), "too many tags")


def test_a_page_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(html, "LARGEST", 10)
    refused(written(tmp_path, "<p>Words that are many"), "more than 10 bytes")


def test_cells_that_claim_to_be_vast_are_bounded(tmp_path):
    cells = "<tr><td rowspan=65534 colspan=1000>a<td rowspan=99999999999999 colspan=-1>b</tr>" * 3
    found = parts(read(written(tmp_path, f"<table>{cells}</table>")))[0]
    assert len(found.rows) == 3
    assert len(found.rows[0]) <= 3 * 201


def test_a_table_of_too_many_places_is_refused(tmp_path):
    rows = "<tr>" + "<td colspan=200>a" * 10 + "<tr><td>b" * 300
    refused(written(tmp_path, f"<table>{rows}</table>"), "rows and")


fragments = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.sampled_from(
            ["<td rowspan=3>", "<td colspan=0>", "<li value=-4>", "<!--", "-->", "<![CDATA[", "&#xD800;"]
        ),
        st.text(alphabet="ab <>&;\t\n\x00¹", max_size=6),
    ),
    max_size=40,
).map("".join)


@given(fragments)
@settings(max_examples=150, deadline=None)
def test_any_tags_are_read_into_elements_after_what_stood_before(tmp_path_factory, fragment):
    path = written(tmp_path_factory.mktemp("page"), f"<p>first</p>{fragment}")
    found = compose(read(path))
    assert found.text.startswith("first")
    found.text.encode()
