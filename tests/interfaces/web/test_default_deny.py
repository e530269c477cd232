"""Whoever has a role that nothing was permitted gets nowhere, by any route and any method."""

import re
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.interfaces.web.house import PASSWORD, House, Person
from tests.interfaces.web.ways import ways_into
from wardround.kernel import Role
from wardround.security import Action
from wardround.security.people import People

EVERYBODY = ("/account", "/sign-in", "/sign-out", "/theme", "/api", "/deidentify")
"""Where those go who are signed in, or want to be: their own account, and nothing of a patient.

What is under ``/api`` takes no session at all, only a service token (``test_staff.py``).
"""


@pytest.fixture(scope="module")
def ways(house: House) -> list[tuple[str, str]]:
    return [way for way in ways_into(house) if not way[1].startswith(EVERYBODY)]


@pytest.fixture(scope="module")
def powerless(house: House) -> Iterator[Person]:
    name = "casey.nobody"
    with house.wardround.database.begin() as tx:
        actor = People(tx).add(
            name, "Casey Nobody", Role.RESEARCHER, "Practitioner/casey", PASSWORD
        )
    allowed = {one for one in Action if house.wardround.policies.allow(actor, one)}
    assert allowed == {Action.DEIDENTIFY}
    with closing(Person(house, None)) as person:
        person.sign_in(name, PASSWORD)
        yield person


def asked(person: httpx.Client, method: str, path: str, csrf: str) -> httpx.Response:
    return person.request(method, path, data={"csrf": csrf} if method != "GET" else None)


def test_there_are_routes_to_walk(ways: list[tuple[str, str]]) -> None:
    assert len(ways) > 40
    assert {method for method, _ in ways} == {"GET", "POST"}


@pytest.mark.requirement("SEC-01")
def test_nothing_is_permitted_unless_a_policy_says_so(
    ways: list[tuple[str, str]], powerless: Person
) -> None:
    page = powerless.get("/account").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    let_in = {
        (method, path): answer.status_code
        for method, path in ways
        if (answer := asked(powerless, method, path, csrf[1])).status_code != 403
    }
    assert let_in == {("GET", "/"): 303}  # it leads to their account
    assert "Marisol" not in "".join(asked(powerless, m, p, csrf[1]).text for m, p in ways)


def test_nobody_is_let_in_without_signing_in(ways: list[tuple[str, str]], house: House) -> None:
    with httpx.Client(base_url=house.address) as nobody:
        for method, path in ways:
            answer = asked(nobody, method, path, "x")
            assert answer.status_code in {303, 401, 403}, (method, path, answer.status_code)
            if answer.status_code == 303:
                assert answer.headers["location"].startswith("/sign-in"), (method, path)
