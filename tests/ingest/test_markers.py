import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.markers import Marker, Style, parse_marker
from ingest.numerals import letter_value, roman_value
from tests.ingest.reading import read


@pytest.mark.parametrize(
    ("line", "style", "label", "number"),
    [
        ("- 14. Effectively monitor", Style.DECIMAL, "14.", "14"),
        ("13. Regulate", Style.DECIMAL, "13.", "13"),
        (" - (a) Responsibilities", Style.LETTER, "(a)", "a"),
        ("- b) For governments", Style.LETTER, "b)", "b"),
        ("- a. All Member States", Style.LETTER, "a.", "a"),
        ("C. Promote", Style.LETTER, "C.", "C"),
        (" - 6.1 Organise", Style.DOTTED, "6.1", "6.1"),
        (" - ii) *Discussions", Style.ROMAN, "ii)", "ii"),
        ("- iii) Further", Style.ROMAN, "iii)", "iii"),
        ("• Protect victims", Style.BULLET, "•", ""),
        ("- Deliver education", Style.BULLET, "-", ""),
        ("\uf0b7 Workshop", Style.BULLET, "\uf0b7", ""),
    ],
)
def test_printed_markers(line: str, style: Style, label: str, number: str) -> None:
    marker = parse_marker(line)
    assert marker is not None
    assert (marker.style, marker.label, marker.number) == (style, label, number)


@pytest.mark.parametrize(
    "line",
    [
        "2010, and implications",
        "2.5 years",
        "ILO should assist",
        "",
        "-",
        "a plan",
        "i.e. this",
        "3rd Forum",
        "1.5%",
    ],
)
def test_no_marker(line: str) -> None:
    marker = parse_marker(line)
    assert marker is None or marker.style is Style.DOTTED


def test_i_is_a_letter_after_h_and_a_number_elsewhere() -> None:
    after_h = parse_marker("h) eight")
    assert parse_marker("i) nine", after_h) == Marker(Style.LETTER, "i)", "i", bare=True, length=3)
    first = parse_marker("i) one")
    assert first is not None
    assert first.style is Style.ROMAN


def test_dash_and_round_bullet_are_one_form_and_nested_ones_are_not() -> None:
    forms = {label: marker.form for label in "-•○▪" if (marker := parse_marker(f"{label} words"))}
    assert forms["-"] == forms["•"]
    assert len({forms["•"], forms["○"], forms["▪"]}) == 3


@pytest.mark.parametrize(
    ("text", "value"), [("iv", 4), ("IX", 9), ("xiv", 14), ("xl", 40), ("iiii", 0), ("", 0)]
)
def test_roman_values(text: str, value: int) -> None:
    assert roman_value(text) == value


def test_letter_values() -> None:
    assert [letter_value(letter) for letter in ("a", "C", "z", "ab", "1")] == [1, 3, 26, 0, 0]


@given(st.text(max_size=60))
def test_a_marker_ends_where_words_begin(line: str) -> None:
    marker = parse_marker(line)
    if marker is not None:
        assert 0 < marker.length < len(line)
        assert line[marker.length :].strip()
        assert marker.label in line


def test_a_list_numbers_on_beyond_three_digits():
    lines = [f"{n}. The officers of district {n} report to the ministry each year." for n in range(995, 1010)]
    document = read("\n".join(lines) + "\n")
    assert [block.number for block in document.blocks] == [str(n) for n in range(995, 1010)]
    apart = read("\n\n".join(lines) + "\n")
    assert [block.number for block in apart.blocks] == [str(n) for n in range(995, 1010)]


def test_a_year_at_the_head_of_a_line_is_no_number_of_a_list():
    assert parse_marker("2012. The Ministers met in May.") is None
    assert parse_marker("- 2012. The Ministers met.") == Marker(Style.BULLET, "-", "", bare=False, length=2)
    text = "1. The Ministers met in Jakarta in the year\n2012. The next meeting is held in the year\n2013.\n"
    assert [block.number for block in read(text).blocks] == ["1", "", ""]
