"""Signing in and out: the person, the session and the audit event, in the right transactions.

The password is checked in a read transaction, so that its slow hash never keeps a writer waiting.
"""

from wardround.database import Database
from wardround.kernel import Clock, NotSignedIn, system_clock
from wardround.security.audit.trail import AuditTrail
from wardround.security.people import People
from wardround.security.sessions import STALE, Limits, Session, Sessions


def sign_in(
    database: Database,
    username: str,
    password: str,
    clock: Clock = system_clock,
    limits: Limits | None = None,
) -> str:
    """Return the token of a new session; raise ``NotSignedIn``. Either way it is audited."""
    try:
        with database.read() as tx:
            actor = People(tx).authenticate(username, password)
    except NotSignedIn:
        _note_refusal(database, username, clock)
        raise
    with database.begin() as tx:
        People(tx).rehash(actor, password)
        AuditTrail(tx, clock).record("sign-in", "success", actor=actor)
        return Sessions(tx, clock, limits).open(actor)


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


def _note_refusal(database: Database, username: str, clock: Clock) -> None:
    with database.begin() as tx:
        known = People(tx).actor(username)
        reason = "unknown-username" if known is None else "wrong-password"
        AuditTrail(tx, clock).record("sign-in", "failure", actor=known, detail={"reason": reason})
