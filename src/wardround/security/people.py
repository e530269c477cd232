"""People: who may sign in, and as what. A person's id is their username."""

import re
import unicodedata

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
from wardround.security.tables import people, sessions

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.@_+-]{0,63}")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")


class People:
    """The people of the clinic, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def add(self, username: str, name: str, role: Role, reference: str, password: str) -> Actor:
        """Add a person; ``reference`` is their FHIR resource, such as ``Practitioner/amara-osei``.

        Usernames are compared without regard to case. Raise ``Conflict`` where the username is
        taken, ``InvalidInput`` where one of the parts will not do.
        """
        actor = _described(username, name, role, reference)
        if self._row(actor.id) is not None:
            raise Conflict("This username is taken.", where="username", mend="Choose another.")
        self._tx.execute(
            insert(people).values(
                **actor.model_dump(mode="json"),
                password=passwords.hashed(password),
                added=self._clock(),
            )
        )
        return actor

    def set_password(self, actor: Actor, password: str) -> None:
        """Give a person another password and end their sessions."""
        fresh = passwords.hashed(password)
        self._tx.execute(update(people).where(people.c.id == actor.id).values(password=fresh))
        self._tx.execute(delete(sessions).where(sessions.c.person_id == actor.id))

    def authenticate(self, username: str, password: str) -> Actor:
        """Return who this is, or raise ``NotSignedIn``; it takes as long for an unknown username.

        It only reads: ``sign_in`` does the whole of it.
        """
        row = self._row(_canonical(username))
        if not passwords.matches(row.password if row else None, password) or row is None:
            raise NotSignedIn(
                "The username or the password is wrong.", mend="Check both and try again."
            )
        return actor_of(row)

    def rehash(self, actor: Actor, password: str) -> None:
        """Hash the password anew if today's parameters are not those it was hashed with."""
        row = self._row(actor.id)
        if row is not None and passwords.outdated(row.password):
            fresh = passwords.hashed(password)
            self._tx.execute(update(people).where(people.c.id == actor.id).values(password=fresh))

    def actor(self, username: str) -> Actor | None:
        """Return who has this username, or nobody."""
        row = self._row(_canonical(username))
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

    def _row(self, person_id: str) -> Row[tuple[str, ...]] | None:
        return self._tx.execute(select(people).where(people.c.id == person_id)).one_or_none()


def actor_of(row: Row[tuple[str, ...]]) -> Actor:
    """Return the person of a row that has their columns."""
    return Actor(id=row.id, name=row.name, role=Role(row.role), reference=row.reference)


def _canonical(username: str) -> str:
    return unicodedata.normalize("NFKC", username[:256]).strip().casefold()


def _described(username: str, name: str, role: Role, reference: str) -> Actor:
    known = _canonical(username)
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
