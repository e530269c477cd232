"""What programs ask, with a service token in the header ``Authorization: Bearer wrd_…``."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from wardround.bootstrap import Wardround, probe_safeguards
from wardround.kernel import NotSignedIn
from wardround.privacy.safeguards import Statements, judge_all, read_clauses
from wardround.security import Action, AuditTrail, ServiceToken, ServiceTokens

router = APIRouter(prefix="/api")


def bearer(request: Request) -> ServiceToken:
    """Return the token a program shows; raise ``NotSignedIn``. A session's cookie opens nothing."""
    wardround: Wardround = request.app.state.wardround
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not shown:
        raise NotSignedIn("A service token is needed.", mend="Send Authorization: Bearer wrd_….")
    try:
        with wardround.database.read() as tx:
            tokens = ServiceTokens(tx, wardround.clock)
            token = tokens.look(shown.strip())
            stale = tokens.stale(token)
    except NotSignedIn:
        with wardround.database.begin() as tx:
            AuditTrail(tx, wardround.clock).record(
                "use-token", "failure", detail={"reason": "unknown-token"}
            )
        raise
    request.app.state.pace.spend(token.id)
    if stale:
        with wardround.database.begin() as tx:
            ServiceTokens(tx, wardround.clock).note_use(token)
            AuditTrail(tx, wardround.clock).record("use-token", "success", actor=token.actor)
    return token


Bearer = Annotated[ServiceToken, Depends(bearer)]
"""The program that asks, as a parameter of a route; ``token.require`` says whether it may."""


@router.get("/me")
def me(token: Bearer) -> JSONResponse:
    """Say whose token this is, what it is for, and when it ends."""
    return JSONResponse(
        {
            "id": token.actor.id,
            "name": token.name,
            "role": token.actor.role,
            "scopes": list(token.scopes),
            "ends": token.ends.isoformat(),
        }
    )


@router.get("/safeguards")
def safeguards(request: Request, token: Bearer) -> JSONResponse:
    """Say how each clause of the Security Rule stands, for whatever watches over installations."""
    wardround: Wardround = request.app.state.wardround
    token.require(Action.SEE_SAFEGUARDS, wardround.policies)
    with wardround.database.read() as tx:
        written = Statements(tx, wardround.clock).current()
    clauses = [clause for clause in read_clauses() if clause.duty is not None]
    now = wardround.clock()
    judged = judge_all(clauses, probe_safeguards(wardround), written, now.astimezone().date())
    return JSONResponse(
        {
            "at": now.isoformat(),
            "clauses": [
                {
                    "citation": one.clause.citation,
                    "title": one.clause.title,
                    "duty": one.clause.duty,
                    "verdict": one.verdict,
                    "facts": [fact.model_dump(include={"says", "state"}) for fact in one.facts],
                    "review": None if one.statement is None else one.statement.review.isoformat(),
                }
                for one in judged
            ],
        }
    )
