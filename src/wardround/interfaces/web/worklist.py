"""The worklist of images: which study to look at next, and why it stands where it does."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.capabilities.radiology import Report, Waiting, ordered
from wardround.interfaces.web.inbox import Entry, entries, is_image
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import Draft
from wardround.security import Action

router = APIRouter(prefix="/inbox/images")

_HOUR = timedelta(hours=1)


class Line(NamedTuple):
    """A study on the worklist: how likely its likeliest finding is, and how long it waits.

    ``probability`` is None where the model did not read it, and of a slide.
    """

    entry: Entry
    draft: Draft
    waited: timedelta
    finding: str = ""
    probability: float | None = None
    decided: bool = False
    """Whether only the signature is missing."""


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the studies that wait, the most urgent first, and the slides as they came."""
    here.require(Action.READ_DRAFT)
    with here.chart() as chart:
        lists = entries(here, chart)
    studies, slides = arranged((*lists["waiting"], *lists["abstained"]), here.wardround.clock())
    return render(request, "worklist.html", studies=studies, slides=slides, today=here.today)


def arranged(waiting: Iterable[Entry], now: datetime) -> tuple[list[Line], list[Line]]:
    """Return the studies, the most urgent first, and the slides as they came."""
    lines = {
        entry.draft.id: _line(entry, entry.draft, now - entry.draft.created)
        for entry in waiting
        if entry.draft is not None and is_image(entry)
    }
    studies = [
        Waiting(name, -(line.waited / _HOUR), line.probability)
        for name, line in lines.items()
        if line.draft.capability == "radiology"
    ]
    slides = [line for line in lines.values() if line.draft.capability == "pathology"]
    return (
        [lines[one.name] for one in ordered(studies, 0.0)],
        sorted(slides, key=lambda line: line.draft.created),
    )


def _line(entry: Entry, draft: Draft, waited: timedelta) -> Line:
    """Return a draft as it stands on the list; a slide has no probability that orders it."""
    if draft.capability != "radiology" or not draft.content:
        return Line(entry, draft, waited)
    report = Report.model_validate(draft.content)
    told = [
        (one.probability, one.display) for one in report.findings if one.probability is not None
    ]
    probability, finding = max(told, default=(None, ""))
    return Line(entry, draft, waited, finding, probability, decided=not report.undecided)
