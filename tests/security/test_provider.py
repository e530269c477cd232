"""Signing in at a real OpenID Connect provider, in a server of its own on this machine."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.security.provider import running_provider
from tests.security.quick import GOOD, ON_SQLITE, Watch, add
from wardround.database import Database
from wardround.kernel import InvalidInput, NotSignedIn, Role, Unavailable
from wardround.security import Links, People, Provider, Registration, Secrets, Vouched

BACK = "http://127.0.0.1:8420/sign-in/provider/back"
SECRETS = Secrets("state-1", "nonce-1", "verifier-0123456789-0123456789-0123456789-012")
ROLES = {"ward-doctors": Role.CLINICIAN, "ward-nurses": Role.NURSE}


@contextmanager
def dial(address: str) -> Iterator[Any]:
    with httpx.Client(timeout=10) as client:
        yield client


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running_provider() as issuer:
        yield issuer


@pytest.fixture
def provider(issuer: str) -> Provider:
    return Provider(Registration(issuer=issuer, client="wardround", secret="s3cret"), dial)


def go(provider: Provider, subject: str = "4711", **changed: str) -> str:
    """Sign in at the provider's own page, and return the code it sends back."""
    address = provider.leave(BACK, SECRETS._replace(**changed))
    answer = httpx.post(address, data={"sub": subject})
    sent = parse_qs(urlsplit(answer.headers["location"]).query)
    assert sent["state"] == [changed.get("state", "state-1")]
    return sent["code"][0]


def test_the_provider_vouches_for_a_person(provider: Provider, issuer: str) -> None:
    vouched = provider.receive(go(provider), BACK, SECRETS)
    assert vouched == Vouched(
        issuer=issuer,
        subject="4711",
        username="amara",
        name="Amara Osei",
        groups=("staff", "ward-doctors"),
        strong=True,
    )


