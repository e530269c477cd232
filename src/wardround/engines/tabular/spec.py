"""What a learned model is to be: outcome, inputs, groups and limits, as data to be checked."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wardround.kernel import InvalidInput

Text = Annotated[str, Field(min_length=1)]

FIXED = frozenset({"age", "age_years", "sex", "gender", "race", "ethnicity"})
"""Names that are never shown as something that would change a result."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(_Part):
    """One column that the model reads."""

    column: Text
    kind: Literal["number", "yes-no", "category"]
    meaning: Text
    unit: str = "1"
    """UCUM; ``1`` where there is none."""
    low: float | None = None
    high: float | None = None
    """The plausible range: a number outside it is refused, not clipped."""
    categories: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "number" and (
            self.low is None or self.high is None or self.low >= self.high
        ):
            raise ValueError(f"{self.column}: a number needs low and high, low below high")
        if self.kind == "category" and len(self.categories) < 2:
            raise ValueError(f"{self.column}: a category needs two categories or more")
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

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.kind == "random") == bool(self.column):
            raise ValueError("a split by time or site names its column; one at random has none")
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
        return self


def read_spec(content: Mapping[str, object]) -> Spec:
    """Return the spec that ``content`` says; raise ``InvalidInput`` naming what is wrong."""
    try:
        return Spec.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(
            f"The spec cannot be used: {first['msg']}.",
            where=where or "spec",
            mend="Correct the spec and train again.",
        ) from None
