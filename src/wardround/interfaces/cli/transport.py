"""How the pages travel: over TLS 1.2 or newer, in clear only inside this machine."""

import ssl
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from wardround.kernel import InvalidInput, Unavailable

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from wardround.settings import Settings

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Of TLS 1.2, those with forward secrecy and authenticated encryption (RFC 9325, 4.2)."""


def require_encrypted(host: str, settings: "Settings") -> None:
    """Raise ``InvalidInput`` where other machines would be answered in clear."""
    if settings.tls_certificate or settings.behind_proxy or _is_loopback(host):
        return
    raise InvalidInput(
        "Other machines would be answered in clear.",
        where=f"host {host}",
        mend=(
            "Set WARDROUND_TLS_CERTIFICATE and WARDROUND_TLS_KEY, or WARDROUND_BEHIND_PROXY where "
            "a proxy ends TLS; or listen on 127.0.0.1."
        ),
    )


def tls(settings: "Settings") -> ssl.SSLContext | None:
    """Return how to speak TLS, or nothing where it is not set; raise ``Unavailable``."""
    if settings.tls_certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    key = settings.tls_key or settings.tls_certificate
    try:
        # A key with a password would have its owner asked for it on the terminal.
        context.load_cert_chain(settings.tls_certificate, key, password=lambda: "")
    except ssl.SSLError:
        raise Unavailable(
            "The certificate and its key do not belong together, or are not in PEM.",
            where="WARDROUND_TLS_CERTIFICATE",
            mend="Give the whole chain, and its key without a password.",
        ) from None
    except OSError as error:
        raise Unavailable(
            f"It cannot be read: {error.strerror}.",
            where="WARDROUND_TLS_CERTIFICATE or WARDROUND_TLS_KEY",
            mend="Check the path, and that this user may read it.",
        ) from None
    return context


def options(settings: "Settings") -> dict[str, Any]:
    """Return what the server is told: TLS, and whose word about a request's origin is taken."""
    context = tls(settings)
    return {
        "ssl_context_factory": None if context is None else lambda *_: context,
        "proxy_headers": bool(settings.behind_proxy),
        "forwarded_allow_ips": settings.behind_proxy or "",
    }


class Encrypted:
    """Refuses what did not come through the proxy over TLS."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer, or refuse with 403."""
        if scope["type"] == "http" and scope["scheme"] != "https":
            await send(
                {
                    "type": "http.response.start",
                    "status": 403,
                    "headers": [(b"content-type", b"text/plain; charset=utf-8")],
                }
            )
            words = b"Come by the address of this clinic: here nothing is answered in clear.\n"
            await send({"type": "http.response.body", "body": words})
            return
        await self._app(scope, receive, send)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
