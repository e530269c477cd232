"""Family names as they are compared: their parts, without case and accents, and how common."""

import unicodedata
from functools import cache
from pathlib import Path

_BEFORE = frozenset(
    "al ap av bin bint da dal das de del den der des di dos du el ibn la las le los mac mc o san "
    "st ten ter van vander vom von zu zum zur".split()
)
"""Words before a name that many share and that tell nothing."""

_LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
"""What Unicode does not take apart, as it is written without it."""


def parts(family: str) -> frozenset[str]:
    """Return the names within a family name: ``Vega-Thornhill`` has two, ``de la Cruz`` one."""
    apart = unicodedata.normalize("NFKD", family.casefold())
    plain = "".join(
        _LETTERS.get(letter, letter) for letter in apart if not unicodedata.combining(letter)
    )
    joined = plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    words = "".join(letter if letter.isalpha() else " " for letter in joined).split()
    return frozenset(word for word in words if len(word) > 1 and word not in _BEFORE)


def share(name: str) -> float:
    """Return how many of 100 people in the United States bear a name (census of 1990); 0: few."""
    return _shares().get(name, 0.0)


@cache
def _shares() -> dict[str, float]:
    import names

    file = Path(names.__file__).parent / "dist.all.last"
    lines = (line.split() for line in file.read_text("ascii").splitlines())
    return {line[0].lower(): float(line[1]) for line in lines}
