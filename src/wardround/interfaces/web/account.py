"""One's own account: password, second factors, recovery codes, where one is signed in."""

import json

import segno
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from wardround.interfaces.web.browsers import place_of
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor, keep
from wardround.interfaces.web.site import can_have_passkeys, site_of
from wardround.kernel import (
    Forbidden,
    InvalidInput,
    NotFound,
    NotSignedIn,
    TooManyAttempts,
    WardroundError,
)
from wardround.security import Changed, Factors, OwnAccount, People, Sessions, app_address

router = APIRouter(prefix="/account")

SAID = {
    "password": "Your password is changed, and every other place is signed out.",
    "factor": "The second factor is set up.",
    "removed": "The second factor is removed.",
    "ended": "Signed out there.",
}
"""What is told after a change, by the word in the address."""

_TOLD = (Forbidden, InvalidInput, NotFound, NotSignedIn, TooManyAttempts)


@router.get("")
def show(request: Request, here: Here, done: str = "") -> Response:
    """Show the account."""
    return _page(request, here, done=SAID.get(done))


@router.post("/password")
def change_password(request: Request, here: Here, form: SentForm) -> Response:
    """Change the password."""
    if text(form, "new") != text(form, "again"):
        return _page(request, here, InvalidInput("The two new passwords differ.", where="again"))
    try:
        changed = _own(request, here).change_password(text(form, "password"), text(form, "new"))
    except _TOLD as error:
        return _page(request, here, error)
    return _done(request, here, changed, "password")


@router.post("/app")
def begin_app(request: Request, here: Here, form: SentForm) -> Response:
    """Show the QR code of a new authenticator app."""
    try:
        secret = _own(request, here).begin_app(text(form, "password"))
    except _TOLD as error:
        return _page(request, here, error)
    return _show_app(request, here, secret)


@router.post("/app/confirm")
def confirm_app(request: Request, here: Here, form: SentForm) -> Response:
    """Take the app into use, once it shows the right code."""
    try:
        changed = _own(request, here).confirm_app(text(form, "code").strip()[:16])
    except _TOLD as error:
        return _show_app(request, here, None, error)
    return _done(request, here, changed, "factor")


@router.post("/factors/{factor_id}/remove")
def remove(request: Request, here: Here, form: SentForm, factor_id: str) -> Response:
    """Remove an app or a passkey."""
    try:
        changed = _own(request, here).remove_factor(text(form, "password"), factor_id)
    except _TOLD as error:
        return _page(request, here, error)
    return _done(request, here, changed, "removed")


@router.post("/codes")
def make_codes(request: Request, here: Here, form: SentForm) -> Response:
    """Make new recovery codes."""
    try:
        changed = _own(request, here).make_codes(text(form, "password"))
    except _TOLD as error:
        return _page(request, here, error)
    return _done(request, here, changed, "factor")


@router.post("/passkeys/options")
def ask_passkey(request: Request, here: Here, form: SentForm) -> Response:
    """Tell the browser what passkey to make, as JSON."""
    try:
        own = _own(request, here)
        options, asked = own.begin_passkey(site_of(request), text(form, "password"))
    except WardroundError as error:
        return JSONResponse({"error": f"{error.what} {error.mend or ''}"}, error.status)
    return JSONResponse({"asked": asked, "options": json.loads(options)})


@router.post("/passkeys")
def add_passkey(request: Request, here: Here, form: SentForm) -> Response:
    """Keep the passkey that the browser made."""
    try:
        changed = _own(request, here).add_passkey(
            site_of(request), text(form, "asked"), text(form, "name"), text(form, "answer")
        )
    except _TOLD as error:
        return _page(request, here, error)
    return _done(request, here, changed, "factor")


@router.post("/sessions/end-others")
def end_others(request: Request, here: Here, form: SentForm) -> Response:
    """Sign out everywhere else."""
    try:
        _own(request, here).end_others(text(form, "password"))
    except _TOLD as error:
        return _page(request, here, error)
    return RedirectResponse("/account?done=ended", 303)


@router.post("/sessions/{session_id}/end")
def end_session(request: Request, here: Here, form: SentForm, session_id: str) -> Response:
    """Sign out in one other place."""
    try:
        _own(request, here).end_session(text(form, "password"), session_id)
    except _TOLD as error:
        return _page(request, here, error)
    return RedirectResponse("/account?done=ended", 303)


def _own(request: Request, here: Visitor) -> OwnAccount:
    return OwnAccount(here.wardround.door, here.session, here.token, place_of(request))


def _done(request: Request, here: Visitor, changed: Changed, done: str) -> Response:
    """Go back to the account under its new token; show recovery codes first, this once."""
    if not changed.codes:
        response: Response = RedirectResponse(f"/account?done={done}", 303)
    else:
        session = here.wardround.door.resume(changed.token)
        request.state.visitor = Visitor(here.wardround, session, changed.token)
        response = render(request, "recovery_codes.html", codes=changed.codes)
    keep(response, request, changed.token)
    return response


def _page(
    request: Request, here: Visitor, error: WardroundError | None = None, done: str | None = None
) -> Response:
    with here.wardround.database.read() as tx:
        factors = Factors(tx, here.wardround.clock)
        known = factors.of(here.actor)
        codes = factors.codes_left(here.actor)
        sessions = Sessions(tx, here.wardround.clock, here.wardround.limits).of(here.actor)
        local = People(tx).has_password(here.actor)
    return render(
        request,
        "account.html",
        status=200 if error is None else error.status,
        error=error,
        done=done,
        factors=known,
        codes=codes,
        sessions=sessions,
        local=local,
        asks=local and not _own(request, here).recent,
        passkeys=can_have_passkeys(request),
        demanded=here.actor.role in here.wardround.door.demanding,
    )


def _show_app(
    request: Request, here: Visitor, secret: str | None, error: WardroundError | None = None
) -> Response:
    """Show the QR code; after a wrong code the app has its secret already, so only the code."""
    picture = None
    if secret is not None:
        made = segno.make(app_address(here.actor, secret), micro=False, error="m")
        picture = made.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    status = 200 if error is None else error.status
    return render(
        request, "new_app.html", status=status, error=error, picture=picture, secret=secret
    )
