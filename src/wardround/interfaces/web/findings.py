"""What a radiologist does with the findings of a report."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround.capabilities.radiology import Region, Report, deciding
from wardround.interfaces.web.forms import SentForm, is_whole, text
from wardround.interfaces.web.revising import revised
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import Edit, InvalidInput, NotFound
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}/findings")


@router.post("")
def decide(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Say that a finding is there or not, word it, draw its region, or add one."""
    draft = here.draft(draft_id, Action.EDIT)
    if draft.capability != "radiology":
        raise NotFound("This draft holds no findings of an image.")
    edit = _edit(Report.model_validate(draft.content), form)
    return revised(request, here, draft_id, form, edit)


def _edit(report: Report, form: FormData) -> Edit:
    def said(name: str) -> str:
        return " ".join(text(form, name).split())

    finding, why = said("finding"), ": ".join(filter(None, (said("kind"), said("why"))))
    deeds: dict[str, Callable[[], Edit]] = {
        "confirm": lambda: deciding.confirm(report, finding, why),
        "deny": lambda: deciding.deny(report, finding, why),
        "restore": lambda: deciding.restore(report, finding),
        "reword": lambda: deciding.reword(report, finding, said("words")),
        "mark": lambda: deciding.mark(report, finding, _regions(said("region"))),
        "add": lambda: deciding.add(report, said("display"), _regions(said("region"))),
    }
    deed = deeds.get(said("deed"))
    if deed is None:
        raise InvalidInput("There is no such thing to do with a finding.", where="deed")
    return deed()


def _regions(said: str) -> list[Region]:
    """Read ``image frame left top width height``; nothing where nothing was drawn."""
    if not said:
        return []
    numbers = said.split()
    whole = len(numbers) == 6 and all(map(is_whole, numbers))
    image, frame, x, y, width, height = map(int, numbers) if whole else (0, 0, 0, 0, 0, 0)
    if not width or not height:
        raise InvalidInput(
            "This is no region.",
            where="region",
            mend="Draw it on the image, or write six whole numbers.",
        )
    return [Region(image=image, frame=frame, x=x, y=y, width=width, height=height)]
