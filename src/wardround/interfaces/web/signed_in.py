"""Who is asking: the person behind the session cookie of a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from wardround.bootstrap import Wardround
from wardround.kernel import Actor
from wardround.security import Action, AuditTrail, Session, allow, require, resume

COOKIE = "wardround_session"


@dataclass(frozen=True)
class Visitor:
    """A signed-in person at their browser, with the house they came to."""

    wardround: Wardround
    session: Session

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
    token = request.cookies.get(COOKIE, "")
    session = resume(wardround.database, token, wardround.clock, wardround.limits)
    here = Visitor(wardround, session)
    request.state.visitor = here
    return here


Here = Annotated[Visitor, Depends(visitor)]
"""The signed-in person, as a parameter of a route."""


def keep(response: Response, request: Request, token: str) -> None:
    """Give the browser its session cookie, until it is closed."""
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )


def forget(response: Response) -> None:
    """Take the session cookie back."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
