"""A small indexed library with the toy embedder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.toy import ToyEmbedder
from search_api.bootstrap import Application, build
from search_api.settings import Settings

TEXTS = {
    "fees-2012": "Recruitment fees shall be borne by employers.\n\nInspectors visit plantations each year.\n",
    "rafts-2020": "Workers on rafts shall be insured against drowning.\n\nFestivals end the season.\n",
}


@pytest.fixture
def embedder() -> ToyEmbedder:
    return ToyEmbedder()


@pytest.fixture
def application(tmp_path: Path, embedder: ToyEmbedder) -> Application:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    entries = []
    for name, text in TEXTS.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
        facts = {
            "id": name, "title": f"Of {name}", "short_title": name, "body": "slom", "kind": "paper",
            "date": name[-4:], "language": "en", "rights": "-", "file": f"{name}.txt",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }  # fmt: skip
        entries.append("[[source]]\n" + "\n".join(f'{key} = "{value}"' for key, value in facts.items()))
    (corpus / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    made = build(Settings(home=tmp_path / "home", corpus=corpus), embedder)
    made.library.index()
    return made
