"""Words as the search compares them: one spelling, one number, one for all that mean the same."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import Any
from unicodedata import normalize

_APOSTROPHE = re.compile(r"'(?:s\b)?")
_PREFIXES = frozenset("pre post non anti peri gastro multi intra extra sub self".split())
_SPACED = {place: " " for place in range(128) if not chr(place).isalnum()}
_ENDING = re.compile(
    r"(?<=[a-z]{3})(?:(it)(?:is|ic)|(o)(?:sis|tic)|(a)(?:sis|tic)|(?:ia|ical|ic|iac))$"
)
_PLURAL = re.compile(r"(?:(?<=[a-z]{2})ies|(?<=ss|sh|ch|[a-z]x)es|(?<=[a-z]{2}[^su])s)$")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_WITHOUT = "without"
READINGS = 8
"""The most readings of one text that are tried."""


@cache
def lexicon() -> dict[str, Any]:
    """Return ``words.toml``."""
    return _read("words.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def stem(word: str) -> str:
    """Return a word without its ending, in American spelling: stenosis and stenotic are one."""
    if word in _ROMAN:
        return _ROMAN[word]
    plain = word.replace("ae", "e").replace("oe", "e")
    if plain.endswith("our") and len(plain) > 4:
        plain = plain[:-3] + "or"
    ending = _ENDING.search(plain)
    if ending is not None:
        return plain[: ending.start()] + (ending[1] or ending[2] or ending[3] or "")
    found = _PLURAL.search(plain)
    if found is None or len(plain) < 4:
        return plain
    return plain[: found.start()] + ("y" if found[0] == "ies" else "")


@cache
def _same() -> dict[str, str]:
    return {
        stem(word): stem(group.split()[0])
        for group in reversed(lexicon()["same"])
        for word in group.split()
    }


@cache
def idle() -> frozenset[str]:
    """Return the words that carry nothing."""
    return frozenset(lexicon()["idle"].split())


@cache
def apart() -> frozenset[str]:
    """Return the words that set a term apart from the plain condition."""
    return frozenset(words(lexicon()["apart"]))


@cache
def tacit() -> frozenset[str]:
    """Return the words of the plain condition, which nobody says."""
    return frozenset(words(lexicon()["tacit"]))


@cache
def one(word: str) -> str:
    """Return the word that stands for this one and all that mean the same."""
    root = stem(word)
    return _same().get(root, root)


def split(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents; "pre-eclampsia" is one."""
    low = text.lower()
    if not low.isascii():
        low = normalize("NFKD", low.replace("\u2019", "'")).encode("ascii", "ignore").decode()
    if "'" in low:
        low = _APOSTROPHE.sub("", low)
    found = low.translate(_SPACED).split()
    return found if _PREFIXES.isdisjoint(found) else _joined(found)


def _joined(found: list[str]) -> list[str]:
    joined: list[str] = []
    for word in found:
        if joined and joined[-1] in _PREFIXES and len(word) > 2 and word.isalpha():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, as the search compares them."""
    return compared(split(text))


def compared(said: list[str]) -> list[str]:
    """Return words as the search compares them; what a text is without is another word."""
    unneeded = idle()
    if _WITHOUT not in said:
        return [one(word) for word in said if word not in unneeded]
    found: list[str] = []
    missing = False
    for word in said:
        if word == _WITHOUT:
            missing = True
        elif word not in unneeded:
            found.append(f"-{one(word)}" if missing else one(word))
            missing = False
        elif word == "or" and found and found[-1].startswith("-"):
            missing = True
    return found


@cache
def _readings() -> dict[tuple[str, ...], list[str]]:
    return {
        tuple(stem(word) for word in split(said)): meant
        for said, meant in _read("readings.toml").items()
    }


def readings(text: str) -> list[list[str]]:
    """Return the texts that a text may stand for, as words: abbreviations written out.

    The first takes the longest known phrases at each place; a text without any is its own reading.
    """
    said = split(text)
    stems = [stem(word) for word in said]
    known = _readings()
    choices: list[list[list[str]]] = []
    at = 0
    while at < len(said):
        length = next((n for n in range(5, 0, -1) if tuple(stems[at : at + n]) in known), 0)
        if length:
            meant = known[tuple(stems[at : at + length])]
            plain = [] if length == 1 and len(said[at]) < 4 else [said[at : at + length]]
            choices.append([*(split(one) for one in meant), *plain])
        else:
            choices.append([[said[at]]])
        at += max(length, 1)
    found: list[list[str]] = []
    for picked in islice(product(*choices), READINGS):
        reading = compared([word for part in picked for word in part])
        if reading and reading not in found:
            found.append(reading)
    return found
