"""How hits are ordered: the weight of each signal, read from a file that says where it comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.lexical import DEFAULT_BOOSTS, Boosts

WEIGHTS_FILE = Path(__file__).with_name("ranking.toml")


@cache
def learned_weights() -> tuple[tuple[str, float], ...]:
    """Read the weights that `labour learn ranking` fitted to the written questions."""
    weights = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"]
    return tuple((name, float(weight)) for name, weight in weights.items())


@dataclass(frozen=True, slots=True)
class Ranking:
    """The signals that count, each with its weight, how they are fused, and how many are looked at.

    A signal without a weight counts nothing. `depth` is how many candidates words, vectors and what the
    question states each put forward.
    """

    weights: tuple[tuple[str, float], ...] = field(default_factory=learned_weights)
    fusion: str = "min_max"
    depth: int = 60
    boosts: Boosts = DEFAULT_BOOSTS
