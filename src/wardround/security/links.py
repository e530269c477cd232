"""Who at the identity provider is who here.

A person is known by issuer and subject, which never change hands; a username is looked at once,
when somebody comes for the first time. No account is made unless a group of theirs gives a role,
and one with a password of its own is never taken over.
"""

import re
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from wardround.kernel import Actor, Clock, NotSignedIn, Role, system_clock
from wardround.security.audit.trail import AuditTrail
from wardround.security.people import People
from wardround.security.provider import Vouched
from wardround.security.tables import links
from wardround.security.vault import vault_of


class Links:
    """The people who sign in through the provider, within one transaction."""

    def __init__(
        self, tx: Connection, roles: Mapping[str, Role], clock: Clock = system_clock
    ) -> None:
        self._tx = tx
        self._roles = roles
        self._clock = clock
        self._people = People(tx, clock)

    def actor(self, person: Vouched) -> Actor:
        """Return who this is here; raise ``NotSignedIn`` where it is nobody."""
        role = self._role(person)
        lookup = vault_of(self._tx).blind("identity", f"{person.issuer}\0{person.subject}")
        query = select(links.c.person_id).where(links.c.lookup == lookup)
        known = self._tx.execute(query).scalar_one_or_none()
        actor = self._first_time(person, role) if known is None else self._people.find(known)
        if known is None:
            self._tx.execute(
                insert(links).values(lookup=lookup, person_id=actor.id, added=self._clock())
            )
            self._note("link-person", actor)
        if role is not None and role is not actor.role:
            self._people.set_role(actor, role)
            actor = actor.model_copy(update={"role": role})
            self._note("change-role", actor, role=role.value.replace(" ", "-"))
        return actor

    def _first_time(self, person: Vouched, role: Role | None) -> Actor:
        known = self._people.actor(person.username)
        if known is not None and self._may_link(known):
            return known
        if known is not None or role is None:
            raise NotSignedIn(
                "You have no account here that the identity provider opens.",
                mend="Ask an administrator.",
            )
        reference = f"Practitioner/{re.sub(r'[^A-Za-z0-9-]', '-', person.username)[:64]}"
        actor = self._people.add(person.username, person.name, role, reference, None)
        self._note("add-person", actor, role=role.value.replace(" ", "-"))
        return actor

    def _may_link(self, actor: Actor) -> bool:
        """Whether nobody else signs in as this person, neither by password nor as a subject."""
        taken = select(links.c.person_id).where(links.c.person_id == actor.id).limit(1)
        linked = self._tx.execute(taken).first() is not None
        return not linked and not self._people.has_password(actor)

    def _role(self, person: Vouched) -> Role | None:
        """Return the role of the first group in the clinic's own order that gives one."""
        return next((role for group, role in self._roles.items() if group in person.groups), None)

    def _note(self, action: str, about: Actor, **detail: str) -> None:
        AuditTrail(self._tx, self._clock).record(
            action, "success", actor=about, entity=about.reference, detail=detail
        )
