"""Why should I trust this? What became of patients with the like of one prediction, here."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import trust_of
from wardround.governance.trust import FEWEST
from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import NotFound
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}/trust")


@router.get("")
def show(request: Request, here: Here, draft_id: str) -> Response:
    """Show how often the model was right for patients like this one, here."""
    draft = here.draft(draft_id, Action.READ_DRAFT)
    if not draft.headline:
        raise NotFound("There is no prediction in this draft.")
    with here.chart(about=f"draft/{draft.id}") as chart:
        patient = facts.patient(facts.parsed(chart.read(draft.subject)))
    return render(
        request,
        "trust.html",
        draft=draft,
        patient=patient,
        today=here.today,
        known=trust_of(here.wardround, draft),
        fewest=FEWEST,
        probability=draft.content.get("kind") == "probability",
    )
