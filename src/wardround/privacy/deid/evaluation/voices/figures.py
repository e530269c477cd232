"""Numbers, dates and addresses of the net, as they are printed or as they are read out."""

import random
from datetime import date, timedelta

from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.spoken import number, ordinal, read_address, read_out, th
from wardround.privacy.deid.evaluation.voices.lists import (
    entries,
    every_other,
    kinds_of,
    pick,
    words,
)
from wardround.privacy.deid.evaluation.voices.people import Person, plain

_CAPITALS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def code(rng: random.Random, part: Part, what: str) -> str:
    """Make a number of a kind in one of its printed shapes."""
    shape = pick(rng, kinds_of("shapes", part)[what])
    signs = {"#": "0123456789", "^": "23456789", "@": _CAPITALS, "~": "abcdef"}
    made = "".join(rng.choice(signs.get(sign, sign)) for sign in shape)
    return f"{rng.choice('23456789')}{made[1:]}" if shape[0] == "#" else made


def said_code(rng: random.Random, part: Part, what: str) -> str:
    """Read out a number of the same kind."""
    made = code(rng, part, what)
    if what in {"ip", "photo"}:
        return read_address(made)
    return read_out(made, rng.choice(("oh", "zero")))


def some_day(rng: random.Random, first: int, last: int) -> date:
    """Draw a day between two years."""
    start = date(first, 1, 1)
    return start + timedelta(days=rng.randrange((date(last, 12, 31) - start).days))


def write_day(rng: random.Random, part: Part, day: date, year: bool) -> str:
    """Write a date, with its year or without."""
    shape = pick(rng, entries("lists/dates" if year else "lists/days", part))
    return shape.format(
        A=f"{day:%A}",
        B=f"{day:%B}",
        b=f"{day:%b}",
        d=day.day,
        dd=f"{day:%d}",
        m=day.month,
        mm=f"{day:%m}",
        o=th(day.day),
        y=day.year,
        yy=f"{day:%y}",
    )


def say_day(rng: random.Random, day: date, year: bool) -> str:
    """Say a date."""
    month, the = f"{day:%B}", ordinal(day.day)
    said = rng.choice((f"{month} {the}", f"the {the} of {month}", f"{month} {number(day.day)}"))
    if year:
        said += rng.choice((" ", " ", " of ")) + number(day.year)
    return said


def month(rng: random.Random, day: date, spoken: bool) -> str:
    """Write or say the month alone, or with its year."""
    year = number(day.year) if spoken else str(day.year)
    return rng.choice((f"{day:%B}", f"{day:%B}", f"{day:%B} {year}", f"{day:%B} of {year}"))


def email(rng: random.Random, part: Part, person: Person) -> str:
    """Make a mail address of ``person``."""
    first, last = (_bare(name) for name in (person.first, person.last))
    nick, road = _bare(person.nick or person.first), _bare(pick(rng, words("roads", part)))
    some = rng.randrange(100)
    local = rng.choice(
        (
            f"{first}.{last}",
            f"{first[0]}{last}",
            f"{first}{last}{some}",
            f"{last}_{first[0]}",
            f"{nick}{some:02d}",
            f"{road}.{nick}",
            f"the{last}s{some}",
            f"{nick}_{last}",
        )
    )
    return f"{local}@{pick(rng, entries('lists/mail', part))}"


def url(rng: random.Random, part: Part, person: Person) -> str:
    """Make an address of the web: a portal's page, a fund, a profile."""
    first, last = (_bare(name) for name in (person.first, person.last))
    host = _bare(pick(rng, words("roads", part)))
    some = rng.randrange(1000, 99999)
    return rng.choice(
        every_other(
            [
                f"https://portal.{host}health.org/msg/{some}",
                f"www.{host}clinic.com/results?id={some}",
                f"gofundme.com/f/help-{first}-{last}",
                f"facebook.com/{first}.{last}.{some}",
                f"https://mychart.{host}.org/visit/{some}",
                f"{last}family.net",
                f"http://www.{host}news.com/{last}-crash",
                f"caringbridge.org/visit/{first}{last}",
                f"www.{first}{last}.blog",
                f"https://{host}.zoom.us/j/{some}{some}",
            ],
            part,
        )
    )


def _bare(text: str) -> str:
    return "".join(sign for sign in plain(text).lower() if sign.isascii() and sign.isalnum())
