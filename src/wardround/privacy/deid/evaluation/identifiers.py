"""Invented identifiers of all eighteen kinds, in the many ways that people write them.

Names come from Faker's lists of a dozen countries: other lists than those the detector knows.
"""

import random
import string
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from wardround.privacy.deid.evaluation.spoken import number, ordinal, th
from wardround.privacy.deid.kind import Kind

_LOCALES = (
    "en_US",
    "en_GB",
    "es_MX",
    "es_ES",
    "fr_FR",
    "de_DE",
    "it_IT",
    "pt_BR",
    "pl_PL",
    "vi_VN",
    "en_IN",
    "en_NG",
    "nl_NL",
    "sv_SE",
    "tr_TR",
)


class Person:
    """An invented person: what documents say of them."""

    def __init__(self, rng: random.Random, fake: Any) -> None:
        self.female = rng.random() < 0.5
        first = fake.first_name_female() if self.female else fake.first_name_male()
        self.first = first.split()[0]
        self.last = fake.last_name()
        self.middle = rng.choice(string.ascii_uppercase)
        self.born = date(1930, 1, 1) + timedelta(days=rng.randrange(70 * 365))


class Identifiers:
    """Makes identifiers; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        from faker import Faker

        self.rng = random.Random(seed)
        self._fakes = [Faker(locale) for locale in _LOCALES]
        for at, fake in enumerate(self._fakes):
            fake.seed_instance(seed * 100 + at)
        self._us = self._fakes[0]

    def person(self) -> Person:
        """Return a new person; half of them have names as the United States have."""
        fake = self._us if self.rng.random() < 0.55 else self.rng.choice(self._fakes)
        return Person(self.rng, fake)

    def day(self) -> date:
        """Return a day of the last years."""
        return date(2019, 1, 1) + timedelta(days=self.rng.randrange(2500))

    def written_name(self, one: Person) -> str:
        """Return a full name in one of its forms."""
        f, m, last = one.first, one.middle, one.last
        return self.rng.choice(
            [
                f"{f} {last}",
                f"{f} {last}",
                f"{f} {m}. {last}",
                f"{last}, {f}",
                f"{last}, {f} {m}.",
                f"{f[0]}. {last}",
                f"{f} {last[0]}.",
            ]
        )

    def written_date(self, when: date) -> str:
        """Return a date in one of its forms."""
        y, m, d = when.year, when.month, when.day
        name, dth = f"{when:%B}", th(d)
        return self.rng.choice(
            [
                f"{m:02}/{d:02}/{y}", f"{m}/{d}/{y}", f"{m}/{d}/{y % 100:02}", f"{y}-{m:02}-{d:02}", f"{name} {d}, {y}",
                f"{name[:3]} {d}, {y}", f"{d} {name} {y}", f"{d}-{name[:3]}-{y}", f"{name} {dth}, {y}", f"{m:02}-{d:02}-{y}",
                f"{m}.{d}.{y}", f"{d:02}/{name[:3]}/{y}", f"{name} {dth}", f"{name} {y}", f"the {dth} of {name} {y}",
                f"{name[:3]}. {d}, {y}", f"{y}/{m:02}/{d:02}", f"{m:02}/{y}",
            ]
        )  # fmt: skip

    def spoken_date(self, when: date) -> str:
        """Return a date as it is said."""
        return f"{when:%B} {ordinal(when.day)} {number(when.year)}".lower()

    def figures(self, number: int) -> str:
        """Return so many figures."""
        return "".join(self.rng.choice(string.digits) for _ in range(number))

    def letters(self, number: int) -> str:
        """Return so many capitals."""
        return "".join(self.rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(number))

    def phone(self) -> str:
        """Return a telephone number."""
        a, b, c = f"{self.rng.randint(201, 989)}", f"{self.rng.randint(200, 999)}", self.figures(4)
        return self.rng.choice(
            [
                f"({a}) {b}-{c}",
                f"{a}-{b}-{c}",
                f"{a}.{b}.{c}",
                f"+1 {a} {b} {c}",
                f"{a} {b} {c}",
                f"1-{a}-{b}-{c}",
                f"{a}-{b}-{c} ext. {self.figures(3)}",
                f"{a}{b}{c}",
                f"({a}){b}-{c}",
            ]
        )

    def street(self) -> str:
        """Return a street address."""
        unit = self.rng.choice(
            [
                "",
                "",
                "",
                f" Apt {self.rng.randint(1, 99)}",
                f", Unit {self.letters(1)}",
                f" #{self.rng.randint(2, 300)}",
            ]
        )
        return (
            self._us.street_address().replace("\n", " ").split(" Apt")[0].split(" Suite")[0] + unit
        )

    def city(self) -> str:
        """Return a city, its state and its ZIP code, or some of them."""
        c, s, z = (
            self._us.city(),
            self._us.state_abbr(include_territories=False),
            self._us.zipcode(),
        )
        return self.rng.choice(
            [f"{c}, {s} {z}", f"{c}, {s} {z}", f"{c}, {s}", f"{c}, {self._us.state()}", c]
        )

    def facility(self) -> str:
        """Return a hospital, a clinic or a school."""
        head = self.rng.choice(
            [
                self._us.last_name(),
                self._us.city(),
                f"St. {self._us.first_name()}'s",
                f"{self._us.last_name()} Memorial",
            ]
        )
        return f"{head} {self.rng.choice(['Hospital', 'Medical Center', 'Clinic', 'Health', 'Family Medicine', 'Elementary School', 'Pharmacy', 'Regional Hospital'])}"

    def number(self, kind: Kind) -> str:
        """Return a number of a kind, in one of its shapes."""
        f, a, pick = self.figures, self.letters, self.rng.choice
        makers: dict[Kind, Callable[[], str]] = {
            Kind.SSN: lambda: pick([f"{self.rng.randint(100, 665)}-{f(2)}-{f(4)}", f"{self.rng.randint(100, 665)} {f(2)} {f(4)}", f"{self.rng.randint(100, 665)}{f(6)}", f"XXX-XX-{f(4)}"]),
            Kind.MRN: lambda: pick([f(6), f(7), f(8), f"{a(2)}-{f(6)}", f"{a(3)}{f(5)}", f"{f(3)}-{f(2)}-{f(3)}", f"MR{f(7)}", f"E{f(9)}"]),
            Kind.HEALTH_PLAN: lambda: pick([f"{a(3)}{f(9)}", f"{f(9)}-{f(2)}", f"W{f(8)}", f"{a(2)}-{f(6)}", f"1{a(1)}{f(1)}{f(1)}-{a(1)}{a(1)}{f(1)}-{a(2)}{f(2)}"]),
            Kind.ACCOUNT: lambda: pick([f(10), f"ACCT-{f(6)}", f"{f(4)}-{f(4)}-{f(4)}", f"{a(2)}{f(8)}", f"INV-{f(7)}"]),
            Kind.LICENCE: lambda: pick([f"{a(1)}{f(7)}", f"{a(2)}{f(6)}", f"RN-{f(6)}", f(10), f"{a(1)}{f(3)}-{f(4)}-{f(4)}"]),
            Kind.VEHICLE: lambda: pick([f"{f(1)}{a(4)}{f(2)}{a(1)}{f(1)}{a(2)}{f(6)}", f"{a(3)}-{f(4)}", f"{f(1)}{a(3)}{f(3)}", f"{a(3)} {f(4)}"]),
            Kind.DEVICE: lambda: pick([f"{a(3)}{f(6)}{a(1)}", f"SN-{f(8)}", f"{a(2)}{f(3)}-{f(5)}", f"(01){f(14)}(21){a(2)}{f(5)}", f"{f(4)}-{a(2)}-{f(4)}"]),
            Kind.IP: lambda: pick([".".join(str(self.rng.randint(1, 254)) for _ in range(4)), ":".join(f"{self.rng.randrange(65536):x}" for _ in range(8)), f"fe80::{self.rng.randrange(65536):x}:{self.rng.randrange(1, 65536):x}"]),
            Kind.BIOMETRIC: lambda: pick([f"FP-{f(6)}", f"BIO{f(8)}", f"VP-{f(4)}-{a(2)}", f"IRIS-{f(3)}{a(3)}{f(2)}", f"{a(2)}{f(2)}{a(2)}{f(4)}"]),
            Kind.PHOTO: lambda: pick([f"IMG_{f(4)}.jpg", f"DSC0{f(4)}.JPG", f"face_{f(6)}.png", f"{self._us.last_name().lower()}_{f(4)}.jpeg", f"photo-{f(8)}.heic"]),
            Kind.OTHER: lambda: pick([f"{a(3)}-{f(4)}-{f(3)}", str(uuid.UUID(int=self.rng.getrandbits(128))), f"S{f(2)}-{f(5)}", f"STUDY-{f(5)}", f"B{f(7)}", f"{f(4)}{a(2)}{f(4)}"]),
        }  # fmt: skip
        return makers[kind]()

    def email(self, one: Person) -> str:
        """Return an e-mail address, often with the name in it."""
        f, last = _ascii(one.first), _ascii(one.last)
        user = self.rng.choice(
            [
                f"{f}.{last}",
                f"{f[0]}{last}{self.figures(2)}",
                f"{last}_{f}",
                f"{f}{self.figures(3)}",
            ]
        )
        return f"{user}@{self.rng.choice(['gmail.com', 'yahoo.com', 'example.org', 'mail.hospital.edu', 'outlook.com'])}"

    def url(self) -> str:
        """Return a web address."""
        return self.rng.choice(
            [
                f"https://portal.{self._us.domain_name()}/pt/{self.figures(6)}",
                f"www.{self._us.domain_name()}/{self._us.user_name()}",
                f"http://{self._us.domain_name()}/records?id={self.figures(5)}",
                f"{self._us.domain_name()}/u/{self._us.user_name()}",
            ]
        )


def _ascii(text: str) -> str:
    return "".join(c for c in text.lower() if c.isascii() and c.isalnum()) or "x"
