"""Which document came from which watched file."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.documents import Source
from search_api.files import write_whole

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Origin:
    """A document, the path of the file that it came from, and the fingerprint of its bytes."""

    document: str
    path: str
    sha256: str


Origins = tuple[Origin, ...]
_ORIGINS: TypeAdapter[Origins] = TypeAdapter(Origins)


def load_origins(home: Path, added: Iterable[Source]) -> Origins:
    """Read the origins of the documents that are held; one written down before its document was added, or
    whose document was removed since, says nothing.

    A file that cannot be read is none: nothing is then removed with what it was about.
    """
    held = {source.id: source.sha256 for source in added}
    try:
        found = _ORIGINS.validate_json(_file_of(home).read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError) as error:
        logger.warning("%s cannot be read (%s): what came from where is forgotten", _file_of(home), error)
        return ()
    return tuple(one for one in found if held.get(one.document) == one.sha256)


def save_origins(home: Path, origins: Origins) -> None:
    """Write the origins down, whole or not at all."""
    write_whole(_file_of(home), [_ORIGINS.dump_json(origins, indent=2)])


def can_be_written(path: Path) -> bool:
    """Whether a path is UTF-8, so that it can be written down."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _file_of(home: Path) -> Path:
    return home / "watched.json"
