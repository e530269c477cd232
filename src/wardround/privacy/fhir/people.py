"""The patients of a set of files: their names, so that these are found in every text of theirs."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

SHORTEST = 3
"""Letters of a name that is looked for; shorter ones are found by the text engine, in context."""

OLDEST = 89
"""Years of age above which nothing may tell the age (164.514(b)(2)(i)(C))."""

_ABOUT = ("subject", "patient", "beneficiary", "individual", "for", "who")


class People:
    """Learns who the patients are before anything is cleaned; holds their words in memory only."""

    def __init__(self) -> None:
        self._words: dict[str, set[str]] = {}
        self._patterns: dict[str, re.Pattern[str] | None] = {}

    def learn(self, resource: dict[str, Any]) -> None:
        """Take in a resource, or all of a bundle."""
        for one in resources_of(resource):
            if one.get("resourceType") in {"Patient", "RelatedPerson", "Practitioner", "Person"}:
                kept = one["resourceType"] == "Patient"
                whose = str(one.get("id", "")) if kept else patient_of(one)
                self._words.setdefault(whose, set()).update(_words(one))
        self._patterns.clear()

    def pattern(self, patient: str) -> re.Pattern[str] | None:
        """Return what finds the words of a patient, and of those who belong to nobody."""
        if patient not in self._patterns:
            words = self._words.get(patient, set()) | self._words.get("", set())
            longest = sorted(map(re.escape, words), key=len, reverse=True)
            found = rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)"
            self._patterns[patient] = re.compile(found, re.IGNORECASE) if words else None
        return self._patterns[patient]


def resources_of(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a resource, those of a bundle, and those contained in them."""
    yield resource
    for entry in resource.get("entry") or ():
        if isinstance(entry, dict) and isinstance(entry.get("resource"), dict):
            yield from resources_of(entry["resource"])
    for inner in resource.get("contained") or ():
        if isinstance(inner, dict):
            yield from resources_of(inner)


def patient_of(resource: dict[str, Any]) -> str:
    """Return the id of the patient that a resource is about; nothing where none is named."""
    if resource.get("resourceType") == "Patient":
        return str(resource.get("id", ""))
    for name in _ABOUT:
        about = resource.get(name)
        if isinstance(about, dict) and isinstance(about.get("reference"), str):
            named = re.split(r"[/:]", about["reference"])[-1]
            return "" if re.search(r"[?#]", about["reference"]) else named
    return ""


def is_old(patient: dict[str, Any], today: date) -> bool:
    """Return whether a patient is over 89, or was at death."""
    born = str(patient.get("birthDate") or "")[:4]
    died = str(patient.get("deceasedDateTime") or "")[:4]
    if not born.isdigit():
        return False
    year = int(died) if died.isdigit() else today.year
    return year - int(born) > OLDEST


def _words(resource: dict[str, Any]) -> Iterator[str]:
    for name in _dicts(resource.get("name")):
        parts = [name.get("text"), name.get("family"), *(name.get("given") or ())]
        for part in parts:
            if isinstance(part, str):
                yield from (w for w in re.split(r"[\s,.]+", part) if len(w) >= SHORTEST)
    for address in _dicts(resource.get("address")):
        yield from (line for line in address.get("line") or () if isinstance(line, str))
    for thing in (*_dicts(resource.get("telecom")), *_dicts(resource.get("identifier"))):
        value = thing.get("value")
        if isinstance(value, str) and len(value) >= 4:
            yield value


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
