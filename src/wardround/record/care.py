"""Who cares for whom, as the record has it: visits, care teams, a patient's own practitioner."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    bindparam,
    func,
    select,
    union,
)

from wardround.kernel import Clock, system_clock
from wardround.record.tables import index
from wardround.security import CareRelation

DAYS = 90
"""Days before and after a visit in which its people treat the patient, unless set otherwise."""

_NEAR = timedelta(days=1)
_VISITS = ("Encounter", "Appointment")
_OFF = ("cancelled", "noshow", "entered-in-error")
_OVER = ("inactive", "entered-in-error", "proposed")
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
        who = _who(person) | {"most": most}
        now = self._now
        asked = (
            (_theirs(), who | _time(now - self._window, now + self._window)),
            (_standing_of_all(), who),
            (_visited(), {"most": most} | _time(now - _NEAR, now + _NEAR)),
        )
        found = [
            one for query, values in asked for one in self._tx.execute(query, values).scalars()
        ]
        return [f"Patient/{one}" for one in dict.fromkeys(found)][:most]

    def _some(self, person: str, ids: list[str]) -> dict[str, CareRelation]:
        now = self._now
        values = _who(person) | {"ids": ids}
        window = _time(now - self._window, now + self._window)
        found = dict.fromkeys(ids, CareRelation())
        for row in self._tx.execute(_visits_of_some(), values | window):
            known = found[row.patient]
            found[row.patient] = known._replace(
                treats=known.treats or bool(row.theirs),
                expected=known.expected or _overlaps(row, now - _NEAR, now + _NEAR),
                seen=known.seen or _overlaps(row, now - self._window, now),
            )
        for one in self._tx.execute(_standing_of_some(), values).scalars():
            found[one] = found[one]._replace(treats=True)
        return found


# The queries are put together once: that costs more than to ask them.


@cache
def _visits_of_some() -> Select[Any]:
    """Return the visits of some patients within a time, and whether a person takes part."""
    whose, when = index.alias(), index.alias()
    return (
        _visits(whose, when)
        .with_only_columns(
            whose.c.value.label("patient"),
            when.c.low,
            when.c.high,
            _takes_part(whose).label("theirs"),
        )
        .where(whose.c.value.in_(bindparam("ids", expanding=True)))
    )


@cache
def _theirs() -> Select[Any]:
    """Return the patients of visits that a person takes part in, within a time, newest first."""
    whose, when = index.alias(), index.alias()
    return _latest(_visits(whose, when).where(_takes_part(whose)), whose, when)


@cache
def _visited() -> Select[Any]:
    """Return the patients of all visits within a time, newest first."""
    whose, when = index.alias(), index.alias()
    return _latest(_visits(whose, when), whose, when)


@cache
def _standing_of_some() -> Select[Any]:
    """Return those of some patients whom a person treats beside any visit."""
    team, patient = index.alias(), index.alias()
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    return _either(_teams(team).where(team.c.value.in_(ids)), _own(patient, patient.c.id.in_(ids)))


@cache
def _standing_of_all() -> Select[Any]:
    """Return the patients whom a person treats beside any visit."""
    return _either(_teams(index.alias()), _own(index.alias())).limit(bindparam("most"))


def _visits(whose: FromClause, when: FromClause) -> Select[Any]:
    """Return the visits that overlap a time: ``whose`` names the patient, ``when`` the time."""
    return (
        select(whose.c.value)
        .join(when, _same(whose, when))
        .where(
            whose.c.kind.in_(_VISITS),
            whose.c.name == "patient",
            whose.c.system == "Patient",
            when.c.name == "date",
            when.c.high >= bindparam("since"),
            when.c.low <= bindparam("until"),
            ~_has(whose, ("status",), lambda row: row.c.value.in_(_OFF)),
        )
    )


def _latest(visits: Select[Any], whose: FromClause, when: FromClause) -> Select[Any]:
    return (
        visits.with_only_columns(whose.c.value)
        .group_by(whose.c.value)
        .order_by(func.max(when.c.low).desc(), whose.c.value)
        .limit(bindparam("most"))
    )


def _teams(team: FromClause) -> Select[Any]:
    """Return the patients of care teams that a person is of."""
    return select(team.c.value.label("id")).where(
        team.c.kind == "CareTeam",
        team.c.name == "patient",
        team.c.system == "Patient",
        _takes_part(team),
        ~_has(team, ("status",), lambda row: row.c.value.in_(_OVER)),
    )


def _own(patient: FromClause, *more: _Condition) -> Select[Any]:
    """Return the patients whose own practitioner a person is."""
    return select(patient.c.id).where(
        patient.c.kind == "Patient",
        patient.c.name == "general-practitioner",
        _is_person(patient),
        *more,
    )


def _either(one: Select[Any], other: Select[Any]) -> Select[Any]:
    both = union(one, other).subquery()
    return select(both.c.id).order_by(both.c.id)


def _takes_part(of: FromClause) -> _Condition:
    return _has(of, ("participant", "actor"), _is_person)


def _has(of: FromClause, names: Sequence[str], met: _OfRow) -> _Condition:
    """Return whether a resource has a value, under one of these names, that meets a condition."""
    other = index.alias()
    within = select(other.c.row).where(_same(of, other), other.c.name.in_(names), met(other))
    return within.exists()


def _is_person(row: FromClause) -> _Condition:
    """Return whether a reference is to the person, or to a role that is theirs."""
    role = index.alias()
    kind: BindParameter[str] = bindparam("person_kind")
    name: BindParameter[str] = bindparam("person_id")
    roles = select(role.c.id).where(
        role.c.kind == "PractitionerRole",
        role.c.name == "practitioner",
        role.c.system == kind,
        role.c.value == name,
    )
    direct = (row.c.system == kind) & (row.c.value == name)
    return direct | ((row.c.system == "PractitionerRole") & row.c.value.in_(roles))


def _same(one: FromClause, other: FromClause) -> _Condition:
    return (one.c.kind == other.c.kind) & (one.c.id == other.c.id)


def _who(person: str) -> dict[str, Any]:
    kind, _, name = person.partition("/")
    return {"person_kind": kind, "person_id": name}


def _time(since: datetime, until: datetime) -> dict[str, Any]:
    return {"since": since.timestamp(), "until": until.timestamp()}


def _overlaps(row: Any, since: datetime, until: datetime) -> bool:
    return bool(row.low <= until.timestamp() and row.high >= since.timestamp())
