"""What is drafted about an item of work: asked for, waited for, and led to.

A denial has a letter drafted, a patient's share the claim to the next insurer.
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import drafts_about, have_drafted
from wardround.interfaces.web.billing import render_billing
from wardround.interfaces.web.forms import SentForm, read_day, text
from wardround.interfaces.web.pages import by_htmx, go
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import NotFound, Work
from wardround.revenue import Ledger, WorkItem, WorkList
from wardround.rounds import State
from wardround.security import Action

router = APIRouter(prefix="/billing/items/{item}/draft")


@router.post("")
def order(request: Request, here: Here, item: str, form: SentForm) -> Response:
    """Have drafted what an item of work asks for."""
    work, _ = _item(here, item, Action.ORDER)
    due = read_day(form, "due", "The last day") if text(form, "due") else None
    have_drafted(here.wardround, work.id, here.actor, due)
    return go(request, f"/billing/items/{item}/draft")


@router.get("")
def wait(request: Request, here: Here, item: str) -> Response:
    """Wait for the draft, and lead to it once it is there."""
    work, subject = _item(here, item, Action.READ_DRAFT)
    found = drafts_about(here.wardround, item)
    if not found:
        raise NotFound("No draft was asked for.", mend="Ask for it on the page of the claim.")
    last = found[-1]
    if last.draft is not None:
        return go(request, f"/drafts/{last.draft.id}")
    if by_htmx(request) and last.order.state is not State.FAILED:
        return Response(status_code=204)
    here.note_read(subject, f"claim/{work.claim}")
    return render_billing(request, here, "billing_drafting.html", work=work, state=last.order)


def _item(here: Visitor, item: str, action: Action) -> tuple[WorkItem, str]:
    """Return an item and whose it is, for who may do this with the drafts of its patient."""
    here.require(Action.KEEP_CLAIMS)
    with here.wardround.database.read() as tx:
        work = WorkList(tx).find(item)
        subject = Ledger(tx).find(work.claim).listed.subject
    here.require(action, subject, Work.BILLING)
    return work, subject
