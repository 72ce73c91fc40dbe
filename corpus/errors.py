"""Every error a user can meet: one tree, each message naming the thing, the cause and the remedy."""

from __future__ import annotations


class LabourError(Exception):
    """Base of every error this system raises on purpose."""


class CatalogueError(LabourError):
    """The catalogue is missing, malformed, or an entry of it is incomplete."""


class SourceError(LabourError):
    """A file named by the catalogue is missing, changed or not fit to be read."""

    def __init__(self, message: str, reason: str = "unreadable") -> None:
        """Take the message and, in a word or three, what is the matter: "encrypted", "too slow" ..."""
        super().__init__(message)
        self.reason = reason


class AuthorityError(LabourError):
    """The authority file is malformed, or two of its entries claim the same name."""


class UnknownNameError(LabourError):
    """A filter names a document, body, country or kind that the system does not know."""


class QuestionError(LabourError):
    """A question or a search option is outside what can be asked."""


class ModelError(LabourError):
    """The embedding model cannot be loaded, or is not the one that was asked for."""


class GenerationError(LabourError):
    """There is no index, or it is damaged, half-written, or of another model."""


class BuildError(LabourError):
    """An index could not be built or published."""


class QuoteError(LabourError):
    """A quote does not stand in its source at the spans given."""


class RecordNotFoundError(LabourError):
    """No document, passage or commitment has the id that was asked for."""


class CursorError(LabourError):
    """A cursor was made for another index or other filters, or was never given out."""


class OutputError(LabourError):
    """A file of results cannot be written."""


class QuestionFileError(LabourError):
    """A file of questions or of annotated items is missing, or one of its lines cannot be read."""


class SettingsError(LabourError):
    """A setting has a value that cannot be used."""
