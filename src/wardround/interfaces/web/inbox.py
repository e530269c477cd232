"""The inbox: drafts that wait for a person, what could not be drafted, and what failed."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.database import Database
from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.announcing import announce
from wardround.interfaces.web.forms import SentForm
from wardround.interfaces.web.pages import by_htmx, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Draft, NotFound, Order
from wardround.record import Chart
from wardround.rounds import Rounds, State
from wardround.security import Action

router = APIRouter(prefix="/inbox")

DONE = {"rejected": "The draft was rejected. The record did not change."}


@router.get("")
def show(request: Request, here: Here, done: str = "") -> Response:
    """Show what waits, the oldest first."""
    here.require(Action.READ_DRAFT)
    return _page(request, here, "inbox.html", said=DONE.get(done))


@router.post("/orders/{order_id}/retry")
def retry(request: Request, here: Here, order_id: str, form: SentForm) -> Response:
    """Draft a failed order again."""
    del form
    here.require(Action.ORDER)
    here.wardround.rounds.retry(order_id, here.actor)
    if not by_htmx(request):
        return RedirectResponse("/inbox", 303)
    return announce(_page(request, here, "inbox_lists.html"), "Drafting again.")


def _page(request: Request, here: Visitor, name: str, **context: object) -> Response:
    rounds = here.wardround.rounds
    waiting = rounds.inbox()
    abstained = [draft for draft in rounds.abstained() if _latest(rounds, draft.id, draft.encounter)]
    failed = [
        state
        for state in rounds.orders(State.FAILED)
        if _latest(rounds, state.order.id, state.order.encounter)
    ]
    about: list[Draft | Order] = [*waiting, *abstained, *(state.order for state in failed)]
    patients = _patients(here.wardround.database, {item.subject for item in about})
    if not request.headers.get("hx-request"):
        here.note_reads(patients)
    return render(
        request,
        name,
        waiting=waiting,
        abstained=abstained,
        failed=failed,
        drafting=len(rounds.orders(State.QUEUED, State.DRAFTED)),
        patients=patients,
        today=here.wardround.clock().astimezone().date(),
        **({"said": None} | context),
    )


def _latest(rounds: Rounds, order_id: str, encounter: str | None) -> bool:
    """Whether nothing newer was ordered for the encounter."""
    return encounter is None or rounds.orders(encounter=encounter)[-1].order.id == order_id


def _patients(database: Database, references: set[str]) -> dict[str, facts.Patient]:
    found = {}
    with database.read() as tx:
        chart = Chart(tx)
        for reference in references:
            try:
                found[reference] = facts.patient(facts.parsed(chart.read(reference)))
            except NotFound:
                continue
    return found
