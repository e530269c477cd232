"""People out of FHIR R4: a row for each Patient, with what others may know of them.

Columns: ``birth_date``, ``birth_year``, ``age`` (whole years on the day of the report), ``sex``,
``zip``, ``zip3``, ``city``, ``state``, ``country``, ``race`` and ``ethnicity`` (US Core),
``language``, ``marital``, ``deceased``, and ``conditions``: the codes of their Conditions in the
same file. The first address counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from wardround.kernel import Resource

_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"


def people_of(resources: Iterable[Resource], today: date) -> list[dict[str, str]]:
    """Return a row for each Patient among resources and bundles, in their order."""
    patients: list[Resource] = []
    conditions: dict[str, set[str]] = defaultdict(set)
    for resource in _each(resources):
        if resource.get("resourceType") == "Patient":
            patients.append(resource)
        elif resource.get("resourceType") == "Condition":
            whose = str(_dict(resource.get("subject")).get("reference", ""))
            conditions[re.split(r"[/:]", whose)[-1]] |= set(_codes(resource.get("code")))
    return [_row(one, conditions[str(one.get("id", ""))], today) for one in patients]


def _each(resources: Iterable[Resource]) -> Iterator[Resource]:
    for resource in resources:
        yield resource
        yield from (_dict(entry.get("resource")) for entry in _dicts(resource.get("entry")))


def _row(patient: Resource, conditions: set[str], today: date) -> dict[str, str]:
    address = next(iter(_dicts(patient.get("address"))), {})
    born, code = _text(patient.get("birthDate")), _text(address.get("postalCode"))
    died = patient.get("deceasedDateTime") or patient.get("deceasedBoolean")
    return {
        "birth_date": born,
        "birth_year": born[:4],
        "age": _age(born, today),
        "sex": _text(patient.get("gender")),
        "zip": code,
        "zip3": code[:3],
        "city": _text(address.get("city")),
        "state": _text(address.get("state")),
        "country": _text(address.get("country")),
        "race": _core(patient, "race"),
        "ethnicity": _core(patient, "ethnicity"),
        "language": "|".join(
            code
            for one in _dicts(patient.get("communication"))
            for code in _codes(one.get("language"))
        ),
        "marital": "|".join(_codes(patient.get("maritalStatus"))),
        "deceased": "yes" if died else "no",
        "conditions": "|".join(sorted(conditions)),
    }


def _age(born: str, today: date) -> str:
    """Return whole years; of a birth date that is only a year, as if it were its first day."""
    if not born[:4].isdigit():
        return ""
    later = len(born) == 10 and born[5:] > today.isoformat()[5:]
    return str(today.year - int(born[:4]) - later)


def _core(patient: Resource, name: str) -> str:
    """Return a US Core extension's categories, or its text where there is none."""
    for extension in _dicts(patient.get("extension")):
        if extension.get("url") == f"{_CORE}{name}":
            parts = _dicts(extension.get("extension"))
            found = [
                _text(_dict(part.get("valueCoding")).get("display"))
                or _text(_dict(part.get("valueCoding")).get("code"))
                for part in parts
                if part.get("url") == "ombCategory"
            ]
            texts = [_text(part.get("valueString")) for part in parts if part.get("url") == "text"]
            return "|".join(sorted(filter(None, found)) or texts)
    return ""


def _codes(concept: Any) -> list[str]:
    concept = _dict(concept)
    codes = [_text(coding.get("code")) for coding in _dicts(concept.get("coding"))]
    return [code for code in codes if code] or list(filter(None, [_text(concept.get("text"))]))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
