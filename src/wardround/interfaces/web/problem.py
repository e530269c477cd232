"""Report a problem: what is wrong with a draft, said by whoever reads it, kept as a complaint."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.governance.complaints import (
    Complainant,
    Complaints,
    DeviceNamed,
    DraftSeen,
    Harm,
    ProblemCategory,
    ProblemChannel,
    ProblemReport,
    read_noun,
)
from wardround.interfaces.web.complaint_form import CATEGORIES, HARMS, chosen, said
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Draft, InvalidInput, NotFound
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}/problem")


@router.get("")
def show(request: Request, here: Here, draft_id: str) -> Response:
    """Ask what is wrong with a draft, whatever its status."""
    draft = _draft(here, draft_id)
    return render(request, "problem.html", draft=draft, categories=CATEGORIES, harms=HARMS)


@router.post("")
def report(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Keep what is wrong as a complaint, and lead to its number."""
    draft = _draft(here, draft_id)
    seen = number(form, "revision")
    if not 1 <= seen <= draft.revision:
        raise InvalidInput("The draft has no such revision.", where="revision")
    received = read_noun(
        ProblemReport,
        received=here.today,
        channel=ProblemChannel.DRAFT,
        complainant=Complainant(
            person=here.actor.id, name=here.actor.name, role=here.actor.role.value
        ),
        device=DeviceNamed(
            name=draft.model.name,
            version=draft.model.version,
            digest=draft.model.digest,
            capability=draft.capability,
        ),
        draft=DraftSeen(id=draft.id, revision=seen, status=draft.status.value),
        patient=draft.subject,
        category=chosen(ProblemCategory, text(form, "category"), "category"),
        harm=chosen(Harm, text(form, "harm"), "harm"),
        words=said(text(form, "words")),
    )
    with here.wardround.database.begin() as tx:
        kept = Complaints(tx, here.wardround.clock).enter(received, here.actor)
    return go(request, f"/drafts/{draft.id}/problem/{kept.number}")


@router.get("/{complaint}")
def show_number(request: Request, here: Here, draft_id: str, complaint: str) -> Response:
    """Thank the person who reported a problem with this draft, and say its number."""
    draft = _draft(here, draft_id)
    with here.wardround.database.read() as tx:
        kept = Complaints(tx, here.wardround.clock).find(complaint)
    if kept.report.draft is None or kept.report.draft.id != draft.id:
        raise NotFound("There is no such complaint.")
    return render(request, "problem_kept.html", draft=draft, number=kept.number)


def _draft(here: Visitor, draft_id: str) -> Draft:
    draft = here.draft(draft_id, Action.READ_DRAFT)
    here.require(Action.REPORT_PROBLEM, draft.subject)
    return draft
