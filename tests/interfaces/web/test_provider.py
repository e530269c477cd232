"""From the page, to a real identity provider, and back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.interfaces.web.capability import Scripted
from tests.interfaces.web.house import listening
from tests.security.provider import running_provider
from wardround.bootstrap import Wardround, open_database
from wardround.interfaces.web import create_app
from wardround.kernel import InvalidInput, system_clock
from wardround.record import Blobs
from wardround.rounds import Rounds
from wardround.security import AuditTrail, People
from wardround.settings import Settings


def assemble(home: Path, **chosen: str) -> Wardround:
    settings = Settings(home=home, **chosen)  # type: ignore[arg-type]
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database)
    rooms = {"documentation": Scripted()}
    rounds = Rounds(database, blobs, rooms, settings.workflows_url)
    return Wardround(settings, system_clock, database, blobs, rooms, rounds)


@contextmanager
def at_a_client(wardround: Wardround) -> Iterator[httpx.Client]:
    with listening(create_app(wardround)) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture(scope="module")
def wardround(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wardround]:
    with running_provider() as issuer:
        home = tmp_path_factory.mktemp("provider")
        roles = "ward-doctors=clinician, ward-nurses=nurse"
        wardround = assemble(home, oidc_issuer=issuer, oidc_secret="s3cret", oidc_roles=roles)
        yield wardround
        wardround.database.dispose()


@pytest.fixture
def browser(wardround: Wardround) -> Iterator[httpx.Client]:
    with at_a_client(wardround) as client:
        yield client


def go(browser: httpx.Client, subject: str, back: str = "/patients") -> str:
    """Leave for the provider, sign in there, and return the path it sends the browser back to."""
    left = browser.get("/sign-in/provider", params={"back": back})
    assert left.status_code == 303
    sent = httpx.post(left.headers["location"], data={"sub": subject}).headers["location"]
    address = str(browser.base_url)
    assert sent.startswith(f"{address}/sign-in/provider/back?")
    return sent.removeprefix(address)


def test_there_and_back(wardround: Wardround, browser: httpx.Client) -> None:
    assert "the clinic&#39;s account" in browser.get("/sign-in").text
    page = browser.get(go(browser, "4711"))
    assert page.status_code == 200
    assert 'content="0;url=/patients"' in page.text
    assert browser.get("/patients").status_code == 200
    with wardround.database.read() as tx:
        person = People(tx).actor("amara")
        assert person is not None
        assert person.role == "clinician"
        (event,) = AuditTrail(tx).list(action="sign-in")
    assert event.detail == {"method": "provider"}


def test_what_comes_back_is_for_once_and_for_this_browser(
    wardround: Wardround, browser: httpx.Client
) -> None:
    path = go(browser, "4711")
    with at_a_client(wardround) as thief:
        assert thief.get(path).status_code == 401
    assert browser.get(path.replace("state=", "state=x")).status_code == 401
    assert browser.get(path).status_code == 401, "its ticket is used up"
    assert browser.get("/account").status_code == 303


def test_who_has_no_username_there_is_told(browser: httpx.Client) -> None:
    answer = browser.get(go(browser, "4712"))
    assert answer.status_code == 503
    assert "sends no claim preferred_username" in answer.text


def test_a_refusal_by_the_provider_is_told(browser: httpx.Client) -> None:
    browser.get("/sign-in/provider")
    answer = browser.get("/sign-in/provider/back?error=access_denied&state=x")
    assert answer.status_code == 401
    assert "did not let you in" in answer.text


def test_the_cookie_on_the_way_is_lax_and_the_sessions_is_strict(browser: httpx.Client) -> None:
    left = browser.get("/sign-in/provider")
    assert "samesite=lax" in left.headers["set-cookie"].lower()
    page = browser.get(go(browser, "4713"))
    kept = [c for c in page.headers.get_list("set-cookie") if "wardround_session" in c]
    assert "samesite=strict" in kept[0].lower()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_have_somebody_signed_in(browser: httpx.Client, site: str) -> None:
    answer = browser.get("/sign-in/provider", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 200
    assert "wardround_provider" not in answer.headers.get("set-cookie", "")
    asked = browser.get("/sign-in/provider", headers={"Sec-Fetch-Site": "same-origin"})
    assert asked.status_code == 303


def test_a_provider_that_is_away_is_told(tmp_path: Path) -> None:
    wardround = assemble(tmp_path, oidc_issuer="http://localhost:9")
    with at_a_client(wardround) as browser:
        answer = browser.get("/sign-in/provider")
        assert answer.status_code == 503
        assert browser.get("/sign-in").status_code == 200
    wardround.database.dispose()


def test_without_a_provider_there_is_no_way_to_it(tmp_path: Path) -> None:
    wardround = assemble(tmp_path)
    with at_a_client(wardround) as browser:
        assert "provider" not in re.sub(r"<head>.*</head>", "", browser.get("/sign-in").text)
        assert browser.get("/sign-in/provider").status_code == 404
    wardround.database.dispose()


@pytest.mark.parametrize(
    "chosen",
    [
        {"oidc_roles": "doctors=physician"},
        {"second_factor_for": "boss"},
        {"oidc_issuer": "http://id.example"},
    ],
)
def test_what_is_set_wrong_is_named(tmp_path: Path, chosen: dict[str, str]) -> None:
    wardround = assemble(tmp_path, **chosen)
    with pytest.raises(InvalidInput) as refused:
        _ = wardround.door, wardround.provider, wardround.provided_roles
    (name,) = chosen
    assert refused.value.where == f"WARDROUND_{name.upper()}"
    wardround.database.dispose()
