"""What the codes of a visit count for in risk adjustment, beside what was coded before."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from wardround.capabilities.coding.found import Found
from wardround.capabilities.coding.hcc import (
    Adjusted,
    Member,
    Suspected,
    adjust,
    categories_of,
    meat,
    suspected,
)
from wardround.capabilities.coding.model import Coded
from wardround.capabilities.coding.reading import spans_of
from wardround.kernel import Context, Draft, NotFound, day_of

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"


class Attended(NamedTuple):
    """One category that codes document, and the words by which the note attends to it."""

    hcc: str
    name: str
    coefficient: float
    codes: tuple[str, ...]
    words: tuple[str, ...]


class Risk(NamedTuple):
    """The risk adjustment of a visit's codes; none where the patient's age or sex is not known."""

    adjusted: Adjusted
    attended: tuple[Attended, ...]
    suspected: tuple[Suspected, ...]


def risk(draft: Draft, coded: Coded, text: str, context: Context) -> Risk | None:
    """Return what the codes that stand count for, and what was coded before and is not now."""
    member = _member(draft.subject, coded.date, context)
    if member is None:
        return None
    codes = [code.code for _, code in coded.standing]
    adjusted = adjust(codes, member)
    attended = tuple(_attended(draft, coded, adjusted, text))
    before = _before(draft, coded.date, context)
    return Risk(adjusted, attended, tuple(suspected(before, codes)))


def _attended(draft: Draft, coded: Coded, adjusted: Adjusted, text: str) -> Iterator[Attended]:
    spans = {
        code.code: spans_of(draft.evidence, f"/codes/{place}")
        for place, code in coded.standing
        if categories_of(code.code)
    }
    for one in adjusted.categories:
        found = [Found(code, 1.0, spans[code]) for code in one.codes if spans.get(code)]
        near = [meat(text, each) for each in found]
        words = (text[s.start : s.end] for each in near for kind in each for s in kind)
        told = tuple(dict.fromkeys(word.lower() for word in words))
        yield Attended(one.hcc, one.name, one.coefficient, one.codes, told)


def _member(subject: str, on: date, context: Context) -> Member | None:
    try:
        patient = context.read(subject)
    except NotFound:
        return None
    born, sex = day_of(patient.get("birthDate")), str(patient.get("gender"))
    if born is None or sex not in {"female", "male"}:
        return None
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Member(age=age, sex=sex)


def _before(draft: Draft, on: date, context: Context) -> Iterable[str]:
    """Yield the codes that the chart holds from other visits, recorded before this one."""
    for condition in context.search("Condition", patient=draft.subject):
        here = condition.get("encounter", {}).get("reference") == draft.encounter
        at = day_of(condition.get("recordedDate"))
        if (here and draft.encounter) or (at is not None and at > on):
            continue
        for coding in condition.get("code", {}).get("coding", []):
            if coding.get("system") == ICD10CM and coding.get("code"):
                yield str(coding["code"])
