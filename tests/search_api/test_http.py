"""Every route, and every way to misuse it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Passage
from index.toy import ToyEmbedder
from search_api import asking
from search_api.bootstrap import Application
from search_api.http.app import create_app
from search_api.library import Library

JSON = {"Content-Type": "application/json"}
HOSTILE = st.text(st.characters(codec=None), max_size=80) | st.sampled_from(
    [
        '"',
        '""',
        '"recruitment',
        "AND",
        "OR NOT",
        "costs^9",
        "body:",
        "(((",
        "*",
        "~",
        "\\",
        "[a TO b]",
        "{}",
        "%00",
    ]
)


@pytest.fixture(scope="session")
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def empty_client(bare: Application) -> TestClient:
    return TestClient(create_app(bare), raise_server_exceptions=False)


def assert_problem(response: Response, status: int, reason: str = "") -> dict[str, Any]:
    """Check that a response is a problem of that status whose text holds the reason."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= problem.keys()
    assert problem["status"] == status
    assert reason in problem["detail"]
    return problem


def test_search_returns_cited_hits_best_first(client: TestClient) -> None:
    response = client.get("/v1/search", params={"q": "ceiling in every language", "k": 3})
    reply = response.json()
    assert response.status_code == 200
    assert reply["generation"] == response.headers["x-generation"]
    assert [hit["rank"] for hit in reply["hits"]] == [1, 2, 3]
    scores = [hit["score"] for hit in reply["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert "the ceiling of recruitment costs" in reply["hits"][0]["citation"]["quote"]
    assert {"bm25", "dense", "coverage"} <= reply["hits"][0]["signals"].keys()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("document=mission-2003", {"mission-2003"}),
        ("document=mission-2003&document=programme-2010", {"mission-2003", "programme-2010"}),
        ("kind=row", {"programme-2010"}),
        ("body=SLOM", {"programme-2010"}),
        ("country=Cambodia", {"plans-2012"}),
        ("from=2003&to=2004", {"mission-2003"}),
    ],
)
def test_filters_narrow_a_search(client: TestClient, filters: str, expected: set[str]) -> None:
    hits = client.get(f"/v1/search?q=recruitment costs seminar inspectors Cambodia&k=50&{filters}").json()[
        "hits"
    ]
    assert {hit["citation"]["document"] for hit in hits} == expected


def test_ask_answers_in_groups_with_context(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "recruitment agencies shall show costs"})
    reply = response.json()
    assert response.status_code == 200
    assert reply["answered"]
    assert reply["nearest"] == []
    assert reply["generation"] == response.headers["x-generation"]
    years = [group["year"] for group in reply["groups"]]
    assert years == sorted(years)
    statements = [statement for group in reply["groups"] for statement in group["statements"]]
    inferred = next(one for one in statements if one["citations"][0]["inferred"])
    assert inferred["context"]["parent_text"].startswith("1. Reduce")
    assert {1} <= {one["rank"] for one in statements}


def test_ask_says_when_the_texts_do_not_answer(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "xylophone zebra quotas"}).json()
    assert not reply["answered"]
    assert reply["groups"] == []
    assert reply["searched_documents"] == 3


def test_ask_takes_filters(client: TestClient) -> None:
    body = {"question": "recruitment costs", "document": ["programme-2010"], "from": 2010, "to": 2015}
    reply = client.post("/v1/ask", json=body).json()
    assert {group["document"] for group in reply["groups"]} == {"programme-2010"}


def test_documents(client: TestClient) -> None:
    reply = client.get("/v1/documents").json()
    assert [document["id"] for document in reply["documents"]] == [
        "plans-2012",
        "programme-2010",
        "mission-2003",
    ]
    assert reply["documents"][0]["passages"] == 6


def test_status_and_documents_tell_what_is_not_held(bare: Application) -> None:
    path = bare.settings.corpus / "plans-2012.txt"
    path.write_bytes(b"")
    bare.library.index()
    with TestClient(create_app(bare)) as client:
        status = client.get("/v1/status").json()
        (refused,) = client.get("/v1/documents").json()["refused"]
    assert (status["documents"], status["model"]) == (1, "toy")
    assert [row["outcome"] for row in status["report"]["rows"]] == ["refused", "read"]
    assert status["report"]["rows"][0] == refused
    assert (refused["source"], refused["reason"]) == ("plans-2012", "empty")
    assert str(path.parent) not in str(status)


def test_document_with_its_sections(client: TestClient) -> None:
    reply = client.get("/v1/documents/mission-2003").json()
    assert reply["document"]["title"] == "Mission 2003, in full"
    assert reply["sections"] == [["CONCLUSIONS AND FOLLOW-UP"]]


