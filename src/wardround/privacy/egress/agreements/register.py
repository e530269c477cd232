"""The register: what was agreed with whom, by version; it leaves with all of them, by its time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Noun,
    system_clock,
)
from wardround.privacy.egress.agreements.agreement import Agreement, Standing, Terms
from wardround.privacy.egress.agreements.tables import agreements, documents
from wardround.security import AuditTrail, utc, vault_of

NOBODY = "-"
"""Whose data key seals the register: it belongs to no patient."""


class _Version(Noun):
    """What is sealed of one version."""

    terms: Terms
    terminated: date | None = None
    reason: str = ""
    change: str


class Agreements:
    """The register, within one transaction; every change is a new version, and audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def list(self) -> list[Agreement]:
        """Return every agreement as it stands, by party."""
        latest = (
            select(agreements.c.id, func.max(agreements.c.version).label("version"))
            .group_by(agreements.c.id)
            .subquery()
        )
        query = select(agreements).join(
            latest,
            (agreements.c.id == latest.c.id) & (agreements.c.version == latest.c.version),
        )
        counts = self._documents_by_agreement()
        found = [self._read(row, counts.get(row.id, 0)) for row in self._tx.execute(query)]
        return sorted(found, key=lambda one: (one.terms.party.casefold(), one.id))

    def find(self, agreement: str) -> Agreement:
        """Return one agreement as it stands; raise ``NotFound``."""
        return self.history(agreement)[0]

    def history(self, agreement: str) -> Sequence[Agreement]:
        """Return every version of an agreement, newest first; raise ``NotFound``."""
        query = select(agreements).where(agreements.c.id == agreement)
        count = self._documents_by_agreement().get(agreement, 0)
        rows = self._tx.execute(query.order_by(agreements.c.version.desc()))
        found = [self._read(row, count) for row in rows]
        if not found:
            raise NotFound("There is no such agreement.")
        return found

    def add(self, terms: Terms, by: Actor) -> Agreement:
        """Enter an agreement."""
        return self._keep(str(uuid4()), 1, _Version(terms=terms, change="entered"), by)

    def revise(self, agreement: str, version: int, terms: Terms, by: Actor) -> Agreement:
        """Change the terms of ``version``; raise ``Conflict`` where that is no longer the last."""
        now = self._standing(agreement, version)
        fresh = _Version(
            terms=terms, terminated=now.terminated, reason=now.reason, change="changed"
        )
        return self._keep(agreement, version + 1, fresh, by)

    def renew(self, agreement: str, version: int, until: date, by: Actor) -> Agreement:
        """Let an agreement run until ``until``; raise ``NotAllowed`` where it was terminated."""
        now = self._standing(agreement, version)
        if now.terminated is not None:
            raise NotAllowed("A terminated agreement is not renewed.", mend="Enter the new one.")
        ends = now.terms.expires
        if until <= max(self._today(), ends or now.terms.effective):
            raise InvalidInput("It must end later than it does now, and later than today.")
        terms = now.terms.model_copy(update={"expires": until})
        return self._keep(agreement, version + 1, _Version(terms=terms, change="renewed"), by)

    def terminate(
        self, agreement: str, version: int, day: date, reason: str, by: Actor
    ) -> Agreement:
        """End an agreement on ``day``, from whose beginning nothing more goes out under it."""
        now = self._standing(agreement, version)
        if now.terminated is not None and now.terminated <= self._today():
            raise Conflict("This agreement is terminated already.")
        if not reason.strip():
            raise InvalidInput("A termination has a reason.", where="reason")
        fresh = _Version(
            terms=now.terms, terminated=day, reason=reason.strip()[:1000], change="terminated"
        )
        return self._keep(agreement, version + 1, fresh, by)

    def over(self, before: datetime) -> Sequence[tuple[str, None]]:
        """Return the ids of agreements that ended, and were last changed, by then."""
        day = before.astimezone().date()
        return [
            (one.id, None)
            for one in self.list()
            if one.at < before and one.standing(day) in {Standing.EXPIRED, Standing.TERMINATED}
        ]

    def forget(self, agreement: str, before: datetime) -> bool:
        """Delete an agreement that was over by then, with its documents; return whether it was."""
        if (agreement, None) not in self.over(before):
            return False
        self._tx.execute(delete(documents).where(documents.c.agreement == agreement))
        self._tx.execute(delete(agreements).where(agreements.c.id == agreement))
        return True

    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _standing(self, agreement: str, version: int) -> Agreement:
        now = self.find(agreement)
        if now.version != version:
            raise _changed()
        return now

    def _keep(self, agreement: str, version: int, content: _Version, by: Actor) -> Agreement:
        place = f"agreement/{agreement}/{version}"
        sealed = vault_of(self._tx).seal(
            self._tx, NOBODY, content.model_dump_json().encode(), place
        )
        values = {"id": agreement, "version": version, "at": self._clock(), "by": by.id}
        try:
            self._tx.execute(insert(agreements).values(sealed=sealed, **values))
        except IntegrityError:
            raise _changed() from None
        AuditTrail(self._tx, self._clock).record(
            "add-agreement" if version == 1 else "change-agreement",
            "success",
            actor=by,
            entity=f"agreement/{agreement}",
            detail={"version": str(version), "change": content.change},
        )
        return self.find(agreement)

    def _read(self, row: Row[Any], count: int) -> Agreement:
        place = f"agreement/{row.id}/{row.version}"
        content = _Version.model_validate_json(vault_of(self._tx).open(self._tx, row.sealed, place))
        return Agreement(
            id=row.id,
            version=row.version,
            terms=content.terms,
            terminated=content.terminated,
            reason=content.reason,
            change=content.change,
            at=utc(row.at),
            by=row.by,
            documents=count,
        )

    def _documents_by_agreement(self) -> dict[str, int]:
        query = select(documents.c.agreement, func.count()).group_by(documents.c.agreement)
        return {row[0]: row[1] for row in self._tx.execute(query)}


def read_terms(**fields: Any) -> Terms:
    """Return terms from what a person typed; raise ``InvalidInput`` naming the field."""
    try:
        return Terms.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = str(first["loc"][0]) if first["loc"] else None
        what = first["msg"].removeprefix("Value error, ")
        raise InvalidInput(what, where=where) from None


def _changed() -> Conflict:
    return Conflict("Somebody changed this agreement meanwhile.", mend="Read it again first.")