def test_the_address_carries_what_the_standard_asks(provider: Provider) -> None:
    asked = parse_qs(urlsplit(provider.leave(BACK, SECRETS)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert SECRETS.verifier not in str(asked)
    assert "s3cret" not in str(asked)


def test_a_code_is_for_once(provider: Provider) -> None:
    code = go(provider)
    provider.receive(code, BACK, SECRETS)
    with pytest.raises(NotSignedIn):
        provider.receive(code, BACK, SECRETS)


def test_an_answer_to_another_question_is_refused(provider: Provider) -> None:
    code = go(provider, nonce="nonce-2")
    with pytest.raises(NotSignedIn):
        provider.receive(code, BACK, SECRETS)


def test_somebody_without_a_username_is_nobody(provider: Provider) -> None:
    with pytest.raises(Unavailable, match="preferred_username"):
        provider.receive(go(provider, "4712"), BACK, SECRETS)


def test_a_provider_that_calls_itself_otherwise_is_not_asked(issuer: str) -> None:
    other = issuer.replace("localhost", "127.0.0.1")
    known = Registration(issuer=f"{other}/tenant/..", client="wardround")
    with pytest.raises(Unavailable):
        Provider(known, dial).leave(BACK, SECRETS)


@pytest.mark.parametrize("issuer", ["http://id.example", "ftp://localhost", "id.example"])
def test_a_provider_is_asked_over_https(issuer: str) -> None:
    with pytest.raises(InvalidInput):
        Provider(Registration(issuer=issuer, client="wardround"), dial)


NOW = 1_790_000_000
ISSUER = "https://id.example"
KEY = RSAKey.generate_key(2048, {"kid": "1"})
FINE = {
    "iss": ISSUER,
    "aud": "wardround",
    "sub": "4711",
    "exp": NOW + 300,
    "iat": NOW,
    "nonce": "nonce-1",
    "preferred_username": "amara",
}


class Scripted:
    """A provider that answers with one ID token, good or forged."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get(self, url: str) -> httpx.Response:
        if url.endswith("/keys"):
            return httpx.Response(200, json=KeySet([KEY]).as_dict(private=False))
        ends = {"authorization_endpoint": "/go", "token_endpoint": "/token", "jwks_uri": "/keys"}
        told = {name: f"{ISSUER}{path}" for name, path in ends.items()}
        return httpx.Response(200, json={"issuer": ISSUER, **told})

    def post(self, url: str, *, content: str, headers: Mapping[str, str]) -> httpx.Response:
        self.sent = parse_qs(content)
        return httpx.Response(200, json={"id_token": self.token})


def signed(claims: dict[str, Any], key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)


def clock() -> datetime:
    return datetime.fromtimestamp(NOW, UTC)


def receive(token: str) -> Vouched:
    known = Registration(issuer=ISSUER, client="wardround")
    return Provider(known, lambda _: Scripted(token), clock).receive("code", BACK, SECRETS)


def test_the_code_comes_with_the_verifier_of_its_challenge() -> None:
    scripted = Scripted(signed(FINE))
    known = Registration(issuer=ISSUER, client="wardround")
    provider = Provider(known, lambda _: scripted, clock)
    asked = parse_qs(urlsplit(provider.leave(BACK, SECRETS)).query)
    provider.receive("code", BACK, SECRETS)
    (verifier,) = scripted.sent["code_verifier"]
    digest = sha256(verifier.encode()).digest()
    assert asked["code_challenge"] == [_plain(digest)]
    assert scripted.sent["client_id"] == ["wardround"]


def test_a_token_that_is_fine() -> None:
    assert receive(signed(FINE)).username == "amara"
    assert not receive(signed(FINE)).strong
    assert receive(signed({**FINE, "amr": ["mfa"]})).strong
    assert receive(signed({**FINE, "aud": ["wardround", "other"], "azp": "wardround"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://id.elsewhere.example"},
        {"aud": "another-client"},
        {"aud": ["wardround", "other"]},
        {"aud": ["wardround", "other"], "azp": "other"},
        {"nonce": "nonce-2"},
        {"exp": NOW - 61},
        {"iat": NOW + 3600},
        {"sub": None},
        {"nonce": None},
        {"exp": None},
    ],
)
def test_claims_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    claims = {name: value for name, value in {**FINE, **wrong}.items() if value is not None}
    with pytest.raises(NotSignedIn):
        receive(signed(claims))


def _plain(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def forged() -> dict[str, str]:
    other = RSAKey.generate_key(2048, {"kid": "1"})
    head, body, signature = signed(FINE).split(".")
    none, shared = (
        _plain(json.dumps({"alg": alg, "kid": "1"}).encode()) for alg in ("none", "HS256")
    )
    mac = hmac.digest(KEY.as_pem(private=False), f"{shared}.{body}".encode(), "sha256")
    return {
        "another key": signed(FINE, other),
        "a key of its own in its header": jwt.encode(
            {"alg": "RS256", "kid": "1", "jwk": other.as_dict(private=False)}, FINE, other
        ),
        "the public key as a shared secret": f"{shared}.{body}.{_plain(mac)}",
        "no signature": f"{none}.{body}.",
        "a changed body": f"{head}.{body[:-4]}AAAA.{signature}",
        "garbage": "a.b.c",
        "nothing": "",
    }


@pytest.mark.parametrize("how", list(forged()))
def test_a_forged_token_is_refused(how: str) -> None:
    with pytest.raises(NotSignedIn):
        receive(forged()[how])


def vouched(**changed: Any) -> Vouched:
    fine = {"issuer": ISSUER, "subject": "4711", "username": "amara", "name": "Amara Osei"}
    return Vouched.model_validate({**fine, "groups": ("ward-doctors",), "strong": False, **changed})


@ON_SQLITE
@pytest.mark.usefixtures("quick_hash")
def test_who_becomes_who(database: Database, watch: Watch) -> None:
    with database.begin() as tx:
        links = Links(tx, ROLES, watch)
        amara = links.actor(vouched())
        assert (amara.id, amara.role) == ("amara", Role.CLINICIAN)
        assert amara.reference == "Practitioner/amara"
        renamed = vouched(username="amara.hall", groups=("ward-nurses",))
        assert links.actor(renamed) == amara.model_copy(update={"role": Role.NURSE})
        with pytest.raises(NotSignedIn):
            People(tx).authenticate("amara", "!")
        with pytest.raises(NotSignedIn):
            links.actor(vouched(subject="4799", username="ben", groups=("staff",)))
        assert People(tx).actor("ben") is None


@ON_SQLITE
@pytest.mark.usefixtures("quick_hash")
def test_an_account_with_a_password_is_never_taken_over(database: Database, watch: Watch) -> None:
    add(database, "amara")
    with database.begin() as tx:
        with pytest.raises(NotSignedIn):
            Links(tx, ROLES, watch).actor(vouched())
        assert People(tx).authenticate("amara", GOOD)


@ON_SQLITE
def test_somebody_else_of_the_same_name_gets_no_account_of_another(
    database: Database, watch: Watch
) -> None:
    with database.begin() as tx:
        links = Links(tx, ROLES, watch)
        links.actor(vouched())
        with pytest.raises(NotSignedIn):
            links.actor(vouched(subject="4799"))
