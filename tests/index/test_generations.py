"""A generation is whole or it is not there: building, publishing, opening and refusing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BuildError, GenerationError
from corpus.records import PassageKind
from index.generations import build, current_digest, open_generation
from index.manifest import read_manifest, write_manifest
from index.toy import ToyEmbedder

STAGES = ("embedding", "writing", "verifying", "publishing")
ROOT = Path(__file__).parents[2]


class OtherModel(ToyEmbedder):
    model_id = "other"


class OtherRevision(ToyEmbedder):
    revision = "2"


class OtherDimension(ToyEmbedder):
    dimension = 5


class Crash(Exception):
    """What a crash at some stage looks like to the builder."""


def files_of(library) -> list[str]:
    """The files of the generation that the pointer names, by their paths in its folder."""
    folder = current_folder(library)
    return [fact.path for fact in read_manifest(folder).files]


def current_folder(library) -> Path:
    return library.home / "generations" / (library.home / "CURRENT").read_text().strip()


def generations(library) -> set[str]:
    return {path.name for path in (library.home / "generations").iterdir()}


def test_what_was_built_is_what_is_opened(library, texts, passage) -> None:
    passages = [passage(place, text) for place, text in enumerate(texts)]
    name = library.build(passages)
    generation = open_generation(library.home, library.embedder)
    assert generation.name == name == generation.manifest.name
    assert generation.passages == tuple(passages)
    assert generation.passage("plan.2") == passages[2]
    assert generation.passage("nowhere") is None
    assert [document.id for document in generation.documents] == ["plan"]
    assert generation.document("plan") == generation.documents[0]
    assert generation.document("nowhere") is None


def test_the_manifest_says_what_made_the_generation(library, texts) -> None:
    library.build_texts(*texts, digest="sources")
    manifest = read_manifest(current_folder(library))
    assert (manifest.model.id, manifest.model.revision, manifest.model.dimension) == ("toy", "1", 677)
    assert (manifest.counts.documents, manifest.counts.passages, manifest.counts.searchable) == (1, 5, 5)
    assert manifest.source_digest == "sources"
    assert manifest.created.endswith("+00:00")
    named = {library for library, _ in manifest.versions}
    assert named == {"python", "numpy", "faiss-cpu", "onnxruntime", "tantivy"}
    assert {"parts/1/records.sqlite", "parts/1/vectors.npy", "lexical/meta.json"} <= set(files_of(library))


def test_passages_are_in_the_order_of_the_documents_then_of_their_positions(
    library, passage, document
) -> None:
    passages = [passage(5, "Fifth."), passage(1, "Other.", document="other"), passage(2, "Second.")]
    build(library.home, [document("plan"), document("other")], passages, library.embedder, "one")
    ids = [found.id for found in open_generation(library.home, library.embedder).passages]
    assert ids == ["plan.2", "plan.5", "other.1"]


def test_commitments_are_found_by_id_address_and_passage(library, passage, commitment, document) -> None:
    first, second = passage(1, "One."), passage(2, "Two.", document="other")
    held = [commitment(9, first), commitment(3, second), commitment(4, first)]
    build(
        library.home, [document("plan"), document("other")], [first, second], library.embedder, "one",
        commitments=held,
    )  # fmt: skip
    generation = open_generation(library.home, library.embedder)
    assert generation.commitments == (held[2], held[0], held[1])
    assert generation.manifest.counts.commitments == 3
    assert generation.commitment("c3") == generation.commitment("other/act/3") == held[1]
    assert generation.commitment("") is None
    assert generation.commitments_of("plan.1") == (held[2], held[0])
    assert generation.commitments_of("nowhere") == ()


def test_contents_are_stored_but_not_searchable(library, passage) -> None:
    library.build([passage(0, "Costs 7", kind=PassageKind.CONTENTS), passage(1, "Costs fall.")])
    generation = open_generation(library.home, library.embedder)
    assert len(generation.passages) == 2
    assert generation.manifest.counts.searchable == 1
    assert [hit.passage.id for hit in library.searcher().search("costs")] == ["plan.1"]


def test_the_digest_of_the_published_generation(library, texts) -> None:
    assert current_digest(library.home) is None
    library.build_texts(*texts, digest="first")
    assert current_digest(library.home) == ("first", "toy", "1")
    library.build_texts(*texts, digest="second")
    assert current_digest(library.home) == ("second", "toy", "1")


def test_a_damaged_generation_has_no_digest_so_that_it_is_built_again(library, texts) -> None:
    library.build_texts(*texts)
    (current_folder(library) / "parts/1/vectors.npy").write_bytes(b"")
    assert current_digest(library.home) is None


def test_the_generation_before_stays_and_older_ones_go(library, texts) -> None:
    names = [library.build_texts(*texts, digest=digest) for digest in ("one", "two", "three")]
    assert generations(library) == set(names[1:])
    assert open_generation(library.home, library.embedder).name == names[2]
    assert open_generation(library.home, library.embedder, names[1]).name == names[1]


def test_building_the_same_again_gets_a_name_of_its_own(library, texts) -> None:
    first = library.build_texts(*texts)
    (current_folder(library) / "parts/1/records.sqlite").write_bytes(b"")
    second = library.build_texts(*texts)
    assert second == f"{first}-2"
    assert open_generation(library.home, library.embedder).name == second


def test_the_name_follows_from_the_sources_and_the_model(library, texts, tmp_path: Path) -> None:
    name = library.build_texts(*texts)
    library.home = tmp_path / "elsewhere"
    assert library.build_texts(*texts) == name
    library.home = tmp_path / "other"
    assert library.build_texts(*texts, embedder=OtherModel()) != name


def test_a_reader_keeps_its_generation_after_the_folder_is_gone(library, texts) -> None:
    library.build_texts(*texts)
    searcher = library.searcher()
    for digest in ("two", "three"):
        library.build_texts("Something else.", digest=digest)
    assert len(generations(library)) == 2
    assert searcher.search("recruitmnet costs")[0].passage.text == texts[0]


@pytest.mark.parametrize("stage", STAGES)
def test_a_build_that_fails_leaves_the_old_generation_serving(library, texts, stage: str) -> None:
    old = library.build_texts(*texts)

    def crash(at: str, done: int, total: int) -> None:
        if at == stage:
            raise Crash

    with pytest.raises(Crash):
        library.build_texts("New words.", digest="two", progress=crash)
    assert open_generation(library.home, library.embedder).name == old
    assert library.searcher().search("recruitment")[0].passage.text in texts
    assert not [name for name in generations(library) if name.startswith(".building")]


@pytest.mark.parametrize("stage", STAGES)
def test_a_builder_that_is_killed_leaves_the_old_generation_serving(library, texts, stage: str) -> None:
    old = library.build_texts(*texts)
    assert subprocess.run([sys.executable, "-c", KILLED, str(library.home), stage], cwd=ROOT).returncode == 9
    assert open_generation(library.home, library.embedder).name == old
    new = library.build_texts(*texts, digest="two")
    assert open_generation(library.home, library.embedder).name == new
    assert generations(library) == {old, new}


KILLED = """
import os, sys
from pathlib import Path
from corpus.documents import Document, Source, Span
from corpus.records import Passage, PassageKind
from index.generations import build
from index.toy import ToyEmbedder

