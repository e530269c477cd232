"""No test leaves this machine: whatever in this process tries to, fails there and then.

The hook hears of every socket of the process, also of those that a library opens in C; it cannot
be taken away again. Chromium and PostgreSQL's own client are other programs, told loopback only.
"""

import sys
from ipaddress import ip_address
from typing import Any

HEARD = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}


class LeavesThisMachine(RuntimeError):
    """Something tried to reach out."""


def is_here(host: Any) -> bool:
    """Whether a host, or the path of a local socket, is on this machine."""
    if host in {None, "", b"", "localhost", b"localhost"}:
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to resolve a name or to connect, but on this machine."""
    if event not in HEARD:
        return
    place = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
    if isinstance(place, str | bytes) and event in {"socket.connect", "socket.sendto"}:
        return  # a socket of the file system
    host = place[0] if isinstance(place, tuple) else place
    if not is_here(host):
        raise LeavesThisMachine(f"{event} to {host!r}: a test leaves this machine")


sys.addaudithook(watch)
