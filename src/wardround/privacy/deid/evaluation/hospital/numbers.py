"""Numbers, codes and electronic addresses that tell of one person or one thing."""

import re
from random import Random

from wardround.privacy.deid.evaluation.document import Piece
from wardround.privacy.deid.evaluation.hospital.lists import groups_of
from wardround.privacy.deid.evaluation.hospital.people import Person, plain

_VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(
    zip(
        _VIN_LETTERS,
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _npi(rng: Random) -> str:
    """Return ten figures whose last is their Luhn digit after the prefix 80840."""
    body = f"1{rng.randint(0, 99999999):08d}"
    figures = [int(c) for c in "80840" + body]
    doubled = [
        sum(divmod(2 * d, 10)) if at % 2 == 0 else d for at, d in enumerate(reversed(figures))
    ]
    return body + str(-sum(doubled) % 10)


def _dea(rng: Random, who: Person) -> str:
    """Return two letters and seven figures, the last of which follows from the others."""
    body = f"{rng.randint(0, 999999):06d}"
    odd, even = sum(int(c) for c in body[::2]), sum(int(c) for c in body[1::2])
    return f"{rng.choice('ABFM')}{who.last[0].upper()}{body}{(odd + 2 * even) % 10}"


def _vin(rng: Random) -> str:
    """Return seventeen signs whose ninth is their check digit."""
    signs = [rng.choice(_VIN_LETTERS + "0123456789") for _ in range(11)]
    signs[0] = rng.choice("12345JKW")
    signs += [rng.choice("0123456789") for _ in range(6)]
    total = sum(
        (int(c) if c.isdigit() else _VIN_VALUES[c]) * weight
        for c, weight in zip(signs, _VIN_WEIGHTS, strict=True)
    )
    signs[8] = "X" if total % 11 == 10 else str(total % 11)
    return "".join(signs)


_SIGNS = {
    "#": "0123456789",
    "%": "23456789",
    "@": "ABCDEFGHJKLMNPRSTUVWXYZ",
    "*": "0123456789abcdef",
}


def number(name: str, who: Person, rng: Random) -> list[Piece] | None:
    """Return the pieces of a numbered slot of somebody, or nothing where no number is meant.

    In the patterns ``#`` is a figure, ``%`` one from two to nine, ``@`` a capital (but before a domain), ``*``
    a hexadecimal figure; the kind stands after the slot's name.
    """
    for group, patterns in groups_of("words/numbers.txt").items():
        slot, _, kind = group.partition(" ")
        if slot == name:
            return [Piece(_written(rng.choice(patterns), who, rng), kind)]
    return None


def _written(pattern: str, who: Person, rng: Random) -> str:
    words = {
        "npi": _npi(rng),
        "dea": _dea(rng, who),
        "vin": _vin(rng),
        "oct": str(rng.randint(1, 254)),
        "yy": str(rng.randint(18, 25)),
        "first": plain(who.first).lower(),
        "last": plain(who.last).lower(),
        "First": plain(who.first),
        "Last": plain(who.last),
        "i": plain(who.first)[0].lower(),
        "mail": rng.choice(groups_of("words/domains.txt")["mail"]),
        "org": rng.choice(groups_of("words/domains.txt")["org"]),
    }
    drawn = re.sub(r"[#%*]|@(?!<)", lambda match: rng.choice(_SIGNS[match[0]]), pattern)
    drawn = re.sub(r"<oct>", lambda _: str(rng.randint(1, 254)), drawn)
    return re.sub(r"<(\w+)>", lambda match: words[match[1]], drawn)
