from collections.abc import Callable

import pytest

from tests.interfaces.web.house import OSEI, PASSWORD, House, Person

Somebody = Callable[[str | None], Person]


def test_a_password_opens_a_session(house: House, somebody: Somebody) -> None:
    person = somebody(OSEI)
    assert person.answer.status_code == 303
    assert person.answer.headers["location"] == "/visits"
    cookie = person.answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in person.answer.headers.get_list("set-cookie")[-1].lower()
    assert person.get("/visits").status_code == 200


def test_a_wrong_password_is_told_in_place(somebody: Somebody) -> None:
    person = somebody(None)
    person.sign_in(OSEI, "not this one")
    assert person.answer.status_code == 401
    assert "The username or the password is wrong." in person.answer.text
    assert 'value="amara.osei"' in person.answer.text
    assert "not this one" not in person.answer.text
    assert 'aria-invalid="true"' in person.answer.text


def test_the_form_works_only_in_the_browser_it_was_shown_in(somebody: Somebody) -> None:
    person = somebody(None)
    form = {"ticket": "made up", "username": OSEI, "password": PASSWORD}
    assert person.post("/sign-in", data=form).status_code == 401
    assert person.get("/visits").status_code == 303


def test_a_page_leads_to_signing_in_and_back(somebody: Somebody) -> None:
    person = somebody(None)
    answer = person.get("/patients/marisol-vega")
    assert answer.headers["location"] == "/sign-in?back=/patients/marisol-vega"
    person.sign_in(OSEI, back="/patients/marisol-vega")
    assert person.answer.headers["location"] == "/patients/marisol-vega"


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example", "//elsewhere.example", "/\\e.example"]
)
def test_the_way_back_stays_here(somebody: Somebody, back: str) -> None:
    person = somebody(None)
    person.sign_in(OSEI, back=back)
    assert person.answer.headers["location"] == "/visits"


def test_cookies_are_secure_where_the_page_came_by_https(somebody: Somebody) -> None:
    person = somebody(None)
    answer = person.get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "; Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_signing_in_again_ends_the_session_before(house: House, somebody: Somebody) -> None:
    person, other = somebody(OSEI), somebody(None)
    before = person.cookies["wardround_session"]
    page = person.get("/sign-in")
    assert page.status_code == 303, "who is signed in goes on"
    ticket = "t" * 43
    person.cookies.set("wardround_sign_in", ticket)
    form = {"ticket": ticket, "username": OSEI, "password": PASSWORD, "back": "/visits"}
    assert person.post("/sign-in", data=form).status_code == 303
    assert person.cookies["wardround_session"] != before
    assert person.get("/visits").status_code == 200
    other.cookies.set("wardround_session", before)
    assert other.get("/visits").status_code == 303


def test_signing_out_ends_the_session(somebody: Somebody) -> None:
    person = somebody(OSEI)
    cookie = person.cookies["wardround_session"]
    assert person.submit("/sign-out").headers["location"] == "/sign-in"
    person.cookies.set("wardround_session", cookie)
    assert person.get("/visits").status_code == 303
