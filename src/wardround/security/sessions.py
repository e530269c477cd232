"""Sessions: who is signed in, kept on the server; the browser holds a random token.

Only the token's sha256 is stored, so that a copy of the database opens no session. The limits
are those of NIST SP 800-63B-3 section 4.2.3 (assurance level 2): half an hour idle, twelve hours
in all, unless the clinic sets its own.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from wardround.kernel import Actor, Clock, NotSignedIn, Noun, system_clock
from wardround.security.people import actor_of
from wardround.security.tables import people, sessions, utc

STALE = timedelta(minutes=1)
"""How old the note of a session's last use may grow before it is written again."""

_SLACK = timedelta(minutes=5)
"""How far the clocks of two servers may be apart."""
_ID = 16
"""Hexadecimal digits of a session's hash that tell it from others."""


class Limits(Noun):
    """When a session ends: so long after its last use, and so long after it was opened."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


class Due(StrEnum):
    """What a person must do before anything else."""

    PASSWORD = "password"  # noqa: S105 (a password of their own, in place of the one handed out)
    FACTOR = "factor"


class Session(Noun):
    """An open session: who is signed in, and the CSRF token their forms must carry.

    ``id`` tells it from others and opens nothing. ``method`` is how they signed in, such as
    ``password+app``; ``agent`` is what their browser calls itself, to recognise the place by.
    """

    id: str
    actor: Actor
    csrf: str
    opened: datetime
    seen: datetime
    method: str = ""
    agent: str = ""
    due: Due | None = None


class Sessions:
    """The open sessions, within one transaction."""

    def __init__(
        self, tx: Connection, clock: Clock = system_clock, limits: Limits | None = None
    ) -> None:
        self._tx = tx
        self._clock = clock
        self._limits = limits or Limits()

    def open(
        self,
        actor: Actor,
        method: str = "",
        agent: str = "",
        due: Due | None = None,
        since: datetime | None = None,
    ) -> str:
        """Open a session and return its token: 256 random bits, safe in a cookie.

        ``since`` is when the session began that it takes the place of.
        """
        self.purge()
        token = secrets.token_urlsafe(32)
        now = self._clock()
        self._tx.execute(
            insert(sessions).values(
                token_sha256=_digest(token),
                person_id=actor.id,
                opened=since or now,
                seen=now,
                method=method,
                agent=agent[:64],
                due=due,
            )
        )
        return token

    def look(self, token: str) -> Session:
        """Return the open session of ``token`` without noting its use; raise ``NotSignedIn``."""
        row = self._row(token)
        if row is None:
            raise NotSignedIn("Nobody is signed in.", mend="Sign in.")
        session = self._session(row, _csrf(token))
        if self._over(session) or row.disabled is not None:
            raise NotSignedIn("The session has ended.", mend="Sign in again.")
        return session

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

    def of(self, actor: Actor) -> list[Session]:
        """Return the open sessions of a person, the latest used first; none can be used as is."""
        query = self._joined().where(people.c.id == actor.id).order_by(sessions.c.seen.desc())
        found = (self._session(row, "") for row in self._tx.execute(query))
        return [session for session in found if not self._over(session)]

    def end(self, actor: Actor, session_id: str) -> None:
        """End one session of a person; where there is none, do nothing."""
        theirs = sessions.c.person_id == actor.id
        known = sessions.c.token_sha256.startswith(session_id, autoescape=True)
        if len(session_id) == _ID:
            self._tx.execute(delete(sessions).where(theirs, known))

    def end_all(self, actor: Actor, but: str = "") -> int:
        """End the sessions of a person, but for that of the token ``but``; return how many."""
        theirs, kept = sessions.c.person_id == actor.id, sessions.c.token_sha256 == _digest(but)
        return self._tx.execute(delete(sessions).where(theirs, ~kept)).rowcount

    def purge(self) -> int:
        """Remove the sessions that have ended and return how many."""
        now = self._clock()
        ended = or_(
            sessions.c.seen <= now - self._limits.idle,
            sessions.c.opened <= now - self._limits.absolute,
        )
        return self._tx.execute(delete(sessions).where(ended)).rowcount

    def _row(self, token: str) -> Row[tuple[str, ...]] | None:
        query = self._joined().where(sessions.c.token_sha256 == _digest(token))
        return self._tx.execute(query).one_or_none()

    def _joined(self) -> Select[tuple[str, ...]]:
        kept = [column for column in sessions.c if column.name != "person_id"]
        return select(people, *kept).join(sessions, sessions.c.person_id == people.c.id)

    def _session(self, row: Row[tuple[str, ...]], csrf: str) -> Session:
        return Session(
            id=row.token_sha256[:_ID],
            actor=actor_of(row),
            csrf=csrf,
            opened=utc(row.opened),
            seen=utc(row.seen),
            method=row.method or "",
            agent=row.agent or "",
            due=row.due and Due(row.due),
        )

    def _over(self, session: Session) -> bool:
        now = self._clock()
        # A use yet to come: the clock was set back, and how long it has been is not known.
        ahead = session.seen > now + _SLACK
        idle, age = now - session.seen, now - session.opened
        return ahead or idle >= self._limits.idle or age >= self._limits.absolute


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _csrf(token: str) -> str:
    return hmac.new(token.encode(), b"wardround csrf", hashlib.sha256).hexdigest()
