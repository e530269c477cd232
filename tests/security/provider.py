"""A real OpenID Connect provider, in a process of its own on this machine."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PEOPLE = [
    {
        "sub": "4711",
        "preferred_username": "amara",
        "name": "Amara Osei",
        "groups": ["staff", "ward-doctors"],
        "amr": ["pwd", "otp"],
    },
    {"sub": "4712", "name": "No Username"},
    {"sub": "4713", "preferred_username": "zoe", "name": "Zoe Lund", "groups": ["ward-nurses"]},
]


@contextmanager
def running_provider() -> Iterator[str]:
    """Run one, and give its issuer."""
    with socket.socket() as lent:
        lent.bind(("127.0.0.1", 0))
        port = lent.getsockname()[1]
    claims = [part for person in PEOPLE for part in ("--user-claims", json.dumps(person))]
    asked = ["--port", str(port), "--require-nonce=true", *claims]
    command = [sys.executable, "-m", "oidc_provider_mock", *asked]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the provider never answered")
