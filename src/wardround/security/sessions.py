"""Sessions: who is signed in, kept on the server; the browser holds a random token.

Only the token's sha256 is stored, so that a copy of the database opens no session. The limits
are those of NIST SP 800-63B-3 section 4.2.3 (assurance level 2): half an hour idle, twelve hours
in all, unless the clinic sets its own.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from wardround.kernel import Actor, Clock, NotSignedIn, Noun, system_clock
from wardround.security.people import actor_of
from wardround.security.tables import people, sessions, utc

STALE = timedelta(minutes=1)
"""How old the note of a session's last use may grow before it is written again."""


class Limits(Noun):
    """When a session ends: so long after its last use, and so long after it was opened."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


class Session(Noun):
    """An open session: who is signed in, and the CSRF token their forms must carry."""

    actor: Actor
    csrf: str
    opened: datetime
    seen: datetime


class Sessions:
    """The open sessions, within one transaction."""

    def __init__(
        self, tx: Connection, clock: Clock = system_clock, limits: Limits | None = None
    ) -> None:
        self._tx = tx
        self._clock = clock
        self._limits = limits or Limits()

    def open(self, actor: Actor) -> str:
        """Open a session and return its token: 256 random bits, safe in a cookie."""
        self.purge()
        token = secrets.token_urlsafe(32)
        now = self._clock()
        self._tx.execute(
            insert(sessions).values(
                token_sha256=_digest(token), person_id=actor.id, opened=now, seen=now
            )
        )
        return token

    def look(self, token: str) -> Session:
        """Return the open session of ``token`` without noting its use; raise ``NotSignedIn``."""
        row = self._row(token)
        if row is None:
            raise NotSignedIn("Nobody is signed in.", mend="Sign in.")
        opened, seen, now = utc(row.opened), utc(row.seen), self._clock()
        if now - seen >= self._limits.idle or now - opened >= self._limits.absolute:
            raise NotSignedIn("The session has ended.", mend="Sign in again.")
        return Session(actor=actor_of(row), csrf=_csrf(token), opened=opened, seen=seen)

    def resume(self, token: str) -> Session:
        """Return the open session of ``token`` and note its use; raise ``NotSignedIn``.

        Use is noted to the minute, so that most requests write nothing.
        """
        session = self.look(token)
        now = self._clock()
        if now - session.seen < STALE:
            return session
        known = sessions.c.token_sha256 == _digest(token)
        self._tx.execute(update(sessions).where(known).values(seen=now))
        return session.model_copy(update={"seen": now})

    def close(self, token: str) -> Actor | None:
        """End the session of ``token`` and return whose it was, if there was one."""
        row = self._row(token)
        if row is None:
            return None
        self._tx.execute(delete(sessions).where(sessions.c.token_sha256 == _digest(token)))
        return actor_of(row)

    def purge(self) -> int:
        """Remove the sessions that have ended and return how many."""
        now = self._clock()
        ended = or_(
            sessions.c.seen <= now - self._limits.idle,
            sessions.c.opened <= now - self._limits.absolute,
        )
        return self._tx.execute(delete(sessions).where(ended)).rowcount

    def _row(self, token: str) -> Row[tuple[str, ...]] | None:
        query = (
            select(people, sessions.c.opened, sessions.c.seen)
            .join(sessions, sessions.c.person_id == people.c.id)
            .where(sessions.c.token_sha256 == _digest(token))
        )
        return self._tx.execute(query).one_or_none()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _csrf(token: str) -> str:
    return hmac.new(token.encode(), b"wardround csrf", hashlib.sha256).hexdigest()
