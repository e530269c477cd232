"""Who a patient is and which house this is, as DICOM writes them, by the chart."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from wardround.capabilities.radiology import Whose, differs
from wardround.kernel import Deleted, Draft, NotAllowed, NotFound
from wardround.record import Chart

if TYPE_CHECKING:
    from wardround.bootstrap.house import Wardround

_SEXES = {"female": "F", "male": "M", "other": "O"}
_NOT_IN_A_NAME = re.compile(r"[\\^=\x00-\x1f]")
NOT_SAID = "Not said"
"""Where the chart names no organization: a verified report has to name one (PS3.3 C.17.2)."""


class Identity(NamedTuple):
    """A patient as DICOM writes one; what the chart does not say is empty."""

    number: str
    name: str
    born: str
    sex: str


def identity_of(wardround: "Wardround", reference: str) -> Identity:
    """Return who a patient is: the record number before others, and the official name."""
    with wardround.database.read() as tx:
        person = Chart(tx).read(reference).json()
    born = str(person.get("birthDate", ""))
    return Identity(
        number=_number(person),
        name=_name(person),
        born=born.replace("-", "") if len(born) == len("1961-04-23") else "",
        sex=_SEXES.get(str(person.get("gender", "")), ""),
    )


def require_same(wardround: "Wardround", reference: str, number: str) -> None:
    """Raise ``NotAllowed`` where a file's patient number is none of the chart's."""
    with wardround.database.read() as tx:
        person = Chart(tx).read(reference).json()
    if differs(Whose(ids=(number,) if number else ()), person):
        raise NotAllowed(
            "The file of the slide has another patient number than the chart.",
            where="slide",
            mend="Hand the slide in on the chart of its patient, or correct the number there.",
        )


def organization_of(wardround: "Wardround", draft: Draft) -> str:
    """Return the name of whose visit it was; without a visit, of the one organization there is."""
    with wardround.database.read() as tx:
        chart = Chart(tx)
        found: dict[str, Any] = {}
        try:
            if draft.encounter:
                visit = chart.read(draft.encounter).json()
                found = chart.read(visit["serviceProvider"]["reference"]).json()
        except (KeyError, NotFound, Deleted):
            found = {}
        if not found.get("name"):
            few = chart.search("Organization", {"_count": "2"})
            found = few[0].json() if len(few) == 1 else {}
    return _NOT_IN_A_NAME.sub(" ", str(found.get("name", ""))).strip()[:64] or NOT_SAID


def _number(person: dict[str, Any]) -> str:
    """Return the record number (MR), else the first number, else the chart's own."""
    numbers = [one for one in person.get("identifier", ()) if one.get("value")]
    records = [one for one in numbers if "MR" in _kinds(one)]
    found = (records or numbers or [{"value": person["id"]}])[0]["value"]
    return _NOT_IN_A_NAME.sub(" ", str(found)).strip()[:64]


def _kinds(identifier: dict[str, Any]) -> list[str]:
    return [str(one.get("code", "")) for one in identifier.get("type", {}).get("coding", ())]


def _name(person: dict[str, Any]) -> str:
    """Return family before given (PS3.5 6.2.1)."""
    names = person.get("name", ())
    official = [one for one in names if one.get("use") == "official"]
    for one in (*official, *names):
        parts = (one.get("family", ""), *one.get("given", ()))
        clean = [_NOT_IN_A_NAME.sub(" ", str(part)).strip() for part in parts]
        if any(clean):
            family, given, *more = (*clean, "")
            return "^".join((family, given, " ".join(more))).rstrip("^ ")[:64]
        if one.get("text"):
            return _NOT_IN_A_NAME.sub(" ", str(one["text"])).strip()[:64]
    return ""
