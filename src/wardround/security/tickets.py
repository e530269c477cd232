"""Tickets: what is remembered between two steps of signing in, for minutes, and used once."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from wardround.kernel import Clock, NotSignedIn, Noun, system_clock
from wardround.security.tables import tickets, utc

LIFE = timedelta(minutes=10)
"""How long a person may take for the next step."""


class Ticket(Noun):
    """What was remembered: whose it is, if that is known yet, and what the next step needs."""

    person: str | None
    data: dict[str, str]


class Tickets:
    """The tickets that are out, within one transaction; only their sha256 is stored."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def issue(
        self, purpose: str, person: str | None = None, data: dict[str, str] | None = None
    ) -> str:
        """Remember something for ``purpose``, and return the token that stands for it."""
        now = self._clock()
        self._tx.execute(delete(tickets).where(tickets.c.ends <= now))
        token = secrets.token_urlsafe(32)
        self._tx.execute(
            insert(tickets).values(
                token_sha256=_digest(token),
                purpose=purpose,
                person_id=person,
                data=data or {},
                ends=now + LIFE,
            )
        )
        return token

    def look(self, token: str, purpose: str) -> Ticket:
        """Return a ticket and leave it; raise ``NotSignedIn`` where it is over, or never was."""
        query = select(tickets).where(
            tickets.c.token_sha256 == _digest(token), tickets.c.purpose == purpose
        )
        row = self._tx.execute(query).one_or_none()
        left = timedelta(0) if row is None else utc(row.ends) - self._clock()
        # One that would last longer than any was made before the clock was set back.
        if row is None or not timedelta(0) < left <= LIFE:
            raise NotSignedIn("This took too long, or was done before.", mend="Sign in again.")
        return Ticket(person=row.person_id, data=row.data)

    def redeem(self, token: str, purpose: str) -> Ticket:
        """Return a ticket and take it; of two who come with it, one gets it."""
        ticket = self.look(token, purpose)
        taken = delete(tickets).where(tickets.c.token_sha256 == _digest(token))
        if self._tx.execute(taken).rowcount != 1:
            raise NotSignedIn("This was done before.", mend="Sign in again.")
        return ticket


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
