"""Each event is a FHIR R4 AuditEvent, and keeps the IHE BALP profile that it claims."""

from base64 import b64decode
from typing import Any

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from wardround.database import Database
from wardround.kernel import Actor, Role
from wardround.security import AuditTrail, coming_from
from wardround.security.audit.balp import PROFILES
from wardround.security.audit.kinds import _KINDS

AMARA = Actor(
    id="amara.osei", name="Amara Osei", role=Role.PRIVACY_OFFICER, reference="Practitioner/amara"
)
DCM = "http://dicom.nema.org/resources/ontology/DCM"
SOURCE, DESTINATION, APPLICATION = "110153", "110152", "110150"


def made(database: Database, *args: Any, **event: Any) -> dict[str, Any]:
    """Return the FHIR resource of one event, and leave the database as it was."""
    found: list[dict[str, Any]] = []

    def undone() -> None:
        with database.begin() as tx:
            trail = AuditTrail(tx)
            trail.record(*args, **event)
            found.extend(resource for _, resource, _ in trail.resources())
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    (resource,) = found
    AuditEvent.model_validate(resource)
    return resource


def entity(resource: dict[str, Any], code: str) -> dict[str, Any]:
    (one,) = [e for e in resource["entity"] if e["type"]["code"] == code]
    return dict(one)


def agents(resource: dict[str, Any]) -> list[str]:
    return [agent["type"]["coding"][0]["code"] for agent in resource["agent"]]


@pytest.mark.parametrize(
    ("action", "profile", "letter", "subtype", "ends"),
    [
        ("create", "Create", "C", "create", ["AUT", SOURCE, DESTINATION]),
        ("read", "Read", "R", "read", ["IRCP", DESTINATION, SOURCE]),
        ("edit", "Update", "U", "update", ["AUT", SOURCE, DESTINATION]),
        ("delete", "Delete", "D", "delete", ["AUT", APPLICATION, "custodian"]),
        ("search", "Query", "E", "search", ["IRCP", SOURCE, DESTINATION]),
    ],
)
@pytest.mark.parametrize("patient", [False, True])
def test_what_is_done_to_resources(
    unchanged_database: Database,
    action: str,
    profile: str,
    letter: str,
    subtype: str,
    ends: list[str],
    patient: bool,
) -> None:
    about = {"subject": "Patient/1"} if patient else {}
    resource = made(
        unchanged_database,
        action,
        "success",
        actor=AMARA,
        entity="Observation/7",
        purpose="TREAT",
        **about,
    )
    assert resource["meta"]["profile"] == [PROFILES + ("Patient" if patient else "") + profile]
    assert resource["type"] == {
        "system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
        "code": "rest",
    }
    assert resource["subtype"][0] == {
        "system": "http://hl7.org/fhir/restful-interaction",
        "code": subtype,
    }
    assert len(resource["subtype"]) == (1 if action == "delete" else 2)
    assert (resource["action"], resource["outcome"]) == (letter, "0")
    assert agents(resource) == ends
    user, client, server = resource["agent"]
    assert user["requestor"] is True
    assert user["who"] == {
        "identifier": {"value": "amara.osei"},
        "reference": "Practitioner/amara",
    }
    assert user["purposeOfUse"][0]["coding"][0]["code"] == "TREAT"
    assert "network" not in user
    for machine in (client, server):
        assert machine["who"]
        assert machine["network"]
        assert machine["requestor"] is False
    assert server["who"] == resource["source"]["observer"]
    data = entity(resource, "2")
    if action == "search":
        assert data["role"]["code"] == "24"
        assert data["query"]
        assert "what" not in data
    else:
        assert data["what"] == {"reference": "Observation/7"}
        assert data["role"]["code"] == "4"
    if patient:
        person = entity(resource, "1")
        assert person["what"] == {"reference": "Patient/1"}
        assert person["role"]["code"] == "1"
    assert "name" not in str(resource["entity"])


def test_a_query_names_its_parameters_and_no_value(unchanged_database: Database) -> None:
    resource = made(
        unchanged_database,
        "search",
        "success",
        detail={"parameters": "name.birthdate"},
    )
    assert b64decode(entity(resource, "2")["query"]) == b"name.birthdate"


def test_a_disclosure(unchanged_database: Database) -> None:
    resource = made(
        unchanged_database,
        "disclose",
        "success",
        actor=AMARA,
        subject="Patient/1",
        entity="disclosure/7",
        detail={"recipient": "recipient-3"},
        purpose="HPAYMT",
    )
    assert resource["meta"]["profile"] == [PROFILES + "PrivacyDisclosure.Source"]
    assert resource["type"] == {"system": DCM, "code": "110106"}
    assert resource["subtype"][0]["code"] == "disclose"
    assert resource["action"] == "R"
    assert resource["purposeOfEvent"][0]["coding"][0]["code"] == "HPAYMT"
    recipient, source = resource["agent"][1:]
    assert agents(resource)[1:] == [DESTINATION, SOURCE]
    assert source["who"] == resource["source"]["observer"]
    assert recipient["who"]["identifier"]["value"] == "recipient-3"
    assert recipient["network"]["type"] == "5"
    assert len(resource["entity"]) >= 2


@pytest.mark.parametrize(
    ("action", "outcome", "kind", "subtype"),
    [
        ("sign-in", "success", "110114", "110122"),
        ("sign-in", "failure", "110114", "110122"),
        ("sign-out", "success", "110114", "110123"),
        ("denied", "failure", "110113", "AuthZ-Role"),
        ("break-glass", "success", "110113", "110127"),
        ("read-audit", "success", "110101", "read"),
        ("export", "success", "110106", "extract"),
        ("something-else", "success", "rest", "operation"),
    ],
)
def test_what_balp_has_no_profile_of_claims_none(
    unchanged_database: Database, action: str, outcome: Any, kind: str, subtype: str
) -> None:
    resource = made(unchanged_database, action, outcome, actor=AMARA, subject="Patient/1")
    assert "meta" not in resource
    assert resource["type"]["code"] == kind
    assert [code["code"] for code in resource["subtype"]] == [subtype, action]
    assert resource["outcome"] == ("0" if outcome == "success" else "4")


def test_what_failed_claims_no_profile(unchanged_database: Database) -> None:
    resource = made(unchanged_database, "read", "failure", actor=AMARA, subject="Patient/1")
    assert "meta" not in resource


@pytest.mark.parametrize("action", sorted(_KINDS))
def test_every_action_is_valid_fhir_with_nobody_and_nothing(
    unchanged_database: Database, action: str
) -> None:
    resource = made(unchanged_database, action, "success")
    assert sum(agent["requestor"] for agent in resource["agent"]) == 1


def test_where_a_request_came_from(unchanged_database: Database) -> None:
    with coming_from("web", "203.0.113.9"):
        client = made(unchanged_database, "read", "success", actor=AMARA)["agent"][1]
    assert client["network"] == {"address": "203.0.113.9", "type": "2"}
    assert client["who"]["identifier"]["value"] == "web"
    with coming_from("web", "Maria Hall"):
        client = made(unchanged_database, "read", "success", actor=AMARA)["agent"][1]
    assert client["network"] == {"address": "localhost", "type": "1"}


def test_no_name_of_a_person_is_in_an_event(unchanged_database: Database) -> None:
    assert "Osei" not in str(made(unchanged_database, "read", "success", actor=AMARA))
