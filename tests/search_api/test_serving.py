"""Generations are taken up while clients ask, and every reply is of one of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from corpus.errors import ModelError
from index.folders import generations_of, point_to
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.http.app import create_app
from search_api.library import Library
from search_api.reading import Reading
from search_api.serving import Serving

COSTS = "Publish the ceiling of recruitment costs in every language, says version {}.\n"
ROUTES = ("/v1/search?q=ceiling+of+recruitment+costs", "/v1/documents/costs-2012/passages", "/v1/commitments")


@pytest.fixture
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        while client.get("/ready").status_code == 503:
            continue
        yield client


@pytest.fixture
def publishing(bare: Application, write: Callable[..., None]) -> Callable[[int], Reading]:
    """Publish the generation of a version of the text, and open it."""

    def publish_version(version: int) -> Reading:
        write(bare.settings.corpus, {"costs-2012": COSTS.format(version)})
        bare.library.index()
        return bare.library.reading()

    return publish_version


def fresh(bare: Application, embedder: ToyEmbedder | None = None) -> Application:
    """The same home, as another process would open it."""
    library = Library(bare.settings.home, bare.settings.corpus, embedder or ToyEmbedder(), bare.authority)
    return replace(bare, library=library)


def test_every_reply_is_of_one_generation_while_others_are_published(
    bare: Application, publishing: Callable[[int], Reading]
) -> None:
    versions = {reading.name: reading for reading in [publishing(0)]}
    app = create_app(fresh(bare))
    done = threading.Event()

    def ask(_: int) -> list[Response]:
        client, replies = TestClient(app, raise_server_exceptions=False), []
        while not done.is_set():
            replies += [client.get(route) for route in ROUTES]
            replies.append(client.post("/v1/ask", json={"question": "ceiling of recruitment costs"}))
        return replies

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask, place) for place in range(4)]
        for version in range(1, 7):
            reading = publishing(version)
            versions[reading.name] = reading
        done.set()
    replies = [reply for future in asked for reply in future.result()]
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.headers["x-generation"] for reply in replies}) > 1
    for reply in replies:
        reading = versions[reply.headers["x-generation"]]
        assert reply.json()["generation"] == reading.name
        verify(reply.json(), reading)


def verify(value: Any, reading: Reading) -> None:
    """Check that every quote below a value stands in the reading's documents at its spans."""
    if isinstance(value, list):
        for one in value:
            verify(one, reading)
    elif isinstance(value, dict):
        words = value.get("quote", value.get("text"))
        if words is not None and "spans" in value:
            text = reading.document(value["document"]).text
            assert "".join(text[span["start"] : span["end"]] for span in value["spans"]) == words
        for one in value.values():
            verify(one, reading)


@dataclass
class SlowEmbedder(ToyEmbedder):
    """The toy, which waits before it embeds anything."""

    loaded: threading.Event = field(default_factory=threading.Event)

    def embed(self, texts: Any) -> Any:
        assert self.loaded.wait(30)
        return super().embed(texts)


def test_the_server_is_not_ready_before_the_model_is_loaded(bare: Application) -> None:
    bare.library.index()
    embedder = SlowEmbedder()
    with TestClient(create_app(fresh(bare, embedder)), raise_server_exceptions=False) as client:
        assert client.get("/health").status_code == 200
        waiting = client.get("/ready")
        assert waiting.status_code == 503
        assert "being opened" in waiting.json()["detail"]
        embedder.loaded.set()
        while client.get("/ready").status_code == 503:
            continue
        assert client.get("/ready").json()["generation"] == bare.library.reading().name


def test_a_server_without_an_index_becomes_ready_when_there_is_one(bare: Application) -> None:
    with TestClient(create_app(fresh(bare)), raise_server_exceptions=False) as client:
        assert client.get("/ready").status_code == 503
        bare.library.index()
        assert client.get("/ready").status_code == 200


def test_the_one_in_hand_goes_on_answering_where_the_next_is_damaged(
    bare: Application, publishing: Callable[[int], Reading]
) -> None:
    first = publishing(0)
    serving = Serving(fresh(bare))
    assert serving.pin().name == first.name
    point_to(bare.settings.home, "0000")
    assert serving.pin().name == first.name
    assert serving.ready().name == first.name


