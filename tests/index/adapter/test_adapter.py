"""An adapter begins as no change, learns, and is the same merged as it was beside the layers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from torch import nn

from corpus.errors import ModelError
from index.adapter.lora import attach, merge, save
from index.adapter.training import Example, Settings, Trainer, without
from index.sentence_models import default_folder


class Tiny(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.encoder = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 2))
        self.pooler = nn.Linear(2, 2)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.pooler(self.encoder(values))
        return made


VALUES = torch.linspace(-1, 1, 12).reshape(3, 4)


def test_at_first_nothing_changes_and_the_head_is_left_alone() -> None:
    plain, adapted = Tiny(), Tiny()
    layers = attach(adapted, rank=2, scale=1.0)
    assert set(layers) == {"encoder.0", "encoder.2"}
    assert torch.equal(plain(VALUES), adapted(VALUES))


def test_merged_is_the_same_as_beside(tmp_path: Path) -> None:
    adapted, merged = Tiny(), Tiny()
    layers = attach(adapted, rank=2, scale=2.0)
    for layer in layers.values():
        nn.init.normal_(layer.up)
    save(layers, tmp_path / "adapter", {"questions": 3})
    merge(merged, tmp_path / "adapter")
    assert torch.allclose(adapted(VALUES), merged(VALUES), atol=1e-2)
    with safe_open(tmp_path / "adapter", framework="pt") as file:
        assert json.loads(file.metadata()["facts"]) == {"questions": 3}


def test_an_adapter_of_another_model_is_refused(tmp_path: Path) -> None:
    layers = attach(Tiny(), rank=2, scale=1.0)
    save(layers, tmp_path / "adapter", {})
    with pytest.raises(ModelError, match="does not fit the model"):
        merge(nn.Sequential(nn.Linear(2, 2)), tmp_path / "adapter")


def test_texts_set_aside_leave_no_grade_and_no_question_without_a_good_one() -> None:
    examples = [Example("a", {0: 3, 1: 2}), Example("b", {0: 3, 2: 1})]
    assert without(examples, frozenset({0})) == [Example("a", {1: 2})]


@pytest.mark.model
def test_training_makes_the_loss_fall() -> None:
    texts = [f"{subject} shall be reviewed every year" for subject in ("fees", "mines", "courts", "skills")]
    examples = [Example("agents overcharging", {0: 3}), Example("pits", {1: 3}), Example("judges", {2: 3})]
    settings = Settings(rank=4, passes=8, questions=3, positives=1, negatives=1, skip=0, reach=3)
    losses: list[float] = []
    Trainer(default_folder(), texts, settings).train(examples, lambda _s, _n, loss: losses.append(loss))
    assert len(losses) == 8
    assert losses[-1] < losses[0]
