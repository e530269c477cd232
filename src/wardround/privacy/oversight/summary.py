"""Who saw something of a patient, and of whom a person saw something: the trail, summed up.

Each line is one person and one patient. What was refused is counted beside what was opened, never
among it: a name in the list of those who saw must be somebody who did.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from wardround.kernel import InvalidInput, Noun
from wardround.privacy.oversight.known import Record
from wardround.privacy.oversight.thing import Thing, thing_of
from wardround.security import CareRelation, Glance, scan_trail

LONGEST = timedelta(days=6 * 366)
"""The trail goes back six years."""

STRANGER = CareRelation()


class Line(Noun):
    """What one person saw of one patient: how often, when, what, and what for."""

    person: str
    role: str
    patient: str
    count: int
    first: datetime
    last: datetime
    things: tuple[tuple[Thing, int], ...]
    purposes: tuple[str, ...]
    refused: int = 0

    @property
    def emergency(self) -> bool:
        """Whether some of it was by emergency access."""
        return "ETREAT" in self.purposes


class Stood(Noun):
    """How a person stood to a patient when they last opened something, and how they do now."""

    then: CareRelation
    now: CareRelation


def who_saw(tx: Connection, patient: str, since: datetime, until: datetime) -> list[Line]:
    """Return everybody who opened, or tried to open, something of a patient; the latest first."""
    _require_span(since, until)
    return _lines(scan_trail(tx, since, until, subject=patient))


def seen_by(tx: Connection, person: str, since: datetime, until: datetime) -> list[Line]:
    """Return every patient of whom a person opened, or tried to open, something."""
    _require_span(since, until)
    return _lines(scan_trail(tx, since, until, actor=person))


def stood(
    record: Record, lines: Iterable[Line], references: Mapping[str, str], now: datetime
) -> dict[tuple[str, str], Stood]:
    """Return how the person of each line stood to the patient, then and now.

    ``references`` are the people's FHIR resources by their ids. Whoever the clinic no longer knows
    is not in what is returned.
    """
    asked: dict[tuple[str, datetime], list[Line]] = {}
    for line in lines:
        if line.person in references:
            asked.setdefault((line.person, _noon(line.last)), []).append(line)
    found: dict[tuple[str, str], Stood] = {}
    for (person, at), some in asked.items():
        reference, patients = references[person], [line.patient for line in some]
        then = record.relations(reference, patients, at)
        today = record.relations(reference, patients, now)
        for one in patients:
            found[person, one] = Stood(then=then.get(one, STRANGER), now=today.get(one, STRANGER))
    return found


class _Sum:
    """One line while events are added to it."""

    def __init__(self, event: Glance) -> None:
        self.first = self.last = event.at
        self.role = event.role or ""
        self.count = self.refused = 0
        self.things: dict[Thing, int] = {}
        self.purposes: dict[str, None] = {}

    def add(self, event: Glance) -> None:
        self.last, self.role = event.at, event.role or self.role
        thing = thing_of(event)
        if thing is Thing.DENIED:
            self.refused += 1
            return
        self.count += 1
        self.things[thing] = self.things.get(thing, 0) + 1
        if event.purpose is not None:
            self.purposes[event.purpose] = None


def _lines(events: Iterable[Glance]) -> list[Line]:
    sums: dict[tuple[str, str], _Sum] = {}
    for event in events:
        if event.actor is None or event.subject is None:
            continue
        key = event.actor, event.subject
        if key not in sums:
            sums[key] = _Sum(event)
        sums[key].add(event)
    lines = [
        Line(
            person=person,
            role=one.role,
            patient=patient,
            count=one.count,
            first=one.first,
            last=one.last,
            things=tuple(sorted(one.things.items(), key=lambda pair: (-pair[1], pair[0]))),
            purposes=tuple(one.purposes),
            refused=one.refused,
        )
        for (person, patient), one in sums.items()
    ]
    return sorted(lines, key=lambda line: (line.last, line.person, line.patient), reverse=True)


def _noon(at: datetime) -> datetime:
    return at.replace(hour=12, minute=0, second=0, microsecond=0)


def _require_span(since: datetime, until: datetime) -> None:
    if not since < until:
        raise InvalidInput("The last day is before the first.", where="until")
    if until - since > LONGEST:
        raise InvalidInput("The audit trail goes back six years.", where="since")
