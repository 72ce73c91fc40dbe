"""The one place that puts the parts together, from the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.authority import Authority, load_authority
from corpus.errors import ModelError
from index.embedding import Embedder, Embeddings
from index.reranking import Reranker
from index.sentence_models import OWN_ADAPTER
from search_api.library import Library
from search_api.settings import NO_RERANKER, TOY_MODEL, Settings, read_settings


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that a command or a route works with."""

    settings: Settings
    authority: Authority
    library: Library


def build(settings: Settings | None = None, embedder: Embedder | None = None) -> Application:
    """Put the application together; what is not given is made from the environment's settings.

    Raises SettingsError, AuthorityError or ModelError where a part cannot be made.
    """
    settings = settings or read_settings()
    authority = load_authority()
    library = Library(
        settings.home,
        settings.corpus,
        embedder or choose_embedder(settings.model, settings.adapter),
        authority,
        settings.limits,
        choose_reranker(settings.reranker),
        settings.keep_generations,
    )
    return Application(settings, authority, library)


def build_to_examine() -> Application:
    """Put the application together from the environment's settings, with or without the models they name.

    Where there is no such embedder, what is asked of it raises the ModelError; no reranker is loaded. Raises
    SettingsError or AuthorityError.
    """
    settings = read_settings()
    try:
        embedder = choose_embedder(settings.model, settings.adapter)
    except ModelError as error:
        embedder = Missing(error)
    authority = load_authority()
    library = Library(settings.home, settings.corpus, embedder, authority, settings.limits)
    return Application(settings, authority, library)


class Missing:
    """An embedder that cannot be had: whatever is asked of it raises the error that says why."""

    def __init__(self, error: ModelError) -> None:
        """Take the error."""
        self._error = error

    @property
    def model_id(self) -> str:
        """Raise the error."""
        raise self._error

    @property
    def revision(self) -> str:
        """Raise the error."""
        raise self._error

    @property
    def dimension(self) -> int:
        """Raise the error."""
        raise self._error

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Raise the error."""
        raise self._error


def choose_embedder(model: str, adapter: str = OWN_ADAPTER) -> Embedder:
    """Make the embedder that a model's name or path and an adapter stand for.

    Raises ModelError where there is no such model or adapter.
    """
    if model == TOY_MODEL:
        from index.toy import ToyEmbedder

        return ToyEmbedder()
    from index.sentence_models import load_embedder

    return load_embedder(model, adapter)


def choose_reranker(name: str) -> Reranker | None:
    """Make the cross-encoder of a name or path, None where the name is "none"; raises ModelError."""
    if name == NO_RERANKER:
        return None
    from index.cross_encoders import SentenceReranker

    return SentenceReranker(name)
