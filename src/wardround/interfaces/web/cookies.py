"""Cookies: over https each has a name that no other host, nor plain http, can set.

Browsers keep ``__Host-`` to cookies of this host alone, sent over https (RFC 6265bis, section
4.1.3.2; ASVS 5.0, 3.3.3).
"""

from typing import Literal

from fastapi import Request
from fastapi.responses import Response


def cookie_name(request: Request, name: str) -> str:
    """Return what a cookie is called where this request came to."""
    return f"__Host-{name}" if _secure(request) else name


def cookie_of(request: Request, name: str) -> str:
    """Return what the browser keeps, or nothing."""
    return request.cookies.get(cookie_name(request, name), "")


def put_cookie(
    response: Response,
    request: Request,
    name: str,
    value: str,
    *,
    seconds: int | None = None,
    samesite: Literal["lax", "strict"] = "strict",
    scripts: bool = False,
) -> None:
    """Give the browser a cookie for some ``seconds``, or until it is closed.

    ``scripts`` says that those of our pages may change it: it then holds no secret.
    """
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=seconds,
        httponly=not scripts,
        samesite=samesite,
        secure=_secure(request),
    )


def drop_cookie(response: Response, request: Request, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(request, name), httponly=True, samesite="strict", secure=_secure(request)
    )


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
