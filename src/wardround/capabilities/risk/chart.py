"""What a chart holds of a score's inputs: the value that counts, its day, and where it stands.

Nothing is taken for granted: a diagnosis that is not in the chart is missing and not a no, a value
that is too old is stale, and two values of one moment that differ contradict each other.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from wardround.capabilities.risk.answer import Given, Measured
from wardround.capabilities.risk.score import ICD10, Input, Kind, Score
from wardround.kernel import InvalidInput

Resource = Mapping[str, Any]
_STANDS = frozenset({"final", "amended", "corrected"})
"""States of an observation that counts."""
_DENIED = frozenset({"refuted", "entered-in-error"})
_OVER = frozenset({"inactive", "remission", "resolved"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
Coding = tuple[str, str]
"""System and code."""
_UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The element of the chart that an input was taken from, when it is of, and what it says."""

    input: str
    resource: str
    path: str
    at: datetime | None
    says: str


@dataclass(slots=True)
class Found:
    """What was found for a score: values by input, what does not count, and where each stands."""

    given: dict[str, Given] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime | None
    resource: str
    path: str
    value: Given
    says: str
    stands: bool = False
    """Whether it holds from ``at`` on, as a diagnosis does, and is not of that moment alone."""


class _Series:
    """What one code was observed to be, by time."""

    def __init__(self, entries: list[_Entry]) -> None:
        dated = [one for one in entries if one.at is not None and not one.stands]
        dated.sort(key=lambda one: one.at or _LONG_AGO)
        self.times = [one.at or _LONG_AGO for one in dated]
        self._dated = dated
        self._others = [one for one in entries if one.at is None or one.stands]

    def latest(self, at: datetime) -> list[_Entry]:
        """Return the entries of the last moment up to ``at``, and all that bear no moment."""
        end = bisect_right(self.times, at)
        begin = bisect_left(self.times, self.times[end - 1]) if end else 0
        others = [one for one in self._others if one.at is None or one.at <= at]
        return self._dated[begin:end] + others


class ChartOf:
    """One patient's resources, read once, for as many scores as are asked."""

    def __init__(self, resources: Iterable[Resource], at: datetime) -> None:
        self.at = at
        self._patient: Resource = {}
        self._observed: defaultdict[Coding, list[tuple[Resource, str, Resource]]] = defaultdict(
            list
        )
        self._diagnosed: defaultdict[Coding, list[_Entry]] = defaultdict(list)
        self._read: dict[tuple[Coding, bool], _Series] = {}
        for resource in resources:
            match resource.get("resourceType"):
                case "Patient":
                    if self._patient:
                        raise InvalidInput(
                            "There are two patients.", mend="A bundle is of one patient."
                        )
                    self._patient = resource
                case "Observation" if resource.get("status") in _STANDS:
                    self._observe(resource)
                case "Condition":
                    self._diagnose(resource)

    def find(self, score: Score) -> Found:
        """Return what the chart holds of a score's inputs at the given moment."""
        return self.look_for((*score.inputs, *score.exclusions))

    def look_for(self, inputs: Iterable[Input]) -> Found:
        """Return what the chart holds of ``inputs``, whatever they are asked for."""
        found = Found()
        for asked in inputs:
            if asked.kind is Kind.AGE:
                self._age(asked, found)
            elif asked.kind is Kind.SEX:
                self._sex(asked, found)
            else:
                self._coded(asked, found)
        return found

    def before(self, at: datetime) -> "ChartOf":
        """Return the chart as it stood at an earlier moment, by when things were measured."""
        earlier = copy(self)
        earlier.at = at
        return earlier

    def moments(self, score: Score) -> list[datetime]:
        """Return when the score's measurements were made up to now, oldest first, each once."""
        measured = [asked for asked in score.inputs if asked.kind is Kind.QUANTITY]
        codes = [(code.system, code.code) for asked in measured for code in asked.codes]
        times = (at for code in codes for at in self._series(code, yes_no=False).times)
        return sorted({at for at in times if at <= self.at})

    def _coded(self, asked: Input, found: Found) -> None:
        yes_no = asked.kind is Kind.YES_NO
        entries = [
            entry
            for code in asked.codes
            for entry in self._series((code.system, code.code), yes_no=yes_no).latest(self.at)
        ]
        if not entries:
            return
        last = max(entries, key=lambda entry: self._of(entry) or _LONG_AGO)
        at = self._of(last)
        same = {entry.value for entry in entries if self._of(entry) == at}
        found.chosen.append(Chosen(asked.name, last.resource, last.path, last.at, last.says))
        if len(same) > 1 and asked.kind is not Kind.YES_NO:
            found.conflicting.append(asked.name)
        elif asked.valid is not None and (at is None or self.at - at > asked.valid):
            found.stale.append(asked.name)
        else:
            found.given[asked.name] = any(same) if asked.kind is Kind.YES_NO else last.value

    def _of(self, entry: _Entry) -> datetime | None:
        """Return the moment that an entry is of: now, for what still stands."""
        return self.at if entry.stands else entry.at

    def _age(self, asked: Input, found: Found) -> None:
        born = str(self._patient.get("birthDate") or "")
        if len(born) < len("2000-01-01"):
            return  # without the day an age is not known to the year
        try:
            day = date.fromisoformat(born)
        except ValueError:
            raise InvalidInput("The date of birth is none.", where="Patient.birthDate") from None
        today = self.at.date()
        if day > today:
            raise InvalidInput("The date of birth is in the future.", where="Patient.birthDate")
        years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
        found.given[asked.name] = float(years)
        found.chosen.append(self._of_patient(asked, "birthDate", f"{years} years"))

    def _sex(self, asked: Input, found: Found) -> None:
        gender = self._patient.get("gender")
        if any(gender == code for code, _ in asked.choices):
            found.given[asked.name] = str(gender)
            found.chosen.append(self._of_patient(asked, "gender", str(gender)))

    def _of_patient(self, asked: Input, path: str, says: str) -> Chosen:
        return Chosen(asked.name, f"Patient/{self._patient.get('id', '')}", path, None, says)

    def _observe(self, resource: Resource) -> None:
        """Note by which codes it is found; what it says is read when a score asks for it."""
        for code in codes_of(resource.get("code")):
            self._observed[code].append((resource, "", resource))
        for number, part in enumerate(resource.get("component") or ()):
            for code in codes_of(part.get("code")):
                self._observed[code].append((resource, f"component[{number}].", part))

    def _series(self, code: Coding, *, yes_no: bool) -> _Series:
        if (code, yes_no) not in self._read:
            found = [_entry(*one) for one in self._observed.get(code, ())]
            entries = [one for one in found if one is not None] + self._diagnosed.get(code, [])
            of_kind = [one for one in entries if isinstance(one.value, bool) == yes_no]
            self._read[code, yes_no] = _Series(of_kind)
        return self._read[code, yes_no]

    def _diagnose(self, resource: Resource) -> None:
        """Note a diagnosis; one that was refuted is a no, one that is over counts as history."""
        verified = {code for _, code in codes_of(resource.get("verificationStatus"))}
        if "entered-in-error" in verified:
            return
        state = {code for _, code in codes_of(resource.get("clinicalStatus"))}
        # What is over was so when it ended: for an input that ages it is as old as that.
        over = resource.get("abatementDateTime") if state & _OVER else None
        at = day_of(over or resource.get("onsetDateTime") or resource.get("recordedDate"))
        stands = not state & _OVER and not verified & _DENIED
        value = not verified & _DENIED
        says = "yes" if value else "no"
        name = f"Condition/{resource.get('id', '')}"
        for code in _with_above(codes_of(resource.get("code"))):
            self._diagnosed[code].append(_Entry(at, name, "code", value, says, stands))


