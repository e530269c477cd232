"""Attempts to sign in: counted for each username and each address, with waits that double.

NIST SP 800-63B-4 section 3.2.2 allows at most 100 failures in a row for an account; with these
waits an account takes about thirty in a day. An attempt is counted before the password is looked
at, so that many at once are no way around it, and a username nobody has is counted just the same.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from wardround.kernel import Clock, TooManyAttempts, system_clock
from wardround.security.tables import attempts, utc
from wardround.security.vault import vault_of


class Allowance(NamedTuple):
    """How many failures are free, the first wait after them, the longest, and when all is over."""

    free: int
    first: timedelta
    longest: timedelta
    forgotten: timedelta

    def wait(self, count: int) -> timedelta:
        """Return how long to wait after so many failures; it doubles with each."""
        over = count - self.free
        if over < 0:
            return timedelta(0)
        return min(self.longest, self.first * (1 << min(over, 30)))


ACCOUNT = Allowance(5, timedelta(seconds=30), timedelta(hours=1), timedelta(days=1))
"""The fifth failure brings half a minute, the sixth a minute, the twelfth the full hour."""
SOURCE = Allowance(50, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1))
"""A whole clinic may share one address, so an address may fail more often."""

_SLACK = timedelta(minutes=5)
"""How far the clocks of two servers may be apart."""

_KINDS = {"account": ACCOUNT, "source": SOURCE}


class Attempts:
    """The failures of late, within one transaction; usernames stand there as keyed hashes only."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def count(self, username: str, source: str | None) -> None:
        """Count an attempt as a failure until it succeeds; raise ``TooManyAttempts``."""
        now = self._clock()
        over = attempts.c.last < now - ACCOUNT.forgotten
        self._tx.execute(delete(attempts).where(over))
        whose = [("account", username)] + ([("source", _near(source))] if source else [])
        # Always in this order, so that no two wait for each other.
        states = [(kind, *self._taken(self._key(kind, value))) for kind, value in whose]
        wait = max(wait for *_, wait in states)
        if wait > timedelta(0):
            raise TooManyAttempts(
                f"Too many attempts have failed. Wait {_words(wait)} before the next.",
                mend="An administrator can let you in sooner.",
            )
        for kind, key, count, _ in states:
            following = _KINDS[kind].wait(count + 1)
            self._tx.execute(
                update(attempts)
                .where(attempts.c.key == key)
                .values(failures=count + 1, last=now, until=now + following if following else None)
            )

    def succeeded(self, username: str, source: str | None) -> None:
        """Forget the failures of an account, and take the attempt off those of its address."""
        self.unlock(username)
        if source:
            self._fewer("source", _near(source))

    def refund(self, username: str, source: str | None) -> None:
        """Take one attempt back that did not fail, and is not over either."""
        self._fewer("account", username)
        if source:
            self._fewer("source", _near(source))

    def unlock(self, username: str) -> None:
        """Forget the failures of an account."""
        key = self._key("account", username)
        self._tx.execute(delete(attempts).where(attempts.c.key == key))

    def wait(self, username: str) -> timedelta:
        """Return how long an account is locked from now."""
        key = self._key("account", username)
        row = self._tx.execute(select(attempts).where(attempts.c.key == key)).one_or_none()
        return timedelta(0) if row is None else self._left(row.last, row.until)

    def _key(self, kind: str, value: str) -> str:
        return vault_of(self._tx).blind(f"sign-in {kind}", value)

    def _fewer(self, kind: str, value: str) -> None:
        known = attempts.c.key == self._key(kind, value)
        fewer = update(attempts).where(known, attempts.c.failures > 0)
        self._tx.execute(fewer.values(failures=attempts.c.failures - 1, until=None))

    def _taken(self, key: str) -> tuple[str, int, timedelta]:
        """Lock the row of ``key``, and return it with its count and how long to wait."""
        now = self._clock()
        dialect = sqlite if self._tx.dialect.name == "sqlite" else postgresql
        self._tx.execute(
            dialect.insert(attempts).values(key=key, failures=0, last=now).on_conflict_do_nothing()
        )
        query = select(attempts).where(attempts.c.key == key).with_for_update()
        row = self._tx.execute(query).one()
        return key, row.failures, self._left(row.last, row.until)

    def _left(self, last: datetime, until: datetime | None) -> timedelta:
        """Return how long it is until ``until``; a failure yet to come was before a set clock."""
        now = self._clock()
        if until is None or utc(last) > now + _SLACK:
            return timedelta(0)
        return max(timedelta(0), utc(until) - now)


def _near(source: str) -> str:
    """Return an address as it is counted: of IPv6 a whole network of 64 bits belongs to one."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def _words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 90:
        return f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"
