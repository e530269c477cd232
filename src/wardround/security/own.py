"""What people do with their own account: the password, second factors, where they are signed in.

Whoever changes how an account is entered proves once more that it is theirs, unless they have
just signed in (ASVS 5.0, 7.5.1); a session that gains or loses by it goes on under another token.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from wardround.kernel import Actor, Forbidden, NotSignedIn
from wardround.security.access import NOWHERE, Door, Place
from wardround.security.attempts import Attempts
from wardround.security.audit.trail import AuditTrail
from wardround.security.factors import FactorKind, Factors
from wardround.security.passkeys import Passkeys, Site
from wardround.security.people import People
from wardround.security.sessions import Session, Sessions
from wardround.security.tickets import Tickets

RECENT = timedelta(minutes=5)
"""How long after signing in nobody is asked for their password again."""

_NEW = "passkey-new"


class Changed(NamedTuple):
    """The session's new token, and recovery codes to show once where some were made."""

    token: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnAccount:
    """The account of whoever is signed in; ``token`` is that of their session."""

    door: Door
    session: Session
    token: str
    place: Place = NOWHERE

    @property
    def actor(self) -> Actor:
        """Whose it is."""
        return self.session.actor

    @property
    def recent(self) -> bool:
        """Whether they have just signed in."""
        age = self.door.clock() - self.session.opened
        return timedelta(0) <= age < RECENT

    def change_password(self, old: str, new: str) -> Changed:
        """Take another password, and end every other session."""
        self._prove(old, always=True)
        with self.door.database.begin() as tx:
            Sessions(tx, self.door.clock, self.door.limits).look(self.token)
            People(tx, self.door.clock).set_password(self.actor, new)
            self._note(tx, "change-password")
            return Changed(self._anew(tx, since=self.door.clock()))

    def begin_app(self, password: str) -> str:
        """Return a new secret for an authenticator app (base32)."""
        self._prove(password)
        with self.door.database.begin() as tx:
            return Factors(tx, self.door.clock).begin_app(self.actor)

    def confirm_app(self, code: str) -> Changed:
        """Take the new app into use with a code that it shows."""
        self._count()
        with self.door.database.begin() as tx:
            Factors(tx, self.door.clock).confirm_app(self.actor, code)
            Attempts(tx, self.door.clock).succeeded(self.actor.id, self.place.source)
            return self._with_factor(tx, FactorKind.APP)

    def begin_passkey(self, site: Site, password: str) -> tuple[str, str]:
        """Return what the browser is asked for (JSON), and a ticket for its answer."""
        self._prove(password)
        with self.door.database.begin() as tx:
            asked = Passkeys(tx, site, self.door.clock).ask_new(self.actor)
            data = {"challenge": asked.challenge}
            ticket = Tickets(tx, self.door.clock).issue(_NEW, self.actor.id, data)
            return asked.options, ticket

    def add_passkey(self, site: Site, ticket: str, name: str, answer: str) -> Changed:
        """Keep the passkey that the browser has made."""
        with self.door.database.begin() as tx:
            asked = Tickets(tx, self.door.clock).redeem(ticket, _NEW)
            if asked.person != self.actor.id:
                raise Forbidden("This was asked of somebody else.")
            passkeys = Passkeys(tx, site, self.door.clock)
            passkeys.add(self.actor, name, asked.data["challenge"], answer)
            return self._with_factor(tx, FactorKind.PASSKEY)

    def remove_factor(self, password: str, factor_id: str) -> Changed:
        """Remove an app or a passkey."""
        self._prove(password)
        with self.door.database.begin() as tx:
            removed = Factors(tx, self.door.clock).remove(self.actor, factor_id)
            self._note(tx, "remove-second-factor", kind=removed.kind)
            return Changed(self._anew(tx))

    def make_codes(self, password: str) -> Changed:
        """Make new recovery codes; those there were open nothing any more."""
        self._prove(password)
        with self.door.database.begin() as tx:
            codes = Factors(tx, self.door.clock).make_codes(self.actor)
            self._note(tx, "make-recovery-codes")
            return Changed(self.token, tuple(codes))

    def end_session(self, password: str, session_id: str) -> None:
        """Sign out elsewhere."""
        self._prove(password)
        with self.door.database.begin() as tx:
            Sessions(tx, self.door.clock).end(self.actor, session_id)
            self._note(tx, "end-session")

    def end_others(self, password: str) -> None:
        """Sign out everywhere else."""
        self._prove(password)
        with self.door.database.begin() as tx:
            Sessions(tx, self.door.clock).end_all(self.actor, but=self.token)
            self._note(tx, "end-session", which="all-others")

    def _with_factor(self, tx: Connection, kind: FactorKind) -> Changed:
        factors = Factors(tx, self.door.clock)
        codes = () if factors.codes_left(self.actor) else tuple(factors.make_codes(self.actor))
        self._note(tx, "add-second-factor", kind=kind)
        return Changed(self._anew(tx), codes)

    def _anew(self, tx: Connection, since: datetime | None = None) -> str:
        """Return the token under which this session goes on; its age is that of the last proof.

        Else somebody with a stolen session could keep it young, and never be asked for more.
        """
        sessions = Sessions(tx, self.door.clock, self.door.limits)
        due = self.door.due(tx, self.actor)
        sessions.close(self.token)
        known = self.session
        return sessions.open(
            self.actor, known.method, known.agent, due, since=since or known.opened
        )

    def _prove(self, password: str, *, always: bool = False) -> None:
        if self.recent and not always:
            return
        with self.door.database.read() as tx:
            local = People(tx).has_password(self.actor)
        if not local:
            raise NotSignedIn(
                "It is a while since you signed in.", mend="Sign out, sign in, and try again."
            )
        self._count()
        with self.door.database.read() as tx:
            proven = People(tx, self.door.clock).proves(self.actor, password)
        if not proven:
            with self.door.database.begin() as tx:
                AuditTrail(tx, self.door.clock).record(
                    "prove-password", "failure", actor=self.actor
                )
            raise Forbidden("This is not your password.", where="password", mend="Try again.")
        with self.door.database.begin() as tx:
            Attempts(tx, self.door.clock).succeeded(self.actor.id, self.place.source)

    def _count(self) -> None:
        with self.door.database.begin() as tx:
            Attempts(tx, self.door.clock).count(self.actor.id, self.place.source)

    def _note(self, tx: Connection, action: str, **detail: str) -> None:
        AuditTrail(tx, self.door.clock).record(action, "success", actor=self.actor, detail=detail)