def test_passages_come_in_pages_that_join_without_gap(client: TestClient) -> None:
    address: str | None = "/v1/documents/plans-2012/passages?limit=4"
    seen: list[int] = []
    while address:
        page = client.get(address).json()
        assert page["total"] == 6
        seen.extend(passage["position"] for passage in page["passages"])
        address = page["next"]
    assert seen == [0, 1, 2, 3, 4, 5]


def test_passage_with_neighbours_and_parts(client: TestClient, find: Callable[[str], Passage]) -> None:
    reply = client.get(f"/v1/passages/{find('yearly').id}").json()
    assert reply["previous"]["text"].startswith("2. Publish")
    assert reply["next"]["text"].startswith("- Recruitment agencies")
    assert [part["number"] for part in reply["parts"]] == ["2"]
    assert reply["citation"]["quote"] == reply["passage"]["text"]


def test_the_ends_of_a_document_have_one_neighbour(
    client: TestClient, find: Callable[[str], Passage]
) -> None:
    assert client.get(f"/v1/passages/{find('........').id}").json()["previous"] is None
    assert client.get(f"/v1/passages/{find('Cambodia').id}").json()["next"] is None


def test_health_and_readiness(client: TestClient, empty_client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json()["status"] == "ready"
    assert empty_client.get("/health").status_code == 200
    assert_problem(empty_client.get("/ready"), 503, "labour index")
    assert_problem(empty_client.get("/v1/search?q=costs"), 503, "labour index")


def test_the_root_leads_to_a_page_that_loads_nothing(client: TestClient) -> None:
    page = client.get("/")
    assert page.url.path == "/docs"
    assert "/v1/search" in page.text
    assert "unknown-name" in page.text
    assert "<script" not in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text


def test_openapi_has_examples_and_problems(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    question = schema["components"]["schemas"]["AskRequest"]["properties"]["question"]
    assert question["examples"]
    parameters = {one["name"]: one for one in schema["paths"]["/v1/search"]["get"]["parameters"]}
    assert set(parameters) == {"q", "k", "document", "kind", "body", "country", "from", "to", "literal"}
    responses = schema["paths"]["/v1/ask"]["post"]["responses"]
    assert {"400", "413", "415", "422", "503"} <= responses.keys()
    assert "application/problem+json" in responses["422"]["content"]


def test_security_headers_are_on_replies_and_problems(client: TestClient) -> None:
    for address in ("/health", "/nowhere"):
        assert client.get(address).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "q: Field required"),
        ("q=", "empty"),
        ("q=%20%0A", "empty"),
        ("q=%3F", "neither a letter nor a digit"),
        ("q=a%00b", "U+0000"),
        ("q=%1B[31m", "U+001B"),
        ("q=" + "w" * 60_000, "60,000 characters"),
        ("q=costs&k=0", "k is 0"),
        ("q=costs&k=10000", "from 1 to 100"),
        ("q=costs&k=ten", "k: "),
        ("q=costs&k=" + "9" * 5000, "k: "),
        ("q=costs&document=plan-2012", "plans-2012"),
        ("q=costs&kind=recomendation", "recommendation"),
        ("q=costs&body=SLOMM", "SLOM"),
        ("q=costs&country=Camboja", "Cambodia"),
        ("q=costs&country=" + "x" * 500, "country"),
        ("q=costs" + "&kind=row" * 60, "kind"),
        ("q=costs&from=2016&to=2015", "after `to`"),
        ("q=costs&from=soon", "from: "),
        ("q=costs&to=99999999999", "to: "),
        ("q=costs&documents=plans-2012", "documents: "),
    ],
)
def test_a_bad_search_is_refused_with_the_reason(client: TestClient, query: str, reason: str) -> None:
    assert_problem(client.get(f"/v1/search?{query}"), 422, reason)


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("", 422, "body: Field required"),
        ("{", 400, "not well-formed JSON"),
        ('{"question": "\\ud8', 400, ""),
        ("[" * 50_000, 400, ""),
        ("[]", 422, ""),
        ("null", 422, ""),
        ("{}", 422, "question: Field required"),
        ('{"question": null}', 422, "question"),
        ('{"question": 5}', 422, "question"),
        ('{"question": "  "}', 422, "empty"),
        ('{"question": "\\ud800"}', 422, ""),
        ('{"question": "a\\u0000b"}', 422, "U+0000"),
        ('{"question": "costs", "\\ud800": 1}', 422, ""),
        ('{"question": "costs", "from": 2016, "to": 2015}', 422, "after `to`"),
        ('{"question": "costs", "from": 1e400}', 422, "from"),
        ('{"question": "costs", "document": "plans-2012"}', 422, "document"),
        ('{"question": "costs", "body": ["\\u001b[2J"]}', 422, "not a body"),
        (json.dumps({"question": "w" * 20_000}), 422, "20,000 characters"),
        (json.dumps({"question": "w" * 100_000}), 413, "65,536 bytes"),
    ],
)
def test_a_bad_body_is_refused_with_the_reason(
    client: TestClient, body: str, status: int, reason: str
) -> None:
    assert_problem(client.post("/v1/ask", content=body, headers=JSON), status, reason)


