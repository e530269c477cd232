"""Evidence: what ties a claim in a draft to the place it came from.

A source names an input of the draft (``Input.name``) or a resource of the chart, and the exact
part of it. Characters are Unicode code points, counted from 0, end exclusive.
"""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wardround.kernel.base import Noun, Pointer


class TextSpan(Noun):
    """Characters ``start`` to ``end`` of part ``part`` (a transcript's turn, from 0) of a text."""

    kind: Literal["text"] = "text"
    input: str
    part: int = Field(default=0, ge=0)
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a text span ends after it starts")
        return self


class TimeSpan(Noun):
    """Seconds ``start`` to ``end`` of a recording."""

    kind: Literal["time"] = "time"
    input: str
    start: float = Field(ge=0)
    end: float

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a time span ends after it starts")
        return self


class ImageRegion(Noun):
    """A rectangle of one frame of an image, in pixels of its full resolution."""

    kind: Literal["region"] = "region"
    input: str
    frame: int = Field(default=0, ge=0)
    x: int = Field(ge=0)
    y: int = Field(ge=0)
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class ChartPath(Noun):
    """An element (FHIRPath) of one resource of the chart, such as ``Condition/3``, ``code``."""

    kind: Literal["chart"] = "chart"
    resource: str
    path: str


class Statement(Noun):
    """A person's own word: who wrote or changed the claim while reviewing, and when."""

    kind: Literal["statement"] = "statement"
    by: str
    at: datetime


Source = Annotated[
    TextSpan | TimeSpan | ImageRegion | ChartPath | Statement, Field(discriminator="kind")
]


class Evidence(Noun):
    """The sources of one claim; there is always at least one."""

    claim: Pointer
    sources: tuple[Source, ...] = Field(min_length=1)
