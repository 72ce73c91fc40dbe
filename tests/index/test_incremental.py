"""A generation built from the one before is the same as one built whole, and holds nothing that went."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from corpus.answers import Filters
from corpus.documents import Document
from corpus.errors import BuildError
from corpus.records import Commitment, Passage, PassageKind
from corpus.understanding import Condition, Facet, Understanding, numbered
from index.checking.findings import State
from index.checking.generations import check_generations
from index.folders import build_lock
from index.generations import Built, Generation, build, build_from, open_generation
from index.history import read_history
from index.manifest import read_manifest
from index.planning import plan
from index.searching import Searcher
from index.supplies import Content, Supply, supplies_of
from index.toy import ToyEmbedder
from tests.index.conftest import make_commitment, make_document, make_passage

WORDS = ("recruitment", "costs", "migrant", "workers", "safety", "inspectors", "training", "benefits")
QUESTIONS = ("recruitment costs", "safety of workers", '"migrant workers"', "saftey trainning", "benefits")
ASKED = Understanding(conditions=(Condition(Facet.NUMBER, (numbered("3"),), ""),))
FILTERED = Filters(kinds=("row",), bodies=("slom",))

Records = tuple[Document, list[Passage], list[Commitment]]


def make(name: str, seed: int) -> Records:
    """Make a document of some passages; one of the same name and seed is the same."""
    rng = random.Random(f"{name}{seed}")
    kinds = (PassageKind.PARAGRAPH, PassageKind.ROW, PassageKind.CONTENTS)
    passages = [
        make_passage(
            place,
            " ".join(rng.choices(WORDS, k=rng.randint(1, 8))),
            name,
            kind=rng.choices(kinds, (5, 2, 1))[0],
            number=rng.choice(["", "3"]),
            section=(f"Part {rng.randint(1, 2)}",),
            bodies=("slom",) * rng.randint(0, 1),
        )
        for place in range(rng.randint(1, 6))
    ]
    held = [
        make_commitment(place, one, id=f"{name}.c{place}", number="3")
        for place, one in enumerate(passages)
        if rng.random() < 0.4
    ]
    return make_document(name, f"Plan {seed}"), passages, held


def joined(records: Iterable[Records]) -> tuple[list[Document], list[Passage], list[Commitment]]:
    rows = list(records)
    return (
        [document for document, _, _ in rows],
        [passage for _, passages, _ in rows for passage in passages],
        [commitment for _, _, commitments in rows for commitment in commitments],
    )


def build_all(home: Path, records: Iterable[Records], digest: str = "x") -> Built:
    documents, passages, commitments = joined(records)
    return build(home, documents, passages, ToyEmbedder(), digest, commitments=commitments)


def seen(generation: Generation) -> list[object]:
    """Everything that readers and searches see of a generation."""
    searcher = Searcher(generation)
    asked = [searcher.search(question, 20) for question in QUESTIONS]
    stated = [searcher.search(question, 5, understanding=ASKED) for question in QUESTIONS]
    filtered = [searcher.search(question, 20, FILTERED) for question in QUESTIONS]
    counts = generation.manifest.counts, generation.searched(FILTERED), generation.searched(Filters())
    records = generation.documents, tuple(generation.passages), tuple(generation.commitments)
    looked_up = [
        (generation.passage(one.id), generation.commitments_of(one.id)) for one in generation.passages
    ]
    return [asked, stated, filtered, counts, records, looked_up]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.planning.LARGEST_PART", 12)
    monkeypatch.setattr("index.planning.JOINED_UP_TO", 6)


@pytest.mark.parametrize("seed", range(6))
def test_the_history_of_builds_does_not_show(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    held = {f"d{number}": make(f"d{number}", 0) for number in range(6)}
    build_all(tmp_path / "grown", held.values())
    for step in range(1, 6):
        for name in rng.sample([f"d{number}" for number in range(10)], 3):
            if name in held and rng.random() < 0.5 and len(held) > 2:
                del held[name]
            else:
                held[name] = make(name, step)
        if rng.random() < 0.5:
            held = dict(rng.sample(list(held.items()), len(held)))
        build_all(tmp_path / "grown", held.values(), str(step))
    build_all(tmp_path / "whole", held.values())
    grown, whole = (open_generation(tmp_path / name, ToyEmbedder()) for name in ("grown", "whole"))
    assert seen(grown) == seen(whole)


def test_a_build_says_what_became_of_each_document(tmp_path: Path) -> None:
    first = build_all(tmp_path, [make("a", 0), make("b", 0), make("c", 0)])
    assert (first.added, first.changed, first.removed, first.unchanged) == (("a", "b", "c"), (), (), ())
    second = build_all(tmp_path, [make("d", 0), make("c", 1), make("a", 0)])
    assert (second.added, second.changed, second.removed) == (("d",), ("c",), ("b",))
    assert second.unchanged == ("a",)
    assert {"reading", "embedding", "lexical", "verifying"} <= dict(second.seconds).keys()


def test_another_title_is_a_change_of_the_document(tmp_path: Path) -> None:
    _, passages, commitments = make("a", 0)
    build_all(tmp_path, [(make_document("a", "Old"), passages, commitments)])
    built = build_all(tmp_path, [(make_document("a", "New"), passages, commitments)])
    assert built.changed == ("a",)


class Counting(ToyEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        self.texts = 0

    def embed(self, texts):
        self.texts += len(texts)
        return super().embed(texts)


def built_from(home: Path, supplies: list[Supply], embedder: ToyEmbedder, made_of: str, **options) -> Built:
    with build_lock(home):
        return build_from(home, supplies, embedder, made_of, **options)


def supplied(name: str, loaded: list[str], count: int = 10) -> Supply:
    def load() -> Content:
        loaded.append(name)
        passages = tuple(make_passage(place, f"{name} {place}", name) for place in range(count))
        return Content(make_document(name), passages)

    return Supply(name, "same", count, load)


def test_what_is_unchanged_is_neither_loaded_nor_embedded_nor_written(tmp_path: Path) -> None:
    loaded: list[str] = []
    embedder = Counting()
    first = built_from(tmp_path, [supplied(n, loaded) for n in ("a", "b")], embedder, "1")
    (tmp_path / "cache" / "vectors.sqlite").unlink()
    second = built_from(tmp_path, [supplied(n, loaded) for n in ("a", "c", "b")], embedder, "2")
    assert loaded == ["a", "b", "c"]
    assert embedder.texts == 30
    old, new = (tmp_path / "generations" / one.name for one in (first, second))
    for file in (old / "parts" / "1").rglob("*.npy"):
        assert (new / file.relative_to(old)).stat().st_ino == file.stat().st_ino
    generation = open_generation(tmp_path, embedder)
    assert [one.document for one in generation.passages] == ["a"] * 10 + ["c"] * 10 + ["b"] * 10
    facts = {fact.path: fact for fact in read_manifest(old).files}
    assert all(facts[f.path] == f for f in read_manifest(new).files if f.path.startswith("parts/1/"))


def test_nothing_of_a_removed_document_is_left_in_the_generation(tmp_path: Path) -> None:
    word = "zyzzyva"
    document, passages, commitments = make("gone", 0)
    secret = [make_passage(99, f"The {word} costs.", "gone"), *passages]
    build_all(tmp_path, [make("a", 0), (document, secret, commitments), make("b", 0)])
    folder = tmp_path / "generations"
    assert any(word.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    built = build_all(tmp_path, [make("a", 0), make("b", 0)])
    assert built.removed == ("gone",)
    for path in (folder / built.name).rglob("*"):
        if path.is_file():
            assert word.encode() not in path.read_bytes(), path
            assert b"gone" not in path.read_bytes(), path
    generation = open_generation(tmp_path, ToyEmbedder())
    assert generation.passage("gone.99") is None
    assert generation.lexical.frequency((word,)) == 0


def test_a_damaged_generation_is_not_built_upon(tmp_path: Path) -> None:
    first = build_all(tmp_path, [make("a", 0), make("b", 0)])
    path = tmp_path / "generations" / first.name / "parts" / "1" / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-4] + b"\x00\x00\x00\x01")
    built = build_all(tmp_path, [make("a", 0), make("b", 0)])
    assert built.added == ("a", "b")
    assert np.isfinite(open_generation(tmp_path, ToyEmbedder()).dense.sample(5)).all()


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are checked as those of a large generation are: by their first and last bytes."""
    monkeypatch.setattr("index.manifest.WHOLE_BYTES", 0)
    monkeypatch.setattr("index.manifest.BLOCKS", 2)
    monkeypatch.setattr("index.manifest.BLOCK_BYTES", 16)


