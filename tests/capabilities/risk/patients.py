"""One patient's chart in memory, as the route hands it to the capability."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from wardround.kernel import Input, NotFound, Resource

AT = datetime(2026, 11, 28, 8, tzinfo=UTC)
LOINC, SNOMED, ICD10, UCUM = (
    "http://loinc.org",
    "http://snomed.info/sct",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://unitsofmeasure.org",
)
PATIENT = {"resourceType": "Patient", "id": "ada", "gender": "female", "birthDate": "1950-02-03"}


def observed(name: str, code: str, value: float, unit: str, hours: float = 1) -> dict[str, Any]:
    """Return a measurement of some hours ago."""
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "subject": {"reference": "Patient/ada"},
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "effectiveDateTime": (AT - timedelta(hours=hours)).isoformat(),
        "valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit},
    }


def diagnosed(name: str, system: str, code: str, state: str = "active") -> dict[str, Any]:
    """Return a diagnosis since 2019."""
    return {
        "resourceType": "Condition",
        "id": name,
        "subject": {"reference": "Patient/ada"},
        "clinicalStatus": {"coding": [{"code": state}]},
        "code": {"coding": [{"system": system, "code": code}]},
        "onsetDateTime": "2019-05-01",
    }


VITALS = [
    observed("breaths", "9279-1", 24, "/min"),
    observed("oxygen", "59408-5", 93, "%"),
    observed("warmth", "8310-5", 101.3, "[degF]"),
    observed("pulse", "8867-4", 112, "/min"),
    observed("pressure", "8480-6", 98, "mm[Hg]"),
]
ANSWERS = {"consciousness": "alert", "saturation-scale": "one", "oxygen": "no"}


class Held:
    """A chart that holds what it was given."""

    def __init__(self, *resources: dict[str, Any], patient: dict[str, Any] = PATIENT) -> None:
        self.resources = {f"{one['resourceType']}/{one['id']}": one for one in resources}
        self.resources[f"Patient/{patient['id']}"] = patient

    def read(self, reference: str) -> Resource:
        if reference not in self.resources:
            raise NotFound("There is no such resource.")
        return self.resources[reference]

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        codes = set(parameters.get("code", "").split(",")) - {""}
        found = [one for one in self.resources.values() if one["resourceType"] == kind]
        return [one for one in found if not codes or codes & _tokens(one)]

    def open(self, item: Input) -> bytes:
        raise NotFound(item.name)

    def file(self, item: Input) -> AbstractContextManager[str]:
        raise NotFound("There is no such file.")


def _tokens(resource: Resource) -> set[str]:
    return {f"{one['system']}|{one['code']}" for one in resource["code"]["coding"]}
