"""Signing in at the clinic's identity provider (OpenID Connect Core 1.0, section 3.1).

Authorization code with PKCE (S256), state and nonce. The ID token's signature and claims are
checked against the provider's published keys, which are fetched for each sign-in: there are few.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import SecretStr

from wardround.kernel import Clock, InvalidInput, NotSignedIn, Noun, Unavailable, system_clock

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
"""Signatures that are taken: none with a shared secret, and never ``none``."""
LEEWAY = 60
"""Seconds that the provider's clock may be off."""
KNOWS = frozenset({"pwd", "pin"})
HAS = frozenset({"face", "fpt", "hwk", "otp", "sc", "sms", "swk"})
"""Methods of RFC 8176: what a person knows, and what they have or are."""


class Answer(Protocol):
    """What a provider answers; that of httpx is one."""

    @property
    def status_code(self) -> int:
        """Its HTTP status."""
        ...

    def json(self) -> Any:
        """Return its body, parsed."""
        ...


class Client(Protocol):
    """What asks the provider; that of httpx is one."""

    def get(self, url: str) -> Answer:
        """Fetch an address."""
        ...

    def post(self, url: str, *, content: str, headers: Mapping[str, str]) -> Answer:
        """Send a form to an address."""
        ...


Dial = Callable[[str], AbstractContextManager[Client]]
"""Gives a client for one address, and closes it."""


class Registration(Noun):
    """How this installation is known to the provider, and which claims name a person."""

    issuer: str
    client: str
    secret: SecretStr | None = None
    username_claim: str = "preferred_username"
    groups_claim: str = "groups"


class Secrets(NamedTuple):
    """What the way back must show, and what only we know until then."""

    state: str
    nonce: str
    verifier: str


class Vouched(Noun):
    """Whom the provider named; ``groups`` are the values of the claim that roles come from."""

    issuer: str
    subject: str
    username: str
    name: str
    groups: tuple[str, ...]
    strong: bool


class Provider:
    """The identity provider, asked through the clients that ``dial`` gives."""

    def __init__(self, known: Registration, dial: Dial, clock: Clock = system_clock) -> None:
        issuer = urlsplit(known.issuer)
        here = issuer.hostname in {"localhost", "127.0.0.1", "::1"}
        if issuer.scheme != "https" and not (here and issuer.scheme == "http"):
            raise InvalidInput(
                "An identity provider is asked over https.", where="WARDROUND_OIDC_ISSUER"
            )
        self._known = known
        self._dial = dial
        self._clock = clock

    def leave(self, back: str, secrets: Secrets) -> str:
        """Return where the browser goes; it comes back to the address ``back``."""
        address: str = prepare_grant_uri(
            self._endpoint(self._metadata(), "authorization_endpoint"),
            self._known.client,
            "code",
            redirect_uri=back,
            scope="openid profile email",
            state=secrets.state,
            nonce=secrets.nonce,
            code_challenge=create_s256_code_challenge(secrets.verifier),
            code_challenge_method="S256",
        )
        return address

    def receive(self, code: str, back: str, secrets: Secrets) -> Vouched:
        """Return whom the provider vouches for; raise ``NotSignedIn`` where it does not."""
        metadata = self._metadata()
        token = self._exchange(self._endpoint(metadata, "token_endpoint"), code, back, secrets)
        keys = self._get(self._endpoint(metadata, "jwks_uri"))
        claims = self._claims(token, keys, secrets.nonce)
        return self._person(claims)

    def _metadata(self) -> dict[str, Any]:
        issuer = self._known.issuer
        found = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        metadata = OpenIDProviderMetadata(found)
        if metadata.get("issuer") != issuer:  # to the letter: Discovery 1.0, section 4.3
            raise _broken("calls itself by another name than WARDROUND_OIDC_ISSUER")
        return dict(metadata)

    def _endpoint(self, metadata: Mapping[str, Any], name: str) -> str:
        address = str(metadata.get(name, ""))
        # What is found over https must not lead on in clear.
        if urlsplit(address).scheme not in {"https", urlsplit(self._known.issuer).scheme}:
            raise _broken(f"names no usable {name}")
        return address

    def _exchange(self, address: str, code: str, back: str, secrets: Secrets) -> str:
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=back,
            code=code,
            code_verifier=secrets.verifier,
        )
        secret = self._known.secret
        method = "none" if secret is None else "client_secret_basic"
        auth = ClientAuth(
            self._known.client, None if secret is None else secret.get_secret_value(), method
        )
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        address, headers, body = auth.prepare("POST", address, headers, body)
        with self._dial(address) as client:
            answer = client.post(address, content=body, headers=headers)
        found = _parsed(answer)
        token = found.get("id_token")
        if answer.status_code != 200 or not isinstance(token, str):
            raise _refused()
        return token

    def _claims(self, token: str, keys: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        now = int(self._clock().timestamp())
        required = jwt.JWTClaimsRegistry(
            now=now,
            leeway=LEEWAY,
            iss={"essential": True, "value": self._known.issuer},
            aud={"essential": True, "value": self._known.client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            read = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            required.validate(read.claims)
        except (JoseError, ValueError, KeyError, TypeError):
            raise _refused() from None
        audience = read.claims["aud"]
        alone = isinstance(audience, str) or len(audience) == 1
        party = read.claims.get("azp", self._known.client if alone else None)
        if party != self._known.client:
            raise _refused()
        return dict(read.claims)

    def _person(self, claims: Mapping[str, Any]) -> Vouched:
        groups = claims.get(self._known.groups_claim) or ()
        methods = claims.get("amr") or ()
        username = claims.get(self._known.username_claim)
        if not isinstance(username, str) or not username:
            raise _broken(f"sends no claim {self._known.username_claim}")
        return Vouched(
            issuer=self._known.issuer,
            subject=str(claims["sub"]),
            username=username,
            name=str(claims.get("name") or username),
            groups=(groups,) if isinstance(groups, str) else tuple(str(one) for one in groups),
            strong=_is_strong({str(one) for one in methods}),
        )

    def _get(self, address: str) -> dict[str, Any]:
        with self._dial(address) as client:
            answer = client.get(address)
        if answer.status_code != 200:
            raise _broken("does not answer as one")
        return _parsed(answer)


def _is_strong(methods: set[str]) -> bool:
    """Whether the provider says that it saw two factors (``amr``, RFC 8176)."""
    return "mfa" in methods or bool(methods & KNOWS and methods & HAS)


def _parsed(answer: Answer) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        raise _broken("does not answer as one") from None
    if not isinstance(found, dict):
        raise _broken("does not answer as one")
    return found


def _refused() -> NotSignedIn:
    return NotSignedIn("The identity provider did not vouch for you.", mend="Sign in again.")


def _broken(how: str) -> Unavailable:
    return Unavailable(
        f"The identity provider {how}.", mend="Tell your administrator, or use a password."
    )
