"""Training of an adapter from questions and the passages that answer them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from index.adapter.lora import LowRank, attach

Report = Callable[[int, int, float], None]
"""Told the step, how many there are, and the loss."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an adapter is trained.

    Of each question, `positives` passages are drawn in the measure of their gain, and `negatives` among
    those that the untrained model ranks between `skip` and `reach` and that no one judged. Chosen on the
    written questions: a rank of 16, a rate of 1e-3 and four passes.
    """

    rank: int = 16
    scale: float = 2.0
    passes: int = 4
    rate: float = 1e-3
    questions: int = 24
    positives: int = 3
    negatives: int = 3
    skip: int = 3
    reach: int = 80
    temperature: float = 0.05
    tokens: int = 128
    chunk: int = 32
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the grade (1 to 3) of each text, by its place, that bears on it."""

    query: str
    grades: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of n texts: unit vectors (n, d), unit token vectors (n, m, d), ids and marks.

    `content` (n, m) is 1 for a token of the text and 0 for padding and the model's own marks.
    """

    vectors: Tensor
    tokens: Tensor
    content: Tensor
    ids: Tensor


class Trainer:
    """Trains the adapter of one model on one set of texts."""

    def __init__(
        self, folder: Path, texts: Sequence[str], settings: Settings, aside: frozenset[int] = frozenset()
    ) -> None:
        """Load the model in a folder, attach an adapter that changes nothing, and read the texts.

        The texts at the places `aside` are never shown to it.
        """
        torch.manual_seed(settings.seed)
        self.settings = settings
        self.tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.encoder: nn.Module = AutoModel.from_pretrained(folder, local_files_only=True)
        self.layers: dict[str, LowRank] = attach(self.encoder, settings.rank, settings.scale)
        self.texts = texts
        self._aside = aside
        self._random = random.Random(settings.seed)
        self._idf = self._rarity()

    def train(self, examples: Sequence[Example], report: Report) -> None:
        """Fit the adapter to the examples; the same seed and the same examples give the same adapter."""
        negatives = self._negatives(examples)
        parameters = [p for layer in self.layers.values() for p in (layer.down, layer.up)]
        optimizer = torch.optim.AdamW(parameters, lr=self.settings.rate, weight_decay=0.01)
        order = list(range(len(examples)))
        per_pass = math.ceil(len(order) / self.settings.questions)
        total = self.settings.passes * per_pass
        for step in range(total):
            if step % per_pass == 0:
                self._random.shuffle(order)
            first = step % per_pass * self.settings.questions
            chosen = order[first : first + self.settings.questions]
            loss = self._loss([examples[i] for i in chosen], [negatives[i] for i in chosen])
            optimizer.param_groups[0]["lr"] = self.settings.rate * _schedule(step, total)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            report(step + 1, total, float(loss.detach()))

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Encode texts in bfloat16 where the processor has it, at full precision from there on."""
        made = self.tokenizer(
            list(texts), truncation=True, max_length=self.settings.tokens, padding=True, return_tensors="pt"
        )
        ids, mask = made["input_ids"], made["attention_mask"]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask.float()
        mean = (hidden * weights[..., None]).sum(1) / weights.sum(1, keepdim=True)
        own = torch.isin(ids, torch.tensor(self.tokenizer.all_special_ids))
        content = weights.masked_fill(own, 0.0)
        return Encoded(functional.normalize(mean, dim=-1), functional.normalize(hidden, dim=-1), content, ids)

    def _loss(self, examples: Sequence[Example], negatives: Sequence[Sequence[int]]) -> Tensor:
        """Cross-entropy of the gains against the scores, of vectors and of late interaction, added up.

        A passage of grade 1 counts neither for nor against, unless the question has none better.
        """
        pool = self._pool(examples, negatives)
        parts = [
            self.encode([self.texts[place] for place in pool[start : start + self.settings.chunk]])
            for start in range(0, len(pool), self.settings.chunk)
        ]
        asked = self.encode([example.query for example in examples])
        grades = torch.tensor([[example.grades.get(place, 0) for place in pool] for example in examples])
        gains = torch.where(grades >= 2, 2.0**grades - 1, 0.0)
        gains = torch.where(gains.sum(1, keepdim=True) > 0, gains, (grades > 0).float())
        ignored = (grades == 1) & (gains == 0)
        share = gains / gains.sum(1, keepdim=True)
        losses = []
        for scores in (_cosines(asked, parts), self._late(asked, parts)):
            logits = (scores / self.settings.temperature).masked_fill(ignored, -1e4)
            losses.append(-(share * functional.log_softmax(logits, 1)).sum(1).mean())
        return torch.stack(losses).sum()

    def _pool(self, examples: Sequence[Example], negatives: Sequence[Sequence[int]]) -> list[int]:
        """Draw the passages that the questions of a step are compared with, of like length together."""
        drawn: dict[int, None] = {}
        for example, others in zip(examples, negatives, strict=True):
            places = [place for place, grade in example.grades.items() if grade >= 2] or list(example.grades)
            weights = [2 ** example.grades[place] - 1 for place in places]
            drawn.update(dict.fromkeys(self._random.choices(places, weights, k=self.settings.positives)))
            count = min(self.settings.negatives, len(others))
            drawn.update(dict.fromkeys(self._random.sample(list(others), count)))
        return sorted(drawn, key=lambda place: (len(self.texts[place]), place))

    def _late(self, asked: Encoded, parts: Sequence[Encoded]) -> Tensor:
        """Weighted mean of each question token's best match, shape (questions, passages)."""
        flat = asked.tokens.flatten(0, 1).bfloat16()
        best = [_best(flat, part).unflatten(0, asked.ids.shape) for part in parts]
        weights = self._idf[asked.ids] * asked.content
        weights = weights / weights.sum(1, keepdim=True)
        scores: Tensor = (torch.cat(best, dim=2) * weights[..., None]).sum(1)
        return scores

    def _rarity(self) -> Tensor:
        """The idf of each token id among the texts, as late interaction weighs it."""
        counts = torch.zeros(len(self.tokenizer))
        for text in self.texts:
            ids = self.tokenizer(text, truncation=True, max_length=self.settings.tokens)["input_ids"]
            counts[torch.tensor(sorted(set(ids)))] += 1
        return torch.log1p((len(self.texts) - counts + 0.5) / (counts + 0.5))

    def _negatives(self, examples: Sequence[Example]) -> list[list[int]]:
        with torch.no_grad():
            passages = self._vectors(self.texts)
            queries = self._vectors([example.query for example in examples])
        order = torch.argsort(queries @ passages.T, dim=1, descending=True).tolist()
        first, last = self.settings.skip, self.settings.reach
        return [
            [place for place in row if place not in example.grades and place not in self._aside][first:last]
            for row, example in zip(order, examples, strict=True)
        ]

    def _vectors(self, texts: Sequence[str]) -> Tensor:
        chunk = self.settings.chunk
        found = [self.encode(texts[start : start + chunk]).vectors for start in range(0, len(texts), chunk)]
        return torch.cat(found)


def without(examples: Sequence[Example], places: frozenset[int]) -> list[Example]:
    """Leave out some texts, and the questions that have nothing clearly relevant left."""
    kept = []
    for example in examples:
        grades = {place: grade for place, grade in example.grades.items() if place not in places}
        if any(grade >= 2 for grade in grades.values()):
            kept.append(replace(example, grades=grades))
    return kept


def _best(flat: Tensor, part: Encoded) -> Tensor:
    """Best cosine of each question token with each passage, shape (question tokens, passages)."""
    scores = (flat @ part.tokens.flatten(0, 1).bfloat16().T).float()
    by_token = scores.unflatten(1, part.ids.shape)
    best: Tensor = by_token.masked_fill(part.content[None] == 0, -1.0).amax(-1)
    return best


def _cosines(asked: Encoded, parts: Sequence[Encoded]) -> Tensor:
    return asked.vectors @ torch.cat([part.vectors for part in parts]).T


def _schedule(step: int, total: int) -> float:
    """Rise over the first tenth of the steps, then fall in a line to a fiftieth."""
    return min(1.0, 10 * step / total + 0.05) * max(0.02, 1 - step / total)
