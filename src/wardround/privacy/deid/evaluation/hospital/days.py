"""Dates and ages over 89 in the many ways in which hospitals write them."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from wardround.privacy.deid.evaluation.document import Piece, marked
from wardround.privacy.deid.evaluation.hospital.lists import lines_of
from wardround.privacy.deid.evaluation.spoken import number, ordinal, th

_Way = Callable[[date], str]
_FIGURES: tuple[_Way, ...] = (
    lambda day: f"{day.month}/{day.day}/{day.year}",
    lambda day: f"{day:%m/%d/%Y}",
    lambda day: f"{day.month}/{day.day}/{day:%y}",
    lambda day: f"{day:%m/%d/%y}",
    lambda day: f"{day:%m-%d-%Y}",
    lambda day: f"{day:%m-%d-%y}",
    lambda day: f"{day.month}.{day.day}.{day:%y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%d%b%Y}".upper(),
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day:%d-%b-%y}".upper(),
    lambda day: f"{day:%d %b %Y}",
    lambda day: f"{day:%b/%d/%Y}",
)
_WORDS: tuple[_Way, ...] = (
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%B} {th(day.day)}, {day.year}",
    lambda day: f"{day:%b} {day.day}, {day.year}",
    lambda day: f"{day:%b}. {day.day}, {day.year}",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"the {th(day.day)} of {day:%B}, {day.year}",
    lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%A} {day:%B} {th(day.day)}",
    lambda day: f"{day:%a} {day.month}/{day.day}/{day:%y}",
    lambda day: f"{day:%a}, {day:%b} {day.day}",
    lambda day: f"{day:%B} {day.day} {day.year}",
    lambda day: f"{day:%b} {day.day} '{day:%y}",
    lambda day: f"{day:%A} the {th(day.day)} of {day:%B}",
)
_SHORT: tuple[_Way, ...] = (
    lambda day: f"{day.month}/{day.day}",
    lambda day: f"{day:%m/%d}",
    lambda day: f"{day:%B} {day.day}",
    lambda day: f"{day:%B} {th(day.day)}",
    lambda day: f"{day:%b} {day.day}",
    lambda day: f"{day.day} {day:%b}",
    lambda day: f"{day:%A} {day.month}/{day.day}",
    lambda day: f"the {th(day.day)} of {day:%B}",
    lambda day: f"{day:%B} {ordinal(day.day)}",
    lambda day: f"{day:%a} {day:%b} {th(day.day)}",
)
_MONTHS: tuple[_Way, ...] = (
    lambda day: f"{day:%B} {day.year}",
    lambda day: f"{day:%B}",
    lambda day: f"{day:%b} {day.year}",
    lambda day: f"{day:%B} of {day.year}",
    lambda day: f"{day:%m/%Y}",
    lambda day: f"{day.month}/{day.year}",
    lambda day: f"{day:%B}, {day.year}",
    lambda day: f"{day:%b} '{day:%y}",
)
_SAID: tuple[_Way, ...] = (
    lambda day: f"{day:%B} {ordinal(day.day)} {number(day.year)}".lower(),
    lambda day: f"{day:%B} {ordinal(day.day)}".lower(),
    lambda day: f"{day:%B} {th(day.day)} {day.year}".lower(),
    lambda day: f"{day:%B} {day.day} {day.year}".lower(),
    lambda day: f"the {ordinal(day.day)} of {day:%B}".lower(),
    lambda day: f"{day:%A} {day:%B} {th(day.day)}".lower(),
    lambda day: f"{number(day.month)} {number(day.day)} {number(day.year)}",
    lambda day: f"{day.month} {day.day} {day.year}",
    lambda day: f"{day.month}/{day.day}/{day:%y}",
    lambda day: f"{day:%B} {number(day.day)}".lower(),
)
_FIXED: dict[str, tuple[_Way, ...]] = {
    "num": _FIGURES,
    "words": _WORDS,
    "any": _FIGURES + _WORDS,
    "short": _SHORT,
    "us": (_FIGURES[1],),
    "iso": (_FIGURES[8],),
    "hl7": (lambda day: f"{day:%Y%m%d}",),
    "stamp": (lambda day: f"{day:%Y%m%d}{day.day % 14 + 8:02d}{day.month * 4:02d}",),
    "long": (_WORDS[0],),
    "month": _MONTHS,
}


def written(day: date, way: str, rng: Random, said: bool) -> list[Piece]:
    """Return a date in some way; ``said`` is as recognised speech has it."""
    if way == "holiday":
        name = rng.choice(lines_of("words/holidays.txt"))
        year = f" {day.year}" if rng.random() < 0.3 else ""
        return marked(f"{name.lower() if said else name}{year}", "date")
    if way == "range":
        last = day + timedelta(days=rng.randint(2, 12))
        if last.month == day.month and rng.random() < 0.4:
            return [Piece(f"{day:%B} {day.day}-{last.day}, {day.year}", "date")]
        between = rng.choice((" - ", " to ", "-", " through "))
        return [
            Piece(f"{day.month}/{day.day}", "date"),
            Piece(between),
            Piece(f"{last.month}/{last.day}/{last.year}", "date"),
        ]
    if said and way == "month":
        return [Piece(f"{day:%B}".lower(), "date")]
    ways = _SAID if said else _FIXED[way]
    return marked(rng.choice(ways)(day), "date")


def aged(age: int, said: bool, rng: Random) -> list[Piece]:
    """Return an age, which is PHI where it is over 89."""
    words = number(age) if said and rng.random() < 0.6 else str(age)
    if age > 89 and not said and rng.random() < 0.1:
        words = number(age).replace(" ", "-")
    return [Piece(words, "age" if age > 89 else "")]
