"""Before there is a session: forms tied to the browser they were shown in, and going in."""

import hmac
import secrets

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from wardround.interfaces.web import signed_in
from wardround.interfaces.web.cookies import cookie_of, drop_cookie, put_cookie
from wardround.interfaces.web.forms import require_same_site, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.site import can_have_passkeys
from wardround.interfaces.web.theme import local
from wardround.security import Entry, sign_out

TICKET = "wardround_sign_in"
"""A cookie that ties the forms to the browser they were shown in, before there is a session."""
SECOND = "wardround_second"
"""A cookie with the ticket of who has given their password, and not yet their second factor."""
PATH = "/sign-in"
_BACK = "wardround_back"
STALE = "This page was open for too long. Please try again."


async def read_entry(request: Request) -> FormData | None:
    """Return a form that this browser was shown, or None where it was shown to another."""
    require_same_site(request)
    form = await request.form(max_files=0, max_fields=10)
    ticket = cookie_of(request, TICKET)
    ours = ticket and hmac.compare_digest(ticket.encode(), text(form, "ticket").encode())
    return form if ours else None


def go_in(request: Request, entry: Entry, back: str) -> Response:
    """Lead on to the page somebody came for, or to their second factor."""
    if entry.token is None:
        response: Response = RedirectResponse(f"{PATH}/second", 303)
        put_cookie(response, request, SECOND, entry.ticket or "")
        put_cookie(response, request, _BACK, back)
        return response
    response = RedirectResponse(back, 303)
    give_session(response, request, entry.token)
    return response


def give_session(response: Response, request: Request, token: str) -> None:
    """Give the browser its session, and take back what was kept on the way to it.

    The session that it had before ends (ASVS 5.0, 7.2.4): nobody would sign out of it.
    """
    before = signed_in.token_of(request)
    if before:
        wardround = request.app.state.wardround
        sign_out(wardround.database, before, wardround.clock)
    for name in (TICKET, SECOND, _BACK):
        drop_cookie(response, request, name)
    signed_in.keep(response, request, token)


def back_of(request: Request) -> str:
    """Return the page that somebody came for before their second factor."""
    return local(cookie_of(request, _BACK) or "/")


def show_entry(request: Request, name: str, *, status: int = 200, **context: object) -> Response:
    """Show a page for going in, and tie its form to this browser."""
    ticket = cookie_of(request, TICKET) or secrets.token_urlsafe(32)
    context["passkeys"] = can_have_passkeys(request)
    response = render(request, name, status=status, ticket=ticket, **context)
    put_cookie(response, request, TICKET, ticket)
    return response
