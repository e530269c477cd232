"""The register of complaints: every change is a new version, and nothing is ever taken out."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from wardround.governance.complaints.clocks import mdr_duties
from wardround.governance.complaints.complaint import (
    Complaint,
    Investigation,
    Kept,
    MdrDecision,
    ProblemReport,
    Reply,
    Review,
    Sent,
    read_noun,
)
from wardround.governance.complaints.tables import complaint_place, complaints
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
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

_VERSION = {"number", "version", "at", "by"}
"""What of a complaint is not sealed."""

_NUMBER = re.compile(r"WR-(\d{4})-(\d{4,8})", re.ASCII)
_TRIES = 5


class Complaints:
    """The register, within one transaction; every change is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def list(self) -> Sequence[Complaint]:
        """Return every complaint as it stands, the one received last first."""
        key = (complaints.c.year, complaints.c.serial)
        latest = (
            select(*key, func.max(complaints.c.version).label("version")).group_by(*key).subquery()
        )
        joined = (
            (complaints.c.year == latest.c.year)
            & (complaints.c.serial == latest.c.serial)
            & (complaints.c.version == latest.c.version)
        )
        query = select(complaints).join(latest, joined)
        newest = query.order_by(complaints.c.year.desc(), complaints.c.serial.desc())
        return self._read(self._tx.execute(newest).all())

    def find(self, number: str) -> Complaint:
        """Return a complaint as it stands; raise ``NotFound``."""
        return self.history(number)[0]

    def history(self, number: str) -> Sequence[Complaint]:
        """Return every version of a complaint, newest first; raise ``NotFound``."""
        found: Sequence[Complaint] = ()
        if parts := _NUMBER.fullmatch(number):
            whose = complaints.c.year == int(parts[1]), complaints.c.serial == int(parts[2])
            query = select(complaints).where(*whose).order_by(complaints.c.version.desc())
            found = self._read(self._tx.execute(query).all())
        if not found:
            raise NotFound("There is no such complaint.")
        return found

    def enter(self, report: ProblemReport, by: Actor) -> Complaint:
        """Enter a complaint under the next number of the year; from its receipt clocks run."""
        self._require_past(report.received, "received")
        kept, year = Kept(report=report, change="received"), self._today().year
        for _ in range(_TRIES):  # two who report at once want the same number
            highest = select(func.max(complaints.c.serial)).where(complaints.c.year == year)
            serial = (self._tx.execute(highest).scalar() or 0) + 1
            if self._insert(year, serial, 1, kept, by):
                return self.find(_number(year, serial))
        raise Conflict("Others reported at the same moment.", mend="Send it once more.")

    def review(self, number: str, version: int, by: Actor) -> Complaint:
        """Take a complaint up."""
        now = self._standing(number, version)
        if now.review is not None:
            raise Conflict("This complaint was taken up before.", mend="Reload the page.")
        return self._change(now, by, "reviewed", review=Review(by=by.id, at=self._clock()))

    def decide(self, number: str, version: int, by: Actor, **fields: Any) -> Complaint:
        """Keep whether it is to be reported, of an ``MdrDecision``'s fields; earlier ones stay."""
        now = self._reviewed(number, version)
        for name in ("aware", "haste_aware"):
            if fields.get(name) is not None:
                self._require_past(fields[name], name)
        decision = read_noun(MdrDecision, **fields, by=by.id, at=self._clock())
        return self._change(now, by, "decided", decision=decision)

    def investigate(self, number: str, version: int, by: Actor, **fields: Any) -> Complaint:
        """Keep what was found, or why nothing was looked for, of an ``Investigation``'s fields."""
        now = self._reviewed(number, version)
        investigation = read_noun(Investigation, **fields, by=by.id, at=self._clock())
        if investigation.similar:
            self._require_similar(number, investigation.similar)
        change = "investigated" if investigation.made else "not-investigated"
        return self._change(now, by, change, investigation=investigation)

    def reply(self, number: str, version: int, day: date, words: str, by: Actor) -> Complaint:
        """Keep what the complainant was told."""
        now = self._standing(number, version)
        self._require_past(day, "day", now.report.received)
        reply = read_noun(Reply, day=day, words=words, by=by.id, at=self._clock())
        return self._change(now, by, "replied", replies=(*now.replies, reply))

    def note_sent(
        self, number: str, version: int, duty: str, day: date, report_number: str, by: Actor
    ) -> Complaint:
        """Keep that a person sent a report that is due; said again, the last one counts."""
        now = self._standing(number, version)
        if now.decision is None or duty not in {one.key for one in mdr_duties(now)}:
            raise NotAllowed("No such report is due.", mend="Decide first what is reported.")
        self._require_past(day, "day", now.decision.aware)
        one = read_noun(
            Sent, duty=duty, day=day, number=report_number.strip(), by=by.id, at=self._clock()
        )
        return self._change(now, by, "sent", sent=(*now.sent, one))

    def close(self, number: str, version: int, why: str, by: Actor) -> Complaint:
        """Close a complaint of which everything is decided, looked into, and sent."""
        now = self._standing(number, version)
        if now.investigation is None:
            raise NotAllowed("It was not investigated, and no reason is given why not.")
        if now.decision is None:
            raise NotAllowed("Nobody decided yet whether it is to be reported.")
        if any(duty.sent is None for duty in mdr_duties(now)):
            raise NotAllowed("Not every report was sent.", mend="Enter what was sent first.")
        return self._change(now, by, "closed", closed=True, why=worded(why, "why"))

    def reopen(self, number: str, version: int, why: str, by: Actor) -> Complaint:
        """Open a closed complaint again, with the reason."""
        now = self._latest(number, version)
        if not now.closed:
            raise Conflict("This complaint is open.")
        words = worded(why, "why", "Say why it is opened again.")
        return self._change(now, by, "reopened", closed=False, why=words)

    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _require_past(self, day: date, where: str, since: date | None = None) -> None:
        if day > self._today():
            raise InvalidInput("This day is still to come.", where=where)
        if since is not None and day < since:
            raise InvalidInput("That was before anybody here knew of it.", where=where)

    def _require_similar(self, number: str, similar: str) -> None:
        try:
            other = self.find(similar)
        except NotFound:
            raise InvalidInput("There is no complaint of that number.", where="similar") from None
        looked_into = other.investigation is not None and other.investigation.made
        if other.number == number or not looked_into:
            raise InvalidInput("That complaint was not investigated.", where="similar")

    def _latest(self, number: str, version: int) -> Complaint:
        now = self.find(number)
        if now.version != version:
            raise _changed()
        return now

    def _standing(self, number: str, version: int) -> Complaint:
        now = self._latest(number, version)
        if now.closed:
            raise NotAllowed("This complaint is closed.", mend="Open it again, with the reason.")
        return now

    def _reviewed(self, number: str, version: int) -> Complaint:
        now = self._standing(number, version)
        if now.review is None:
            raise NotAllowed("Nobody took this complaint up yet.", mend="Take it up first.")
        return now

    def _change(self, now: Complaint, by: Actor, change: str, **what: Any) -> Complaint:
        kept = now.model_copy(update={"change": change, "why": "", **what})
        parts = _NUMBER.fullmatch(now.number)
        if parts is None or not self._insert(
            int(parts[1]), int(parts[2]), now.version + 1, kept, by
        ):
            raise _changed()
        return self.find(now.number)

    def _insert(self, year: int, serial: int, version: int, kept: Kept, by: Actor) -> bool:
        """Keep a version and tell the trail; return whether nobody else had been faster."""
        written = kept.model_dump_json(exclude=_VERSION).encode()
        place = complaint_place(year, serial, version)
        sealed = vault_of(self._tx).seal(self._tx, NOBODY, written, place)
        values = {"year": year, "serial": serial, "version": version}
        try:
            with self._tx.begin_nested():
                self._tx.execute(
                    insert(complaints).values(**values, at=self._clock(), by=by.id, sealed=sealed)
                )
        except IntegrityError:
            return False
        AuditTrail(self._tx, self._clock).record(
            "add-complaint" if version == 1 else "change-complaint",
            "success",
            actor=by,
            subject=kept.report.patient,
            entity=f"complaint/{_number(year, serial)}",
            purpose=PurposeOfUse.OPERATIONS,
            detail={"version": str(version), "change": kept.change},
        )
        return True

    def _read(self, rows: Sequence[Row[Any]]) -> Sequence[Complaint]:
        sealed = [(r.sealed, complaint_place(r.year, r.serial, r.version)) for r in rows]
        opened = vault_of(self._tx).open_all(self._tx, sealed) if sealed else []
        return [
            Complaint(
                number=_number(row.year, row.serial),
                version=row.version,
                at=utc(row.at),
                by=row.by,
                **dict(Kept.model_validate_json(kept)),
            )
            for row, kept in zip(rows, opened, strict=True)
        ]


def _number(year: int, serial: int) -> str:
    return f"WR-{year}-{serial:04}"


def _changed() -> Conflict:
    return Conflict("Somebody changed this complaint meanwhile.", mend="Read it again first.")
