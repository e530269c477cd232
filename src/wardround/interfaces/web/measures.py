"""What a pathologist does with the measures of a slide."""

from collections.abc import Callable
from math import nan

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround.capabilities.pathology import Region, Report, deciding
from wardround.interfaces.web.forms import SentForm, is_whole, text
from wardround.interfaces.web.revising import revised
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import Edit, InvalidInput, NotFound
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}/measures")


@router.post("")
def decide(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Confirm, correct or leave out a measure; draw a region, or take one away."""
    draft = here.draft(draft_id, Action.EDIT)
    if draft.capability != "pathology":
        raise NotFound("This draft holds no measures of a slide.")
    edit = _edit(Report.model_validate(draft.content), form)
    return revised(request, here, draft_id, form, edit)


def _edit(report: Report, form: FormData) -> Edit:
    def said(name: str) -> str:
        return " ".join(text(form, name).split())

    of, why = said("measure"), said("why")
    deeds: dict[str, Callable[[], Edit]] = {
        "confirm": lambda: deciding.confirm(report, of),
        "confirm-all": lambda: deciding.confirm_all(report),
        "correct": lambda: deciding.correct(report, of, _value(said("value")), why),
        "reject": lambda: deciding.reject(report, of, why),
        "restore": lambda: deciding.restore(report, of),
        "mark": lambda: deciding.mark(report, said("display"), _region(said("region"))),
        "unmark": lambda: deciding.unmark(report, of),
    }
    deed = deeds.get(said("deed"))
    if deed is None:
        raise InvalidInput("There is no such thing to do with a measure.", where="deed")
    return deed()


def _value(said: str) -> float:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return nan


def _region(said: str) -> Region:
    """Read ``left top width height``, in pixels of the slide."""
    numbers = said.split()
    whole = len(numbers) == 4 and all(map(is_whole, numbers))
    x, y, width, height = map(int, numbers) if whole else (0, 0, 0, 0)
    if not width or not height:
        raise InvalidInput("This is no region.", where="region", mend="Draw it on the slide first.")
    return Region(x=x, y=y, width=width, height=height)
