"""A simulated clinic: twelve weeks of ordinary reading.

Everything is drawn from one seed. The clinic's people read what their work needs: schedulers
tomorrow's patients, nurses and doctors today's, the coder those of yesterday. Family names are
drawn as the census has them, so that some people share theirs with patients by chance.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import names
import orjson

from wardround.database import Database
from wardround.kernel import Actor, Role
from wardround.record import Chart
from wardround.security import AuditTrail, People, Told

END = datetime(2026, 10, 3, tzinfo=UTC)
HISTORY, SPAN = 56, 30
VISITS = 9
"""Of each clinician on a weekday."""

STAFF = {
    "abara": ("Chidi Abara", Role.CLINICIAN),
    "lindqvist": ("Maja Lindqvist", Role.CLINICIAN),
    "ocampo": ("Luz Ocampo", Role.CLINICIAN),
    "taylor": ("Anne Taylor", Role.CLINICIAN),
    "raman": ("Priya Raman", Role.RESIDENT),
    "zwicker": ("Jo Zwicker", Role.NURSE),
    "adeyemi": ("Tom Adeyemi", Role.NURSE),
    "miller": ("Kay Miller", Role.NURSE),
    "quist": ("Pia Quist", Role.SCHEDULER),
    "whitfield": ("Sam Whitfield", Role.SCHEDULER),
    "fischer": ("Lena Fischer", Role.CODER),
}
CLINICIANS = ("abara", "lindqvist", "ocampo", "taylor")
NURSES = ("zwicker", "adeyemi", "miller")
SCHEDULERS = ("quist", "whitfield")
GIVEN = ("Ada", "Ben", "Cora", "Dev", "Elif", "Femi", "Gus", "Hana", "Ivo", "June", "Kofi", "Lea")
PURPOSE = {
    Role.SCHEDULER: "HOPERAT",
    Role.CODER: "HPAYMT",
}


class Planted(NamedTuple):
    """A snooper: who, of whom, and the rule that is to tell."""

    person: str
    patient: str | None
    rule: str


@dataclass
class Month:
    """The clinic as it is made; ``events`` are (when, what)."""

    random: random.Random
    patients: int = 420
    events: list[tuple[datetime, Told]] = field(default_factory=list)
    resources: list[dict[str, Any]] = field(default_factory=list)
    visited: dict[date, list[tuple[str, str, datetime]]] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    def actor(self, person: str) -> Actor:
        name, role = STAFF[person]
        return Actor(id=person, name=name, role=role, reference=f"Practitioner/{person}")

    def read(self, at: datetime, person: str, patient: str, **more: Any) -> None:
        purpose = PURPOSE.get(STAFF[person][1], "TREAT")
        told = {"entity": patient, "purpose": purpose, "action": "read", **more}
        self.events.append((at, Told(actor=self.actor(person), subject=patient, **told)))

    def denied(self, at: datetime, person: str, patient: str) -> None:
        detail = {"route": "chart.show", "method": "GET"}
        actor = self.actor(person)
        told = Told(action="denied", outcome="failure", actor=actor, subject=patient, detail=detail)
        self.events.append((at, told))

    def emergency(self, at: datetime, person: str, patient: str) -> None:
        self.read(at, person, patient, action="break-glass", entity="emergency/1", purpose="ETREAT")
        for minutes in (1, 4):
            self.read(at + timedelta(minutes=minutes), person, patient, purpose="ETREAT")


def days_of(month: int) -> Iterator[date]:
    for number in range(month, 0, -1):
        yield (END - timedelta(days=number)).date()


def at(day: date, hour: float) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)


def build(seed: int) -> Month:
    """Return the clinic of one seed."""
    month = Month(random.Random(seed))
    _people(month)
    for day in days_of(HISTORY + SPAN):
        if day.weekday() < 5:
            _book(month, day)
    for day in sorted(month.visited):
        _work(month, day)
    return month


def patient(number: int) -> str:
    return f"Patient/p{number}"


def _people(month: Month) -> None:
    file = Path(names.__file__).parent / "dist.all.last"
    lines = [line.split() for line in file.read_text("ascii").splitlines()[:8000]]
    families = month.random.choices(
        [line[0].title() for line in lines],
        weights=[float(line[1]) for line in lines],
        k=month.patients,
    )
    for number, family in enumerate(families):
        born = date(1935, 1, 1) + timedelta(days=month.random.randrange(30_000))
        month.resources.append(
            _human("Patient", f"p{number}", family, month.random.choice(GIVEN), born)
            | {
                "address": [{"line": [f"{number} Elm Street"], "postalCode": "55401"}],
                "telecom": [{"system": "phone", "value": f"+1-612-555-{number:04}"}],
            }
        )
    for person, (name, _) in STAFF.items():
        given, family = name.split()
        born = date(1980, 1, 1) + timedelta(days=month.random.randrange(5_000))
        month.resources.append(_human("Practitioner", person, family, given, born))
    _odd_ones(month)


def _odd_ones(month: Month) -> None:
    """Have some of the ordinary patients be of the kinds that the rules look at, by chance."""
    known = {one["id"]: one for one in month.resources}
    for number in (100, 101, 102):
        known[f"p{number}"]["meta"] = {"security": [{"code": "VIP"}]}
    for number, person in ((103, "whitfield"), (104, "abara")):
        known[f"p{number}"] |= {name: known[person][name] for name in ("name", "birthDate")}
    known["p105"]["deceasedDateTime"] = (END - timedelta(days=45)).date().isoformat()
    for number, family in ((106, "Quist"), (107, "Adeyemi"), (108, "Ocampo")):
        known[f"p{number}"]["name"][0]["family"] = family


def _human(kind: str, name: str, family: str, given: str, born: date) -> dict[str, Any]:
    return {
        "resourceType": kind,
        "id": name,
        "name": [{"family": family, "given": [given]}],
        "birthDate": born.isoformat(),
    }


def _book(month: Month, day: date) -> None:
    """Book the visits of a day: of each clinician's own patients, the first hundred of theirs."""
    free = list(range(20, month.patients))
    month.random.shuffle(free)
    for clinician in CLINICIANS:
        for slot in range(VISITS):
            own = next(n for n in free if n % len(CLINICIANS) == CLINICIANS.index(clinician))
            free.remove(own)
            begins = at(day, 8.5 + slot)
            month.visited.setdefault(day, []).append((clinician, patient(own), begins))
            month.resources.append(visit(f"{day}-{clinician}-{slot}", clinician, own, begins))


