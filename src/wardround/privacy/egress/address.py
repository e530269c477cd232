"""Where a call really goes: one reading of an address, and the place of what it resolves to.

An address that could be read in two ways is refused, so that nothing is checked as one host and
connected as another. A name is resolved once for each call, and that very address is connected.
"""

import re
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from wardround.kernel import InvalidInput, NotAllowed, Unavailable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host, as text."""

PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_NAT64 = ip_network("64:ff9b::/96")

METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",  # AWS, Google, Azure and most others
        "169.254.170.2",  # AWS ECS
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure
        "192.0.0.192",  # Oracle
        "fd00:ec2::254",  # AWS over IPv6
    )
)
"""Where clouds hand a machine its credentials: refused even inside an allowed network."""


class Place(StrEnum):
    """How far from this process an address is."""

    MACHINE = "this-machine"
    PRIVATE = "private-network"
    WORLD = "world"


class Origin(NamedTuple):
    """Scheme, host and port; the host in lower case, without brackets or a last dot."""

    scheme: str
    host: str
    port: int


class Destination(NamedTuple):
    """The addresses that may be connected, all in one place."""

    place: Place
    addresses: tuple[str, ...]


def read_origin(url: str) -> Origin:
    """Return where ``url`` leads; raise ``InvalidInput`` where that is not beyond doubt."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise _unreadable("An address is plain ASCII without spaces or backslashes.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable("This is no address.") from None
    if parts.scheme not in PORTS:
        raise _unreadable("An address begins with https:// (or http:// on a network of ours).")
    if "@" in parts.netloc:
        raise _unreadable("An address carries no user name or password.")
    if parts.fragment or parts.query:
        raise _unreadable("A recipient's address ends with its path.")
    if port == 0:
        raise _unreadable("There is no port 0.")
    return Origin(parts.scheme, read_host(parts.hostname or ""), port or PORTS[parts.scheme])


def base_path(url: str) -> str:
    """Return the path of an address, ending in ``/``."""
    path = urlsplit(url).path
    return path if path.endswith("/") else f"{path}/"


def is_under(path: str, base: str) -> bool:
    """Whether ``path`` stays under ``base``, however its dots are written."""
    plain = path
    for _ in range(3):
        plain = unquote(plain)
    steps = plain.replace("\\", "/").split("/")
    return ".." not in steps and "%" not in plain and f"{path}/".startswith(base)


def read_network(text: str) -> Network:
    """Return a network such as ``10.20.0.0/16``; raise ``InvalidInput``."""
    try:
        return ip_network(text)
    except ValueError:
        raise InvalidInput(
            "This is no network.", where="WARDROUND_PRIVATE_NETWORKS", mend="Write 10.20.0.0/16."
        ) from None


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of ``host`` by the machine's own resolver, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def find(origin: Origin, private: Sequence[Network], resolver: Resolver) -> Destination:
    """Return where ``origin`` is now; raise ``NotAllowed`` where no call may go.

    Every address of a name must be in one place. Only ``localhost`` and a loopback address in
    figures are this machine: another name that leads here was set by somebody else.
    """
    try:
        texts = [origin.host] if _is_figures(origin.host) else resolver(origin.host, origin.port)
        found = [_unwrapped(ip_address(text)) for text in texts]
    except (OSError, ValueError):
        found = []
    if not found:
        raise Unavailable("The recipient's name cannot be resolved.")
    places = {_place(address, private) for address in found}
    if len(places) != 1:
        raise _forbidden("its name leads to more than one place at once")
    (place,) = places
    if place is Place.MACHINE and not _names_this_machine(origin.host):
        raise _forbidden("its name leads to this machine itself")
    if place is Place.WORLD and origin.scheme != "https":
        raise _forbidden("outside this machine and its private networks only https is used")
    return Destination(place, tuple(str(address) for address in found))


def read_host(host: str) -> str:
    """Return a host in its one form, an IPv6 address without brackets; raise ``InvalidInput``."""
    host = host.lower().removesuffix(".")
    if ":" in host:
        with suppress(ValueError):
            return str(IPv6Address(host)) if "%" not in host else read_host("")
    elif _NUMERIC.fullmatch(host.rpartition(".")[2]):
        # "2130706433", "0x7f.1" and "0177.0.0.1" are 127.0.0.1 to some readers and not to others.
        with suppress(ValueError):
            return str(IPv4Address(host))
    elif _NAME.fullmatch(host) and len(host) <= 253:
        return host
    raise _unreadable("The host is a name, or an address in its usual form.")


def _is_figures(host: str) -> bool:
    return ":" in host or _NUMERIC.fullmatch(host.rpartition(".")[2]) is not None


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _place(address: Address, private: Sequence[Network]) -> Place:
    tunnelled = isinstance(address, IPv6Address) and (
        address.sixtofour is not None or address.teredo is not None or address.is_site_local
    )
    if address in METADATA or address.is_multicast or address.is_unspecified or tunnelled:
        raise _forbidden("such addresses are never called")
    if address.is_loopback:
        return Place.MACHINE
    if any(address in network for network in private):
        return Place.PRIVATE
    if address.is_global and not address.is_reserved:
        return Place.WORLD
    raise _forbidden(
        "it is on a network that is not allowed", "Name the network in WARDROUND_PRIVATE_NETWORKS."
    )


def _names_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return _unwrapped(ip_address(host)).is_loopback
    return False


def _unreadable(what: str) -> InvalidInput:
    return InvalidInput(what, where="address", mend="Write https://host/path.")


def _forbidden(why: str, mend: str | None = None) -> NotAllowed:
    return NotAllowed(f"The egress gate refuses this address: {why}.", mend=mend)