@dataclass
class Failing(ToyEmbedder):
    """The toy, which fails when it is told to."""

    fails: bool = False

    def embed(self, texts: Any) -> Any:
        if self.fails:
            raise ModelError("the model is gone: restore it")
        return super().embed(texts)


def test_the_one_in_hand_goes_on_answering_where_the_next_opens_and_does_not_answer(
    bare: Application,
    publishing: Callable[[int], Reading],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("search_api.serving.AGAIN_SECONDS", 0.0)
    first, model = publishing(0), Failing()
    serving = Serving(fresh(bare, model))
    assert serving.pin().name == first.name
    second = publishing(1)
    model.fails = True
    assert [serving.pin().name, serving.ready().name] == [first.name, first.name]
    (told,) = (one.getMessage() for one in caplog.records if one.name == "search_api.serving")
    assert f"{first.name} goes on answering" in told
    assert "the model is gone" in told
    model.fails = False
    assert serving.pin().name == second.name


def test_a_server_that_takes_short_questions_only_becomes_ready(
    bare: Application, publishing: Callable[[int], Reading]
) -> None:
    first = publishing(0)
    short = replace(bare, settings=bare.settings.model_copy(update={"max_question_length": 5}))
    assert Serving(fresh(short)).pin().name == first.name


def test_who_asks_while_the_next_is_opened_does_not_wait(
    bare: Application, publishing: Callable[[int], Reading]
) -> None:
    embedder = SlowEmbedder()
    embedder.loaded.set()
    first = publishing(0)
    serving = Serving(fresh(bare, embedder))
    serving.pin()
    embedder.loaded.clear()
    second = publishing(1)
    with ThreadPoolExecutor(1) as threads:
        opening = threads.submit(serving.pin)
        while not serving._opening.locked():
            continue
        assert serving.pin().name == first.name
        embedder.loaded.set()
        assert opening.result().name == second.name
    assert serving.pin().name == second.name


def test_a_generation_that_goes_while_it_is_opened_is_left_for_the_next(
    bare: Application, publishing: Callable[[int], Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [publishing(version).name for version in range(2)]
    point_to(bare.settings.home, "0000")
    pointers = iter(["0000", names[1], names[1]])
    monkeypatch.setattr("search_api.library.read_pointer", lambda home: next(pointers))
    assert fresh(bare).library.reading().name == names[1]
    assert (generations_of(bare.settings.home) / names[1]).is_dir()


def test_every_response_names_the_generation(client: TestClient) -> None:
    name = client.get("/ready").json()["generation"]
    for address in ("/health", "/v1/search?q=costs", "/v1/search", "/nowhere", "/openapi.json", "/docs"):
        assert client.get(address).headers["x-generation"] == name, address


def test_what_is_known_already_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/v1/documents")
    tag = first.headers["etag"]
    assert tag == f'W/"{first.json()["generation"]}"'
    for known in (tag, tag[2:], f'"x", {tag}', "*"):
        again = client.get("/v1/documents", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "content-type" not in again.headers
    for other in ('"x"', 'W/""', "", "nonsense,,,"):
        assert client.get("/v1/documents", headers={"If-None-Match": other}).status_code == 200


def test_an_error_is_told_whatever_is_known(client: TestClient) -> None:
    known = {"If-None-Match": "*"}
    assert client.get("/v1/documents/none", headers=known).status_code == 404
    assert client.get("/v1/search", headers=known).status_code == 422
    assert "etag" not in client.get("/v1/documents/none").headers
    assert client.get("/ready", headers=known).status_code == 200


@pytest.mark.parametrize(
    "address", ["/health", "/docs", "/v1/search?q=costs", "/v1/commitments/export?format=csv"]
)
def test_head_answers_as_get_without_the_body(client: TestClient, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert dict(head.headers) == dict(whole.headers)


def test_head_of_what_get_refuses_is_refused(client: TestClient) -> None:
    assert client.head("/v1/ask").status_code == 405
    assert client.head("/nowhere").status_code == 404
    tag = client.get("/v1/documents").headers["etag"]
    assert client.head("/v1/documents", headers={"If-None-Match": tag}).status_code == 304
