"""The generation that a server answers from, and the change to the next without a pause."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from corpus.errors import GenerationError, LabourError, NotReadyError
from index.folders import read_pointer
from index.searching import NO_FILTERS
from search_api.answering.answerer import answer
from search_api.bootstrap import Application
from search_api.reading import Reading

logger = logging.getLogger(__name__)

QUESTION = "recruitment of migrant workers"
"""Put to a generation before it answers others: it loads the model, and all that is made on first use. The
bound on what clients may ask is none on this."""
AGAIN_SECONDS = 1.0
"""How long a published generation that cannot be opened, or does not answer, is left alone."""
WAIT_SECONDS = 1.0
"""How long who asks whether the server is ready waits for an opening that is under way."""


class Serving:
    """Gives every request one generation, opened and tried; safe to use from several threads.

    Where another has been published, the request that finds out opens it and is answered from it; all
    others go on with the one before until then.
    """

    def __init__(self, application: Application) -> None:
        """Name the application; nothing is opened yet."""
        self._application = application
        self._opening = threading.Lock()
        self._held: Reading | None = None
        self._again = 0.0
        self._fault = ""
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._begun: Future[Reading] | None = None

    @property
    def name(self) -> str:
        """The name of the generation in hand, empty where there is none."""
        held = self._held
        return "" if held is None else held.name

    def begin(self) -> None:
        """Open the index in the background, unless that is under way."""
        if self._begun is None or (self._begun.done() and self._held is None):
            self._begun = self._threads.submit(self.pin)

    def ready(self) -> Reading:
        """Return the generation that answers; raises NotReadyError while none has been tried."""
        if self._held is None:
            self.begin()
        else:
            return self.pin()
        try:
            return self._result()
        except TimeoutError as error:
            raise NotReadyError("The index is being opened; ask again in some seconds.") from error
        except LabourError as error:
            raise NotReadyError(str(error)) from error

    def pin(self) -> Reading:
        """Return the generation to answer from.

        Raises GenerationError where none has been opened and none can be.
        """
        held = self._held
        if held is None:
            with self._opening:
                return self._held or self._newest()
        if not self._is_behind(held) or not self._opening.acquire(blocking=False):
            return held
        try:
            return self._newest()
        finally:
            self._opening.release()

    def _result(self) -> Reading:
        if self._begun is None:
            return self.pin()
        return self._begun.result(WAIT_SECONDS)

    def _is_behind(self, held: Reading) -> bool:
        if monotonic() < self._again:
            return False
        try:
            return read_pointer(self._application.library.home) != held.name
        except GenerationError:
            return True

    def _newest(self) -> Reading:
        """Open what is published and try it; what is in hand stays until that is done, and where it fails."""
        held = self._held
        if held is None:
            self._held = self._tried(None)
            return self._held
        try:
            self._held = self._tried(held)
        except Exception as error:
            self._complain(held, error)
        return self._held or held

    def _tried(self, held: Reading | None) -> Reading:
        """Return the published generation, which has answered a question once, or the one in hand."""
        reading = self._application.library.reading()
        if held is not None and reading.name == held.name:
            self._again = monotonic() + AGAIN_SECONDS if self._is_behind(held) else 0.0
            return held
        answer(reading, QUESTION, NO_FILTERS)
        return reading

    def _complain(self, held: Reading, error: Exception) -> None:
        """Leave the published generation alone for a while; say why, once for each cause."""
        self._again = monotonic() + AGAIN_SECONDS
        fault = f"{type(error).__name__}: {error}"
        if fault != self._fault:
            self._fault = fault
            logger.error("generation %s goes on answering, the one published does not: %s", held.name, fault)
