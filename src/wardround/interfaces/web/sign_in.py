"""Signing in and out."""

import hmac
import secrets

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web import signed_in
from wardround.interfaces.web.forms import SentForm, require_same_site, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.theme import local
from wardround.kernel import NotSignedIn
from wardround.security import resume, sign_in, sign_out

TICKET = "wardround_sign_in"
"""A cookie that ties the form to the browser it was shown in, before there is a session."""

router = APIRouter()


@router.get("/sign-in")
def show(request: Request, back: str = "/") -> Response:
    """Show the form; who is signed in already goes on."""
    wardround = request.app.state.wardround
    try:
        token = request.cookies.get(signed_in.COOKIE, "")
        resume(wardround.database, token, wardround.clock, wardround.limits)
    except NotSignedIn:
        return _form(request, local(back))
    return RedirectResponse(local(back), 303)


@router.post("/sign-in")
async def enter(request: Request) -> Response:
    """Check the password and open a session."""
    require_same_site(request)
    form = await request.form(max_files=0, max_fields=10)
    back = local(text(form, "back"))
    ticket = request.cookies.get(TICKET, "")
    if not ticket or not hmac.compare_digest(ticket.encode(), text(form, "ticket").encode()):
        return _form(request, back, "This page was open for too long. Please try again.")
    wardround = request.app.state.wardround
    username = text(form, "username")
    try:
        token = await run_in_threadpool(
            sign_in,
            wardround.database,
            username,
            text(form, "password"),
            wardround.clock,
            wardround.limits,
        )
    except NotSignedIn as error:
        return _form(request, back, f"{error.what} {error.mend or ''}", username=username)
    response = RedirectResponse(back, 303)
    response.delete_cookie(TICKET, path="/sign-in")
    signed_in.keep(response, request, token)
    return response


@router.post("/sign-out")
def leave(request: Request, here: signed_in.Here, form: SentForm) -> Response:
    """End the session."""
    del form
    token = request.cookies.get(signed_in.COOKIE, "")
    sign_out(here.wardround.database, token, here.wardround.clock)
    response = RedirectResponse("/sign-in", 303)
    signed_in.forget(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _form(request: Request, back: str, error: str | None = None, username: str = "") -> Response:
    ticket = request.cookies.get(TICKET) or secrets.token_urlsafe(32)
    context = {"back": back, "ticket": ticket, "error": error, "username": username}
    response = render(request, "sign_in.html", status=401 if error else 200, **context)
    secure = request.url.scheme == "https"
    response.set_cookie(
        TICKET, ticket, path="/sign-in", httponly=True, samesite="strict", secure=secure
    )
    return response
