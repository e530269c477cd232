"""The determination of a capability: its functions, their intended use, and what follows."""

from datetime import date
from typing import Self

from pydantic import model_validator

from wardround.governance.determination.criteria import (
    ASKED,
    Answered,
    Criteria,
    Result,
    Text,
    decide,
)
from wardround.governance.determination.imdrf import Imdrf
from wardround.governance.strict import Line, Name, read_yaml
from wardround.kernel import Noun


class Function(Noun):
    """A function of a capability: what is answered alike for all its ``models``.

    ``others``: it speaks for every model of the capability that no function names.
    """

    name: Name
    title: Line
    intended_use: Text
    models: tuple[Name, ...] = ()
    others: bool = False
    criteria: Criteria
    single_recommendation: Answered
    immediate_action: Answered
    imdrf: Imdrf

    @property
    def result(self) -> Result:
        """What it is, by its answers."""
        return decide(self.criteria, self.single_recommendation, self.immediate_action)[0]

    @property
    def because(self) -> str:
        """Why it is that."""
        return decide(self.criteria, self.single_recommendation, self.immediate_action)[1]

    @property
    def replies(self) -> list[tuple[str, Answered]]:
        """Every question with its answer: the four criteria, then the two that qualify them."""
        asked = {name: getattr(self.criteria, name) for name in Criteria.model_fields}
        asked["single_recommendation"] = self.single_recommendation
        asked["immediate_action"] = self.immediate_action
        return [(ASKED[name], reply) for name, reply in asked.items()]


class Determination(Noun):
    """What was determined of a capability, by whom and when."""

    capability: Name
    determined: date
    by: Line
    functions: tuple[Function, ...]

    @model_validator(mode="after")
    def _each_model_once(self) -> Self:
        names = [name for one in self.functions for name in one.models]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"“{twice[0]}” is named by two functions")
        if not self.functions:
            raise ValueError("a capability has at least one function")
        if sum(one.others for one in self.functions) > 1:
            raise ValueError("two functions speak for all others")
        return self

    def function_of(self, model: str) -> Function | None:
        """Return the function that a model has: that which names it, or speaks for all others."""
        others = None
        for one in self.functions:
            if model in one.models:
                return one
            others = one if one.others else others
        return others


def read_determination(text: str, where: str = "determination.yaml") -> Determination:
    """Return the determination that a YAML file holds, or say where it is wrong."""
    return read_yaml(text, Determination, where)


def is_device(determination: Determination, model: str) -> bool:
    """Whether what a model does is marked as a device function: so it is until determined."""
    found = determination.function_of(model)
    return found is None or found.result is Result.DEVICE
