"""Before there is a session: forms tied to the browser they were shown in, and going in."""

import hmac
import secrets

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from wardround.interfaces.web import signed_in
from wardround.interfaces.web.forms import require_same_site, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.site import can_have_passkeys
from wardround.interfaces.web.theme import local
from wardround.security import Entry

TICKET = "wardround_sign_in"
"""A cookie that ties the forms to the browser they were shown in, before there is a session."""
SECOND = "wardround_second"
"""A cookie with the ticket of who has given their password, and not yet their second factor."""
PATH = "/sign-in"
STALE = "This page was open for too long. Please try again."


async def read_entry(request: Request) -> FormData | None:
    """Return a form that this browser was shown, or None where it was shown to another."""
    require_same_site(request)
    form = await request.form(max_files=0, max_fields=10)
    ticket = request.cookies.get(TICKET, "")
    ours = ticket and hmac.compare_digest(ticket.encode(), text(form, "ticket").encode())
    return form if ours else None


def go_in(request: Request, entry: Entry, back: str) -> Response:
    """Lead on to the page somebody came for, or to their second factor."""
    if entry.token is None:
        response: Response = RedirectResponse(f"{PATH}/second", 303)
        keep_for_entry(response, request, SECOND, entry.ticket or "")
        keep_for_entry(response, request, _BACK, back)
        return response
    response = RedirectResponse(back, 303)
    give_session(response, request, entry.token)
    return response


def give_session(response: Response, request: Request, token: str) -> None:
    """Give the browser its session, and take back what was kept on the way to it."""
    for name in (TICKET, SECOND, _BACK):
        response.delete_cookie(name, path=PATH)
    signed_in.keep(response, request, token)


def back_of(request: Request) -> str:
    """Return the page that somebody came for before their second factor."""
    return local(request.cookies.get(_BACK, "/"))


def show_entry(request: Request, name: str, *, status: int = 200, **context: object) -> Response:
    """Show a page for going in, and tie its form to this browser."""
    ticket = request.cookies.get(TICKET) or secrets.token_urlsafe(32)
    context["passkeys"] = can_have_passkeys(request)
    response = render(request, name, status=status, ticket=ticket, **context)
    keep_for_entry(response, request, TICKET, ticket)
    return response


def keep_for_entry(response: Response, request: Request, name: str, value: str) -> None:
    """Give the browser a cookie that is sent to the pages for going in, and nowhere else."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, path=PATH, httponly=True, samesite="strict", secure=secure)


_BACK = "wardround_back"
