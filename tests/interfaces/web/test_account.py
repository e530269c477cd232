"""One's own account: second factors, new tokens, where one is signed in."""

import re
from collections.abc import Callable
from itertools import count

import httpx
import pyotp
import pytest

from tests.interfaces.web.house import PASSWORD, House, Person
from wardround.kernel import Role, system_clock
from wardround.security import Accounts, Factors, People

Somebody = Callable[[str | None], Person]
NUMBERS = count(1)


def added(house: House, role: Role = Role.CLINICIAN) -> str:
    """Add a person of their own to a test, and return their username."""
    username = f"zoe.{next(NUMBERS)}"
    with house.wardround.database.begin() as tx:
        People(tx).add(username, "Zoe Lund", role, "Practitioner/zoe", PASSWORD)
    return username


def submit(person: Person, path: str, **fields: str) -> httpx.Response:
    token = re.search(r'name="csrf" value="([^"]+)"', person.get("/account").text)
    assert token is not None
    return person.post(path, data={"csrf": token[1], **fields})


def with_app(person: Person) -> pyotp.TOTP:
    page = submit(person, "/account/app").text
    assert 'src="data:image/svg+xml' in page
    secret = "".join(re.findall(r"<span>([A-Z2-7]{1,4})</span>", page))
    app = pyotp.TOTP(secret)
    before = person.cookies["wardround_session"]
    shown = submit(person, "/account/app/confirm", code=app.at(system_clock()))
    assert len(re.findall(r"<code>[a-z2-7-]{29}</code>", shown.text)) == 10
    assert person.cookies["wardround_session"] != before
    person.codes = re.findall(r"<code>([a-z2-7-]{29})</code>", shown.text)  # type: ignore[attr-defined]
    return app


def prove(person: Person, code: str) -> httpx.Response:
    ticket = re.search(r'name="ticket" value="([^"]+)"', person.get("/sign-in/second").text)
    assert ticket is not None
    return person.post("/sign-in/second", data={"ticket": ticket[1], "code": code})


def test_a_password_and_then_a_code(house: House, somebody: Somebody) -> None:
    username = added(house)
    app = with_app(somebody(username))
    person = somebody(None)
    person.sign_in(username, back="/patients")
    assert person.answer.headers["location"] == "/sign-in/second"
    assert "wardround_session" not in person.cookies
    assert person.get("/visits").status_code == 303
    refused = prove(person, "000000")
    assert refused.status_code == 401
    assert "The code is wrong" in refused.text
    used = prove(person, app.at(system_clock()))
    assert used.status_code == 401, "the code that set the app up opens nothing"
    opened = prove(person, app.at(system_clock(), counter_offset=1))
    assert opened.headers["location"] == "/patients"
    assert person.get("/account").status_code == 200


def test_a_recovery_code_in_place_of_the_telephone(house: House, somebody: Somebody) -> None:
    username = added(house)
    first = somebody(username)
    with_app(first)
    (code, *_) = first.codes  # type: ignore[attr-defined]
    for status in (303, 401):
        person = somebody(None)
        person.sign_in(username)
        assert prove(person, code).status_code == status
    assert "9 of 10 left" in first.get("/account").text


def test_the_second_step_needs_the_first(somebody: Somebody) -> None:
    person = somebody(None)
    assert person.get("/sign-in/second").headers["location"] == "/sign-in"
    person.cookies.set("wardround_second", "made up")
    assert person.get("/sign-in/second").headers["location"] == "/sign-in"


def test_a_planted_session_is_not_the_one_that_opens(house: House, somebody: Somebody) -> None:
    username = added(house)
    person = somebody(None)
    person.cookies.set("wardround_session", "planted-by-somebody")
    person.sign_in(username)
    assert person.get("/account").status_code == 200
    tokens = {cookie.value for cookie in person.cookies.jar if cookie.name == "wardround_session"}
    assert any(len(token or "") == 43 for token in tokens)
    thief = somebody(None)
    thief.cookies.set("wardround_session", "planted-by-somebody")
    assert thief.get("/account").status_code == 303


