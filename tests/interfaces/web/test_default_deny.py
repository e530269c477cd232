"""Whoever has a role that nothing was permitted gets nowhere, by any route and any method."""

import re
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.interfaces.web.house import PASSWORD, House, Person, assemble
from wardround.interfaces.web.app import create_app
from wardround.kernel import Role
from wardround.security import Action, allow
from wardround.security.people import People

EVERYBODY = ("/account", "/sign-in", "/sign-out", "/theme", "/api/me")
"""Where those go who are signed in, or want to be: their own account, and nothing of a patient."""

IDS = {
    "patient_id": "marisol-vega",
    "kind": "Patient",
    "resource_id": "marisol-vega",
    "username": "amara.osei",
}


def walked(app: FastAPI) -> Iterator[APIRoute]:
    """Yield every route of the application, those of its routers too."""
    for route in app.routes:
        router = getattr(route, "original_router", None)
        for one in [route] if router is None else router.routes:
            if isinstance(one, APIRoute):
                yield one


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Return each method with each path, filled in as somebody would who tries."""
    wardround = assemble(tmp_path_factory.mktemp("ways"))
    routes = list(walked(create_app(wardround)))
    wardround.database.dispose()
    return [
        (method, re.sub(r"\{(\w+)(:\w+)?\}", lambda m: IDS.get(m[1], "x1"), route.path))
        for route in routes
        if not route.path.startswith(EVERYBODY)
        for method in sorted(route.methods or ())
        if method != "HEAD"
    ]


@pytest.fixture(scope="module")
def powerless(house: House) -> Iterator[Person]:
    name = "casey.nobody"
    with house.wardround.database.begin() as tx:
        actor = People(tx).add(name, "Casey Nobody", Role.CODER, "Practitioner/casey", PASSWORD)
    assert not any(allow(actor, action) for action in Action)
    with closing(Person(house, None)) as person:
        person.sign_in(name, PASSWORD)
        yield person


def asked(person: httpx.Client, method: str, path: str, csrf: str) -> httpx.Response:
    return person.request(method, path, data={"csrf": csrf} if method != "GET" else None)


def test_there_are_routes_to_walk(ways: list[tuple[str, str]]) -> None:
    assert len(ways) > 40
    assert {method for method, _ in ways} == {"GET", "POST"}


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
