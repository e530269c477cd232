"""The privacy officer's desk: what waits for them today, and the registers they keep."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.card import looks
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.security import Action

router = APIRouter(prefix="/privacy")


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the cards that this person may see: what waits first, then what is in order."""
    here.require(Action.KEEP_REGISTERS)
    found = [look.look(here) for look in looks() if here.may(look.ACTION.name)]
    return render(
        request,
        "privacy.html",
        today=here.today,
        waiting=[card for card in found if card.waiting],
        calm=[card for card in found if not card.waiting],
    )
