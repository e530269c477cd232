"""The audit trail for the privacy officer: searched, read in sentences, verified and exported.

What is searched for travels in the form; that the trail was read, exported or verified is in it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import FormData

from wardround.interfaces.web.audit_words import DEEDS, sentence
from wardround.interfaces.web.forms import SentForm, day_of, number, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.security import (
    Action,
    AuditTrail,
    People,
    Verdict,
    export_csv,
    export_ndjson,
    keep_checkpoints,
    last_checkpoint,
    read_checkpoints,
    verify_trail,
)

router = APIRouter(prefix="/privacy/audit")

PAGE = 50
FIELDS = ("person", "patient", "action", "outcome", "since", "until")
FORMATS = {
    "csv": (export_csv, "text/csv; charset=utf-8"),
    "ndjson": (export_ndjson, "application/fhir+ndjson"),
}


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the newest events."""
    return _page(request, here, dict.fromkeys(FIELDS, ""))


@router.post("")
def search(request: Request, here: Here, form: SentForm) -> Response:
    """Show the events that match, a page at a time."""
    before = number(form, "before") if text(form, "before") else None
    return _page(request, here, _asked(form), before)


@router.post("/verification")
def verify(request: Request, here: Here, form: SentForm) -> Response:
    """Follow the whole trail, against the checkpoints of the database and of the file."""
    del form
    here.require(Action.READ_AUDIT)
    database, file = here.wardround.database, here.wardround.settings.checkpoints
    keep_checkpoints(database, file, here.wardround.clock)
    with database.read() as tx:
        found = verify_trail(tx, list(read_checkpoints(file)) if file.exists() else ())
    with database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "verify-audit",
            "success" if found.sound else "failure",
            actor=here.actor,
            detail={"last": str(found.last)},
        )
    return _page(request, here, dict.fromkeys(FIELDS, ""), verdict=found)


@router.post("/export")
def export(here: Here, form: SentForm) -> Response:
    """Return the events that match as a file."""
    here.require(Action.READ_AUDIT)
    kind, asked = text(form, "as"), _asked(form)
    if kind not in FORMATS:
        raise InvalidInput("The trail is not written so.", mend="Choose CSV or FHIR.")
    write, media_type = FORMATS[kind]
    which = _which(asked)
    database = here.wardround.database
    with database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-audit",
            "success",
            actor=here.actor,
            subject=which["subject"],
            detail={"as": kind, **_named(asked)},
        )

    def lines() -> Iterator[bytes]:
        with database.read() as tx:
            yield from write(tx, **which)

    day = here.today.isoformat()
    name = f'attachment; filename="audit-{day}.{kind}"'
    headers = {"Content-Disposition": name}
    return StreamingResponse(lines(), media_type=media_type, headers=headers)


def _page(
    request: Request,
    here: Visitor,
    asked: dict[str, str],
    before: int | None = None,
    verdict: Verdict | None = None,
) -> Response:
    here.require(Action.READ_AUDIT)
    which = _which(asked)
    with here.wardround.database.read() as tx:
        trail = AuditTrail(tx)
        found = trail.list(**which, before=before, limit=PAGE + 1)
        verified = trail.list(action="verify-audit", limit=1)
        checkpoint = last_checkpoint(tx)
        people = People(tx).list()
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "read-audit",
            "success",
            actor=here.actor,
            subject=which["subject"],
            detail=_named(asked),
        )
    names = Names(here.wardround.database)
    return render(
        request,
        "audit.html",
        asked=asked,
        before=before,
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        sentences=[sentence(event, names) for event in found[:PAGE]],
        actions=[(name, name.replace("-", " ").capitalize()) for name in sorted(DEEDS)],
        people=[(person.id, person.name) for person in people],
        verified=verified[0] if verified else None,
        checkpoint=checkpoint,
        verdict=verdict,
    )


def _asked(form: FormData) -> dict[str, str]:
    return {name: text(form, name).strip() for name in FIELDS}


def _named(asked: dict[str, str]) -> dict[str, str]:
    """Return which filters were set, for the trail: by their names, as codes."""
    given = ".".join(name for name, value in asked.items() if value)
    return {"filters": given} if given else {}


def _which(asked: dict[str, str]) -> dict[str, Any]:
    patient = asked["patient"].removeprefix("Patient/")
    if asked["outcome"] not in {"", "success", "failure"}:
        raise InvalidInput("There is no such outcome.", where="outcome")
    if patient and not patient.replace("-", "").replace(".", "").isalnum():
        raise InvalidInput(
            "This is no patient's id.", where="patient", mend="Copy it from the foot of the chart."
        )
    return {
        "actor": asked["person"] or None,
        "subject": f"Patient/{patient}" if patient else None,
        "action": asked["action"] or None,
        "outcome": asked["outcome"] or None,
        "since": _start(asked["since"], "since"),
        "until": _start(asked["until"], "until", days=1),
    }


def _start(day: str, field: str, days: int = 0) -> datetime | None:
    if not day:
        return None
    first = day_of(day, field) + timedelta(days=days)
    return datetime(first.year, first.month, first.day).astimezone()
