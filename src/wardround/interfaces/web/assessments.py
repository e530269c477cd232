"""A patient's risk assessments: what was signed, what waits, and where a new one is asked for."""

from typing import Any
from uuid import uuid4

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import order_in_shadow
from wardround.capabilities.risk import FIELDS
from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.forms import SentForm, order_number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.interfaces.web.waiting import Words, wait
from wardround.kernel import Draft, Part, Status
from wardround.security import Action

router = APIRouter(prefix="/patients/{patient_id}/assessments")

CAPABILITY = "risk"
WORDS = Words(
    pages="/assessments",
    title="Risk assessment",
    working="Computing",
    what="The chart",
    failed="Not computed",
    all="Risk assessments",
)


@router.get("")
def show(request: Request, here: Here, patient_id: str) -> Response:
    """Show the assessments of a patient, the newest first."""
    reference = f"Patient/{patient_id}"
    here.require(Action.READ_CHART)
    with here.chart() as chart:
        patient = facts.patient(facts.parsed(chart.read(reference)))
    here.require(Action.READ_DRAFT, reference)
    return render(
        request,
        "assessments.html",
        patient=patient,
        today=here.today,
        **_panel(here, reference),
    )


@router.post("")
def order(request: Request, here: Here, patient_id: str, form: SentForm) -> Response:
    """Ask for an assessment now, from what the chart holds."""
    reference = f"Patient/{patient_id}"
    here.require(Action.ORDER)
    with here.chart() as chart:
        chart.read(reference)
    here.require(Action.ORDER, reference)
    asked = Part(name="request.json", data=orjson.dumps({"model": text(form, "model")}))
    made = here.wardround.rounds.order(
        CAPABILITY, reference, None, [asked], here.actor, order_id=order_number(form)
    )
    order_in_shadow(here.wardround, reference, here.actor)
    return go(request, f"/patients/{patient_id}/assessments/{made.id}")


@router.get("/{order_id}")
def wait_for_it(request: Request, here: Here, patient_id: str, order_id: str) -> Response:
    """Wait for an assessment, and lead to it once it is there."""
    return wait(request, here, patient_id, order_id, (CAPABILITY,), WORDS)


def assessments(here: Visitor, reference: str) -> list[Draft]:
    """Return the assessments of a patient that the person may read, the newest first."""
    drafts = here.wardround.rounds.drafts(subject=reference, by=here.actor)
    return [draft for draft in reversed(drafts) if draft.capability == CAPABILITY]


def _panel(here: Visitor, reference: str) -> dict[str, Any]:
    found = assessments(here, reference)
    return {
        "waiting": [draft for draft in found if draft.status is Status.DRAFTED],
        "signed": [draft for draft in found if draft.status is Status.SIGNED],
        "others": [draft for draft in found if draft.status in {Status.ABSTAINED, Status.REJECTED}],
        "fields": _offered(here),
        "order_id": str(uuid4()),
    }


def _offered(here: Visitor) -> dict[str, dict[str, str]]:
    """Return the scores and models that are switched on for this person, by field and name."""
    with here.wardround.database.read() as tx:
        offered = here.wardround.registry(tx).offered(CAPABILITY, here.actor)
    names = {one.name: one.title for one in offered}
    fields = {
        field: {one.name: one.title for one in scores if one.name in names}
        for field, scores in FIELDS.items()
    }
    fields["Learned models"] = {one.name: one.title for one in offered if one.learned}
    return {field: found for field, found in fields.items() if found}
