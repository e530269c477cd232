"""Signing in and out: the person, the session and the audit event, in the right transactions.

The password is checked in a read transaction, so that its slow hash never keeps a writer waiting.
"""

from wardround.database import Database
from wardround.kernel import Clock, NotFound, NotSignedIn, system_clock
from wardround.security.audit import AuditTrail
from wardround.security.people import People
from wardround.security.sessions import STALE, Limits, Session, Sessions


class Access:
    """What an interface does with a person: signs them in, knows them again, signs them out."""

    def __init__(
        self, database: Database, clock: Clock = system_clock, limits: Limits | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits or Limits()

    def sign_in(self, username: str, password: str) -> str:
        """Return the token of a new session; raise ``NotSignedIn``. Both are audited."""
        with self._database.read() as tx:
            try:
                actor = People(tx).authenticate(username, password)
            except NotSignedIn as error:
                wrong = error
            else:
                wrong = None
        if wrong is not None:
            self._refused(username)
            raise wrong
        with self._database.begin() as tx:
            People(tx).rehash(actor, password)
            AuditTrail(tx, self._clock).record("sign-in", "success", actor=actor)
            return Sessions(tx, self._clock, self._limits).open(actor)

    def resume(self, token: str) -> Session:
        """Return the open session of ``token``; raise ``NotSignedIn``. Most calls only read."""
        with self._database.read() as tx:
            session = Sessions(tx, self._clock, self._limits).look(token)
        if self._clock() - session.seen < STALE:
            return session
        with self._database.begin() as tx:
            return Sessions(tx, self._clock, self._limits).resume(token)

    def sign_out(self, token: str) -> None:
        """End the session of ``token``; where there is none, do nothing."""
        with self._database.begin() as tx:
            sessions = Sessions(tx, self._clock, self._limits)
            try:
                actor = sessions.look(token).actor
            except NotSignedIn:
                return
            sessions.close(token)
            AuditTrail(tx, self._clock).record("sign-out", "success", actor=actor)

    def _refused(self, username: str) -> None:
        with self._database.begin() as tx:
            try:
                actor, reason = People(tx).find(username), "wrong-password"
            except NotFound:
                actor, reason = None, "unknown-username"
            AuditTrail(tx, self._clock).record(
                "sign-in", "failure", actor=actor, detail={"reason": reason}
            )
