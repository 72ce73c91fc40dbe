"""A library that documents can be added to over HTTP, its jobs done in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic, sleep
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr

from search_api.bootstrap import Application
from search_api.http.app import create_app
from search_api.jobs.store import Store
from search_api.jobs.working import work

KEY = "a key: ünïcode"
BEARER = {b"Authorization": b"Bearer " + KEY.encode()}
FACTS = {"body": "slom", "date": "2020", "title": "A plan for rafts"}
RAFTS = b"A plan for rafts\n\nWorkers on rafts shall be insured against drowning by law.\n"


@pytest.fixture
def keyed(bare: Application) -> Application:
    """The application of `bare` with a key; the first job builds its index."""
    settings = bare.settings.model_copy(update={"api_key": SecretStr(KEY), "max_upload_bytes": 100_000})
    return replace(bare, settings=settings)


@pytest.fixture
def store(keyed: Application) -> Store:
    return Store(keyed.settings.home)


@pytest.fixture
def idle(keyed: Application) -> TestClient:
    """The routes without anything that does the jobs."""
    return TestClient(create_app(keyed), raise_server_exceptions=False)


@pytest.fixture
def client(keyed: Application, store: Store) -> Iterator[TestClient]:
    """The routes, with the jobs done in a thread of this process."""

    def run(_stop: threading.Event) -> bool:
        work(keyed, store)
        return True

    with TestClient(create_app(keyed, run), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def upload() -> Callable[..., Response]:
    """Send a file with some facts, as who has the key does."""

    def send(client: TestClient, data: bytes = RAFTS, name: str = "rafts.txt", **facts: str) -> Response:
        files = {"file": (name, data)}
        return client.post("/v1/documents", headers=BEARER, files=files, data={**FACTS, **facts})

    return send


@pytest.fixture
def ended() -> Callable[..., dict[str, Any]]:
    """Wait until the job of a reply has ended, and return it."""

    def wait(client: TestClient, reply: Response) -> dict[str, Any]:
        assert reply.status_code == 202, reply.text
        end = monotonic() + 60
        while monotonic() < end:
            job: dict[str, Any] = client.get(reply.headers["location"], headers=BEARER).json()
            if job["state"] in ("done", "failed"):
                return job
            sleep(0.02)
        raise AssertionError("the job did not end")

    return wait