def visit(
    name: str, clinician: str, number: int, begins: datetime, status: str = "finished"
) -> dict[str, Any]:
    ends = begins + timedelta(minutes=30)
    return {
        "resourceType": "Encounter",
        "id": f"e-{name}",
        "status": status,
        "class": {"code": "AMB"},
        "subject": {"reference": patient(number)},
        "participant": [{"individual": {"reference": f"Practitioner/{clinician}"}}],
        "period": {"start": begins.isoformat(), "end": ends.isoformat()},
    }


def _work(month: Month, day: date) -> None:
    """What the people of the clinic read on a day."""
    dice, visits = month.random, month.visited[day]
    for number, (clinician, one, begins) in enumerate(visits):
        nurse = NURSES[number % len(NURSES)]
        minutes = dice.randrange(10)
        month.read(begins - timedelta(minutes=minutes + 5), nurse, one)
        month.read(begins - timedelta(minutes=minutes), clinician, one)
        draft = f"draft/{day}-{number}"
        month.read(begins + timedelta(minutes=25), clinician, one, entity=draft)
        late = dice.random() < 0.1
        signed = at(day, 19 + 2 * dice.random()) if late else begins + timedelta(minutes=40)
        month.read(signed, clinician, one, action="sign", entity=draft)
        if number % 4 == 0:
            month.read(begins, "raman", one)
    before = max((one for one in month.visited if one < day), default=None)
    for number, (_, one, _) in enumerate(month.visited.get(before, ()) if before else ()):
        month.read(at(day, 9 + number / 10), "fischer", one)
    after = min((one for one in month.visited if one > day), default=None)
    for number, (_, one, _) in enumerate(month.visited.get(after, ()) if after else ()):
        month.read(at(day, 8 + number / 6), SCHEDULERS[number % 2], one)
    if day >= (END - timedelta(days=SPAN)).date():
        _lists_and_slips(month, day)


def _lists_and_slips(month: Month, day: date) -> None:
    """Lists that everybody has open, names looked up, and clicks that were wrong."""
    dice, visits = month.random, month.visited[day]
    for person in (*CLINICIANS, *NURSES):
        among = {"among": str(len(visits))}
        for _, one, _ in visits:
            month.read(at(day, 7.5), person, one, detail=among)
    for _ in range(4):
        person = dice.choice((*CLINICIANS, *NURSES, *SCHEDULERS))
        month.read(
            at(day, 10 + 5 * dice.random()),
            person,
            patient(dice.randrange(20, month.patients)),
            detail={"as": "found"},
        )
    if dice.random() < 0.6:
        person = dice.choice((*CLINICIANS, *NURSES))
        month.denied(at(day, 11.5), person, patient(dice.randrange(20, month.patients)))
    if dice.random() < 0.1:
        person = dice.choice(CLINICIANS)
        month.emergency(at(day, 15.2), person, patient(dice.randrange(20, month.patients)))


WATCHED = patient(5)


def fill(database: Database, month: Month) -> list[Actor]:
    """Put the clinic into a database, and return its people."""
    people = [month.actor(person) for person in STAFF]
    with database.begin() as tx:
        entries = [
            {
                "resource": one,
                "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"},
            }
            for one in month.resources
        ]
        for start in range(0, len(entries), 1000):
            bundle = {"resourceType": "Bundle", "type": "transaction"}
            Chart(tx).transaction(orjson.dumps(bundle | {"entry": entries[start : start + 1000]}))
        for one in people:
            People(tx).add(one.id, one.name, one.role, one.reference, None)
        hand = [END]
        trail = AuditTrail(tx, lambda: hand[0])
        for moment, told in sorted(month.events, key=lambda one: one[0]):
            hand[0] = moment
            trail.record_many([told])
    return people
