"""Finding a patient; what is searched for travels in the form, never in an address."""

from collections.abc import Callable, Iterable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.record import Stored
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
    with here.chart() as chart:
        patients = (
            _found(lambda query: chart.search("Patient", query), words)
            if words
            else _read(chart.panel(MOST))
        )
        known = {patient.id for patient in patients}
        others = []
        if words and here.may("FIND_PATIENT"):
            found = _found(chart.find_patients, words)
            others = [patient for patient in found if patient.id not in known]
    return render(
        request,
        "patients.html",
        patients=patients,
        others=others,
        words=words,
        today=here.today,
        most=MOST,
    )


def _found(search: Callable[[dict[str, str]], list[Stored]], words: str) -> list[facts.Patient]:
    """Return the patients whose name or number begins with the words."""
    queries = ({"name": words}, {"identifier": words})
    return _read(one for query in queries for one in search({**query, "_count": str(MOST)}))


def _read(found: Iterable[Stored]) -> list[facts.Patient]:
    patients = {one.reference: facts.patient(facts.parsed(one)) for one in found}
    return sorted(patients.values(), key=lambda patient: patient.name.casefold())[:MOST]
