"""Every route that takes a form refuses one that our own pages did not make."""

import re
from collections.abc import Iterable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from tests.interfaces.web.house import House
from wardround.interfaces.web import create_app

BEFORE = "/sign-in"
"""What is under it takes forms before there is a session; each browser has its own ticket."""
READS = {"GET", "HEAD"}


def forms(app: FastAPI) -> list[str]:
    return [
        re.sub(r"\{[^}]+\}", "x", path)
        for path, methods in walked(app.routes)
        if not methods <= READS
    ]


def walked(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, set[str]]]:
    """Give every route with its methods, also those that FastAPI keeps with their router."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from walked(inner.routes)
        elif isinstance(route, APIRoute):
            yield route.path, set(route.methods or READS)


@pytest.mark.parametrize("username", ["amara.osei", "noah.lindqvist", "ruth.okafor"])
def test_a_form_without_the_sessions_token_is_refused(house: House, username: str) -> None:
    person = house.at_a_client(username)
    paths = [path for path in forms(create_app(house.wardround)) if not path.startswith(BEFORE)]
    assert len(paths) > 25
    for path in paths:
        for token in ({}, {"csrf": ""}, {"csrf": "made-up"}):
            answer = person.post(path, data=token)
            assert answer.status_code == 403, path
            said = "Nothing was saved" in answer.text
            assert said or path.endswith("/images"), path  # there the role is asked first


def test_before_a_session_the_ticket_is_asked_for(house: House) -> None:
    person = house.at_a_client("amara.osei")
    paths = [path for path in forms(create_app(house.wardround)) if path.startswith(BEFORE)]
    assert len(paths) == 4
    for path in paths:
        for ticket in ("", "made-up"):
            answer = person.post(path, data={"ticket": ticket, "username": "amara.osei"})
            assert answer.status_code in {303, 401}, path
            assert "_session=" not in answer.headers.get("set-cookie", ""), path


def test_another_site_is_refused_on_every_route(house: House) -> None:
    person = house.at_a_client("amara.osei")
    for path in forms(create_app(house.wardround)):
        answer = person.post(path, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, path


def test_nobody_signed_in_changes_nothing(house: House) -> None:
    import httpx

    for path in forms(create_app(house.wardround)):
        answer = httpx.post(f"{house.address}{path}", data={"csrf": "x"})
        assert answer.status_code in {303, 401}, path
