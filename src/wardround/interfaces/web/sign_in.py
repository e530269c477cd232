"""Signing in by password, and signing out."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web import signed_in
from wardround.interfaces.web.browsers import place_of
from wardround.interfaces.web.entering import STALE, go_in, read_entry, show_entry
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.theme import local
from wardround.kernel import NotSignedIn, TooManyAttempts, WardroundError
from wardround.security import sign_out

router = APIRouter()


@router.get("/sign-in")
def show(request: Request, back: str = "/") -> Response:
    """Show the form; who is signed in already goes on."""
    try:
        request.app.state.wardround.door.resume(signed_in.token_of(request))
    except NotSignedIn:
        return show_form(request, local(back))
    return RedirectResponse(local(back), 303)


@router.post("/sign-in")
async def enter(request: Request) -> Response:
    """Check the password; open a session, or ask for the second factor."""
    form = await read_entry(request)
    if form is None:
        return show_form(request, "/", NotSignedIn(STALE))
    back, username = local(text(form, "back")), text(form, "username")
    try:
        entry = await run_in_threadpool(
            request.app.state.wardround.door.enter,
            username,
            text(form, "password"),
            place_of(request),
        )
    except (NotSignedIn, TooManyAttempts) as error:
        return show_form(request, back, error, username)
    return go_in(request, entry, back)


@router.post("/sign-out")
def leave(request: Request, here: signed_in.Here, form: SentForm) -> Response:
    """End the session."""
    del form
    sign_out(here.wardround.database, here.token, here.wardround.clock)
    response = RedirectResponse("/sign-in", 303)
    signed_in.forget(response, request)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def show_form(
    request: Request, back: str, error: WardroundError | None = None, username: str = ""
) -> Response:
    """Show the form, with what was wrong."""
    settings = request.app.state.wardround.settings
    return show_entry(
        request,
        "sign_in.html",
        status=200 if error is None else error.status,
        back=back,
        error=error,
        username=username,
        provider=settings.oidc_name if settings.oidc_issuer else None,
    )
