"""Does the served site keep quiet? What somebody asked for reaches no log, not even when the request is broken."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.conftest import ROOT, Site
from web.serving import SILENCE_SECONDS

SECRET = "himitsu-no-kotoba"


@dataclass(frozen=True)
class Server:
    """A served site and the file its log goes to."""

    port: int
    log: Path

    def send(self, request: bytes) -> str:
        """What comes back to these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def server(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with the project's own settings over the small town."""
    log = tmp_path_factory.mktemp("serving") / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "PORT": str(port), "WEB_CONCURRENCY": "1", "YORIDOKORO_TODAY": "2026-11-24",
        "DIRECTORY_DATABASE_URL": site.settings.directory_database_url, "YORIDOKORO_INSTANCE": str(log.parent),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "web/gunicorn.py", "web.wsgi:app"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait_for(port)
            yield Server(port, log)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(port: int, patience: float = 60.0) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]).encode()


def test_the_access_log_drops_the_question_and_the_referrer(server: Server) -> None:
    answer = server.send(get(f"/search?q={SECRET}", f"Referer: http://localhost/search?q={SECRET}"))
    assert answer.startswith("HTTP/1.1 200")
    log = _log_with(server, "/search")
    assert "GET /search 200" in log
    assert SECRET not in log and "127.0.0.1" not in log.split("GET /search", 1)[1]


@pytest.mark.parametrize(("request_", "status"), [
    (get("/search?q=" + SECRET * 2000), "414"),
    (f"GET /search?q={SECRET} broken request HTTP/9.9\r\n\r\n".encode(), "400"),
    (f"GET /search?q={SECRET} HTTP/1.1\r\nHost: a\r\n{SECRET} no colon\r\n\r\n".encode(), "400"),
])
def test_a_request_that_cannot_be_read_gets_a_sentence_and_leaves_no_trace(
    server: Server, request_: bytes, status: str
) -> None:
    answer = server.send(request_)
    assert answer.startswith(f"HTTP/1.1 {status}")
    assert "もう一度さがしてください" in answer
    assert SECRET not in answer and SECRET not in server.log.read_text(encoding="utf-8")


def test_bytes_that_are_no_request_do_no_harm(server: Server) -> None:
    for noise in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", "体操\r\n\r\n".encode()):
        assert "Traceback" not in server.send(noise)
    assert server.send(get("/healthz")).startswith("HTTP/1.1 200")


@pytest.mark.long
def test_clients_that_fall_silent_do_not_keep_everybody_waiting(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port), timeout=60) for _ in range(12)]
    for connection in silent:
        connection.sendall(b"GET /search HTTP/1.1\r\nHost: local")
    time.sleep(0.5)
    begin = time.monotonic()
    assert server.send(get("/healthz")).startswith("HTTP/1.1 200")
    assert time.monotonic() - begin < 3 * SILENCE_SECONDS
    for connection in silent:
        connection.close()


def _log_with(server: Server, words: str) -> str:
    """The log once it holds the words: it is written just after the answer."""
    for _attempt in range(100):
        text = server.log.read_text(encoding="utf-8")
        if words in text:
            return text
        time.sleep(0.05)
    return text
