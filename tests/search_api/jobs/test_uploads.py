"""Documents are added and removed over HTTP, and whatever else is sent does no harm."""

from __future__ import annotations

import asyncio
import errno
import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from search_api.bootstrap import Application
from search_api.http.app import create_app
from search_api.http.middleware import BodyLimit, Bounds
from search_api.http.routers import uploads as routes
from search_api.jobs.store import FACTS as JOB_FILE
from search_api.jobs.store import Store
from search_api.jobs.uploads import LONGEST_NAME, safe_name
from search_api.jobs.working import work
from tests.search_api.jobs.conftest import BEARER, FACTS, RAFTS

Upload = Callable[..., Response]
Ended = Callable[..., dict[str, Any]]
BOUNDARY = {b"Content-Type": b"multipart/form-data; boundary=x"}


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_an_upload_is_found_and_a_removal_is_not(client: TestClient, upload: Upload, ended: Ended) -> None:
    reply = upload(client)
    assert reply.json()["state"] == "queued"
    job = ended(client, reply)
    assert (job["state"], job["fault"], job["document"]) == ("done", "", "a-plan-for-rafts")
    assert job["rows"][0]["source"] == "a-plan-for-rafts"
    hits = client.get("/v1/search?q=rafts+drowning").json()
    assert hits["generation"] == job["built"]
    assert hits["hits"][0]["citation"]["document"] == "a-plan-for-rafts"
    removed = ended(client, client.delete("/v1/documents/a-plan-for-rafts", headers=BEARER))
    assert (removed["kind"], removed["state"]) == ("remove", "done")
    assert client.get("/v1/documents/a-plan-for-rafts").status_code == 404
    assert [job["kind"] for job in client.get("/v1/jobs", headers=BEARER).json()["jobs"]] == ["remove", "add"]


def test_the_bytes_are_on_the_disk_when_an_upload_is_accepted(
    idle: TestClient, upload: Upload, store: Store
) -> None:
    reply = upload(idle)
    (job,) = store.pending()
    assert reply.headers["location"] == f"/v1/jobs/{job.id}"
    assert store.upload_of(job).read_bytes() == RAFTS


def test_the_same_bytes_are_taken_once(
    client: TestClient, idle: TestClient, upload: Upload, ended: Ended, bare: Application
) -> None:
    ended(client, upload(client))
    again = upload(client, name="other.txt")
    assert again.status_code == 409
    assert "held already, as 'a-plan-for-rafts'" in again.json()["detail"]
    held = (bare.settings.corpus / "plans-2012.txt").read_bytes()
    assert "as 'plans-2012'" in upload(client, held).json()["detail"]


