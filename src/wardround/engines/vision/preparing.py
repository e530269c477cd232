"""An image made into what a network takes, step by step as its manifest declares."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from wardround.engines.vision import shaping
from wardround.engines.vision.geometry import Geometry
from wardround.engines.vision.manifest import Input
from wardround.engines.vision.steps import Normalise, Percentiles, Step
from wardround.kernel import InvalidInput, TooLarge

MOST_PIXELS = 100_000_000
"""Of an image on its way; more is a spacing that cannot be meant."""


class Facts(Protocol):
    """What an image's file says of it: ``""`` or None where it does not."""

    @property
    def modality(self) -> str: ...  # noqa: D102
    @property
    def body_part(self) -> str: ...  # noqa: D102
    @property
    def view(self) -> str: ...  # noqa: D102
    @property
    def bits(self) -> int: ...  # noqa: D102
    @property
    def spacing(self) -> tuple[float, float] | None: ...  # noqa: D102


class Seen(Protocol):
    """An image as the engine of images reads it: its values, its grey from 0 to 1, its facts."""

    @property
    def values(self) -> NDArray[Any]: ...  # noqa: D102
    @property
    def facts(self) -> Facts: ...  # noqa: D102
    def grey(self) -> NDArray[np.float32]: ...  # noqa: D102


@dataclass(frozen=True)
class Prepared:
    """What the network is given, (channels, rows, columns), and the way back to the original."""

    values: NDArray[np.float32]
    geometry: Geometry
    spacing: tuple[float, float] | None
    """Of the original, in mm of a row and a column."""


def prepare(image: Seen, declared: Input) -> Prepared:
    """Return an image as a network takes it; raise ``InvalidInput`` where it cannot be one."""
    spacing = image.facts.spacing
    if not image.values.size:
        raise InvalidInput("The image has no pixels.", mend="Send the image again.")
    if not np.isfinite(image.values).all():
        raise InvalidInput(
            "The image holds values that are no numbers.", mend="Write it again without them."
        )
    values = _windowed(image, declared.steps[0])
    geometry = Geometry.of((values.shape[0], values.shape[1]))
    for place, step in enumerate(declared.steps[1:], 1):
        values, geometry = _stepped(values, geometry, step, spacing, f"input.steps.{place}")
    if values.ndim == 2:
        values = values[..., None]
    ready = np.ascontiguousarray(values.transpose(2, 0, 1), dtype=np.float32)
    return Prepared(ready, geometry, spacing)


def _windowed(image: Seen, step: Step) -> shaping.Pixels:
    said, values = step.window, image.values
    if said == "colour":
        if values.ndim != 3 or values.shape[2] != 3:
            raise InvalidInput(
                "The image has no colour, and the model asks for it.",
                where="input.steps.0",
                mend="Send the colour image, or use a model for grey images.",
            )
        return shaping.window(values, 0.0, 255.0)
    if said == "file" or values.ndim == 3:
        values = image.grey()
    if said == "file":
        return np.asarray(values, dtype=np.float32)
    if isinstance(said, Percentiles):
        low, high = np.percentile(values, said.percentiles)
        return shaping.window(values, float(low), float(high))
    low, high = said or (0.0, 1.0)
    return shaping.window(values, low, high)


def _stepped(
    values: shaping.Pixels,
    geometry: Geometry,
    step: Step,
    spacing: tuple[float, float] | None,
    where: str,
) -> tuple[shaping.Pixels, Geometry]:
    if not step.changes_size:
        return _valued(values, step), geometry
    if step.transpose:
        return np.swapaxes(values, 0, 1), geometry.transposed()
    if step.resize:
        return _resized(values, geometry, step.resize.size, step.resize.method)
    if step.spacing:
        if spacing is None:
            raise InvalidInput(
                "The image does not say how large its pixels are, and the model goes by it.",
                where=where,
                mend="Send the original DICOM file, with its spacing.",
            )
        size = _spaced(geometry, spacing, step.spacing.mm, where)
        return _resized(values, geometry, size, step.spacing.method)
    return _framed(values, geometry, step)


def _valued(values: shaping.Pixels, step: Step) -> shaping.Pixels:
    """Return the image with other values at the same places."""
    if step.invert:
        return shaping.invert(values)
    if step.stretch:
        return shaping.stretch(values)
    if step.normalise:
        return _normalised(values, step.normalise)
    return np.repeat(values[..., None], 3, axis=2)


def _framed(
    values: shaping.Pixels, geometry: Geometry, step: Step
) -> tuple[shaping.Pixels, Geometry]:
    """Return the image cut or padded."""
    height, width = geometry.size
    fill = 0.0
    if step.crop:
        top, bottom, left, right = shaping.content(values, step.crop.above, step.crop.margin)
        top, left, size = -top, -left, (bottom - top, right - left)
    else:
        size = (max(height, width),) * 2
        if step.fit:
            size, fill = step.fit.size, step.fit.fill
        elif step.middle:
            size = (min(height, width),) * 2
        elif step.square:
            fill = step.square.fill
        top, left = (size[0] - height) // 2, (size[1] - width) // 2
    if size == (height, width) and not top and not left:
        return values, geometry
    return shaping.placed(values, top, left, size, fill), geometry.moved(top, left, size)


def _resized(
    values: shaping.Pixels, geometry: Geometry, size: tuple[int, int], method: str
) -> tuple[shaping.Pixels, Geometry]:
    return shaping.resize(values, size, method), geometry.resized(size)


def _spaced(
    geometry: Geometry, spacing: tuple[float, float], wanted: tuple[float, float], where: str
) -> tuple[int, int]:
    """Return the size at which a row and a column measure what is wanted."""
    if not all(np.isfinite(one) and one > 0 for one in spacing):
        raise InvalidInput("The spacing is no length.", where=where, mend="Correct the file's.")
    along = spacing[::-1] if geometry.turned else spacing
    now = [of / by for of, by in zip(along, geometry.scale, strict=True)]
    rows, columns = (
        max(1.0, round(size * mm / to))
        for size, mm, to in zip(geometry.size, now, wanted, strict=True)
    )
    if rows * columns > MOST_PIXELS:
        raise TooLarge(
            f"At the model's spacing the image has more than {MOST_PIXELS:,} pixels.",
            where=where,
            mend="Check the image's spacing.",
        )
    return int(rows), int(columns)


def _normalised(values: shaping.Pixels, said: Normalise) -> shaping.Pixels:
    mean = values.mean() if said.mean == "self" else np.asarray(said.mean)
    deviation = values.std() if said.deviation == "self" else np.asarray(said.deviation)
    deviation = np.maximum(np.asarray(deviation, dtype=np.float32), np.float32(1e-6))
    return shaping.normalise(values, np.asarray(mean, dtype=np.float32), deviation)
