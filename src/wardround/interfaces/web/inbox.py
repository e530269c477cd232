"""The inbox: drafts that wait for a person, what could not be drafted, and what failed."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.agenda import Agenda, Visit
from wardround.interfaces.web.announcing import announce
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import by_htmx, render
from wardround.interfaces.web.queries import waiting as questions
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.interfaces.web.theme import local
from wardround.kernel import Draft, NotFound, Noun, Order, Role, Work
from wardround.record import GuardedChart
from wardround.rounds import OrderState, Rounds, State
from wardround.security import Action

router = APIRouter(prefix="/inbox")

Whose = Literal["mine", "everyone"]
IMAGES = frozenset({"radiology", "pathology"})
"""The capabilities that read images."""
DONE = {"rejected": "The draft was rejected. The record did not change."}


class Entry(Noun):
    """One line of the inbox: a draft or a failed order, with the visit and the patient."""

    subject: str
    patient: facts.Patient | None
    visit: Visit | None
    draft: Draft | None = None
    failed: OrderState | None = None

    def belongs_to(self, reference: str) -> bool:
        """Whether the visit was this person's; what belongs to no visit is everybody's."""
        return self.visit is None or reference in self.visit.clinicians

    def findings(self, severity: str) -> int:
        """How many findings of ``severity`` stand in the way."""
        found = self.draft.open_findings if self.draft else ()
        return sum(finding.severity == severity for finding in found)


@router.get("")
def show(request: Request, here: Here, of: Whose | None = None, done: str = "") -> Response:
    """Show what waits, the oldest first."""
    here.require(Action.READ_DRAFT)
    return _page(request, here, "inbox.html", of, said=DONE.get(done))


@router.post("/orders/{order_id}/retry")
def retry(request: Request, here: Here, order_id: str, form: SentForm) -> Response:
    """Draft a failed order again."""
    here.require(Action.ORDER)
    state = here.wardround.rounds.ordered(order_id)
    here.require(Action.ORDER, state.order.subject, here.work(state.order.capability))
    here.wardround.rounds.retry(order_id, here.actor)
    if not by_htmx(request):
        return RedirectResponse(local(text(form, "back")), 303)
    return announce(_page(request, here, "inbox_lists.html", None), "Drafting again.")


def next_draft(here: Visitor) -> Draft | None:
    """Return the oldest draft that waits for this person; the office's work is nobody's own."""
    with here.chart() as chart:
        drafts = [(e, e.draft) for e in entries(here, chart)["waiting"] if e.draft is not None]
    mine = here.actor.reference
    own = (
        draft
        for entry, draft in drafts
        if here.work(draft.capability) is not Work.CARE or entry.belongs_to(mine)
    )
    return next(own, None)


def _page(
    request: Request, here: Visitor, name: str, of: Whose | None, said: str | None = None
) -> Response:
    rounds = here.wardround.rounds
    of = of or ("mine" if here.actor.role is Role.CLINICIAN else "everyone")
    mine = here.actor.reference
    with here.chart(again=by_htmx(request)) as chart:
        lists = entries(here, chart)
    shown = {
        name: [entry for entry in found if of == "everyone" or entry.belongs_to(mine)]
        for name, found in lists.items()
    }
    return render(
        request,
        name,
        of=of,
        others=sum(map(len, lists.values())) - sum(map(len, shown.values())),
        drafting=len(rounds.orders(State.QUEUED, State.DRAFTED)),
        today=here.today,
        said=said,
        waiting=shown["waiting"],
        abstained=shown["abstained"],
        failed=shown["failed"],
        questions=questions(here),
        images=any(map(is_image, chain(lists["waiting"], lists["abstained"]))),
    )


def is_image(entry: Entry) -> bool:
    """Whether this is a study or a slide, which has a worklist of its own."""
    return entry.draft is not None and entry.draft.capability in IMAGES


def entries(here: Visitor, chart: GuardedChart) -> dict[str, list[Entry]]:
    """Return what waits, was not drafted or failed, of patients whose drafts they may read."""
    rounds = here.wardround.rounds
    waiting, abstained = rounds.inbox(here.actor), rounds.abstained(here.actor)
    failed = rounds.orders(State.FAILED)
    asked: list[Draft | Order] = [*waiting, *abstained, *(state.order for state in failed)]
    permitted = _permitted(here, asked)
    reading = _Reading(chart)
    return {
        "waiting": [reading.entry(draft) for draft in waiting if draft.id in permitted],
        "abstained": [
            reading.entry(draft)
            for draft in abstained
            if draft.id in permitted and _latest(rounds, draft)
        ],
        "failed": [
            reading.entry_of_order(state)
            for state in failed
            if state.order.id in permitted and _latest(rounds, state.order)
        ],
    }


def _permitted(here: Visitor, asked: Sequence[Draft | Order]) -> set[str]:
    """Return the ids of those drafts and orders that are this person's to see here.

    Of care that is whatever they may read; of the office, what they decide.
    """
    subjects: dict[Work, set[str]] = {}
    for one in asked:
        subjects.setdefault(here.work(one.capability), set()).add(one.subject)
    permitted = {
        work: here.permitted(Action.READ_DRAFT if work is Work.CARE else Action.EDIT, theirs, work)
        for work, theirs in subjects.items()
    }
    return {one.id for one in asked if one.subject in permitted[here.work(one.capability)]}


class _Reading:
    """Reads the patient and the visit of each entry."""

    def __init__(self, chart: GuardedChart) -> None:
        self._chart = chart
        self._agenda = Agenda(chart)

    def entry(self, draft: Draft) -> Entry:
        return self._entry(draft.subject, draft.encounter, draft=draft)

    def entry_of_order(self, state: OrderState) -> Entry:
        return self._entry(state.order.subject, state.order.encounter, failed=state)

    def _entry(self, subject: str, encounter: str | None, **what: Any) -> Entry:
        visit = None
        patient = None
        with suppress(NotFound):
            patient = facts.patient(facts.parsed(self._chart.read(subject)))
            if encounter is not None:
                visit = self._agenda.find(encounter.rpartition("/")[2])
        return Entry(subject=subject, patient=patient, visit=visit, **what)


def _latest(rounds: Rounds, one: Draft | Order) -> bool:
    """Whether nothing newer of its kind was ordered for the encounter."""
    if one.encounter is None:
        return True
    ordered = [state.order for state in rounds.orders(encounter=one.encounter)]
    return [order.id for order in ordered if order.capability == one.capability][-1] == one.id
