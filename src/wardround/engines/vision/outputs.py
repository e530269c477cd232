"""What a network's outputs mean: codes, activation, calibration, thresholds, boxes, masks."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wardround.engines.vision.part import Part, Share, Text

Kind = Literal["classes", "boxes", "scores", "labels", "mask"]
Activation = Literal["none", "sigmoid", "softmax", "argmax"]


class Calibration(Part):
    """How a score becomes a probability.

    ``temperature`` divides the log-odds (Guo 2017), ``platt`` takes a slope and an intercept (Platt
    1999), ``isotonic`` goes along knots of probability (Zadrozny 2002).
    """

    kind: Literal["temperature", "platt", "isotonic"]
    temperature: Annotated[float, Field(gt=0)] | None = None
    slope: Annotated[float, Field(gt=0)] | None = None
    intercept: float | None = None
    knots: tuple[tuple[Share, Share], ...] = ()
    """Pairs of the score and its probability, both rising."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = {
            "temperature": self.temperature is not None,
            "platt": self.slope is not None and self.intercept is not None,
            "isotonic": len(self.knots) >= 2,
        }
        partly = self.slope is not None or self.intercept is not None
        if [kind for kind, there in given.items() if there] != [self.kind] or (
            self.kind != "platt" and partly
        ):
            raise ValueError(
                "a temperature has temperature; platt has slope and intercept; isotonic has two "
                "knots or more; and none has another's"
            )
        rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(self.knots))
        if not rising:
            raise ValueError("knots rise from one to the next")
        return self


class Point(Part):
    """An operating point: a threshold, and what was measured at it."""

    name: Text
    threshold: Share
    sensitivity: Share | None = None
    specificity: Share | None = None
    measured_on: Text | None = None


class Code(Part):
    """What one column or channel of an output is."""

    code: Text
    system: Text
    display: Text
    calibration: Calibration | None = None
    """In place of the output's."""
    offset: float | None = None
    threshold: Share | None = None
    operating_points: tuple[Point, ...] = ()


class Output(Part):
    """One output of the network, by its name in the ONNX file."""

    name: Text
    kind: Kind = "classes"
    codes: tuple[Code, ...] = ()
    """In the order of the columns or channels; without the background's."""
    background: Annotated[int, Field(ge=0)] | None = None
    """The column, channel or label that means nothing was found."""
    activation: Activation = "none"
    """What turns scores into probabilities; ``none`` where the network gives probabilities."""
    calibration: Calibration | None = None
    offset: float = 0.0
    """Added to the log-odds: the site's share of positives against that of training."""
    threshold: Share | None = None
    operating_points: tuple[Point, ...] = ()
    format: Literal["xyxy", "xywh", "cxcywh"] = "xyxy"
    """How a box is written: corners; corner and size; centre and size."""
    unit: Literal["pixels", "fraction"] = "pixels"
    """Whether boxes are in pixels of the input or in fractions of it."""
    overlap: Share = 0.5
    """Of two boxes of one finding that overlap by more than this (IoU), the surer one stays."""
    most: Annotated[int, Field(ge=1, le=1000)] = 100
    """The most regions of one image."""
    least_area: Annotated[float, Field(ge=0)] = 0.0
    """Pixels of the input; a smaller region of a mask is left out."""

    @property
    def columns(self) -> int:
        """How many columns or channels it has."""
        return len(self.codes) + (self.background is not None)

    @model_validator(mode="after")
    def _meant(self) -> Self:
        meant = self.kind in {"classes", "scores", "mask"}
        if meant != bool(self.codes):
            raise ValueError("classes, scores and masks have codes, and other outputs have none")
        if len({(one.system, one.code) for one in self.codes}) != len(self.codes):
            raise ValueError("a code stands twice")
        if self.activation == "argmax" and self.kind != "mask":
            raise ValueError("argmax is for masks: it says which, and not how surely")
        exclusive = self.activation in {"softmax", "argmax"}
        if exclusive and self.columns < 2:
            raise ValueError("softmax and argmax choose among two or more: declare the background")
        if self.background is not None and not (exclusive or self.kind in {"scores", "labels"}):
            raise ValueError("a background is for softmax, argmax and labels")
        if self.background is not None and self.background > len(self.codes):
            raise ValueError("the background lies outside the columns")
        sure = self.kind == "scores" or (self.kind == "mask" and not exclusive)
        if sure and self.threshold is None and any(one.threshold is None for one in self.codes):
            raise ValueError("what is shown of boxes and masks needs a threshold")
        if self.activation == "softmax" and any(self._platt_or_knots()):
            raise ValueError("softmax is calibrated by one temperature for all its columns")
        return self

    def _platt_or_knots(self) -> "list[bool]":
        of_all = self.calibration is not None and self.calibration.kind != "temperature"
        return [of_all, *(one.calibration is not None for one in self.codes)]
