"""The register of cases: found by the rules, asked about, closed, and never taken out.

45 CFR 164.308(a)(1)(ii)(D) asks that records of activity be reviewed regularly, and 164.316(b) that
what was done be kept for six years. Nobody reviews what they opened themselves.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from wardround.kernel import Actor, Clock, Conflict, NotAllowed, NotFound, system_clock, worded
from wardround.privacy.oversight.activity import Key
from wardround.privacy.oversight.case import (
    CLOSED,
    WAITING,
    Case,
    Cleared,
    Step,
    Suspect,
    Verdict,
    together,
)
from wardround.privacy.oversight.rule import Reason
from wardround.privacy.oversight.tables import case_place, cases, step_place, steps
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

_MISSING = "Say in a few words what you found."
_RECENT = 500
"""Closed cases that tell how often a rule is cleared."""


class Cases:
    """The register, within one transaction; every change is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def keep(self, suspects: Iterable[Suspect]) -> int:
        """Keep what was found, and return how many cases are new; an open case grows."""
        new = 0
        for one in suspects:
            known = self._open_for(one)
            if known is None:
                self._open(one)
                new += 1
            else:
                self._grow(known, one)
        return new

    def judge(self, case: str, verdict: Verdict, note: str, by: Actor) -> Case:
        """Note that the person was asked, or close a case; what was not appropriate needs a note.

        Raise ``NotAllowed`` for one's own, ``Conflict`` where it was closed before.
        """
        found = self.find(case)
        if found.person == by.id:
            raise NotAllowed("Nobody reviews their own access.", mend="Somebody else does.")
        if verdict is Verdict.OPEN:
            raise NotAllowed("A case is not opened again.", mend="New events open a new one.")
        needed = verdict is Verdict.NOT_APPROPRIATE
        words = worded(note, "note", _MISSING if needed else None)
        values: dict[str, Any] = {"standing": verdict.value}
        if verdict.closes:
            values["open_for"] = None
        waits = cases.c.standing.in_([one.value for one in WAITING])
        query = update(cases).where(cases.c.id == case, waits).values(**values)
        if self._tx.execute(query).rowcount != 1:
            raise Conflict("This case was closed before.", mend="Reload the page.")
        self._step(case, verdict, words, by)
        AuditTrail(self._tx, self._clock).record(
            "review-access",
            "success",
            actor=by,
            subject=found.patient,
            entity=f"case/{case}",
            detail={"verdict": verdict.value},
            purpose=PurposeOfUse.COMPLIANCE,
        )
        return self.find(case)

    def find(self, case: str) -> Case:
        """Return one case with its steps; raise ``NotFound``."""
        row = self._tx.execute(select(cases).where(cases.c.id == case)).one_or_none()
        if row is None:
            raise NotFound("There is no such case.")
        return self._read([row])[0]

    def waiting(self, limit: int, offset: int = 0, since: datetime | None = None) -> list[Case]:
        """Return the cases that wait, worst first; of those with as many points the newest."""
        query = select(cases).where(cases.c.standing.in_([one.value for one in WAITING]))
        if since is not None:
            query = query.where(cases.c.last >= since)
        order = (cases.c.points.desc(), cases.c.last.desc(), cases.c.id)
        return self._read(self._tx.execute(query.order_by(*order).limit(limit).offset(offset)))

    def closed(self, limit: int, offset: int = 0) -> list[Case]:
        """Return the cases that are closed, those with the newest events first."""
        query = select(cases).where(cases.c.standing.in_([one.value for one in CLOSED]))
        order = (cases.c.last.desc(), cases.c.id)
        return self._read(self._tx.execute(query.order_by(*order).limit(limit).offset(offset)))

    def count(self, since: datetime | None = None) -> int:
        """Return how many cases wait."""
        query = select(func.count()).where(cases.c.standing.in_([one.value for one in WAITING]))
        if since is not None:
            query = query.where(cases.c.last >= since)
        return self._tx.execute(query).scalar_one()

    def before(self, case: Case) -> list[Case]:
        """Return closed cases of the same person and patient."""
        query = select(cases).where(
            cases.c.person == case.person,
            cases.c.patient.is_(None) if case.patient is None else cases.c.patient == case.patient,
            cases.c.standing.in_([one.value for one in CLOSED]),
        )
        return self._read(self._tx.execute(query.order_by(cases.c.last.desc()).limit(_RECENT)))

    def cleared(self) -> dict[str, Cleared]:
        """Return how often each rule led to nothing, by the last closed cases."""
        closed, fine = Counter[str](), Counter[str]()
        for case in self.closed(_RECENT):
            for reason in case.reasons:
                closed[reason.rule] += 1
                fine[reason.rule] += case.verdict is Verdict.APPROPRIATE
        return {
            rule: Cleared(rule=rule, closed=number, appropriate=fine[rule])
            for rule, number in closed.items()
        }

    def settled(self) -> dict[Key, int]:
        """Return up to which event each person and patient was reviewed: it is no case again."""
        query = (
            select(cases.c.person, cases.c.patient, func.max(cases.c.event))
            .where(cases.c.standing.in_([one.value for one in CLOSED]))
            .group_by(cases.c.person, cases.c.patient)
        )
        return {(person, patient): event for person, patient, event in self._tx.execute(query)}

    def _open_for(self, one: Suspect) -> Case | None:
        query = select(cases).where(cases.c.open_for == _key(one)).with_for_update()
        row = self._tx.execute(query).one_or_none()
        return None if row is None else self._read([row])[0]

    def _open(self, one: Suspect) -> None:
        case = str(uuid4())
        query = insert(cases).values(
            id=case,
            person=one.person,
            patient=one.patient,
            found=self._clock(),
            first=one.first,
            last=one.last,
            event=one.event,
            points=one.points,
            told=self._sealed(case_place(case), _written(one.reasons)),
            standing=Verdict.OPEN.value,
            open_for=_key(one),
        )
        try:
            with self._tx.begin_nested():
                self._tx.execute(query)
        except IntegrityError:  # two looked at once, on PostgreSQL
            raise Conflict(
                "Somebody else looked at the same time.", mend="Reload the page."
            ) from None

    def _grow(self, known: Case, one: Suspect) -> None:
        reasons = together(known.reasons, one.reasons)
        self._tx.execute(
            update(cases)
            .where(cases.c.id == known.id)
            .values(
                first=min(known.first, one.first),
                last=max(known.last, one.last),
                event=max(known.event, one.event),
                points=sum(reason.points for reason in reasons),
                told=self._sealed(case_place(known.id), _written(reasons)),
            )
        )

    def _step(self, case: str, verdict: Verdict, note: str, by: Actor) -> None:
        step = str(uuid4())
        self._tx.execute(
            insert(steps).values(
                id=step,
                case=case,
                at=self._clock(),
                by=by.id,
                standing=verdict.value,
                note=self._sealed(step_place(step), note.encode()),
            )
        )

    def _sealed(self, place: str, words: bytes) -> bytes:
        return vault_of(self._tx).seal(self._tx, NOBODY, words, place)

    def _read(self, found: Iterable[Row[Any]]) -> list[Case]:
        rows = list(found)
        told = self._opened([(row.told, case_place(row.id)) for row in rows])
        done = self._steps([row.id for row in rows])
        return [
            Case(
                id=row.id,
                person=row.person,
                patient=row.patient,
                found=utc(row.found),
                first=utc(row.first),
                last=utc(row.last),
                event=row.event,
                points=row.points,
                verdict=Verdict(row.standing),
                reasons=tuple(Reason.model_validate(one) for one in orjson.loads(plain)),
                steps=tuple(done.get(row.id, ())),
            )
            for row, plain in zip(rows, told, strict=True)
        ]

    def _steps(self, of: list[str]) -> dict[str, list[Step]]:
        query = select(steps).where(steps.c.case.in_(of)).order_by(steps.c.at, steps.c.id)
        rows = self._tx.execute(query).all() if of else []
        notes = self._opened([(row.note, step_place(row.id)) for row in rows])
        found: dict[str, list[Step]] = {}
        for row, note in zip(rows, notes, strict=True):
            step = Step(at=utc(row.at), by=row.by, verdict=Verdict(row.standing), note=note)
            found.setdefault(row.case, []).append(step)
        return found

    def _opened(self, sealed: list[tuple[bytes, str]]) -> list[bytes]:
        return vault_of(self._tx).open_all(self._tx, sealed) if sealed else []


def _key(one: Suspect) -> str:
    return f"{one.person} {one.patient or '-'}"


def _written(reasons: Iterable[Reason]) -> bytes:
    return orjson.dumps([one.model_dump(mode="json") for one in reasons])
