"""Many texts embedded at once: batches of like length, in bfloat16 where the processor computes with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedTokenizerBase

from index.arrays import Vectors
from index.embedding import Embeddings, Tokens

AT_ONCE = 1024
"""Tokens of a batch, padding included. On one core of a Xeon with AMX, passages a second by this: 512 179,
1,024 201, 2,048 209, 4,096 187; the fewer, the better they divide among several cores."""
MANY = 32
"""Texts from which on bfloat16 is used: fewer, as questions are, cost little and are embedded in float32."""
FASTER = ("amx_bf16", "avx512_bf16", "bf16", "sve_bf16")
"""What torch calls the instructions of processors that multiply in bfloat16."""
AGREEMENT = 0.999
"""Least cosine with float32 that bfloat16 must reach on a sample; that of the default model is 0.9999."""
SAMPLE = 8
"""Texts on which that is tried."""


Made = tuple[Vectors, Tokens]
"""What is made of one text: its vector, shape (dimension,), and its tokens."""


def one_threaded(workers: int) -> ThreadPoolExecutor:
    """Return a pool of workers in each of which torch computes with one thread; elsewhere nothing changes.

    On two cores taken up by others too, it made 120 passages a second so, and 13 with both on each step.
    """
    return ThreadPoolExecutor(workers, initializer=partial(torch.set_num_threads, 1))


def has_bfloat16() -> bool:
    """Whether the processor multiplies in bfloat16, so that this is faster than float32."""
    abilities = torch.cpu.get_capabilities()
    return any(abilities.get(name) for name in FASTER)


def is_mean_of_tokens(model: SentenceTransformer) -> bool:
    """Whether a model's vectors are the means of its last layer, scaled, which is what a graph gives."""
    names = [type(module).__name__ for module in model]
    pooling = [module for module in model if type(module).__name__ == "Pooling"]
    return names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) and pooling[
        0
    ].get_config_dict().get("pooling_mode") in ("mean", ("mean",), ["mean"])


def is_plain(model: SentenceTransformer) -> bool:
    """Whether a model only averages what its encoder makes of a text as it is, and is on the processor."""
    first, tokenizer = model[0], model.tokenizer
    return (
        is_mean_of_tokens(model)
        and model.device.type == "cpu"
        and model.default_prompt_name is None
        and not getattr(first, "do_lower_case", False)
        and tokenizer.pad_token_id is not None
    )


def longest_of(model: SentenceTransformer) -> int:
    """How many tokens a model reads of a text."""
    return int(model.max_seq_length or model.tokenizer.model_max_length)


class BulkEncoder:
    """An encoder whose vectors are the means of its last layer; not safe to use from several threads.

    `tokenizer` is the encoder's own, `longest` how many tokens it reads of a text. The vectors are those that
    sentence-transformers makes, to 0.999 of cosine and better.
    """

    def __init__(
        self,
        encoder: nn.Module,
        tokenizer: PreTrainedTokenizerBase,
        longest: int,
        bfloat16: bool | None = None,
    ) -> None:
        """Take an encoder on the processor; `bfloat16` is used where it is faster, unless said otherwise."""
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._longest = longest
        self._special = tokenizer.all_special_ids
        wanted = has_bfloat16() if bfloat16 is None else bfloat16
        self._half = copy.deepcopy(encoder).to(torch.bfloat16) if wanted else None
        self._tried = False

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Embed each text and its tokens: float32, rows L2-normalised; there must be one text or more."""
        ids = self._tokenizer([text.strip() for text in texts], truncation=True, max_length=self._longest)
        rows = [np.array(row, dtype=np.int32) for row in ids["input_ids"]]
        if len(rows) < MANY or self._half is None:
            return self._embed(self._encoder, rows)
        if not self._tried:
            self._try(self._half, rows[:SAMPLE])
        return self._embed(self._half or self._encoder, rows)

    def _try(self, half: nn.Module, rows: list[NDArray[np.int32]]) -> None:
        """Give up bfloat16 where it changes the vectors of a sample too much."""
        cosines = self._embed(half, rows).vectors * self._embed(self._encoder, rows).vectors
        self._tried = True
        if not cosines.sum(axis=1).min() >= AGREEMENT:
            self._half = None

    def _embed(self, encoder: nn.Module, rows: list[NDArray[np.int32]]) -> Embeddings:
        """Embed batch by batch, each core one of its own: sharing out every step of one makes them wait."""
        divided = list(batches([len(row) for row in rows]))[::-1]
        made: dict[int, Made] = {}
        with one_threaded(min(torch.get_num_threads(), len(divided))) as pool:
            found = pool.map(lambda batch: self._batch(encoder, [rows[place] for place in batch]), divided)
            for batch, each in zip(divided, found, strict=True):
                made.update(zip(batch, each, strict=True))
        vectors = np.stack([made[place][0] for place in range(len(rows))])
        return Embeddings(vectors, tuple(made[place][1] for place in range(len(rows))))

    def _batch(self, encoder: nn.Module, rows: list[NDArray[np.int32]]) -> list[Made]:
        ids, mask = self._padded(rows)
        with torch.inference_mode():
            hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            sums = (hidden * mask.unsqueeze(-1)).sum(dim=1)
            vectors = functional.normalize(sums, dim=1).numpy()  # a mean and a sum point the same way
            tokens = functional.normalize(hidden, dim=2).numpy()
        parts = zip(vectors, rows, tokens, mask.bool().numpy(), strict=True)
        return [(vector, self._tokens(row, own[seen])) for vector, row, own, seen in parts]

    def _tokens(self, row: NDArray[np.int32], vectors: Vectors) -> Tokens:
        kept = ~np.isin(row, self._special)
        return Tokens(row[kept], vectors[kept])

    def _padded(self, rows: list[NDArray[np.int32]]) -> tuple[Tensor, Tensor]:
        """Tokens and mask of a batch, each of shape (rows, longest row), padded where the tokenizer does."""
        width = max(map(len, rows))
        ids = np.full((len(rows), width), self._tokenizer.pad_token_id, dtype=np.int64)
        mask = np.zeros((len(rows), width), dtype=np.int64)
        for place, row in enumerate(rows):
            at = slice(width - len(row), width) if self._tokenizer.padding_side == "left" else slice(len(row))
            ids[place, at], mask[place, at] = row, 1
        return torch.from_numpy(ids), torch.from_numpy(mask)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Divide the places of texts by their lengths in tokens: like with like, as many as fit `AT_ONCE`."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if batch and (len(batch) + 1) * lengths[place] > AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    yield batch
