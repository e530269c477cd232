"""Forms a signed-in person sends: read once they are known to come from our own pages.

Three things must agree: the browser says the request comes from this site (``Sec-Fetch-Site``,
or ``Origin`` where a browser does not send that), the session cookie is ``SameSite=Strict``, and
the form carries the session's token.
"""

import hmac
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Request
from starlette.datastructures import FormData

from wardround.interfaces.web.body_limit import LIMIT
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Forbidden, InvalidInput

FIELD = "csrf"
HEADER = "X-CSRF-Token"
EARLIEST, LATEST = 1900, 2200
"""Years of a day that somebody enters: another is a slip, and cannot be counted on from."""


class StaleForm(Forbidden):
    """The form belongs to an earlier session of the same person; ``token`` is today's."""

    def __init__(self, token: str) -> None:
        self.token = token
        super().__init__(
            "You signed in again after this page was opened. Nothing was saved yet.",
            mend="Press the button once more.",
        )


def require_same_site(request: Request) -> None:
    """Raise ``Forbidden`` unless the browser says that the request comes from our own pages."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    if site is not None:
        same = site in {"same-origin", "none"}
    else:
        # Our own Referrer-Policy makes browsers send "null" with a plain form: the token decides.
        same = origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
    if not same:
        raise Forbidden("This request came from another site.", mend="Open the page here.")


async def read_form(request: Request, here: Here) -> AsyncIterator[FormData]:
    """Give the form of a request, checked to be one that this person was given."""
    require_same_site(request)
    async with request.form(max_files=8, max_fields=50, max_part_size=LIMIT) as form:
        _require_token(request, here, form)
        yield form


async def read_files(request: Request, here: Here) -> AsyncIterator[FormData]:
    """Give the form of a request as ``read_form`` does, with as many files as a study has."""
    require_same_site(request)
    async with request.form(max_files=64, max_fields=20, max_part_size=LIMIT) as form:
        _require_token(request, here, form)
        yield form


async def read_long_form(request: Request, here: Here) -> AsyncIterator[FormData]:
    """Give the form of a request as ``read_form`` does, for pages of many rows."""
    require_same_site(request)
    async with request.form(max_files=1, max_fields=1000, max_part_size=LIMIT) as form:
        _require_token(request, here, form)
        yield form


def _require_token(request: Request, here: Visitor, form: FormData) -> None:
    given = request.headers.get(HEADER) or str(form.get(FIELD, ""))
    if hmac.compare_digest(given.encode(), here.session.csrf.encode()):
        return
    if form.get("me") == here.actor.id:
        raise StaleForm(here.session.csrf)
    raise Forbidden(
        "This page was opened by somebody else, or too long ago. Nothing was saved.",
        mend="Reload the page and try again.",
    )


SentForm = Annotated[FormData, Depends(read_form)]
"""The checked form, as a parameter of a route."""

SentFiles = Annotated[FormData, Depends(read_files)]
"""The checked form with the files of a study."""

LongForm = Annotated[FormData, Depends(read_long_form)]
"""The checked form of a page of many rows."""


def text(form: FormData, name: str) -> str:
    """Return a field's text with the line ends of this machine; empty where it was not sent."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def number(form: FormData, name: str) -> int:
    """Return a field that holds a whole number; raise ``Forbidden`` where it does not."""
    value = text(form, name)
    if not is_whole(value):
        raise Forbidden("This form was not made by this page.", where=name, mend="Reload it.")
    return int(value)


def is_whole(said: str) -> bool:
    """Whether this is a whole number from 0 on, of at most nine figures: a page has no other."""
    return said.isascii() and said.isdigit() and len(said) <= 9


def read_day(form: FormData, name: str, what: str = "This") -> date:
    """Return the day of a field; raise ``InvalidInput`` where it is none."""
    return day_of(text(form, name), name, what)


def day_of(written: str, where: str, what: str = "This") -> date:
    """Return a day as a date field writes it; raise ``InvalidInput`` where it is none."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        found = date.min
    if not EARLIEST <= found.year <= LATEST:
        raise InvalidInput(f"{what} is no date.", where=where, mend="Write 2026-11-24.")
    return found


def order_number(form: FormData) -> str:
    """Return the number that a page gave to the order it asks for, so that twice is once."""
    try:
        return str(UUID(text(form, "order")))
    except ValueError:
        raise InvalidInput(
            "This form was not made by this page.", where="order", mend="Reload it."
        ) from None