def test_the_same_bytes_are_queued_once(idle: TestClient, upload: Upload) -> None:
    assert upload(idle).status_code == 202
    again = upload(idle)
    assert again.status_code == 409
    assert "in the job 000001" in again.json()["detail"]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 401), (b"", 401), (b"Bearer", 401), (b"Bearer wrong", 401), (b"Basic a key", 401),
        (b"Bearer \xff\xfe", 401), (b"bearer " + b"x" * 5000, 401),
    ],
)  # fmt: skip
def test_who_has_not_the_key_is_refused(
    idle: TestClient, store: Store, method: str, given: bytes | None, status: int
) -> None:
    headers = {} if given is None else {b"Authorization": given}
    path = "/v1/documents" if method == "POST" else "/v1/documents/plans-2012"
    reply = idle.request(method, path, headers=headers, content=b"x" * 500_000 if method == "POST" else None)
    assert reply.status_code == status
    assert reply.headers["www-authenticate"] == "Bearer"
    assert store.jobs() == ()


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_without_a_key_nothing_is_added_or_removed(bare: Application, method: str) -> None:
    client = TestClient(create_app(bare), raise_server_exceptions=False)
    path = "/v1/documents" if method == "POST" else "/v1/documents/plans-2012"
    reply = client.request(method, path, headers={"Authorization": "Bearer None"})
    assert reply.status_code == 403
    assert "LABOUR_API_KEY" in reply.json()["detail"]


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/jobs/000001"])
def test_jobs_are_told_of_to_who_has_the_key(
    idle: TestClient, bare: Application, upload: Upload, path: str
) -> None:
    upload(idle)
    assert idle.get(path).status_code == 401
    assert idle.get(path, headers=BEARER).status_code == 200
    assert TestClient(create_app(bare)).get(path, headers=BEARER).status_code == 403


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\x\\plan.pdf", "plan.pdf"), ("a\0b.txt", "a_b.txt"),
        ("", "document"), ("...", "document"), (".hidden", "hidden"), ("/", "document"), ("a/", "document"),
        ("plan\n.pdf", "plan_.pdf"), (JOB_FILE, f"_{JOB_FILE}"), ("Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("\u202egnp.exe", "_gnp.exe"),
    ],
)  # fmt: skip
def test_a_file_name_is_made_harmless(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_file_name_leads_elsewhere(name: str) -> None:
    found = safe_name(name)
    assert Path(found).name == found
    assert found not in ("", ".", "..", JOB_FILE)
    assert len(found.encode()) <= LONGEST_NAME + 1


@pytest.mark.parametrize("name", ["../../../x.txt", "a\\..\\b.txt", "x" * 500 + ".txt", JOB_FILE, "%00.txt"])
def test_an_upload_stays_in_its_folder(
    idle: TestClient, upload: Upload, store: Store, name: str, tmp_path: Path
) -> None:
    before = files_below(tmp_path)
    assert upload(idle, name=name).status_code == 202
    fresh = files_below(tmp_path) - before - {"home/jobs/store.lock"}
    assert all(path.startswith("home/jobs/000001/") for path in fresh)
    assert len(fresh) == 2
    assert store.job("000001").sha256


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"), (b"\0" * 50, "white space"), (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "PNG"),
        (b"PK\x03\x04 not really", ""), (bytes(range(256)) * 4, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_its_bytes(
    idle: TestClient, upload: Upload, store: Store, data: bytes, reason: str, tmp_path: Path
) -> None:
    reply = upload(idle, data, "plan.pdf")
    assert reply.status_code == 415
    assert reason in reply.json()["detail"]
    assert str(tmp_path) not in reply.text
    assert store.jobs() == ()
    assert files_below(store.folder) <= {"store.lock"}


def test_a_file_that_turns_out_unreadable_fails_with_the_reason(
    client: TestClient, upload: Upload, ended: Ended
) -> None:
    job = ended(client, upload(client, b"%PDF-1.7 and nothing more", "broken.pdf"))
    assert job["state"] == "failed"
    assert job["fault"]
    assert job["rows"][0]["outcome"] == "refused"


def test_facts_that_are_missing_are_asked_for(client: TestClient, upload: Upload, ended: Ended) -> None:
    job = ended(client, upload(client, body="", date="", title=""))
    assert job["state"] == "failed"
    assert "does not tell its" in job["fault"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"id": "../../x"}, "hyphens"), ({"id": "a.b"}, "hyphens"), ({"id": "A"}, "hyphens"),
        ({"id": "x" * 61}, "60 characters"), ({"period": "soon"}, "two years"),
        ({"title": "a\0b"}, "printable"), ({"title": "x" * 501}, "at most"),
        ({"password": "secret"}, "no field"), ({"x" * 300: "1"}, "no field"),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_refused(
    idle: TestClient, upload: Upload, facts: dict[str, str], reason: str
) -> None:
    reply = upload(idle, **facts)
    assert reply.status_code == 422
    assert reason in reply.json()["detail"]


def part(head: str, body: bytes = b"x") -> bytes:
    return b"--x\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n"


FILE = part('Content-Disposition: form-data; name="file"; filename="a.txt"', RAFTS)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"nonsense", 400), (b"--x--", 422), (b"--x\r\n", 422),
        (part("Nothing: here") + b"--x--", 400), (FILE + FILE + b"--x--", 400),
        (part('Content-Disposition: form-data; name="file"') + b"--x--", 422),
        (part('Content-Disposition: form-data; name="other"; filename="a"') + b"--x--", 422),
        (FILE + part('Content-Disposition: form-data; name="title"') * 2 + b"--x--", 422),
        (FILE + part('Content-Disposition: form-data; name="title"') * 50 + b"--x--", 400),
        (FILE + part('Content-Disposition: form-data; name="title"', b"x" * 5000) + b"--x--", 400),
        (part("X: " + "h" * 20_000 + '\r\nContent-Disposition: form-data; name="file"; filename="a"'), 400),
        (part("\r\n".join(f"X{i}: 1" for i in range(500)) + "\r\nContent-Disposition: form-data"), 400),
        (FILE * 100, 400),
    ],
)  # fmt: skip
def test_a_form_that_is_none_is_refused(idle: TestClient, store: Store, body: bytes, status: int) -> None:
    reply = idle.post("/v1/documents", headers={**BEARER, **BOUNDARY}, content=body)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert store.jobs() == ()


