"""Errors, said where the person is looking: in place for a part of a page, else as a page."""

import logging
import re
import traceback
from contextlib import suppress
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardround.interfaces.web.denials import note_denied
from wardround.interfaces.web.forms import StaleForm
from wardround.interfaces.web.pace import TooFast
from wardround.interfaces.web.pages import Pages, by_htmx
from wardround.interfaces.web.signed_in import DueFirst, visitor
from wardround.kernel import (
    Forbidden,
    InvalidInput,
    NotFound,
    NotSignedIn,
    StaleVersion,
    WardroundError,
)
from wardround.security import OutsideCare

log = logging.getLogger(__name__)

PLACE = "X-Notice"
"""The request header in which a page says where it wants to be told of an error."""
_PLACE = re.compile(r"#[a-z][a-z0-9-]*")


def install(app: FastAPI) -> None:
    """Have ``app`` answer every error in the words of the house."""
    app.add_exception_handler(WardroundError, _said)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)


def answer(pages: Pages, request: Request, error: WardroundError) -> Response:
    """Return the error as a notice in place, or as a page."""
    if request.url.path.startswith("/api/"):
        challenge = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotSignedIn) else {}
        return JSONResponse(
            error.outcome(), error.status, challenge, media_type="application/fhir+json"
        )
    with suppress(WardroundError):
        if not hasattr(request.state, "visitor"):
            visitor(request)
    if isinstance(error, DueFirst) and request.method == "GET" and not by_htmx(request):
        return RedirectResponse("/account", 303)
    if isinstance(error, Forbidden) or (isinstance(error, TooFast) and error.first):
        note_denied(request, error.subject if isinstance(error, OutsideCare) else None)
    if by_htmx(request):
        response: Response = pages.render(
            request, "notice.html", status=error.status, error=error, **_extra(error)
        )
        place = request.headers.get(PLACE, "#notice")
        response.headers["HX-Retarget"] = place if _PLACE.fullmatch(place) else "#notice"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    if isinstance(error, NotSignedIn) and request.method == "GET":
        back = quote(request.url.path, safe="/")
        return RedirectResponse(f"/sign-in?back={back}", 303)
    return pages.render(request, "error.html", status=error.status, error=error, **_extra(error))


def _extra(error: WardroundError) -> dict[str, object]:
    return {
        "token": error.token if isinstance(error, StaleForm) else None,
        "stale": isinstance(error, StaleVersion),
        "signed_out": isinstance(error, NotSignedIn),
        "emergency": error.subject.partition("/")[2]
        if isinstance(error, OutsideCare) and error.may_break_glass
        else None,
    }


def _said(request: Request, error: Exception) -> Response:
    assert isinstance(error, WardroundError)  # noqa: S101 (Starlette hands over what it was asked to)
    if error.status >= WardroundError.status:
        _log(error)
    return answer(request.app.state.pages, request, error)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    known: WardroundError
    if error.status_code == NotFound.status:
        known = NotFound("There is no such page.", mend="Go back, or start at the day's visits.")
    else:
        known = InvalidInput("This request cannot be answered here.", mend="Go back and try again.")
    response = answer(request.app.state.pages, request, known)
    response.status_code = error.status_code
    return response


def _unreadable(request: Request, error: Exception) -> Response:
    del error  # it quotes what was sent
    known = InvalidInput("Something in this request cannot be read.", mend="Go back and try again.")
    return answer(request.app.state.pages, request, known)


def _log(error: Exception) -> None:
    """Log what kind of error it was, and where: a part that is away, a key that does not open."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)


class Unforeseen:
    """Turns an error nobody foresaw into a page; logs where it happened, and none of its data."""

    def __init__(self, app: ASGIApp, pages: Pages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever happens."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except WardroundError as error:
            known = error
        except Exception as error:  # noqa: BLE001 (the last net: nothing unforeseen reaches the person raw)
            _log(error)
            known = WardroundError(
                "Something went wrong on our side, and was logged.",
                mend="Try again; if it happens again, tell your administrator.",
            )
        else:
            return
        if not started:
            response = answer(self._pages, Request(scope, receive), known)
            await response(scope, receive, send)
