"""Who is asking: the person behind the session cookie of a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from wardround.bootstrap import Wardround
from wardround.kernel import Actor, Forbidden
from wardround.security import Action, AuditTrail, Due, Session, allow, require

COOKIE = "wardround_session"
ALWAYS = ("/account", "/sign-out", "/theme")
"""Where those may go who must do something about their account before anything else."""


class DueFirst(Forbidden):
    """The person must see to their account first."""

    def __init__(self, due: Due) -> None:
        what = "Choose your own password" if due is Due.PASSWORD else "Set up a second factor"
        super().__init__(f"{what} first.", mend="Open your account.")


@dataclass(frozen=True)
class Visitor:
    """A signed-in person at their browser, with the house they came to."""

    wardround: Wardround
    session: Session
    token: str = ""

    @property
    def actor(self) -> Actor:
        """Who it is."""
        return self.session.actor

    def may(self, action: str) -> bool:
        """Whether their role allows ``action``, an ``Action`` by its name, such as ``SIGN``."""
        return allow(self.actor, Action[action])

    def require(self, action: Action) -> None:
        """Raise ``Forbidden`` unless their role allows ``action``."""
        require(self.actor, action)

    def note_read(self, subject: str | None, entity: str | None = None) -> None:
        """Write to the audit trail that they looked at something about ``subject``."""
        with self.wardround.database.begin() as tx:
            AuditTrail(tx, self.wardround.clock).record(
                "read", "success", actor=self.actor, subject=subject, entity=entity
            )

    def note_reads(self, subjects: Iterable[str]) -> None:
        """Write to the audit trail that they saw a list with these patients on it."""
        with self.wardround.database.begin() as tx:
            trail = AuditTrail(tx, self.wardround.clock)
            for subject in sorted(set(subjects)):
                trail.record("read", "success", actor=self.actor, subject=subject)


def visitor(request: Request) -> Visitor:
    """Return who is asking; raise ``NotSignedIn``."""
    wardround: Wardround = request.app.state.wardround
    token = token_of(request)
    here = Visitor(wardround, wardround.door.resume(token), token)
    request.state.visitor = here
    due, path = here.session.due, request.url.path
    if due is not None and not path.startswith(ALWAYS):
        raise DueFirst(due)
    return here


Here = Annotated[Visitor, Depends(visitor)]
"""The signed-in person, as a parameter of a route."""


def cookie_name(request: Request) -> str:
    """Return the cookie's name: over https one that no other host, nor plain http, can set."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def token_of(request: Request) -> str:
    """Return the token that the browser keeps, or nothing."""
    return request.cookies.get(cookie_name(request), "")


def keep(response: Response, request: Request, token: str) -> None:
    """Give the browser its session cookie, until it is closed."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        cookie_name(request), token, httponly=True, samesite="strict", secure=secure
    )


def forget(response: Response, request: Request) -> None:
    """Take the session cookie back."""
    secure = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request), httponly=True, samesite="strict", secure=secure)