def test_a_rebuild_takes_over_nothing_and_keeps_no_damage(sampled: None, tmp_path: Path) -> None:
    supplies = [supplied(name, []) for name in ("a", "b")]
    first = built_from(tmp_path, supplies, ToyEmbedder(), "1")
    path = tmp_path / "generations" / first.name / "parts" / "1" / "vectors.npy"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    second = built_from(tmp_path, supplies, ToyEmbedder(), "2", rebuild=True)
    assert (second.added, second.unchanged) == (("a", "b"), ())
    states = {check.name: check.state for check in check_generations(tmp_path, ToyEmbedder())}
    assert (states["manifests"], states["files"]) == (State.OK, State.OK)
    assert read_history(tmp_path) == (second.name,)


def test_a_record_that_another_document_has_already_is_refused(tmp_path: Path) -> None:
    built_from(tmp_path, [supplied("a", [])], ToyEmbedder(), "1")
    clash = Content(make_document("b"), (make_passage(1, "x", "b", id="a.1"),))
    supplies = [supplied("a", []), Supply("b", "same", 1, lambda: clash)]
    with pytest.raises(BuildError, match=r"2 records have the id a\.1"):
        built_from(tmp_path, supplies, ToyEmbedder(), "2")


def test_token_vectors_are_squeezed_in_a_large_index(tmp_path: Path) -> None:
    supplies = supplies_of(*joined([make("a", 0), make("b", 1)]))
    for squeezed in (True, False, True):
        built = built_from(tmp_path, supplies, ToyEmbedder(), "x", squeezed=squeezed)
        assert built.added == ("a", "b")  # nothing is taken over from the other form
        hits = Searcher(open_generation(tmp_path, ToyEmbedder())).search("recruitment costs")
        assert max(dict(hit.signals)["late"] for hit in hits) == pytest.approx(1, abs=0.1)
    assert built_from(tmp_path, supplies, ToyEmbedder(), "x", squeezed=True).unchanged == ("a", "b")


def test_many_small_builds_leave_few_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.planning.LARGEST_PART", 1000)
    monkeypatch.setattr("index.planning.JOINED_UP_TO", 1000)
    held: list[Supply] = []
    for number in range(17):
        held.append(supplied(f"d{number}", [], count=2))
        built_from(tmp_path, held, ToyEmbedder(), str(number))
    name = (tmp_path / "CURRENT").read_text().strip()
    assert len(list((tmp_path / "generations" / name / "parts").iterdir())) <= 5


def test_a_plan_with_nothing_to_do_keeps_every_part() -> None:
    assert plan([], [], {}).fresh == ()
