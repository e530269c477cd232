"""What an administrator does with accounts and tokens, and nobody else."""

import re
from collections.abc import Callable

import httpx
import pytest

from tests.interfaces.web.house import NURSE, OSEI, House, Person
from wardround.security import ServiceTokens

Somebody = Callable[[str | None], Person]
NOAH = "noah.lindqvist"


def submit(person: Person, path: str, **fields: str) -> httpx.Response:
    token = re.search(r'name="csrf" value="([^"]+)"', person.get("/account").text)
    assert token is not None
    return person.post(path, data={"csrf": token[1], **fields})


@pytest.mark.parametrize("username", [OSEI, NURSE, "ruth.okafor"])
@pytest.mark.parametrize("path", ["/people", "/people/tom.adeyemi", "/tokens"])
def test_nobody_else_sees_them(house: House, username: str, path: str) -> None:
    assert house.at_a_client(username).get(path).status_code == 403


def test_nobody_else_changes_them(house: House) -> None:
    for path in ("/people", "/people/noah.lindqvist/disable", "/people/amara.osei/role", "/tokens"):
        answer = submit(house.at_a_client(NURSE), path, role="administrator", name="x")
        assert answer.status_code == 403, path


def test_somebody_is_added_reset_and_kept_out(house: House, somebody: Somebody) -> None:
    noah = house.at_a_client(NOAH)
    fields = {"username": "eva.lind", "name": "Eva Lind", "role": "nurse"}
    page = submit(noah, "/people", **fields).text
    handed = re.search(r'<code class="secret">([a-z2-9-]{19})</code>', page)
    assert handed is not None
    eva = somebody(None)
    eva.sign_in("eva.lind", handed[1])
    assert "Choose a password of your own." in eva.get("/account").text
    assert "Eva Lind" in noah.get("/people").text
    assert submit(noah, "/people", **fields).status_code == 409
    again = submit(noah, "/people/eva.lind/reset").text
    assert eva.get("/account").status_code == 303
    assert handed[1] not in again
    submit(noah, "/people/eva.lind/disable")
    assert "Disabled" in noah.get("/people/eva.lind").text
    known = re.search(r'<code class="secret">([a-z2-9-]{19})</code>', again)
    assert known is not None
    eva.sign_in("eva.lind", known[1])
    assert "This account is closed." in eva.answer.text
    assert [event.action for event in house.events(entity="Practitioner/eva-lind")] == [
        "disable-person",
        "reset-person",
        "add-person",
    ]


def test_nobody_changes_their_own_role_or_shuts_themselves_out(house: House) -> None:
    noah = house.at_a_client(NOAH)
    assert submit(noah, "/people/noah.lindqvist/role", role="clinician").status_code == 403
    assert noah.get("/people").status_code == 200


@pytest.mark.parametrize("path", ["/people/nobody/disable", "/people/amara.osei/promote"])
def test_what_is_not_there(house: House, path: str) -> None:
    assert submit(house.at_a_client(NOAH), path).status_code == 404


def test_a_token_is_shown_once_used_and_revoked(house: House) -> None:
    noah = house.at_a_client(NOAH)
    page = submit(noah, "/tokens", name="lab-feed", days="30", scope="READ_CHART").text
    token = re.search(r"wrd_[A-Za-z0-9_-]{43}", page)
    assert token is not None
    listed = noah.get("/tokens")
    assert listed.status_code == 200
    assert "lab-feed" in listed.text
    assert "read the chart" in listed.text
    assert token[0] not in listed.text
    told = ask(house, f"Bearer {token[0]}")
    assert told.json()["scopes"] == ["READ_CHART"]
    assert told.json()["role"] == "service"
    assert house.events(action="use-token")[0].actor == "service.lab-feed"
    with house.wardround.database.read() as tx:
        (kept,) = [one for one in ServiceTokens(tx).list() if one.name == "lab-feed"]
    submit(noah, f"/tokens/{kept.id}/revoke")
    assert ask(house, f"Bearer {token[0]}").status_code == 401


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrd_made-up", "Basic YTpi", "wrd_x"])
def test_without_a_token_a_program_learns_nothing(house: House, shown: str) -> None:
    answer = ask(house, shown)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["resourceType"] == "OperationOutcome"


def test_a_session_is_no_token(house: House) -> None:
    assert house.at_a_client(NOAH).get("/api/me").status_code == 401


def ask(house: House, shown: str) -> httpx.Response:
    return httpx.get(f"{house.address}/api/me", headers={"Authorization": shown} if shown else {})
