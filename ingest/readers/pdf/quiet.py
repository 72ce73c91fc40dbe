"""Silence of the libraries that read PDFs: what they log is told in notices and errors instead."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

LOGGERS = ("pdfminer", "pdfplumber", "pikepdf", "pypdfium2")


@contextmanager
def quietly() -> Iterator[None]:
    """Keep what the libraries log and warn of from the user's screen."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
