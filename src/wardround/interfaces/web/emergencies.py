"""The privacy officer's list of charts opened in an emergency, and the review of each."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.emergency import REASONS
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import InvalidInput
from wardround.security import Action, AuditTrail, Emergencies, Emergency, Judgement

router = APIRouter(prefix="/privacy/emergencies")

JUDGEMENTS = {
    Judgement.APPROPRIATE: "Appropriate",
    Judgement.NOT_APPROPRIATE: "Not appropriate",
}
MOST = 100


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show what waits for a review first, each with what was opened by it."""
    here.require(Action.REVIEW_ACCESS)
    with here.wardround.database.read() as tx:
        found = Emergencies(tx, here.wardround.clock).list(MOST)
        trail = AuditTrail(tx, here.wardround.clock)
        opened = {one.id: _reads(trail, one) for one in found if one.reviewed is None}
    return render(
        request,
        "emergencies.html",
        waiting=[one for one in found if one.reviewed is None],
        reviewed=[one for one in found if one.reviewed is not None],
        opened=opened,
        most=MOST,
        now=here.wardround.clock(),
        reasons=REASONS,
        judgements=JUDGEMENTS,
        names=Names(here.wardround.database),
    )


@router.post("/{emergency}")
def review(request: Request, here: Here, emergency: str, form: SentForm) -> Response:
    """Keep what the review came to."""
    here.require(Action.REVIEW_ACCESS)
    with here.wardround.database.begin() as tx:
        Emergencies(tx, here.wardround.clock).review(
            emergency, here.actor, _judgement(text(form, "judgement")), text(form, "note")
        )
    return go(request, "/privacy/emergencies")


def _reads(trail: AuditTrail, of: Emergency) -> int:
    """Return how many times its person looked at something of the patient while it was open."""
    found = trail.list(
        action="read",
        actor=of.person,
        subject=of.patient,
        since=of.opened,
        until=of.ends,
        limit=MOST,
    )
    return len(found)


def _judgement(code: str) -> Judgement:
    try:
        return Judgement(code)
    except ValueError:
        raise InvalidInput("Say whether it was appropriate.", where="judgement") from None
