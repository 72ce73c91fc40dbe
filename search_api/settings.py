"""Every setting of the system, with its default; the only module that reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

import corpus
from corpus.errors import SettingsError
from index.sentence_models import DEFAULT_MODEL, OWN_ADAPTER
from ingest.intake.limits import Limits

PREFIX = "LABOUR_"
TOY_MODEL = "toy"
LIMITS = Limits()
NO_RERANKER = "none"


class Settings(BaseSettings):
    """The settings, each read from the environment variable of its name with the prefix LABOUR_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    home: Path = Field(default=Path(".labour"), description="Folder that holds the index and the caches.")
    corpus: Path = Field(
        default=Path(corpus.__file__).parent,
        description="Folder that holds catalogue.toml and the texts it names.",
    )
    model: str = Field(
        default=DEFAULT_MODEL,
        min_length=1,
        description='Embedding model, by name or path; "toy" is a model without weights, for trials only.',
    )
    adapter: str = Field(
        default=OWN_ADAPTER,
        min_length=1,
        description='Adapter of the model: a file, "own" for the one kept for the default model, or "none".',
    )
    reranker: str = Field(
        default=NO_RERANKER,
        min_length=1,
        description='Cross-encoder that reads the best hits again, by name or path, or "none".',
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address on which `labour serve` listens."
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Port on which `labour serve` listens.")
    max_question_length: int = Field(
        default=1000, ge=1, description="Most characters that a question, or the text of a filter, may have."
    )
    max_k: int = Field(default=100, ge=1, description="Most hits that one search may ask for.")
    max_body_bytes: int = Field(
        default=65_536, ge=1024, description="Most bytes that a request body may have."
    )
    read_memory_mb: int = Field(
        default=LIMITS.memory, ge=256, description="Most memory in MiB that reading a file may take."
    )
    read_seconds: int = Field(
        default=LIMITS.seconds,
        ge=1,
        description="Most seconds that reading a file may take, or a part of 40 pages of a long one.",
    )
    read_pages: int = Field(default=LIMITS.pages, ge=1, description="Most pages that a file may have.")
    read_mb: int = Field(default=LIMITS.size, ge=1, description="Most MiB that a file may have.")
    max_page: int = Field(
        default=200, ge=1, description="Most passages or commitments that one page of a listing may hold."
    )

    @property
    def limits(self) -> Limits:
        """The bounds within which files are read."""
        return Limits(self.read_memory_mb, self.read_seconds, self.read_pages, self.read_mb)


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises SettingsError naming each variable whose value cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"{_variable(fault['loc'])}: {fault['msg']}" for fault in error.errors())
        raise SettingsError(f"The settings cannot be used ({faults}). Correct or unset them.") from error


def _variable(location: tuple[int | str, ...]) -> str:
    return PREFIX + "_".join(str(part) for part in location).upper()
