"""One story: who is in it, where and when, and what a carrier's slots say of it."""

import random
import re
from collections.abc import Callable
from datetime import timedelta

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.spoken import number, read_address, read_out
from wardround.privacy.deid.evaluation.voices import figures, people, places
from wardround.privacy.deid.evaluation.voices.lists import entries, kinds_of, pick
from wardround.privacy.deid.evaluation.voices.people import Person
from wardround.privacy.deid.evaluation.voices.style import Style
from wardround.privacy.deid.kind import Kind

_SLOT = re.compile(r"\{([\w.]+)\}")
_KIN = {"rel": "kin", "rel2": "kin2", "rel3": "kin3"}
_CODES = {
    "acct": ("account", Kind.ACCOUNT),
    "bio": ("bio", Kind.BIOMETRIC),
    "dea": ("dea", Kind.LICENCE),
    "device": ("device", Kind.DEVICE),
    "fax": ("phone", Kind.FAX),
    "ip": ("ip", Kind.IP),
    "lic": ("licence", Kind.LICENCE),
    "mrn": ("mrn", Kind.MRN),
    "npi": ("npi", Kind.LICENCE),
    "other": ("other", Kind.OTHER),
    "phone": ("phone", Kind.PHONE),
    "photo": ("photo", Kind.PHOTO),
    "plan": ("plan", Kind.HEALTH_PLAN),
    "plate": ("plate", Kind.VEHICLE),
    "pobox": ("pobox", Kind.PLACE),
    "ssn": ("ssn", Kind.SSN),
    "vin": ("vin", Kind.VEHICLE),
}
"""Slots that are numbers: the shapes they have, and the kind they are."""


