"""Symptoms by body system, as a review of systems lists them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardround.capabilities.documentation.writing.rules import Rules

_RULES = Rules("symptoms")

SYSTEMS = _RULES.table("systems")
"""System, in the order of a review of systems, and the words that patients and doctors use."""

_NORMAL = _RULES.table("normal")
_BODY = (
    "abdomen|ankles?|arms?|back|breasts?|calf|calves|chest|ears?|elbows?|eyes?|feet|fingers?|foot|groin"
    "|belly|throat|tummy|hands?|head|heels?|hips?|jaw|knees?|legs?|necks?|ribs?|shoulders?|side|stomach|thighs?|thumb|toes?|wrists?"
)
_SIDE = r"(?:(?:left|right|bilateral|lower|upper|both|middle|big|index|little|ring|great) ){0,2}"
_AILING = "pain|swelling|numbness|tingling|weakness|stiffness|soreness"
_LOCAL = re.compile(rf"\b({_SIDE}(?:{_BODY}) (?:{_AILING}))\b")
_IN_PLACE = re.compile(
    rf"\b({_AILING}) (?:in|of|on) (?:the|my|your|his|her|both|this|that)? ?({_SIDE}(?:{_BODY}))\b"
)
_STILL = "is|has|have|had|was|are|been|started|kind|of|really|still|just|to"
_ACHING = re.compile(
    rf"\b(?:my|your|his|her) ({_SIDE}(?:{_BODY})) (?:(?:{_STILL}) )*"
    r"(?:hurts?|hurting|sore|aching|aches?|painful|bothering|killing)\b"
)
_HURT = re.compile(rf"\b(?:hurt|injured|twisted|sprained) (?:my|your) ({_SIDE}(?:{_BODY}))\b")
_SYSTEM_OF = {
    phrase: system for system, phrases in SYSTEMS.items() for phrase in phrases.split("|")
}
_KNOWN = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _SYSTEM_OF), key=len, reverse=True)) + r")\b"
)
_LOCAL_SYSTEM = {"numbness": "Neurological", "tingling": "Neurological"}
_SPECIAL = _RULES.table("special")


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom in its normal form, and the system it belongs to."""

    name: str
    system: str
    start: int
    """Where it was found: place of its first word."""


def find(words: Sequence[str]) -> list[Symptom]:
    """Return the symptoms that ``words`` name, in order, each once."""
    places = [place for place, word in enumerate(words) if word != ","]
    text = " ".join(words[place] for place in places)
    taken = [False] * len(text)
    found: list[Symptom] = []

    def take(start: int, end: int, name: str, system: str) -> None:
        if not any(taken[start:end]) and all(item.name != name for item in found):
            taken[start:end] = [True] * (end - start)
            found.append(Symptom(name, system, places[text.count(" ", 0, start)]))

    for local in _LOCAL.finditer(text):
        take(local.start(), local.end(), local[1], _of_place(local[1].split()[-1], local[1]))
    for placed in _IN_PLACE.finditer(text):
        name = f"{placed[2].removeprefix('both ')} {placed[1]}"
        take(placed.start(), placed.end(), name, _of_place(placed[1], name))
    for aching in (*_ACHING.finditer(text), *_HURT.finditer(text)):
        name = f"{aching[1]} pain"
        take(aching.start(), aching.end(), name, _of_place("pain", name))
    for known in _KNOWN.finditer(text):
        phrase = known[1]
        name = _NORMAL.get(phrase, phrase)
        name = re.sub(r"\b(?:your|my)\b", "the", re.sub(r" you\b", "", name))
        take(known.start(), known.end(), name, _SYSTEM_OF[phrase])
    return sorted(found, key=lambda item: item.start)


def _of_place(ailing: str, name: str) -> str:
    for special, system in _SPECIAL.items():
        if name.endswith(special):
            return system
    return _LOCAL_SYSTEM.get(ailing, "Musculoskeletal")
