import socket
import subprocess
import sys

import pytest

LEAVES = "leaves this machine"


def test_a_connection_to_elsewhere_fails() -> None:
    with socket.socket() as out, pytest.raises(RuntimeError, match=LEAVES):
        out.connect(("192.0.2.1", 443))
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
        pytest.raises(RuntimeError, match=LEAVES),
    ):
        out.sendto(b"name", ("192.0.2.1", 53))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(RuntimeError, match=LEAVES):
        socket.getaddrinfo("publisher.example", 443)


def test_this_machine_is_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as out,
    ):
        out.sendall(b"here")


def test_a_process_that_a_test_starts_does_not_leave_either() -> None:
    program = "import socket; socket.create_connection(('192.0.2.1', 443))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"LeavesThisMachine" in done.stderr
