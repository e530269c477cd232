"""Whom a note is of, who wrote it, when and where: what stays the same from its head to its foot."""

import random
from dataclasses import dataclass
from datetime import date

from wardround.privacy.deid.evaluation.clinic import dates, numbers, places
from wardround.privacy.deid.evaluation.clinic.people import Person, somebody
from wardround.privacy.deid.evaluation.halves import Part

KIN = {"f": ("wife", "sister", "cousin"), "m": ("husband", "brother", "cousin")}
KIN_OF_THE_YOUNG = {"f": ("mother", "aunt", "grandmother"), "m": ("father", "uncle", "stepfather")}
KIN_OF_THE_OLD = {"f": ("daughter", "niece", "granddaughter"), "m": ("son", "nephew", "grandson")}


@dataclass(frozen=True)
class Scene:
    """One visit: its people, its place and day, and the habits of whoever writes."""

    rng: random.Random
    part: Part
    voice: bool
    age: int
    day: date
    born: date
    patient: Person
    kin: Person
    relation: str
    author: Person
    attending: Person
    primary: Person
    town: tuple[str, str, str]
    here: str
    mrn: str
    whole: str
    shortened: str
    phone: str


def scene(rng: random.Random, part: Part, ages: tuple[int, int], sex: str, voice: bool) -> Scene:
    """Return an invented visit of someone of such an age and sex."""
    age = rng.randint(*ages)
    if ages[1] > 60 and rng.random() < 0.13:
        age = rng.randint(90, 103)
    patient = somebody(rng, part, sex)
    last = patient.last if rng.random() < 0.5 else ""
    kin = somebody(rng, part, last=last)
    relations: tuple[str, ...] = (KIN_OF_THE_YOUNG if age < 45 else KIN_OF_THE_OLD)[kin.sex]
    if age > 18:
        relations += KIN[kin.sex]
    day = dates.visit_day(rng)
    return Scene(
        rng=rng,
        part=part,
        voice=voice,
        age=age,
        day=day,
        born=dates.born(day, age, rng),
        patient=patient,
        kin=kin,
        relation=rng.choice(relations),
        author=somebody(rng, part),
        attending=somebody(rng, part),
        primary=somebody(rng, part),
        town=places.town(rng, part),
        here=places.facility(rng, part, rng.choice(["hospital", "clinic"])),
        mrn=numbers.printed("mrn", rng, part),
        whole=rng.choice(dates.WHOLE),
        shortened=rng.choice(dates.SHORTENED),
        phone=rng.choice(numbers.PHONES[:-1]),
    )
