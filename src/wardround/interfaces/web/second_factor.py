"""The second step of signing in: a code, or a passkey; and a passkey instead of both steps."""

import json

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response

from wardround.interfaces.web.browsers import place_of
from wardround.interfaces.web.cookies import cookie_of
from wardround.interfaces.web.entering import (
    SECOND,
    STALE,
    back_of,
    go_in,
    read_entry,
    show_entry,
)
from wardround.interfaces.web.forms import text
from wardround.interfaces.web.sign_in import show_form
from wardround.interfaces.web.site import site_of
from wardround.interfaces.web.theme import local
from wardround.kernel import NotSignedIn, TooManyAttempts, WardroundError
from wardround.security import Door, Entry

router = APIRouter(prefix="/sign-in")


@router.get("/second")
def show(request: Request) -> Response:
    """Ask for the second factor of who has given their password."""
    return _ask(request)


@router.post("/second")
async def prove(request: Request) -> Response:
    """Check a code of the app, or a recovery code."""
    form = await read_entry(request)
    if form is None:
        return _ask(request, NotSignedIn(STALE))
    try:
        token = await run_in_threadpool(
            _door(request).prove,
            cookie_of(request, SECOND),
            text(form, "code")[:64],
            place_of(request),
        )
    except (NotSignedIn, TooManyAttempts) as error:
        return _ask(request, error)
    return go_in(request, Entry(token=token), back_of(request))


@router.post("/passkey/options")
async def ask_passkey(request: Request) -> Response:
    """Tell the browser what to ask its passkeys, as JSON."""
    form = await read_entry(request)
    if form is None:
        return JSONResponse({"error": STALE}, 401)
    waiting = cookie_of(request, SECOND) if text(form, "second") else None
    try:
        options, asked = await run_in_threadpool(
            _door(request).ask_passkey, site_of(request), waiting
        )
    except WardroundError as error:
        return JSONResponse({"error": f"{error.what} {error.mend or ''}"}, error.status)
    return JSONResponse({"asked": asked, "options": json.loads(options)})


@router.post("/passkey")
async def enter(request: Request) -> Response:
    """Check what a passkey answered, and open a session."""
    form = await read_entry(request)
    if form is None:
        return show_form(request, "/", NotSignedIn(STALE))
    second = bool(text(form, "second"))
    back = back_of(request) if second else local(text(form, "back"))
    try:
        token = await run_in_threadpool(
            _door(request).enter_by_passkey,
            site_of(request),
            text(form, "asked"),
            text(form, "answer"),
            place_of(request),
        )
    except NotSignedIn as error:
        return _ask(request, error) if second else show_form(request, back, error)
    return go_in(request, Entry(token=token), back)


def _ask(request: Request, error: WardroundError | None = None) -> Response:
    try:
        actor = _door(request).awaited(cookie_of(request, SECOND))
    except NotSignedIn:
        return RedirectResponse("/sign-in", 303)
    status = 200 if error is None else error.status
    return show_entry(request, "second_factor.html", status=status, error=error, who=actor.name)


def _door(request: Request) -> Door:
    door: Door = request.app.state.wardround.door
    return door
