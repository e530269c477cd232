"""Views: the minimum that each role sees, of resources as other systems write them."""

from datetime import UTC, datetime

import pytest

from wardround.kernel import Forbidden, Role
from wardround.record import Stored
from wardround.record.view import FINDING, View, load_views, view_of

PATIENT = b"""{"resourceType": "Patient", "id": "ada", "meta": {"profile": ["http://x"]},
 "text": {"div": "<div>Ada</div>"}, "name" : [{"family": "L\\u00f8vgren"}],
 "birthDate":"1958-07-14", "_birthDate": {"id": "b"}, "address": [{"line": ["4 Quay"]}],
 "extension": [{"url": "u", "valueDecimal": 7.80}], "maritalStatus": {"text": "M"},
 "identifier": [{"type": {"coding": [{"code": "SS"}]}, "value": "999-12-3456"},
  {"type": {"coding": [{"code": "MR"}]}, "value": "HL-1"}, {"value": "untyped"}]}"""


def stored(body: bytes, kind: str = "Patient") -> Stored:
    return Stored(kind, "ada", 1, datetime(2026, 1, 1, tzinfo=UTC), body)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.RESIDENT, Role.NURSE, Role.SERVICE])
def test_care_sees_the_whole_byte_for_byte(role: Role) -> None:
    assert view_of(role).of(stored(PATIENT)).body == PATIENT


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR])
def test_who_has_no_view_sees_nothing(role: Role) -> None:
    assert not view_of(role).sees("Patient")
    with pytest.raises(Forbidden, match="does not see resources of type Patient"):
        view_of(role).of(stored(PATIENT))


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        (Role.CODER, {"name", "birthDate", "_birthDate"}, {"address", "text", "extension"}),
        (Role.SCHEDULER, {"name", "address", "birthDate"}, {"maritalStatus", "text", "extension"}),
        (FINDING, {"name", "birthDate"}, {"address", "maritalStatus", "text"}),
    ],
)
def test_the_rest_sees_what_its_work_needs(name: str, shown: set[str], hidden: set[str]) -> None:
    found = load_views()[name].of(stored(PATIENT)).json()
    assert shown < found.keys()
    assert not hidden & found.keys()
    assert [one["value"] for one in found["identifier"]] == ["HL-1"]
    assert found["meta"]["profile"] == ["http://x"]
    assert found["meta"]["security"][0]["code"] == "SUBSETTED"


def test_what_is_left_stands_as_it_was_written() -> None:
    view = View("some", {"Patient": ["extension", "name"]})
    body = view.of(stored(PATIENT)).body
    assert b'"valueDecimal": 7.80' in body
    assert b'"L\\u00f8vgren"' in body
    assert b"999-12" not in body


def test_no_identifier_of_the_kinds_shown_leaves_no_empty_list() -> None:
    bare = stored(b'{"resourceType":"Patient","id":"ada","identifier":[{"value":"1"}]}')
    assert "identifier" not in load_views()[FINDING].of(bare).json()


def test_what_is_hidden_is_not_searched_by() -> None:
    view = view_of(Role.CODER)
    view.require("Patient", ["name", "birthdate", "_count", "identifier"])
    for name in ("address", "telecom", "general-practitioner", "address:exact"):
        with pytest.raises(Forbidden, match="does not search"):
            view.require("Patient", [name])


def test_what_tells_of_no_patient_is_shown_to_all_who_read() -> None:
    assert view_of(Role.SCHEDULER).sees("Location")
    assert not view_of(Role.SCHEDULER).sees("Condition")
