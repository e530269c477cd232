"""What a learned model is to be: outcome, inputs, groups and limits, as data to be checked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wardround.kernel import InvalidInput

Text = Annotated[str, Field(min_length=1)]

FIXED = frozenset({"age", "age_years", "sex", "gender", "race", "ethnicity"})
"""Names that are never shown as something that would change a result."""


Code = Annotated[str, Field(pattern=r"^[^|\s]+\|[^|\s]+$")]
"""A code of the chart as ``system|code``; ``SYSTEMS`` has short names of systems."""

SYSTEMS = {
    "class": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "icd-10-cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "snomed": "http://snomed.info/sct",
}

Span = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}(min|h|d)$")]
"""A time as minutes, hours or days: ``30min``, ``24h``, ``90d``."""

_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def span(written: str) -> timedelta:
    """Return a ``Span`` as a time."""
    number = written.rstrip("minhd")
    return int(number) * _UNITS[written[len(number) :]]


def coding(written: str) -> tuple[str, str]:
    """Return system and code of a ``Code``."""
    system, _, code = written.partition("|")
    return SYSTEMS.get(system, system), code


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(_Part):
    """One column that the model reads, and what it is read from in a chart."""

    column: Text
    kind: Literal["number", "yes-no", "category"]
    meaning: Text
    unit: str = "1"
    """UCUM; ``1`` where there is none."""
    low: float | None = None
    high: float | None = None
    """The plausible range: a number outside it is refused, not clipped."""
    categories: tuple[str, ...] = ()
    chart: Literal["coded", "age", "sex"] = "coded"
    codes: tuple[Code, ...] = ()
    """Codes by which a chart holds it; without one it is asked for."""
    analyte: str | None = None
    """The substance, where moles and mass are to be converted."""
    valid: Span | None = None
    """How old a value may be; without one it counts for ever, as a history does."""
    stale: Literal["abstain", "missing"] = "abstain"
    """What a value that is too old does: by default it is not taken for one never measured."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "number" and (
            self.low is None or self.high is None or self.low >= self.high
        ):
            raise ValueError(f"{self.column}: a number needs low and high, low below high")
        if self.kind == "category" and len(self.categories) < 2:
            raise ValueError(f"{self.column}: a category needs two categories or more")
        if len(set(self.categories)) != len(self.categories):
            raise ValueError(f"{self.column}: a category is named twice")
        if self.chart == "age" and (self.kind, self.unit) != ("number", "a"):
            raise ValueError(f"{self.column}: the chart's age is a number in years (unit: a)")
        if self.chart == "sex" and not {"female", "male"} <= set(self.categories):
            raise ValueError(f"{self.column}: the chart's sex has the categories female and male")
        if self.codes and (self.chart != "coded" or self.kind == "category"):
            raise ValueError(f"{self.column}: codes are for numbers and for yes or no")
        return self


class Outcome(_Part):
    """What is predicted, what counts as yes, and when it is known."""

    column: Text
    positive: Text
    meaning: Text
    known: Text


class Split(_Part):
    """Who is held out in validation."""

    kind: Literal["random", "temporal", "site"] = "random"
    column: str = ""
    """When a patient was seen, or where."""
    fraction: Annotated[float, Field(gt=0, lt=1)] = 0.25
    """The share that training never sees: at random by the spec's seed, or the last in time."""
    sites: tuple[Text, ...] = ()
    """The sites that training never sees."""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.kind == "random") == bool(self.column):
            raise ValueError("a split by time or site names its column; one at random has none")
        if self.sites and self.kind != "site":
            raise ValueError("sites are held out by a split of the kind site")
        return self


class Cohort(_Part):
    """How charts become a table: when each patient's prediction is made, and what comes after."""

    start: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The first encounter, diagnosis, procedure or measurement of such a code."""
    after: Span | None = None
    """The prediction is made this long after the start."""
    within: Span
    """How soon the outcome has to come; who was not followed that long is left out."""
    death: bool = False
    codes: tuple[Code, ...] = ()
    """Diagnoses or procedures of which the first is the outcome, where it is not death."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.death == bool(self.codes):
            raise ValueError("the outcome is death, or has codes")
        return self


