"""What a learned model is to be: outcome, inputs, groups and limits, as data to be checked."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wardround.kernel import InvalidInput

Text = Annotated[str, Field(min_length=1)]


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
