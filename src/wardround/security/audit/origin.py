"""Where a request came from: what an interface says once, and every event of the request carries.

It travels in a context variable, which follows a request into its worker thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from typing import NamedTuple

from wardround.kernel import Json


class Origin(NamedTuple):
    """The interface a request came through, such as ``web``, and its network address."""

    interface: str = "process"
    address: str = "localhost"

    def network(self) -> dict[str, Json]:
        """Return ``AuditEvent.agent.network``: an IP address, or the machine's own name."""
        try:
            return {"address": str(ip_address(self.address)), "type": "2"}
        except ValueError:
            return {"address": "localhost", "type": "1"}


_ORIGIN: ContextVar[Origin | None] = ContextVar("wardround_origin", default=None)


def origin() -> Origin:
    """Return where the present request came from."""
    return _ORIGIN.get() or Origin()


@contextmanager
def coming_from(interface: str, address: str) -> Iterator[None]:
    """Have the events recorded within it say that they came from there."""
    token = _ORIGIN.set(Origin(interface, address))
    try:
        yield
    finally:
        _ORIGIN.reset(token)
