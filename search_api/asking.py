"""What a request does: check it, then search or answer from one pinned generation."""

from __future__ import annotations

from corpus.answers import Answer, Found
from corpus.understanding import Understanding
from search_api.answering.answerer import answer
from search_api.bootstrap import Application
from search_api.questions import Wanted, check_filters, check_k, check_question
from search_api.reading import Reading


def search(
    application: Application, reading: Reading, query: str, k: int, wanted: Wanted, literal: bool = False
) -> Found:
    """Return the `k` passages nearest to a query, best first; `literal` takes its words alone.

    Raises QuestionError or UnknownNameError where the request cannot be carried out.
    """
    settings = application.settings
    question = check_question(query, settings.max_question_length)
    limit = check_k(k, settings.max_k)
    filters = check_filters(wanted, (document.id for document in reading.documents), application.authority)
    understanding = Understanding() if literal else reading.understand(question)
    return Found(reading.search(question, limit, filters, understanding), understanding)


def ask(
    application: Application, reading: Reading, question: str, wanted: Wanted, literal: bool = False
) -> Answer:
    """Answer a question; `literal` takes its words alone.

    Raises QuestionError or UnknownNameError where it cannot be asked.
    """
    checked = check_question(question, application.settings.max_question_length)
    filters = check_filters(wanted, (document.id for document in reading.documents), application.authority)
    return answer(reading, checked, filters, understand=not literal)
