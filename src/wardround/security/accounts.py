"""Accounts, as an administrator keeps them; every change is audited in its own transaction."""

import secrets
from datetime import timedelta

from sqlalchemy import Connection

from wardround.kernel import Actor, Clock, Noun, Role, system_clock
from wardround.security.attempts import Attempts
from wardround.security.audit.trail import AuditTrail
from wardround.security.factors import Factors
from wardround.security.people import People, canonical
from wardround.security.sessions import Sessions

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like another on paper: i, l, o, 0, 1."""


class Account(Noun):
    """A person as the administrator sees them; ``locked`` is how long failures keep them out."""

    actor: Actor
    disabled: bool
    factors: int
    locked: timedelta


class Accounts:
    """Everybody's accounts, within one transaction; ``by`` is who changes them.

    ``by`` is None for whoever works at the machine itself, by the command line.
    """

    def __init__(self, tx: Connection, by: Actor | None, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._by = by
        self._clock = clock
        self._people = People(tx, clock)

    def list(self) -> list[Account]:
        """Return every account, by name."""
        disabled, counted = self._people.disabled(), Factors(self._tx, self._clock).counted()
        attempts = Attempts(self._tx, self._clock)
        return [
            Account(
                actor=actor,
                disabled=actor.id in disabled,
                factors=counted.get(actor.id, 0),
                locked=attempts.wait(actor.id),
            )
            for actor in self._people.list()
        ]

    def find(self, username: str) -> Actor:
        """Return whose account this is; raise ``NotFound``."""
        return self._people.find(canonical(username))

    def add(self, username: str, name: str, role: Role, reference: str) -> str:
        """Add a person, and return the password they sign in with once."""
        password = make_password()
        actor = self._people.add(username, name, role, reference, password, once=True)
        self._note("add-person", actor, role=_code(role))
        return password

    def change_role(self, actor: Actor, role: Role) -> None:
        """Give a person another role; they sign in anew, as that role demands."""
        self._people.set_role(actor, role)
        Sessions(self._tx, self._clock).end_all(actor)
        self._note("change-role", actor, role=_code(role))

    def disable(self, actor: Actor) -> None:
        """Let a person in no more."""
        self._people.disable(actor)
        self._note("disable-person", actor)

    def enable(self, actor: Actor) -> None:
        """Let a person in again."""
        self._people.enable(actor)
        self._note("enable-person", actor)

    def unlock(self, actor: Actor) -> None:
        """Forget somebody's failed attempts."""
        Attempts(self._tx, self._clock).unlock(actor.id)
        self._note("unlock-person", actor)

    def end_sessions(self, actor: Actor) -> None:
        """Sign somebody out everywhere."""
        Sessions(self._tx, self._clock).end_all(actor)
        self._note("end-session", actor, which="all")

    def reset(self, actor: Actor) -> str:
        """Take somebody's second factors away, and return a password to sign in with once."""
        password = make_password()
        self._people.set_password(actor, password, once=True)
        Factors(self._tx, self._clock).reset(actor)
        Attempts(self._tx, self._clock).unlock(actor.id)
        self._note("reset-person", actor)
        return password

    def _note(self, action: str, about: Actor, **detail: str) -> None:
        AuditTrail(self._tx, self._clock).record(
            action, "success", actor=self._by, entity=about.reference, detail=detail
        )


def make_password() -> str:
    """Return a password to hand to somebody: 16 characters, 79 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _code(role: Role) -> str:
    return role.value.replace(" ", "-")
