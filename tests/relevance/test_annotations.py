"""Files of annotated items are read in full, and a bad line is named."""

import json
from pathlib import Path

import pytest

from corpus.errors import QuestionFileError
from search_api.evaluation.annotations import AnnotatedItem, load_annotated_items

GOOD = {
    "document": "d",
    "id": "1",
    "section": "Actions",
    "kind": "action",
    "kinds": ["action", "priority"],
    "number": "3.",
    "quote": "Hold a seminar on fees",
    "body": "SLOM",
    "theme": None,
    "year_or_period": "2012",
    "status": None,
    "coordinators": ["Viet Nam"],
    "partners": [],
}
LEAST = {"document": "d", "kind": "goal", "quote": "Decent work"}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "items.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_items_are_read_with_what_is_printed_of_them(tmp_path: Path) -> None:
    marked = {**LEAST, "id": None, "neutral": True, "partial": True}
    first, second = load_annotated_items(write(tmp_path, json.dumps(GOOD), " ", json.dumps(marked), ""))
    values = {
        "kind": ("action", "priority"),
        "number": ("3.",),
        "body": ("SLOM",),
        "theme": (),
        "period": ("2012",),
        "status": (),
        "coordinators": ("Viet Nam",),
        "partners": (),
    }
    assert first == AnnotatedItem("d", "1", "Actions", "Hold a seminar on fees", values)
    assert (second.id, second.section, second.neutral, second.partial) == ("", "", True, True)
    assert {name for name, printed in second.values.items() if printed} == {"kind"}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (json.dumps({**GOOD, "document": None}), "'document' is missing"),
        (json.dumps({**GOOD, "quote": " - "}), "'quote' is empty"),
        (json.dumps({**GOOD, "kinds": [], "kind": ""}), "'kind' is empty"),
        (json.dumps({**LEAST, "kind": "wish"}), "kind 'wish' is none of action, "),
        (json.dumps({**GOOD, "body": 3}), "'body' is missing or is not a str"),
        (json.dumps({**GOOD, "partners": "ILO"}), "'partners' is missing or is not a list"),
        (json.dumps({**GOOD, "partners": ["ILO", 3]}), "'partners' holds something other than texts"),
        (json.dumps({**GOOD, "neutral": 1}), "'neutral' is missing or is not a bool"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = write(tmp_path, json.dumps(GOOD), "", line)
    with pytest.raises(QuestionFileError, match=complaint) as caught:
        load_annotated_items(path)
    assert f"{path}, line 3" in str(caught.value)


def test_a_file_without_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="no annotated item in it"):
        load_annotated_items(write(tmp_path, "", " "))
    with pytest.raises(QuestionFileError, match="cannot be read"):
        load_annotated_items(tmp_path / "none.jsonl")
