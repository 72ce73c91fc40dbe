"""Line breaks made on purpose, told from full lines."""

from ingest.elements import Run
from ingest.linebreaks import are_kept
from tests.ingest.layouts import run


def lines(*rights: float) -> list[Run]:
    return [run("some words here", 1, n * 12.0, right=right) for n, right in enumerate(rights)]


def test_full_lines_are_not_kept():
    assert not are_kept(lines(300, 290, 297, 120))


def test_a_line_with_room_for_the_next_word_was_broken_on_purpose():
    assert are_kept(lines(150, 300, 120))


def test_without_geometry_every_break_is_on_purpose():
    assert are_kept([Run("one"), Run("two")])
    assert not are_kept([Run("one")])


def test_lines_on_two_pages_or_side_by_side_tell_nothing():
    assert not are_kept([run("short", 1, right=50), run("a full line of words", 2, right=300)])
    assert not are_kept([run("left", 1, right=50), run("right", 1, left=200, right=300)])


def test_a_word_cut_by_a_hyphen_fills_its_line():
    assert not are_kept(
        [Run("oper", 1, (0, 0, 100, 10), joins=True), Run("ation for all", 1, (0, 12, 300, 22))]
    )
