"""Signing in at the clinic's identity provider, and coming back from it."""

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.browsers import place_of
from wardround.interfaces.web.cookies import cookie_of, drop_cookie, put_cookie
from wardround.interfaces.web.entering import give_session, go_in
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.sign_in import show_form
from wardround.interfaces.web.site import address_of
from wardround.interfaces.web.theme import local
from wardround.kernel import NotFound, NotSignedIn, Unavailable
from wardround.security import Links, Provider, Secrets, Tickets

PURPOSE = "provider"
COOKIE = "wardround_provider"
"""Ties what comes back to the browser that left; Lax, for it comes back from another site."""

router = APIRouter(prefix="/sign-in/provider")


@router.get("")
def leave(request: Request, back: str = "/") -> Response:
    """Send the browser to the provider; a link of another site only leads to our own page.

    Whoever is signed in there would else get a session here without having asked for one.
    """
    wardround = request.app.state.wardround
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return show_form(request, local(back))
    made = Secrets(*(secrets.token_urlsafe(32) for _ in range(3)))
    try:
        address = _provider(request).leave(_way_back(request), made)
    except Unavailable as error:
        return show_form(request, local(back), error)
    with wardround.database.begin() as tx:
        data = {**made._asdict(), "back": local(back)}
        ticket = Tickets(tx, wardround.clock).issue(PURPOSE, None, data)
    response = RedirectResponse(address, 303)
    put_cookie(response, request, COOKIE, ticket, samesite="lax")
    return response


@router.get("/back")
def come_back(request: Request, state: str = "", code: str = "") -> Response:
    """Let in whom the provider vouches for."""
    wardround = request.app.state.wardround
    provider = _provider(request)
    try:
        with wardround.database.begin() as tx:
            ticket = cookie_of(request, COOKIE)
            kept = Tickets(tx, wardround.clock).redeem(ticket, PURPOSE).data
        back = kept.pop("back")
        made = Secrets(**kept)
        _require_ours(code, state, made)
        vouched = provider.receive(code, _way_back(request), made)
        with wardround.database.begin() as tx:
            actor = Links(tx, wardround.provided_roles, wardround.clock).actor(vouched)
        place = place_of(request)
        entry = wardround.door.enter_from_provider(actor, place, strong=vouched.strong)
    except (NotSignedIn, Unavailable) as error:
        return show_form(request, "/", error)
    if entry.token is None:
        response = go_in(request, entry, back)
        back = response.headers["location"]
        cookies = response.headers.getlist("set-cookie")
    # A redirect would still count as coming from the provider's site, and leave the session's
    # cookie behind: the page goes on from here instead.
    page = render(request, "provider_back.html", back=back)
    if entry.token is None:
        for cookie in cookies:
            page.headers.append("set-cookie", cookie)
    else:
        give_session(page, request, entry.token)
    drop_cookie(page, request, COOKIE)
    return page


def _require_ours(code: str, state: str, made: Secrets) -> None:
    if not code or not secrets.compare_digest(state.encode(), made.state.encode()):
        raise NotSignedIn("The identity provider did not let you in.", mend="Try again.")


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.wardround.provider
    if provider is None:
        raise NotFound("This clinic has no identity provider.", mend="Sign in with a password.")
    return provider


def _way_back(request: Request) -> str:
    return f"{address_of(request)}{router.prefix}/back"
