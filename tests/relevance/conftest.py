"""One real library, built once, and every development question put to it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.catalogue import DEFAULT_CATALOGUE
from search_api import running
from search_api.bootstrap import Application, build
from search_api.evaluation.measures import Reply, Retrieved
from search_api.evaluation.questions import JudgedQuestion, load_judged_questions
from search_api.settings import Settings

QUESTIONS = DEFAULT_CATALOGUE.parent / "evaluation" / "questions.dev.jsonl"


@pytest.fixture(scope="session")
def questions() -> tuple[JudgedQuestion, ...]:
    return load_judged_questions(QUESTIONS)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    home: Path = tmp_path_factory.mktemp("library")
    application = build(Settings(home=home))
    application.library.index()
    return application


@pytest.fixture(scope="session")
def replies(application: Application) -> Mapping[str, Reply]:
    asked = running.load_questions(QUESTIONS, application.settings.max_question_length)
    lines = running.run(asked, application.library.reading(), lambda _stage, _done, _total: None)
    return {
        line["qid"]: Reply(
            line["confidence"], tuple(Retrieved(p["document"], p["text"]) for p in line["passages"])
        )
        for line in lines
    }
