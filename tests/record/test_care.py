"""Who cares for whom: what of the record makes a care relationship, and what does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from wardround.record import CareRelations, Chart
from wardround.security import CareRelation

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
OSEI, ADA = "Practitioner/osei", "Patient/ada"
STRANGERS = CareRelation()


def kept(tx: Connection, kind: str, **elements: Any) -> None:
    body = {"resourceType": kind, "id": f"{kind.lower()}-1", **elements}
    Chart(tx).update(orjson.dumps(body))


def visit(
    days: float, who: str = OSEI, status: str = "finished", whom: str = ADA
) -> dict[str, Any]:
    at = (NOW + timedelta(days=days)).isoformat()
    return {
        "status": status,
        "class": {"code": "AMB"},
        "subject": {"reference": whom},
        "participant": [{"individual": {"reference": who}}],
        "period": {"start": at, "end": at},
    }


def relation(tx: Connection, person: str = OSEI) -> CareRelation:
    return CareRelations(tx, lambda: NOW, 90).relations(person, [ADA])[ADA]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, CareRelation(treats=True, expected=True, seen=True)),
        (-2, CareRelation(treats=True, seen=True)),
        (0.5, CareRelation(treats=True, expected=True)),
        (20, CareRelation(treats=True)),
        (-89, CareRelation(treats=True, seen=True)),
        (-91, STRANGERS),
        (91, STRANGERS),
    ],
)
def test_a_visit_makes_a_relation_for_a_time(
    tx: Connection, days: float, expected: CareRelation
) -> None:
    kept(tx, "Encounter", **visit(days))
    assert relation(tx) == expected


def test_a_colleague_of_the_visit_does_not_treat(tx: Connection) -> None:
    kept(tx, "Encounter", **visit(0, "Practitioner/halvorsen"))
    assert relation(tx) == CareRelation(expected=True, seen=True)


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_a_visit_that_was_called_off_is_none(tx: Connection, status: str) -> None:
    kept(tx, "Encounter", **visit(0, status=status))
    assert relation(tx) == STRANGERS


def test_a_stay_that_is_not_over_goes_on(tx: Connection) -> None:
    stay = visit(-200)
    del stay["period"]["end"]
    kept(tx, "Encounter", **stay)
    assert relation(tx) == CareRelation(treats=True, expected=True, seen=True)


@pytest.mark.parametrize(("status", "treats"), [("booked", True), ("noshow", False)])
def test_an_appointment_is_a_visit(tx: Connection, status: str, treats: bool) -> None:
    actors = [{"actor": {"reference": one}, "status": "accepted"} for one in (ADA, OSEI)]
    start = (NOW + timedelta(days=3)).isoformat()
    kept(tx, "Appointment", status=status, start=start, participant=actors)
    assert relation(tx).treats == treats


@pytest.mark.parametrize(("status", "treats"), [("active", True), ("inactive", False)])
def test_a_care_team_has_no_end_but_its_status(tx: Connection, status: str, treats: bool) -> None:
    member = [{"member": {"reference": OSEI}}]
    kept(tx, "CareTeam", status=status, subject={"reference": ADA}, participant=member)
    assert relation(tx) == CareRelation(treats=treats)


def test_a_patients_own_practitioner_treats_them(tx: Connection) -> None:
    body = {"resourceType": "Patient", "id": "ada", "generalPractitioner": [{"reference": OSEI}]}
    Chart(tx).update(orjson.dumps(body))
    assert relation(tx) == CareRelation(treats=True)
    assert relation(tx, "Practitioner/halvorsen") == STRANGERS


def test_somebody_takes_part_by_a_role_of_theirs(tx: Connection) -> None:
    kept(tx, "PractitionerRole", practitioner={"reference": OSEI})
    kept(tx, "Encounter", **visit(0, "PractitionerRole/practitionerrole-1"))
    assert relation(tx).treats
    assert not relation(tx, "Practitioner/halvorsen").treats


@pytest.mark.parametrize("person", ["", "Practitioner/", "osei", "Patient/ada"])
def test_nobody_treats_anybody(tx: Connection, person: str) -> None:
    kept(tx, "Encounter", **visit(0))
    assert not relation(tx, person).treats


def test_the_panel_is_whom_they_treat_and_then_who_is_there(tx: Connection) -> None:
    mine, theirs, old = "Patient/mine", "Patient/theirs", "Patient/old"
    for name, days, who, whom in (
        ("a", 5, OSEI, mine),
        ("b", 0, "Practitioner/halvorsen", theirs),
        ("c", -300, OSEI, old),
    ):
        body = {"resourceType": "Encounter", "id": name, **visit(days, who, whom=whom)}
        Chart(tx).update(orjson.dumps(body))
    care = CareRelations(tx, lambda: NOW, 90)
    assert care.panel(OSEI, 10) == [mine, theirs]
    assert care.panel(OSEI, 1) == [mine]


def test_many_patients_are_asked_for_at_once(tx: Connection) -> None:
    kept(tx, "Encounter", **visit(0))
    many = [f"Patient/p{number}" for number in range(1200)]
    found = CareRelations(tx, lambda: NOW, 90).relations(OSEI, [*many, ADA])
    assert found[ADA].treats
    assert len(found) == 1201
    assert not any(found[one].treats for one in many)
