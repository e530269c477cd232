"""How long each kind of thing is kept, by which rule, and what is past its time; only counts."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.security import Action

router = APIRouter(prefix="/privacy/retention")


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the schedule; destroying is done at the machine, by ``wardround retain --apply``."""
    here.require(Action.KEEP_REGISTERS)
    retention = here.wardround.retention
    with here.wardround.database.read() as tx:
        found, last = retention.survey(tx), retention.last_run(tx)
    return render(
        request,
        "retention.html",
        found=found,
        limited=any(one.kept.days is not None for one in found),
        ready=sum(one.ready for one in found),
        last=last,
        gone=sum(map(int, last.detail.values())) if last else 0,
    )
