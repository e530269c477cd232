"""Who is asking: the person behind the session cookie of a request."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from wardround.bootstrap import Wardround
from wardround.interfaces.web.cookies import cookie_of, drop_cookie, put_cookie
from wardround.kernel import Actor, Draft, Forbidden, Work, work_of
from wardround.record import GuardedChart
from wardround.security import Action, AuditTrail, Due, Emergencies, Relations, Session, purpose_of

COOKIE = "wardround_session"
_LATELY = timedelta(minutes=15)
"""How long a page that asks again by itself is not told of anew."""

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
    relations: Relations = field(default_factory=dict, compare=False)
    """How they stand to patients, as far as it was asked while this request is answered."""

    @property
    def actor(self) -> Actor:
        """Who it is."""
        return self.session.actor

    @property
    def today(self) -> date:
        """The day it is where the server stands."""
        return self.wardround.clock().astimezone().date()

    def may(self, action: str, patient: str | None = None, work: Work = Work.CARE) -> bool:
        """Whether ``action``, an ``Action`` by its name such as ``SIGN``, is permitted to them.

        Without a patient: whether it is with any patient at all. ``work`` is whose work it is,
        where it is done with a draft.
        """
        known = Action[action]
        if patient is None:
            return self.wardround.policies.allow(self.actor, known)
        return bool(self.permitted(known, [patient], work))

    def permitted(
        self, action: Action, patients: Iterable[str], work: Work = Work.CARE
    ) -> frozenset[str]:
        """Return those of the patients whom they may do ``action`` with."""
        with self.wardround.database.read() as tx:
            guard = self.wardround.guard(tx, self.actor, self.relations)
            return guard.permitted(action, patients, work)

    def work(self, capability: str) -> Work:
        """Return whose work the drafts of a capability are."""
        return work_of(self.wardround.capabilities.get(capability))

    @property
    def alerts(self) -> int:
        """How many emergency accesses wait for a review, where it is theirs to make."""
        if not self.may("REVIEW_ACCESS"):
            return 0
        with self.wardround.database.read() as tx:
            return Emergencies(tx, self.wardround.clock).unreviewed()

    def require(self, action: Action, patient: str | None = None, work: Work = Work.CARE) -> None:
        """Raise ``Forbidden`` unless ``action`` is permitted to them, with the patient if any."""
        if patient is None:
            self.wardround.policies.require(self.actor, action)
            return
        with self.wardround.database.read() as tx:
            self.wardround.guard(tx, self.actor, self.relations).require(action, patient, work)

    @contextmanager
    def chart(self, about: str | None = None, *, again: bool = False) -> Iterator[GuardedChart]:
        """Open the chart to them; what they were shown is in the audit trail before they see it.

        ``about`` is what the trail names as read, where it is not a resource of the record. A page
        that asks ``again`` by itself is told of anew only after a while.
        """
        with self.wardround.database.read() as tx:
            chart = self.wardround.chart(tx, self.actor, self.relations)
            yield chart
            told = chart.told(about)
            if again:
                trail = AuditTrail(tx, self.wardround.clock)
                told = [one for one in told if not self._was_told(trail, one.subject)]
        if told:
            with self.wardround.database.begin() as tx:
                AuditTrail(tx, self.wardround.clock).record_many(told)

    def _was_told(self, trail: AuditTrail, patient: str | None) -> bool:
        lately = self.wardround.clock() - _LATELY
        known = trail.list(
            action="read", actor=self.actor.id, subject=patient, since=lately, limit=1
        )
        return bool(known)

    def note_read(self, patient: str | None, entity: str) -> None:
        """Write to the audit trail that they looked at what is no resource, of a patient if any."""
        with self.wardround.database.begin() as tx:
            why = self.wardround.guard(tx, self.actor, self.relations).purpose(
                Action.READ_DRAFT, patient or ""
            )
            AuditTrail(tx, self.wardround.clock).record(
                "read",
                "success",
                actor=self.actor,
                subject=patient,
                entity=entity,
                purpose=why or purpose_of(self.actor.role),
            )

    def draft(self, draft_id: str, action: Action) -> Draft:
        """Return a draft that they may do ``action`` with; raise ``NotFound`` or ``Forbidden``."""
        self.require(action)
        draft = self.wardround.rounds.draft(draft_id)
        self.require(action, draft.subject, self.work(draft.capability))
        draft.require_shown_to(self.actor.id)
        return draft


def visitor(request: Request) -> Visitor:
    """Return who is asking; raise ``NotSignedIn``."""
    wardround: Wardround = request.app.state.wardround
    token = token_of(request)
    here = Visitor(wardround, wardround.door.resume(token), token)
    request.state.visitor = here
    request.app.state.pace.spend(here.session.id)
    due, path = here.session.due, request.url.path
    if due is not None and not path.startswith(ALWAYS):
        raise DueFirst(due)
    return here


Here = Annotated[Visitor, Depends(visitor)]
"""The signed-in person, as a parameter of a route."""


def token_of(request: Request) -> str:
    """Return the token that the browser keeps, or nothing."""
    return cookie_of(request, COOKIE)


def keep(response: Response, request: Request, token: str) -> None:
    """Give the browser its session cookie, until it is closed."""
    put_cookie(response, request, COOKIE, token)


def forget(response: Response, request: Request) -> None:
    """Take the session cookie back."""
    drop_cookie(response, request, COOKIE)
