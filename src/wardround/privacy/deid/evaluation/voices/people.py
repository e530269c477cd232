"""People, and the ways in which others name them."""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.voices.lists import entries, foreign, pick, words
from wardround.privacy.deid.evaluation.wear import slips

_TITLES = {
    "f": ("Mrs.", "Ms.", "Ms.", "Miss", "Mrs"),
    "m": ("Mr.", "Mr.", "Mr", "Mister"),
    "dr": ("Dr.", "Dr.", "Dr", "Doctor", "Prof."),
    "agent": ("Pastor", "Father", "Rev.", "Sister", "Imam", "Rabbi", "Coach", "Judge", "Deacon"),
}
_CREDENTIALS = {"DO", "MD", "NP", "OT", "PA", "PT", "RN", "SW"}
"""Initials that would read as what somebody is."""
_PRONOUNS = {
    "f": {"he": "she", "him": "her", "his": "her"},
    "m": {"he": "he", "him": "him", "his": "his"},
}


@dataclass
class Person:
    """Somebody in the story; ``mentions`` counts how often the name has been said."""

    sex: str
    first: str
    last: str
    middle: str
    nick: str
    rank: str
    suffix: str = ""
    mentions: int = 0

    @property
    def initials(self) -> str:
        """First, middle and last initial, without points."""
        return "".join(name[:1].upper() for name in (self.first, self.middle, self.last) if name)


def draw(rng: random.Random, part: Part, rank: str = "", sex: str = "", last: str = "") -> Person:
    """Somebody new; ``rank`` is ``dr`` or ``agent`` where a title of office goes with them."""
    sex = sex or rng.choice("fm")
    first = _first(rng, part, sex)
    return Person(
        sex,
        first,
        last or _last(rng, part),
        rng.choice(("", "", _first(rng, part, sex))),
        _nick(rng, part, first),
        rank,
        rng.choice(("Jr.", "Sr.", "III", "Jr")) if sex == "m" and rng.random() < 0.07 else "",
    )


def pronoun(person: Person, word: str) -> str:
    """``he``, ``him`` or ``his`` as it is for ``person``, with the capital of ``word``."""
    said = _PRONOUNS[person.sex][word.lower()]
    return said.capitalize() if word[0].isupper() else said


def name(rng: random.Random, person: Person, mode: str) -> str:
    """Say the name in one of its ways; without ``mode``, as people happen to say it."""
    if mode in _OFFICES:
        return f"{rng.choice(_OFFICES[mode])} {person.last}"
    if not mode:
        usual = ("full", "title", "title", "title") if person.rank else ("first", "full", "title")
        mode = rng.choice(usual)
    return _WAYS[mode](rng, person)


def misspell(rng: random.Random, text: str) -> str:
    """``text`` as a hurried hand has it."""
    places = [at for at in range(1, len(text) - 1) if text[at : at + 2].islower()]
    if len(text) < 5 or not places:
        return text
    return rng.choice(slips(text, rng.choice(places)))


def plain(text: str) -> str:
    """``text`` without its accents, as many systems store it."""
    marks = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁøØıđĐß", "lLoOidDs")))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


def _full(rng: random.Random, person: Person) -> str:
    middle = person.middle and rng.choice(("", f" {person.middle}", f" {person.middle[0]}."))
    nick = f' "{person.nick}"' if person.nick and rng.random() < 0.05 else ""
    suffix = f"{rng.choice((' ', ', '))}{person.suffix}" if person.suffix else ""
    if person.rank == "dr" and rng.random() < 0.1:
        return f"{person.first[0]}. {person.last}"
    return f"{person.first}{middle}{nick} {person.last}{suffix}"


def _title(rng: random.Random, person: Person) -> str:
    office = person.rank == "dr" or (person.rank and rng.random() < 0.3)
    title = rng.choice(_TITLES[person.rank if office else person.sex])
    whole = rng.random()
    if whole < 0.15:
        return f"{title} {person.first} {person.last}"
    if whole < 0.25 and title[0] in "MS":
        return f"{title} {person.first}"
    return f"{title} {person.last}"


def _comma(rng: random.Random, person: Person) -> str:
    last, first = person.last, person.first
    if person.middle:
        first += rng.choice(("", f" {person.middle[0]}", f" {person.middle}"))
    if rng.random() < 0.3:
        last, first = last.upper(), first.upper()
    return f"{last}{rng.choice((', ', ', ', ','))}{first}"


def _initials(rng: random.Random, person: Person) -> str:
    letters = person.initials
    pointed = ".".join(letters) + "."
    if letters in _CREDENTIALS or letters[0] + letters[-1] in _CREDENTIALS:
        return pointed
    return rng.choice((letters, pointed, letters[0] + letters[-1]))


_OFFICES = {
    "officer": ("Officer", "Off.", "Ofc."),
    "deputy": ("Deputy", "Dep."),
    "sergeant": ("Sgt.", "Sergeant"),
    "trooper": ("Trooper", "Tpr."),
    "pastor": ("Pastor", "Pastor", "Reverend"),
}

_WAYS: dict[str, Callable[[random.Random, Person], str]] = {
    "full": _full,
    "title": _title,
    "comma": _comma,
    "initials": _initials,
    "first": lambda _, person: person.first,
    "last": lambda _, person: person.last,
    "nick": lambda _, person: person.nick,
}


def spelled(rng: random.Random, text: str) -> str:
    """Spell a name letter by letter."""
    letters = [sign.upper() for sign in plain(text) if sign.isalpha()]
    return rng.choice(("-", " ", "-", ", ")).join(letters)


def _first(rng: random.Random, part: Part, sex: str) -> str:
    if rng.random() < 0.25:
        return pick(rng, foreign("first_name_female" if sex == "f" else "first_name_male", part))
    return pick(rng, words("women" if sex == "f" else "men", part))


def _last(rng: random.Random, part: Part) -> str:
    chance = rng.random()
    if chance < 0.2:
        return pick(rng, foreign("last_name", part))
    if chance < 0.27:
        return pick(rng, entries("lists/particles", part))
    if chance < 0.31:
        return f"{pick(rng, words('last', part))}-{pick(rng, words('last', part))}"
    return pick(rng, words("last", part))


def _nick(rng: random.Random, part: Part, first: str) -> str:
    for line in entries("lists/nicknames", part):
        known, *nicks = line.split()
        if known == first:
            return rng.choice(nicks)
    if rng.random() < 0.5:
        return pick(rng, words("anynick", part))
    stem = re.match(r"[A-Z][a-z]*?[aeiou]+[b-df-hj-np-tv-z]", plain(first))
    return (
        stem.group() + rng.choice(("", "y", "ie", "i"))
        if stem
        else pick(rng, words("anynick", part))
    )