def _entry(resource: Resource, path: str, element: Resource) -> _Entry | None:
    read = _value(element)
    if read is None:
        return None
    kind, value, says = read
    name = f"Observation/{resource.get('id', '')}"
    return _Entry(moment_of(resource), name, f"{path}{kind}", value, says)


def _value(element: Resource) -> tuple[str, Given, str] | None:
    if isinstance(element.get("valueBoolean"), bool):
        value = element["valueBoolean"]
        return "valueBoolean", value, "yes" if value else "no"
    quantity = element.get("valueQuantity")
    if not isinstance(quantity, dict) or not isinstance(quantity.get("value"), int | float):
        return None
    if quantity.get("comparator"):
        return None  # "below 5" is no value to reckon with
    unit = quantity.get("code") if quantity.get("system") == _UCUM else quantity.get("unit")
    measured = Measured(float(quantity["value"]), None if unit is None else str(unit))
    return "valueQuantity", measured, f"{quantity['value']} {unit or ''}".strip()


def codes_of(concept: object) -> Iterator[tuple[str, str]]:
    """Yield system and code of each coding of a CodeableConcept."""
    if isinstance(concept, dict):
        for coding in concept.get("coding") or ():
            yield str(coding.get("system")), str(coding.get("code"))


def _with_above(codes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return codes, those of ICD-10-CM with the categories that hold them, to two characters."""
    found = set(codes)
    for system, code in tuple(found):
        if system == ICD10:
            found |= {(system, code[:end].rstrip(".")) for end in range(2, len(code))}
    return found


def moment_of(resource: Resource) -> datetime | None:
    """Return when an observation was made."""
    period = resource.get("effectivePeriod") or {}
    return day_of(
        resource.get("effectiveDateTime")
        or resource.get("effectiveInstant")
        or period.get("end")
        or period.get("start")
        or resource.get("issued")
    )


def day_of(written: object) -> datetime | None:
    """Return a FHIR dateTime as a moment, the first of what it leaves open; or nothing."""
    text = str(written or "")
    text += {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def setting_of(resources: Iterable[Resource], at: datetime) -> str:
    """Return the class of the encounter that the patient is in at a moment; empty where none is."""
    latest: tuple[datetime, str] | None = None
    for resource in resources:
        if resource.get("resourceType") != "Encounter":
            continue
        period = resource.get("period") or {}
        begun, ended = day_of(period.get("start")), day_of(period.get("end"))
        if begun is None or begun > at or (ended is not None and ended < at):
            continue
        if latest is None or begun > latest[0]:
            latest = begun, str((resource.get("class") or {}).get("code") or "")
    return latest[1] if latest else ""
