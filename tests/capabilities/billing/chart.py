"""The sample clinic as a chart that a capability reads, with signed codes of one visit."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import orjson

from tests.searchable import require_searchable
from wardround.clinic import load_sample
from wardround.kernel import Input, NotFound, Resource

DAY = date(2026, 11, 28)
PATIENT = "Patient/marisol-vega"
VISIT = f"Encounter/vega-{DAY}"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
CPT = "http://www.ama-assn.org/go/cpt"


class Charts:
    """A kernel ``Context`` over resources in memory; it searches by reference and status alone."""

    def __init__(self, *extra: dict[str, Any], inputs: dict[str, bytes] | None = None) -> None:
        entries = orjson.loads(load_sample(DAY).bundle)["entry"]
        found: list[dict[str, Any]] = [entry["resource"] for entry in entries] + list(extra)
        self._known = {f"{one['resourceType']}/{one['id']}": one for one in found}
        self._inputs = inputs or {}

    def read(self, reference: str) -> Resource:
        if reference not in self._known:
            raise NotFound("This is not in the chart.", where=reference)
        return self._known[reference]

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        require_searchable(kind, parameters)
        wanted = set(parameters.values())
        return [
            one
            for name, one in self._known.items()
            if name.startswith(f"{kind}/") and wanted <= set(_references(one))
        ]

    def open(self, item: Input) -> bytes:
        return self._inputs[item.name]

    def file(self, item: Input) -> AbstractContextManager[str]:
        raise NotFound("There is no such file.")

    def drop(self, reference: str) -> None:
        """Take a resource out."""
        del self._known[reference]


def _references(resource: dict[str, Any]) -> list[str]:
    found = []
    for value in resource.values():
        one = value[0] if isinstance(value, list) and value else value
        if isinstance(one, dict) and "reference" in one:
            found.append(str(one["reference"]))
    return found


def condition(number: int, code: str, display: str, words: str) -> dict[str, Any]:
    """Return a condition as coding writes it."""
    return {
        "resourceType": "Condition",
        "id": f"c{number}",
        "code": {"coding": [{"system": ICD, "code": code, "display": display}], "text": display},
        "subject": {"reference": PATIENT},
        "encounter": {"reference": VISIT},
        "evidence": [{"code": [{"text": words}]}],
    }


def charge(number: int, code: str) -> dict[str, Any]:
    """Return a charge as coding writes it."""
    return {
        "resourceType": "ChargeItem",
        "id": f"i{number}",
        "status": "billable",
        "code": {"coding": [{"system": CPT, "code": code}]},
        "subject": {"reference": PATIENT},
        "context": {"reference": VISIT},
    }


DIABETES = condition(1, "E11.9", "Type 2 diabetes mellitus without complications", "diabetes")
PRESSURE = condition(2, "I10", "Essential (primary) hypertension", "blood pressure")
LEVEL = charge(1, "99214")