class Case:
    """A story's people, places and numbers; what is drawn once stays so to its end."""

    def __init__(self, rng: random.Random, part: Part, style: Style) -> None:
        self.rng, self.part, self.style = rng, part, style
        patient = people.draw(rng, part)
        self.people = {"pt": patient}
        self.relations: dict[str, str] = {}
        relations = kinds_of("relations", part)
        for slot, who in _KIN.items():
            sex = rng.choice("fm")
            self.relations[slot] = pick(rng, relations[sex])
            last = patient.last if rng.random() < 0.55 else ""
            self.people[who] = people.draw(rng, part, sex=sex, last=last)
        for who, rank in (("doc", "dr"), ("doc2", "dr"), ("agent", "agent"), ("agent2", "agent")):
            self.people[who] = people.draw(rng, part, rank)
        self.people["nurse"] = people.draw(rng, part)
        self.town, self.state = places.town(rng, part)
        self.age = rng.randrange(90, 103) if rng.random() < 0.12 else rng.randrange(3, 90)
        self.language = pick(rng, entries("lists/languages", part))
        self.kept: dict[str, list[Piece]] = {}

    def fill(self, carrier: str) -> list[Piece]:
        """Say the carrier, slots and all."""
        pieces: list[Piece] = []
        for at, bit in enumerate(_SLOT.split(carrier)):
            if at % 2 == 0:
                pieces.append(Piece(bit))
            else:
                pieces += self._say(bit)
        return [piece for piece in pieces if piece.text]

    def _say(self, slot: str) -> list[Piece]:
        who, _, mode = slot.partition(".")
        if who in self.people:
            return self.name(self.people[who], mode)
        if slot.lower() in {"he", "him", "his"}:
            return [Piece(people.pronoun(self.people["pt"], slot))]
        if slot in _KIN:
            return [Piece(self.relations[slot])]
        if slot in self._KEPT:
            if slot not in self.kept or self.rng.random() < 0.02:
                self.kept[slot] = self._KEPT[slot](self)
            return self.kept[slot]
        if slot.rstrip("2") in _CODES:
            return self._code(slot)
        return self._SAID[slot](self)

    def name(self, person: Person, mode: str) -> list[Piece]:
        """Name a person, at times as a hurried hand has it."""
        if mode.lower() in {"he", "him", "his"}:
            return [Piece(people.pronoun(person, mode))]
        which, _, way = mode.partition(".")
        if way == "spelled":
            said = people.spelled(self.rng, person.last if which == "last" else person.first)
        else:
            said = people.name(self.rng, person, mode)
            hurried = self.style.typos or self.style.spoken
            if person.mentions and hurried and self.rng.random() < 0.07:
                said = people.misspell(self.rng, said)
        person.mentions += 1
        return [Piece(said if self.style.accents else people.plain(said), Kind.NAME)]

    def spoken(self) -> bool:
        """Draw whether a value is read out."""
        return self.rng.random() < self.style.spoken

    def _code(self, slot: str) -> list[Piece]:
        if slot not in self.kept:
            what, kind = _CODES[slot.rstrip("2")]
            write = figures.said_code if self.spoken() else figures.code
            self.kept[slot] = [Piece(write(self.rng, self.part, what), kind)]
        if slot in {"other", "device", "acct"} and self.rng.random() < 0.5:
            return self.kept.pop(slot)
        return self.kept[slot]

    def day(self, first: int, last: int, year: bool) -> list[Piece]:
        """Draw a day between two years."""
        day = figures.some_day(self.rng, first, last)
        if self.spoken():
            return [Piece(figures.say_day(self.rng, day, year), Kind.DATE)]
        return [Piece(figures.write_day(self.rng, self.part, day, year), Kind.DATE)]

    def _born(self) -> list[Piece]:
        year = 2026 - self.age
        return self.day(year - 1, year - 1, year=True)

    def _month(self) -> list[Piece]:
        day = figures.some_day(self.rng, 2021, 2026) + timedelta(days=1)
        return [Piece(figures.month(self.rng, day, self.spoken()), Kind.DATE)]

    def _old(self) -> list[Piece]:
        age = self.rng.randrange(90, 105)
        words = self.spoken() or self.rng.random() < 0.3
        return [Piece(number(age) if words else str(age), Kind.AGE)]

    def _age(self) -> list[Piece]:
        said = number(self.age) if self.spoken() else str(self.age)
        return [Piece(said, Kind.AGE if self.age > 89 else "")]

    def _town(self) -> list[Piece]:
        return [Piece(self.town, Kind.PLACE)]

    def _other_town(self) -> list[Piece]:
        name, state = places.town(self.rng, self.part)
        if self.rng.random() < 0.25:
            return [Piece(name, Kind.PLACE), Piece(f", {state}")]
        return [Piece(name, Kind.PLACE)]

    def _state(self) -> list[Piece]:
        short = self.rng.random() < 0.6
        return [Piece(places.abbreviate(self.state) if short else self.state)]

    def _man(self) -> list[Piece]:
        young, old = ("girl", "woman") if self.people["pt"].sex == "f" else ("boy", "man")
        return [Piece(old if self.age > 15 else young)]

    def place(self, what: str) -> list[Piece]:
        """Draw an institution."""
        return [Piece(places.institution(self.rng, self.part, what), Kind.PLACE)]

    def _last_four(self) -> list[Piece]:
        made = f"{self.rng.randrange(10000):04d}"
        return [Piece(read_out(made) if self.spoken() else made, Kind.SSN)]

    def web(self, kind: Kind) -> list[Piece]:
        """Draw an address of the net."""
        made = (figures.email if kind is Kind.EMAIL else figures.url)(
            self.rng, self.part, self.people["pt"]
        )
        return [Piece(read_address(made) if self.spoken() else made, kind)]

    def _road(self) -> list[Piece]:
        return [Piece(places.road(self.rng, self.part), Kind.PLACE)]

    def listed(self, name: str, kind: Kind) -> list[Piece]:
        """Draw from a list."""
        return [Piece(pick(self.rng, entries(f"lists/{name}", self.part)), kind)]

    _KEPT: dict[str, Callable[["Case"], list[Piece]]] = {  # noqa: RUF012 - it is never changed
        "county": lambda case: [Piece(places.county(case.rng, case.part), Kind.PLACE)],
        "church": lambda case: case.place("church"),
        "dob": _born,
        "dob2": lambda case: case.day(1935, 2015, year=True),
        "email": lambda case: case.web(Kind.EMAIL),
        "employer": lambda case: case.place("employer"),
        "facility": lambda case: case.place("facility"),
        "facility2": lambda case: case.place("facility"),
        "hood": lambda case: case.listed("hoods", Kind.PLACE),
        "house": lambda case: [
            Piece(places.house(case.rng, case.part, case.spoken()), Kind.PLACE),
        ],
        "pharmacy": lambda case: case.place("pharmacy"),
        "ptage": _age,
        "school": lambda case: case.place("school"),
        "street": _road,
        "street2": _road,
        "town2": _other_town,
        "zip": lambda case: [Piece(places.zip_code(case.rng, case.spoken()), Kind.PLACE)],
    }
    """Slots that say the same each time."""

    _SAID: dict[str, Callable[["Case"], list[Piece]]] = {  # noqa: RUF012 - it is never changed
        "age90": _old,
        "date": lambda case: case.day(2018, 2026, year=case.rng.random() < 0.65),
        "date2": lambda case: case.day(2018, 2026, year=case.rng.random() < 0.5),
        "highway": lambda case: [Piece(places.highway(case.rng, case.part), Kind.PLACE)],
        "holiday": lambda case: case.listed("holidays", Kind.DATE),
        "lang": lambda case: [Piece(case.language)],
        "last": lambda case: case.name(case.people["pt"], "last"),
        "man": _man,
        "md": lambda case: case.day(2024, 2026, year=False),
        "md2": lambda case: case.day(2024, 2026, year=False),
        "month": _month,
        "next": lambda case: case.day(2026, 2027, year=case.rng.random() < 0.25),
        "next2": lambda case: case.day(2026, 2027, year=False),
        "ssn4": _last_four,
        "state": _state,
        "town": _town,
        "url": lambda case: case.web(Kind.URL),
    }
    """Slots that are drawn anew each time."""
