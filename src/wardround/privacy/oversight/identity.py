"""Who somebody is, as far as comparing a person of the clinic with a patient goes.

It is read from their FHIR ``Patient`` or ``Practitioner``. What a practitioner has for work (the
clinic's address, a desk's telephone) is no sign of a home.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from wardround.kernel import Noun
from wardround.privacy.oversight.surnames import parts

SPECIAL = {
    "VIP": "VIP",
    "CEL": "celebrity",
    "EMP": "employee",
    "R": "restricted",
    "V": "very restricted",
}
"""Security labels of a patient (HL7 v3 ActCode and Confidentiality) that ask for care, in words."""

_DIGITS = 7
"""A telephone number is compared by its last digits, for some write the country and some do not."""


class Identity(Noun):
    """What of a resource is compared; names and addresses as ``surnames.parts`` has words."""

    reference: str
    name: str = ""
    number: str = ""
    families: frozenset[str] = frozenset()
    givens: frozenset[str] = frozenset()
    born: str = ""
    telecoms: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    died: datetime | None = None

    def is_same(self, other: "Identity") -> bool:
        """Whether both are one human being: a number of both, or name and birth date."""
        if self.numbers & other.numbers:
            return True
        named = bool(self.families & other.families and self.givens & other.givens)
        born = bool(self.born) and self.born == other.born
        return named and (born or bool(self.telecoms & other.telecoms))


def identity_of(reference: str, resource: Mapping[str, Any]) -> Identity:
    """Return who a ``Patient`` or ``Practitioner`` is."""
    names = _listed(resource.get("name"))
    identifiers = [one for one in _listed(resource.get("identifier")) if one.get("value")]
    labels = _listed(_mapping(resource.get("meta")).get("security"))
    return Identity(
        reference=reference,
        name=_shown(names),
        number=next((one["value"] for one in identifiers if _is_record_number(one)), ""),
        families=_together(parts(str(one.get("family", ""))) for one in names),
        givens=_together(parts(str(word)) for one in names for word in one.get("given", [])),
        born=str(resource.get("birthDate", "")),
        telecoms=frozenset(filter(None, map(_telecom, _private(resource.get("telecom"))))),
        homes=frozenset(filter(None, map(_home, _private(resource.get("address"))))),
        numbers=frozenset(f"{one.get('system', '')}|{one['value']}" for one in identifiers),
        labels=tuple(
            dict.fromkeys(SPECIAL[str(one["code"])] for one in labels if one.get("code") in SPECIAL)
        ),
        died=_died(resource.get("deceasedDateTime")),
    )


def _listed(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _private(value: Any) -> list[dict[str, Any]]:
    return [one for one in _listed(value) if one.get("use") not in {"work", "old"}]


def _together(found: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*found)


def _shown(names: list[dict[str, Any]]) -> str:
    one = names[0] if names else {}
    words = [*map(str, one.get("given", [])), str(one.get("family", ""))]
    return str(one.get("text") or " ".join(word for word in words if word))


def _is_record_number(identifier: Mapping[str, Any]) -> bool:
    codings = _listed(_mapping(identifier.get("type")).get("coding"))
    return any(coding.get("code") == "MR" for coding in codings)


def _telecom(contact: Mapping[str, Any]) -> str:
    value = str(contact.get("value", ""))
    if "@" in value:
        return value.strip().casefold()
    digits = re.sub(r"\D", "", value)
    return digits[-_DIGITS:] if len(digits) >= _DIGITS else ""


def _home(address: Mapping[str, Any]) -> str:
    """Return street and postal code; without a street, nothing: a city is no home."""
    street = " ".join(map(str, address.get("line", [])))
    words = re.findall(r"\w+", street.casefold())
    code = str(address.get("postalCode", ""))[:5]
    return " ".join([*words, code]) if words and code else ""


def _died(value: Any) -> datetime | None:
    """Return the end of the day of death at the latest: what is known only by year says little."""
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
