"""No test leaves this machine: whatever tries to, fails there and then.

The hook hears of every socket that Python opens, in whatever library, and cannot be taken away
again; processes that a test starts get it as well. Chromium and PostgreSQL's own client open theirs
by themselves, and are only told addresses of this machine.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path
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
        return str(host).endswith(".invalid")  # no such name is ever given out (RFC 6761)


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


def guard_children() -> None:
    """Have every Python that is started from here begin with ``guard/sitecustomize.py``."""
    guard = str(Path(__file__).with_name("guard"))
    others = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if guard not in others:
        os.environ["PYTHONPATH"] = os.pathsep.join([guard, *filter(None, others)])


sys.addaudithook(watch)
guard_children()
