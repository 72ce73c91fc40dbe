"""Settings come from the environment alone, each with a default and a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SettingsError
from index.toy import ToyEmbedder
from search_api.bootstrap import build, choose_embedder
from search_api.settings import Settings, read_settings


def test_each_setting_has_a_default_and_one_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert not field.is_required(), name
        assert field.description, name
        assert field.description.endswith("."), name
        assert field.description.count(". ") == 0, name


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABOUR_HOME", "/somewhere")
    monkeypatch.setenv("LABOUR_MAX_K", "7")
    settings = read_settings()
    assert settings.home == Path("/somewhere")
    assert settings.max_k == 7


def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABOUR_PORT", "eighty")
    with pytest.raises(SettingsError, match="LABOUR_PORT"):
        read_settings()


def test_the_toy_model_is_chosen_by_name(tmp_path: Path) -> None:
    assert isinstance(choose_embedder("toy"), ToyEmbedder)
    application = build(Settings(home=tmp_path, model="toy"))
    assert application.library.home == tmp_path


def test_the_default_corpus_has_a_catalogue(tmp_path: Path) -> None:
    assert build(Settings(home=tmp_path, model="toy")).library.sources()
