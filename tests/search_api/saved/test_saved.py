"""Saved searches are kept, run again on either generation, and tell what is new."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import SavedSearchError
from search_api.bootstrap import Application
from search_api.cli.main import ExitCode, cli
from search_api.saved.searches import MOST, SavedSearch, add_search, file_of, load_searches, remove_search

RAFTS = "Workers on rafts shall be insured against drowning by law.\n"
COSTS = "Publish the ceiling of recruitment costs in every language.\n"


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=bare)


@pytest.fixture
def built(
    bare: Application, write: Callable[..., None], labour: Callable[..., Result]
) -> Callable[..., Result]:
    """Run a command over an index of one text."""
    write(bare.settings.corpus, {"costs-2012": COSTS})
    labour("index")
    return labour


def test_searches_are_kept_in_their_order_and_forgotten(tmp_path: Path) -> None:
    add_search(tmp_path, SavedSearch("b", "costs"))
    add_search(tmp_path, SavedSearch("a", "rafts", literal=True))
    assert [one.name for one in load_searches(tmp_path)] == ["b", "a"]
    remove_search(tmp_path, "b")
    assert load_searches(tmp_path) == (SavedSearch("a", "rafts", literal=True),)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 81, "\udc80"])
def test_a_name_that_cannot_be_printed_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SavedSearchError, match="no name"):
        add_search(tmp_path, SavedSearch(name, "costs"))


def test_a_name_is_taken_once_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    add_search(tmp_path, SavedSearch("a", "costs"))
    with pytest.raises(SavedSearchError, match="already"):
        add_search(tmp_path, SavedSearch("a", "rafts"))
    with pytest.raises(SavedSearchError, match="there are: a"):
        remove_search(tmp_path, "b")


def test_there_is_a_most(tmp_path: Path) -> None:
    rows = [{"name": str(i), "question": "costs"} for i in range(MOST)]
    file_of(tmp_path).write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(SavedSearchError, match="the most"):
        add_search(tmp_path, SavedSearch("more", "costs"))


@pytest.mark.parametrize("content", ["{", '[{"name": "a"}]', "\xff", "null"])
def test_a_damaged_file_is_named_and_kept(tmp_path: Path, content: str) -> None:
    file_of(tmp_path).write_text(content, encoding="latin-1")
    with pytest.raises(SavedSearchError, match=r"saved\.json"):
        add_search(tmp_path, SavedSearch("a", "costs"))
    assert file_of(tmp_path).read_text(encoding="latin-1") == content


def test_none_is_lost_where_many_are_saved_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda i: add_search(tmp_path, SavedSearch(f"s{i}", "costs")), range(24)))
    assert len(load_searches(tmp_path)) == 24


def test_new_hits_are_listed_after_a_build(
    built: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    assert built("saved", "add", "sea", "rafts drowning").exit_code == ExitCode.OK
    assert built("saved", "add", "money", "recruitment costs", "--kind", "paragraph").exit_code == ExitCode.OK
    write(bare.settings.corpus, {"costs-2012": COSTS, "rafts-2020": RAFTS})
    done = built("index")
    assert "Saved search sea: 1 new hit." in done.stdout
    assert "insured against drowning" in done.stdout
    reply = json.loads(built("saved", "run", "sea", "--json").stdout)
    assert [hit["citation"]["document"] for hit in reply["news"][0]["hits"]] == ["rafts-2020"]


def test_an_index_that_is_made_for_a_question_tells_the_news_beside_the_answer(
    built: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    built("saved", "add", "rafts", "insured against drowning")
    write(bare.settings.corpus, {"costs-2012": COSTS, "rafts-2020": RAFTS})
    result = built("ask", "recruitment costs", "--json")
    assert "Saved search rafts: 1 new hit." in result.stderr
    assert "insured against drowning" in result.stderr
    assert json.loads(result.stdout)
    assert "Saved search" not in built("ask", "recruitment costs").stderr


def test_what_was_found_before_is_no_news(
    built: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    built("saved", "add", "money", "recruitment costs", "--document", "costs-2012")
    write(bare.settings.corpus, {"costs-2012": COSTS + "\nAnother paragraph on other matters entirely.\n"})
    assert "ceiling" not in built("index").stdout
    result = built("saved", "run", "money")
    assert "ceiling" not in result.stdout


def test_a_search_that_cannot_be_run_any_more_says_so(
    built: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    built("saved", "add", "money", "costs", "--document", "costs-2012")
    built("saved", "add", "sea", "rafts")
    write(bare.settings.corpus, {"rafts-2020": RAFTS})
    done = " ".join(built("index").stdout.split())
    assert "Saved search money: not run. There is no document" in done
    assert "Saved search sea: 1 new hit." in done


def test_a_search_is_checked_before_it_is_saved(built: Callable[..., Result]) -> None:
    result = built("saved", "add", "x", "costs", "--country", "Atlantis")
    assert result.exit_code == ExitCode.ERROR
    assert built("saved", "list").exit_code == ExitCode.NO_ANSWER


def test_searches_are_listed_with_their_filters(built: Callable[..., Result]) -> None:
    built("saved", "add", "x", "costs", "--from", "2010", "--literal")
    assert built("saved", "list").stdout == "x: costs --from 2010 --literal\n"
    assert json.loads(built("saved", "list", "--json").stdout)["searches"][0]["wanted"]["first_year"] == 2010
    assert built("saved", "remove", "x").exit_code == ExitCode.OK
    assert "No search is saved" in built("saved", "list").stderr
