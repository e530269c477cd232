"""The gate: the one place that makes HTTP clients, and that every call of theirs passes."""

import logging
import ssl
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

import httpx

from wardround import __version__
from wardround.kernel import Clock, NotAllowed, Unavailable, WardroundError, system_clock
from wardround.privacy.egress import address
from wardround.privacy.egress.address import Destination, Resolver
from wardround.privacy.egress.consent import asked
from wardround.privacy.egress.exchange import Exchange, Finder
from wardround.privacy.egress.ledger import Ledger
from wardround.privacy.egress.policy import Decision, Policy, Verdict, decide
from wardround.privacy.egress.recipient import EXTENSION, Cargo, Carries, Recipient, Service
from wardround.privacy.egress.transport import AsyncPinned, Pinned

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)

_READS = frozenset({"GET", "HEAD"})
_METHODS = _READS | {"DELETE", "LIST", "PATCH", "POST", "PUT"}
"""LIST is Vault's; CONNECT would open a tunnel, and TRACE says back what it was sent."""

# httpx tells the address of every call, query and all, to whoever logs what is informative.
logging.getLogger("httpx").setLevel(logging.WARNING)


class Passage(NamedTuple):
    """A call that may be made: its body, where it is connected, and how its answer is read."""

    body: bytes
    destination: Destination
    exchange: Exchange | None


class Gate:
    """Makes the clients of this house; each asks the gate again for every single call.

    Without a ``ledger`` nothing about a patient may leave, not even to this machine: it could not
    be put on record. Without a ``finder`` nothing can be de-identified, and is refused instead.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        ledger: Ledger | None = None,
        finder: Finder | None = None,
        clock: Clock = system_clock,
        resolver: Resolver = address.resolve,
    ) -> None:
        self.policy = policy or Policy()
        self._ledger = ledger
        self._finder = finder
        self._clock = clock
        self._resolver = resolver

    def client(self, recipient: Recipient) -> httpx.Client:
        """Return a client that calls ``recipient`` and nobody else; the caller closes it.

        It raises ``NotAllowed`` for a call that is refused, ``Unavailable`` where the recipient
        does not answer, and ``TooLarge`` where it answers more than it may.
        """
        return httpx.Client(
            base_url=recipient.address,
            headers=_headers(),
            timeout=recipient.seconds,
            transport=Pinned(recipient, partial(self.admit, recipient), self._tls),
            trust_env=False,
        )

    def async_client(self, recipient: Recipient) -> httpx.AsyncClient:
        """Return the same for code that runs in an event loop."""
        return httpx.AsyncClient(
            base_url=recipient.address,
            headers=_headers(),
            timeout=recipient.seconds,
            transport=AsyncPinned(recipient, partial(self.admit, recipient), self._tls),
            trust_env=False,
        )

    def requests_session(self, recipient: Recipient) -> "requests.Session":
        """Return a ``requests`` session over ``client``, for a library that asks for one (hvac)."""
        from wardround.privacy.egress.requests_session import make_session

        return make_session(self.client(recipient))

    def aws_sender(self, recipient: Recipient) -> Callable[..., object]:
        """Return what sends the calls of a boto3 client in botocore's stead.

        ``client.meta.events.register("before-send", gate.aws_sender(recipient))``.
        """
        from wardround.privacy.egress.aws_sender import make_sender

        return make_sender(self.client(recipient))

    def admit(self, recipient: Recipient, request: httpx.Request, body: bytes) -> Passage:
        """Return how a call may be made; raise ``NotAllowed`` where it may not."""
        cargo = request.extensions.get(EXTENSION) or Cargo(carries=recipient.carries)
        unsaid = "address"
        try:
            _require_inside(recipient, request, body)
            destination = address.find(recipient.origin, self.policy.private, self._resolver)
            unsaid = ""
            decision = self._decision(recipient, cargo, destination, len(body))
            if decision.verdict is Verdict.REFUSE:
                raise NotAllowed(f"{decision.why}: nothing was sent.", mend=decision.mend)
            exchange = None
            if decision.verdict is Verdict.DEIDENTIFY:
                unsaid = "not-deidentified"
                exchange, body = self._deidentified(recipient, request, body)
        except WardroundError as error:
            error.where = error.where or f"recipient {recipient.name}"
            log.warning("egress to %s: %s", recipient.name, type(error).__name__)
            if unsaid and isinstance(error, NotAllowed):
                self._note_refusal(recipient, cargo, unsaid)
            raise
        return Passage(body, destination, exchange)

    def _note_refusal(self, recipient: Recipient, cargo: Cargo, basis: str) -> None:
        if self._ledger is not None and cargo.carries is not Carries.NOTHING:
            refused = Decision(verdict=Verdict.REFUSE, basis=basis)
            self._ledger.settle(recipient, cargo, lambda _: refused, 0)

    def _decision(
        self, recipient: Recipient, cargo: Cargo, destination: Destination, size: int
    ) -> Decision:
        decided = partial(
            decide,
            recipient,
            cargo.carries,
            destination.place,
            today=self._clock().astimezone().date(),
            otherwise=self.policy.otherwise,
        )
        if cargo.carries is Carries.NOTHING and asked(recipient, cargo) is None:
            # Keys are fetched this way while the database waits: nothing may be written here.
            return decided(agreements=[])
        if self._ledger is None:
            raise NotAllowed("Nothing about a patient may leave where it is not put on record.")
        return self._ledger.settle(
            recipient, cargo, lambda agreements: decided(agreements=agreements), size
        )

    def _deidentified(
        self, recipient: Recipient, request: httpx.Request, body: bytes
    ) -> tuple[Exchange, bytes]:
        if self._finder is None:
            raise Unavailable("What removes PHI is not loaded: nothing was sent.")
        exchange = Exchange(self._finder, recipient.steering)
        for text in (request.url.path, request.url.query.decode("ascii", "replace")):
            exchange.require_clean(text)
        return exchange, exchange.out(body, request.headers.get("content-type", ""))

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.policy.authorities is not None:
            try:
                context.load_verify_locations(self.policy.authorities)
            except OSError:
                raise Unavailable(
                    "The file of certificate authorities cannot be read.",
                    where="WARDROUND_CERTIFICATE_AUTHORITIES",
                ) from None
        return context


def _headers() -> dict[str, str]:
    return {"User-Agent": f"wardround/{__version__}"}


def _require_inside(recipient: Recipient, request: httpx.Request, body: bytes) -> None:
    """Raise ``NotAllowed`` where a call, or a redirect, would go elsewhere than it says."""
    url = request.url
    port = url.port or address.PORTS.get(url.scheme)
    called = (url.scheme, address.read_host(url.host), port)
    if called != recipient.origin or url.userinfo or not address.is_under(url.path, recipient.path):
        raise NotAllowed(
            "The call, or a redirect, leads to another address than the recipient's.",
            mend="Nothing was sent there. Name that address as a recipient if it is meant.",
        )
    if request.method not in _METHODS:
        raise NotAllowed("The gate makes no calls of this kind.")
    if recipient.service is Service.PUBLISHED_DATA and (request.method not in _READS or body):
        raise NotAllowed("A publisher is only asked for files: nothing is sent to it.")
