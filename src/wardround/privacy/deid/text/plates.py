"""Plates of vehicles: behind "plate", "tag" or "registration", or behind the vehicle itself."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.measured import is_measured, is_term
from wardround.privacy.deid.text.reading import Reading, with_dots

_STATE = r"(?:(?-i:[A-Z]{2})\s)?"
_NO_WORD = r"(?!(?:for|and|on|at|in|was|is|the|to|so|hit|or|by|but|as|it|he|she|no|not|has|had)\b)"
_MIXED = (
    rf"(?:[A-Z]{{1,4}}[ -]?\d{{2,5}}(?:[ -]?{_NO_WORD}[A-Z]{{1,3}}\b)?|[A-Z]{{2,3}}\d{{1,3}}[ -]?[A-Z]{{1,3}}\d?|\d{{1,4}}[ -]?[A-Z]{{1,4}}[ -]?\d{{0,4}}[A-Z]?|"
    rf"[A-Z]\d{{1,2}}[ -]?[A-Z0-9]{{2,4}}|\d{{3}}[ -]\d{{3,4}})"
)
_JOINS = (
    r"(?:\s?\([a-z ]{2,20}\))?(?:\s(?:numbers?|no\.?|id|is|was|were|reads?|reading|of|on|the|a|an|her|his|their|my|valet|ticket|file|form|registered|as|"
    r"says|said|with|in|here|there|visible|partial|bears?|bearing|marked))*[\s:#,;(=–-]{1,4}[\"“]?"
)
_LABELLED = re.compile(
    rf"\b(?:plates?|tags?|placard|registration|reg\.?|vin|vehicle(?:\sid(?:entification)?)?){_JOINS}({_STATE}{_MIXED})\b(?![/.%-]\d)",
    re.IGNORECASE,
)
_LABELS = with_dots("plate plates tag tags placard registration reg vin vehicle")
_VEHICLES = (
    "car|van|truck|suv|sedan|pickup|pick-up|minivan|motorcycle|motorbike|moped|jeep|rv|camper|trailer|cab|taxi|bus|vehicle|wagon|coupe|hatchback|"
    "honda|toyota|ford|chevy|chevrolet|nissan|subaru|hyundai|kia|mazda|bmw|mercedes|audi|volkswagen|vw|dodge|ram|gmc|buick|cadillac|lexus|acura|tesla|"
    "volvo|chrysler|civic|accord|camry|corolla|prius|silverado|tahoe|explorer|escape|altima|sentra|rav4|cr-v|odyssey|sienna|lincoln|pontiac|mitsubishi"
)
_DRIVEN = re.compile(
    rf"\b(?:{_VEHICLES})(?:'s|’s|,?\s(?:is|was|parked|outside|with|has))?[\s:,(#–-]{{1,3}}"
    r"((?:[A-Z]{2,3}[ -]?\d{2,4}[ -]?[A-Z]{1,3}|[A-Z]{3}[ -]?\d{3,4}|\d{3}[ -]?[A-Z]{3}|\d[A-Z]{3}\d{3}|[A-Z]{2}\d{5}|[A-Z]{3}\d{2}[A-Z]))\b(?![/%-]|\.\d)",
    re.IGNORECASE,
)
_DRIVES = frozenset(_VEHICLES.split("|"))
_YEAR = re.compile(r"(?:^|[ -])(?:19|20)\d\d(?:$|[ -])")
_WORDS = frozenset(
    "the and for was has had her his she him not but one two all are new old per day mg ml cm mm kg at in on of to by is it or no am pm".split()
)
_LETTERS = re.compile(r"[A-Za-z]+")


def find_plates(reading: Reading) -> Iterator[Find]:
    """Yield the plates of vehicles in a text."""
    for found in reading.matches(_LABELLED, _LABELS, as_written=True):
        if _is_plate(found[1]):
            yield _found(found, "a licence plate behind its label")
    for found in reading.matches(_DRIVEN, _DRIVES, as_written=True):
        if _is_plate(found[1]) and not _YEAR.search(found[1]):
            yield _found(found, "a licence plate behind the vehicle")


def _is_plate(value: str) -> bool:
    bare = value.replace(" ", "").replace("-", "")
    letters = {part.lower() for part in _LETTERS.findall(value)}
    if len(bare) < 5 or letters & _WORDS or is_measured(bare):
        return False
    return not is_term(value) or len(bare) > 5


def _found(found: re.Match[str], reason: str) -> Find:
    return Find(found.start(1), found.end(1), Kind.VEHICLE, 0.9, reason)
