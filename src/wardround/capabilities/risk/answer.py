"""What a score answers: a result, a range, or why neither. Nothing is imputed, ever.

A **range** holds every value the score can still take (``ranges``); it is given when it tells
something, and is no guess at what is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite

from wardround.capabilities.risk.ranges import extent, informs
from wardround.capabilities.risk.score import Input, Kind, Result, Score, Value
from wardround.capabilities.risk.units import convert
from wardround.kernel import InvalidInput


class Status(StrEnum):
    """How a score answered."""

    RESULT = "result"
    RANGE = "range"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with the unit it was reported in."""

    value: float
    unit: str | None


Given = Value | Measured
_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score abstained, gave a range, or what is odd about an input.

    ``kind`` is missing, stale or conflict; implausible, unusual, outside, unit or unreadable;
    age or excluded.
    """

    kind: str
    input: str
    says: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A score's answer; a range has ``low`` and ``high``, and ``basis`` says how it was found."""

    status: Status
    reasons: tuple[Reason, ...] = ()
    result: Result | None = None
    low: float | None = None
    high: float | None = None
    basis: str | None = None


def answer(
    score: Score,
    given: Mapping[str, Given],
    *,
    stale: Iterable[str] = (),
    conflicting: Iterable[str] = (),
) -> Answer:
    """Answer from what is given, by the names of the score's inputs.

    Inputs named in ``stale`` were found but are too old, those in ``conflicting`` were found
    twice with values that contradict each other: neither counts, and the answer says so.
    """
    values: dict[str, Value] = {}
    reasons: list[Reason] = []
    missing: list[Input] = []
    aside = dict.fromkeys(stale, ("stale", "is too old"))
    aside |= dict.fromkeys(conflicting, ("conflict", "was found with different values"))
    for place, asked in enumerate((*score.inputs, *score.exclusions)):
        excludes = place >= len(score.inputs)
        if asked.name in aside or given.get(asked.name) is None:
            kind, says = aside.get(asked.name, ("missing", "is missing"))
            needed = not (asked.name in score.optional or excludes)
            if needed or kind != "missing":
                reasons.append(Reason(kind, asked.name, f"{asked.label} {says}."))
            if needed:
                missing.append(asked)
            continue
        try:
            value = read(asked, given[asked.name])
        except Refused as refused:
            reasons.append(refused.reason)
            return Answer(Status.ABSTAINED, tuple(reasons))
        if excludes and value:
            says = f"{asked.label}: the score was not made for these patients."
            reasons.append(Reason("excluded", asked.name, says))
            return Answer(Status.ABSTAINED, tuple(reasons))
        values[asked.name] = value
        if asked.usual is not None:
            reasons += _unusual(asked, value)
    if "age" in values and not score.ages[0] <= int(values["age"]) <= score.ages[1]:
        says = f"The score is for ages {score.ages[0]:g} to {score.ages[1]:g}."
        return Answer(Status.ABSTAINED, (*reasons, Reason("age", "age", says)))
    if not missing:
        return Answer(Status.RESULT, tuple(reasons), score.calculate(values))
    return _range(score, values, missing, tuple(reasons))


def _unusual(asked: Input, value: Value) -> list[Reason]:
    if asked.usual is None or asked.usual[0] <= float(value) <= asked.usual[1]:
        return []
    low, high = asked.usual
    says = f"{asked.label} {value:g} {asked.unit} is unusual ({low:g} to {high:g})."
    return [Reason("unusual", asked.name, says)]


class Refused(Exception):
    """A value that cannot count, with the reason."""

    def __init__(self, kind: str, asked: Input, says: str) -> None:
        self.reason = Reason(kind, asked.name, says)
        super().__init__(says)


def read(asked: Input, found: Given) -> Value:
    """Return what was found in the formula's unit; refuse what cannot be."""
    if asked.kind is Kind.YES_NO:
        if isinstance(found, bool):
            return found
        raise Refused("unreadable", asked, f"{asked.label} must be yes or no.")
    if asked.choices:
        if any(found == code for code, _ in asked.choices):
            return str(found)
        allowed = ", ".join(code for code, _ in asked.choices)
        raise Refused("unreadable", asked, f"{asked.label} must be one of: {allowed}.")
    number = (
        found
        if type(found) is float
        else _number(asked, found.value if isinstance(found, Measured) else found)
    )
    if isinstance(found, Measured):
        try:
            number = convert(number, found.unit, asked.unit, asked.analyte)
        except InvalidInput as error:
            raise Refused("unit", asked, f"{asked.label}: {error}") from error
    if not isfinite(number) or not asked.low <= number <= asked.high:
        says = (
            f"{asked.label} {number:g} {asked.unit} cannot be: possible are "
            f"{asked.low:g} to {asked.high:g}."
        )
        raise Refused("implausible", asked, says)
    if asked.fit and not asked.fit[0] <= number <= asked.fit[1]:
        says = (
            f"{asked.label} {number:g} {asked.unit} is outside what the score was made from: "
            f"{asked.fit[0]:g} to {asked.fit[1]:g}."
        )
        raise Refused("outside", asked, says)
    return number


def _number(asked: Input, found: Value) -> float:
    if isinstance(found, bool) or not isinstance(found, _NUMBERS):
        raise Refused("unreadable", asked, f"{asked.label} must be a number.")
    try:
        return float(found)
    except OverflowError:  # a whole number of hundreds of digits
        return inf


def _range(
    score: Score, values: Mapping[str, Value], missing: Sequence[Input], reasons: tuple[Reason, ...]
) -> Answer:
    if any(asked.kind is Kind.AGE for asked in missing):
        return Answer(Status.ABSTAINED, reasons)
    found = extent(score, values, missing)
    if found is None or not informs(score, *found):
        return Answer(Status.ABSTAINED, reasons)
    low, high = found
    basis = (
        "exact: every filling of what is missing"
        if score.components
        else "bounds: the corners of what is possible"
    )
    return Answer(Status.RANGE, reasons, low=low, high=high, basis=basis)
