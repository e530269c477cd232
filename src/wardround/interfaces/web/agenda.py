"""The visits of a day: appointments with their patients and encounters, in order."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.words import moment
from wardround.kernel import Forbidden, NotFound, Noun
from wardround.record import GuardedChart

OFF = frozenset({"cancelled", "entered-in-error"})


class Visit(Noun):
    """One visit: when, who, why, and the encounter that notes belong to, once there is one."""

    id: str
    start: datetime
    minutes: int | None = None
    patient: facts.Patient
    reason: str
    status: str
    clinician: str
    clinicians: tuple[str, ...] = ()
    """The references of everybody who takes part."""
    place: str = ""


class Agenda:
    """Reads visits from a chart, and so those that whoever reads it may see."""

    def __init__(self, chart: GuardedChart) -> None:
        self._chart = chart

    def of_day(self, day: date, practitioner: str | None) -> list[Visit]:
        """Return the visits that begin on ``day``, of one practitioner or of everybody."""
        midnight = datetime.combine(day, time()).astimezone()
        following = datetime.combine(day + timedelta(days=1), time()).astimezone()
        query: dict[str, str | list[str]] = {
            "date": [f"ge{midnight.isoformat()}", f"lt{following.isoformat()}"]
        }
        if practitioner is not None:
            query["participant"] = practitioner
        encounters = [facts.parsed(found) for found in self._chart.search("Encounter", query)]
        visits = [
            _visit(self._chart, encounter)
            for encounter in encounters
            if encounter["status"] not in OFF and "start" in encounter.get("period", {})
        ]
        return sorted(
            (visit for visit in visits if midnight <= visit.start < following),
            key=lambda visit: (visit.start, visit.id),
        )

    def find(self, encounter_id: str) -> Visit:
        """Return one visit by its encounter; raise ``NotFound``."""
        return _visit(self._chart, facts.parsed(self._chart.read(f"Encounter/{encounter_id}")))


def _visit(chart: GuardedChart, encounter: Mapping[str, Any]) -> Visit:
    subject = encounter.get("subject", {}).get("reference", "")
    start = moment(encounter.get("period", {}).get("start", "1970-01-01"))
    appointment = _appointment(chart, encounter)
    reasons = [facts.concept(reason) for reason in encounter.get("reasonCode", [])]
    virtual = encounter.get("class", {}).get("code") == "VR"
    return Visit(
        id=encounter["id"],
        start=start,
        minutes=appointment.get("minutesDuration"),
        patient=facts.patient(facts.parsed(chart.read(subject))),
        reason=(reasons or [facts.concept((encounter.get("type") or [{}])[0])])[0],
        status=encounter["status"],
        clinician=next((str(p["display"]) for p in _people(encounter) if "display" in p), ""),
        clinicians=tuple(p["reference"] for p in _people(encounter) if "reference" in p),
        place="By telephone" if virtual else "",
    )


def _people(encounter: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [part.get("individual", {}) for part in encounter.get("participant", [])]


def _appointment(chart: GuardedChart, encounter: Mapping[str, Any]) -> Mapping[str, Any]:
    for item in encounter.get("appointment", []):
        try:
            return facts.parsed(chart.read(item["reference"]))
        except (NotFound, Forbidden):  # whoever codes or bills sees no appointments
            continue
    return {}
