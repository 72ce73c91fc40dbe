from ingest.readers.pdf.drawn import Glyph
from ingest.readers.pdf.words import words_of


def printed(text: str, left: float, top: float, size: float) -> list[Glyph]:
    """Letters half as wide as they are high."""
    step = size / 2
    return [
        Glyph(
            letter,
            left + i * step,
            top,
            left + (i + 1) * step,
            top + size,
            left + i * step,
            top + size,
            size,
            "F",
            0,
        )
        for i, letter in enumerate(text)
    ]


def test_a_word_printed_twice_in_one_place_comes_once() -> None:
    twice = [
        *printed("ASEAN", 100, 100, 10),
        *printed("x", 300, 100, 10),
        *printed("ASEAN", 100.2, 100.2, 10),
    ]
    assert [word.text for word in words_of(twice)] == ["ASEAN", "x"]


def test_a_word_in_larger_print_elsewhere_is_another() -> None:
    """Places counted in steps of two sizes once made them one, and a heading lost a word."""
    apart = [*printed("ASEAN", 203.6, 229.3, 10.5), *printed("ASEAN", 312.2, 347.7, 16)]
    assert [word.text for word in words_of(apart)] == ["ASEAN", "ASEAN"]
