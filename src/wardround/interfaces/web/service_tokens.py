"""Service tokens, as an administrator makes and revokes them."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Conflict, InvalidInput, Role, WardroundError
from wardround.security import Action, AuditTrail, ServiceTokens

router = APIRouter(prefix="/tokens")

LIVES = (30, 90, 180, 366)
"""Days that can be chosen."""


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show every token."""
    return _page(request, here)


@router.post("")
def make(request: Request, here: Here, form: SentForm) -> Response:
    """Make a token and show it, this once."""
    here.require(Action.MANAGE_PEOPLE)
    days = text(form, "days")
    name = text(form, "name").strip()
    scopes = [str(scope) for scope in form.getlist("scope")]
    try:
        life = timedelta(days=int(days) if days.isascii() and days.isdigit() else 0)
        with here.wardround.database.begin() as tx:
            tokens = ServiceTokens(tx, here.wardround.clock)
            token = tokens.make(name, scopes, life, here.actor, here.wardround.policies)
            AuditTrail(tx, here.wardround.clock).record(
                "make-token", "success", actor=here.actor, entity=f"Device/{name}"
            )
    except (Conflict, InvalidInput) as error:
        return _page(request, here, error)
    return render(request, "token_made.html", label=name, token=token)


@router.post("/{token_id}/revoke")
def revoke(here: Here, form: SentForm, token_id: str) -> Response:
    """End a token at once."""
    del form
    here.require(Action.MANAGE_PEOPLE)
    with here.wardround.database.begin() as tx:
        token = ServiceTokens(tx, here.wardround.clock).revoke(token_id)
        AuditTrail(tx, here.wardround.clock).record(
            "revoke-token", "success", actor=here.actor, entity=f"Device/{token.name}"
        )
    return RedirectResponse("/tokens", 303)


def _page(request: Request, here: Visitor, error: WardroundError | None = None) -> Response:
    here.require(Action.MANAGE_PEOPLE)
    now = here.wardround.clock()
    with here.wardround.database.read() as tx:
        tokens = ServiceTokens(tx, here.wardround.clock).list()
    status = 200 if error is None else error.status
    actions = [one for one in Action if here.wardround.policies.permit(Role.SERVICE, one)]
    words = {one.name: one.value for one in Action}
    context = {"tokens": tokens, "actions": actions, "words": words, "lives": LIVES, "now": now}
    return render(request, "tokens.html", status=status, error=error, **context)
