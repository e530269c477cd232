"""The lists, each split in two, so that what is learnt on one part is not asked in the other."""

import hashlib
import random
import re
from functools import cache
from pathlib import Path

PARTS = ("dev", "test")

LOCALES = (
    "de_DE en_IN en_NG en_KE en_US es_MX es_CO fil_PH fr_FR ga_IE ha_NG hr_HR hu_HU it_IT nl_NL "
    "pl_PL pt_BR ro_RO sv_SE sw tr_TR vi_VN yo_NG zu_ZA"
).split()
"""Locales whose names faker writes in Latin letters."""

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:['’-][^\W\d_]+)?")


def belongs(item: str, part: str) -> bool:
    """Whether ``item`` is of ``part``, by a hash that never changes."""
    return _hash(item)[0] % 2 == PARTS.index(part)


def half(items: list[str], part: str) -> tuple[str, ...]:
    """Halve a short list: every second line, in the order of their hashes."""
    return tuple(sorted(set(items), key=_hash)[PARTS.index(part) :: 2])


def _hash(item: str) -> bytes:
    return hashlib.sha256(f"voices {item}".encode()).digest()


@cache
def entries(name: str, part: str) -> tuple[str, ...]:
    """Read the lines of a list that belong to ``part``; ``name`` is its path without the ending."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(line for line in lines if line and belongs(line, part)))


@cache
def words(name: str, part: str) -> tuple[str, ...]:
    """Read the words of a list that belong to ``part``."""
    text = (_FOLDER / f"lists/{name}.txt").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(word for word in text.split() if belongs(word, part)))


@cache
def kinds_of(name: str, part: str) -> dict[str, tuple[str, ...]]:
    """Read a list whose lines start with what they are of: each kind with its lines."""
    kinds: dict[str, list[str]] = {}
    for line in (_FOLDER / f"lists/{name}.txt").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        kinds.setdefault(kind, []).append(rest)
    return {kind: half(rest, part) for kind, rest in kinds.items()}


@cache
def section(name: str, part: str) -> tuple[str, ...]:
    """Read the openings or closings of a form: the lines under ``[name]`` in the list of forms."""
    found, here = [], False
    for line in (_FOLDER / "carriers/forms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = line == f"[{name}]"
        elif here and line:
            found.append(line)
    return half(found, part)


@cache
def foreign(what: str, part: str) -> tuple[str, ...]:
    """Names of many countries, by faker: ``what`` is the method that draws one."""
    from faker import Faker

    names: set[str] = set()
    for locale in LOCALES:
        maker = Faker(locale, providers=["faker.providers.person"])
        maker.seed_instance(1)
        drawn = {getattr(maker, what)() for _ in range(60)}
        names |= {name for name in drawn if _NAME.fullmatch(name) and not name.isupper()}
    return tuple(sorted(name for name in names if belongs(name, part)))


def pick(rng: random.Random, items: tuple[str, ...]) -> str:
    """One of ``items``."""
    return items[rng.randrange(len(items))]
