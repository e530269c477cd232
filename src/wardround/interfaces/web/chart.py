"""A patient's chart on one page: problems, medications, allergies, results, and notes."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.consents import panel
from wardround.interfaces.web.emergency import emergency_of
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.interfaces.web.standing import NOTE
from wardround.interfaces.web.studies import KINDS
from wardround.kernel import Draft, Noun, Status, resource_id
from wardround.record import GuardedChart
from wardround.security import Action

router = APIRouter(prefix="/patients")

MOST = "1000"
SHOWN = 25
OURS = frozenset({Status.SIGNED, Status.SUPERSEDED})


class Item(Noun):
    """A line of a list: what, more about it, since when."""

    id: str
    text: str
    more: str = ""
    since: str = ""


class Document(Noun):
    """A note that came with the chart, written elsewhere."""

    id: str
    title: str
    author: str
    at: str


@router.get("/{patient_id}")
def show(request: Request, here: Here, patient_id: str) -> Response:
    """Show the chart."""
    here.require(Action.READ_CHART)
    reference = f"Patient/{patient_id}"
    with here.chart() as chart:
        patient = facts.patient(facts.parsed(chart.read(reference)))
        read = _Reading(chart, reference)
        conditions = read("Condition")
        documents = read("DocumentReference")
        context: dict[str, Any] = {
            "sees": chart.sees,
            "allergies": facts.allergies(read("AllergyIntolerance")),
            "problems": [_problem(c) for c in conditions if _active(c)],
            "past": [_problem(c) for c in conditions if not _active(c) and facts.stands(c)],
            "medications": [_medication(chart, m) for m in _taken(read("MedicationRequest"))],
            "vitals": facts.results(o for o in read("Observation") if _category(o, "vital-signs")),
            "results": facts.results(o for o in read("Observation") if _category(o, "laboratory")),
        }
    context["emergency"] = emergency_of(here, reference)
    drafts = here.wardround.rounds.drafts(subject=reference, by=here.actor)
    context["documents"] = _elsewhere(documents, drafts)
    if not here.may("READ_DRAFT", reference):
        drafts = []
    context["waiting"] = [draft for draft in drafts if draft.status is Status.DRAFTED]
    ours = [draft for draft in reversed(drafts) if draft.status in OURS]
    context["signed"] = [draft for draft in ours if draft.capability == NOTE]
    context["assessed"] = _latest(draft for draft in ours if draft.capability == "risk")
    context["imaged"] = [one for one in ours if one.capability in KINDS]
    context["reads_drafts"] = here.may("READ_DRAFT", reference)
    context |= panel(here, patient.id)
    return render(request, "chart.html", patient=patient, today=here.today, shown=SHOWN, **context)


def _latest(assessments: Iterable[Draft]) -> list[Draft]:
    """Return the newest signed assessment of each score."""
    found: dict[str, Draft] = {}
    for draft in assessments:
        if draft.status is Status.SIGNED:
            found.setdefault(draft.model.name, draft)
    return list(found.values())


class _Reading:
    """Reads the resources of one patient, each kind once."""

    def __init__(self, chart: GuardedChart, patient: str) -> None:
        self._chart = chart
        self._patient = patient
        self._read: dict[str, list[dict[str, Any]]] = {}

    def __call__(self, kind: str) -> list[dict[str, Any]]:
        """Return every resource of ``kind``; none where this person's view shows none."""
        if not self._chart.sees(kind):
            return []
        if kind not in self._read:
            found = self._chart.search(kind, {"patient": self._patient, "_count": MOST})
            self._read[kind] = [facts.parsed(stored) for stored in found]
        return self._read[kind]


def _active(condition: Mapping[str, Any]) -> bool:
    status = facts.codes(condition.get("clinicalStatus"))
    return facts.stands(condition) and (
        not status or bool(status & {"active", "recurrence", "relapse"})
    )


def _problem(condition: Mapping[str, Any]) -> Item:
    return Item(
        id=condition["id"],
        text=facts.concept(condition.get("code")) or "Not named",
        since=condition.get("onsetDateTime") or condition.get("recordedDate", ""),
    )


def _taken(requests: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    active = [item for item in requests if item.get("status") == "active"]
    return sorted(active, key=lambda item: facts.concept(item.get("medicationCodeableConcept")))


def _medication(chart: GuardedChart, item: Mapping[str, Any]) -> Item:
    name = facts.concept(item.get("medicationCodeableConcept"))
    if not name and "medicationReference" in item:
        reference = item["medicationReference"]
        name = reference.get("display", "")
        if not name and "/" in reference.get("reference", ""):
            name = facts.concept(chart.read(reference["reference"]).json().get("code"))
    dosage = [line.get("text", "") for line in item.get("dosageInstruction", [])]
    return Item(
        id=item["id"],
        text=name or "Not named",
        more="; ".join(line for line in dosage if line),
        since=item.get("authoredOn", ""),
    )


def _category(observation: Mapping[str, Any], code: str) -> bool:
    return any(code in facts.codes(category) for category in observation.get("category", []))


def _elsewhere(documents: list[dict[str, Any]], drafts: list[Draft]) -> list[Document]:
    """Return the notes that were not signed here; transcripts belong to their notes."""
    ours = {resource_id(draft.id, "document") for draft in drafts}
    found = [
        Document(
            id=item["id"],
            title=item.get("description") or facts.concept(item.get("type")) or "Document",
            author=", ".join(a["display"] for a in item.get("author", []) if "display" in a),
            at=item.get("date", ""),
        )
        for item in documents
        if item["id"] not in ours and facts.stands(item) and item.get("type", {}).get("coding")
    ]
    return sorted(found, key=lambda document: document.at, reverse=True)
