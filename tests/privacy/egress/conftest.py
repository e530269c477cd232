"""A wire in place of the network, and an endpoint on this machine that answers for real."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.privacy.egress.house import House
from wardround.database import Database
from wardround.security import KeyFile, Vault


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """SQLite alone: the SQL under the gate is the register's, which is tested on both."""
    vault = Vault(KeyFile.make(tmp_path / "master.key"))
    database = Database(f"sqlite:///{tmp_path / 'wardround.db'}", vault)
    database.migrate()
    vault.prepare(database)
    yield database
    database.dispose()


class Wire:
    """What was sent, as it left the transport; ``answer`` makes what comes back."""

    def __init__(self) -> None:
        self.sent: list[httpx.Request] = []
        self.answer: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        answer = self.answer(request)
        unread = httpx.ByteStream(answer.content)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=unread)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire()
    for name in ("HTTPTransport", "AsyncHTTPTransport"):
        monkeypatch.setattr(httpx, name, lambda **_: httpx.MockTransport(wire))
    return wire


class Endpoint(BaseHTTPRequestHandler):
    """A language endpoint: it says back what it was told, and keeps what it heard."""

    heard: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append(body)
        asked: dict[str, Any] = json.loads(body)
        words = asked["messages"][-1]["content"]
        said = {"choices": [{"message": {"content": f'Dear "{words}", all is well.'}}]}
        self._say(json.dumps(said).encode())

    def do_GET(self) -> None:
        if self.path == "/v1/moved":
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/v1/chat")  # type: ignore[attr-defined]
            self.end_headers()
        elif self.path == "/v1/endless":
            self._say(b"x" * 200_000)
        elif self.path == "/v1/packed":
            self._say(b"\x1f\x8b", "gzip")
        else:
            self._say(b"{}")

    def _say(self, body: bytes, encoding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        return


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[bytes]]]:
    """The address of the endpoint, and what it heard."""
    heard: list[bytes] = []
    handler = type("Heard", (Endpoint,), {"heard": heard})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/", heard
        server.shutdown()


@pytest.fixture
def house(database: Database) -> House:
    return House(database)
