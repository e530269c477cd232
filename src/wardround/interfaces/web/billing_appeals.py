"""Letters of appeal: asked for at a denial, waited for, and led to."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import appeals_of, order_appeal
from wardround.interfaces.web.billing import render_billing
from wardround.interfaces.web.forms import SentForm, read_day, text
from wardround.interfaces.web.pages import by_htmx, go
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import NotFound, Work
from wardround.revenue import Ledger, WorkItem, WorkList
from wardround.rounds import State
from wardround.security import Action

router = APIRouter(prefix="/billing/items/{item}/appeal")


@router.post("")
def order(request: Request, here: Here, item: str, form: SentForm) -> Response:
    """Have the letter of a denial drafted."""
    work, _ = _denial(here, item, Action.ORDER)
    due = read_day(form, "due", "The last day") if text(form, "due") else None
    order_appeal(here.wardround, work.id, here.actor, due)
    return go(request, f"/billing/items/{item}/appeal")


@router.get("")
def wait(request: Request, here: Here, item: str) -> Response:
    """Wait for the letter, and lead to it once it is there."""
    work, subject = _denial(here, item, Action.READ_DRAFT)
    found = appeals_of(here.wardround, item)
    if not found:
        raise NotFound("No letter was asked for.", mend="Ask for it on the page of the claim.")
    last = found[-1]
    if last.draft is not None:
        return go(request, f"/drafts/{last.draft.id}")
    if by_htmx(request) and last.order.state is not State.FAILED:
        return Response(status_code=204)
    here.note_read(subject, f"claim/{work.claim}")
    return render_billing(request, here, "billing_appeal.html", work=work, state=last.order)


def _denial(here: Visitor, item: str, action: Action) -> tuple[WorkItem, str]:
    """Return a denial and whose it is, for who may do this with the drafts of its patient."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.read() as tx:
        work = WorkList(tx).find(item)
        subject = Ledger(tx).find(work.claim).listed.subject
    here.require(action, subject, Work.BILLING)
    return work, subject
