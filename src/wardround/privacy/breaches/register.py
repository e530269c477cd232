"""The register of breaches: every change is a new version, so that the burden of proof is met.

A clinic has to show that all notices were given, or that there was no breach (45 CFR 164.414(b)),
for six years (164.530(j)). Nothing is ever taken out.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    system_clock,
    worded,
)
from wardround.privacy.breaches.assessment import Assessment, Conclusion, Weighed
from wardround.privacy.breaches.duties import Stage, duties_of, stage_of
from wardround.privacy.breaches.incident import (
    Circumstances,
    Given,
    Incident,
    Kept,
    what_is_wrong,
)
from wardround.privacy.breaches.tables import breach_place, breaches
from wardround.privacy.disclosures import Disclosures, OfficialRequest
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

IMPERMISSIBLE = "Not permitted by the Privacy Rule"
"""Why a breach's disclosure was made, as the account of a patient says it."""

_VERSION = {"id", "version", "at", "by"}
"""What of an incident is not sealed."""


class Breaches:
    """The register, within one transaction; every change is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def list(self) -> list[Incident]:
        """Return every incident as it stands, the one discovered last first."""
        latest = (
            select(breaches.c.id, func.max(breaches.c.version).label("version"))
            .group_by(breaches.c.id)
            .subquery()
        )
        joined = (breaches.c.id == latest.c.id) & (breaches.c.version == latest.c.version)
        found = self._read(self._tx.execute(select(breaches).join(latest, joined)).all())
        return sorted(found, key=lambda one: (one.circumstances.discovered, one.id), reverse=True)

    def find(self, incident: str) -> Incident:
        """Return an incident as it stands; raise ``NotFound``."""
        return self.history(incident)[0]

    def history(self, incident: str) -> Sequence[Incident]:
        """Return every version of an incident, newest first; raise ``NotFound``."""
        query = select(breaches).where(breaches.c.id == incident)
        found = self._read(self._tx.execute(query.order_by(breaches.c.version.desc())).all())
        if not found:
            raise NotFound("There is no such incident.")
        return found

    def enter(self, circumstances: Circumstances, by: Actor) -> Incident:
        """Enter an incident; from its discovery on the clocks run."""
        self._require_past(circumstances)
        kept = Kept(circumstances=circumstances, change="entered")
        return self._keep(str(uuid4()), 1, kept, by)

    def revise(
        self, incident: str, version: int, circumstances: Circumstances, by: Actor
    ) -> Incident:
        """Change what is known of ``version``; raise ``Conflict`` where that is not the last."""
        now = self._standing(incident, version)
        self._require_past(circumstances)
        return self._change(now, by, "changed", circumstances=circumstances)

    def assess(
        self,
        incident: str,
        version: int,
        conclusion: Conclusion,
        reasons: str,
        factors: Sequence[Weighed],
        by: Actor,
    ) -> Incident:
        """Keep what an assessment came to; an earlier one stays in the history."""
        now = self._standing(incident, version)
        needed = {Conclusion.SECURED: False, Conclusion.BREACH: True}.get(conclusion)
        if needed is not None and needed is not now.circumstances.unsecured:
            raise InvalidInput(
                "The incident says otherwise of whether the PHI was unsecured.",
                where="conclusion",
                mend="Change the incident first.",
            )
        try:
            assessment = Assessment(
                conclusion=conclusion,
                reasons=reasons.strip(),
                factors=tuple(factors),
                by=by.id,
                at=self._clock(),
            )
        except ValidationError as error:
            raise what_is_wrong(error) from None
        return self._change(now, by, "assessed", assessment=assessment)

    def note_given(
        self, incident: str, version: int, duty: str, day: date, note: str, by: Actor
    ) -> Incident:
        """Keep that a notice was given on ``day``; said again, the last one counts."""
        now = self._standing(incident, version)
        if duty not in {one.key for one in duties_of(now, self._today())}:
            raise NotFound("There is no such notice to be given.")
        if day > self._today():
            raise InvalidInput("This day is still to come.", where="day")
        if day < now.circumstances.discovered:
            raise InvalidInput("That was before the discovery.", where="day")
        if any(one.day < day <= one.until for one in now.delays):
            raise NotAllowed(
                "An official had the notices put off on that day (45 CFR 164.412).", where="day"
            )
        one = Given(duty=duty, day=day, note=worded(note, "note"), by=by.id, at=self._clock())
        return self._change(now, by, "notified", given=(*now.given, one))

    def delay(self, incident: str, version: int, asked: OfficialRequest, by: Actor) -> Incident:
        """Keep that a law-enforcement official had the notices put off (164.412)."""
        now = self._standing(incident, version)
        return self._change(now, by, "delayed", delays=(*now.delays, asked))

    def account(self, incident: str, version: int, by: Actor) -> int:
        """Enter it in the account of disclosures of each patient named, once; return how many.

        It may be entered of a closed incident as well.
        """
        now = self._latest(incident, version)
        patients = now.to_account
        if not patients:
            raise Conflict("There is nobody left in whose account it is to be entered.")
        known = now.circumstances
        for one in patients:
            Disclosures(self._tx, self._clock).enter(
                one.patient,
                known.happened or known.discovered,
                known.recipient,
                ", ".join(known.kinds) or "Health information",
                IMPERMISSIBLE,
                by,
                known.recipient_address,
            )
        accounted = (*now.accounted, *(one.patient for one in patients))
        self._change(now, by, "accounted", accounted=accounted)
        return len(patients)

    def close(self, incident: str, version: int, why: str, by: Actor) -> Incident:
        """Close an incident that is no breach, or of which all notices were given."""
        now = self._standing(incident, version)
        stage = stage_of(now)
        if stage is Stage.OPEN:
            raise NotAllowed("It was not assessed yet.", mend="Assess it first.")
        if stage is Stage.BREACH:
            raise NotAllowed("Not every notice was given.", mend="Enter what was given first.")
        return self._change(now, by, "closed", closed=True, why=worded(why, "why"))

    def reopen(self, incident: str, version: int, why: str, by: Actor) -> Incident:
        """Open a closed incident again, with the reason."""
        now = self._latest(incident, version)
        if not now.closed:
            raise Conflict("This incident is open.")
        words = worded(why, "why", "Say why it is opened again.")
        return self._change(now, by, "reopened", closed=False, why=words)

    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _require_past(self, circumstances: Circumstances) -> None:
        told = circumstances.associate.told if circumstances.associate else None
        for name, day in (("discovered", circumstances.discovered), ("told", told)):
            if day is not None and day > self._today():
                raise InvalidInput("This day is still to come.", where=name)

    def _latest(self, incident: str, version: int) -> Incident:
        now = self.find(incident)
        if now.version != version:
            raise _changed()
        return now

    def _standing(self, incident: str, version: int) -> Incident:
        now = self._latest(incident, version)
        if now.closed:
            raise NotAllowed("This incident is closed.", mend="Open it again, with the reason.")
        return now

    def _change(self, now: Incident, by: Actor, change: str, **what: Any) -> Incident:
        kept = now.model_copy(update={"change": change, "why": "", **what})
        return self._keep(now.id, now.version + 1, kept, by)

    def _keep(self, incident: str, version: int, kept: Kept, by: Actor) -> Incident:
        sealed = vault_of(self._tx).seal(
            self._tx,
            NOBODY,
            kept.model_dump_json(exclude=_VERSION).encode(),
            breach_place(incident, version),
        )
        values = {"id": incident, "version": version, "at": self._clock(), "by": by.id}
        try:
            self._tx.execute(insert(breaches).values(sealed=sealed, **values))
        except IntegrityError:
            raise _changed() from None
        AuditTrail(self._tx, self._clock).record(
            "add-breach" if version == 1 else "change-breach",
            "success",
            actor=by,
            entity=f"breach/{incident}",
            purpose=PurposeOfUse.COMPLIANCE,
            detail={"version": str(version), "change": kept.change},
        )
        return self.find(incident)

    def _read(self, rows: Sequence[Row[Any]]) -> Sequence[Incident]:
        sealed = [(row.sealed, breach_place(row.id, row.version)) for row in rows]
        opened = vault_of(self._tx).open_all(self._tx, sealed) if sealed else []
        return [
            Incident(
                id=row.id,
                version=row.version,
                at=utc(row.at),
                by=row.by,
                **dict(Kept.model_validate_json(kept)),
            )
            for row, kept in zip(rows, opened, strict=True)
        ]


def _changed() -> Conflict:
    return Conflict("Somebody changed this incident meanwhile.", mend="Read it again first.")
