"""Nothing is fetched at run time: the real commands do their work where no socket can be used.

The answer they print is the one that the README shows.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LABOUR = Path(sys.executable).with_name("labour")
README = Path(__file__).parent.parent / "README.md"
QUESTION = "what has been recommended on recruitment costs"
REFUSED = 97
OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")

GUARD = f"""
import os, sys

def local(arguments):
    family = getattr(arguments[0], "family", None) if len(arguments) == 2 else arguments[1:2]
    return arguments and (family == 1 or family == (1,))

def refuse(event, arguments):
    if event.startswith("socket.") and not local(arguments):
        os.write(2, f"a socket was used: {{event}} {{arguments!r}}\\n".encode())
        os._exit({REFUSED})

sys.addaudithook(refuse)
"""
"""Read by every Python that starts with it on its path, children included.

An audit hook sees each use of a socket before it happens, a look-up of a name too, and cannot be taken
out; it ends the process, so that no code can catch the refusal and go on. A socket of this machine's own
(family 1, AF_UNIX), by which processes speak with each other, reaches no other machine and is let pass.
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment under the guard, with a home of its own, that does not ask libraries to stay offline."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in OFFLINE}
    caches = {"HF_HOME": str(folder / "hf"), "XDG_CACHE_HOME": str(folder / "cache"), "COLUMNS": "100"}
    return {**kept, **caches, "PYTHONPATH": str(folder), "LABOUR_HOME": str(folder / "home")}


def run(environment: dict[str, str], *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.socket()",
        "urllib.request.urlopen('http://localhost/')",
        "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], check=True)",
    ],
)
def test_the_guard_refuses_what_it_should(guarded: dict[str, str], attempt: str) -> None:
    code = f"import socket, subprocess, sys, urllib.request\ntry: {attempt}\nexcept OSError: pass"
    done = run(guarded, sys.executable, "-c", code)
    assert done.returncode != 0
    assert "a socket was used" in done.stderr


@pytest.fixture(scope="module")
def indexed(guarded: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run(guarded, LABOUR, "index")


@pytest.fixture(scope="module")
def asked(
    guarded: dict[str, str], indexed: subprocess.CompletedProcess[str]
) -> subprocess.CompletedProcess[str]:
    assert indexed.returncode == 0, indexed.stderr
    return run(guarded, LABOUR, "ask", QUESTION)


@pytest.mark.model
def test_indexing_uses_no_socket(indexed: subprocess.CompletedProcess[str]) -> None:
    assert indexed.returncode == 0, indexed.stderr
    assert indexed.stdout.startswith("Built generation")


@pytest.mark.model
def test_asking_uses_no_socket_and_answers(asked: subprocess.CompletedProcess[str]) -> None:
    assert asked.returncode == 0, asked.stderr
    assert "ceiling costs" in asked.stdout
    assert asked.stderr == ""


@pytest.mark.model
def test_the_readme_shows_this_answer(asked: subprocess.CompletedProcess[str]) -> None:
    readme = README.read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(\d+ statements? from .*?)^```", readme, re.DOTALL | re.MULTILINE)
    printed = " ".join(asked.stdout.split())
    place = 0
    for part in (part.strip(" )”") for part in " ".join(shown.split()).split("...")):
        found = printed.find(part, place)
        assert found >= place, part
        place = found + len(part)
