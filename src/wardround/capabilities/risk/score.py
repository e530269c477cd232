"""The nouns of a transparent score: what goes in, what comes out, and where it is printed.

A score is declared data and one small pure function. It either adds points (``components``) or is
a ``formula``. Both are read by people who want to check them against the paper, so each names it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from math import floor

Value = float | bool | str
Values = Mapping[str, Value]
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"


class Kind(StrEnum):
    """What an input is."""

    QUANTITY = "quantity"
    YES_NO = "yes_no"
    CHOICE = "choice"
    AGE = "age"
    SEX = "sex"


@dataclass(frozen=True, slots=True)
class Code:
    """A code by which the chart holds an input; one of ICD-10-CM stands for all below it."""

    system: str
    code: str
    display: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input: its name, what clinicians call it, its codes, unit (UCUM) and limits.

    ``low`` and ``high`` are the limits of the possible, in ``unit``: what lies beyond was
    mistyped. ``usual`` are those of the expected: what lies beyond is pointed out. ``fit`` are
    those of the people a formula was made from: beyond them it is not used. ``valid`` is how old
    a value may be; None: for ever, as a history is. ``analyte`` is the substance whose molar mass
    joins mg/dL and mmol/L.
    """

    name: str
    label: str
    kind: Kind = Kind.QUANTITY
    codes: tuple[Code, ...] = ()
    unit: str = ""
    analyte: str | None = None
    low: float = 0
    high: float = float("inf")
    usual: tuple[float, float] | None = None
    fit: tuple[float, float] | None = None
    valid: timedelta | None = None
    choices: tuple[tuple[str, str], ...] = ()

    def within(self, valid: timedelta) -> "Input":
        """Return the input with another age up to which a value counts."""
        return replace(self, valid=valid)

    def fitting(self, low: float, high: float) -> "Input":
        """Return the input for a formula that was made from values between these."""
        return replace(self, fit=(low, high))

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and highest value the score can be calculated with."""
        return self.fit or (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a table of points: its inputs, and the points their values give.

    ``cuts`` are the values of each input at which the points change.
    """

    name: str
    label: str
    inputs: tuple[str, ...]
    points: Callable[[Values], float]
    cuts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Band:
    """What results from ``floor`` upwards mean; ``above``: only what is above it.

    ``risk`` is what was observed in ``source``, not a promise for this patient.
    """

    floor: float
    label: str
    risk: str | None = None
    source: str | None = None
    above: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The points one component gave."""

    name: str
    label: str
    points: float
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A score's value, rounded as the paper prints it, and how it came about."""

    value: float
    exact: float
    unit: str
    parts: tuple[Part, ...]
    band: Band | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A published score; ``ages`` are inclusive, ``version`` names the table that is used.

    ``time_critical``: it is used to act at once, which makes it a device function.
    ``optional`` inputs are those for whose absence the paper itself has a term.
    ``knots`` are the values between which a formula rises or falls steadily in that input.
    """

    name: str
    title: str
    purpose: str
    version: str
    papers: tuple[str, ...]
    inputs: tuple[Input, ...]
    ages: tuple[float, float] = (18, 120)
    exclusions: tuple[Input, ...] = ()
    optional: frozenset[str] = frozenset()
    components: tuple[Component, ...] = ()
    formula: Callable[[Values], float] | None = None
    knots: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    unit: str = "{score}"
    decimals: int = 0
    bands: tuple[Band, ...] = ()
    remark: Callable[[Values, tuple[Part, ...]], str | None] | None = None
    cautions: tuple[str, ...] = ()
    time_critical: bool = False

    def calculate(self, values: Values) -> Result:
        """Return the result of values that are complete, in the formula's units and possible."""
        if self.formula is None:
            parts = tuple(
                Part(line.name, line.label, line.points(values), line.inputs)
                for line in self.components
            )
            exact = float(sum(part.points for part in parts))
        else:
            parts = ()
            exact = self.formula(values)
        value = half_up(exact, self.decimals)
        remark = None if self.remark is None else self.remark(values, parts)
        return Result(value, exact, self.unit, parts, self.band(value), remark)

    def band(self, value: float) -> Band | None:
        """Return what the value means, if the paper says so."""
        return band_of(self.bands, value)


def within_sentence(label: str) -> str:
    """Return a label as it stands within a sentence; an abbreviation stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def band_of(bands: tuple[Band, ...], value: float) -> Band | None:
    """Return the band that a value lies in; ``bands`` go upwards."""
    found = None
    for band in bands:
        if value > band.floor or (value == band.floor and not band.above):
            found = band
    return found


def half_up(value: float, decimals: int) -> float:
    """Round as people do: a half goes up."""
    scale = 10.0**decimals
    return float(floor(value * scale + 0.5) / scale)


def at_least(
    name: str, label: str, cuts: tuple[float, ...], points: tuple[float, ...]
) -> Component:
    """Return points by a quantity: ``points[i]`` from ``cuts[i-1]`` on, to below ``cuts[i]``."""

    def given(values: Values) -> float:
        return points[bisect_right(cuts, float(values[name]))]

    return Component(name, label, (name,), given, {name: cuts})


def above(name: str, label: str, cuts: tuple[float, ...], points: tuple[float, ...]) -> Component:
    """Return points by a quantity: ``points[i]`` above ``cuts[i-1]``, to and with ``cuts[i]``."""

    def given(values: Values) -> float:
        return points[bisect_left(cuts, float(values[name]))]

    return Component(name, label, (name,), given, {name: cuts})


def flag(name: str, label: str, points: float) -> Component:
    """Return points for a yes."""
    return Component(name, label, (name,), lambda values: points if values[name] else 0)


def absent(name: str, label: str, points: float) -> Component:
    """Return points for a no."""
    return Component(name, label, (name,), lambda values: 0 if values[name] else points)


def chosen(name: str, label: str, points: Mapping[str, float]) -> Component:
    """Return points by what was chosen."""
    return Component(name, label, (name,), lambda values: points[str(values[name])])


def together(
    label: str,
    points: Callable[[Values], float],
    **cuts: tuple[float, ...],
) -> Component:
    """Return points that hang on several inputs; an underscore stands for a hyphen."""
    named = {name.replace("_", "-"): found for name, found in cuts.items()}
    return Component("+".join(named), label, tuple(named), points, named)
