"""A limit on what a request may carry, held while it is being read, and one length for it."""

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardround.kernel import TooLarge

LIMIT = 24 * 1024 * 1024
"""Bytes of one request: an order's limit, and the form around it."""

_LENGTHS = {b"content-length", b"transfer-encoding"}


IMAGES = 4 * 1024 * 1024 * 1024
"""Bytes of a request that hands in images: a slide of tens of gigapixels, compressed."""
_IMAGES = re.compile(r"/patients/[^/]+/images")


class BodyLimit:
    """Raises ``TooLarge`` as soon as a request has carried more than ``LIMIT`` bytes.

    Images are larger; they go to the disk as they come.

    A request that tells its length in two ways is refused and its connection closed: a proxy may
    have read the other one, and taken for its body what we would answer (RFC 9112, section 6.3).
    """

    def __init__(self, app: ASGIApp, limit: int = LIMIT) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if {name for name, _ in scope["headers"]} >= _LENGTHS:
            refusal = PlainTextResponse("One length, please.\n", 400, {"Connection": "close"})
            await refusal(scope, receive, send)
            return
        limit = max(self._limit, IMAGES) if _IMAGES.fullmatch(scope["path"]) else self._limit
        carried = 0

        async def counted() -> Message:
            nonlocal carried
            message = await receive()
            carried += len(message.get("body", b""))
            if carried > limit:
                raise TooLarge(
                    f"This is more than {limit // 2**20} MB.",
                    mend="Hand in one visit at a time.",
                )
            return message

        await self._app(scope, counted, send)