@pytest.mark.parametrize("charset", [b"undefined", b"no-such", b"a\0b", b"utf-16", b"idna"])
def test_a_form_in_no_encoding_is_refused_or_taken(idle: TestClient, store: Store, charset: bytes) -> None:
    title = part('Content-Disposition: form-data; name="title"', "Ünïcode ".encode() * 20)
    headers = {**BEARER, b"Content-Type": b"multipart/form-data; boundary=x; charset=" + charset}
    reply = idle.post("/v1/documents", headers=headers, content=FILE + title + b"--x--")
    assert 400 <= reply.status_code < 500, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert store.jobs() == ()


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_disk_that_refuses_is_told_without_its_paths(
    keyed: Application, idle: TestClient, upload: Upload, ended: Ended, store: Store, method: str
) -> None:
    upload(idle)
    work(keyed, store)
    shutil.rmtree(store.folder)
    store.folder.touch()
    path = "/v1/documents/a-plan-for-rafts"
    reply = idle.delete(path, headers=BEARER) if method == "DELETE" else upload(idle, RAFTS + b"x")
    assert reply.status_code == 507
    assert str(keyed.settings.home) not in reply.text


def test_a_disk_too_full_for_the_form_is_told(
    idle: TestClient, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("starlette.formparsers.MultiPartParser.parse", full)
    assert upload(idle).status_code == 507


def test_a_client_that_hangs_up_is_no_error(keyed: Application, caplog: pytest.LogCaptureFixture) -> None:
    async def hung_up() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    sent: list[Any] = []
    headers = [(name.lower(), value) for name, value in {**BEARER, **BOUNDARY}.items()]
    scope = {
        "type": "http", "method": "POST", "path": "/v1/documents", "raw_path": b"/v1/documents",
        "query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http", "root_path": "",
        "server": ("localhost", 80), "client": ("localhost", 1),
    }  # fmt: skip
    asyncio.run(create_app(keyed)(scope, hung_up, send))
    assert caplog.records == []
    assert sent[0]["status"] == 400


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_form_that_breaks_off_is_refused(idle: TestClient, store: Store) -> None:
    """What the framework has taken of its file is closed when it is forgotten, of which Python warns."""
    reply = idle.post("/v1/documents", headers={**BEARER, **BOUNDARY}, content=FILE)
    assert reply.status_code == 422
    assert store.jobs() == ()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 415), ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("", 415),
        ("multipart/form-data", 400), ("multipart/form-data; boundary=" + "b" * 500, 400),
    ],
)  # fmt: skip
def test_a_body_of_another_kind_is_refused(idle: TestClient, kind: str, status: int) -> None:
    reply = idle.post("/v1/documents", headers={**BEARER, b"Content-Type": kind.encode()}, content=b"{}")
    assert reply.status_code == status, reply.text


