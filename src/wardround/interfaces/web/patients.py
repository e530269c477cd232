"""Finding a patient; what is searched for travels in the form, never in an address."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.record import Chart
from wardround.security import Action

router = APIRouter(prefix="/patients")

MOST = 50


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the search, and the first patients by name."""
    return _page(request, here, "")


@router.post("")
def search(request: Request, here: Here, form: SentForm) -> Response:
    """Show the patients whose name or number begins with what was typed."""
    return _page(request, here, text(form, "words").strip())


def _page(request: Request, here: Visitor, words: str) -> Response:
    here.require(Action.READ_CHART)
    with here.wardround.database.read() as tx:
        chart = Chart(tx)
        found = {}
        for query in _queries(words):
            for stored in chart.search("Patient", {**query, "_count": str(MOST)}):
                found[stored.reference] = facts.patient(facts.parsed(stored))
    patients = sorted(found.values(), key=lambda patient: patient.name.casefold())[:MOST]
    here.note_reads(patient.reference for patient in patients)
    today = here.wardround.clock().astimezone().date()
    return render(request, "patients.html", patients=patients, words=words, today=today, most=MOST)


def _queries(words: str) -> list[dict[str, str]]:
    if not words:
        return [{}]
    return [{"name": words}, {"identifier": words}]
