"""Everything that one document speaks of: each slot of a template asks it for pieces."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.hospital.days import aged, written
from wardround.privacy.deid.evaluation.hospital.lists import groups_of, half, lines_of
from wardround.privacy.deid.evaluation.hospital.numbers import number
from wardround.privacy.deid.evaluation.hospital.people import Person, named, person, words_for
from wardround.privacy.deid.evaluation.hospital.places import Places
from wardround.privacy.deid.evaluation.spoken import th

_ROLES = ("pt", "doc", "nurse", "ther", "medic", "rel", "mom", "new", "pal")
_PERSON = re.compile(rf"({'|'.join(_ROLES)})\d?")
_KEPT = {"mrn", "ssn", "plan", "npi", "claim", "email"}
"""What is mostly said again where a document names it again."""
_DOCTORS = {"npi", "dea", "lic", "workmail"}
"""What is the doctor's, where nobody is named."""
_DAYS = {"date", "dob", "seen", "later"}
_FIRST_DAY = date(2016, 1, 4)
_RANGE = re.compile(r"#(-?[\d.]+)-([\d.]+)")


class World:
    """A patient, the people and places around, and the day of the visit."""

    def __init__(self, rng: Random, part: Part, said: bool, newborn: bool = False) -> None:
        """Draw them; ``said`` is as recognised speech has it."""
        self.rng = rng
        self.part = part
        self._said = said
        self._people: dict[str, Person] = {}
        self._known: dict[str, list[Piece]] = {}
        self._places = Places(rng, part, said)
        self._today = _FIRST_DAY + timedelta(days=rng.randint(0, 3_500))
        self._age = rng.choice((rng.randint(19, 89), rng.randint(40, 89), rng.randint(60, 99)))
        self._born = self._today - timedelta(days=2) if newborn else self._birth(self._age)
        self._ways: dict[str, Callable[[], list[Piece]]] = {
            "age": lambda: aged(self._age, said, rng),
            "old": lambda: aged(rng.randint(90, 104), said, rng),
            "oldth": lambda: [Piece(th(rng.randint(90, 101)), "age")],
            "kid": lambda: [Piece(str(rng.randint(2, 17)))],
            "adult": lambda: aged(rng.randint(21, 89), said, rng),
            "oldborn": lambda: [Piece(str(self._today.year - rng.randint(91, 101)), "age")],
            "year": lambda: [Piece(str(self._today.year - rng.randint(1, 30)))],
            "time": self._time,
            "employer": self._employer,
        }

    def _birth(self, age: int) -> date:
        return self._today - timedelta(days=int(age * 365.25) + self.rng.randint(0, 364))

    def renew(self) -> None:
        """Speak of somebody else, for the next row of a table."""
        self._people.pop("new", None)
        self._known.clear()
        self._born = self._birth(self.rng.randint(1, 95))

    def slot(self, name: str) -> list[Piece]:
        """Return the pieces of a slot; raise ``KeyError`` where none is called so."""
        stem, _, way = name.partition(".")
        words = words_for(self._somebody("pt"))
        if name in words:
            return [Piece(words[name])]
        if name in self._ways:
            return self._ways[name]()
        if drawn := _RANGE.fullmatch(name):
            return self._measured(drawn[1], drawn[2])
        if _PERSON.fullmatch(stem):
            return self._named(stem, way)
        if stem in _DAYS:
            return self._date(stem, way or "any")
        return self._thing(name)

    def _measured(self, low: str, high: str) -> list[Piece]:
        if "." in low:
            return [Piece(f"{self.rng.uniform(float(low), float(high)):.1f}")]
        return [Piece(str(self.rng.randint(int(low), int(high))))]

    def _named(self, key: str, way: str) -> list[Piece]:
        one = self._somebody(key)
        words = words_for(one)
        return [Piece(words[way])] if way in words else named(one, way or "any", self.rng)

    def _thing(self, name: str) -> list[Piece]:
        """Return a place or a number, mostly the one that was named before."""
        if name in self._known and self.rng.random() < 0.7:
            return self._known[name]
        stem, _, way = name.partition(".")
        whose = self._somebody(way or ("doc" if stem in _DOCTORS else "pt"))
        found = self._places.slot(name) or number(stem, whose, self.rng)
        if found is None:
            raise KeyError(name)
        if name in _KEPT:
            self._known.setdefault(name, found)
        return found

    def _somebody(self, key: str) -> Person:
        if key not in self._people:
            role = key.rstrip("0123456789")
            kin = self._somebody("pt") if role in {"rel", "mom"} else None
            self._people[key] = person(self.rng, self.part, role, kin)
        return self._people[key]

    def _date(self, stem: str, way: str) -> list[Piece]:
        away = {"date": self.rng.randint(-400, -1), "seen": 0, "later": self.rng.randint(3, 120)}
        if stem == "dob":
            way = "num" if way == "any" and self.rng.random() < 0.8 else way
            day = self._born
        else:
            day = self._today + timedelta(days=away[stem])
        return written(day, way, self.rng, self._said)

    def _time(self) -> list[Piece]:
        """Return a time of day, which is no date, and never looks like a year."""
        hour, minute = self.rng.randint(0, 23), self.rng.randint(0, 59)
        colon = ":" if hour in {19, 20} else self.rng.choice((":", ""))
        return [Piece(f"{hour:02d}{colon}{minute:02d}")]

    def _employer(self) -> list[Piece]:
        pattern = self.rng.choice(half(lines_of("words/employers.txt"), self.part))
        families = half(groups_of("words/people.txt")["anglo last"], self.part)
        return [Piece(re.sub("<last>", lambda _: self.rng.choice(families), pattern), "name")]