def test_a_file_that_is_too_large_is_refused(idle: TestClient, upload: Upload, store: Store) -> None:
    reply = upload(idle, b"word " * 30_000)
    assert reply.status_code == 413
    assert "100,000 bytes" in reply.json()["detail"]
    assert files_below(store.folder) == set()
    assert idle.post("/v1/ask", json={"question": "x" * 70_000}).status_code == 413


def test_an_upload_that_does_not_come_is_given_up() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async def nothing() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        raise AssertionError("nothing is sent")

    limit = BodyLimit(app, Bounds(10), {("POST", "/slow"): Bounds(10, 0.01)})
    scope = {"type": "http", "method": "POST", "path": "/slow", "headers": []}
    with pytest.raises(HTTPException) as caught:
        asyncio.run(limit(scope, nothing, send))
    assert caught.value.status_code == 408


def test_there_is_a_most_of_uploads_at_once(
    idle: TestClient, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_SLOTS", threading.BoundedSemaphore(1))
    with routes._slot():
        reply = upload(idle)
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
    assert upload(idle).status_code == 202


def test_there_is_a_most_of_jobs_that_wait(
    idle: TestClient, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_PENDING", 1)
    assert upload(idle).status_code == 202
    assert upload(idle, RAFTS + b"more").status_code == 503


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("plans-2012", 409), ("none", 404), ("..", 405), ("a%2Fb", 405), ("a/b", 405),
        ("%2e%2e%2fcatalogue.toml", 405),
        ("a.b", 404), ("%00", 404), ("x" * 3000, 404), ("%ff", 404),
    ],
)  # fmt: skip
def test_what_was_not_added_is_not_removed(idle: TestClient, store: Store, name: str, status: int) -> None:
    reply = idle.delete(f"/v1/documents/{name}", headers=BEARER)
    assert reply.status_code in (status, 404)
    assert reply.headers["content-type"] == "application/problem+json"
    assert store.jobs() == ()


def test_a_removal_is_queued_once(
    client: TestClient, keyed: Application, upload: Upload, ended: Ended
) -> None:
    ended(client, upload(client))
    idle = TestClient(create_app(keyed))
    first, again = (idle.delete("/v1/documents/a-plan-for-rafts", headers=BEARER).json() for _ in range(2))
    assert first["id"] == again["id"]


@pytest.mark.parametrize("name", ["999999", "x", "..", "%2e%2e%2fjob", "000001/job.json", "1" * 500, "%00"])
def test_a_job_that_is_not_there_is_404(idle: TestClient, upload: Upload, name: str) -> None:
    upload(idle)
    assert idle.get(f"/v1/jobs/{name}", headers=BEARER).status_code == 404


def test_openapi_shows_the_form_the_key_and_the_problems(idle: TestClient) -> None:
    schema = idle.get("/openapi.json").json()
    post = schema["paths"]["/v1/documents"]["post"]
    form = post["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["required"] == ["file"]
    assert set(FACTS) <= form["properties"].keys()
    assert post["security"]
    assert {"202", "401", "403", "409", "413", "415", "422"} <= post["responses"].keys()
    assert {"202", "401", "403", "404"} <= schema["paths"]["/v1/documents/{document_id}"]["delete"][
        "responses"
    ].keys()
    assert "/v1/jobs/{job_id}" in schema["paths"]
    assert json.dumps(schema).count("multipart/form-data") == 1


def test_the_key_is_shown_nowhere(keyed: Application) -> None:
    other = replace(keyed, settings=keyed.settings)
    assert "ünïcode" not in repr(other.settings)
    assert "ünïcode" not in keyed.settings.model_dump_json(exclude={"api_key"})
