"""Who was refused what: each refusal of a signed-in person goes to the audit trail."""

import logging
import re

from fastapi import Request

from wardround.interfaces.web.signed_in import Visitor
from wardround.security import AuditTrail

log = logging.getLogger(__name__)

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_PATIENTS = ("patient_id", "patient")
"""The parameters of a route that name whose chart it is about."""


def note_denied(request: Request, patient: str | None = None) -> None:
    """Record that whoever asks was refused this route, or this patient's data by it.

    Nobody signed in is nobody refused.
    """
    here: Visitor | None = getattr(request.state, "visitor", None)
    if here is None:
        return
    try:
        with here.wardround.database.begin() as tx:
            AuditTrail(tx, here.wardround.clock).record(
                "denied",
                "failure",
                actor=here.actor,
                subject=patient or _subject(request),
                detail={"route": _route(request), "method": request.method},
            )
    except Exception as error:  # noqa: BLE001 (the refusal stands, whether it is noted or not)
        log.error("a refusal could not be noted: %s", type(error).__name__)  # noqa: TRY400


def _route(request: Request) -> str:
    """Return the route by the function that answers it, such as ``review.sign``."""
    endpoint = request.scope.get("endpoint")
    module = getattr(endpoint, "__module__", "unknown").rpartition(".")[2]
    return f"{module}.{getattr(endpoint, '__name__', 'unknown')}"


def _subject(request: Request) -> str | None:
    given = [request.path_params.get(name) for name in _PATIENTS]
    if request.path_params.get("kind") == "Patient":
        given.append(request.path_params.get("id") or request.path_params.get("resource_id"))
    known = next((one for one in given if isinstance(one, str) and _ID.fullmatch(one)), None)
    return None if known is None else f"Patient/{known}"
