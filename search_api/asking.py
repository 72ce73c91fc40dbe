"""What a request does: check it, then search or answer from one pinned generation."""

from __future__ import annotations

from corpus.answers import Answer, Hit
from search_api.answering.answerer import answer
from search_api.bootstrap import Application
from search_api.questions import Wanted, check_filters, check_k, check_question
from search_api.reading import Reading


def search(application: Application, reading: Reading, query: str, k: int, wanted: Wanted) -> tuple[Hit, ...]:
    """Return the `k` passages nearest to a query, best first.

    Raises QuestionError or UnknownNameError where the request cannot be carried out.
    """
    settings = application.settings
    question = check_question(query, settings.max_question_length)
    limit = check_k(k, settings.max_k)
    filters = check_filters(wanted, (document.id for document in reading.documents), application.authority)
    return tuple(reading.searcher.search(question, limit, filters))


def ask(application: Application, reading: Reading, question: str, wanted: Wanted) -> Answer:
    """Answer a question; raise QuestionError or UnknownNameError where it cannot be asked."""
    checked = check_question(question, application.settings.max_question_length)
    filters = check_filters(wanted, (document.id for document in reading.documents), application.authority)
    return answer(reading, checked, filters)
