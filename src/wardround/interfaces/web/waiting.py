"""Waiting for a draft that was asked for on a patient's page, and being led to it."""

from typing import NamedTuple

from fastapi import Request
from fastapi.responses import Response

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.pages import by_htmx, go, render
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import NotFound
from wardround.rounds import State
from wardround.security import Action


class Words(NamedTuple):
    """What the page says: the address of its pages, what is made, and of what."""

    pages: str
    title: str
    working: str
    what: str
    failed: str
    all: str


def wait(
    request: Request,
    here: Visitor,
    patient_id: str,
    order_id: str,
    capabilities: tuple[str, ...],
    words: Words,
) -> Response:
    """Wait for an order of one of ``capabilities``; raise ``NotFound`` for any other."""
    reference = f"Patient/{patient_id}"
    here.require(Action.READ_DRAFT)
    state = here.wardround.rounds.ordered(order_id)
    if state.order.subject != reference or state.order.capability not in capabilities:
        raise NotFound("There is no such order.")
    here.require(Action.READ_DRAFT, reference)
    if state.state is State.DONE:
        return go(request, f"/drafts/{order_id}")
    if by_htmx(request) and state.state is not State.FAILED:
        return Response(status_code=204)
    with here.chart(again=True) as chart:
        patient = facts.patient(facts.parsed(chart.read(reference)))
    return render(request, "waits.html", patient=patient, state=state, words=words)