def test_over_https_every_cookie_belongs_to_this_host_alone(
    house: House, somebody: Somebody
) -> None:
    username = added(house)
    with_app(somebody(username))
    headers = {"X-Forwarded-Proto": "https"}
    given: list[str] = []
    with httpx.Client(base_url=house.address, headers=headers) as person:

        def ask(method: str, path: str, **form: str) -> httpx.Response:
            # The client would not send Secure cookies back over http.
            jar = dict(cookie.split(";")[0].split("=", 1) for cookie in given)
            cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
            answer = person.request(method, path, data=form or None, headers={"Cookie": cookies})
            given.extend(answer.headers.get_list("set-cookie"))
            return answer

        page = ask("GET", "/sign-in").text
        ticket = re.search(r'name="ticket" value="([^"]+)"', page)
        assert ticket is not None
        entry = {"ticket": ticket[1], "username": username, "password": PASSWORD}
        assert ask("POST", "/sign-in", **entry).headers["location"] == "/sign-in/second"
        bare = added(house)
        assert ask("POST", "/sign-in", **{**entry, "username": bare}).status_code == 303
        csrf = re.search(r'name="csrf" value="([^"]+)"', ask("GET", "/account").text)
        assert csrf is not None
        assert ask("POST", "/theme", csrf=csrf[1], theme="dark").status_code == 303
        assert ask("POST", "/sign-out", csrf=csrf[1]).status_code == 303
    names = {cookie.partition("=")[0] for cookie in given}
    known = ("sign_in", "second", "back", "session", "theme")
    assert names == {f"__Host-wardround_{name}" for name in known}
    for cookie in given:
        parts = {part.strip().lower() for part in cookie.split(";")}
        assert {"secure", "samesite=strict", "path=/"} <= parts
        assert ("httponly" in parts) is not cookie.startswith("__Host-wardround_theme=")
        assert "domain" not in cookie.lower()


def test_signed_in_elsewhere_and_ended_from_here(house: House, somebody: Somebody) -> None:
    username = added(house)
    here, there, third = somebody(username), somebody(username), somebody(username)
    page = here.get("/account").text
    ids = re.findall(r"/account/sessions/([0-9a-f]{16})/end", page)
    assert len(ids) == 2
    assert submit(here, f"/account/sessions/{ids[0]}/end").status_code == 303
    assert sorted(one.get("/account").status_code for one in (there, third)) == [200, 303]
    submit(here, "/account/sessions/end-others")
    assert {one.get("/account").status_code for one in (there, third)} == {303}
    assert here.get("/account").status_code == 200


def test_another_password(house: House, somebody: Somebody) -> None:
    username = added(house)
    here, there = somebody(username), somebody(username)
    fields = {"password": PASSWORD, "new": "a louder evening", "again": "a louder evening"}
    assert submit(here, "/account/password", **{**fields, "again": "x"}).status_code == 400
    assert submit(here, "/account/password", **{**fields, "password": "x"}).status_code == 403
    easy = submit(
        here, "/account/password", **{**fields, "new": "password1234", "again": "password1234"}
    )
    assert "lists of stolen passwords" in easy.text
    assert "password1234" not in easy.text
    assert submit(here, "/account/password", **fields).headers["location"].startswith("/account")
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


@pytest.mark.parametrize("path", ["/", "/visits", "/patients", "/people", "/privacy"])
def test_who_must_change_their_password_goes_nowhere_else(
    house: House, somebody: Somebody, path: str
) -> None:
    with house.wardround.database.begin() as tx:
        username = f"ben.{next(NUMBERS)}"
        accounts = Accounts(tx, None)
        handed = accounts.add(username, "Ben Hall", Role.ADMINISTRATOR, "Practitioner/ben")
    person = somebody(None)
    person.sign_in(username, handed)
    answer = person.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    page = person.get("/account").text
    assert "Choose a password of your own." in page
    assert submit(person, "/people", name="x").status_code == 403


def test_names_of_factors_are_only_text(house: House, somebody: Somebody) -> None:
    username = added(house)
    with house.wardround.database.begin() as tx:
        actor = People(tx).find(username)
        from wardround.security import FactorKind

        Factors(tx).keep(actor, FactorKind.PASSKEY, "<script>alert(1)</script>")
    person = somebody(None)
    person.sign_in(username)
    assert person.answer.headers["location"] == "/sign-in/second"
