"""People: who may sign in, and as what. A person's id is their username."""

import re
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, select, update

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    InvalidInput,
    NotFound,
    NotSignedIn,
    Role,
    system_clock,
)
from wardround.security import passwords
from wardround.security.strength import require_hard_to_guess
from wardround.security.tables import people, sessions, utc

HANDED_OUT = timedelta(days=7)
"""How long a password that was handed out opens the account (ASVS 5.0, 6.4.1)."""

_NONE = "!"
"""Stands in place of a hash for somebody without a password; nothing hashes to it."""

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.@_+-]{0,63}")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")


class People:
    """The people of the clinic, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def add(
        self,
        username: str,
        name: str,
        role: Role,
        reference: str,
        password: str | None,
        *,
        once: bool = False,
    ) -> Actor:
        """Add a person; ``reference`` is their FHIR resource, such as ``Practitioner/amara-osei``.

        Usernames are compared without regard to case. Without a password they sign in through
        the identity provider alone; ``once`` as for ``set_password``. Raise ``Conflict`` where
        the username is taken, ``InvalidInput`` where one of the parts will not do.
        """
        actor = _described(username, name, role, reference)
        if self._row(actor.id) is not None:
            raise Conflict("This username is taken.", where="username", mend="Choose another.")
        self._tx.execute(
            insert(people).values(
                **actor.model_dump(mode="json"),
                password=_NONE if password is None else _hashed(actor, password),
                added=self._clock(),
                must_change=self._clock() if once else None,
            )
        )
        return actor

    def set_password(self, actor: Actor, password: str, *, once: bool = False) -> None:
        """Give a person another password and end their sessions.

        ``once`` says that they must choose their own as soon as they have signed in with it.
        """
        fresh = _hashed(actor, password)
        must = self._clock() if once else None
        self._change(actor, password=fresh, must_change=must)
        self._tx.execute(delete(sessions).where(sessions.c.person_id == actor.id))

    def set_role(self, actor: Actor, role: Role) -> None:
        """Give a person another role; raise ``Conflict`` for the last administrator."""
        if role is not Role.ADMINISTRATOR:
            self._require_another_administrator(actor)
        self._change(actor, role=role.value)

    def disable(self, actor: Actor) -> None:
        """Let a person in no more, and end their sessions; what they did stays theirs."""
        self._require_another_administrator(actor)
        self._change(actor, disabled=self._clock())
        self._tx.execute(delete(sessions).where(sessions.c.person_id == actor.id))

    def enable(self, actor: Actor) -> None:
        """Let a person in again."""
        self._change(actor, disabled=None)

    def authenticate(self, username: str, password: str) -> Actor:
        """Return who this is, or raise ``NotSignedIn``; it takes as long for an unknown username.

        It only reads: ``sign_in`` does the whole of it.
        """
        row = self._row(canonical(username))
        stored = None if row is None or row.password == _NONE else row.password
        if not passwords.matches(stored, password) or row is None:
            raise NotSignedIn(
                "The username or the password is wrong.", mend="Check both and try again."
            )
        if row.disabled is not None:
            raise _disabled()
        if row.must_change is not None and self._clock() - utc(row.must_change) > HANDED_OUT:
            raise NotSignedIn("This password was handed out too long ago.", mend="Ask for another.")
        return actor_of(row)

    def proves(self, actor: Actor, password: str) -> bool:
        """Whether ``password`` is this person's."""
        row = self._row(actor.id)
        return row is not None and passwords.matches(row.password, password)

    def require_enabled(self, actor: Actor) -> None:
        """Raise ``NotSignedIn`` where a person may no longer sign in."""
        row = self._row(actor.id)
        if row is None or row.disabled is not None:
            raise _disabled()

    def must_change(self, actor: Actor) -> bool:
        """Whether a person has a password that was handed to them."""
        row = self._row(actor.id)
        return row is not None and row.must_change is not None

    def has_password(self, actor: Actor) -> bool:
        """Whether a person can sign in without the identity provider."""
        row = self._row(actor.id)
        return row is not None and row.password != _NONE

    def rehash(self, actor: Actor, password: str) -> None:
        """Hash the password anew if today's parameters are not those it was hashed with."""
        row = self._row(actor.id)
        if row is not None and passwords.outdated(row.password):
            fresh = passwords.hashed(password)
            self._tx.execute(update(people).where(people.c.id == actor.id).values(password=fresh))

    def actor(self, username: str) -> Actor | None:
        """Return who has this username, or nobody."""
        row = self._row(canonical(username))
        return None if row is None else actor_of(row)

    def find(self, person_id: str) -> Actor:
        """Return one person; raise ``NotFound``."""
        row = self._row(person_id)
        if row is None:
            raise NotFound("There is no such person.")
        return actor_of(row)

    def list(self) -> list[Actor]:
        """Return everybody, by name."""
        query = select(people).order_by(people.c.name, people.c.id)
        return [actor_of(row) for row in self._tx.execute(query)]

    def disabled(self) -> frozenset[str]:
        """Return the ids of those who may no longer sign in."""
        query = select(people.c.id).where(people.c.disabled.is_not(None))
        return frozenset(self._tx.execute(query).scalars())

    def added(self) -> dict[str, datetime]:
        """Return when each account was made."""
        query = select(people.c.id, people.c.added)
        return {person: utc(at) for person, at in self._tx.execute(query)}

    def handed_out(self) -> dict[str, datetime]:
        """Return since when each person has a password that was handed to them."""
        query = select(people.c.id, people.c.must_change).where(people.c.must_change.is_not(None))
        return {person: utc(at) for person, at in self._tx.execute(query)}

    def _change(self, actor: Actor, **values: object) -> None:
        self._tx.execute(update(people).where(people.c.id == actor.id).values(**values))

    def _require_another_administrator(self, actor: Actor) -> None:
        """Raise ``Conflict`` where nobody would be left who can let others in."""
        able = people.c.role == Role.ADMINISTRATOR, people.c.disabled.is_(None)
        # Locked, so that of two administrators who shut each other out one stays.
        query = select(people.c.id).where(*able).order_by(people.c.id).with_for_update()
        if list(self._tx.execute(query).scalars()) == [actor.id]:
            raise Conflict("This is the only administrator.", mend="Make somebody else one first.")

    def _row(self, person_id: str) -> Row[tuple[str, ...]] | None:
        return self._tx.execute(select(people).where(people.c.id == person_id)).one_or_none()


def actor_of(row: Row[tuple[str, ...]]) -> Actor:
    """Return the person of a row that has their columns."""
    return Actor(id=row.id, name=row.name, role=Role(row.role), reference=row.reference)


def canonical(username: str) -> str:
    """Return a username as it is compared: the same in any case and width."""
    return unicodedata.normalize("NFKC", username[:256]).strip().casefold()


def _hashed(actor: Actor, password: str) -> str:
    passwords.require_length(password)
    require_hard_to_guess(password, (actor.id, actor.name))
    return passwords.hashed(password)


def _disabled() -> NotSignedIn:
    return NotSignedIn("This account is closed.", mend="Ask an administrator.")


def _described(username: str, name: str, role: Role, reference: str) -> Actor:
    known = canonical(username)
    if not _USERNAME.fullmatch(known):
        raise InvalidInput(
            "A username has 1 to 64 letters, digits, or characters of . @ _ + - and no spaces.",
            where="username",
        )
    if not name.strip():
        raise InvalidInput("A person has a name.", where="name")
    if not _REFERENCE.fullmatch(reference):
        raise InvalidInput(
            "This is no FHIR reference.", where="reference", mend="Write Practitioner/ID."
        )
    return Actor(id=known, name=name.strip(), role=role, reference=reference)
