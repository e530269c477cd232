"""Signing in and out: the person, the session and the audit event, in the right transactions.

A password is checked in a read transaction, so that its slow hash never keeps a writer waiting.
Every way in ends in ``Door._admit``: it alone opens sessions, each under a token of its own.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from wardround.database import Database
from wardround.kernel import Actor, Clock, NotSignedIn, Role, TooManyAttempts, system_clock
from wardround.security.attempts import Attempts
from wardround.security.audit.trail import AuditTrail
from wardround.security.factors import Factors
from wardround.security.passkeys import Passkeys, Site
from wardround.security.people import People, canonical
from wardround.security.sessions import STALE, Due, Limits, Session, Sessions
from wardround.security.tickets import Tickets

_SECOND, _PASSKEY = "second-factor", "passkey"


class Place(NamedTuple):
    """Where somebody signs in: the address they come from, and what their browser calls itself."""

    source: str | None = None
    agent: str = ""


NOWHERE = Place()
"""Where nothing is known of the place."""


class Entry(NamedTuple):
    """How far somebody came: a session's ``token``, or a ``ticket`` for the second factor."""

    token: str | None = None
    ticket: str | None = None


@dataclass(frozen=True)
class Door:
    """The way in; those of a ``demanding`` role first set up a second factor."""

    database: Database
    clock: Clock = system_clock
    limits: Limits | None = None
    demanding: frozenset[Role] = field(default_factory=frozenset)

    def enter(self, username: str, password: str, place: Place = NOWHERE) -> Entry:
        """Check a password; raise ``NotSignedIn`` or ``TooManyAttempts``. All of it is audited."""
        known = canonical(username)
        self._count(known, place)
        try:
            with self.database.read() as tx:
                actor = People(tx, self.clock).authenticate(username, password)
        except NotSignedIn:
            self._note_refusal(known, "wrong-password")
            raise
        with self.database.begin() as tx:
            People(tx, self.clock).rehash(actor, password)
            return self._admit(tx, actor, "password", place)

    def prove(self, ticket: str, code: str, place: Place = NOWHERE) -> str:
        """Check the code that follows a password, and return the token of a new session."""
        with self.database.read() as tx:
            actor = self._awaited(tx, ticket)
        self._count(actor.id, place)
        with self.database.begin() as tx:
            used = Factors(tx, self.clock).use_code(actor, code)
            if used is not None:
                Tickets(tx, self.clock).redeem(ticket, _SECOND)
                return self._open(tx, actor, f"password.{used}", place)
        self._note_refusal(actor.id, "wrong-code")
        raise NotSignedIn(
            "The code is wrong, or was used before.", mend="Wait for the next one and type it."
        )

    def awaited(self, ticket: str) -> Actor:
        """Return whose second factor a ticket waits for; raise ``NotSignedIn``."""
        with self.database.read() as tx:
            return self._awaited(tx, ticket)

    def ask_passkey(self, site: Site, ticket: str | None) -> tuple[str, str]:
        """Return what a browser is asked for (JSON), and a ticket for its answer.

        With the ``ticket`` of a password it is for a second factor, without one for both.
        """
        with self.database.begin() as tx:
            actor = self._awaited(tx, ticket) if ticket else None
            asked = Passkeys(tx, site, self.clock).ask(actor)
            data = {"challenge": asked.challenge}
            person = None if actor is None else actor.id
            return asked.options, Tickets(tx, self.clock).issue(_PASSKEY, person, data)

    def enter_by_passkey(
        self,
        site: Site,
        ticket: str,
        answer: str,
        place: Place = NOWHERE,
    ) -> str:
        """Check what a browser answered, and return the token of a new session."""
        with self.database.begin() as tx:
            # Redeemed whatever comes of it: a challenge is answered once.
            asked = Tickets(tx, self.clock).redeem(ticket, _PASSKEY)
        alone = asked.person is None
        try:
            with self.database.begin() as tx:
                person = Passkeys(tx, site, self.clock).use(
                    asked.data["challenge"], answer, alone=alone
                )
                _require_same(asked.person, person)
                actor = People(tx, self.clock).find(person)
                return self._open(tx, actor, "passkey" if alone else "password.passkey", place)
        except NotSignedIn:
            self._note_refusal(asked.person or "", "wrong-passkey")
            raise

    def enter_from_provider(self, actor: Actor, place: Place, *, strong: bool) -> Entry:
        """Let in whom the identity provider named; ``strong`` says it saw two factors itself."""
        with self.database.begin() as tx:
            return self._admit(tx, actor, "provider", place, strong=strong)

    def resume(self, token: str) -> Session:
        """Return the open session of ``token``; raise ``NotSignedIn``. Most calls only read."""
        return resume(self.database, token, self.clock, self.limits)

    def due(self, tx: Connection, actor: Actor) -> Due | None:
        """Return what a person must do before anything else."""
        if People(tx, self.clock).must_change(actor):
            return Due.PASSWORD
        bare = actor.role in self.demanding and not Factors(tx, self.clock).of(actor)
        return Due.FACTOR if bare else None

    def _admit(
        self, tx: Connection, actor: Actor, method: str, place: Place, *, strong: bool = False
    ) -> Entry:
        People(tx, self.clock).require_enabled(actor)
        if Factors(tx, self.clock).of(actor) and not strong:
            # Failures stay counted until the second factor is there: who knows a password
            # could else try codes for ever.
            Attempts(tx, self.clock).refund(actor.id, place.source)
            return Entry(ticket=Tickets(tx, self.clock).issue(_SECOND, actor.id, {}))
        return Entry(token=self._open(tx, actor, method, place, strong=strong))

    def _open(
        self, tx: Connection, actor: Actor, method: str, place: Place, *, strong: bool = False
    ) -> str:
        People(tx, self.clock).require_enabled(actor)
        Attempts(tx, self.clock).succeeded(actor.id, place.source)
        due = self.due(tx, actor)
        if strong and due is Due.FACTOR:
            due = None
        AuditTrail(tx, self.clock).record(
            "sign-in", "success", actor=actor, detail={"method": method}
        )
        return Sessions(tx, self.clock, self.limits).open(actor, method, place.agent, due)

    def _awaited(self, tx: Connection, ticket: str) -> Actor:
        waiting = Tickets(tx, self.clock).look(ticket, _SECOND)
        return People(tx, self.clock).find(waiting.person or "")

    def _count(self, known: str, place: Place) -> None:
        try:
            with self.database.begin() as tx:
                Attempts(tx, self.clock).count(known, place.source)
        except TooManyAttempts:
            self._note_refusal(known, "too-many-attempts")
            raise

    def _note_refusal(self, known: str, reason: str) -> None:
        with self.database.begin() as tx:
            actor = People(tx, self.clock).actor(known) if known else None
            if actor is None and reason == "wrong-password":
                reason = "unknown-username"
            AuditTrail(tx, self.clock).record(
                "sign-in", "failure", actor=actor, detail={"reason": reason}
            )


