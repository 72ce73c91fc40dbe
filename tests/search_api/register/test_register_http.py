"""The routes of the register."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from search_api.exports.formats import FORMATS

HOSTILE = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    ['"', '""', '"a', "*", "**", "-", "%00", "\x00", "../..", "a*b", "|"]
)


def assert_problem(response: Any, status: int, reason: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert reason in response.json()["detail"]


def test_the_register_comes_in_pages_that_join_without_gap(client: TestClient) -> None:
    cursor: str | None = ""
    seen: list[str] = []
    while cursor is not None:
        reply = client.get("/v1/commitments", params={"limit": 3, "cursor": cursor}).json()
        assert reply["total"] == 8
        assert reply["facets"] is None
        seen.extend(one["address"] for one in reply["commitments"])
        cursor = reply["next"]
    assert len(seen) == len(set(seen)) == 8
    assert seen[0] == "plans-2012/afml-5/rec/14"


def test_filters_and_facets(client: TestClient) -> None:
    address = "/v1/commitments?kind=activity&partner=ILO&from=2011&to=2011&facets=true&text=seminar"
    response = client.get(address)
    reply = response.json()
    assert response.headers["x-generation"] == reply["generation"]
    assert [one["number"] for one in reply["commitments"]] == ["1"]
    facets = {facet["name"]: facet for facet in reply["facets"]}
    assert facets["partner"]["counts"][0] == {"value": "civil society", "label": "civil society", "count": 1}
    assert client.get("/v1/commitments?review=true").json()["total"] == 1
    assert client.get("/v1/commitments?review=false").json()["total"] == 7
    assert client.get("/v1/commitments?country=Vietnam").json()["total"] == 1


@pytest.mark.parametrize("name", ["plans-2012/afml-5/rec/14", "plans-2012.c-afml-5/rec/14"])
def test_one_commitment_by_address_or_id(client: TestClient, name: str) -> None:
    reply = client.get(f"/v1/commitments/{name}").json()
    assert reply["commitment"]["text"] == "Publish recruitment costs in Viet Nam;"
    assert reply["parent"] is None
    assert [child["address"] for child in reply["children"]] == ["plans-2012/afml-5/rec/14/1"]
    assert reply["passage"]["id"] == "plans-2012.p-afml-5/rec/14"
    child = client.get(f"/v1/commitments/{reply['children'][0]['address']}").json()
    assert child["parent"]["address"] == "plans-2012/afml-5/rec/14"
    assert child["context"]["parent_text"].startswith("Publish")


@pytest.mark.parametrize("name", FORMATS)
def test_exports_are_downloads(client: TestClient, name: str) -> None:
    response = client.get("/v1/commitments/export", params={"format": name})
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[name].media_type
    ending = FORMATS[name].ending
    assert response.headers["content-disposition"] == f'attachment; filename="commitments.{ending}"'
    assert response.headers["x-generation"]
    assert response.content


def test_an_export_is_filtered(client: TestClient) -> None:
    response = client.get("/v1/commitments/export?format=csv&document=programme-2010")
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [line["address"] for line in lines] == [f"programme-2010/act/{number}" for number in (1, 2, 3)]
    assert lines[1]["text"].startswith("'=1+1")


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("?document=plan-2012", 422, "plans-2012"),
        ("?kind=paragraph", 422, "kind of commitment"),
        ("?body=SLOMM", 422, "SLOM"),
        ("?theme=zzz", 422, "theme"),
        ("?country=Camboja", 422, "Cambodia"),
        ("?partner=ILOO", 422, "ILO"),
        ("?status=done", 422, "completed"),
        ("?from=2016&to=2015", 422, "after `to`"),
        ("?from=soon", 422, "from: "),
        ("?text=%3F", 422, "neither a letter"),
        ("?text=a%00b", 422, "U+0000"),
        ("?text=" + "w" * 5000, 422, "5,000 characters"),
        ("?limit=0", 422, "limit"),
        ("?limit=100000", 422, "from 1 to 200"),
        ("?cursor=garbage", 400, "without a cursor"),
        ("?cursor=" + "w" * 500, 422, "cursor"),
        ("?facets=perhaps", 422, "facets"),
        ("?bodies=SLOM", 422, "bodies"),
        ("/export", 422, "format: Field required"),
        ("/export?format=docx", 422, "xlsx"),
        ("/export?format=csv&limit=5", 422, "limit"),
        ("/nothing", 404, "nothing"),
        ("/plans-2012/afml-5/rec/99", 404, "plans-2012/afml-5/rec/99"),
        ("/plans-2012/afml-5/rec/14/", 404, "rec/14/"),
        ("/", 404, ""),
        ("/%00%ED%A0%80", 404, ""),
    ],
)
def test_what_cannot_be_had_is_a_problem(client: TestClient, address: str, status: int, reason: str) -> None:
    assert_problem(client.get(f"/v1/commitments{address}"), status, reason)


def test_openapi_has_examples(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/v1/commitments", "/v1/commitments/export"):
        for parameter in paths[path]["get"]["parameters"]:
            shown = {**parameter, **parameter["schema"]}
            assert "examples" in shown or parameter["name"] == "cursor", parameter
    (address,) = paths["/v1/commitments/{commitment_id}"]["get"]["parameters"]
    assert {**address, **address["schema"]}["examples"]
    assert "text/csv; charset=utf-8" in paths["/v1/commitments/export"]["get"]["responses"]["200"]["content"]


@settings(max_examples=60, deadline=None)
@given(
    value=HOSTILE,
    field=st.sampled_from(["document", "kind", "body", "theme", "country", "partner", "status", "text"]),
)
def test_no_filter_breaks_the_register(client: TestClient, value: str, field: str) -> None:
    response = client.get("/v1/commitments", params={field: value.encode("utf-8", "surrogatepass")})
    assert response.status_code in (200, 422)


def test_hits_and_answers_carry_the_commitments_of_their_passage(client: TestClient) -> None:
    hits = client.get("/v1/search?q=seminar HIV&k=3").json()["hits"]
    row = next(hit for hit in hits if hit["citation"]["kind"] == "row")
    assert [one["address"] for one in row["commitments"]] == ["plans-2012/hiv/1", "plans-2012/osh/1"]
    answer = client.post("/v1/ask", json={"question": "recruitment costs in Viet Nam"}).json()
    statements = [one for group in answer["groups"] for one in group["statements"]] + answer["nearest"]
    assert any(one["number"] == "14" for statement in statements for one in statement["commitments"])
    assert client.get("/v1/passages/plans-2012.p-row").json()["commitments"] == row["commitments"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("kind=activity", {"plans-2012.p-row"}),
        ("kind=row", {"plans-2012.p-row"}),
        ("body=SLOM", {"programme-2010.p-act/1"}),
        ("country=Indonesia", {"plans-2012.p-row"}),
        ("from=2011&to=2011", {"plans-2012.p-row"}),
        ("from=2050", {"programme-2010.p-act/1"}),
    ],
)
def test_a_search_is_filtered_by_what_the_commitments_say(
    client: TestClient, filters: str, expected: set[str]
) -> None:
    hits = client.get(f"/v1/search?q=seminar HIV costs sawmills plantations number&k=20&{filters}").json()[
        "hits"
    ]
    assert {hit["citation"]["passage"] for hit in hits} == expected
