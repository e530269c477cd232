"""Who cares for whom, as the record has it: visits, care teams, a patient's own practitioner."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select, union

from wardround.kernel import Clock, system_clock
from wardround.record.tables import index
from wardround.security import CareRelation

DAYS = 90
"""Days before and after a visit in which its people treat the patient, unless set otherwise."""

_NEAR = timedelta(days=1)
_VISITS = ("Encounter", "Appointment")
_OFF = ("cancelled", "noshow", "entered-in-error")
_OVER = ("inactive", "entered-in-error", "proposed")
_TAKING_PART = ("participant", "actor")
_AT_ONCE = 500

_Condition = ColumnElement[bool]
_OfRow = Callable[[FromClause], _Condition]
"""A condition on one row of the index."""


class CareRelations:
    """Reads from the search index how people stand to patients; the ``Care`` of ``security``.

    A visit is an ``Encounter`` or ``Appointment`` that was not called off. Somebody takes part by
    their ``Practitioner`` or by a ``PractitionerRole`` of theirs.
    """

    def __init__(self, tx: Connection, clock: Clock = system_clock, days: int = DAYS) -> None:
        self._tx = tx
        self._now = clock()
        self._window = timedelta(days=days)

    def relations(self, person: str, patients: Iterable[str]) -> Mapping[str, CareRelation]:
        """Return how ``person`` (``Practitioner/1``) stands to each patient (``Patient/1``)."""
        found: dict[str, CareRelation] = {}
        ids = sorted({one.partition("/")[2] for one in patients})
        for start in range(0, len(ids), _AT_ONCE):
            for one, relation in self._some(person, ids[start : start + _AT_ONCE]).items():
                found[f"Patient/{one}"] = relation
        return found

    def panel(self, person: str, most: int) -> list[str]:
        """Return whom ``person`` treats, and then who is in the clinic these days."""
        whose, when = index.alias(), index.alias()
        theirs = _visits(whose, when, self._now - self._window, self._now + self._window)
        near = _visits(whose, when, self._now - _NEAR, self._now + _NEAR)
        latest = [
            query.with_only_columns(whose.c.value)
            .group_by(whose.c.value)
            .order_by(func.max(when.c.low).desc(), whose.c.value)
            .limit(most)
            for query in (theirs.where(_has(whose, _TAKING_PART, _is(person))), near)
        ]
        queries = latest[0], _standing(person, None).limit(most), latest[1]
        found = [one for query in queries for one in self._tx.execute(query).scalars()]
        return [f"Patient/{one}" for one in dict.fromkeys(found)][:most]

    def _some(self, person: str, ids: list[str]) -> dict[str, CareRelation]:
        now = self._now
        whose, when = index.alias(), index.alias()
        visits = _visits(whose, when, now - self._window, now + self._window).with_only_columns(
            whose.c.value.label("patient"),
            when.c.low,
            when.c.high,
            _has(whose, _TAKING_PART, _is(person)).label("theirs"),
        )
        found = dict.fromkeys(ids, CareRelation())
        for row in self._tx.execute(visits.where(whose.c.value.in_(ids))):
            known = found[row.patient]
            found[row.patient] = known._replace(
                treats=known.treats or bool(row.theirs),
                expected=known.expected or _overlaps(row, now - _NEAR, now + _NEAR),
                seen=known.seen or _overlaps(row, now - self._window, now),
            )
        for one in self._tx.execute(_standing(person, ids)).scalars():
            found[one] = found[one]._replace(treats=True)
        return found


def _visits(whose: FromClause, when: FromClause, since: datetime, until: datetime) -> Select[Any]:
    """Return the visits that overlap a time: ``whose`` names the patient, ``when`` the time."""
    return (
        select(whose.c.value)
        .join(when, _same(whose, when))
        .where(
            whose.c.kind.in_(_VISITS),
            whose.c.name == "patient",
            whose.c.system == "Patient",
            when.c.name == "date",
            when.c.high >= since.timestamp(),
            when.c.low <= until.timestamp(),
            ~_has(whose, ("status",), lambda row: row.c.value.in_(_OFF)),
        )
    )


def _standing(person: str, ids: Sequence[str] | None) -> Select[Any]:
    """Return those whose practitioner, or of whose care team, the person is; of ``ids`` if any."""
    team, patient = index.alias(), index.alias()
    of_team = select(team.c.value.label("id")).where(
        team.c.kind == "CareTeam",
        team.c.name == "patient",
        team.c.system == "Patient",
        _has(team, _TAKING_PART, _is(person)),
        ~_has(team, ("status",), lambda row: row.c.value.in_(_OVER)),
    )
    own = select(patient.c.id).where(
        patient.c.kind == "Patient", patient.c.name == "general-practitioner", _is(person)(patient)
    )
    if ids is not None:
        of_team = of_team.where(team.c.value.in_(ids))
        own = own.where(patient.c.id.in_(ids))
    both = union(of_team, own).subquery()
    return select(both.c.id).order_by(both.c.id)


def _overlaps(row: Any, since: datetime, until: datetime) -> bool:
    return bool(row.low <= until.timestamp() and row.high >= since.timestamp())


def _same(one: FromClause, other: FromClause) -> _Condition:
    return (one.c.kind == other.c.kind) & (one.c.id == other.c.id)


def _has(of: FromClause, names: Sequence[str], met: _OfRow) -> _Condition:
    """Return whether a resource has a value, under one of these names, that meets a condition."""
    other = index.alias()
    within = select(other.c.row).where(_same(of, other), other.c.name.in_(names), met(other))
    return within.exists()


def _is(person: str) -> _OfRow:
    """Return the condition that a reference is to a person, or to a role that is theirs."""
    kind, _, name = person.partition("/")
    role = index.alias()
    roles = select(role.c.id).where(
        role.c.kind == "PractitionerRole",
        role.c.name == "practitioner",
        role.c.system == kind,
        role.c.value == name,
    )

    def met(row: FromClause) -> _Condition:
        direct = (row.c.system == kind) & (row.c.value == name)
        return direct | ((row.c.system == "PractitionerRole") & row.c.value.in_(roles))

    return met
