"""Loading the sample clinic for one day."""

import json
from datetime import date, tzinfo
from importlib.resources import files
from typing import Any

from wardround.clinic.dates import at, set_dates
from wardround.clinic.model import Person, SampleClinic, SampleVisit
from wardround.clinic.schedule import Planned

_DATA = files("wardround.clinic") / "data"
_VISITS = files("wardround.clinic") / "visits"


def load_sample(day: date, zone: tzinfo | None = None) -> SampleClinic:
    """Return the sample clinic on the morning of ``day``, by the clocks of ``zone``.

    ``zone`` is the machine's own where it is not given. The bundle is a FHIR R4 transaction of
    PUT entries with fixed ids: loading it twice for one day changes nothing.
    """
    planned = [Planned.model_validate(line) for line in json.loads(_read("visits.json"))]
    resources: list[dict[str, Any]] = json.loads(_dated("clinic.json", day, zone))
    for patient in sorted((_DATA / "patients").iterdir(), key=lambda path: path.name):
        resources += json.loads(_dated(f"patients/{patient.name}", day, zone))
    for visit in planned:
        resources += visit.resources(day, zone)
    return SampleClinic(
        bundle=_bundle(resources),
        visits=tuple(_visit(visit, day, zone) for visit in planned),
        people=tuple(Person.model_validate(line) for line in json.loads(_read("people.json"))),
    )


def _visit(visit: Planned, day: date, zone: tzinfo | None) -> SampleVisit:
    return SampleVisit(
        title=visit.title,
        start=at(day, visit.start, zone),
        patient=f"Patient/{visit.patient}",
        practitioner=f"Practitioner/{visit.practitioner}",
        appointment=f"Appointment/{visit.id(day)}",
        encounter=f"Encounter/{visit.id(day)}",
        parts=_recording(visit.files),
        upload=_recording(visit.upload),
    )


def _recording(names: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, (_VISITS / name).read_bytes()) for name in names)


def _bundle(resources: list[dict[str, Any]]) -> bytes:
    entries = [
        {
            "resource": resource,
            "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"},
        }
        for resource in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    return json.dumps(bundle, ensure_ascii=False).encode()


def _dated(name: str, day: date, zone: tzinfo | None) -> str:
    return set_dates(_read(name), day, zone, where=name)


def _read(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")
