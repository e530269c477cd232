"""Patients, relatives and staff, and the ways in which their names are written."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from unicodedata import normalize

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.halves import Part
from wardround.privacy.deid.evaluation.hospital.lists import groups_of, half
from wardround.privacy.deid.evaluation.wear import slips

_ORIGINS = {
    "anglo": 30, "black": 8, "hispanic": 14, "eastasian": 9, "southasian": 9, "arabic": 6,
    "african": 6, "slavic": 6, "european": 6, "irish": 4, "pacific": 2, "wordy": 10,
}  # fmt: skip
_CREDENTIALS = {
    "doc": ("MD", "M.D.", "DO", "MD, FACP", "MD PhD", "D.O.", "MBBS", "MD, MPH", "MD, FACS"),
    "nurse": ("RN", "LPN", "BSN, RN", "RN, CCRN", "CNA", "NP", "APRN", "PA-C"),
    "ther": ("PT", "PT, DPT", "OTR/L", "LCSW", "CCC-SLP", "MSW", "RD", "PharmD"),
    "medic": ("EMT-P", "NRP", "EMT-B", "Paramedic"),
}
_RELATIONS = {
    "f": ("wife", "daughter", "mother", "sister", "aunt", "niece", "granddaughter", "grandmother",
          "daughter-in-law", "stepmother", "ex-wife", "cousin", "girlfriend", "roommate"),
    "m": ("husband", "son", "father", "brother", "uncle", "nephew", "grandson", "grandfather",
          "son-in-law", "stepfather", "ex-husband", "cousin", "boyfriend", "neighbor"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; ``letters`` are the credentials, ``relation`` what a relative is to the patient."""

    first: str
    middle: str
    last: str
    sex: str
    nick: str = ""
    suffix: str = ""
    letters: str = ""
    relation: str = ""
    doctor: bool = False


def person(rng: Random, part: Part, role: str, kin: Person | None = None) -> Person:
    """Return somebody new of a role: ``pt``, ``doc``, ``nurse``, ``ther``, ``medic``, ``rel``, ``mom``."""
    words, nicks = groups_of("words/people.txt"), groups_of("words/nicknames.txt")
    sex = "f" if role == "mom" else rng.choice("fm")
    origin = rng.choices(list(_ORIGINS), list(_ORIGINS.values()))[0]
    other = rng.choices(list(_ORIGINS), list(_ORIGINS.values()))[0]
    mixed = other if rng.random() < 0.2 else origin
    given = half(words[f"{origin} {sex}"], part)
    first, middle = rng.sample(given, 2)
    last = rng.choice(half(words[f"{mixed} last"], part))
    if origin == "hispanic" and rng.random() < 0.3:
        last += rng.choice((" ", "-")) + rng.choice(half(words["hispanic last"], part))
    elif rng.random() < 0.06:
        last += "-" + rng.choice(half(words["anglo last"], part))
    if role in {"rel", "mom"} and kin and rng.random() < 0.55:
        last = kin.last
    suffix = rng.choice(("Jr.", "Sr.", "III", "II", "Jr", "IV")) if sex == "m" else ""
    return Person(
        first=first,
        middle=middle,
        last=last,
        sex=sex,
        nick=rng.choice(nicks.get(first, nicks["*"])),
        suffix=suffix if rng.random() < 0.15 else "",
        letters=rng.choice(_CREDENTIALS.get(role, ("",))),
        relation=rng.choice(_RELATIONS[sex]) if role == "rel" else "",
        doctor=role == "doc",
    )


def plain(name: str) -> str:
    """Return the bare letters of a name, as addresses and accounts have them."""
    bare = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(letter for letter in bare if letter.isalpha())


def _title(one: Person, rng: Random) -> str:
    if one.doctor:
        return rng.choice(("Dr.", "Dr.", "Dr.", "Dr", "Doctor"))
    if one.sex == "f":
        return rng.choice(("Ms.", "Mrs.", "Mrs.", "Miss", "Ms"))
    return rng.choice(("Mr.", "Mr.", "Mr"))


def _initial(word: str) -> str:
    return word[0].upper()


def _full(one: Person, rng: Random) -> str:
    middle = rng.choice(
        ("", "", "", f" {_initial(one.middle)}.", f" {_initial(one.middle)}", f" {one.middle}")
    )
    suffix = rng.choice((f" {one.suffix}", f", {one.suffix}")) if one.suffix else ""
    return f"{one.first}{middle} {one.last}{suffix}"


def _reversed(one: Person, rng: Random) -> str:
    middle = rng.choice(
        ("", "", f" {_initial(one.middle)}", f" {_initial(one.middle)}.", f" {one.middle}")
    )
    suffix = f" {one.suffix}" if one.suffix else ""
    written = f"{one.last}{suffix}{rng.choice((', ', ', ', ','))}{one.first}{middle}"
    return written.upper() if rng.random() < 0.4 else written


def _typo(one: Person, rng: Random) -> str:
    """Misspell one inner letter of the family name, as hurried hands do."""
    word = one.last if len(one.last) > 4 else one.first
    if len(word) < 4:
        return word
    return rng.choice(slips(word, rng.randrange(1, len(word) - 2)))


def _initials(one: Person, rng: Random) -> str:
    letters = [_initial(one.first), _initial(one.middle), _initial(one.last.split()[-1])]
    return rng.choice((".".join(letters) + ".", "".join(letters), f"{letters[0]}.{letters[2]}."))


_WAYS: dict[str, Callable[[Person, Random], str]] = {
    "full": _full,
    "plain": lambda one, _: f"{one.first} {one.last}",
    "lf": _reversed,
    "title": lambda one, rng: f"{_title(one, rng)} {one.last}",
    "titled": lambda one, rng: f"{_title(one, rng)} {one.first} {one.last}",
    "first": lambda one, _: one.first,
    "last": lambda one, _: one.last,
    "mid": lambda one, _: one.middle,
    "upper": lambda one, rng: _full(one, rng).upper(),
    "nick": lambda one, _: one.nick,
    "quoted": lambda one, _: f'{one.first} "{one.nick}" {one.last}',
    "short": lambda one, _: f"{_initial(one.first)}. {one.last}",
    "fl": lambda one, _: f"{one.first} {_initial(one.last)}.",
    "init": _initials,
    "typo": _typo,
    "hl7": lambda one, _: f"{one.last}^{one.first}^{_initial(one.middle)}".upper(),
    "login": lambda one, _: plain(one.first)[0].lower() + plain(one.last).lower(),
}
_ANY = {
    True: ("title", "title", "titled", "full", "short"),
    False: ("full", "full", "title", "plain", "titled"),
}


def named(one: Person, way: str, rng: Random) -> list[Piece]:
    """Return a name as written in some way; ``sig`` has credentials after it, which tell nobody."""
    if way == "is":
        return [Piece(one.relation)]
    if way == "sig":
        return [Piece(_full(one, rng), "name"), Piece(f", {one.letters}")]
    chosen = rng.choice(_ANY[one.doctor]) if way == "any" else way
    return [Piece(_WAYS[chosen](one, rng), "name")]


def words_for(one: Person) -> dict[str, str]:
    """Return the pronouns and nouns for somebody, which are slots too."""
    she = one.sex == "f"
    return {
        "he": "she" if she else "he",
        "He": "She" if she else "He",
        "his": "her" if she else "his",
        "His": "Her" if she else "His",
        "him": "her" if she else "him",
        "man": "woman" if she else "man",
        "male": "female" if she else "male",
        "M": "F" if she else "M",
        "boy": "girl" if she else "boy",
        "sir": "ma'am" if she else "sir",
    }
