"""A patient's images: the studies and slides handed in, where each report stands, and new ones."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from wardround.bootstrap import read_in_shadow
from wardround.disk import passing
from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.forms import SentFiles, order_number, require_same_site, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.interfaces.web.waiting import Words, wait
from wardround.kernel import InvalidInput, Part, Status
from wardround.security import Action

router = APIRouter(prefix="/patients/{patient_id}/images")

KINDS = {"radiology": "X-ray, CT or other study", "pathology": "Slide"}
"""What can be handed in, by the capability that reads it."""
WORDS = Words(
    pages="/images",
    title="Images",
    working="Reading",
    what="An image",
    failed="Not read",
    all="Images",
)


@router.get("")
def show(request: Request, here: Here, patient_id: str) -> Response:
    """Show the images of a patient, the newest first."""
    reference = f"Patient/{patient_id}"
    here.require(Action.READ_CHART)
    with here.chart() as chart:
        patient = facts.patient(facts.parsed(chart.read(reference)))
    here.require(Action.READ_DRAFT, reference)
    return render(
        request, "studies.html", patient=patient, today=here.today, **_panel(here, reference)
    )


def may_hand_in(request: Request, here: Here) -> None:
    """Raise ``Forbidden`` for whose role may not, before the files are taken in: they are large."""
    require_same_site(request)
    here.require(Action.ORDER)


@router.post("", dependencies=[Depends(may_hand_in)])
def hand_in(request: Request, here: Here, patient_id: str, form: SentFiles) -> Response:
    """Keep a study or a slide, and have it read."""
    reference = f"Patient/{patient_id}"
    with here.chart() as chart:
        chart.read(reference)
    here.require(Action.ORDER, reference)
    kind = text(form, "kind")
    if kind not in KINDS or kind not in here.wardround.capabilities:
        raise InvalidInput("Say what is handed in.", where="kind", mend="A study, or a slide.")
    with _files(form, here.wardround.settings.home) as parts:
        made = here.wardround.rounds.order(
            kind, reference, None, parts, here.actor, order_id=order_number(form)
        )
        if kind == "radiology":
            read_in_shadow(here.wardround, reference, parts, here.actor)
    return go(request, f"/patients/{patient_id}/images/{made.id}")


@router.get("/{order_id}")
def wait_for_it(request: Request, here: Here, patient_id: str, order_id: str) -> Response:
    """Wait for a report, and lead to it once it is drafted."""
    return wait(request, here, patient_id, order_id, tuple(KINDS), WORDS)


@contextmanager
def _files(form: FormData, home: Path) -> Iterator[list[Part]]:
    """Give what was sent as files in a folder of our own, which is gone afterwards."""
    sent = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not sent:
        raise InvalidInput("Nothing was handed in.", mend="Choose the files of one study.")
    with passing(home) as folder:
        parts = []
        for number, one in enumerate(sent):
            path = folder / str(number)
            with path.open("wb") as file:
                shutil.copyfileobj(one.file, file, 1024 * 1024)
            parts.append(Part(name=f"file {number + 1}", file=str(path)))
        yield parts


def _panel(here: Visitor, reference: str) -> dict[str, Any]:
    drafts = here.wardround.rounds.drafts(subject=reference, by=here.actor)
    found = [draft for draft in reversed(drafts) if draft.capability in KINDS]
    offered = {name: says for name, says in KINDS.items() if name in here.wardround.capabilities}
    return {
        "waiting": [one for one in found if one.status is Status.DRAFTED],
        "signed": [one for one in found if one.status is Status.SIGNED],
        "others": [one for one in found if one.status in {Status.ABSTAINED, Status.REJECTED}],
        "kinds": offered,
        "order_id": str(uuid4()),
    }