class Harms(_Part):
    """What is lost by a miss and by a false alarm, in one coin; only their ratio counts."""

    miss: Annotated[float, Field(gt=0)]
    false_alarm: Annotated[float, Field(gt=0)]


class Spec(_Part):
    """The plan of one model; nothing about it is found in code instead."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    version: Text
    intended_use: Text
    prediction_time: Text
    outcome: Outcome
    inputs: Annotated[tuple[Input, ...], Field(min_length=1)]
    forbidden: tuple[str, ...] = ()
    """Columns known only after the prediction time, and stored predictions."""
    groups: tuple[str, ...] = ()
    """Columns by which performance and coverage are kept for subgroups."""
    forms: Annotated[tuple[Literal["additive", "trees"], ...], Field(min_length=1)] = ("additive",)
    """What cross-validation may choose from; trees need the extra ``lightgbm``."""
    split: Split = Split()
    harms: Harms | None = None
    changing: tuple[str, ...] = ()
    """Inputs that may be named when asked what would change the result: measurements alone, never
    age, sex or a diagnosis."""
    seed: int = 0
    coverage: Annotated[float, Field(gt=0.5, lt=1)] = 0.9
    limits: tuple[str, ...] = ()
    ages: tuple[float, float] | None = None
    """In years, both included; outside them the model abstains."""
    settings: tuple[Text, ...] = ()
    """Where it may be used, as codes of an encounter's class (IMP, EMER, AMB)."""
    time_critical: bool = False
    """It is used to act at once, which makes it a device function."""
    cohort: Cohort | None = None

    @property
    def age(self) -> str | None:
        """The column with the age, if there is one."""
        named = (item.column for item in self.inputs if item.chart == "age")
        plain = (item.column for item in self.inputs if item.column == "age")
        return next(named, next(plain, None))

    @model_validator(mode="after")
    def _apart(self) -> Self:
        columns = [item.column for item in self.inputs]
        if len(set(columns)) != len(columns):
            raise ValueError("an input is named twice")
        if self.outcome.column in columns:
            raise ValueError(f"{self.outcome.column} is the outcome and cannot be an input")
        late = sorted(set(columns) & set(self.forbidden))
        if late:
            raise ValueError(f"forbidden, and yet an input: {', '.join(late)}")
        split = self.split.column
        if split and (split in columns or split == self.outcome.column):
            raise ValueError(f"{split} splits the table and cannot be an input or the outcome")
        kinds = {item.column: item.kind for item in self.inputs}
        fixed = [name for name in self.changing if kinds.get(name) != "number"]
        fixed += [name for name in self.changing if name in self.groups or name.lower() in FIXED]
        if fixed:
            raise ValueError(f"not a measurement that changes: {', '.join(sorted(set(fixed)))}")
        if self.ages is not None and (self.age is None or self.ages[0] >= self.ages[1]):
            raise ValueError("ages are two, the lower first, and need an input with the age")
        return self


def read_spec(content: Mapping[str, object]) -> Spec:
    """Return the spec that ``content`` says; raise ``InvalidInput`` naming what is wrong."""
    try:
        return Spec.model_validate(content)
    except ValidationError as error:
        where, what = first_fault(error)
        raise InvalidInput(
            f"The spec cannot be used: {what}.",
            where=".".join(str(part) for part in where) or "spec",
            mend="Correct the spec and train again.",
        ) from None


def first_fault(error: ValidationError) -> tuple[tuple[int | str, ...], str]:
    """Return where the first fault of a spec is, and what it is."""
    first = error.errors(include_input=False, include_url=False)[0]
    return first["loc"], first["msg"].removeprefix("Value error, ")
