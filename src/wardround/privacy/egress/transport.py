"""The transports under the gate's clients: connected where the gate looked, bounded in all.

A call is connected to the very address that was checked; the name stays in its ``Host`` header
and in the check of its certificate. No proxy is taken from the environment.
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import httpx

from wardround.kernel import NotAllowed, TooLarge, Unavailable
from wardround.privacy.egress.recipient import Recipient

if TYPE_CHECKING:
    from wardround.privacy.egress.exchange import Exchange
    from wardround.privacy.egress.gate import Passage

Admit = Callable[[httpx.Request, bytes], "Passage"]
"""Asks the gate for passage."""

_TRIED = 4
"""How many addresses of one name are tried."""
_OURS = frozenset({"accept-encoding", "content-length", "host", "transfer-encoding"})
"""Headers that the gate sets: with a host of its own a call could reach another's site."""


class Pinned(httpx.BaseTransport):
    """What a ``Client`` sends through."""

    def __init__(self, recipient: Recipient, admit: Admit, tls: ssl.SSLContext) -> None:
        self._recipient = recipient
        self._admit = admit
        self._inner = httpx.HTTPTransport(verify=tls, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one call, if the gate lets it pass."""
        passage = self._admit(request, request.read())
        bounds = Bounds(self._recipient)
        answer = self._sent(request, passage, bounds)
        stream = _Bounded(answer, bounds)
        if _is_packed(answer):
            stream.close()
            raise bounds.packed()
        if passage.exchange is None:
            return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)
        with stream:
            body = b"".join(stream)
        return _restored(answer, body, passage.exchange)

    def _sent(self, request: httpx.Request, passage: "Passage", bounds: "Bounds") -> httpx.Response:
        for address in passage.destination.addresses[:_TRIED]:
            with bounds.in_words():
                try:
                    return self._inner.handle_request(_addressed(request, passage, address))
                except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                    bounds.note(error)
        raise bounds.unreached()

    def close(self) -> None:
        """Close every connection."""
        self._inner.close()


class AsyncPinned(httpx.AsyncBaseTransport):
    """What an ``AsyncClient`` sends through."""

    def __init__(self, recipient: Recipient, admit: Admit, tls: ssl.SSLContext) -> None:
        self._recipient = recipient
        self._admit = admit
        self._inner = httpx.AsyncHTTPTransport(verify=tls, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one call, if the gate lets it pass."""
        body = await request.aread()
        passage = await asyncio.to_thread(self._admit, request, body)
        bounds = Bounds(self._recipient)
        answer = await self._sent(request, passage, bounds)
        stream = _AsyncBounded(answer, bounds)
        if _is_packed(answer):
            await stream.aclose()
            raise bounds.packed()
        if passage.exchange is None:
            return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)
        async with stream:
            body = b"".join([part async for part in stream])
        return _restored(answer, body, passage.exchange)

    async def _sent(
        self, request: httpx.Request, passage: "Passage", bounds: "Bounds"
    ) -> httpx.Response:
        for address in passage.destination.addresses[:_TRIED]:
            with bounds.in_words():
                try:
                    addressed = _addressed(request, passage, address)
                    return await self._inner.handle_async_request(addressed)
                except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                    bounds.note(error)
        raise bounds.unreached()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()


class Bounds:
    """How long a call may take and how much it may answer, counted from now."""

    def __init__(self, recipient: Recipient) -> None:
        self._recipient = recipient
        self._until = time.monotonic() + recipient.seconds
        self._left = recipient.most
        self._untrusted = False

    def note(self, error: httpx.TransportError) -> None:
        """Remember why an address could not be connected."""
        self._untrusted = self._untrusted or "CERTIFICATE_VERIFY_FAILED" in str(error)

    def count(self, part: bytes) -> None:
        """Raise ``TooLarge`` or ``Unavailable`` where an answer is too much, or too late."""
        self._left -= len(part)
        if self._left < 0:
            raise TooLarge("The answer is larger than allowed.", where=self._where)
        if time.monotonic() > self._until:
            raise Unavailable("The answer takes too long.", where=self._where)

    def packed(self) -> NotAllowed:
        """Return the error of a compressed answer: unpacked, it could be of any size."""
        return NotAllowed("The answer is compressed, unasked.", where=self._where)

    def unreached(self) -> Unavailable:
        """Return the error of a recipient that cannot be connected."""
        if self._untrusted:
            return Unavailable(
                "The recipient's certificate is not trusted.",
                where=self._where,
                mend="Name the authority that signed it in WARDROUND_CERTIFICATE_AUTHORITIES.",
            )
        return Unavailable("The recipient cannot be reached.", where=self._where)

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """Say in our words what went wrong on the way, without the address: it may hold PHI."""
        try:
            yield
        except httpx.TimeoutException:
            raise Unavailable("The recipient takes too long.", where=self._where) from None
        except (httpx.TransportError, httpx.InvalidURL) as error:
            kind = type(error).__name__
            raise Unavailable(f"The call broke off ({kind}).", where=self._where) from None

    @property
    def _where(self) -> str:
        return f"recipient {self._recipient.name}"


class _Bounded(httpx.SyncByteStream):
    def __init__(self, answer: httpx.Response, bounds: Bounds) -> None:
        self._answer = answer
        self._bounds = bounds

    def __iter__(self) -> Iterator[bytes]:
        with self._bounds.in_words():
            for part in self._answer.iter_raw():
                self._bounds.count(part)
                yield part

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._answer.close()


class _AsyncBounded(httpx.AsyncByteStream):
    def __init__(self, answer: httpx.Response, bounds: Bounds) -> None:
        self._answer = answer
        self._bounds = bounds

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with self._bounds.in_words():
            async for part in self._answer.aiter_raw():
                self._bounds.count(part)
                yield part

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._answer.aclose()


def _is_packed(answer: httpx.Response) -> bool:
    return bool(answer.headers.get("content-encoding", "identity").lower() != "identity")


def _addressed(request: httpx.Request, passage: "Passage", address: str) -> httpx.Request:
    """Return the call as it is sent: to ``address``, but in the name of its host."""
    headers = [(k, v) for k, v in request.headers.multi_items() if k.lower() not in _OURS]
    host = request.url.netloc.decode("ascii")
    extensions = {k: v for k, v in request.extensions.items() if k == "timeout"}
    if address != request.url.host:
        extensions["sni_hostname"] = request.url.host
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=[("Host", host), *headers, ("Accept-Encoding", "identity")],
        content=passage.body or None,
        extensions=extensions,
    )


def _restored(answer: httpx.Response, body: bytes, exchange: "Exchange") -> httpx.Response:
    headers = [(k, v) for k, v in answer.headers.multi_items() if k.lower() not in _OURS]
    body = exchange.back(body, answer.headers.get("content-type", ""))
    return httpx.Response(answer.status_code, headers=headers, content=body)
