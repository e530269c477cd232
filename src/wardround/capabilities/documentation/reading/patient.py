"""What the chart knows of the patient that a note can contradict."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wardround.capabilities.documentation.reading.medicines import named
from wardround.capabilities.documentation.reading.review import words
from wardround.kernel import NOBODY, Context, Order, Resource


@dataclass(frozen=True, slots=True)
class History:
    """Sex and age of the patient where known, recorded allergies, and the medicines they take."""

    sex: str | None = None
    age: int | None = None
    allergies: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()


def history_of(order: Order, context: Context) -> History:
    """Return what the chart says of the order's patient; nothing where no patient was named."""
    if order.subject == NOBODY:
        return History()
    patient = context.read(order.subject)
    return History(
        sex=_sex(patient),
        age=_age(patient, order.ordered_at.date()),
        allergies=allergies_of(order, context),
        medicines=medicines_of(order, context),
    )


def allergies_of(order: Order, context: Context) -> tuple[str, ...]:
    """Return the names of the patient's allergies that stand: not refuted, resolved or in error."""
    if order.subject == NOBODY:
        return ()
    found = context.search("AllergyIntolerance", patient=order.subject)
    return tuple(name for item in found if _stands(item) for name in _names(item.get("code")))


def medicines_of(order: Order, context: Context) -> tuple[str, ...]:
    """Return the words by which the chart names the patient's medicines, in lower case."""
    if order.subject == NOBODY:
        return ()
    found = [
        name
        for kind in ("MedicationRequest", "MedicationStatement")
        for item in context.search(kind, patient=order.subject)
        for name in _names(item.get("medicationCodeableConcept"))
    ]
    return tuple(dict.fromkeys(word for name in found for word in (*words(name), *named(name))))


def _sex(patient: Resource) -> str | None:
    sex = patient.get("gender")
    return sex if sex in {"female", "male"} else None


def _age(patient: Resource, day: date) -> int | None:
    try:
        born = date.fromisoformat(str(patient.get("birthDate")))
    except ValueError:  # FHIR allows a year, or a year and month: too coarse to contradict anyone
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _stands(allergy: Resource) -> bool:
    statuses = {
        coding.get("code")
        for key in ("clinicalStatus", "verificationStatus")
        for coding in (allergy.get(key) or {}).get("coding", [])
    }
    return not statuses & {"inactive", "resolved", "refuted", "entered-in-error"}


def _names(concept: dict[str, Any] | None) -> list[str]:
    """Return the text and displays of a CodeableConcept."""
    concept = concept or {}
    names = [concept.get("text"), *(coding.get("display") for coding in concept.get("coding", []))]
    return list(dict.fromkeys(name for name in names if name))