source = Source("plan", "Plan", "Plan", "almm", "plan", "2012", None, "en", "free", "0" * 64, Path("a"))
passage = Passage("plan.1", "plan", PassageKind.ITEM, "New words.", (Span(0, 5),), (), 0)
home, stage = Path(sys.argv[1]), sys.argv[2]
die = lambda at, done, total: os._exit(9) if at == stage else None
build(home, [Document(source, "words", (Span(0, 5),))], [passage], ToyEmbedder(), "two", die)
"""


def test_a_second_builder_is_refused_at_once(library, texts) -> None:
    refused: list[BuildError] = []

    def build_meanwhile(at: str, done: int, total: int) -> None:
        if at == "verifying":
            worker = threading.Thread(target=attempt)
            worker.start()
            worker.join()

    def attempt() -> None:
        try:
            library.build_texts("Another.", digest="two")
        except BuildError as error:
            refused.append(error)

    name = library.build_texts(*texts, progress=build_meanwhile)
    assert "another build is at work" in str(refused[0])
    assert open_generation(library.home, library.embedder).name == name


def test_a_folder_that_cannot_be_written_to_is_said(library, texts) -> None:
    library.home.parent.mkdir(exist_ok=True)
    library.home.write_text("a file where the folder should be")
    with pytest.raises(BuildError, match=r"could not be taken .*: see that"):
        library.build_texts(*texts)


def test_records_that_contradict_each_other_are_refused(library, passage, document) -> None:
    with pytest.raises(BuildError, match="nothing to index"):
        library.build([])
    with pytest.raises(BuildError, match=r"2 records have the id plan\.1"):
        library.build([passage(1, "One."), passage(1, "Two.")])
    with pytest.raises(BuildError, match="'other', not one of the documents"):
        build(library.home, [document()], [passage(1, "A.", document="other")], library.embedder, "one")


def test_commitments_that_contradict_each_other_are_refused(library, passage, commitment) -> None:
    one = passage(1, "One.")
    for held, reason in (
        ([commitment(1, one, document="other")], "commitment c1 is of 'other'"),
        ([commitment(1, one), commitment(2, one, id="c1")], "2 records have the id c1"),
        (
            [commitment(1, one), commitment(2, one, address="plan/act/1")],
            "2 records have the address plan/act/1",
        ),
    ):
        with pytest.raises(BuildError, match=reason):
            library.build([one], commitments=held)


def test_no_index_is_said_with_the_remedy(library) -> None:
    with pytest.raises(GenerationError, match=r"there is no index in .*: run `labour index`"):
        open_generation(library.home, library.embedder)


@pytest.mark.parametrize("pointer", ["", "../../etc", "two words", "\x00", "a/b", "."])
def test_a_pointer_that_names_nothing_is_refused(library, texts, pointer: str) -> None:
    library.build_texts(*texts)
    (library.home / "CURRENT").write_text(pointer)
    with pytest.raises(GenerationError, match=r"does not name an index: run `labour index`"):
        open_generation(library.home, library.embedder)
    assert current_digest(library.home) is None
    assert library.build_texts(*texts) == open_generation(library.home, library.embedder).name


def test_a_pointer_to_a_folder_that_is_gone_is_refused(library, texts) -> None:
    library.build_texts(*texts)
    (library.home / "CURRENT").write_text("0123abcd")
    with pytest.raises(GenerationError, match=r"there is no index '0123abcd'.*run `labour index`"):
        open_generation(library.home, library.embedder)
    with pytest.raises(GenerationError, match="there is no index"):
        open_generation(library.home, library.embedder, "../generations")


def test_every_file_that_is_missing_cut_or_changed_is_found(library, texts) -> None:
    library.build_texts(*texts)
    folder = current_folder(library)
    for name in [*files_of(library), "manifest.json"]:
        path = folder / name
        whole = path.read_bytes()
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        for damage in (None, whole[:-1], flipped, b""):
            path.unlink() if damage is None else path.write_bytes(damage)
            with pytest.raises(GenerationError, match="run `labour index --rebuild`"):
                open_generation(library.home, library.embedder)
            assert current_digest(library.home) is None
            path.write_bytes(whole)
    assert open_generation(library.home, library.embedder).passages


@pytest.mark.parametrize("content", ["[]", "{}", "null", '{"format_version": 99}', "{", "\x00"])
def test_a_manifest_that_is_none_is_refused(library, texts, content: str) -> None:
    library.build_texts(*texts)
    (current_folder(library) / "manifest.json").write_text(content)
    with pytest.raises(GenerationError, match="run `labour index --rebuild`"):
        open_generation(library.home, library.embedder)


def test_counts_that_do_not_agree_are_refused(library, texts) -> None:
    library.build_texts(*texts)
    folder = current_folder(library)
    manifest = read_manifest(folder)
    write_manifest(folder, replace(manifest, counts=replace(manifest.counts, passages=4)))
    with pytest.raises(GenerationError, match="does not hold what its manifest counts"):
        open_generation(library.home, library.embedder)


@pytest.mark.parametrize(
    ("embedder", "words"),
    [
        (OtherModel(), r"made with the model toy \(revision 1\), not with other"),
        (OtherRevision(), r"not with toy \(revision 2\)"),
        (OtherDimension(), r"vectors of 677 components, the model toy makes 5"),
    ],
)
def test_another_model_is_refused_in_words(library, texts, embedder: ToyEmbedder, words: str) -> None:
    library.build_texts(*texts)
    with pytest.raises(GenerationError, match=rf"{words}.*run `labour index"):
        open_generation(library.home, embedder)


def test_building_leaves_nothing_beside_the_generation(library, texts) -> None:
    name = library.build_texts(*texts)
    assert generations(library) == {name}
    assert sorted(os.listdir(library.home)) == ["CURRENT", "HISTORY", "build.lock", "cache", "generations"]


def test_text_that_cannot_be_stored_is_a_build_error(library) -> None:
    with pytest.raises(BuildError, match="surrogates not allowed"):
        library.build_texts("half a character \ud800")
