"""The address that browsers know this installation by."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from wardround.kernel import NotAllowed
from wardround.security import Site


def address_of(request: Request) -> str:
    """Return it without a slash at its end: as set, else as the request came."""
    chosen: str = request.app.state.wardround.settings.public_address
    return chosen.rstrip("/") or str(request.base_url).rstrip("/")


def site_of(request: Request) -> Site:
    """Return what passkeys are bound to; raise ``NotAllowed`` where the address is a number."""
    address = address_of(request)
    name = urlsplit(address).hostname or ""
    if not can_have_passkeys(request):
        raise NotAllowed(
            "Passkeys need a name in the address, not a number.",
            mend="Open Wardround by its name, such as localhost.",
        )
    parts = urlsplit(address)
    return Site(name, f"{parts.scheme}://{parts.netloc}")


def can_have_passkeys(request: Request) -> bool:
    """Whether browsers make passkeys here: on a name, over https or on this machine."""
    parts = urlsplit(address_of(request))
    try:
        ip_address(parts.hostname or "")
    except ValueError:
        return parts.scheme == "https" or parts.hostname == "localhost"
    return False
