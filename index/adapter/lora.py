"""Low-rank changes to the linear layers of an encoder (LoRA: Hu et al. 2021), trained, kept and merged."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from corpus.errors import ModelError

DOWN, UP = ".down", ".up"
FACTS = "facts"
"""Key of the file's metadata under which its provenance is kept, as JSON."""


class LowRank(nn.Module):  # type: ignore[misc]
    """A linear layer, frozen, with a trainable change of low rank beside it, at first none."""

    def __init__(self, linear: nn.Linear, rank: int, scale: float) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.scale = scale
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, values: Tensor) -> Tensor:
        """Apply the layer and its change."""
        change = functional.linear(functional.linear(values, self.down), self.up)
        changed: Tensor = self.linear(values) + self.scale * change
        return changed


def attach(encoder: nn.Module, rank: int, scale: float) -> dict[str, LowRank]:
    """Freeze an encoder and put a low-rank change beside each of its linear layers, by name."""
    encoder.requires_grad_(False)
    attached: dict[str, LowRank] = {}
    for name, linear in list(_linear_layers(encoder)):
        parent, _, last = name.rpartition(".")
        attached[name] = LowRank(linear, rank, scale)
        setattr(encoder.get_submodule(parent), last, attached[name])
    return attached


def save(layers: Mapping[str, LowRank], path: Path, facts: Mapping[str, object]) -> None:
    """Write the changes, half precision, their scale folded in, and how they came about."""
    tensors: dict[str, Tensor] = {}
    for name, layer in layers.items():
        tensors[name + DOWN] = layer.down.detach().half().contiguous()
        tensors[name + UP] = (layer.up.detach() * layer.scale).half().contiguous()
    save_file(tensors, path, metadata={FACTS: json.dumps(facts, sort_keys=True)})


def merge(encoder: nn.Module, path: Path) -> None:
    """Add the changes of a file to the weights of an encoder.

    Raises ModelError where the file cannot be read or is of an encoder of another shape.
    """
    try:
        with safe_open(path, framework="pt") as file, torch.no_grad():
            for key in file.keys():  # noqa: SIM118 - a file of tensors is no mapping
                if key.endswith(DOWN):
                    name = key.removesuffix(DOWN)
                    change = file.get_tensor(name + UP).float() @ file.get_tensor(key).float()
                    weight = encoder.get_parameter(f"{name}.weight")
                    weight += change.to(weight.dtype)
    except (OSError, SafetensorError, AttributeError, RuntimeError) as error:
        raise ModelError(
            f"the adapter {path} does not fit the model ({error}): give the one that was trained for it, or"
            " set LABOUR_ADAPTER to none"
        ) from error


def _linear_layers(encoder: nn.Module) -> Iterator[tuple[str, nn.Linear]]:
    """The linear layers of the transformer's blocks, not those of its head."""
    for name, module in encoder.named_modules():
        if isinstance(module, nn.Linear) and name.startswith("encoder."):
            yield name, module