def test_a_body_that_is_not_utf8_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/v1/ask", content=b'{"question": "\xff"}', headers=JSON), 400)


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_only_json_is_taken(client: TestClient, media_type: str) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    assert_problem(
        client.post("/v1/ask", content=b'{"question": "costs"}', headers=headers), 415, "application/json"
    )


def test_a_body_without_a_declared_length_is_counted(client: TestClient) -> None:
    chunks = (b" " * 10_000 for _ in range(10))
    assert_problem(client.post("/v1/ask", content=chunks, headers=JSON), 413, "65,536 bytes")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/search/", 404),
        ("GET", "/v1/documents/nothing", 404),
        ("GET", "/v1/documents/nothing/passages", 404),
        ("GET", "/v1/documents/..%2F..%2Fetc", 404),
        ("GET", "/v1/passages/plans-2012.000000000000", 404),
        ("GET", "/v1/passages/%00%ED%A0%80", 404),
        ("GET", "/v1/documents/plans-2012/passages?limit=0", 422),
        ("GET", "/v1/documents/plans-2012/passages?limit=1000", 422),
        ("GET", "/v1/documents/plans-2012/passages?offset=-1", 422),
        ("POST", "/v1/search?q=costs", 405),
        ("GET", "/v1/ask", 405),
        ("DELETE", "/v1/documents", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(
    client: TestClient, method: str, address: str, status: int
) -> None:
    problem = assert_problem(client.request(method, address), status)
    assert problem["instance"].isascii()


def test_validation_problems_list_the_fields(client: TestClient) -> None:
    problem = assert_problem(client.get("/v1/search?k=ten"), 422)
    assert {fault["field"] for fault in problem["errors"]} == {"q", "k"}
    assert all(fault["reason"] for fault in problem["errors"])


def test_the_type_of_a_problem_is_described_on_the_page(client: TestClient) -> None:
    problem = assert_problem(client.get("/v1/search?q=costs&country=Atlantis"), 422)
    anchor = problem["type"].removeprefix("/docs#")
    assert f'id="{anchor}"' in client.get("/docs").text


def test_an_unforeseen_error_is_a_problem_without_its_reason(application: Application) -> None:
    class Broken:
        def reading(self) -> None:
            raise ZeroDivisionError("secret")

    app = create_app(replace(application, library=Broken()))  # type: ignore[arg-type]
    response = TestClient(app, raise_server_exceptions=False).get("/v1/documents")
    assert_problem(response, 500)
    assert "secret" not in response.text


def test_a_generation_published_later_is_taken_up(bare: Application) -> None:
    client = TestClient(create_app(bare))
    bare.library.index()
    first = client.get("/ready").json()["generation"]
    bare.library.index(rebuild=True)
    assert client.get("/ready").json()["generation"] != first


@settings(max_examples=60, deadline=None)
@given(query=HOSTILE, name=HOSTILE, field=st.sampled_from(["document", "kind", "body", "country"]))
def test_no_query_breaks_a_search(client: TestClient, query: str, name: str, field: str) -> None:
    text = query.encode("utf-8", "surrogatepass")
    for parameters in ({"q": text}, {"q": "costs", field: name.encode("utf-8", "surrogatepass")}):
        response = client.get("/v1/search", params=parameters)  # type: ignore[arg-type]
        assert response.status_code in (200, 422)


@settings(max_examples=60, deadline=None)
@given(question=HOSTILE, extra=st.dictionaries(HOSTILE, st.none() | st.integers() | HOSTILE, max_size=2))
def test_no_question_breaks_an_answer(client: TestClient, question: str, extra: dict[str, object]) -> None:
    for body in ({"question": question}, {**extra, "question": question}):
        response = client.post("/v1/ask", content=json.dumps(body).encode(), headers=JSON)
        assert response.status_code in (200, 422)


def test_a_damaged_index_is_503_with_the_remedy(bare: Application) -> None:
    bare.library.index()
    for manifest in Path(bare.settings.home).rglob("manifest.json"):
        manifest.write_text("{", encoding="utf-8")
    library = Library(bare.settings.home, bare.settings.corpus, ToyEmbedder(), bare.authority)
    client = TestClient(create_app(replace(bare, library=library)), raise_server_exceptions=False)
    assert_problem(client.get("/v1/documents"), 503, "labour index")


def test_an_unforeseen_error_has_the_headers_of_every_response(
    application: Application, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(asking, "search", broken)
    with TestClient(create_app(application), raise_server_exceptions=False) as client:
        client.get("/v1/documents")
        response = client.get("/v1/search?q=costs")
    assert_problem(response, 500, "in the log")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-generation"]
    (record,) = (one for one in caplog.records if one.levelname == "ERROR")
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
