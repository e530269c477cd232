"""The lists, each split in two, so that what is learnt on one part is not asked in the other."""

import random
import re
from functools import cache
from pathlib import Path

from wardround.privacy.deid.evaluation.halves import Halves, Part

LOCALES = (
    "de_DE en_IN en_NG en_KE en_US es_MX es_CO fil_PH fr_FR ga_IE ha_NG hr_HR hu_HU it_IT nl_NL "
    "pl_PL pt_BR ro_RO sv_SE sw tr_TR vi_VN yo_NG zu_ZA"
).split()
"""Locales whose names faker writes in Latin letters."""

_HALVES = Halves(Path(__file__).parent, salt="voices ", cased=True)
half, every_other = _HALVES.half, _HALVES.every_other
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:['’-][^\W\d_]+)?")


@cache
def entries(name: str, part: Part) -> tuple[str, ...]:
    """Read the lines of a list that belong to ``part``; ``name`` is its path without the ending."""
    lines = _HALVES.text(f"{name}.txt").splitlines()
    return half(dict.fromkeys(filter(None, lines)), part)


@cache
def words(name: str, part: Part) -> tuple[str, ...]:
    """Read the words of a list that belong to ``part``."""
    text = _HALVES.text(f"lists/{name}.txt")
    return half(dict.fromkeys(text.split()), part)


@cache
def kinds_of(name: str, part: Part) -> dict[str, tuple[str, ...]]:
    """Read a list whose lines start with what they are of: each kind with its lines."""
    kinds: dict[str, list[str]] = {}
    for line in _HALVES.text(f"lists/{name}.txt").splitlines():
        kind, _, rest = line.partition(" ")
        kinds.setdefault(kind, []).append(rest)
    return {kind: every_other(rest, part) for kind, rest in kinds.items()}


@cache
def section(name: str, part: Part) -> tuple[str, ...]:
    """Read the openings or closings of a form: the lines under ``[name]`` in the list of forms."""
    found, here = [], False
    for line in _HALVES.text("carriers/forms.txt").splitlines():
        if line.startswith("["):
            here = line == f"[{name}]"
        elif here and line:
            found.append(line)
    return every_other(found, part)


@cache
def foreign(what: str, part: Part) -> tuple[str, ...]:
    """Names of many countries, by faker: ``what`` is the method that draws one."""
    from faker import Faker

    names: set[str] = set()
    for locale in LOCALES:
        maker = Faker(locale, providers=["faker.providers.person"])
        maker.seed_instance(1)
        drawn = {getattr(maker, what)() for _ in range(60)}
        names |= {name for name in drawn if _NAME.fullmatch(name) and not name.isupper()}
    return half(sorted(names), part)


def pick(rng: random.Random, items: tuple[str, ...]) -> str:
    """One of ``items``."""
    return items[rng.randrange(len(items))]