def _require_same(asked: str | None, answered: str) -> None:
    """Raise ``NotSignedIn`` where somebody else answered than gave the password."""
    if asked not in {None, answered}:
        raise NotSignedIn("This passkey is somebody else's.", mend="Use your own.")


def sign_in(
    database: Database,
    username: str,
    password: str,
    clock: Clock = system_clock,
    limits: Limits | None = None,
) -> str:
    """Return the token of a new session for somebody whose password is all they need."""
    entry = Door(database, clock, limits).enter(username, password)
    if entry.token is None:
        raise NotSignedIn("A second factor is needed.", mend="Sign in through the pages.")
    return entry.token


def resume(
    database: Database, token: str, clock: Clock = system_clock, limits: Limits | None = None
) -> Session:
    """Return the open session of ``token``; raise ``NotSignedIn``. Most calls only read."""
    with database.read() as tx:
        session = Sessions(tx, clock, limits).look(token)
    if clock() - session.seen < STALE:
        return session
    with database.begin() as tx:
        return Sessions(tx, clock, limits).resume(token)


def sign_out(database: Database, token: str, clock: Clock = system_clock) -> None:
    """End the session of ``token``; where there is none, do nothing."""
    with database.begin() as tx:
        sessions = Sessions(tx, clock)
        actor = sessions.close(token)
        if actor is not None:
            AuditTrail(tx, clock).record("sign-out", "success", actor=actor)
