"""People: names of a realistic mix, and the ways in which notes write them."""

import random
from dataclasses import dataclass
from functools import cache
from itertools import count

from wardround.privacy.deid.evaluation.clinic.pools import half, listed, part_of
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.wear import slips

MIX = {
    "anglo": 30,
    "hispanic": 19,
    "black": 13,
    "south asian": 7,
    "east asian": 7,
    "southeast asian": 6,
    "arabic": 6,
    "african": 6,
    "slavic": 6,
    "jewish": 4,
    "celtic": 5,
    "european": 6,
    "native": 2,
    "word": 7,
}
"""How often a family comes from where; names that are words are more frequent than in life."""

LOCALES = ("es_MX", "en_IN", "pl_PL", "it_IT", "de_DE", "fr_FR", "pt_BR", "nl_NL", "ro_RO", "tr_TR")
SUFFIXES = ("Jr.", "Sr.", "III", "II", "Jr", "IV")
NICKNAMES = {
    "f": "Peg Dottie Bunny Mimi Lulu Kiki Bitsy Trixie Nana Tootie Gigi Nettie Babs Cricket".split(),
    "m": "Bubba Chip Tex Beto Chuy Nacho Pepe Dutch Slim Mack Ozzie Scooter Tito Boomer Bo Bud".split(),
}


@dataclass(frozen=True)
class Person:
    """Someone whom a note names."""

    first: str
    last: str
    sex: str
    middle: str = ""
    suffix: str = ""
    nick: str = ""

    @property
    def full(self) -> str:
        """The name as on a form."""
        middle = f"{self.middle} " if self.middle else ""
        return f"{self.first} {middle}{self.last}{f', {self.suffix}' if self.suffix else ''}"

    @property
    def plain(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def reversed(self) -> str:
        """Last name, comma, first name."""
        return f"{self.last}, {self.first}{f' {self.middle}' if self.middle else ''}"

    @property
    def initials(self) -> str:
        """The letters that stand for the name."""
        return f"{self.first[0]}{self.last[0]}".upper()


def somebody(rng: random.Random, part: Part, sex: str = "", last: str = "") -> Person:
    """Return an invented person of a part's names."""
    sex = sex or rng.choice("fm")
    if rng.random() < 0.12:
        first, family = _of_faker(rng, part, sex)
    else:
        group = rng.choices(list(MIX), list(MIX.values()))[0]
        first = _first(rng, group, sex, part)
        if rng.random() < 0.12:
            group = rng.choices(list(MIX), list(MIX.values()))[0]
        family = rng.choice(listed("lasts.txt", group, part))
    if not last and sex == "f" and rng.random() < 0.05:
        family += f"-{rng.choice(listed('lasts.txt', 'anglo', part))}"
    draw = rng.random()
    middle = ""
    if draw < 0.25:
        middle = f"{rng.choice('ABCDEFGHJKLMNPRSTVW')}{rng.choice(['.', ''])}"
    elif draw < 0.33:
        middle = _first(rng, "anglo", sex, part)
    suffix = rng.choice(SUFFIXES) if sex == "m" and rng.random() < 0.06 else ""
    return Person(
        first, last or family, sex, middle, suffix, rng.choice(half(NICKNAMES[sex], part))
    )


def misspelt(name: str, rng: random.Random) -> str:
    """Return a name as someone in a hurry writes it the second time."""
    if len(name) < 5:
        return name + name[-1]
    swapped, lost, doubled = slips(name, rng.randrange(1, len(name) - 2))
    draw = rng.random()
    if draw < 0.4:
        return swapped
    return lost if draw < 0.7 else doubled


def _first(rng: random.Random, group: str, sex: str, part: Part) -> str:
    return rng.choice(listed("firsts.txt", f"{group} {sex}", part))


def _of_faker(rng: random.Random, part: Part, sex: str) -> tuple[str, str]:
    fake = _faker(rng.choice(LOCALES))
    fake.seed_instance(rng.getrandbits(32))
    first = fake.first_name_female if sex == "f" else fake.first_name_male
    given = next(name for _ in count() if part_of(name := str(first())) == part)
    family = next(name for _ in count() if part_of(name := str(fake.last_name())) == part)
    return given, family


@cache
def _faker(locale: str):  # type: ignore[no-untyped-def]
    from faker import Faker

    return Faker(locale)
