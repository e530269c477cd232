"""Forms come from our own pages, from the person they were given to."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from tests.interfaces.web.house import NURSE, OSEI, House, Person
from wardround.interfaces.web.forms import day_of
from wardround.kernel import InvalidInput, Status

Somebody = Callable[[str | None], Person]


@pytest.mark.parametrize("token", ["", "made up"])
def test_a_form_without_the_token_changes_nothing(house: House, osei: Person, token: str) -> None:
    draft = house.draft()
    answer = osei.post(
        f"/drafts/{draft.id}/rejection", data={"csrf": token, "revision": "1", "reason": "no"}
    )
    assert answer.status_code == 403
    assert house.rounds.draft(draft.id).status is Status.DRAFTED


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_a_form_from_another_site_changes_nothing(
    house: House, osei: Person, headers: dict[str, str]
) -> None:
    draft = house.draft()
    form = {"csrf": osei.csrf, "revision": "1", "reason": "no"}
    answer = osei.post(f"/drafts/{draft.id}/rejection", data=form, headers=headers)
    assert answer.status_code == 403
    assert house.rounds.draft(draft.id).status is Status.DRAFTED


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "{here}"}, {"Origin": "null"}, {}],
)
def test_a_form_of_ours_is_taken(house: House, osei: Person, headers: dict[str, str]) -> None:
    headers = {name: value.format(here=house.address) for name, value in headers.items()}
    draft = house.draft()
    form = {"csrf": osei.csrf, "revision": "1", "reason": "no"}
    answer = osei.post(f"/drafts/{draft.id}/rejection", data=form, headers=headers)
    assert answer.status_code == 303
    assert house.rounds.draft(draft.id).status is Status.REJECTED


def test_the_token_may_come_in_a_header(house: House, osei: Person) -> None:
    headers = {"X-CSRF-Token": osei.csrf}
    assert osei.post("/theme", data={"theme": "dark"}, headers=headers).status_code == 303


def test_after_signing_in_anew_the_same_person_gets_the_new_token(somebody: Somebody) -> None:
    person = somebody(OSEI)
    old = person.csrf
    me = person.house.person(OSEI).id
    person.cookies.clear()
    person.sign_in(OSEI)
    answer = person.post(
        "/theme", data={"csrf": old, "me": me, "theme": "dark"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 403
    found = re.search(r'data-token="([^"]+)"', answer.text)
    assert found is not None
    assert found[1] == person.csrf != old


def test_somebody_else_at_the_same_browser_gets_no_token(somebody: Somebody) -> None:
    person = somebody(OSEI)
    old = person.csrf
    me = person.house.person(OSEI).id
    person.cookies.clear()
    person.sign_in(NURSE)
    answer = person.post(
        "/theme", data={"csrf": old, "me": me, "theme": "dark"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 403
    assert "data-token" not in answer.text


def test_a_request_that_is_too_large_is_cut_off(osei: Person) -> None:
    form = {"csrf": osei.csrf, "words": "x" * (25 * 2**20)}
    answer = osei.post("/patients", data=form)
    assert answer.status_code == 413
    assert "more than 24 MB" in answer.text


@pytest.mark.parametrize("written", ["", "yesterday", "2026-02-30", "0026-11-24", "9999-12-31"])
def test_what_is_no_day_is_said(written: str) -> None:
    assert day_of("2026-11-24", "day") == date(2026, 11, 24)
    with pytest.raises(InvalidInput, match="The last day is no date") as refused:
        day_of(written, "until", "The last day")
    assert refused.value.where == "until"
