import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.interfaces.cli.running import COMMAND, run, surroundings


@pytest.mark.parametrize(("command", "ended"), [("serve", signal.SIGINT), ("demo", signal.SIGTERM)])
def test_the_address_that_is_printed_answers(
    tmp_path: Path, command: str, ended: signal.Signals
) -> None:
    with subprocess.Popen(
        [*COMMAND, command, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(tmp_path),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = ""
        while "http" not in said:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            said += line
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found
        with urllib.request.urlopen(found[0], timeout=60) as answer:
            assert "Sign in" in answer.read().decode()
        for path in ("nowhere/Marisol?name=Vega", "sign-in?back=%FF&born=1961-04-12"):
            with suppress(urllib.error.HTTPError):
                urllib.request.urlopen(found[0] + path, timeout=60).close()
        process.send_signal(ended)
        said += process.stdout.read()
        noted = process.stderr.read()
    assert process.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in noted
    assert not re.search("Marisol|Vega|1961", noted + said.partition("Stop with")[0])
    assert (tmp_path / "audit" / "checkpoints.jsonl").exists() == (command == "demo")
    if command == "demo":
        assert "sign in as       amara.osei" in said
        assert re.search(r"password         \S{12,}", said)


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]), home=tmp_path / "home")
    assert done.returncode == 1
    assert b"in use" in done.stderr
    assert b"--port" in done.stderr
    assert not (tmp_path / "home").exists()
