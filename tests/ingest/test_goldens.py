"""The passages of the five texts, held against what was read by eye and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.catalogue import DEFAULT_CATALOGUE, load_catalogue
from corpus.records import Passage

GOLDENS = Path(__file__).with_name("goldens")
NAMES = [source.id for source in load_catalogue(DEFAULT_CATALOGUE)]


def as_golden(passage: Passage) -> str:
    """One line of a golden file: what a person can check against the text."""
    kept = {
        "id": passage.id,
        "kind": passage.kind,
        "number": f"[{passage.number}]" if passage.inferred else passage.number,
        "section": passage.section,
        "lead": passage.lead[:60],
        "parent": passage.parent_text[:60],
        "cells": passage.cells,
        "lines": passage.lines,
        "years": passage.years,
        "bodies": passage.bodies,
        "countries": passage.countries,
        "spans": [[span.start, span.end] for span in passage.spans],
        "text": passage.text,
    }
    return json.dumps({key: value for key, value in kept.items() if value}, ensure_ascii=False)


@pytest.mark.parametrize("name", NAMES)
def test_passages_are_those_of_the_golden_file(
    name: str, passages: dict[str, tuple[Passage, ...]], request: pytest.FixtureRequest
) -> None:
    path = GOLDENS / f"{name}.jsonl"
    lines = [as_golden(passage) for passage in passages[name]]
    if request.config.getoption("--regenerate-goldens"):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


def test_goldens_are_not_being_regenerated(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate-goldens"):
        pytest.fail("golden files were written anew: read the difference, then run without the option")
