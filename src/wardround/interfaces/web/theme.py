"""Light or dark: by the machine, unless the person chose."""

from typing import Literal, get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from wardround.interfaces.web.cookies import cookie_of, put_cookie
from wardround.interfaces.web.forms import SentForm, text
from wardround.kernel import InvalidInput

COOKIE = "wardround_theme"
YEAR = 365 * 24 * 60 * 60
Theme = Literal["auto", "light", "dark"]

router = APIRouter()


def chosen(request: Request) -> str:
    """Return what the person chose on this browser."""
    value = cookie_of(request, COOKIE)
    return value if value in get_args(Theme) else "auto"


@router.post("/theme")
def choose(request: Request, form: SentForm) -> RedirectResponse:
    """Keep the choice in a cookie and go back to the page."""
    value = text(form, "theme")
    if value not in get_args(Theme):
        raise InvalidInput("There is no such theme.", where="theme")
    response = RedirectResponse(local(text(form, "back")), 303)
    put_cookie(response, request, COOKIE, value, seconds=YEAR, scripts=True)
    return response


def local(path: str) -> str:
    """Return ``path`` if it is one of ours, else the first page."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/visits"
