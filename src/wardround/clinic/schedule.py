"""The day's appointments and encounters, made from the visits of ``data/visits.json``."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from wardround.clinic.dates import at
from wardround.kernel import Noun

_HOME = {
    "dischargeDisposition": {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/discharge-disposition",
                "code": "home",
                "display": "Home",
            }
        ]
    }
}


class Planned(Noun):
    """One line of ``data/visits.json``; ``start`` is on the clinic's clock.

    ``nights`` are those that the patient was in hospital before the visit: the encounter is a stay.
    """

    name: str
    title: str
    patient: str
    patient_name: str
    practitioner: str
    practitioner_name: str
    start: time
    minutes: int
    location: str
    by_telephone: bool = False
    nights: int = 0
    appointment: str
    encounter: str
    files: tuple[str, ...] = ()
    upload: tuple[str, ...] = ()

    def id(self, day: date) -> str:
        """Return the id of its appointment and encounter: the same however often it is loaded."""
        return f"{self.name}-{day.isoformat()}"

    def resources(self, day: date, zone: tzinfo | None) -> list[dict[str, Any]]:
        """Return its ``Appointment`` and ``Encounter`` on ``day``."""
        start = at(day, self.start, zone)
        end = start + timedelta(minutes=self.minutes)
        return [self._appointment(day, start, end), self._encounter(day, start, end)]

    def _appointment(self, day: date, start: datetime, end: datetime) -> dict[str, Any]:
        actors = [
            (f"Patient/{self.patient}", self.patient_name),
            (f"Practitioner/{self.practitioner}", self.practitioner_name),
            (f"Location/{self.location}", None),
        ]
        return {
            "resourceType": "Appointment",
            "id": self.id(day),
            "status": self.appointment,
            "description": self.title,
            "start": start.isoformat(),
            "end": end.isoformat(),
            "minutesDuration": self.minutes,
            "participant": [
                {
                    "actor": {"reference": reference} | ({"display": name} if name else {}),
                    "status": "accepted",
                }
                for reference, name in actors
            ],
        }

    def _encounter(self, day: date, start: datetime, end: datetime) -> dict[str, Any]:
        code, display = ("VR", "virtual") if self.by_telephone else ("AMB", "ambulatory")
        if self.nights:
            code, display = "IMP", "inpatient encounter"
        period = {"start": (start - timedelta(days=self.nights)).isoformat()}
        if self.encounter == "finished":
            period["end"] = end.isoformat()
        return {
            "resourceType": "Encounter",
            "id": self.id(day),
            "status": self.encounter,
            "class": {
                "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                "code": code,
                "display": display,
            },
            "subject": {"reference": f"Patient/{self.patient}", "display": self.patient_name},
            "participant": [
                {
                    "individual": {
                        "reference": f"Practitioner/{self.practitioner}",
                        "display": self.practitioner_name,
                    }
                }
            ],
            "appointment": [{"reference": f"Appointment/{self.id(day)}"}],
            "period": period,
            "reasonCode": [{"text": self.title}],
            "location": [{"location": {"reference": f"Location/{self.location}"}}],
            "serviceProvider": {"reference": "Organization/harbour-lane"},
            **({"hospitalization": _HOME} if self.nights else {}),
        }
